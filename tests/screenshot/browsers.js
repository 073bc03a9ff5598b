// Firefox and WebKit, each through its own WebDriver: ours alone, beside the browser's own picture. A tab is what pages
// ask of one: `evaluate(function, argument)`, `focus(selector)`, `hover(selector)`; and `open(url)`, `picture()`, `close()`.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import WebSocket from 'ws'

const START_MS = 30_000, ANSWER_MS = 60_000

const within = (promise, ms, what) => {
  let timer
  return Promise.race([promise, new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(what)), ms) })]).finally(() => clearTimeout(timer))
}

/** Starts a program; resolves to it once a line of its output matches. */
async function start(program, args, pattern, environment) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } })
  const found = new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', code => fail(new Error(`${program} ended with ${code}`)))
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', line => { const match = pattern.exec(line); if (match) done(match) })
  })
  return { child, match: await within(found, START_MS, `${program} does not start`) }
}

// In the page: a function, called with one argument; its result as JSON, its error by its message.
const call = (code, argument) => `Promise.resolve().then(() => (${code})(${JSON.stringify(argument) ?? ''})).then(value => JSON.stringify({ value }), error => JSON.stringify({ error: String(error?.message ?? error) }))`
const result = json => {
  const { value, error } = JSON.parse(json)
  if (error !== undefined) throw new Error(error)
  return value
}

/** WebDriver BiDi, which Firefox speaks without a driver. */
async function firefox(viewport) {
  const profile = await mkdtemp(join(tmpdir(), 'baton-firefox-'))
  const program = process.env.FIREFOX || 'firefox-esr'
  const { child, match } = await start(program, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], /BiDi listening on (ws:\S+)/)
  const socket = new WebSocket(`${match[1]}/session`), waiting = new Map()
  await within(new Promise((done, fail) => { socket.onopen = done; socket.onerror = () => fail(new Error('no socket')) }), START_MS, 'no socket')
  socket.onmessage = ({ data }) => {
    const { id, result, error, message } = JSON.parse(data), answer = waiting.get(id)
    waiting.delete(id)
    if (answer) error ? answer.fail(new Error(`${error}: ${message}`)) : answer.done(result)
  }
  let count = 0
  const send = (method, params) => within(new Promise((done, fail) => {
    waiting.set(++count, { done, fail })
    socket.send(JSON.stringify({ id: count, method, params }))
  }), ANSWER_MS, `${method}: no answer`)
  const { capabilities } = await send('session.new', { capabilities: {} })
  const { contexts: [{ context }] } = await send('browsingContext.getTree', {})
  await send('browsingContext.setViewport', { context, viewport, devicePixelRatio: 1 })
  const evaluate = async (code, argument) => {
    const { result: answer, exceptionDetails } = await send('script.evaluate', { expression: call(code, argument), target: { context }, awaitPromise: true })
    if (exceptionDetails) throw new Error(exceptionDetails.text)
    return result(answer.value)
  }
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    evaluate,
    open: url => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    picture: async () => Buffer.from((await send('browsingContext.captureScreenshot', { context, origin: 'viewport' })).data, 'base64'),
    pointer: (x, y) => send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', x, y }] }] }),
    async close() {
      socket.close()
      child.kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

const freePort = () => new Promise(done => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => done(port)) }) })

/** WebDriver over HTTP, as WebKitGTK's driver speaks it. It needs a display. */
async function webkit(viewport) {
  const port = await freePort(), origin = `http://127.0.0.1:${port}`
  const child = spawn(process.env.WEBKITDRIVER || 'WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' })
  const failed = new Promise((_, fail) => child.on('error', fail))
  const ask = async (path, body, method = body ? 'POST' : 'GET') => {
    const response = await fetch(origin + path, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS) })
    const { value } = await response.json()
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  const up = async () => { for (;;) { try { return await ask('/status') } catch { await new Promise(done => setTimeout(done, 100)) } } }
  await within(Promise.race([up(), failed]), START_MS, 'the driver does not start')
  const binary = process.env.MINIBROWSER || '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
  const { sessionId, capabilities } = await ask('/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } } })
  const at = `/session/${sessionId}`
  await ask(`${at}/timeouts`, { script: ANSWER_MS, pageLoad: ANSWER_MS })
  const evaluate = async (code, argument) => result(await ask(`${at}/execute/async`, { script: `const done = arguments[0]; ${call(code, argument)}.then(done)`, args: [] }))
  let { width, height } = viewport
  for (let attempt = 0; attempt < 3; attempt++) {
    await ask(`${at}/window/rect`, { width, height })
    const inner = await evaluate('async () => { await new Promise(done => setTimeout(done, 300)); return [innerWidth, innerHeight] }')
    width += viewport.width - inner[0]
    height += viewport.height - inner[1]
  }
  return {
    version: `${capabilities.browserName} ${capabilities.browserVersion}`,
    evaluate,
    open: url => ask(`${at}/url`, { url }),
    picture: async () => Buffer.from(await ask(`${at}/screenshot`), 'base64'),
    pointer: (x, y) => ask(`${at}/actions`, { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', x, y, duration: 0 }] }] }),
    async close() {
      await ask(at, undefined, 'DELETE').catch(() => {})
      child.kill()
    },
  }
}

const BROWSERS = { firefox, webkit }

/** Starts a browser with one tab of this viewport. @returns {Promise<object>} */
export async function open(name, viewport) {
  if (!BROWSERS[name]) throw new Error(`--browser ${name}: one of ${Object.keys(BROWSERS).join(', ')}`)
  const tab = await BROWSERS[name](viewport)
  const middle = selector => tab.evaluate('selector => { const box = document.querySelector(selector).getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2] }', selector)
  return {
    ...tab,
    focus: selector => tab.evaluate('selector => document.querySelector(selector).focus()', selector),
    hover: async selector => tab.pointer(...(await middle(selector)).map(Math.round)),
  }
}
