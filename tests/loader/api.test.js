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
    const first = [...told]
    const worse = await Baton.init('endpoint').catch(error => error.message)
    return { first, told, message, worse, status: await Baton.status() }
  })
  assert.deepEqual(seen.first, [['config', 'endpoint'], ['config', 'labels'], ['config', 'preload']])
  assert.deepEqual(seen.told, [...seen.first, ['config', 'accent']], 'what is no type is told by the second stage')
  assert.match(seen.message, /"endpoint" must be of type string, not number/)
  assert.match(seen.worse, /init: no object/)
  assert.deepEqual(seen.status.problems.map(({ key }) => key), ['endpoint', 'labels', 'preload', 'accent'])
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

const LATER = ['beforeSend', 'sinks']

test('a key that this version does not support is told by name, and opens no way around the endpoint', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-sinks="/x"></script>' })
  const seen = await page.evaluate(async () => {
    const told = []
    Baton.on('error', ({ code, key }) => told.push([code, key]))
    const first = (await Baton.status()).problems
    await Baton.init({ beforeSend: packet => packet, sinks: [{ url: '/x' }] })
    await Baton.init({ sinks: false })
    return { told, first, then: (await Baton.status()).problems }
  })
  const unsupported = problems => problems.filter(({ code }) => code === 'not_supported').map(({ key }) => key)
  assert.deepEqual(unsupported(seen.first), ['sinks'])
  assert.deepEqual(unsupported(seen.then).sort(), [...LATER].sort())
  assert.deepEqual(seen.told.map(([code, key]) => `${code} ${key}`).sort(), LATER.map(key => `not_supported ${key}`).sort(), 'each told once')
  assert.ok(seen.first.some(({ code }) => code === 'endpoint_missing'))
  for (const key of LATER) assert.ok(page.lines.includes(`Baton: ${key} is not supported by this version and is ignored`), key)
})

test('a supported configuration is quiet', async () => {
  const page = await world.open()
  const problems = await page.evaluate(async () => {
    await Baton.init({ app: { name: 'A', version: '1', release: 'r' }, theme: 'dark', position: 'left', privacy: { transcript: 'all', own: 1 }, sensors: { console: false }, labels: { launcher: 'Help' }, ai: false, replay: null })
    await Baton.init({ rules: { version: 1 } })
    await Baton.init({ rules: '/support/rules.json', mode: 'qa', replay: { seconds: 20 }, app: { featureFlags: { beta: true, plan: 'x', n: 1 } }, network: { headers: ['x-request-id'], bodies: ['/api/*'], slowMs: 500, maxBodyBytes: 100 }, privacy: { nationalIds: true, patterns: [{ name: 'order', pattern: /ORD-\d+/ }] } })
    return (await Baton.status()).problems
  })
  assert.deepEqual([problems, page.lines], [[], []])
})

test('values inside of objects and words that are not allowed are refused by name, with what is allowed', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const given = { app: { name: 'Acme', version: 3, release: null }, labels: { launcher: 'Hilfe', title: 5 }, sensors: { console: 'off', network: false }, privacy: { transcript: 'everything', own: 1 }, theme: 'drak', position: 'top' }
    const before = JSON.stringify(given)
    await Baton.init(given)
    const { problems, sensors } = await Baton.status()
    await Baton.buildPacket()
    return { problems, sensors, config: widgetBridge.config, untouched: JSON.stringify(given) === before }
  })
  assert.deepEqual(seen.problems.map(({ code, key }) => `${code} ${key}`).sort(), ['app.release', 'app.version', 'labels.title', 'position', 'privacy.transcript', 'sensors.console', 'theme'].map(key => `config ${key}`))
  const message = of => seen.problems.find(({ key }) => key === of).message
  assert.equal(message('theme'), 'config "theme" must be one of "auto", "light", "dark", not "drak"; ignored')
  assert.equal(message('privacy.transcript'), 'config "privacy.transcript" must be one of "secrets", "all", not "everything"; ignored')
  assert.equal(message('app.version'), 'config "app.version" must be of type string, not number; ignored')
  assert.equal(message('app.release'), 'config "app.release" must be of type string, not null; ignored')
  assert.equal(message('sensors.console'), 'config "sensors.console" must be of type boolean, not string; ignored')
  assert.deepEqual([seen.config.app, seen.config.labels, seen.config.privacy, seen.config.theme, seen.config.position], [{ name: 'Acme' }, { launcher: 'Hilfe' }, { own: 1 }, undefined, undefined])
  assert.deepEqual([seen.sensors.console, seen.sensors.network], [true, false])
  assert.ok(seen.untouched, "the page's own objects stay as they are")
})

test('wrong values of the keys for evidence are refused by name', async () => {
  const page = await world.open()
  const problems = await page.evaluate(async () => {
    await Baton.init({ rules: [], network: { headers: 'all', bodies: [5], slowMs: '3s' }, replay: { seconds: 0 }, mode: 'test', app: { featureFlags: { deep: {} } }, privacy: { nationalIds: 'yes', patterns: [{ pattern: 'x' }] } })
    await Baton.init({ network: [] }).catch(() => {})
    return (await Baton.status()).problems
  })
  assert.deepEqual(problems.map(({ key }) => key).sort(), ['app.featureFlags', 'mode', 'network', 'network.bodies', 'network.headers', 'network.slowMs', 'privacy.nationalIds', 'privacy.patterns', 'replay', 'rules'])
  assert.equal(problems.find(({ key }) => key === 'network.headers').message, 'config "network.headers" must be a list of header names, not "all"; ignored')
})

test('what answers, what the panel looks like, and what it does: right values are quiet', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-articles="/help.json" data-ai="/answer" data-sound data-title-flash="false" data-radius="4" data-launcher-icon="mail"></script>' })
  const seen = await page.evaluate(async () => {
    const read = () => { const { articles, ai, sound, titleFlash, radius } = widgetBridge.config; return { articles, ai, sound, titleFlash, radius } }
    await Baton.buildPacket()
    const attributes = read()
    await Baton.init({ articles: [{ title: 'a' }], ai: { url: 'https://ai.example/v1', kind: 'openai', model: 'm', headers: { a: 'b' }, timeoutMs: 5000, system: 'Be brief', more: 1 }, browserModel: true, answerOrder: ['ai', 'articles'], flows: { version: 1 }, history: false, sound: false })
    await Baton.init({ radius: '0.5rem', font: '"Inter", sans-serif', offset: { x: 0, y: 90.5 }, shortcut: 'Alt+Shift+H', locale: 'pt-BR' })
    await Baton.init({ radius: 0, articles: null, ai: null, flows: null, offset: { y: 30 }, shortcut: null })
    return { attributes, problems: (await Baton.status()).problems }
  })
  assert.deepEqual(seen.attributes, { articles: '/help.json', ai: '/answer', sound: true, titleFlash: false, radius: '4' })
  assert.deepEqual([seen.problems, page.lines], [[], []])
})

const WRONG = {
  articles: [[7, 'ftp://a.example', true], 'the URL of help articles, or a list or object of them'],
  ai: [[7, [], {}, { url: 'ftp://a' }, { url: '/a', kind: 'other' }, { url: '/a', headers: { a: 1 } }, { url: '/a', timeoutMs: 'soon' }], 'a URL or {url, kind, model, headers, timeoutMs, system}'],
  answerOrder: [['ai', ['ai', 'human'], {}], 'a list of "articles", "ai", "browserModel"'],
  flows: [[[], 3, 'ftp://a'], 'the URL of a file of flows, or its object'],
  browserModel: [['yes', 1, null], 'true or false'],
  history: [[0], 'true or false'],
  sound: [['on'], 'true or false'],
  titleFlash: [[{}], 'true or false'],
  radius: [[-1, 'round', null, NaN], 'a length'],
  font: [['1;2', '', 12], 'a list of fonts'],
  offset: [[20, { x: -5 }, { y: '20' }, { x: Infinity }, []], '{x, y} in pixels'],
  launcherIcon: [['data:text/html,x', 'javascript:0', 7, 'ftp://a'], '"chat", "mail", "question" or the URL of an image'],
  shortcut: [['Alt+', '', 5], 'keys such as "Alt+Shift+H"'],
  locale: [['not a tag', ''], 'a language tag'],
}

test('and wrong ones are refused by name, with what is allowed', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async wrong => {
    await Baton.status()
    const told = {}
    for (const [key, values] of wrong) {
      told[key] = []
      for (const value of values) told[key].push(await Baton.init({ [key]: value }).then(() => 'taken', error => error.message))
    }
    await Baton.buildPacket()
    return { told, left: wrong.map(([key]) => key).filter(key => widgetBridge.config[key] !== undefined) }
  }, Object.entries(WRONG).map(([key, [values]]) => [key, values]))
  for (const [key, [values, wanted]] of Object.entries(WRONG)) {
    for (const [at, message] of seen.told[key].entries()) {
      assert.ok(message.startsWith(`config "${key}" must be ${wanted}, not `), `${key}: ${JSON.stringify(values[at])}: ${message}`)
    }
  }
  assert.deepEqual(seen.left, [])
})

const measure = page => page.evaluate(() => {
  const button = document.querySelector('[data-baton-ui="launcher"]').shadowRoot.querySelector('button')
  const { right, bottom, left } = button.getBoundingClientRect(), before = getComputedStyle(button, ':before')
  return { x: innerWidth - right, y: innerHeight - bottom, left, content: before.content, background: before.backgroundImage, path: before.clipPath.slice(0, 12) }
})

test('the launcher is where it is configured to be, with the icon that is', async () => {
  const image = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%221%22 height=%221%22/%3E#")}*{display:none}'
  const page = await world.open()
  assert.deepEqual(await measure(page).then(({ x, y, content }) => [x, y, content]), [20, 20, '""'])
  await page.evaluate(() => Baton.init({ offset: { x: 8, y: 96 }, launcherIcon: 'question' }))
  await page.waitForFunction(() => document.querySelector('[data-baton-ui="launcher"]').shadowRoot.querySelector('button').dataset.icon === 'question')
  assert.deepEqual(await measure(page).then(({ x, y, content, path }) => [x, y, content, path]), [8, 96, '"?"', 'none'])
  await page.evaluate(image => Baton.init({ launcherIcon: image, position: 'left' }), image)
  await page.waitForFunction(() => document.querySelector('[data-baton-ui="launcher"]').shadowRoot.querySelector('button').dataset.icon === 'image')
  const seen = await measure(page)
  assert.equal(seen.left, 8)
  assert.ok(seen.background.startsWith('url("data:image/svg+xml'), seen.background)
  await page.evaluate(() => Baton.init({ launcherIcon: '/nowhere.png' }))
  await page.waitForFunction(async () => (await Baton.status()).problems.some(({ key }) => key === 'launcherIcon'))
  assert.equal((await measure(page)).background, seen.background, 'what cannot be loaded takes no place')
})

test('a custom property of the page moves the launcher before anything is loaded', async () => {
  const page = await world.open({ head: '<style>html { --baton-x: 3px; --baton-y: 5px }</style><script src="/baton/baton.js" data-endpoint="/v1/handoffs"></script>' })
  await launcher(page).waitFor()
  assert.deepEqual(await measure(page).then(({ x, y }) => [x, y]), [3, 5])
})

test('a shortcut opens the panel from anywhere, closes it from within, and is none in a field where it types', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-shortcut="Alt+Shift+H"></script><script>heard = []; document.addEventListener("keydown", event => heard.push(event.key), true)</script>', body: '<input>' })
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('starter.js')))
  const calls = () => page.evaluate(() => (window.widgetCalls || []).map(([name]) => name))
  await page.focus('input')
  await page.waitForFunction(async () => (await Baton.status()).ready)
  await page.keyboard.press('Alt+Shift+KeyH')
  await page.waitForFunction(() => window.widgetCalls?.length === 1)
  assert.deepEqual(await page.evaluate(() => heard.filter(key => key.toLowerCase() === 'h')), [], 'the page does not hear it')
  // What is open but elsewhere is brought back.
  await page.keyboard.press('Alt+Shift+KeyH')
  await page.waitForFunction(() => widgetCalls.length === 2)
  await page.evaluate(() => { const host = document.querySelector('[data-baton-ui="widget"]'); host.tabIndex = 0; host.focus() })
  await page.keyboard.press('Alt+Shift+KeyH')
  await page.waitForFunction(() => widgetCalls.length === 3)
  assert.deepEqual(await calls(), ['open', 'open', 'close'])
  await page.evaluate(() => Baton.init({ shortcut: 'h' }))
  await page.focus('input')
  await page.keyboard.press('h')
  assert.equal(await page.evaluate(() => document.querySelector('input').value), 'h')
  await page.evaluate(() => Baton.init({ shortcut: null }))
  await page.evaluate(() => document.activeElement.blur())
  await page.keyboard.press('h')
  assert.deepEqual((await calls()).filter(name => name !== 'configure'), ['open', 'open', 'close'])
})

test('once the second stage is there, a wrong word rejects the call, and the former one stays', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    await Baton.setTheme('dark')
    await Baton.buildPacket()
    const refused = await Baton.setTheme('drak').catch(error => [error.code, error.key])
    return [refused, widgetBridge.config.theme]
  })
  assert.deepEqual(seen, [['config', 'theme'], 'dark'])
})

test('lists in place of objects and an empty endpoint are refused', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint=""></script>' })
  const seen = await page.evaluate(async () => {
    const list = await Baton.init({ labels: ['Help'] }).catch(error => error.message)
    return { list, problems: (await Baton.status()).problems.map(({ code, key }) => `${code} ${key}`) }
  })
  assert.match(seen.list, /"labels" must be of type object, not array/)
  assert.deepEqual(seen.problems, ['config labels', 'config endpoint', 'endpoint_missing endpoint'])
})

test('arguments of a wrong type are refused with a word of the call; 0 is an id', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const answers = {}
    const calls = { metadata: [], addBreadcrumb: [], setCustomData: ['text'], identify: [null], attachTo: [null] }
    for (const name in calls) answers[name] = await Baton[name](...calls[name]).catch(error => `${error.name}: ${error.message}`)
    try { Baton.on('ready', 5) } catch (error) { answers.on = `${error.name}: ${error.message}` }
    await Baton.identify(0)
    await Baton.buildPacket()
    return { answers, id: widgetBridge.user.id, customData: widgetBridge.customData }
  })
  assert.deepEqual(seen.answers, {
    metadata: 'TypeError: Baton.metadata: no function',
    addBreadcrumb: 'TypeError: Baton.addBreadcrumb: no text',
    setCustomData: 'TypeError: Baton.setCustomData: no object',
    identify: 'TypeError: Baton.identify: no id',
    attachTo: 'TypeError: Baton.attachTo: no element',
    on: 'TypeError: Baton.on: no function',
  })
  assert.deepEqual([seen.id, seen.customData], ['0', {}])
})

test('one wrong call in the queue of the stub does not stop those after it', async () => {
  const page = await world.open({ head: stub + '<script>Baton.on("ready", 5).catch(error => { window.refused = error.message }); Baton.nothing(); Baton.init({ locale: "nl" }).then(() => { window.done = true })</script><script src="/baton/baton.js" defer data-endpoint="/v1/handoffs"></script>' })
  await page.waitForFunction(() => window.done)
  assert.equal(await page.evaluate(() => refused), 'Baton.on: no function')
})

test('after destroy() and a second loading, every module is a fresh one', async () => {
  const page = await world.open()
  await page.evaluate(async () => { await Baton.open(); await Baton.destroy() })
  await page.addScriptTag({ url: '/baton/baton.js' })
  await page.evaluate(() => Baton.open())
  const modules = world.server.requests.filter(url => url.startsWith('/baton/widget/widget.js'))
  assert.equal(new Set(modules).size, 2, modules.join(' '))
})

test('what the widget reports as a problem is told as every problem is: warned once, an event, status()', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const told = []
    Baton.on('error', ({ code, message }) => told.push([code, message]))
    await Baton.buildPacket()
    const back = widgetBridge.problem('delivery_failed', 'the server said 500')
    widgetBridge.problem('delivery_failed', 'the server said 500')
    return { told, back, problems: (await Baton.status()).problems }
  })
  assert.deepEqual(seen.told, [['delivery_failed', 'the server said 500']])
  assert.deepEqual(seen.problems.map(({ code }) => code), ['delivery_failed'])
  assert.equal(seen.back, undefined)
  assert.deepEqual(page.lines, ['Baton: the server said 500'])
})

test('attached files can be taken by one packet, and only by that one', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    await Baton.attach('a.txt', new Blob(['a']))
    await Baton.buildPacket()
    const taken = widgetBridge.attached.slice()
    await Baton.attach('b.txt', new Blob(['b']))
    widgetBridge.clearAttached(taken)
    return [taken.length, widgetBridge.attached.map(({ name }) => name)]
  })
  assert.deepEqual(seen, [1, ['b.txt']])
})

test('the types name what must be hosted, and what is not supported yet', () => {
  for (const file of ['starter.js', 'fallback.js', 'sensors.js', 'privacy.js', 'baton-replay.js']) assert.ok(typings.slice(0, typings.indexOf('export {}')).includes(`\`${file}\``), file)
  for (const folder of ['widget/', 'triage/', 'extras/']) assert.ok(typings.slice(0, typings.indexOf('export {}')).includes(`\`${folder}\``), folder)
  for (const key of LATER) assert.match(typings, new RegExp(`Not supported yet[^\n]*\n  ${key}\\?:`), key)
  assert.doesNotMatch(/metadata\(callback[^\n]*/.exec(typings)[0], /Record<string, unknown> \| Promise/)
})
