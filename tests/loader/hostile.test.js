import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOADER } from './fixtures/server.js'
import { drain, launcher, stage } from './fixtures/browser.js'

const world = stage()
const WATCH = '<script>window.heard = []; addEventListener("error", event => heard.push(event.message)); addEventListener("unhandledrejection", event => heard.push(String(event.reason)))</script>'
const quiet = async page => assert.deepEqual(await page.evaluate(() => heard), [], 'the page has heard of no failure')

test('a page that froze its natives keeps them, and each is a named gap', async () => {
  const page = await world.open({ before: WATCH + '<script>for (const one of [console, WebSocket, EventSource, XMLHttpRequest.prototype, history]) Object.freeze(one); Object.defineProperty(window, "fetch", { value: fetch, writable: false, configurable: false })</script>' })
  const { gaps } = await drain(page)
  await page.evaluate(async () => { console.log('x'); await fetch('/data'); new WebSocket('ws://127.0.0.1:9').onerror = () => {}; history.pushState({}, '', '/x') })
  for (const reason of ['the page froze console', 'the page froze fetch', 'the page froze XMLHttpRequest']) assert.ok(gaps.some(gap => gap.reason === reason), reason)
  await quiet(page)
})

for (const [what, before] of Object.entries({
  'no performance observer': 'delete window.PerformanceObserver; delete window.ReportingObserver',
  'a broken performance observer': 'window.PerformanceObserver = class { constructor() { throw new Error("no") } }; window.ReportingObserver = PerformanceObserver',
  'no sockets': 'delete window.WebSocket; delete window.EventSource',
  'no Navigation API and a broken history': 'Object.defineProperty(window, "navigation", { value: undefined }); history.pushState = () => { throw new Error("mine") }',
  'a broken composedPath': 'Event.prototype.composedPath = () => { throw new Error("no") }',
  'broken methods of elements': 'HTMLElement.prototype.closest = HTMLElement.prototype.checkVisibility = () => { throw new Error("no") }',
  'blocked storage': 'for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } })',
})) test(`no exception reaches a page with ${what}`, async () => {
  const page = await world.open({ before: `${WATCH}<script>${before}</script>`, body: '<button id="b">B</button><input id="i">' })
  await launcher(page).waitFor()
  await page.evaluate(() => console.info('works'))
  const { console: lines, gaps } = await drain(page)
  await page.locator('#b').click()
  await page.locator('#i').pressSequentially('abc')
  await page.evaluate(async () => { await fetch('/data'); scrollTo(0, 1) })
  assert.ok(lines.records.some(({ text }) => text === 'works'))
  if (what.includes('performance')) assert.ok(gaps.some(({ stage }) => stage === 'performance'))
  if (!what.includes('composedPath')) await quiet(page)
})

test('20 MB strings, half characters and proxies that throw are harmless everywhere', async () => {
  const page = await world.open({ head: WATCH + LOADER, body: '<button id="b">B</button><input id="i">' })
  await drain(page)
  await page.evaluate(async () => {
    const big = 'x'.repeat(20e6)
    console.log('%s', big); console.log({ big }); console.log(new Error(big)); console.log([big], 'lone \ud800', '\udc00')
    fetch(`/data?${'q'.repeat(1e5)}`).catch(() => {})
    await fetch('/data', { method: 'POST', body: big, headers: { 'x-a': '1' } })
    await Baton.addBreadcrumb({ message: big, data: { big } })
    document.querySelector('#b').setAttribute('aria-label', big)
    document.querySelector('#i').value = '\ud83d half'
    const trap = () => { throw new Error('trap') }
    const bad = new Proxy({}, { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap, has: trap })
    console.log(bad, [bad], new Map([[bad, bad]]))
    await fetch('/data', bad).catch(() => {})
    await Baton.addBreadcrumb({ message: 'm', data: bad })
  })
  await page.locator('#b').click()
  await page.locator('#i').pressSequentially('!')
  await page.keyboard.press('Tab')
  const drained = await drain(page)
  const all = JSON.stringify(drained)
  assert.ok(all.length < 1e6, `${all.length} characters`)
  assert.ok(all.isWellFormed() && !/\\ud[89a-f]/i.test(all))
  assert.ok(drained.console.records.some(({ text }) => text.includes('lone \ufffd')))
  assert.equal(drained.steps.records.find(({ action }) => action === 'input').value, '!\ufffd half')
  await quiet(page)
})

test('a clock that jumps leaves the order of records as it was', async () => {
  const page = await world.open()
  await page.evaluate(() => {
    console.info('first')
    Date.now = () => 5
    performance.now = () => 3
    console.info('second')
    Date.now = () => 9e15
    console.info('third')
  })
  const { console: { records } } = await drain(page)
  const ms = ['first', 'second', 'third'].map(text => records.find(record => record.text === text).ms)
  assert.ok(ms[0] <= ms[1] && ms[1] <= ms[2] && ms[0] > 0, ms.join())
})

test('wrappers of others, put below and above, each see each call once, and so do we', async () => {
  const wrapAll = name => `(() => { const f = fetch; window.fetch = function (...args) { seen.push('${name}'); return f.apply(this, args) }; const log = console.log; console.log = function (...args) { seen.push('${name} log'); return log.apply(this, args) }; const open = XMLHttpRequest.prototype.open; XMLHttpRequest.prototype.open = function (...args) { seen.push('${name} open'); return open.apply(this, args) } })()`
  const page = await world.open({ head: `<script>window.seen = []; ${wrapAll('below')}</script>${LOADER}<script>${wrapAll('above')}</script>${LOADER}` })
  await drain(page)
  await page.evaluate(async () => {
    seen.length = 0
    widgetBridge.rings.network.list.length = 0
    await fetch('/data')
    console.log('once')
    await new Promise(done => { const xhr = new XMLHttpRequest(); xhr.open('GET', '/data'); xhr.onload = done; xhr.send() })
  })
  assert.deepEqual(await page.evaluate(() => seen), ['above', 'below', 'above log', 'below log', 'above open', 'below open'])
  const { console: lines, network } = await drain(page)
  assert.equal(lines.records.filter(({ text }) => text === 'once').length, 1)
  assert.deepEqual(network.records.map(({ initiator }) => initiator), ['fetch', 'xhr'])
  assert.ok(await page.evaluate(async () => { await Baton.destroy(); seen.length = 0; await fetch('/data'); return seen.join() === 'above,below' }))
})

test('every ring is bounded in count and in characters', async () => {
  const page = await world.open()
  await drain(page)
  const sizes = await page.evaluate(async () => {
    for (let i = 0; i < 400; i++) {
      Baton.addBreadcrumb('b'.repeat(3000))
      dispatchEvent(new ErrorEvent('error', { message: 'm'.repeat(9000), error: new Error('e'.repeat(9000)) }))
      fetch(`/data?${i}${'q'.repeat(3000)}`).catch(() => {})
    }
    await new Promise(done => setTimeout(done, 500))
    return Object.entries(widgetBridge.rings).map(([name, { list, cap, room, used }]) => [name, list.length <= cap, used <= room, JSON.stringify(list).length <= 2 * room])
  })
  for (const [name, ...holds] of sizes) assert.deepEqual(holds, [true, true, true], name)
})
