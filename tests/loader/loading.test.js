import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LOADER } from './fixtures/server.js'
import { launcher, stage } from './fixtures/browser.js'

const world = stage()
const settled = page => page.waitForTimeout(250)
const fallbackForm = page => page.locator('[data-baton-ui="fallback"] form')

for (const [what, act] of [
  ['idle time', page => page.evaluate(() => new Promise(done => requestIdleCallback(done)))],
  ['scrolling', page => page.mouse.wheel(0, 500)],
  ['a click elsewhere', page => page.mouse.click(50, 50)],
  ['calls that only hand over data', page => page.evaluate(() => Promise.all([
    Baton.init({ theme: 'dark' }), Baton.identify('u1', { plan: 'pro' }), Baton.clearIdentity(), Baton.setCustomData({ a: 1 }), Baton.metadata(() => ({})),
    Baton.attach('a.txt', new Blob(['a'])), Baton.addBreadcrumb('x'), Baton.setTheme('light'), Baton.setLocale('de'), Baton.hide(), Baton.show(), Baton.close(), Baton.status(),
  ]))],
]) test(`${what} fetches no widget`, async () => {
  const page = await world.open({ body: '<p style="height:4000px">Tall</p>' })
  await act(page)
  await settled(page)
  assert.equal(world.server.widgetFetched(), false)
})

for (const [what, act, options] of [
  ['the pointer on the launcher', page => launcher(page).hover()],
  ['focus on the launcher', async page => { for (let i = 0; i < 1; i++) await page.keyboard.press('Tab') }],
  ['open()', page => page.evaluate(() => Baton.open())],
  ['ask()', page => page.evaluate(() => Baton.ask('help'))],
  ['handoff()', page => page.evaluate(() => Baton.handoff({ message: 'x', consent: true }))],
  ['data-preload', () => {}, { head: LOADER.replace('data-endpoint', 'data-preload data-endpoint') }],
  ['init({preload: true})', page => page.evaluate(() => Baton.init({ preload: true }))],
  ['a stored flag', () => {}, { before: '<script>localStorage["baton.pending"] = "1"</script>' }],
]) test(`${what} fetches the widget, once`, async () => {
  const page = await world.open(options)
  await act(page)
  await page.waitForFunction(() => window.widgetStarts === 1)
  await launcher(page).hover()
  await page.evaluate(() => Promise.all([Baton.buildPacket(), Baton.buildPacket()]))
  assert.equal(world.server.requests.filter(url => url.startsWith('/baton/widget/widget.js')).length, 1)
  assert.equal(await page.evaluate(() => window.widgetStarts), 1)
})

test('an element the page attaches opens the widget, until it is detached', async () => {
  const page = await world.open({ body: '<button id="help">Help</button>' })
  await page.evaluate(async () => { window.detach = await Baton.attachTo('#help', { from: 'nav' }) })
  await page.click('#help')
  await page.waitForFunction(() => (window.widgetCalls || []).length === 1)
  assert.deepEqual(await page.evaluate(() => widgetCalls), [['open', { from: 'nav' }]])
  await page.evaluate(() => { detach() })
  await page.click('#help')
  await settled(page)
  assert.equal(await page.evaluate(() => widgetCalls.length), 1)
  assert.match(await page.evaluate(() => Baton.attachTo('#nothing').catch(error => error.name)), /TypeError/)
})

test('the launcher opens and closes, and says so to assistive technology', async () => {
  const page = await world.open()
  const button = launcher(page)
  assert.equal(await button.getAttribute('aria-label'), 'Get help')
  assert.equal(await button.getAttribute('aria-expanded'), 'false')
  await button.click()
  await page.waitForFunction(() => window.widgetCalls?.length === 1)
  assert.equal(await button.getAttribute('aria-expanded'), 'true')
  await button.click()
  assert.equal(await button.getAttribute('aria-expanded'), 'false')
  await page.evaluate(() => { widgetBridge.setUnread(3); Baton.init({ labels: { launcher: 'Hilfe' }, position: 'left', accent: '#ffdd00' }) })
  assert.equal(await button.getAttribute('aria-label'), 'Hilfe (3)')
  assert.ok((await button.boundingBox()).x < 100)
  assert.equal(await button.evaluate(element => getComputedStyle(element).backgroundColor), 'rgb(255, 221, 0)')
  await page.evaluate(() => Baton.hide())
  assert.equal(await button.isVisible(), false)
  await page.evaluate(() => { document.querySelector('[data-baton-ui]').remove(); return Baton.show() })
  assert.equal(await button.isVisible(), true, 'a removed launcher comes back with the next call')
})

test("the page's style sheet does not reach the launcher", async () => {
  const page = await world.open({ before: '<style>div, button { display: none !important; opacity: 0; transform: scale(0) } * { border-radius: 0 !important }</style>' })
  const box = await launcher(page).boundingBox()
  assert.deepEqual([Math.round(box.width), Math.round(box.height)], [56, 56])
})

const BROKEN = {
  wasm_fetch_failed: [{ '/baton/widget/widget_bg.wasm': { status: 404, type: 'text/plain', body: 'gone' } }],
  'wasm_fetch_failed, no module': [{ '/baton/widget/widget.js': { status: 500, type: 'text/plain', body: '' } }],
  wasm_unsupported: [{ '/baton/widget/widget_bg.wasm': { type: 'application/wasm', body: Buffer.from('no wasm') } }],
  'wasm_unsupported, no WebAssembly': [{}, { before: '<script>delete window.WebAssembly</script>' }],
  wasm_blocked_by_csp: [{}, { head: LOADER, headers: { 'content-security-policy': "script-src 'self'; require-trusted-types-for 'script'" } }],
  crashed: [{ '/baton/widget/widget.js': { body: 'export default async () => {}; export const start = () => { throw new WebAssembly.RuntimeError("unreachable") }' } }],
}
for (const [name, [files, options]] of Object.entries(BROKEN)) test(`a widget that cannot run is named and gives way to the plain form: ${name}`, async () => {
  Object.assign(world.server.files, files)
  const page = await world.open(options)
  const failures = []
  page.on('pageerror', error => failures.push(error))
  await page.evaluate(() => { window.told = []; Baton.on('error', problem => told.push(problem.code)) })
  await launcher(page).click()
  await fallbackForm(page).waitFor()
  const reason = name.split(',')[0]
  const status = await page.evaluate(() => Baton.status())
  assert.equal(status.widget, reason)
  assert.ok(status.problems.some(({ code }) => code === reason))
  assert.deepEqual(await page.evaluate(() => told), [reason], 'told once, though hover and click both tried')
  assert.ok(page.lines.some(line => line.startsWith('Baton: the assistant cannot run')))
  assert.deepEqual(failures, [])
  assert.equal(await page.evaluate(() => Baton.triage('x').catch(error => error.code)), reason)
})

test('after a failure a later open() tries the widget again', async () => {
  world.server.files['/baton/widget/widget_bg.wasm'] = { status: 503, type: 'text/plain', body: '' }
  const page = await world.open()
  await page.evaluate(() => Baton.open({ message: 'typed before' }))
  assert.equal(await page.locator('[data-baton-ui="fallback"] textarea').inputValue(), 'typed before')
  delete world.server.files['/baton/widget/widget_bg.wasm']
  await page.evaluate(() => Baton.close())
  assert.equal(await fallbackForm(page).count(), 0)
  await page.evaluate(() => Baton.open())
  assert.equal(await page.evaluate(() => widgetStarts), 1)
  assert.equal((await page.evaluate(() => Baton.status())).widget, 'ready')
})

for (const how of ['trap now', 'trap later', 'reject later']) test(`a trap in the widget never reaches the page's handlers: ${how}`, async () => {
  const page = await world.open({ head: LOADER + `<script>
    window.heard = []
    onerror = (...args) => { heard.push(args[0]) }
    onunhandledrejection = event => { heard.push(String(event.reason)) }
    addEventListener('error', () => heard.push('listener'), true)
  </script>` })
  await page.evaluate(() => { window.told = []; Baton.on('error', problem => told.push(problem.code)); return Baton.open() })
  const answer = await page.evaluate(how => Baton.triage(how).catch(error => error.code), how)
  assert.equal(answer, 'crashed', 'a call under way ends')
  await fallbackForm(page).waitFor()
  assert.deepEqual(await page.evaluate(() => [heard, told, document.querySelectorAll('[data-baton-ui="widget"]').length]), [[], ['crashed'], 0])
  await page.evaluate(() => Baton.close())
  await page.evaluate(() => Baton.open())
  assert.equal(await page.evaluate(() => widgetStarts), 2, 'a re-open starts a fresh instance')
  assert.ok(world.server.requests.includes('/baton/widget/widget.js?v=0.1.0&r=2'))
  assert.equal(await page.evaluate(() => widgetBridge.drain().errors.records.length), 0, "Baton's own failure is no evidence of the page's")
})

test("an error of the page's own listener is the page's, though the widget's event ran it", async () => {
  const page = await world.open({ head: LOADER + `<script>
    window.heard = []
    onerror = message => { heard.push(message) }
    document.addEventListener('host-event', () => { throw new Error('the page failed') })
  </script>` })
  assert.equal(await page.evaluate(() => Baton.triage('host listener throws')), 'alive')
  assert.deepEqual(await page.evaluate(() => heard), ['Uncaught Error: the page failed'])
  assert.equal((await page.evaluate(() => Baton.status())).widget, 'ready')
})

test('bridge.crashed() of a dead instance leaves the living one alone', async () => {
  const page = await world.open()
  await page.evaluate(async () => {
    await Baton.open()
    const old = widgetBridge
    await Baton.close()
    old.crashed('panicked at x.rs')
    await Baton.open()
    old.crashed('again')
  })
  assert.equal((await page.evaluate(() => Baton.status())).widget, 'ready')
  assert.equal(await page.evaluate(() => widgetStarts), 2)
})

test('the widget can load a further module, again after a failure', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.buildPacket())
  assert.match(await page.evaluate(() => widgetBridge.load('extras').catch(error => error.message)), /404|Failed to fetch/)
  world.server.files['/baton/extras/extras.js'] = { body: 'export default async ({ module_or_path }) => { await module_or_path }; export const attach_extras = bridge => { window.attached = bridge }; export const name = "extras"' }
  world.server.files['/baton/extras/extras_bg.wasm'] = { type: 'application/wasm', body: 'x' }
  const seen = await page.evaluate(async () => {
    const [one, two] = await Promise.all([widgetBridge.load('extras'), widgetBridge.load('extras')])
    return [one.name, one === two, attached === widgetBridge]
  })
  assert.deepEqual(seen, ['extras', true, true])
})

test("a strict policy with Trusted Types: launcher and plain form draw without a violation", async () => {
  const page = await world.open({ headers: { 'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'" } })
  const box = await launcher(page).boundingBox()
  assert.equal(Math.round(box.width), 56)
  assert.deepEqual(page.violations, [])
  await page.evaluate(() => Baton.open())
  assert.equal((await page.evaluate(() => Baton.status())).widget, 'wasm_blocked_by_csp')
  assert.ok((await fallbackForm(page).boundingBox()).width > 300)
  assert.deepEqual(page.violations.filter(line => !/wasm-eval|unsafe-eval/i.test(line)), [])
})

for (const [how, act] of [
  ['while the panel is open', () => Baton.open().then(() => { widgetBridge.words = ['My export fails.', 'Since Monday.']; return Baton.triage('trap now').catch(() => {}) })],
  ['before it was opened', () => Baton.buildPacket().then(() => { widgetBridge.words = ['My export fails.', 'Since Monday.']; widgetBridge.crashed('panicked') })],
]) test(`a crash does not lose the customer's words: ${how}`, async () => {
  const page = await world.open()
  await page.evaluate(act)
  world.server.files['/baton/widget/widget_bg.wasm'] = { status: 503, type: 'text/plain', body: '' }
  if (how.startsWith('before')) await page.evaluate(() => Baton.ask('Since Monday.'))
  await fallbackForm(page).waitFor()
  const area = page.locator('[data-baton-ui="fallback"] textarea')
  assert.equal(await area.inputValue(), 'My export fails.\n\nSince Monday.')
  await page.evaluate(() => Baton.close())
  await page.evaluate(() => Baton.open())
  assert.equal(await area.inputValue(), '', 'they are handed over once')
})

test('what is said while the plain form is open is added to its text', async () => {
  world.server.files['/baton/widget/widget_bg.wasm'] = { status: 503, type: 'text/plain', body: '' }
  const page = await world.open()
  await page.evaluate(() => Baton.ask('First.').then(() => Baton.ask('Second.')).then(() => Baton.ask('First.')))
  assert.equal(await page.locator('[data-baton-ui="fallback"] textarea').inputValue(), 'First.\n\nSecond.')
})

test('launcher, panel and plain form have one default accent', async () => {
  const accent = /--baton-accent, *(#[0-9a-f]{6})/.exec(readFileSync(new URL('../../src/theme.css', import.meta.url), 'utf8'))[1]
  for (const file of ['baton.js', 'fallback.js']) {
    const source = readFileSync(new URL(`../../www/${file}`, import.meta.url), 'utf8')
    assert.deepEqual([...new Set(source.match(/(?<=--baton-accent, *)#[0-9a-f]{6}/g))], [accent], file)
  }
})
