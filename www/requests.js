// What the loader's network records do not have yet: the whole address, sizes, what became of sockets, and, for the
// URLs and names that the page has allowed, bodies and headers. Timing is joined when the rings are read, by timing.js.

import { forget } from './ring.js'

const BODY_BYTES = 32_768
const NONE = {}
const MOST_BODY_BYTES = 65_536 // a request's and a response's body fit into the ring
/** Never recorded, allowed or not. */
const SECRET_HEADER = /auth|cookie|token|secret|session|csrf|xsrf|api-?key|password|signature|credential/
const TEXTUAL = /^text\/(?!event-stream)|json|xml|x-www-form-urlencoded|javascript|graphql/

/** An address that the browser leaves as it is but for what is before its path: no dot segment, nothing to encode. */
const PLAIN = /^(?!\/\/)(https?:\/\/[\w.:-]+)?(\/(?![.%])[\w.~!$&'()*+,;=:@%-]*)+(\?[\w.~!$&()*+,;=:@/?%[\]-]*)?$/
const ORIGINS = 50 // kept
const LONGEST = 2048

const round = ms => Math.round(ms * 10) / 10

/**
 * @param core what the loader shares
 * @param privacy the judge, privacy.js
 * @param scrubber scrub.js
 * @returns {{request, response}} told of each by the loader, from within the page's call: what can wait, does
 */
export default (core, { isPrivateField }, { scrub, scrubUrl }) => {
  const { rings, quiet, clip, now, signal } = core
  const { origin } = location
  const bases = document.getElementsByTagName('base')
  const given = new WeakMap() // XMLHttpRequest → the allowed headers set on it
  const asked = core.asked = new WeakMap() // record → its address as the browser knows it, where the record's is another
  const origins = new Map() // an address's beginning → its origin

  let known // {config, settings}: asked for at each request, and seldom another
  const settings = () => {
    const config = core.config.network || NONE
    if (known?.config === config) return known.settings
    const { headers, bodies, maxBodyBytes } = config
    const list = value => (Array.isArray(value) ? value.map(String) : [])
    const expression = pattern => new RegExp(pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*'))
    known = { config, settings: {
      names: list(headers).map(name => name.toLowerCase()).filter(name => !SECRET_HEADER.test(name)),
      bodies: list(bodies).map(expression),
      cap: maxBodyBytes >= 0 ? Math.min(maxBodyBytes, MOST_BODY_BYTES) : BODY_BYTES,
    } }
    return known.settings
  }
  const mayHaveBody = url => settings().bodies.some(pattern => pattern.test(url))

  /** `clip(new URL(url, document.baseURI), LONGEST)`, for most addresses without the dear parser. */
  const resolve = url => {
    const parsed = () => clip(new URL(url, document.baseURI), LONGEST)
    if (url.length > LONGEST || !PLAIN.test(url)) return parsed()
    if (url[0] === '/') return bases.length || !origin.startsWith('http') ? parsed() : origin + url
    const path = url.slice(url.indexOf('/', 8))
    const beginning = url.slice(0, -path.length)
    if (origins.size >= ORIGINS) origins.clear()
    if (!origins.has(beginning)) origins.set(beginning, new URL(beginning).origin)
    return origins.get(beginning) + path
  }

  const encode = text => new TextEncoder().encode(text)

  /** A body as text: whole, or its beginning with a word on what is missing; `total` in bytes of UTF-8. */
  const excerpt = (text, total = text.length < 1e6 ? encode(text).length : text.length) => {
    const { cap } = settings()
    // More than the cap is scrubbed, so that the cut leaves no half of a value.
    const clean = scrub(text.slice(0, cap + 1024), total > cap)
    // As a stream, the decoder keeps half a character at the end to itself.
    const body = new TextDecoder().decode(encode(clean).subarray(0, cap), { stream: true })
    return { body, ...(total > cap ? { omitted: `cut after ${cap} bytes` } : {}) }
  }

  /** What was added to a record counts against the ring's bound, too. */
  const weigh = record => {
    const ring = rings.network
    const entry = ring.list.findLast(([one]) => one === record)
    if (!entry) return
    const size = JSON.stringify(record).length
    ring.used += size - entry[1]
    entry[1] = size
    while (ring.used > ring.room) { ring.used -= ring.list.shift()[1]; ring.dropped++ }
  }

  let last = NONE // {value, type}: one backend seldom answers with another
  const mediaType = value => {
    if (last.value !== value) last = { value, type: (value || '').slice(0, 200).split(';')[0].trim().toLowerCase() || undefined }
    return last.type
  }
  const headersOf = get => settings().names.flatMap(name => {
    const value = get(name)
    return value === null || value === undefined ? [] : [{ name, value: clip(scrub(`${value}`), 1000) }]
  })

  // ---- What was sent

  const sent = (url, body) => {
    const facts = {}
    if ((body ?? null) === null) return facts
    const allowed = mayHaveBody(url)
    const text = typeof body === 'string' ? body : body instanceof URLSearchParams ? `${body}` : null
    if (text !== null) {
      facts.bytes = text.length < 1e6 ? encode(text).length : text.length
      if (typeof body !== 'string') facts.type = 'application/x-www-form-urlencoded'
      if (allowed) Object.assign(facts, excerpt(text))
    } else if (body instanceof FormData) {
      facts.type = 'multipart/form-data'
      if (allowed) {
        const isPrivate = name => [...document.querySelectorAll(`[name="${CSS.escape(name)}"]`)].some(isPrivateField)
        const parts = [...body].map(([name, value]) => [name, typeof value !== 'string' ? `[file, ${value.size} bytes]` : isPrivate(name) ? '[private field]' : scrub(value.slice(0, 1000), value.length > 1000)])
        Object.assign(facts, excerpt(parts.map(([name, value]) => `${name}=${value}`).join('\n')))
      }
    } else {
      facts.bytes = body.size ?? body.byteLength
      facts.type = mediaType(body.type)
      if (allowed) facts.omitted = 'no text'
    }
    return facts
  }

  const address = record => {
    const url = resolve(record.url)
    record.url = scrubUrl(url)
    if (record.url !== url) asked.set(record, url)
  }

  const soon = Promise.resolve() // cheaper than queueMicrotask, which is the browser's, not the engine's
  let waiting = [] // a record and its body in turn: requests that the page has made in this task
  const complete = (record, body) => {
    address(record)
    if ((body ?? null) === null) return true
    record.request = sent(record.url, body)
    weigh(record)
    return true
  }
  const completeAll = () => {
    const all = waiting
    waiting = []
    // What is no address is no request.
    for (let at = 0; at < all.length; at += 2) if (!quiet('network', complete, all[at], all[at + 1])) forget(rings.network, all[at])
  }

  const request = (record, subject, init) => {
    const { names, bodies } = settings()
    const body = init?.body
    const { initiator, url } = record
    const isSocket = initiator === 'websocket' || initiator === 'eventsource'
    const isRooted = url[0] === '/' || url.startsWith('http://') || url.startsWith('https://')
    // What the page may change: the base of an address, headers, a body that is to be kept.
    if (!isSocket && isRooted && url.length < LONGEST && !names.length && !bodies.length) {
      // When the page's code has run to its end: its call need not wait for what we write down.
      if (waiting.push(record, body) === 2) soon.then(completeAll)
      return
    }
    address(record)
    if (isSocket) return socket(record, subject)
    if ((body ?? null) === null && !names.length && !bodies.length) return
    const facts = sent(record.url, body)
    let headers = []
    if (initiator === 'xhr') headers = given.get(subject) || []
    else if (names.length) {
      const set = init?.headers ?? (subject instanceof Request ? subject.headers : undefined)
      // An iterator can be read only once, and that is the browser's.
      const readable = set instanceof Headers || Array.isArray(set) || (set && Object.getPrototypeOf(set) === Object.prototype)
      if (readable) headers = headersOf(name => new Headers(set).get(name))
    }
    given.delete(subject)
    if (subject instanceof Request && !body && subject.body && mayHaveBody(record.url)) facts.omitted = 'the body of a Request object is not read'
    if (headers.length) facts.headers = headers
    if (!Object.keys(facts).length) return
    record.request = facts
    // The ring gets it when we have returned.
    queueMicrotask(() => weigh(record))
  }

  if (window.XMLHttpRequest) {
    core.wrap('network', XMLHttpRequest.prototype, 'setRequestHeader', ([name, value], xhr) => {
      name = `${name}`.toLowerCase()
      if (settings().names.includes(name)) given.set(xhr, [...(given.get(xhr) || []), { name, value: clip(scrub(`${value}`), 1000) }])
    })
  }

  // ---- What came back

  const response = (record, answer) => {
    const isXhr = record.initiator === 'xhr'
    // Asking for one that CORS hides is an error in the page's console.
    const seen = isXhr ? answer.getAllResponseHeaders().toLowerCase() : ''
    const { headers } = answer
    const read = name => (!isXhr ? headers.get(name) : seen.includes(`${name}:`) ? answer.getResponseHeader(name) : null)
    const type = mediaType(read('content-type'))
    const facts = record.response = { type }
    // Of another origin, the timing may not say it.
    const length = !isXhr && record.url.startsWith(origin) ? 0 : Number(read('content-length'))
    if (length > 0) facts.bytes = length
    const { names, bodies } = settings()
    if (!names.length && !bodies.length) return
    const allowed = headersOf(read)
    if (allowed.length) facts.headers = allowed
    if (!mayHaveBody(record.url)) return weigh(record)
    const why = type === 'text/event-stream' ? 'an event stream' : !type || !TEXTUAL.test(type) ? 'no text' : null
    if (why) facts.omitted = why
    else if (isXhr) xhrBody(record, answer)
    else return fetchBody(record, answer).finally(() => weigh(record))
    weigh(record)
  }

  const xhrBody = ({ response: facts }, xhr) => {
    if (xhr.responseType === '' || xhr.responseType === 'text') Object.assign(facts, excerpt(xhr.responseText))
    // As text once more; a large one would hold up the page.
    else if (xhr.responseType === 'json' && facts.bytes <= settings().cap) Object.assign(facts, excerpt(JSON.stringify(xhr.response)))
    else facts.omitted = 'not read as text by the page'
  }

  /** Reads a copy up to the cap while the page reads the original, and never makes it wait. */
  const fetchBody = async ({ response: facts }, answer) => {
    let reader
    const stop = () => { reader?.cancel().catch(() => {}) }
    try {
      if (!answer.body) return
      reader = answer.clone().body.getReader()
      signal.addEventListener('abort', stop, { once: true })
      const decoder = new TextDecoder()
      const { cap } = settings()
      let text = ''
      let bytes = 0
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        bytes += value.byteLength
        text += decoder.decode(value.subarray(0, cap + 1024), { stream: true })
        if (bytes > cap) { stop(); break }
      }
      Object.assign(facts, excerpt(text, bytes))
    } catch (error) {
      facts.omitted = `could not be read: ${clip(error, 200)}`
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  // ---- Sockets: opened, closed, failed; what they carry is not looked at

  const socket = (record, target) => {
    const on = (type, f) => target.addEventListener(type, event => quiet('network', () => f(event)), { signal })
    const opened = () => {
      record.status = record.initiator === 'websocket' ? 101 : 200
      record.wait ??= round(now() - record.ms)
    }
    if (target.readyState === 1) opened()
    on('open', opened)
    on('error', () => {
      // An EventSource connects again by itself unless it is closed.
      if (record.initiator === 'eventsource' && target.readyState !== 2) return
      record.failure = navigator.onLine ? 'network' : 'offline'
      record.failure_text = record.status ? 'the connection broke' : 'no connection'
      record.duration ??= now() - record.ms
    })
    on('close', ({ code }) => {
      record.close_code = code
      record.duration = now() - record.ms
    })
  }

  return { request, response }
}
