/* Baton: first in <head>, without defer or async. Types, events and a stub: baton.d.ts */
(() => {
'use strict'
const version = '0.1.0', key = Symbol.for('baton.v1'), win = window, doc = document, noop = () => {}
if (win[key]) return win[key]()
const stub = win.Baton || {}, tag = doc.currentScript || doc.querySelector('script[src*="baton.js"]') || {}
const base = new URL('.', tag.src || doc.baseURI).href
// Before they are wrapped: our own use is not recorded.
const warn = console.warn.bind(console), fetch = win.fetch?.bind(win), now = performance.now.bind(performance), { apply, construct } = Reflect
const config = {}, customData = {}, metadata = [], attached = [], problems = [], handlers = {}
let gone

const emit = (name, detail) => {
  for (const f of handlers[name] || []) try { f(detail) } catch (e) { console.error(`Baton: a handler of "${name}" failed`, e) }
}
const problem = (code, message, key) => {
  const told = { code, message, key }, error = Object.assign(Error(), told)
  if (!problems.some(p => p.message == message)) {
    problems.push(told)
    warn('Baton: ' + message)
    emit('error', told)
  }
  return error
}
const stop = new AbortController()
const listen = (target, types, f) => {
  for (const type of types.split(' ')) target.addEventListener(type, f, { signal: stop.signal, capture: true })
}

// ---- Rings: bounded by count and characters; the oldest go first.
const wrapped = [], ring = (cap, room) => ({ cap, room, used: 0, dropped: 0, list: [] })
const rings = { console: ring(200, 256e3), errors: ring(50, 128e3), network: ring(200, 256e3), steps: ring(200, 128e3), performance: ring(100, 16e3) }
const isOn = stage => !gone && rings[stage].on
const push = (stage, record, ms = now(), size = 0) => {
  const ring = rings[stage], { list } = ring
  for (const key in size ? {} : record) size += `${record[key]}`.length
  record.ms = ms
  record.at = Date.now() - now() + ms
  list.push([record, size += 100])
  ring.used += size
  while (list.length > ring.cap || ring.used > ring.room) { ring.used -= list.shift()[1]; ring.dropped++ }
  return record
}

// ---- The sensors' second part: what happens before waits for it.
let sensing
const early = []
const tell = (what, a, b, c) => core.told ? core.told(what, a, b, c) : early.length < 99 && early.push([what, a, b, c])
const sense = () => sensing = sensing || import(base + 'sensors.js?v=' + version).then(m => m.default(core)).catch(e => { core.lost = e + ''; core.told = noop; early.length = 0 })

// ---- Values as text
// A mere slice keeps all of it alive.
const cut = (s, max = 5000) => (s = String(s)).length > max ? JSON.parse(JSON.stringify(s.slice(0, max))) + `…(+${s.length - max})` : s
// Half a letter is no UTF-8.
const clip = (s, max) => (s = cut(s, max)).isWellFormed?.() ? s : s.replace(/[\ud800-\udfff]/gu, '\ufffd')
// Characters left; objects around.
let left
const path = []
const leaf = (v, max) => { left -= (v = cut(v, max)).length; return v }
const show = v => {
  const deep = path.length
  let s = '[unreadable]'
  try { s = left < 0 ? '…' : shape(v, deep) } catch {}
  if (path.length > deep) path.pop()
  left -= 9
  return s
}
const shape = (v, deep) => {
  const type = typeof v
  if (type == 'string') return deep ? JSON.stringify(leaf(v, 1000)) : leaf(v)
  if (type == 'function') return leaf('ƒ ' + v.name)
  if (type != 'object' || !v) return leaf(v) + (type == 'bigint' ? 'n' : '')
  if (path.includes(v)) return '[Circular]'
  path.push(v)
  let kind = '', listed = Array.isArray(v)
  if (!listed && Object.getPrototypeOf(v) != Object.prototype) {
    if (v instanceof Date) return leaf(v)
    if (v instanceof Error) {
      const head = `${v.name}: ${v.message}\n`
      return leaf(head + `${v.stack}`.replace(head, ''), 3000) + (v.cause || v.errors ? '\ncaused by: ' + show(v.cause || v.errors) : '')
    }
    if (v instanceof Element) {
      // A form's fields may shadow its members.
      const [id, names] = ['id', 'class'].map(n => Element.prototype.getAttribute.call(v, n))
      return leaf(`<${v.localName}${id ? '#' + id : ''}${names ? '.' + names.trim().replace(/\s+/g, '.') : ''}>`, 200)
    }
    kind = {}.toString.call(v).slice(8, -1).replace('Object', '')
    listed = /Array$|^(Set|Map)$/.test(kind)
  }
  const items = listed ? v : Object.keys(v), size = items.length ?? items.size
  let s = '', n = 0
  if (deep > 3) s = `…(+${size})`
  else for (const x of items) {
    if (n) s += ', '
    if (n++ > 49 || left < 0) { s += `…(+${size - n + 1})`; break }
    // Getters are the page's code.
    const own = !listed && Object.getOwnPropertyDescriptor(v, x)
    s += listed ? show(x) : leaf(x, 99) + ': ' + (own.get ? '[getter]' : show(own.value))
  }
  return Array.isArray(v) ? `[${s}]` : kind + `{${s}}`
}
const text = args => {
  let line = '', gap = ''
  left = 5000
  args = args.slice(0, 50)
  if (args.length > 1 && typeof args[0] == 'string' && args[0].includes('%')) args[0] = cut(args[0]).replace(/%([sdifoOc%])/g, (all, c) =>
    c == '%' ? c : args.length < 2 ? all : show(...args.splice(1, 1)).repeat(c != 'c'))
  for (const v of args) { line += gap + show(v); gap = ' ' }
  return clip(line, 5050)
}

// ---- Sensors: never throw into the page.
let busy
const quiet = (stage, f, a, b, c) => {
  if (busy || !isOn(stage)) return
  busy = true
  try { return f(a, b, c) } catch {} finally { busy = false }
}
// Keeps the native look.
const wrap = (stage, object, name, before, finish = x => x) => {
  const original = object && object[name]
  if (typeof original != 'function') return
  const proxy = new Proxy(original, {
    apply(f, self, args) {
      const record = quiet(stage, before, args, self)
      try { return finish(apply(f, self, args), record) } catch (e) { settle(record, 0, e); throw e }
    },
    construct(f, args, target) {
      const made = construct(f, args, target)
      quiet(stage, before, args, made)
      return made
    },
  })
  try { object[name] = proxy } catch {}
  wrapped.push({ stage, object, name, original, proxy, frozen: object[name] != proxy })
}
for (const level of 'debug trace log info warn error assert dir table group groupCollapsed'.split(' ')) wrap('console', console, level, args => {
  if (level == 'assert') {
    if (args[0]) return
    args = ['Assertion failed:', ...args.slice(1)]
  }
  const record = { level, text: text(args) }
  push('console', record, now(), record.text.length)
})
// Told first: what is added counts.
const request = (initiator, method, url, a, b) => {
  const record = { initiator, method: method == 'GET' ? method : clip(method, 20).toUpperCase(), url: url + '' }
  tell('request', record, a, b)
  return push('network', record, now(), record.url.length)
}
// timing.js tells failures apart.
const settle = (record, answer, error) => record && quiet('network', settled, record, answer, error)
const settled = (record, answer, error) => {
  if (record.duration >= 0) return
  record.duration = now() - record.ms
  if (answer.status) record.status = answer.status
  if (!error) return tell('response', record, answer)
  record.offline = !navigator.onLine
  record.failure_text = clip(error, 300)
}
wrap('network', win, 'fetch', ([input, init]) => {
  const { url = input, method = 'GET' } = input instanceof Request ? input : {}
  return request('fetch', init?.method || method, url, input, init)
}, (promise, record) => {
  if (!record || !(promise instanceof Promise)) return promise
  // A twin: watching the promise itself would keep unhandledrejection from the page.
  // One with own properties stays.
  const twin = promise.then(r => { settle(record, r); return r }, e => { settle(record, 0, e); throw e })
  if (!Object.keys(promise)[0]) return twin
  twin.catch(noop)
  return promise
})
const calls = new WeakMap(), XHR = win.XMLHttpRequest?.prototype
wrap('network', XHR, 'open', ([method, url], xhr) => {
  if (!calls.has(xhr)) for (const type of ['load', 'error', 'abort', 'timeout'])
    xhr.addEventListener(type, () => settle(calls.get(xhr).record, xhr, type != 'load' && type))
  calls.set(xhr, { method, url: url + '' })
})
wrap('network', XHR, 'send', ([body], xhr) => {
  const call = calls.get(xhr)
  return call.record = request('xhr', call.method, call.url, xhr, { body })
})
for (const name of 'WebSocket EventSource'.split(' ')) wrap('network', win, name, ([url], socket) => { request(name.toLowerCase(), 'GET', url, socket) })

const onError = (e, ms) => {
  try {
    const rejected = e.type != 'error', error = rejected ? e.reason : e.error, { filename } = e
    if (starter?.owns(e, error)) return
    quiet('errors', () => {
      const { name, message, stack, errors, cause = errors } = error instanceof Error ? error : { message: rejected ? text([error]) : e.message }
      push('errors', {
        kind: rejected ? 'unhandled_rejection' : 'uncaught', name: name && clip(name, 99), message: clip(message),
        source: filename && clip(filename, 2048), line: e.lineno, column: e.colno, stack: stack && clip(stack, 8000), cause: cause && text([cause]),
      }, ms)
    })
  } catch {}
}
// First on the page: a trap of ours never reaches its onerror.
listen(win, 'error unhandledrejection securitypolicyviolation click', e => e.target != win ? tell(e.type, e, e.composedPath()) : e.type != 'click' && onError(e))

// ---- Configuration
const types = { app: {}, labels: {}, privacy: {}, sensors: {}, network: {}, endpoint: '', accent: '', position: '', mode: '', theme: '', locale: '', consentText: '', styleNonce: '', preload: true }
const merge = patch => {
  const refused = []
  for (const k in patch) {
    const v = patch[k], is = {}.toString.call(v).slice(8, -1).toLowerCase(), type = typeof types[k]
    if (v === undefined) continue
    if (k in types && type != is) refused.push(problem('config', `config "${k}" must be of type ${type}, not ${is}; ignored`, k))
    else config[k] = v
  }
  for (const k in rings) if (!(rings[k].on = config.sensors?.[k] !== false)) rings[k].list.length = rings[k].used = 0
  return refused[0]
}

// ---- Launcher
let host, button, ready, css = `:host{all:initial!important}
button{all:unset;position:fixed;right:var(--baton-x,20px);bottom:var(--baton-y,20px);z-index:2147483000;width:56px;height:56px;border-radius:50%;cursor:pointer;background:var(--baton-accent,#3455db);color:#fff;box-shadow:0 0 0 1px #fff4,0 4px 16px #0006}
@supports(color:oklch(from red l c h)){button{color:oklch(from var(--baton-accent,#3455db) clamp(0,(.6 - l)*999,1) 0 0)}}
.left{right:auto;left:var(--baton-x,20px)}
[hidden]{display:none}
:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
:before{content:"";position:absolute;inset:0;background:currentColor;clip-path:path("M19 16h18a3 3 0 0 1 3 3v13a3 3 0 0 1-3 3h-9l-7 6v-6h-2a3 3 0 0 1-3-3v-13a3 3 0 0 1 3-3z")}
@media(forced-colors:active){button{outline:2px solid}:before{background:ButtonText;forced-color-adjust:none}}
@media print{button{display:none}}`
const ui = {}, paint = patch => {
  Object.assign(ui, patch)
  if (!button) return
  const { unread = 0 } = ui, set = (k, v) => button.setAttribute(k, v)
  if (CSS.supports('color', config.accent)) host.style.setProperty('--baton-accent', config.accent)
  button.className = config.position
  button.hidden = ui.hidden
  set('aria-label', ((config.labels || {}).launcher || ui.label || 'Get help') + (unread ? ` (${unread})` : ''))
  set('aria-haspopup', 'dialog')
  set('aria-expanded', !!ui.open)
  set('aria-busy', !!ui.busy)
  set('data-unread', unread)
  if (config.offset || config.launcherIcon || config.shortcut) start().then(s => s.look(host, button)).catch(noop)
}
const draw = () => {
  host = doc.createElement('div')
  host.dataset.batonUi = 'launcher'
  const root = host.attachShadow({ mode: 'open' })
  button = root.appendChild(doc.createElement('button'))
  button.type = 'button'
  opens(button, () => ui.open ? api.close() : api.open())
  dress('')
}
const dress = more => {
  css += more
  if (host) try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    host.shadowRoot.adoptedStyleSheets = [sheet]
  } catch {
    const style = host.shadowRoot.appendChild(doc.createElement('style'))
    style.nonce = config.styleNonce || tag.nonce
    style.textContent = css
  }
}
// Intent, never idle time, fetches the widget.
const opens = (element, click) => {
  listen(element, 'pointerenter focusin touchstart', preload)
  listen(element, 'click', click)
}
const mount = () => {
  try {
    if (!host) draw()
    if (!host.isConnected) (doc.body || doc.documentElement).append(host)
    paint()
  } catch (e) { problem('launcher', 'no launcher: ' + e) }
  if (!ready) { ready = { version }; emit('ready', ready) }
}

// ---- starter.js runs the widget and the plain form.
let starter, coming
const core = {
  version, base, config, customData, metadata, attached, problems, rings, wrapped, ui, fetch, emit, problem, isOn, paint, user: null,
  early, sense, push, wrap, quiet, text, clip, listen, now, dress, signal: stop.signal,
  focusLauncher: () => button?.focus(),
}
const start = () => coming = coming || import(base + 'starter.js?v=' + version).then(m => {
  if (!gone) return starter = m.default(core)
}).catch(e => {
  coming = 0
  throw problem('wasm_fetch_failed', 'the assistant cannot be loaded: ' + e)
})
const preload = () => { start().then(s => s.load()).catch(noop) }
const whenLoaded = () => doc.readyState == 'complete' ? preload() : listen(win, 'load', preload)

// ---- API
const isObject = v => v && typeof v == 'object'
const need = (ok, what) => { if (!ok) throw TypeError('Baton.' + what) }
const changed = () => { paint(); core.told?.('config'); return starter?.changed() }
const set = async patch => {
  const refused = merge(patch)
  if (config.preload || config.mode == 'qa') whenLoaded()
  await changed()
  if (refused) throw refused
}
const api = {
  init(patch) { need(isObject(patch), 'init: no object'); ui.inits = -~ui.inits; return set(patch) },
  identify(id, traits, token) {
    need(id === 0 || id && !isObject(id), 'identify: no id')
    core.user = { id: id + '', traits: { ...traits }, token }
    return changed()
  },
  clearIdentity() { core.user = null; return changed() },
  show: () => paint({ hidden: false }),
  hide: () => paint({ hidden: true }),
  attachTo(element, options) {
    const click = () => api.open(options)
    need(element = element?.tagName ? element : doc.querySelector(element), 'attachTo: no element')
    opens(element, click)
    return () => element.removeEventListener('click', click, true)
  },
  addBreadcrumb(record) {
    need(record, 'addBreadcrumb: no text')
    const { category = '', message, data } = record.message ? record : { message: record }
    quiet('steps', () => push('steps', { action: 'breadcrumb', target: text([category, message]).trim(), value: data && text([data]), url: clip(location, 2048) }))
  },
  setCustomData(data) { need(isObject(data), 'setCustomData: no object'); Object.assign(customData, data) },
  metadata(callback) { need(callback?.call, 'metadata: no function'); metadata.push(callback) },
  attach(name, blob) { need(blob instanceof Blob, 'attach: no Blob'); attached.push({ name: name + '', blob }) },
  setTheme: theme => set({ theme }),
  setLocale: locale => set({ locale }),
  close: () => starter?.call('close'),
  destroy() {
    if (starter) starter.destroy()
    gone = true
    stop.abort()
    for (const { object, name, original, proxy } of wrapped) if (object[name] == proxy) object[name] = original
    if (host) host.remove()
    delete win[key]
    if (win.Baton == api) delete win.Baton
  },
}
for (const name of 'status open ask triage captureScreenshot buildPacket handoff'.split(' ')) api[name] = async (...args) => (await start()).call(name, ...args)
for (const name in api) {
  const action = api[name]
  api[name] = (...args) => {
    const result = (async () => {
      need(!gone, name + ': Baton was destroyed')
      if (host && !host.isConnected) mount()
      return action(...args)
    })()
    // Nobody may wait.
    result.catch(noop)
    return result
  }
}
api.on = (event, handler) => {
  need(handler?.call, 'on: no function')
  handlers[event] = (handlers[event] || new Set()).add(handler)
  if (event == 'ready' && ready) setTimeout(handler, 0, ready)
  return () => api.off(event, handler)
}
api.off = (event, handler) => { handlers[event]?.delete(handler) }

// ---- Start
try {
  win[key] = () => { problem('twice', 'baton.js is on this page twice; the second one does nothing') }
  win.Baton = api
  const { appName: name, appVersion, release, sensors, preload: soon = 'false', ...others } = tag.dataset || {}
  if (sensors != null) { config.sensors = {}; for (const k in rings) config.sensors[k] = sensors.includes(k) }
  merge({ ...others, app: { name, version: appVersion, release }, preload: soon != 'false' })
  doc.readyState == 'loading' ? listen(doc, 'readystatechange', sense) : sense()
  doc.body ? mount() : listen(doc, 'DOMContentLoaded', mount)
  let pending
  try { pending = localStorage.getItem('baton.pending') } catch {}
  if (config.preload || config.mode == 'qa' || pending) whenLoaded()
  for (const e of stub.e || []) onError(e, e.timeStamp)
  if (stub.e) stub.e.push = noop
  for (const [name, args, yes, no] of stub.q || []) (async () => api[name](...args))().then(yes, no)
} catch (e) { warn('Baton:', e) }
})()
