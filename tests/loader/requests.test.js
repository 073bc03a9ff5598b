import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { drain, stage } from './fixtures/browser.js'

const world = stage()
let backend, origin

/** A backend of another origin: CORS, streams, large bodies, sockets. */
before(async () => {
  backend = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x')
    const head = (type, more) => response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'access-control-expose-headers': '*', 'timing-allow-origin': '*', 'x-request-id': 'r-1', 'set-cookie': 'sid=SECRET', 'x-api-key': 'SECRET', 'x-other': 'off the list', 'x-echo': request.headers['x-mine'] || '', ...more })
    if (request.method === 'OPTIONS') { head('text/plain'); return response.end() }
    if (pathname === '/closed') { response.writeHead(200); return response.end('no CORS headers') }
    if (pathname === '/json') { head('application/json'); return response.end('{"ok":true,"text":"grüße"}') }
    if (pathname === '/slow') { head('text/plain'); return setTimeout(() => response.end('late'), 400) }
    if (pathname === '/large') { head('text/plain'); return response.end('x'.repeat(3e6)) }
    if (pathname === '/endless') {
      head('text/plain')
      const timer = setInterval(() => response.write('tick '.repeat(100)), 5)
      return response.on('close', () => clearInterval(timer))
    }
    if (pathname === '/events') { head('text/event-stream'); response.write('data: SECRET\n\n'); return }
    if (pathname === '/picture') { head('image/png'); return response.end('SECRET') }
    response.writeHead(404); response.end()
  })
  backend.on('upgrade', (request, socket) => {
    if (request.url === '/refused') return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
    if (request.url === '/closing') setTimeout(() => socket.end(Buffer.from([0x88, 2, 0x0f, 0xa1])), 50) // 4001
    socket.on('error', () => {})
  })
  await new Promise(done => backend.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${backend.address().port}`
})
after(() => { backend.closeAllConnections(); backend.close() })

const ready = async page => { await drain(page); await page.evaluate(() => { widgetBridge.rings.network.list.length = 0 }) }
const records = async page => (await drain(page)).network.records

test('without an allow-list no header and no body is kept; sizes, type, timing and protocol are', async () => {
  const page = await world.open()
  await ready(page)
  await page.evaluate(async origin => {
    await (await fetch(`${origin}/json`, { method: 'POST', body: '{"a":"ü"}', headers: { authorization: 'Bearer SECRET', 'x-mine': 'SECRET' } })).text()
    await (await fetch(`${origin}/json`, { method: 'POST', body: new Blob(['12345'], { type: 'text/csv;x=1' }) })).text()
    await new Promise(done => { const xhr = new XMLHttpRequest(); xhr.open('POST', `${origin}/json`); xhr.setRequestHeader('x-mine', 'SECRET'); xhr.onload = done; xhr.send(new URLSearchParams({ q: 'SECRET' })) })
    await new Promise(done => setTimeout(done, 300))
  }, origin)
  const list = await records(page)
  assert.ok(!JSON.stringify(list).includes('SECRET'))
  assert.deepEqual(list.map(({ request }) => request), [{ bytes: 10 }, { bytes: 5, type: 'text/csv' }, { bytes: 8, type: 'application/x-www-form-urlencoded' }])
  for (const { response, wait, receive, protocol, transfer_bytes: transfer, duration, slow } of list) {
    assert.deepEqual(response, { type: 'application/json', bytes: 28 })
    assert.ok(wait > 0 && receive >= 0 && duration >= wait && transfer > 28 && slow === undefined)
    assert.equal(protocol, 'http/1.1')
  }
})

test('headers and bodies are kept for the names and URLs allowed, never those that identify somebody', async () => {
  const page = await world.open({ body: '<input type="password" name="pw" value="hunter2222"><input name="plain" value="seen">' })
  await page.evaluate(() => Baton.init({ network: { headers: ['X-Request-Id', 'x-mine', 'authorization', 'cookie', 'set-cookie', 'x-api-key'], bodies: ['/jso*', '/large', '/picture'], maxBodyBytes: 1000 } }))
  await ready(page)
  await page.evaluate(async origin => {
    const headers = { authorization: 'Bearer SECRET', 'x-mine': 'mine', 'x-api-key': 'SECRET', 'x-off': 'SECRET' }
    const form = new FormData()
    form.append('pw', 'hunter2222')
    form.append('plain', 'seen')
    form.append('file', new File(['SECRET'], 'SECRET.txt'))
    await (await fetch(`${origin}/json`, { method: 'POST', body: JSON.stringify({ password: 'hunter2222', note: 'kept' }), headers })).text()
    await (await fetch(`${origin}/json`, { method: 'POST', body: form })).text()
    await new Promise(done => { const xhr = new XMLHttpRequest(); xhr.open('POST', `${origin}/json`); for (const name in headers) xhr.setRequestHeader(name, headers[name]); xhr.onload = done; xhr.send('a=1&p=hunter2222') })
    await new Promise(done => { const xhr = new XMLHttpRequest(); xhr.open('GET', `${origin}/json`); xhr.responseType = 'json'; xhr.onload = done; xhr.send() })
    await (await fetch(`${origin}/large`)).text()
    await (await fetch(`${origin}/picture`)).text()
    await (await fetch(`${origin}/slow`, { method: 'POST', body: 'SECRET' })).text()
    await new Promise(done => setTimeout(done, 100))
  }, origin)
  const [json, form, xhr, parsed, large, picture, slow] = await records(page)
  assert.ok(!/SECRET|hunter/.test(JSON.stringify(await drain(page))))
  assert.deepEqual(json.request.headers, [{ name: 'x-mine', value: 'mine' }])
  assert.deepEqual(json.response.headers, [{ name: 'x-request-id', value: 'r-1' }])
  assert.deepEqual([json.request.body, json.response.body], ['{"password":"[private field]","note":"kept"}', '{"ok":true,"text":"grüße"}'])
  assert.equal(form.request.body, 'pw=[private field]\nplain=seen\nfile=[file, 6 bytes]')
  assert.deepEqual([xhr.request.headers, xhr.request.body, xhr.response.body], [[{ name: 'x-mine', value: 'mine' }], 'a=1&p=[private field]', '{"ok":true,"text":"grüße"}'])
  assert.deepEqual(parsed.response.omitted, 'not read as text by the page')
  assert.deepEqual([large.response.body.length, large.response.omitted], [1000, 'cut after 1000 bytes'])
  assert.deepEqual([picture.response.body, picture.response.omitted], [undefined, 'no text'])
  assert.deepEqual([slow.request.body, slow.response.body], [undefined, undefined], 'not on the list')
})

test('a stream is neither buffered nor delayed', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.init({ network: { bodies: ['*'], maxBodyBytes: 2000 } }))
  await ready(page)
  const seen = await page.evaluate(async origin => {
    const stop = new AbortController()
    const begun = performance.now()
    const response = await fetch(`${origin}/endless`, { signal: stop.signal })
    const reader = response.body.getReader()
    let bytes = 0
    while (bytes < 6000) bytes += (await reader.read()).value.length
    const took = performance.now() - begun
    stop.abort()
    const events = await fetch(`${origin}/events`)
    const first = new TextDecoder().decode((await events.body.getReader().read()).value)
    return { took, first }
  }, origin)
  assert.ok(seen.took < 2000 && seen.first.includes('SECRET'))
  const [endless, events] = await records(page)
  assert.deepEqual([endless.response.body.length, endless.response.omitted], [2000, 'cut after 2000 bytes'])
  assert.deepEqual([events.response.body, events.response.omitted], [undefined, 'an event stream'])
})

test('what is slow says so, finished or not; CORS is told apart', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.init({ network: { slowMs: 200 } }))
  await ready(page)
  await page.evaluate(async origin => {
    fetch('/hang').catch(() => {})
    await (await fetch(`${origin}/slow`)).text()
    await fetch(`${origin}/closed`).catch(() => {})
    await fetch(`${origin}/json`)
    await new Promise(done => setTimeout(done, 200))
  }, origin)
  assert.deepEqual((await records(page)).map(({ slow, failure }) => [slow, failure]), [[true, undefined], [true, undefined], [undefined, 'cors'], [undefined, undefined]])
})

test('sockets: opened, closed and failed, before the sensors were there, too; the constructors stay themselves', async () => {
  const page = await world.open({ before: '<script>window.natives = [WebSocket, EventSource]</script>', body: `<script>window.early = new WebSocket("${origin.replace('http', 'ws')}/open")</script>` })
  await drain(page)
  const seen = await page.evaluate(async origin => {
    const ws = origin.replace('http', 'ws')
    const event = (target, type) => new Promise(done => target.addEventListener(type, done))
    const closing = new WebSocket(`${ws}/closing`)
    await event(closing, 'close')
    const refused = new WebSocket(`${ws}/refused`)
    await event(refused, 'error')
    const source = new EventSource(`${origin}/events`)
    await event(source, 'open')
    source.close()
    const gone = new EventSource(`${origin}/nothing`)
    await event(gone, 'error')
    class Mine extends WebSocket { get mine() { return true } }
    const mine = new Mine(`${ws}/open`)
    await event(mine, 'open')
    let thrown
    try { new WebSocket('ftp://x') } catch (error) { thrown = error.name }
    await new Promise(done => setTimeout(done, 100))
    const checks = [closing instanceof WebSocket, closing instanceof natives[0], WebSocket.OPEN === 1, WebSocket.prototype === natives[0].prototype, mine.mine && mine instanceof Mine, WebSocket.name, early.readyState === 1, thrown]
    await Baton.destroy()
    return [checks, WebSocket === natives[0], EventSource === natives[1]]
  }, origin).catch(error => error)
  assert.deepEqual(seen, [[true, true, true, true, true, 'WebSocket', true, 'SyntaxError'], true, true])
  const list = await page.evaluate(() => widgetBridge.rings.network.list.map(([record]) => record))
  const path = url => new URL(url).pathname
  assert.deepEqual(list.map(({ initiator, url, status, failure, close_code: code }) => [initiator, path(url), status, failure, code]), [
    ['websocket', '/open', 101, undefined, undefined], ['websocket', '/closing', 101, undefined, 4001], ['websocket', '/refused', undefined, 'network', 1006],
    ['eventsource', '/events', 200, undefined, undefined], ['eventsource', '/nothing', undefined, 'network', undefined], ['websocket', '/open', 101, undefined, undefined],
  ])
  assert.ok(list[1].wait > 0 && list[1].duration > list[1].wait)
})

test('a one-shot iterator of headers, and a Request, reach the server as the page made them', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.init({ network: { headers: ['x-mine'], bodies: ['*'] } }))
  await ready(page)
  const statuses = await page.evaluate(async origin => {
    const once = (function* () { yield ['x-mine', 'generator'] })()
    const request = new Request(`${origin}/json`, { method: 'POST', body: 'in a Request', headers: { 'x-mine': 'request' } })
    return [(await fetch(`${origin}/json`, { headers: once })).headers.get('x-echo'), (await fetch(request)).headers.get('x-echo'), request.bodyUsed]
  }, origin)
  assert.deepEqual(statuses, ['generator', 'request', true])
  const [once, request] = await records(page)
  assert.deepEqual([once.request, request.request], [undefined, { omitted: 'the body of a Request object is not read', headers: [{ name: 'x-mine', value: 'request' }] }])
})


test('bodies count against the bound of the ring', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.init({ network: { bodies: ['*'], maxBodyBytes: 1e9 } }))
  await ready(page)
  const [used, room, size] = await page.evaluate(async origin => {
    for (let i = 0; i < 12; i++) await (await fetch(`${origin}/large`, { method: 'POST', body: 'b'.repeat(1e5) })).text()
    await new Promise(done => setTimeout(done, 200))
    const { used, room, list } = widgetBridge.rings.network
    return [used, room, JSON.stringify(list).length]
  }, origin)
  assert.ok(used <= room && size < 2 * room && size > 60_000, `${used} ${room} ${size}`)
})

test('each address is recorded as the browser resolves it', async () => {
  const page = await world.open({ before: '<base href="/a/b/c">' })
  await ready(page)
  const given = ['data', '/data?q=1', '/data?q=a%20b&r[]=2', './data', '../data', '/x/../data', '/x/./data', '/%2e%2e/data', '/data?q=a b', '/dätä', "/data?q='", "/it's", '/data#part', '/a\\b', '/da\tta', '?only=query', '', 'HTTP://LOCALHOST:9/x', 'http://127.1:9/x', 'http://localhost:9', '//localhost:9/x', 'http://localhost:9//x', `/data?long=${'x'.repeat(1900)}`]
  const expected = await page.evaluate(async given => {
    const expected = []
    for (const url of given) {
      expected.push(new URL(url, document.baseURI).href)
      await fetch(url).catch(() => {})
    }
    return expected
  }, given)
  assert.deepEqual((await records(page)).map(({ url }) => url), expected)
})

test('what is no address makes no record, and the page gets the same error', async () => {
  const page = await world.open()
  await ready(page)
  const error = await page.evaluate(() => fetch('http://[SECRET').catch(String))
  assert.match(error, /^TypeError: .*Failed to parse URL/)
  assert.deepEqual(await records(page), [])
})

test('requests to one address, many and at once, each get their own timing, whenever the rings are read', async () => {
  const page = await world.open()
  await ready(page)
  await page.evaluate(async origin => {
    for (let i = 0; i < 260; i++) await (await fetch(`/data?${i}`)).text() // more than the browser's own list keeps
    await Promise.all([1, 2, 3].map(async () => (await fetch(`${origin}/slow`)).text()))
    for (let i = 0; i < 3; i++) await (await fetch('/data')).text()
    await new Promise(done => setTimeout(done, 200))
  }, origin)
  const first = (await records(page)).slice(-60)
  assert.ok(first.every(({ wait, receive, protocol, duration }) => wait >= 0 && receive >= 0 && protocol && duration >= wait), JSON.stringify(first.find(({ protocol }) => !protocol)))
  assert.ok(first.slice(-6, -3).every(({ wait, url }) => url.endsWith('/slow') && wait + 50 > 400 && wait < 3000))
  assert.ok(first.slice(-3).every(({ wait, response }) => wait < 390 && response.bytes === 11))
  assert.deepEqual((await records(page)).slice(-60), first)
})

test('without sensors.js a request still has its address, status, time and kind of failure', async () => {
  world.server.files['/baton/sensors.js'] = { status: 500 }
  const page = await world.open()
  await page.evaluate(async () => {
    await fetch('data?x=1', { method: 'put' })
    await fetch('http://127.0.0.1:9/').catch(() => {})
    await fetch('/hang', { signal: AbortSignal.timeout(20) }).catch(() => {})
  })
  const { network, gaps } = await drain(page)
  const site = world.server.origin
  assert.deepEqual(network.records.map(({ method, url, status, failure }) => [method, url, status, failure]), [['PUT', `${site}/data?x=1`, 200, undefined], ['GET', 'http://127.0.0.1:9/', undefined, 'cors'], ['GET', `${site}/hang`, undefined, 'timeout']])
  assert.ok(network.records.every(({ duration }) => duration >= 0) && gaps.some(({ stage, reason }) => stage === 'network' && /sensors\.js/.test(reason)))
})
