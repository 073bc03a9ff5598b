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
import { runSpec } from './fixtures/spec.js'

const world = stage(host)
let browser
before(async () => { browser = await puppeteer.launch({ executablePath, args: ARGS }) })
after(() => browser?.close())

for (const flow of FLOWS) {
  test(`‘${flow.name}’: the made test is red and, once it is fixed, green`, async () => {
    const { folder } = await world.packetOf(flow)
    const spec = await exported(folder, 'playwright', 'repro.spec.ts')
    const fixed = { env: { BATON_BASE_URL: `${world.origin}/?fixed` } }
    const [red, green] = await Promise.all([runSpec(folder, spec), runSpec(folder, spec, fixed)])
    assert.match(red.text, /1 failed/)
    assert.ok(red.text.includes(flow.words), red.text)
    assert.match(green.text, /1 passed/)
    assert.equal(green.code, 0)
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

test('what was masked is read from variables, and a sample of its kind stands in', async () => {
  const { folder } = await world.packetOf(FLOWS[0])
  const spec = await exported(folder, 'playwright', 'repro.spec.ts')
  for (const file of [spec, await exported(folder, 'recorder', 'recorder.json'), await exported(folder, 'rrweb', 'replay.json'), join(folder, 'packet.json')]) {
    const text = await readFile(file, 'utf8')
    for (const secret of Object.values(ORDER)) assert.ok(!text.includes(secret), `${secret} in ${file}`)
  }
  world.orders.length = 0
  await runSpec(folder, spec)
  await runSpec(folder, spec, { env: { BATON_INPUT_1: 'qa@acme.example', BATON_INPUT_2: 'correct horse' } })
  assert.deepEqual(world.orders, [
    { email: 'ann.sample@example.com', password: 'Sample-Pass', voucher: 'SPRING' },
    { email: 'qa@acme.example', password: 'correct horse', voucher: 'SPRING' },
  ])
})
