// The plain form for pages where the widget cannot run. It sends the customer's own words as a valid
// packet, and says "sent" only when the receiver has said so.

const CSS = `
:host { all: initial !important }
form {
  --ink: #1b1f24; --soft: #59626d; --paper: #fff; --line: #8b949e; --bad: #b3261e;
  position: fixed; right: 20px; bottom: 88px; z-index: 2147483001; box-sizing: border-box;
  width: 380px; max-width: calc(100vw - 32px); max-height: calc(100vh - 108px); overflow: auto; padding: 20px;
  border: 1px solid #0003; border-radius: 14px; background: var(--paper); color: var(--ink);
  box-shadow: 0 12px 40px #0005; font: 15px/1.45 system-ui, sans-serif;
}
form.left { right: auto; left: 20px }
h2 { margin: 0; margin-block-end: 8px; margin-inline-end: 32px; font-size: 18px; line-height: 1.3 }
p { margin: 0 0 12px; color: var(--soft) }
label { display: block; margin: 0 0 4px; font-weight: 600 }
textarea, input {
  box-sizing: border-box; width: 100%; margin: 0 0 14px; padding: 9px 11px; border: 1px solid var(--line);
  border-radius: 8px; background: transparent; color: inherit; font: inherit; font-size: 16px;
}
textarea { min-height: 110px; resize: vertical }
button {
  margin: 0; margin-inline-end: 8px; padding: 9px 14px; border: 1px solid var(--line); border-radius: 8px;
  background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer;
}
[type=submit] { border-color: transparent; background: var(--baton-accent, #3455db); color: #fff }
@supports (color: oklch(from red l c h)) {
  [type=submit] { color: oklch(from var(--baton-accent, #3455db) clamp(0, (.7 - l) * 999, 1) 0 0) }
}
button[disabled] { opacity: .55; cursor: default }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
.close { position: absolute; top: 12px; inset-inline-end: 12px; margin: 0; padding: 2px 10px; border: 0; font-size: 22px; line-height: 30px }
[role=status] { margin: 14px 0 0; color: var(--ink) }
[role=status]:empty { display: none }
.bad { color: var(--bad) }
.ways { margin: 12px 0 0 }
[hidden] { display: none !important }
.dark { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1e2227; --line: #6b7480; --bad: #ff8a80; border-color: #fff3; color-scheme: dark }
@media (prefers-color-scheme: dark) {
  .auto { --ink: #e8eaed; --soft: #a9b1ba; --paper: #1e2227; --line: #6b7480; --bad: #ff8a80; border-color: #fff3; color-scheme: dark }
}
@media (max-width: 480px) { form, form.left { right: 16px; left: 16px; width: auto } }
@media print { form { display: none } }
`

const LABELS = {
  title: 'Write to our team',
  why: 'The assistant cannot run in this browser right now. You can still send us a message.',
  message: 'Your message',
  email: 'E-mail for the answer (optional)',
  what: 'What will be sent: your message, your e-mail if you give it, the address of this page, and the name of your browser. Passwords, keys and card numbers that we recognise are masked.',
  who: 'The account you are signed in with is named, too.',
  send: 'Send',
  again: 'Try again',
  sending: 'Sending…',
  sent: 'Sent. Our team has your message.',
  empty: 'Please write a message first.',
  failed: 'Not sent: {reason} Your text is still here.',
  no_endpoint: 'this page has not set where to send it.',
  late: 'the server did not answer in time.',
  unreachable: 'the server cannot be reached.',
  refused: 'the server refused it ({status}).',
  unconfirmed: 'the server did not confirm that it has it.',
  copy: 'Copy the text',
  download: 'Save as a file',
  copied: 'Copied.',
  close: 'Close',
}

/** How long the form waits for its language. */
const LANGUAGE_LIMIT_MS = 2000

let host = null
let dismiss = null
let closings = 0

/**
 * Shows the form in the customer's language, or brings it back to the front.
 * @param bridge the loader's bridge
 * @param {string} reason why the widget cannot run: `wasm_blocked_by_csp`, `crashed` …
 * @param {string} [message] what the customer has written already; an open form adds it to its text
 */
export async function open(bridge, reason, message) {
  const before = closings
  const words = await language(bridge)
  if (closings !== before) return
  if (host && host.isConnected) {
    const area = host.shadowRoot.querySelector('textarea')
    if (message && !area.value.includes(message)) area.value = area.value ? `${area.value}\n\n${message}` : message
    return area.focus()
  }
  const { config } = bridge
  const text = key => (config.labels || {})[`fallback_${key}`] || words[`fallback_${key}`] || LABELS[key]
  host = document.createElement('div')
  host.setAttribute('data-baton-ui', 'fallback')
  if (config.accent) host.style.setProperty('--baton-accent', config.accent)
  const root = host.attachShadow({ mode: 'open' })
  dress(root, config)

  const form = add(root, 'form', { 'aria-labelledby': 'title', role: 'dialog' })
  form.className = `${config.theme || 'auto'} ${config.position || ''}`
  form.noValidate = true
  form.dir = words.dir || 'ltr'
  add(form, 'h2', { id: 'title' }, text('title'))
  const close = add(form, 'button', { type: 'button', class: 'close', 'aria-label': text('close') }, '×')
  add(form, 'p', {}, text('why'))
  add(form, 'label', { for: 'message' }, text('message'))
  const area = add(form, 'textarea', { id: 'message', dir: 'auto', required: '', maxlength: '20000', 'aria-describedby': 'state' })
  add(form, 'label', { for: 'email' }, text('email'))
  const email = add(form, 'input', { id: 'email', dir: 'ltr', type: 'email', autocomplete: 'email' })
  const consent = text('what') + (bridge.user ? ` ${text('who')}` : '')
  add(form, 'p', {}, consent)
  const send = add(form, 'button', { type: 'submit' }, text('send'))
  const state = add(form, 'p', { id: 'state', role: 'status' })
  const ways = add(form, 'div', { class: 'ways', hidden: '' })
  const copy = add(ways, 'button', { type: 'button' }, text('copy'))
  const save = add(ways, 'button', { type: 'button' }, text('download'))

  area.value = typeof message === 'string' ? message : ''
  email.value = (bridge.user && bridge.user.traits && typeof bridge.user.traits.email === 'string' && bridge.user.traits.email) || ''

  const say = (words, bad) => {
    state.textContent = words
    state.className = bad ? 'bad' : ''
  }
  // A frozen packet is sent again as the same bytes, so that a repeat cannot become a second case.
  let frozen = null
  const submit = async event => {
    event.preventDefault()
    if (send.disabled) return
    const written = area.value.trim()
    if (!written) { say(text('empty'), true); return area.focus() }
    const draft = JSON.stringify([written, email.value.trim()])
    if (!frozen || frozen.draft !== draft) frozen = { draft, ...freeze(bridge, reason, written, email.value.trim(), consent) }
    send.disabled = true
    say(text('sending'))
    ways.hidden = true
    try {
      const receipt = await deliver(bridge, frozen)
      bridge.emit('handoff:delivered', receipt)
      frozen = null
      for (const element of form.querySelectorAll('label, textarea, input, [type=submit], p:not([role=status])')) element.hidden = true
      say(text('sent'))
      close.focus()
    } catch (error) {
      bridge.emit('handoff:failed', { id: frozen.id, reason: error.message, will_retry: false })
      const why = error.key ? text(error.key).replace('{status}', error.status) : error.message
      say(text('failed').replace('{reason}', () => why), true)
      send.textContent = text('again')
      ways.hidden = false
      ways.scrollIntoView({ block: 'nearest' })
    }
    send.disabled = false
  }

  form.addEventListener('submit', submit)
  close.addEventListener('click', () => dismiss())
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(area.value)
      say(text('copied'))
    } catch {
      area.select()
    }
  })
  save.addEventListener('click', () => download('message.txt', area.value))
  // The page's shortcuts must not fire while somebody types here.
  for (const type of ['keydown', 'keypress', 'keyup']) {
    form.addEventListener(type, event => {
      event.stopPropagation()
      if (type === 'keydown' && event.key === 'Escape') dismiss()
    })
  }

  dismiss = () => {
    dismiss = null
    host.remove()
    bridge.setOpen(false)
    bridge.focusLauncher()
    bridge.emit('close')
  }
  document.body.append(host)
  bridge.setOpen(true)
  bridge.emit('open')
  area.focus()
}

/** Takes the form off the page. */
export function close() {
  closings++
  if (dismiss) dismiss()
}

function dress(root, config) {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
    root.adoptedStyleSheets = [sheet]
  } catch {
    const style = add(root, 'style', {}, CSS)
    style.nonce = config.styleNonce || ''
  }
}

function add(parent, name, attributes, words) {
  const element = document.createElement(name)
  for (const key in attributes) element.setAttribute(key, attributes[key])
  if (words) element.textContent = words
  return parent.appendChild(element)
}

function download(name, words) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([words], { type: 'text/plain' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The words of the page's language; none for English, or when they do not come in time. */
async function language({ config, base, version, fetch, problem }) {
  const wanted = (config.locale || document.documentElement.lang || navigator.language || 'en').toLowerCase()
  const main = tag => tag.toLowerCase().split(/[-_]/)[0]
  if (main(wanted) === 'en' && wanted !== 'en-xa') return {}
  const get = async name => {
    const response = await fetch(`${base}locales/${name}.json?v=${version}`)
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return response.json()
  }
  const find = async () => {
    const tags = await get('index')
    const found = [tag => tag.toLowerCase() === wanted, tag => tag.toLowerCase() === main(wanted), tag => main(tag) === main(wanted)]
    const tag = found.map(test => tags.find(test)).find(Boolean)
    return (tag && await get(tag)) || {}
  }
  try {
    return await Promise.race([find(), new Promise((_, late) => { setTimeout(late, LANGUAGE_LIMIT_MS, 'no answer in time') })])
  } catch (error) {
    problem('locale', `the language ${wanted}: ${error}`)
    return {}
  }
}

// ---- Delivery

/** Why it was not sent: in English for the developer, by its key for the customer. */
const failure = (key, status) => Object.assign(new Error(LABELS[key].replace('{status}', status)), { key, status })

async function deliver(bridge, { id, body }) {
  const { endpoint } = bridge.config
  if (!endpoint) throw failure('no_endpoint')
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), 30_000)
  try {
    const response = await bridge.fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body,
      signal: stop.signal,
    }).catch(() => {
      throw failure(stop.signal.aborted ? 'late' : 'unreachable')
    })
    if (!response.ok) throw failure('refused', response.status)
    const receipt = await response.json().catch(() => null)
    if (!receipt || receipt.id !== id) throw failure('unconfirmed')
    return receipt
  } finally {
    clearTimeout(timer)
  }
}

// ---- The packet

/** The packet as bytes that stay the same over retries. */
function freeze(bridge, reason, message, email, consentText) {
  const { config, version, user } = bridge
  const at = new Date().toISOString()
  const id = uuidv7()
  const counts = {}
  const masked = mask(message, counts, (config.privacy || {}).transcript === 'all')
  const redactions = Object.keys(counts).sort().map(kind => ({ section: 'conversation.transcript', kind, count: counts[kind] }))
  const app = config.app || {}
  const held = 'not sent: redaction is not available without the assistant'
  const packet = {
    schema_version: '1.4',
    id,
    created_at: at,
    app: { ...names({ name: app.name, version: app.version, release: app.release }), widget: { name: 'baton-fallback', version } },
    conversation: { transcript: [{ author: 'customer', text: masked, at, channel: 'widget' }] },
    summary: { title: shorten(masked), problem: masked },
    customer: {
      ...names({ id: user && user.id, email, token: user && user.token, locale: config.locale || navigator.language }),
      assurance: 'none',
      traits: {},
    },
    triage: untriaged(),
    escalation: { rule: 'widget_unavailable', reason: `The assistant could not run on this page: ${reason || 'unknown'}.` },
    route: { queue: 'support', priority: 'normal', language: 'und', reason: 'No triage without the assistant.' },
    evidence: { gaps: ['console', 'network', 'errors', 'steps', 'screenshot'].map(stage => ({ stage, reason: held })) },
    environment: environment(bridge),
    consent: { approved: true, via: 'fallback', at, text: consentText },
    redactions,
    timeline: [{ at, event: 'approved' }],
  }
  return { id, body: JSON.stringify(packet) }
}

/** Only what is a text with something in it. */
function names(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string' && value))
}

function shorten(words) {
  const line = words.split('\n')[0]
  return line.length > 80 ? `${[...line].slice(0, 79).join('')}…` : line
}

/** No model has looked at it: every class is as likely as the others, and nothing is certain. */
function untriaged() {
  const even = labels => Object.fromEntries(labels.map(label => [label, 1 / labels.length]))
  return {
    intent: 'other',
    urgency: 'normal',
    customer_state: 'neutral',
    wants_human: true,
    topics: [],
    language: 'und',
    // The form itself asks for a person; the rest is unknown.
    confidence: { intent: 0, urgency: 0, customer_state: 0, wants_human: 1, language: 0 },
    scores: {
      intent: even(['security', 'privacy_legal', 'refund', 'access', 'cancel', 'outage', 'billing', 'integration', 'bug', 'account_change', 'feature_request', 'how_to', 'feedback', 'other']),
      urgency: even(['low', 'normal', 'high', 'critical']),
      customer_state: even(['neutral', 'anxious', 'angry', 'churn_risk']),
      topics: {},
      wants_human: 1,
    },
    reasons: [],
  }
}

function environment(bridge) {
  const page = new URL(bridge.pageUrl())
  const agent = navigator.userAgent
  // The order matters: Edge and Opera also say Chrome, and Chrome says Safari.
  const known = [['Edge', /Edg\/(\S+)/], ['Opera', /OPR\/(\S+)/], ['Firefox', /Firefox\/(\S+)/], ['Chrome', /Chrome\/(\S+)/], ['Safari', /Version\/(\S+).*Safari/]]
  const [name, version] = known.map(([name, pattern]) => [name, (pattern.exec(agent) || [])[1]]).find(([, found]) => found) || ['', '']
  return {
    page_url: page.origin === 'null' ? page.protocol : page.origin + page.pathname,
    browser: { name, version, user_agent: '' },
    os: { name: '' },
    device: { kind: 'unknown' },
    viewport: { width: innerWidth, height: innerHeight, device_pixel_ratio: devicePixelRatio || 1 },
  }
}

/** RFC 9562, version 7: 48 bits of milliseconds, the rest random. */
export function uuidv7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6] & 0x0f) | 0x70
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

// ---- Masking: the secrets that a message is most likely to hold, as the widget would write them.

const TOKENS = [
  /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*){0,3}/g,
  /\b(?:sk|pk|rk)_(?:live|test|prod)_\w{10,}|\bsk-[\w-]{16,}|\bgh[oprsu]_\w{16,}|\bgithub_pat_\w{16,}|\bgl[a-z]{2,4}-[\w-]{16,}|\bxox[abceoprs]-[\w-]{10,}|\bA(?:KI|SI|BI|CC)A[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bnpm_\w{20,}|\bwhsec_[\w+/=-]{16,}/g,
]
const BEARER = /\b(bearer|basic)(\s+)(?=[\w.~+/-]*[\d_.~+/])[\w.~+/-]{8,}=*/gi
const NAMED = /\b((?:[\w-]*(?:password|passwd|secret|token|api[_-]?key)|pwd))(["']?\s*[=:]\s*["']?)([^\s"'&,;[\]]{4,})/gi
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
const DIGITS = /(^|[^\w.])(\d(?:[ -]?\d){12,18})(?!\w)/g // no look-behind: old Safari cannot read it

const EMAIL = /((?:^|[^\wÀ-ɏ.+'%-])[.'-]*)[\wÀ-ɏ+%][\wÀ-ɏ.+'%-]*(?:@|%40|\\u0040)(?!\d+\.)(?:[\wÀ-ɏ-]+\.)+[a-z]{2,24}(?![\w-])/gi
const PHONE = /(^|[^a-z\d])(tel:)?(\+?\d(?:[ ().\/-]{0,2}\d){5,14})(?![a-z\d])/gi

/**
 * The text with placeholders for its secrets.
 * @param {Record<string, number>} counts gets how many of each kind there were
 * @param {boolean} [all] whether to mask e-mail addresses, phone numbers and bank accounts, too
 */
export function mask(text, counts, all) {
  const found = (kind, shown) => {
    counts[kind] = (counts[kind] || 0) + 1
    return shown || `[${kind}]`
  }
  let out = text.replace(PRIVATE_KEY, () => found('private key'))
  for (const pattern of TOKENS) out = out.replace(pattern, () => found('token'))
  out = out.replace(BEARER, (_, scheme, space) => scheme + space + found('token'))
  out = out.replace(NAMED, (_, name, sign) => name + sign + found(/pass|pwd/i.test(name) ? 'password' : 'token'))
  // The longest first: a part of a number may pass the check by chance.
  for (let rest = all ? 30 : 0; rest > 10; rest--) {
    const account = new RegExp(`(^|[^a-z\\d])([a-z]{2}\\d\\d(?:[ -]?[a-z\\d]){${rest}})(?![a-z\\d])`, 'gi')
    for (let hit; (hit = account.exec(out)); account.lastIndex = hit.index + 1) {
      if (isIban(hit[2])) out = out.slice(0, hit.index) + hit[1] + found('iban') + out.slice(hit.index + hit[0].length)
    }
  }
  out = out.replace(DIGITS, (whole, before, number) => {
    const digits = number.replace(/\D/g, '')
    return isCard(digits) ? before + found('card', `[card ••${digits.slice(-4)}]`) : whole
  })
  if (!all) return out
  out = out.replace(EMAIL, (_, before) => before + found('e-mail'))
  return out.replace(PHONE, (whole, before, link, number) => {
    const isPhone = link || (/^\+[1-9]/.test(number) && number.replace(/\D/g, '').length > 8)
    return isPhone ? before + (link || '') + found('phone') : whole
  })
}

/** ISO 13616: with the head at the end and letters from 10 on, the number modulo 97 is 1. */
function isIban(number) {
  const digits = number.replace(/[ -]/g, '')
  return /(\D*\d){10}/.test(digits) && [...digits.slice(4) + digits.slice(0, 4)].reduce((rest, digit) => `${rest}${parseInt(digit, 36)}` % 97, '') === 1
}

/** Luhn's check, and a first digit that cards have. */
function isCard(digits) {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 ? 2 : 1)
    sum += digit > 9 ? digit - 9 : digit
  }
  return sum % 10 === 0 && /^[2-6]/.test(digits)
}
