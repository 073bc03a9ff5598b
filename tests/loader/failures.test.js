import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOADER } from './fixtures/server.js'
import { drain, stage } from './fixtures/browser.js'

const world = stage()
const errors = async page => (await drain(page)).errors.records

test('what could not be loaded is named with its element and address, from the first moment on', async () => {
  const page = await world.open({ head: `${LOADER}<link rel="stylesheet" href="/no.css"><script src="/no.js"></script>`, body: '<img src="/no.png"><p>Page</p>' })
  await page.evaluate(() => new Promise(done => { const image = new Image(); image.onerror = done; image.src = '/later.png'; document.body.append(image) }))
  await page.evaluate(() => new Promise(done => setTimeout(done, 50)))
  const records = (await errors(page)).filter(({ kind }) => kind === 'resource')
  assert.deepEqual(records.map(({ name, message, source }) => [name, message, source.replace(world.server.origin, '')]).sort(), [
    ['img', 'img could not be loaded', '/later.png'], ['img', 'img could not be loaded', '/no.png'], ['link', 'link could not be loaded', '/no.css'], ['script', 'script could not be loaded', '/no.js'],
  ])
})

test("a page's own event named error is no resource", async () => {
  const page = await world.open({ body: '<img id="i">' })
  await page.evaluate(() => document.querySelector('#i').dispatchEvent(new CustomEvent('error', { bubbles: true })))
  assert.deepEqual(await errors(page), [])
})

test('violations of the content security policy are kept, early ones too', async () => {
  const page = await world.open({ headers: { 'content-security-policy': "img-src 'none'" }, body: '<img src="/a.png">' })
  await drain(page)
  await page.evaluate(() => new Promise(done => { document.addEventListener('securitypolicyviolation', done); new Image().src = '/b.png' }))
  const records = (await errors(page)).filter(({ kind }) => kind === 'csp')
  assert.deepEqual(records.map(({ name, message }) => [name, message.replace(world.server.origin, '')]), [['img-src', 'img-src blocked /a.png'], ['img-src', 'img-src blocked /b.png']])
})

test("what Baton's picture is made of is no violation of the page's; a request through the wrapper does not blame the loader", async () => {
  world.server.files['/baton/screenshot/screenshot_bg.wasm'] = { type: 'application/wasm', body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) }
  world.server.files['/baton/screenshot/screenshot.js'] = { body: `
    export default async () => {}
    export const attach_screenshot = () => {}
    export const capture = options => new Promise(done => { const image = new Image(); image.onerror = () => done(options); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=' })` }
  const page = await world.open({ headers: { 'content-security-policy': "img-src 'self'; connect-src 'self'" } })
  await drain(page)
  const options = await page.evaluate(async () => {
    const { capture } = await widgetBridge.load('screenshot')
    const options = await capture({ scale: 2 })
    await new Promise(done => setTimeout(done, 300))
    new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='
    await fetch('https://elsewhere.test/').catch(() => {})
    await new Promise(done => setTimeout(done, 100))
    return options
  })
  assert.deepEqual(options, { scale: 2 })
  const records = (await errors(page)).filter(({ kind }) => kind === 'csp')
  assert.deepEqual(records.map(({ message }) => message).sort(), ['connect-src blocked https://elsewhere.test/', 'img-src blocked data'])
  const { source, line } = records.find(({ name }) => name === 'connect-src')
  assert.deepEqual([source, line], [undefined, undefined])
})

test("the browser's own reports are kept", async () => {
  const page = await world.open({ before: `<script>
    window.ReportingObserver = class { constructor(f, options) { window.observed = { f, options } } observe() {} disconnect() { window.observed = 0 } }
  </script>` })
  await drain(page)
  await page.evaluate(() => observed.f([{ type: 'deprecation', body: { message: 'X is old', sourceFile: 'a.js', lineNumber: 3, columnNumber: 4 } }]))
  assert.deepEqual(await page.evaluate(() => observed.options), { types: ['deprecation', 'intervention'], buffered: true })
  const [{ kind, name, message, source, line }] = await errors(page)
  assert.deepEqual([kind, name, message, source, line], ['report', 'deprecation', 'X is old', 'a.js', 3])
  assert.equal(await page.evaluate(async () => { await Baton.destroy(); return observed }), 0)
})

test('an error keeps its causes', async () => {
  const page = await world.open({ head: LOADER + `<script>
    window.onerror = () => { window.heard = true }
    setTimeout(() => { throw new Error('outer', { cause: new TypeError('middle', { cause: new RangeError('inner') }) }) })
  </script>` })
  await page.waitForFunction(() => window.heard)
  const [{ message, cause }] = await errors(page)
  assert.equal(message, 'outer')
  assert.match(cause, /^TypeError: middle[^]*caused by: RangeError: inner/)
})

test('long tasks, the largest paint, shifts and interactions are measured', async () => {
  const page = await world.open({ body: '<h1>Title</h1><button id="b">B</button><p>below</p>' })
  await drain(page)
  await page.waitForTimeout(200)
  await page.evaluate(() => {
    document.querySelector('#b').addEventListener('click', () => { const end = performance.now() + 120; while (performance.now() < end); })
  })
  await page.locator('#b').click()
  await page.waitForTimeout(700) // a shift right after an interaction does not count
  await page.evaluate(() => { const box = document.createElement('div'); box.style.height = '300px'; document.body.prepend(box) })
  await page.waitForTimeout(400)
  const { long_tasks: tasks, vitals } = await drain(page)
  assert.ok(tasks.records.some(({ duration, ms, at }) => duration >= 100 && ms > 0 && at > 1e12))
  assert.ok(vitals.lcp > 0 && vitals.cls > 0 && vitals.cls < 1 && vitals.inp >= 100, JSON.stringify(vitals))
  await page.evaluate(() => Baton.init({ sensors: { performance: false } }))
  const off = await drain(page)
  assert.deepEqual([off.long_tasks.records, off.vitals], [[], {}])
})

test('without a shift the score is 0; of a page opened in the background, no paint counts', async () => {
  const seen = await world.open({ body: '<h1>Title</h1>' })
  await drain(seen)
  await seen.waitForTimeout(300)
  const { vitals } = await drain(seen)
  assert.ok(vitals.lcp > 0 && vitals.cls === 0, JSON.stringify(vitals))
  const page = await world.open({ before: '<script>Object.defineProperty(document, "hidden", { value: true, configurable: true }); performance.getEntriesByType = () => []</script>', body: '<h1>Title</h1>' })
  await drain(page)
  await page.waitForTimeout(300)
  assert.equal((await drain(page)).vitals.lcp, undefined)
})

test('a part of the sensors that does not load is a named gap, and the rest works', async () => {
  for (const file of ['sensors', 'steps']) {
    world.server.files[`/baton/${file}.js`] = { status: 500, type: 'text/plain', body: 'no' }
    const page = await world.open({ body: '<button id="b">B</button>' })
    await page.evaluate(() => console.info('still here'))
    await page.locator('#b').click()
    const { console: lines, gaps, steps } = await drain(page)
    assert.ok(lines.records.some(({ text }) => text === 'still here'))
    for (const stage of ['steps', 'errors', 'network', 'performance']) assert.ok(gaps.some(gap => gap.stage === stage && /^sensors\.js could not be loaded: /.test(gap.reason)), stage)
    assert.deepEqual(steps.records, [])
    assert.ok(await page.evaluate(() => typeof widgetBridge.privacy.decide === 'function'), 'the judge is there all the same')
    delete world.server.files[`/baton/${file}.js`]
  }
})

test('a recording that the page asked for begins after loading, and its events come through the bridge', async () => {
  world.server.files['/baton/baton-replay.js'] = { body: `
    export const snapshot = core => ({ events: [{ type: 4 }, { type: 2, judge: typeof core.privacy.decide }], gaps: [] })
    export const record = (core, { seconds }) => { window.recording = { seconds, state: document.readyState }; return { events: () => ({ events: [{ type: 4, seconds }], gaps: [] }), stop() { window.stopped = true } } }` }
  const asked = world.server.requests
  const plain = await world.open()
  await drain(plain)
  assert.ok(!asked.some(url => url.includes('baton-replay')), 'not without a reason')
  assert.deepEqual(await plain.evaluate(() => widgetBridge.replay()), { kind: 'snapshot', events: [{ type: 4 }, { type: 2, judge: 'function' }], gaps: [] })
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-replay="15"></script>' })
  await page.waitForFunction(() => window.recording)
  assert.deepEqual(await page.evaluate(() => recording), { seconds: 15, state: 'complete' })
  await drain(page)
  assert.deepEqual(await page.evaluate(() => widgetBridge.replay()), { kind: 'recording', events: [{ type: 4, seconds: 15 }], gaps: [] })
  await page.evaluate(() => Baton.init({ replay: false }))
  await page.waitForFunction(() => window.stopped)
})

test('a recorder that cannot be loaded is a gap', async () => {
  world.server.files['/baton/baton-replay.js'] = { status: 404, type: 'text/plain', body: 'no' }
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-replay></script>' })
  await drain(page)
  const { kind, events, gaps } = await page.evaluate(() => widgetBridge.replay())
  assert.deepEqual([kind, events, gaps[0].stage], ['snapshot', [], 'replay'])
  assert.match(gaps[0].reason, /^not possible: /)
})
