// What people read: the issue text and the steps.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { BUGS, exported, stage } from './fixtures/demo.js'

const world = stage()

for (const bug of BUGS) {
  test(`‘${bug.name}’ as an issue text names the steps and the error`, async () => {
    const { folder, packet } = await world.packetOf(bug)
    const markdown = await readFile(await exported(folder, 'markdown', 'report.md'), 'utf8')
    const steps = await readFile(await exported(folder, 'steps', 'steps.txt'), 'utf8')
    assert.ok(markdown.includes(bug.words), markdown)
    assert.ok(markdown.includes('Ledgerline'), markdown)
    const clicked = packet.evidence.steps.records.filter(step => step.action === 'click')
    assert.ok(clicked.length > 0)
    for (const { target } of clicked) {
      const name = /“(.+)”/.exec(target)?.[1]
      assert.ok(steps.includes(name), `no ‘${name}’ in ${steps}`)
    }
  })
}
