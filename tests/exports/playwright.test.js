// The regression test made from a packet: red on the page with the bug, green on the fixed one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BUGS, exported, stage } from './fixtures/demo.js'
import { runSpec } from './fixtures/spec.js'

const world = stage()

/** The demo's bugs on or off; the switch is a value in the page's storage. */
const switched = bugs => ({ storage: { cookies: [], origins: [{ origin: world.origin, localStorage: [{ name: 'ledgerline.bugs', value: bugs }] }] } })

for (const bug of BUGS) {
  test(`the test made of ‘${bug.name}’ is red while the bug exists and names it, and green once it is fixed`, async () => {
    const { folder } = await world.packetOf(bug)
    const spec = await exported(folder, 'playwright', 'repro.spec.ts')
    const [red, green] = await Promise.all(['on', 'off'].map(bugs => runSpec(folder, spec, switched(bugs))))
    assert.notEqual(red.code, 0, red.text)
    assert.ok(red.text.includes(bug.words), red.text)
    assert.match(red.text, /1 failed/)
    assert.equal(green.code, 0, green.text)
    assert.match(green.text, /1 passed/)
  })
}
