// Chrome DevTools Recorder JSON, read and replayed by @puppeteer/replay.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { createRunner, parse, PuppeteerRunnerExtension } from '@puppeteer/replay'
import puppeteer from 'puppeteer-core'
import { ARGS, BUGS, executablePath, exported, stage } from './fixtures/demo.js'

const world = stage()
let browser
before(async () => { browser = await puppeteer.launch({ executablePath, args: ARGS }) })
after(() => browser?.close())

for (const bug of BUGS) {
  test(`the recording of ‘${bug.name}’ replays and meets the bug again`, async () => {
    const { folder } = await world.packetOf(bug)
    const flow = parse(JSON.parse(await readFile(await exported(folder, 'recorder', 'recorder.json'), 'utf8')))
    assert.ok(flow.steps.some(step => step.type === 'click'))
    const context = await browser.createBrowserContext()
    const page = await context.newPage()
    const seen = []
    page.on('pageerror', error => seen.push(`${error.name}: ${error.message}`))
    page.on('response', response => { if (response.status() >= 500) seen.push(response.url()) })
    const runner = await createRunner(flow, new PuppeteerRunnerExtension(browser, page, { timeout: 10_000 }))
    assert.equal(await runner.run(), true)
    for (let look = 0; look < 50 && !seen.length; look++) await new Promise(done => setTimeout(done, 100))
    assert.ok(seen.some(line => line.includes(bug.words)), `the replay met: ${seen.join(', ') || 'nothing'}`)
    await context.close()
  })
}
