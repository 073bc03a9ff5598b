// The requests as bars on the clock.

const IDLE_MS = 1500 // a pause longer than this is drawn as one of this length
const isStream = ({ initiator }) => initiator === 'websocket' || initiator === 'eventsource'
const took = request => request.duration_ms || 0

/**
 * Places on a clock whose long pauses are cut short, so that a burst of requests after a minute of
 * reading is not a hair's breadth.
 * @param spans [start, end] in milliseconds
 * @returns {{at(ms), pauses}} a share of the whole from 0 to 1, and the places where time was cut
 */
const squeezed = spans => {
  const knots = [] // [ms, place] of where the clock's speed changes
  const pauses = []
  let end
  let length = 0
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    if (end === undefined) {
      end = from
      knots.push([from, 0])
    }
    const pause = from - end
    if (pause > IDLE_MS) {
      pauses.push({ place: length + IDLE_MS / 2, ms: pause })
      knots.push([end, length], [from, length += IDLE_MS])
      end = from
    }
    if (to > end) {
      length += to - end
      end = to
    }
    knots.push([end, length])
  }
  const whole = Math.max(length, 1)
  const at = ms => {
    const next = knots.findIndex(([knot]) => knot >= ms)
    if (next < 1) return (next ? length : 0) / whole
    const [[before, low], [after, high]] = [knots[next - 1], knots[next]]
    return (low + (after > before ? (ms - before) / (after - before) * (high - low) : 0)) / whole
  }
  return { at, pauses: pauses.map(({ place, ms }) => ({ share: place / whole, ms })) }
}

const COLUMNS = [
  ['Request', item => item.record.url],
  ['Outcome', item => item.record.status ?? (item.record.failure ? 0 : 1e3)],
  ['Took', item => item.record.duration_ms ?? Infinity],
  ['Size', item => item.record.transfer_bytes ?? item.record.response?.bytes ?? -1],
  ['Clock', item => item.record.ms],
]

/** As `timeline`. */
const waterfall = select => {
  const requests = items.filter(item => item.kind === 'network')
  // How long a socket was open says nothing about when something happened.
  const { at, pauses } = squeezed(requests.map(({ record }) => [record.ms, record.ms + (isStream(record) ? 0 : took(record))]))
  const put = (element, from, to) => {
    element.style.insetInlineStart = `${from * 100}%`
    if (to !== undefined) element.style.inlineSize = `${Math.max(to - from, 0) * 100}%`
    return element
  }
  const bar = record => {
    const start = at(record.ms)
    const end = at(record.ms + took(record))
    const first = record.wait_ms != null ? at(record.ms + Math.min(record.wait_ms, took(record))) : end
    return h('div', { class: 'track' },
      trouble && put(h('i', { class: 'trouble' }), at(trouble.record.ms)),
      pauses.map(pause => put(h('i', { class: 'pause', title: `${duration(pause.ms)} without a request` }), pause.share)),
      put(h('b', { class: 'wait' }), start, first), put(h('b', { class: 'receive' }), first, end))
  }
  const rows = new Map(requests.map(item => {
    const { record } = item
    const name = h('button', { type: 'button', dir: 'ltr', title: record.url, onclick: () => select(item) }, `${record.method} ${item.text}`)
    const size = record.transfer_bytes ?? record.response?.bytes
    return [item, h('tr', { 'data-level': item.level, 'data-stream': isStream(record) },
      h('th', { scope: 'row' }, name), h('td', { class: 'status' }, outcome(record)),
      h('td', { class: 'number' }, record.duration_ms != null && duration(record.duration_ms)), h('td', { class: 'number' }, size != null && bytes(size)),
      h('td', { class: 'bar' }, bar(record)))]
  }))

  const body = h('tbody')
  let sorted = { column: COLUMNS.length - 1, up: true }
  const heads = COLUMNS.map(([name], column) => h('th', { scope: 'col' }, h('button', { type: 'button', onclick: () => {
    sorted = { column, up: sorted.column === column ? !sorted.up : true }
    sort()
  } }, name)))
  const sort = () => {
    const key = COLUMNS[sorted.column][1]
    const order = (a, b) => key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
    body.append(...[...requests].sort((a, b) => sorted.up ? order(a, b) : order(b, a)).map(item => rows.get(item)))
    heads.forEach((head, column) => head.setAttribute('aria-sort', column !== sorted.column ? 'none' : sorted.up ? 'ascending' : 'descending'))
  }
  sort()

  body.addEventListener('keydown', event => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
    const button = step && event.target.closest('tr')[step]?.querySelector('button')
    if (!button) return
    event.preventDefault()
    button.focus()
    button.click()
  })

  return {
    element: requests.length === 0 ? h('p', { class: 'soft' }, 'No request was recorded.') : h('div', null,
      h('p', { class: 'legend soft' },
        h('span', null, h('b', { class: 'wait' }), 'waiting'), h('span', null, h('b', { class: 'receive' }), 'receiving'),
        trouble && h('span', null, h('i', { class: 'trouble' }), 'the error'),
        pauses.length > 0 && h('span', null, h('i', { class: 'pause' }), 'a pause cut short')),
      dropped([KINDS.network]),
      h('table', { class: 'waterfall' }, h('thead', null, h('tr', null, heads)), body)),
    mark: open => {
      for (const [item, row] of rows) row.toggleAttribute('data-open', item === open)
    },
  }
}
