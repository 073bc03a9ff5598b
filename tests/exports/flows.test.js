// Longer ways to a bug than the demo's: forms with private fields, keys, shadow roots, frames.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import puppeteer from 'puppeteer-core'
import { ARGS, executablePath, exported, stage } from './fixtures/demo.js'
import { FLOWS, ORDER } from './fixtures/host/flows.js'
import { host } from './fixtures/host/server.js'
import { replay } from './fixtures/replay.js'
import { runSpecs } from './fixtures/spec.js'

const world = stage(host)
const SAMPLE = { email: 'ann.sample@example.com', password: 'Sample-Pass', voucher: 'SPRING' }
let browser, runs
before(async () => { browser = await puppeteer.launch({ executablePath, args: ARGS }) })
after(() => browser?.close())

/** What each flow's test says on the page with the bugs and on the mended one, and what the shop was sent until then. */
const verdicts = () => runs ??= (async () => {
  const specs = []
  for (const flow of FLOWS) specs.push(await exported((await world.packetOf(flow)).folder, 'playwright', 'repro.spec.ts'))
  const ordered = world.orders.splice(0)
  const pages = [{}, { env: { BATON_BASE_URL: `${world.origin}/?fixed` } }]
  const [buggy, mended] = await Promise.all(pages.map(options => runSpecs(world.folder, specs, options)))
  return { specs, ordered, buggy, mended }
})()

for (const [index, flow] of FLOWS.entries()) {
  test(`‘${flow.name}’: the made test is red and, once it is fixed, green`, async () => {
    const { buggy, mended } = await verdicts()
    assert.equal(buggy[index].ok, false)
    assert.ok(buggy[index].text.includes('The error of the report is still there'), buggy[index].text)
    assert.ok(buggy[index].text.includes(flow.words), buggy[index].text)
    assert.equal(mended[index].ok, true, mended[index].text)
  })

  test(`‘${flow.name}’: the recording replays, and the steps are told in words`, async () => {
    const { folder } = await world.packetOf(flow)
    const { done, seen } = await replay(browser, await exported(folder, 'recorder', 'recorder.json'), flow.words)
    assert.equal(done, true)
    assert.ok(seen.some(line => line.includes(flow.words)), `the replay met: ${seen.join(', ') || 'nothing'}`)
    const steps = await readFile(await exported(folder, 'steps', 'steps.txt'), 'utf8')
    for (const words of flow.steps) assert.ok(steps.includes(words), `no ‘${words}’ in ${steps}`)
  })
}

test('what was masked is in no export; variables give it to the test, and a sample of its kind stands in', async () => {
  const { folder } = await world.packetOf(FLOWS[0])
  const { specs, ordered } = await verdicts()
  assert.deepEqual(ordered, [{ ...ORDER, voucher: 'SPRING' }])
  for (const file of [specs[0], await exported(folder, 'recorder', 'recorder.json'), await exported(folder, 'rrweb', 'replay.json'), join(folder, 'packet.json')]) {
    const text = await readFile(file, 'utf8')
    for (const secret of Object.values(ORDER)) assert.ok(!text.includes(secret), `${secret} in ${file}`)
  }
  // Red, green, and perhaps the recording.
  const sampled = world.orders.splice(0)
  assert.ok(sampled.length >= 2)
  for (const order of sampled) assert.deepEqual(order, SAMPLE)
  await runSpecs(world.folder, [specs[0]], { env: { BATON_INPUT_1: 'qa@acme.example', BATON_INPUT_2: 'correct horse' } })
  assert.deepEqual(world.orders, [{ email: 'qa@acme.example', password: 'correct horse', voucher: 'SPRING' }])
})
