// Chrome DevTools Recorder JSON, read and replayed by @puppeteer/replay.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import puppeteer from 'puppeteer-core'
import { ARGS, BUGS, executablePath, exported, stage } from './fixtures/demo.js'
import { replay } from './fixtures/replay.js'

const world = stage()
let browser
before(async () => { browser = await puppeteer.launch({ executablePath, args: ARGS }) })
after(() => browser?.close())

for (const bug of BUGS) {
  test(`the recording of ‘${bug.name}’ replays and meets the bug again`, async () => {
    const { folder } = await world.packetOf(bug)
    const { flow, done, seen } = await replay(browser, await exported(folder, 'recorder', 'recorder.json'), bug.words)
    assert.ok(flow.steps.some(step => step.type === 'click'))
    assert.equal(done, true)
    assert.ok(seen.some(line => line.includes(bug.words)), `the replay met: ${seen.join(', ') || 'nothing'}`)
  })
}
