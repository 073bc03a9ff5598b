import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { brotliCompressSync, constants } from 'node:zlib'
import { LOADER } from './fixtures/server.js'
import { drain, launcher, stage } from './fixtures/browser.js'

const world = stage()
const typings = readFileSync(new URL('../../www/baton.d.ts', import.meta.url), 'utf8')
const stub = /<script>\(w=>.*<\/script>/.exec(typings)[0]

test('the loader is at most 6,144 bytes as brotli, comments included', () => {
  const source = readFileSync(new URL('../../www/baton.js', import.meta.url))
  const { length } = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length } })
  assert.ok(length <= 6144, `${length} bytes`)
})

test('data-* attributes and init() make one configuration', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-app-name="Acme" data-release="r9" data-accent="teal" data-theme="dark" data-consent-text="OK?" data-mode="qa"></script>' })
  await page.evaluate(() => Baton.init({ locale: 'de', accent: '#123456', own: { key: 1 } }))
  await drain(page)
  const config = await page.evaluate(() => JSON.parse(JSON.stringify(widgetBridge.config)))
  assert.deepEqual(config, { endpoint: '/v1/handoffs', app: { name: 'Acme', release: 'r9' }, accent: '#123456', theme: 'dark', consentText: 'OK?', mode: 'qa', preload: false, locale: 'de', own: { key: 1 } })
  assert.equal((await page.evaluate(() => Baton.status())).endpoint, `${world.server.origin}/v1/handoffs`)
})

test('wrong types are refused by name, the other keys are kept, and init() twice is fine', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const told = []
    Baton.on('error', ({ code, key }) => told.push([code, key]))
    const message = await Baton.init({ endpoint: 5, labels: null, accent: 'no colour', preload: 'yes', locale: 'fr' }).catch(error => error.message)
    await Baton.init({ theme: 'dark' })
    const worse = await Baton.init('endpoint').catch(error => error.message)
    return { told, message, worse, status: await Baton.status() }
  })
  assert.deepEqual(seen.told, [['config', 'endpoint'], ['config', 'labels'], ['config', 'accent'], ['config', 'preload']])
  assert.match(seen.message, /"endpoint" must be of type string, not number/)
  assert.match(seen.worse, /init: config must be an object/)
  assert.deepEqual(seen.status.problems.map(({ key }) => key), ['endpoint', 'labels', 'accent', 'preload'])
  assert.equal(seen.status.inits, 2)
  assert.ok(page.lines.some(line => /Baton: .*"preload" must be of type boolean, not string/.test(line)))
  await drain(page)
  assert.deepEqual(await page.evaluate(() => [widgetBridge.config.locale, widgetBridge.config.endpoint, widgetBridge.config.preload]), ['fr', '/v1/handoffs', false])
})

test('a missing endpoint and an impossible one are both named', async () => {
  const missing = await world.open({ head: '<script src="/baton/baton.js"></script>' })
  assert.deepEqual((await missing.evaluate(() => Baton.status())).problems.map(({ code }) => code), ['endpoint_missing'])
  const wrong = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="mailto:help@acme.example"></script>' })
  const status = await wrong.evaluate(() => Baton.status())
  assert.deepEqual(status.problems.map(({ code, key }) => [code, key]), [['config', 'endpoint'], ['endpoint_missing', 'endpoint']])
  assert.equal(status.endpoint, null)
})

test('a refused call that nobody waits for is no unhandled rejection of the page', async () => {
  const page = await world.open({ head: LOADER + '<script>window.heard = []; onunhandledrejection = () => heard.push(1)</script>' })
  await page.evaluate(() => { Baton.init(5); Baton.attach('x', 'no blob'); Baton.identify(); Baton.triage(7) })
  await page.waitForTimeout(200)
  assert.deepEqual(await page.evaluate(() => heard), [])
  assert.match(await page.evaluate(() => Baton.triage('x').catch(error => error.message)), /text must be a string/)
})

test('every call of the public surface exists and returns a promise', async () => {
  const page = await world.open()
  const kinds = await page.evaluate(() => Object.fromEntries(['init', 'identify', 'clearIdentity', 'open', 'close', 'show', 'hide', 'attachTo', 'ask', 'triage', 'captureScreenshot', 'addBreadcrumb', 'setCustomData', 'metadata', 'attach', 'buildPacket', 'handoff', 'setTheme', 'setLocale', 'status'].map(name => [name, Baton[name]('x') instanceof Promise])))
  assert.deepEqual(Object.entries(kinds).filter(([, is]) => !is), [])
})

test('who the customer is, custom data, callbacks and files reach the widget, and changes are told to it', async () => {
  const page = await world.open()
  await page.evaluate(async () => {
    await Baton.identify(7, { plan: 'pro' }, 'signed')
    await Baton.setCustomData({ a: 1 })
    await Baton.setCustomData({ b: 2 })
    await Baton.metadata(() => ({ c: 3 }))
    await Baton.attach('log.txt', new Blob(['x']))
    await Baton.open()
    await Baton.setTheme('dark')
    await Baton.clearIdentity()
  })
  assert.deepEqual(await page.evaluate(() => [widgetBridge.user, widgetBridge.customData, widgetBridge.metadata.length, widgetBridge.attached[0].name, widgetBridge.config.theme]), [null, { a: 1, b: 2 }, 1, 'log.txt', 'dark'])
  assert.deepEqual(await page.evaluate(() => widgetCalls.map(([name]) => name)), ['open', 'configure', 'configure'])
  await page.evaluate(() => Baton.identify('u8', { plan: 'free' }))
  assert.deepEqual(await page.evaluate(() => widgetBridge.user), { id: 'u8', traits: { plan: 'free' }, token: undefined })
})

test('handlers hear events, a late "ready" too; a handler that throws harms nobody', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const heard = []
    Baton.on('open', () => { throw new Error('handler') })
    const off = Baton.on('open', () => heard.push('open'))
    await Baton.open()
    off()
    await Baton.open()
    Baton.on('ready', detail => heard.push(detail.version))
    await new Promise(done => setTimeout(done, 20))
    return heard
  })
  assert.deepEqual(seen, ['open', '0.1.0'])
  assert.ok(page.lines.some(line => line.includes('a handler of "open" failed')))
})

test('the stub queues calls and keeps early errors for a deferred loader', async () => {
  assert.ok(stub.length <= 300, `${stub.length} characters`)
  const page = await world.open({
    head: stub + '<script>setTimeout(() => { throw new Error("early") }); Baton.init({ locale: "nl" }).then(() => { window.done = true }); window.pending = Baton.triage("x").catch(error => error.message); Baton.on("open", () => { window.wasOpened = true })</script><script src="/baton/baton.js" defer data-endpoint="/v1/handoffs"></script>',
    body: '<script src="/slow.js"></script><p>Page</p>',
  })
  await page.waitForFunction(() => window.done)
  assert.equal(await page.evaluate(() => pending), 'text must be a string')
  await page.evaluate(() => Baton.open())
  const { errors } = await drain(page)
  assert.deepEqual(await page.evaluate(() => [widgetBridge.config.locale, window.wasOpened]), ['nl', true])
  assert.deepEqual(errors.records.map(({ message }) => message), ['early'])
  assert.ok(errors.records[0].ms > 0)
})

test('a second copy does nothing but say so', async () => {
  const page = await world.open({ head: LOADER + '<script>window.first = Baton; window.proxied = console.log</script>' + LOADER })
  assert.ok(await page.evaluate(() => Baton === first && console.log === proxied))
  assert.equal(await page.locator('[data-baton-ui="launcher"]').count(), 1)
  assert.deepEqual((await page.evaluate(() => Baton.status())).problems.map(({ code }) => code), ['twice'])
  assert.ok(page.lines.some(line => line.includes('on this page twice')))
  await page.evaluate(() => console.info('once'))
  assert.equal((await drain(page)).console.records.filter(({ text }) => text === 'once').length, 1)
})

test('destroy() gives the natives back, leaves nothing, and lets the script load again', async () => {
  const page = await world.open({ before: '<script>window.natives = [console.log, console.assert, fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send]</script>' })
  await page.evaluate(async () => { await Baton.open(); window.old = Baton; await Baton.destroy() })
  assert.ok(await page.evaluate(() => [console.log, console.assert, fetch, XMLHttpRequest.prototype.open, XMLHttpRequest.prototype.send].every((f, i) => f === natives[i])))
  assert.deepEqual(await page.evaluate(() => [document.querySelectorAll('[data-baton-ui]').length, 'Baton' in window, Symbol.for('baton.v1') in window]), [0, false, false])
  assert.match(await page.evaluate(() => old.open().catch(error => error.message)), /destroyed/)
  await page.addScriptTag({ url: '/baton/baton.js' })
  await launcher(page).waitFor()
})

test('destroy() leaves a wrapper that somebody put on top, and passes through beneath it', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const beneath = fetch
    let calls = 0
    window.fetch = function (...args) { calls++; return beneath.apply(this, args) }
    const mine = window.fetch
    await Baton.destroy()
    const response = await fetch('/data')
    return [window.fetch === mine, calls, response.status]
  })
  assert.deepEqual(seen, [true, 1, 200])
})

test('blocked storage and a sandboxed page do no harm', async () => {
  const page = await world.open({ headers: { 'content-security-policy': 'sandbox allow-scripts' } })
  await launcher(page).waitFor()
  assert.equal(page.lines.filter(line => line.startsWith('Baton')).length, 0)
})
