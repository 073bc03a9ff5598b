/* Baton: sensors, launcher and public API. First in <head>, without defer or async. The WASM widget comes later,
   when it is needed. Types, the stub for pages that must defer this file, and the events: baton.d.ts */
(() => {
'use strict'
const VERSION = '0.1.0', KEY = Symbol.for('baton.v1'), win = window, doc = document, noop = () => {}
if (win[KEY]) { try { win[KEY].twice() } catch {} return }
const stub = win.Baton || {}, me = doc.currentScript && doc.currentScript.tagName == 'SCRIPT' ? doc.currentScript : doc.querySelector('script[src*="baton.js"]')
const base = new URL('.', (me && me.src) || doc.baseURI).href, ours = base + 'widget/'
// Taken before anything is wrapped: Baton's own requests and warnings are never recorded.
const warn = console.warn.bind(console), fetch = win.fetch && win.fetch.bind(win)
const config = {}, customData = {}, metadata = [], attached = [], problems = [], extra = {}, handlers = {}, undo = []
let user = null, gone = false, inits = 0

const emit = (name, detail) => {
  for (const f of [...(handlers[name] || [])]) try { f(detail) } catch (e) { console.error(`Baton: the handler of "${name}" failed`, e) }
}
// Once for each cause: a hover that fails must not fill the console.
const problem = (code, message, key) => {
  if (problems.some(p => p.message == message)) return
  problems.push({ code, message, key })
  warn('Baton: ' + message)
  emit('error', { code, message, key })
}
const listen = (target, types, f, options) => {
  for (const type of types.split(' ')) {
    target.addEventListener(type, f, options)
    undo.push(() => target.removeEventListener(type, f, options))
  }
}

// ---- Rings: bounded by count and by characters; the oldest go first.
const ring = (cap, room) => ({ cap, room, used: 0, dropped: 0, list: [] })
const rings = { console: ring(200, 256e3), errors: ring(50, 128e3), network: ring(100, 256e3), steps: ring(200, 128e3) }
const isOn = stage => !gone && (config.sensors || {})[stage] !== false
const push = (stage, record, ms = performance.now()) => {
  const r = rings[stage]
  record = { ms, at: Math.round(Date.now() - performance.now() + ms), ...record }
  let size = 64
  for (const k in record) if (record[k] && record[k].length) size += record[k].length
  r.list.push([record, size])
  r.used += size
  while (r.list.length > r.cap || r.used > r.room) { r.used -= r.list.shift()[1]; r.dropped++ }
  return record
}
const wrapped = [], frozen = []
const gaps = () => {
  const list = [{ stage: 'steps', reason: 'steps are not recorded by this version' }]
  const add = (stage, reason) => list.push({ stage, reason })
  for (const stage in rings) if (!isOn(stage)) add(stage, 'switched off by the page')
  for (const [stage, name] of frozen) add(stage, `the page froze ${name}`)
  for (const w of wrapped) if (w.object[w.name] != w.proxy) add(w.stage, `the page replaced ${w.name} after Baton started; some may be missing`)
  return list
}
const drain = () => {
  const out = { time_origin: performance.timeOrigin, gaps: gaps() }
  for (const k in rings) out[k] = { cap: rings[k].cap, dropped: rings[k].dropped, records: rings[k].list.map(([r]) => ({ ...r })) }
  return out
}

// ---- Values as text, at once: objects change, and holding them would leak.
const LIMIT = 5000
// The round trip copies: a slice would keep a 20 MB string alive.
const clip = (s, max = LIMIT) => s.length > max ? JSON.parse(JSON.stringify(s.slice(0, max))) + `…(+${s.length - max})` : s
const show = (value, depth, path, budget) => {
  try {
    if (budget.left < 0) return '…'
    const s = shape(value, depth, path, budget)
    if (!depth || typeof value != 'object') budget.left -= s.length
    return s
  } catch { return '[unreadable]' }
}
const shape = (v, depth, path, budget) => {
  if (typeof v == 'string') return depth ? JSON.stringify(clip(v, 1000)) : clip(v)
  if (typeof v == 'bigint') return v + 'n'
  if (typeof v == 'function') return `ƒ ${String(v.name)}`
  if (v === null || typeof v != 'object') return String(v)
  if (path.includes(v)) return '[Circular]'
  const inner = x => show(x, depth + 1, [...path, v], budget)
  const list = (items, size, open, close) => open + items.join(', ') + (size > items.length ? `, …(+${size - items.length})` : '') + close
  const first = (iterable, f) => { const out = []; for (const x of iterable) { if (out.length == 50 || budget.left < 0) break; out.push(f(x)) } return out }
  if (v instanceof Error) {
    const head = `${v.name}: ${v.message}`, stack = String(v.stack || ''), cause = v.cause
    return clip(stack.includes(head) ? stack : `${head}\n${stack}`, 3000) + (cause === undefined ? '' : `\ncaused by: ${inner(cause)}`)
  }
  if (v instanceof Element) {
    // Through the prototype: a form's fields may shadow its own members.
    const get = n => Element.prototype.getAttribute.call(v, n)
    return `<${String(v.localName)}${get('id') ? '#' + get('id') : ''}${get('class') ? '.' + get('class').trim().split(/\s+/).join('.') : ''}>`
  }
  if (v instanceof Node) return String(v.nodeName)
  if (v instanceof Date || v instanceof RegExp) return String(v)
  const kind = (Object.prototype.toString.call(v).slice(8, -1)), prefix = kind == 'Object' || kind == 'Array' ? '' : kind + ' '
  if (ArrayBuffer.isView(v)) return `${kind}(${v.byteLength} B)`
  if (depth > 3) return Array.isArray(v) ? `[…(+${v.length})]` : `${prefix}{…}`
  if (Array.isArray(v)) return list(first(v.slice(0, 51), inner), v.length, '[', ']')
  if (v instanceof Set) return list(first(v, inner), v.size, prefix + '{', '}')
  if (v instanceof Map) return list(first(v, ([k, x]) => `${inner(k)} => ${inner(x)}`), v.size, prefix + '{', '}')
  const keys = Object.keys(v)
  // Getters are named, not called: they are the page's code.
  return list(first(keys, k => { const d = Object.getOwnPropertyDescriptor(v, k); return `${clip(k, 100)}: ${d && 'value' in d ? inner(d.value) : '[getter]'}` }), keys.length, prefix + '{', '}')
}
const text = args => {
  const budget = { left: LIMIT }, one = x => show(x, 0, [], budget), rest = [...args]
  let head = []
  if (typeof rest[0] == 'string' && rest.length > 1) head = [rest.shift().slice(0, LIMIT).replace(/%([sdifoOc%])/g, (m, c) =>
    c == '%' ? '%' : !rest.length ? m : c == 'c' ? (rest.shift(), '') : c == 'd' || c == 'i' ? String(parseInt(one(rest.shift()))) : one(rest.shift()))]
  return clip([...head, ...rest.slice(0, 50).map(one)].join(' '))
}

// ---- Sensors: pass through, never recursive, never throwing into the page.
let busy = false
const quiet = (stage, f) => {
  if (busy || !isOn(stage)) return
  busy = true
  try { return f() } catch {} finally { busy = false }
}
// A Proxy keeps name, length, own properties and the native look; Function.prototype stays untouched.
const wrap = (stage, object, name, apply, label = name) => {
  const original = object && object[name]
  if (typeof original != 'function') return
  const proxy = new Proxy(original, { apply })
  try { object[name] = proxy } catch {}
  if (object[name] == proxy) wrapped.push({ stage, object, name, label, original, proxy })
  else if (!frozen.some(f => f[0] == stage)) frozen.push([stage, label])
}
for (const level of ['debug', 'trace', 'log', 'info', 'warn', 'error', 'assert']) wrap('console', console, level, (f, self, args) => {
  quiet('console', () => {
    if (level != 'assert') push('console', { level, text: text(args) })
    else if (!args[0]) push('console', { level, text: 'Assertion failed: ' + text(args.slice(1)) })
  })
  return Reflect.apply(f, self, args)
}, 'console')

const request = (initiator, method, url) => push('network', { initiator, method: clip(String(method || 'GET').toUpperCase(), 20), url: clip(new URL(url, doc.baseURI).href, 2048) })
const settle = (record, status, failure, why) => quiet('network', () => {
  if (!record || record.duration != null) return
  record.duration = performance.now() - record.ms
  if (status) record.status = status
  if (!failure) return
  record.failure = failure == 'network' && navigator.onLine === false ? 'offline' : failure
  record.failure_text = clip(String(why || failure), 300)
})
wrap('network', win, 'fetch', (f, self, args) => {
  let signal
  const record = quiet('network', () => {
    const [input, init] = args, known = input instanceof Request ? input : {}
    signal = (init && init.signal) || known.signal
    return request('fetch', (init && init.method) || known.method, known.url || String(input))
  })
  const promise = Reflect.apply(f, self, args)
  if (!record || !(promise instanceof Promise)) return promise
  // Its twin settles alike. Watching the promise itself would mark it as handled and
  // silence the page's unhandledrejection. One with methods (cancel…) is handed back as it is.
  const twin = promise.then(r => { settle(record, r && r.status); return r }, e => {
    const name = signal && signal.aborted ? (signal.reason && signal.reason.name) || 'AbortError' : e && e.name
    settle(record, 0, name == 'TimeoutError' ? 'timeout' : name == 'AbortError' || (signal && signal.aborted) ? 'abort' : 'network', e)
    throw e
  })
  if (!Object.keys(promise).some(k => typeof promise[k] == 'function')) return twin
  twin.catch(noop)
  return promise
})
const calls = new WeakMap(), XHR = win.XMLHttpRequest && XMLHttpRequest.prototype
wrap('network', XHR, 'open', (f, self, args) => {
  quiet('network', () => {
    const call = calls.get(self) || {}
    if (!calls.has(self)) for (const type of ['load', 'error', 'abort', 'timeout']) self.addEventListener(type, () =>
      settle(call.record, self.status, type == 'load' ? '' : type == 'error' ? 'network' : type))
    calls.set(self, call)
    call.line = [String(args[0]), String(args[1])]
  })
  return Reflect.apply(f, self, args)
}, 'XMLHttpRequest.open')
wrap('network', XHR, 'send', (f, self, args) => {
  const call = calls.get(self) || {}
  quiet('network', () => { if (call.line) call.record = request('xhr', ...call.line) })
  try { return Reflect.apply(f, self, args) } catch (e) { settle(call.record, 0, 'network', e); throw e }
}, 'XMLHttpRequest.send')

// A frame of the widget on top of the stack, or a trap under it: Baton's own failure, none of the page's.
const isOurs = (error, file) => {
  const stack = String((error && error.stack) || ''), top = stack.split('\n').find(l => /^\s+at |@/.test(l)) || ''
  return String(file).startsWith(ours) || top.includes(ours) || (win.WebAssembly && error instanceof WebAssembly.RuntimeError && stack.includes(ours))
}
const onError = (e, ms) => {
  try {
    const rejected = e.type == 'unhandledrejection', error = rejected ? e.reason : e.error
    if (!rejected && e.target && e.target != win) return
    if (isOurs(error, e.filename)) {
      e.stopImmediatePropagation()
      e.preventDefault()
      const run = /[?&]r=(\d+)/.exec(`${e.filename} ${error && error.stack}`)
      return crash(run ? +run[1] : 1, String((error && error.message) || e.message))
    }
    quiet('errors', () => {
      const is = error instanceof Error
      push('errors', {
        kind: rejected ? 'unhandled_rejection' : 'uncaught', name: is ? clip(String(error.name), 200) : undefined,
        message: clip(rejected ? (is ? String(error.message) : text([error])) : String(e.message)),
        source: e.filename ? clip(e.filename, 2048) : undefined, line: e.lineno || undefined, column: e.colno || undefined,
        stack: is && error.stack ? clip(String(error.stack), 8000) : undefined,
      }, ms)
    })
  } catch {}
}
listen(win, 'error unhandledrejection', e => onError(e), true)

// ---- Configuration
const TYPES = {
  endpoint: 'string', app: 'object', labels: 'object', accent: 'string', position: 'string', theme: 'string', locale: 'string',
  preload: 'boolean', privacy: 'object', sensors: 'object', consentText: 'string', styleNonce: 'string', beforeSend: 'function', sinks: 'object',
}
const WORDS = { position: ['right', 'left'], theme: ['auto', 'light', 'dark'] }
const isWeb = url => { try { return /^https?:/.test(new URL(url, doc.baseURI).protocol) } catch { return false } }
const refusal = (k, v) => TYPES[k] && (typeof v != TYPES[k] || !v && v !== false && v !== '') ? `must be of type ${TYPES[k]}, not ${v === null ? v : typeof v}`
  : WORDS[k] && !WORDS[k].includes(v) ? 'must be one of ' + WORDS[k].join(', ')
  : k == 'endpoint' && !isWeb(v) ? `is not an http(s) URL: ${clip(v, 200)}`
  : k == 'accent' && !CSS.supports('color', v) ? `is not a colour: ${clip(v, 100)}` : ''
const merge = patch => {
  if (!patch || typeof patch != 'object') patch = { config: patch }
  const refused = []
  for (const k of Object.keys(patch)) {
    const v = patch[k], no = k == 'config' && patch[k] == null ? 'must be an object' : v !== undefined && refusal(k, v)
    if (no) { refused.push(`"${k}" ${no}`); problem('config', `"${k}" ${no}; it is ignored`, k) } else if (v !== undefined) config[k] = v
  }
  for (const k in rings) if (!isOn(k)) { rings[k].list = []; rings[k].used = 0 }
  return refused
}
const needEndpoint = () => { if (!config.endpoint && !config.sinks) problem('endpoint_missing', 'no endpoint is set (data-endpoint or Baton.init({endpoint})): nothing can be sent', 'endpoint') }

// ---- Launcher
let host, button, path, count, shown = true, open = false, unread = 0, ready = false
const CSS_TEXT = `:host{all:initial!important}
button{all:unset;position:fixed;right:20px;bottom:20px;z-index:2147483000;box-sizing:border-box;width:56px;height:56px;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--baton-accent,#3346c8);color:#fff;box-shadow:0 0 0 1px #fff4,0 4px 16px #0006;-webkit-tap-highlight-color:transparent}
@supports(color:oklch(from red l c h)){button{color:oklch(from var(--baton-accent,#3346c8) clamp(0,(.7 - l)*999,1) 0 0)}}
.left{right:auto;left:20px}[hidden]{display:none}
button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
svg{width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
[aria-busy=true] svg{opacity:.5}
span{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;background:#b3261e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
@media(prefers-reduced-motion:no-preference){button{transition:transform .15s}button:hover{transform:scale(1.06)}}
@media(forced-colors:active){button{border:2px solid ButtonText}button:focus-visible{outline-color:Highlight}}
@media print{button{display:none}}`
const paint = () => {
  if (!button) return
  const label = (config.labels || {}).launcher || 'Get help', set = (k, v) => button.setAttribute(k, v)
  if (config.accent) host.style.setProperty('--baton-accent', config.accent)
  button.className = config.position == 'left' ? 'left' : ''
  button.hidden = !shown
  set('aria-label', unread ? `${label} (${unread})` : label)
  set('aria-expanded', open)
  set('aria-busy', !!loading)
  path.setAttribute('d', open ? 'm6 9 6 6 6-6' : 'M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z')
  count.hidden = !unread
  count.textContent = unread > 99 ? '99+' : unread
}
const draw = () => {
  const make = (parent, tag, ns) => parent.appendChild(ns ? doc.createElementNS('http://www.w3.org/2000/svg', tag) : doc.createElement(tag))
  host = doc.createElement('div')
  host.setAttribute('data-baton-ui', 'launcher')
  const root = host.attachShadow({ mode: 'open' })
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS_TEXT)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const style = make(root, 'style')
    style.nonce = config.styleNonce || (me && me.nonce) || ''
    style.textContent = CSS_TEXT
  }
  button = make(root, 'button')
  button.type = 'button'
  button.setAttribute('aria-haspopup', 'dialog')
  const svg = make(button, 'svg', 1)
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path = make(svg, 'path', 1)
  count = make(button, 'span')
  warmUp(button)
  button.addEventListener('click', () => open ? api.close() : api.open())
}
const mount = () => {
  if (gone || !doc.body) return
  try {
    if (!host) draw()
    if (!host.isConnected) (doc.body || doc.documentElement).append(host)
    paint()
  } catch (e) { problem('launcher', `the launcher cannot be drawn: ${e}`) }
  if (!ready) { ready = true; emit('ready', { version: VERSION }) }
}
// Intent, not idle time, fetches the widget.
const warmUp = element => listen(element, 'pointerenter focusin touchstart', () => { load().catch(noop) }, { passive: true })

// ---- Widget: one instance at a time; a dead one is never called again.
let live = null, loading = null, runs = 0, form = null, failure
const fail = (code, message) => {
  failure = code
  problem(code, message)
  return Object.assign(new Error(`Baton: ${message} (${code})`), { code })
}
const load = () => live ? Promise.resolve(live) : loading || (loading = start().finally(() => { loading = null; paint() }), paint(), loading)
const start = async () => {
  // A new address each time: the module's state is dead, and a failed download may be cached.
  const run = ++runs, query = `?v=${VERSION}` + (run > 1 ? `&r=${run}` : '')
  let code = 'wasm_unsupported', timer, one
  needEndpoint()
  try {
    if (typeof WebAssembly != 'object' || !fetch) throw 'this browser has no WebAssembly'
    code = 'wasm_fetch_failed'
    await Promise.race([(async () => {
      const wasm = fetch(ours + 'widget_bg.wasm' + query).then(r => { if (r.ok) return r; throw `widget_bg.wasm: HTTP ${r.status}` })
      wasm.catch(noop)
      const module = await import(ours + 'widget.js' + query)
      await module.default({ module_or_path: wasm })
      if (run != runs || gone) throw 'given up'
      code = 'crashed'
      one = live = { run, module }
      one.lost = new Promise((_, no) => { one.lose = no })
      one.lost.catch(noop)
      module.start(bridge(run))
    })(), new Promise((_, no) => { timer = setTimeout(no, 2e4, 'no answer within 20 s') })])
    failure = undefined
    return one
  } catch (e) {
    if (one) { crash(run, String(e)); throw fail('crashed', `the widget failed: ${e}`) }
    runs++
    const name = e && e.name
    if (name == 'CompileError' || name == 'LinkError') code = /content.security|CSP|unsafe-eval/i.test(e.message) ? 'wasm_blocked_by_csp' : 'wasm_unsupported'
    throw fail(code, `the widget cannot start: ${e}`)
  } finally { clearTimeout(timer) }
}
const crash = (run, message) => {
  const one = live
  if (!one || one.run != run) return
  live = null
  for (const e of doc.querySelectorAll('[data-baton-ui="widget"]')) e.remove()
  one.lose(fail('crashed', `the widget failed: ${clip(message, 500)}`))
  if (open) { open = false; plain('crashed').catch(noop) }
  paint()
}
const call = async (name, args) => {
  const one = await load()
  try { return await Promise.race([one.lost, one.module.call(name, args)]) } catch (e) {
    if (isOurs(e) && e instanceof WebAssembly.RuntimeError) { crash(one.run, String(e)); return one.lost }
    throw e
  }
}
// The plain form: without the widget, a report still gets out.
const plain = async (reason, message) => {
  try {
    form = await import(`${base}fallback.js?v=${VERSION}`)
    if (!gone) form.open(bridge(), reason, message)
  } catch (e) { throw fail('fallback_failed', `the plain form cannot be shown either: ${e}`) }
}
const opened = async (name, args, message) => {
  if (form && open) return form.open(bridge(), failure, message)
  try { return await call(name, args) } catch (e) {
    if (!e || !e.code || gone) throw e
    if (!form || !open) await plain(e.code, message)
  }
}
const bridge = run => ({
  version: VERSION, base, customData, metadata, attached, drain, fetch, emit,
  get config() { return config }, get user() { return user },
  setStatus: patch => { Object.assign(extra, patch) },
  setUnread: n => { unread = n; paint() },
  setOpen: is => { open = is; paint() },
  focusLauncher: () => { if (button) button.focus() },
  crashed: message => crash(run, String(message)),
})
const changed = () => { paint(); if (live) return call('configure', []) }

// ---- Public API
const must = (ok, message) => { if (!ok) throw new TypeError('Baton.' + message) }
const isObject = x => x && typeof x == 'object'
const set = patch => {
  const refused = merge(patch)
  if (config.preload) preload()
  return Promise.resolve(changed()).then(() => must(!refused.length, 'init: ' + refused.join('; ')))
}
const actions = {
  init(patch) { inits++; const done = set(patch); needEndpoint(); return done },
  identify(id, traits, token) {
    must(id && /string|number/.test(typeof id), 'identify(id, traits, token): id must be a text or a number')
    user = { id: String(id), traits: { ...traits }, token }
    return changed()
  },
  clearIdentity() { user = null; return changed() },
  show() { shown = true; mount() },
  hide() { shown = false; paint() },
  attachTo(element, options) {
    if (typeof element == 'string') element = doc.querySelector(element)
    must(element instanceof Element, 'attachTo(element): no such element')
    const click = () => api.open(options)
    warmUp(element)
    listen(element, 'click', click)
    return () => element.removeEventListener('click', click)
  },
  addBreadcrumb(record) {
    must(record && /string|object/.test(typeof record), 'addBreadcrumb(record): a text or {category, message, data}')
    const { category, message, data } = isObject(record) ? record : { message: record }
    quiet('steps', () => push('steps', { action: 'breadcrumb', target: text([[category, message].filter(Boolean).join(': ')]), value: data === undefined ? undefined : text([data]), url: clip(location.href, 2048) }))
  },
  setCustomData(data) { must(isObject(data), 'setCustomData(object)'); Object.assign(customData, data) },
  metadata(callback) { must(typeof callback == 'function', 'metadata(callback)'); metadata.push(callback) },
  attach(name, blob) {
    must(name && typeof name == 'string' && blob instanceof Blob, 'attach(name, blob): a text and a Blob')
    const old = attached.findIndex(a => a.name == name)
    attached.splice(old < 0 ? attached.length : old, old < 0 ? 0 : 1, { name, blob })
  },
  setTheme: theme => set({ theme }),
  setLocale: locale => set({ locale }),
  status: () => ({
    version: VERSION, base, ready, inits, open, launcher: shown && !!host && host.isConnected, endpoint: config.endpoint ? new URL(config.endpoint, doc.baseURI).href : null,
    widget: live ? 'ready' : loading ? 'loading' : failure || 'not_loaded', sensors: Object.fromEntries(Object.keys(rings).map(k => [k, isOn(k)])),
    gaps: gaps(), ...extra,
    problems: config.endpoint || config.sinks ? problems.filter(p => p.code != 'endpoint_missing') : [...problems.filter(p => p.code != 'endpoint_missing'), { code: 'endpoint_missing', message: 'no endpoint is set: nothing can be sent', key: 'endpoint' }],
  }),
  open: options => opened('open', [options], options && options.message),
  ask: message => opened('ask', [message], message),
  close: () => form && open ? form.close() : live ? call('close', []) : undefined,
  destroy() {
    const one = live
    try { if (form) form.close(); if (one) one.module.destroy() } catch (e) { warn('Baton:', e) }
    live = null
    gone = true
    for (const f of undo) f()
    // Where somebody wrapped on top, ours stays beneath and only passes through.
    for (const w of wrapped) if (w.object[w.name] == w.proxy) w.object[w.name] = w.original
    if (host) host.remove()
    delete win[KEY]
    if (win.Baton == api) delete win.Baton
  },
}
for (const name of ['triage', 'captureScreenshot', 'buildPacket', 'handoff']) actions[name] = (...args) => call(name, args)
const api = {}
for (const name in actions) api[name] = (...args) => {
  const result = (async () => {
    must(!gone, name + ': Baton was destroyed')
    if (host && !host.isConnected) mount()
    return actions[name](...args)
  })()
  // Nobody has to wait for it: unseen refusals are no unhandled rejections of the page.
  result.catch(noop)
  return result
}
api.on = (event, handler) => {
  if (typeof handler != 'function') { problem('on', `on("${event}", handler): handler must be a function`); return noop }
  (handlers[event] = handlers[event] || new Set()).add(handler)
  if (event == 'ready' && ready) try { handler({ version: VERSION }) } catch (e) { console.error(e) }
  return () => api.off(event, handler)
}
api.off = (event, handler) => { if (handlers[event]) handlers[event].delete(handler) }

// ---- Start
const preload = () => {
  const go = () => { if (!gone) load().catch(noop) }
  doc.readyState == 'complete' ? go() : listen(win, 'load', go)
}
try {
  Object.defineProperty(win, KEY, { configurable: true, value: { version: VERSION, twice: () => problem('twice', 'baton.js is on this page twice; the second copy does nothing') } })
  win.Baton = api
  const { appName, appVersion, release, sensors, preload: early, ...plainKeys } = me ? me.dataset : {}
  const has = word => sensors.split(/[\s,]+/).includes(word)
  merge({
    ...plainKeys, app: { name: appName, version: appVersion, release }, preload: early != null && early != 'false',
    sensors: sensors == null ? {} : Object.fromEntries(Object.keys(rings).map(k => [k, has(k)])),
  })
  if (Array.isArray(stub.e)) { for (const e of stub.e.splice(0)) onError(e, e.timeStamp); stub.e.push = noop }
  if (Array.isArray(stub.q)) for (const [name, args, yes = noop, no = noop] of stub.q.splice(0)) if (api[name]) Promise.resolve(api[name](...args)).then(yes, no)
  doc.body ? mount() : listen(doc, 'DOMContentLoaded', mount)
  let pending
  try { pending = localStorage.getItem('baton.pending') } catch {}
  if (config.preload || pending) preload()
} catch (e) { warn('Baton:', e) }
})()
