// The regression test made from a packet: red on the page with the bug, green on the fixed one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BUGS, exported, stage } from './fixtures/demo.js'
import { runSpecs } from './fixtures/spec.js'

const world = stage()

/** The demo's bugs on or off; the switch is a value in the page's storage. */
const switched = bugs => ({ storage: { cookies: [], origins: [{ origin: world.origin, localStorage: [{ name: 'ledgerline.bugs', value: bugs }] }] } })

let runs
/** What each bug's test says with the bugs on and with them off. */
const verdicts = () => runs ??= (async () => {
  const specs = []
  for (const bug of BUGS) specs.push(await exported((await world.packetOf(bug)).folder, 'playwright', 'repro.spec.ts'))
  return Promise.all(['on', 'off'].map(bugs => runSpecs(world.folder, specs, switched(bugs))))
})()

for (const [index, bug] of BUGS.entries()) {
  test(`the test made of ‘${bug.name}’ is red while the bug exists and names it, and green once it is fixed`, async () => {
    const [buggy, mended] = await verdicts()
    assert.equal(buggy[index].ok, false)
    assert.ok(buggy[index].text.includes('The error of the report is still there'), buggy[index].text)
    assert.ok(buggy[index].text.includes(bug.words), buggy[index].text)
    assert.equal(mended[index].ok, true, mended[index].text)
  })
}
