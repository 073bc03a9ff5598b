import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './fixtures/browser.js'

const world = stage()
const WASM = { type: 'application/wasm', body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) }
// Stands in for the module: these tests are about who loads it, and when.
const MODULE = { body: `
  export default async ({ module_or_path }) => { await WebAssembly.compile(await (await module_or_path).arrayBuffer()) }
  let bridge
  export const attach_screenshot = given => { bridge = given; window.attached = (window.attached || 0) + 1 }
  export const capture = async options => {
    if (options?.scale === 99) throw new Error('Baton.captureScreenshot(options): scale must be a number between 0.1 and 4')
    if (options?.scale === 3) throw new WebAssembly.RuntimeError('unreachable')
    if (options?.scale === 2) { setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable') }); return new Promise(() => {}) }
    const tile = text => ({ blob: new Blob([text], { type: 'image/png' }) })
    return { tiles: [tile(bridge.privacy ? 'judged' : 'unjudged'), ...options?.tiles === 2 ? [tile('second')] : []] }
  }` }

const open = async options => {
  const page = await world.open(options)
  world.server.files['/baton/screenshot/screenshot_bg.wasm'] = WASM
  world.server.files['/baton/screenshot/screenshot.js'] = MODULE
  return page
}
const shoot = (page, options) => page.evaluate(options => Baton.captureScreenshot(options).then(async blob => [blob.type, await blob.text()], error => String(error.code || error)), options)
const asked = part => world.server.requests.filter(url => url.startsWith(`/baton/${part}/`)).length

test('where tiles are asked for, all of them come, as a list', async () => {
  const page = await open()
  const texts = tiles => page.evaluate(async tiles => Promise.all((await Baton.captureScreenshot({ tiles })).map(blob => blob.text())), tiles)
  assert.deepEqual([await texts(2), await texts(1)], [['judged', 'second'], ['judged']])
})

test('a picture is taken without the widget, and the judge of privacy is there', async () => {
  const page = await open()
  assert.deepEqual(await shoot(page), ['image/png', 'judged'])
  assert.deepEqual(await shoot(page, { format: 'png' }), ['image/png', 'judged'])
  assert.deepEqual([world.server.widgetFetched(), asked('screenshot')], [false, 2])
  const status = await page.evaluate(() => Baton.status())
  assert.deepEqual([status.widget, status.problems, status.open], ['not_loaded', [], false])
})

test('a widget that starts later shares the module', async () => {
  const page = await open()
  await shoot(page)
  await page.evaluate(() => Baton.open())
  await page.evaluate(() => widgetBridge.load('screenshot'))
  assert.deepEqual(await shoot(page), ['image/png', 'judged'])
  assert.deepEqual([asked('screenshot'), await page.evaluate(() => attached)], [3, 2], 'its WASM is asked for again, its script is not')
})

test('a wrong option is told, and breaks nothing', async () => {
  const page = await open()
  assert.match(await shoot(page, { scale: 99 }), /scale must be/)
  assert.deepEqual(await shoot(page), ['image/png', 'judged'])
})

for (const [when, scale] of [['at once', 3], ['later', 2]]) test(`a module that traps ${when} is told as crashed and replaced`, async () => {
  const page = await open({ body: '<script>window.seen = []; onerror = message => { seen.push(message) }; onunhandledrejection = event => { seen.push(event.reason) }</script>' })
  assert.equal(await shoot(page, { scale }), 'crashed')
  assert.deepEqual(await shoot(page), ['image/png', 'judged'])
  await page.evaluate(() => Baton.open())
  assert.equal(await page.evaluate(() => Baton.status().then(({ widget }) => widget)), 'ready')
  assert.deepEqual(await page.evaluate(() => seen), [], 'the page hears nothing of it')
})

test('a module that does not load says why, and the next picture tries again', async () => {
  const page = await open()
  world.server.files['/baton/screenshot/screenshot_bg.wasm'] = { status: 503, body: '' }
  assert.equal(await shoot(page), 'wasm_fetch_failed')
  world.server.files['/baton/screenshot/screenshot_bg.wasm'] = WASM
  assert.deepEqual(await shoot(page), ['image/png', 'judged'])
})

test('where no WASM is allowed, the reason says so', async () => {
  const page = await open({ headers: { 'content-security-policy': "script-src 'self' 'unsafe-inline'" } })
  assert.equal(await shoot(page), 'wasm_blocked_by_csp')
})
