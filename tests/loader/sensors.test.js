import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOADER, OTHER } from './fixtures/server.js'
import { drain, stage } from './fixtures/browser.js'

const world = stage()
const lines = async page => (await drain(page)).console.records.map(record => record.text)
const gapReasons = async page => (await drain(page)).gaps.map(gap => `${gap.stage}: ${gap.reason}`)

test('a line logged by the next inline script is in the console ring', async () => {
  const page = await world.open({ head: LOADER + '<script>console.warn("before the crash", 42)</script>' })
  const { console: ring, time_origin } = await drain(page)
  const record = ring.records.find(({ text }) => text === 'before the crash 42')
  assert.equal(record.level, 'warn')
  assert.ok(record.ms > 0 && Math.abs(record.at - time_origin - record.ms) < 1000)
  assert.deepEqual([ring.cap, ring.dropped], [200, 0])
})

test('every console method is kept under its level and still prints', async () => {
  const page = await world.open()
  await page.evaluate(() => {
    for (const level of ['debug', 'trace', 'log', 'info', 'warn', 'error']) console[level](`as ${level}`)
    console.assert(true, 'held')
    console.assert(1 > 2, 'broken', { a: 1 })
  })
  const { records } = (await drain(page)).console
  assert.deepEqual(records.map(({ level, text }) => [level, text]), [
    ...['debug', 'trace', 'log', 'info', 'warn', 'error'].map(level => [level, `as ${level}`]),
    ['assert', 'Assertion failed: broken {a: 1}'],
  ])
  assert.ok(page.lines.includes('as debug') && page.lines.some(line => line.includes('broken')))
})

test('what is shown as a table, a tree or a group is kept as a log line; of an AggregateError, each error', async () => {
  const page = await world.open()
  await page.evaluate(() => {
    console.table([{ a: 1 }, { a: 2 }])
    console.dir({ b: 1 }, { depth: 0 })
    console.group('outer', 1)
    console.groupCollapsed('inner')
    console.groupEnd()
    console.log(new AggregateError([new TypeError('first'), 'second'], 'all failed'))
    setTimeout(() => { throw new AggregateError([new RangeError('third')], 'thrown') })
  })
  await page.waitForTimeout(50)
  const { console: { records }, errors } = await drain(page)
  assert.deepEqual(records.slice(0, 4).map(({ level, text }) => [level, text]), [['log', '[{a: 1}, {a: 2}]'], ['log', '{b: 1} {depth: 0}'], ['log', 'outer 1'], ['log', 'inner']])
  assert.match(records[4].text, /^AggregateError: all failed\n[^]*\ncaused by: \[TypeError: first\n[^]*, "second"\]$/)
  assert.match(errors.records[0].cause, /^\[RangeError: third\n[^]*\]$/)
  assert.ok(page.lines.some(line => line.includes('outer')))
})

test('hostile arguments become text within the limit, and nothing is thrown', async () => {
  const page = await world.open({ body: '<form id="f" class="a b"><input name="id"><input name="getAttribute"></form>' })
  await page.evaluate(() => {
    const cycle = { name: 'loop' }
    cycle.self = cycle
    console.log(cycle)
    console.log(document.querySelector('form'))
    console.log(new TypeError('outer', { cause: new RangeError('inner') }))
    console.log(10n, Symbol('s'), function save() {}, undefined, null, -0, NaN)
    console.log(new Proxy({}, { get() { throw new Error('trap') }, ownKeys() { throw new Error('trap') }, getPrototypeOf() { throw new Error('trap') } }))
    console.log({ get boom() { console.log('from inside a getter'); throw new Error('getter') } })
    console.log(new Proxy({}, { ownKeys() { console.log('from inside a proxy'); return [] } }))
    console.log(new Map([['k', { v: 1 }]]), new Set([1, 2]), new Date(0), new Uint8Array(3))
    console.log({ a: { b: { c: { d: { e: 1 } } } } })
    console.log(Array.from({ length: 60 }, (_, i) => i), Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, i])))
    console.log('%s is %d %% of %o%c!', 'this', 5, { x: 1 }, 'color: red', 'and more')
    console.log('x'.repeat(6000))
    console.log({ toString() { throw new Error('no text') }, [Symbol.toPrimitive]() { throw new Error('no text') } })
    console.log(Object.create(null), 'lone \ud800 surrogate')
    console.log(new Proxy(new Error('e'), { get() { throw new Error('trap') } }))
  })
  const text = await lines(page)
  const at = start => text.find(line => line.startsWith(start))
  assert.equal(text[0], '{name: "loop", self: [Circular]}')
  assert.equal(text[1], '<form#f.a.b>')
  assert.match(text[2], /^TypeError: outer\n\s+at [^]*\ncaused by: RangeError: inner/)
  assert.match(text[3], /^10n Symbol\(s\) ƒ save undefined null -?0 NaN$/)
  assert.equal(text[4], '[unreadable]')
  assert.equal(text[5], '{boom: [getter]}')
  assert.ok(!text.includes('from inside a getter') && !text.includes('from inside a proxy'), 'a hook inside a hook records nothing')
  assert.match(at('Map'), /^Map\{\["k", \{v: 1\}\]\} Set\{1, 2\} .*1970.* Uint8Array\{0, 0, 0\}$/)
  assert.match(at('{a: {b'), /^\{a: \{b: \{c: \{d: \{…\(\+1\)\}\}\}\}\}$/)
  assert.match(at('[0, 1'), /48, 49, …\(\+10\)\] \{k0: 0, .*k49: 49, …\(\+10\)\}$/)
  assert.equal(at('this is'), 'this is 5 % of {x: 1}! and more')
  assert.equal(at('xxx'), 'x'.repeat(5000) + '…(+1000)')
  assert.equal(text.length, 15, 'one record for each call, whatever it was given')
})

test('an object is recorded as it was when it was logged', async () => {
  const page = await world.open()
  await page.evaluate(() => {
    const state = { step: 1, items: ['a'], inner: { open: true } }
    console.log(state, state.items)
    state.step = 2
    state.items.push('b')
    state.inner.open = false
    class Order { id = 7 }
    console.log(new Order(), { nothing: null, missing: undefined, when: new Date(NaN) }, '', 'end')
  })
  assert.deepEqual(await lines(page), ['{step: 1, items: ["a"], inner: {open: true}} ["a"]', '{id: 7} {nothing: null, missing: undefined, when: Invalid Date}  end'])
})

test('the console ring is bounded in count and in size', async () => {
  const page = await world.open()
  await page.evaluate(() => {
    for (let i = 0; i < 1000; i++) console.debug(`line ${i}`)
  })
  const many = (await drain(page)).console
  assert.deepEqual([many.records.length, many.dropped, many.records[199].text], [200, 800, 'line 999'])
  await page.evaluate(() => {
    for (let i = 0; i < 100; i++) console.debug(String(i % 10).repeat(1e6))
  })
  const big = (await drain(page)).console
  const size = big.records.reduce((sum, { text }) => sum + text.length, 0)
  assert.ok(size <= 256_000 && big.records.length < 60, `${size} characters`)
})

test('a deep and wide object costs bounded work', async () => {
  const page = await world.open()
  const took = await page.evaluate(() => {
    const grow = depth => depth ? Array.from({ length: 50 }, () => grow(depth - 1)) : 1
    const wide = grow(3)
    const start = performance.now()
    console.debug([wide, wide, wide, wide], 'x')
    return performance.now() - start
  })
  assert.ok(took < 200, `${took} ms`)
  assert.ok((await lines(page)).at(-1).length <= 5060)
})

test('a frozen console is left alone and named as a gap', async () => {
  const page = await world.open({ before: '<script>Object.freeze(console)</script>' })
  await page.evaluate(() => console.log('still works'))
  assert.ok(page.lines.includes('still works'))
  assert.ok((await gapReasons(page)).includes('console: the page froze console'))
})

test('a console method replaced later is a named gap, and the page keeps its own', async () => {
  const page = await world.open({ head: LOADER + '<script>const kept = []; console.log = (...args) => kept.push(args)</script>' })
  await page.evaluate(() => { console.log('mine'); console.info('still recorded') })
  assert.deepEqual(await page.evaluate(() => kept), [['mine']])
  assert.ok((await lines(page)).includes('still recorded'))
  assert.ok((await gapReasons(page)).some(reason => /^console: the page replaced console\.log/.test(reason)))
})

test('uncaught errors and unhandled rejections are kept with stack, and the page hears of them too', async () => {
  const page = await world.open({ head: LOADER + `<script>
    window.heard = []
    onerror = message => { heard.push(message) }
    onunhandledrejection = event => { heard.push(String(event.reason)) }
    setTimeout(() => { null.save() })
    setTimeout(() => { throw 'a text' })
    Promise.reject(new RangeError('too far'))
    Promise.reject({ status: 500 })
  </script>` })
  await page.waitForFunction(() => window.heard.length === 4)
  const { records } = (await drain(page)).errors
  const by = part => records.find(({ message }) => message.includes(part))
  assert.equal(by('reading').name, 'TypeError')
  assert.equal(by('reading').kind, 'uncaught')
  assert.ok(by('reading').source.endsWith('/page') && by('reading').line >= 1 && /at /.test(by('reading').stack))
  assert.equal(by('a text').name, undefined)
  assert.deepEqual([by('too far').kind, by('too far').name], ['unhandled_rejection', 'RangeError'])
  assert.ok(by('{status: 500}'))
  assert.equal(records.length, 4)
})

test('a cross-origin script error is kept as what the browser tells: "Script error."', async () => {
  world.server.files['/other.js'] = { body: 'throw new Error("secret detail")' }
  const page = await world.open({ head: LOADER + `<script src="${world.server.origin.replace('127.0.0.1', 'localhost')}/other.js"></script>` })
  const { records } = (await drain(page)).errors
  assert.equal(records[0].message, 'Script error.')
})

test('fetch hands through the same response, records status and time, and keeps the native look', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async () => {
    const response = await fetch('/data?x=1')
    const json = await response.json()
    await fetch(new Request('/missing', { method: 'post' }))
    return {
      json, isResponse: response instanceof Response, name: fetch.name, length: fetch.length,
      look: Function.prototype.toString.call(fetch), patched: Function.prototype.toString.toString().includes('native code'),
    }
  })
  assert.deepEqual(seen.json, { ok: true })
  assert.ok(seen.isResponse && seen.patched && /native code/.test(seen.look))
  assert.deepEqual([seen.name, seen.length], ['fetch', 1])
  const { records } = (await drain(page)).network
  assert.deepEqual(records.map(({ initiator, method, url, status }) => [initiator, method, url, status]), [
    ['fetch', 'GET', `${world.server.origin}/data?x=1`, 200],
    ['fetch', 'POST', `${world.server.origin}/missing`, 404],
  ])
  assert.ok(records.every(({ duration }) => duration > 0))
})

test('a failing fetch rejects with the same error, and its failure has a kind', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async other => {
    const stop = new AbortController()
    const reason = { mine: true }
    const own = new AbortController()
    const failures = [fetch('/hang', { signal: stop.signal }), fetch('/hang', { signal: own.signal }), fetch('/hang', { signal: AbortSignal.timeout(50) }), fetch(other)]
    stop.abort()
    own.abort(reason)
    const errors = await Promise.all(failures.map(failure => failure.catch(error => error)))
    return { names: errors.map(error => error.name), same: errors[1] === reason, sync: (() => { try { return fetch.call({}, '/data') instanceof Promise } catch { return 'threw' } })() }
  }, OTHER)
  assert.deepEqual(seen.names, ['AbortError', undefined, 'TimeoutError', 'TypeError'])
  assert.ok(seen.same)
  const records = (await drain(page)).network.records.slice(0, 4)
  assert.deepEqual(records.map(({ failure }) => failure), ['abort', 'abort', 'timeout', 'cors'], 'of another origin, a page cannot tell CORS from a broken connection')
  assert.match(records[3].failure_text, /Failed to fetch/)
})

test('a fetch that nobody catches still reaches the page as an unhandled rejection', async () => {
  const page = await world.open({ head: LOADER + '<script>window.heard = []; onunhandledrejection = event => heard.push(event.reason.name)</script>' })
  await page.evaluate(other => { fetch(other) }, OTHER)
  await page.waitForFunction(() => window.heard.length === 1)
  assert.equal((await drain(page)).errors.records.length, 1)
})

test('a fetch caught by the page makes no unhandled rejection', async () => {
  const page = await world.open({ head: LOADER + '<script>window.heard = []; onunhandledrejection = event => heard.push(event.reason.name)</script>' })
  await page.evaluate(other => fetch(other).catch(() => {}), OTHER)
  await page.waitForTimeout(100)
  assert.deepEqual(await page.evaluate(() => heard), [])
})

test('offline is told apart from a failing network', async () => {
  const page = await world.open()
  await drain(page)
  await world.context.setOffline(true)
  await page.evaluate(() => fetch('/data').catch(() => {}))
  await world.context.setOffline(false)
  assert.equal((await drain(page)).network.records.at(-1).failure, 'offline')
})

test('a promise with methods of its own comes back as the very same object', async () => {
  const page = await world.open({ before: '<script>window.fetch = () => { window.given = Promise.resolve(new Response("x")); given.cancel = () => "cancelled"; return given }</script>' })
  assert.deepEqual(await page.evaluate(() => { const got = fetch('/data'); return [got === given, got.cancel()] }), [true, 'cancelled'])
})

test('XMLHttpRequest is recorded and behaves as before', async () => {
  const page = await world.open()
  const seen = await page.evaluate(async other => {
    const send = (method, url, prepare = () => {}) => new Promise(done => {
      const xhr = new XMLHttpRequest()
      xhr.open(method, url)
      prepare(xhr)
      xhr.onloadend = event => done([event.type, xhr.status, xhr.responseText])
      xhr.send()
      if (prepare.after) prepare.after(xhr)
    })
    const abort = () => {}
    abort.after = xhr => xhr.abort()
    const results = [await send('get', '/data'), await send('PUT', '/missing'), await send('GET', '/hang', xhr => { xhr.timeout = 50 }), await send('GET', '/hang', abort), await send('GET', other)]
    const again = new XMLHttpRequest()
    for (const url of ['/data?1', '/data?2']) await new Promise(done => { again.open('GET', url); again.onload = done; again.send() })
    const sync = new XMLHttpRequest()
    sync.open('GET', '/data?sync', false)
    sync.send()
    let thrown
    try { new XMLHttpRequest().send() } catch (error) { thrown = error.name }
    return { results, sync: sync.responseText, thrown }
  }, OTHER)
  assert.deepEqual(seen.results[0], ['loadend', 200, '{"ok":true}'])
  assert.deepEqual([seen.sync, seen.thrown], ['{"ok":true}', 'InvalidStateError'])
  const { records } = (await drain(page)).network
  assert.deepEqual(records.map(({ initiator, method, url, status, failure }) => [initiator, method, url.replace(world.server.origin, ''), status, failure]), [
    ['xhr', 'GET', '/data', 200, undefined],
    ['xhr', 'PUT', '/missing', 404, undefined],
    ['xhr', 'GET', '/hang', undefined, 'timeout'],
    ['xhr', 'GET', '/hang', undefined, 'abort'],
    ['xhr', 'GET', OTHER, undefined, 'cors'],
    ['xhr', 'GET', '/data?1', 200, undefined],
    ['xhr', 'GET', '/data?2', 200, undefined],
    ['xhr', 'GET', '/data?sync', 200, undefined],
  ])
})

test("Baton's own requests are never recorded", async () => {
  const page = await world.open()
  await drain(page)
  await page.evaluate(() => widgetBridge.fetch('/data'))
  assert.deepEqual((await drain(page)).network.records, [])
})

test('a sensor that is switched off keeps nothing and says so', async () => {
  const page = await world.open({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-sensors="network errors"></script>' })
  await page.evaluate(() => { console.log('private'); return fetch('/data') })
  const first = await drain(page)
  assert.deepEqual(first.console.records, [])
  assert.equal(first.network.records.length, 1)
  assert.ok(first.gaps.some(gap => gap.stage === 'console' && gap.reason === 'switched off by the page'))
  await page.evaluate(() => Baton.init({ sensors: { network: false } }))
  assert.deepEqual((await drain(page)).network.records, [], 'what was there is dropped')
})

test('breadcrumbs are steps', async () => {
  const page = await world.open()
  await page.evaluate(async () => {
    await Baton.addBreadcrumb({ category: 'cart', message: 'added', data: { sku: 7 } })
    await Baton.addBreadcrumb('plain words')
  })
  const { steps } = await drain(page)
  assert.deepEqual(steps.records.map(({ action, target, value }) => [action, target, value]), [['breadcrumb', 'cart added', '{sku: 7}'], ['breadcrumb', 'plain words', undefined]])
})

test('the rings hold plain data: no reference to the page, and a snapshot is not the ring', async () => {
  const page = await world.open()
  await page.evaluate(() => console.log({ a: 1 }))
  await drain(page)
  assert.ok(await page.evaluate(() => {
    const first = widgetBridge.drain()
    structuredClone(first)
    first.console.records[0].text = 'changed'
    return widgetBridge.drain().console.records[0].text === '{a: 1}'
  }))
})
