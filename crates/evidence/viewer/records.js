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

const FAILED = { network: 'no answer', cors: 'CORS?', abort: 'aborted', timeout: 'timed out', offline: 'offline' }

const outcome = ({ status, failure, initiator, close_code: close }) => failure ? FAILED[failure]
  : close ? `closed ${close}` : status ?? (initiator === 'websocket' || initiator === 'eventsource' ? 'open' : 'pending')

/** A request that the page called off itself did not go wrong. */
const isBad = ({ status, failure }) => status >= 400 || Boolean(failure) && failure !== 'abort'

// Of each kind: its name, its records, and of a record the level, the word before the text, the text and what is beside it.
const KINDS = {
  step: {
    name: 'Steps', of: evidence.steps,
    level: () => INFO, word: step => step.action.replace('_', ' '), text: (step, words) => words, side: () => '',
  },
  error: {
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
  long_task: {
    name: 'Long tasks', of: performance.long_tasks,
    level: () => WARN, word: () => 'blocked', text: task => `The page did not react for ${duration(task.duration_ms)}`, side: () => '',
  },
}

const explains = new Set(data.slice.entries)

/** All records, oldest first. `led`: part of what explains the failure; `search`: what is shown and what is in the details. */
const items = data.timeline.map(([kind, index, words], place) => {
  const { of, level, word, text, side } = KINDS[kind]
  const record = of.records[index]
  const item = { id: `record-${place}`, kind, record, led: explains.has(place), level: level(record), word: word(record), text: text(record, words), side: side(record) }
  item.search = `${item.word} ${item.text} ${Object.values(record).map(value).join(' ')}`.toLowerCase()
  return item
})

/** What went wrong, if anything did: else the slice is about the last step. */
const trouble = [items[data.slice.cause]].find(item => item?.level === ERROR)

// Both clocks are tied together at the latest record: there the wall clock had the least time to jump before the report.
const latest = items.at(-1)?.record
const reportMs = latest ? latest.ms + (Date.parse(packet.created_at) - Date.parse(latest.at) || 0) : 0

/** What times can be told from. */
const ANCHORS = {
  ...trouble && { trouble: ['Time from the error', ({ ms }) => offset(ms - trouble.record.ms)] },
  report: ['Time from the report', ({ ms }) => offset(ms - reportMs)],
  wall: ['Clock (UTC)', ({ at }) => clock(at)],
}
