// The packet, and its records of all kinds as one list on one clock.

const data = JSON.parse(document.getElementById('data').textContent)
const { packet } = data
const { evidence } = packet
const performance = evidence.performance || {}

const INFO = 0
const WARN = 1
const ERROR = 2

/** The part of a URL that tells requests of this page apart. */
const shortUrl = url => {
  let origin
  try {
    origin = new URL(packet.environment.page_url).origin + '/'
  } catch {
    // A redacted URL need not be one.
  }
  return origin && url.startsWith(origin) ? url.slice(origin.length - 1) : url
}

const DONE = {
  click: 'Click', double_click: 'Double-click', key: 'Press', input: 'Enter', submit: 'Submit', scroll: 'Scroll',
  navigate: 'Go to', visibility: 'Page is', resize: 'Resize to', breadcrumb: 'Note',
}

/** What was put into a field, or how much where it is private. */
const entered = ({ value, field }) => value != null ? `“${value}”`
  : field ? `${counted(field.length, 'character')}${field.private ? ', not recorded' : ''}` : ''

/** A step after its verb: `button “Save”`. */
const stepText = step => {
  const { action, target, key, point, size, url } = step
  if (action === 'key') return `${key || 'a key'}${target && ` in ${target}`}`
  if (action === 'input') return `${entered(step) || 'something'} in ${target}`
  if (action === 'navigate') return shortUrl(url || target)
  if (action === 'scroll' && point) return `${target ? target + ' ' : ''}to ${number(point.x)}, ${number(point.y)}`
  if (action === 'resize' && size) return `${number(size.width)} × ${number(size.height)}`
  return target
}

const FAILED = { network: 'no response', cors: 'no CORS', abort: 'aborted', timeout: 'timed out', offline: 'offline' }

const outcome = ({ status, failure, initiator, close_code: close }) => failure ? FAILED[failure]
  : close ? `closed ${close}` : status ?? (initiator === 'websocket' || initiator === 'eventsource' ? 'open' : 'pending')

const isBad = ({ status, failure }) => Boolean(failure) || status >= 400

// Of each kind: its name, its records, and of a record the level, the word before the text, the text and what is beside it.
const KINDS = {
  steps: {
    name: 'Steps', of: evidence.steps,
    level: () => INFO, word: step => DONE[step.action], text: stepText, side: () => '',
  },
  errors: {
    name: 'Errors', of: evidence.errors,
    level: error => error.kind === 'report' ? WARN : ERROR,
    word: error => error.name || inWords(error.kind), text: error => error.message,
    side: error => error.line ? `${(error.source || '').split('/').pop()}:${error.line}` : '',
  },
  network: {
    name: 'Network', of: evidence.network,
    level: request => isBad(request) ? ERROR : request.slow ? WARN : INFO,
    word: request => request.method, text: request => shortUrl(request.url),
    side: request => [outcome(request), request.duration_ms != null && duration(request.duration_ms)].filter(Boolean).join(' · '),
  },
  console: {
    name: 'Console', of: evidence.console,
    level: ({ level }) => level === 'error' || level === 'assert' ? ERROR : level === 'warn' ? WARN : INFO,
    word: line => line.level, text: line => line.message, side: () => '',
  },
  long_tasks: {
    name: 'Long tasks', of: performance.long_tasks,
    level: () => WARN, word: () => 'Blocked', text: task => `The page did not react for ${duration(task.duration_ms)}`, side: () => '',
  },
}

/** All records, oldest first: {id, kind, index, record, level, led}; `led`: part of what led to the error. */
const items = Object.entries(KINDS)
  .flatMap(([kind, { of, level }]) => (of?.records || []).map((record, index) => (
    { kind, index, record, level: level(record), led: Boolean(data.slice[kind]?.includes(index)) })))
  .sort((a, b) => a.record.ms - b.record.ms)
items.forEach((item, place) => {
  const { word, text, side } = KINDS[item.kind]
  const { record } = item
  Object.assign(item, { id: `record-${place}`, word: word(record), text: text(record), side: side(record) })
  // With the words shown: a search finds what the reader sees as well as what is in the details.
  item.search = `${item.word} ${item.text} ${Object.values(record).map(value).join(' ')}`.toLowerCase()
})

/** What went wrong last, if anything did. */
const trouble = items.findLast(item => item.led && item.kind === 'errors') || items.findLast(item => item.led && item.level === ERROR)

// Both clocks are tied together at the latest record: there the wall clock had the least time to jump before the report.
const latest = items.at(-1)?.record
const reportMs = latest ? latest.ms + (Date.parse(packet.created_at) - Date.parse(latest.at) || 0) : 0

/** What times can be told from. */
const ANCHORS = {
  ...trouble && { trouble: ['Time from the error', ({ ms }) => offset(ms - trouble.record.ms)] },
  report: ['Time from the report', ({ ms }) => offset(ms - reportMs)],
  wall: ['Clock (UTC)', ({ at }) => clock(at)],
}
