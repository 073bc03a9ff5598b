// How the page performed: long tasks and the three Core Web Vitals, by the definitions of web.dev.

const CLS_GAP_MS = 1000 // between two shifts of one session window
const CLS_WINDOW_MS = 5000
const INP_KEPT = 10 // the worst interactions; one in fifty is ignored
const TIMINGS = 200 // as many as requests are kept

/**
 * @param core what the loader shares; of it `timings` gets lists of entries of the Resource Timing API
 * @returns {{values, gaps}} `values()` is `{lcp, cls, inp}` in milliseconds (cls: a score), without what is not known
 */
export default core => {
  const gaps = []
  const values = {}
  const shifts = { score: 0, first: 0, last: -Infinity }
  const worst = new Map() // interactionId → the longest event's duration
  const counted = new Set()

  const longTask = ({ startTime, duration }) => { core.push('performance', { duration }, startTime) }
  // What is first drawn after the page was in the background says nothing of its loading.
  const paint = ({ startTime }) => {
    const hidden = performance.getEntriesByType('visibility-state').find(({ name }) => name === 'hidden')
    if (hidden ? startTime < hidden.startTime : !document.hidden) values.lcp = startTime
  }
  const shift = ({ startTime, value, hadRecentInput }) => {
    if (hadRecentInput) return
    const isNext = startTime - shifts.last < CLS_GAP_MS && startTime - shifts.first < CLS_WINDOW_MS
    if (!isNext) Object.assign(shifts, { score: 0, first: startTime })
    shifts.score += value
    shifts.last = startTime
    values.cls = Math.max(values.cls, shifts.score)
  }
  const interaction = ({ interactionId, duration }) => {
    if (!interactionId) return
    if (!performance.interactionCount) counted.add(interactionId)
    worst.set(interactionId, Math.max(worst.get(interactionId) || 0, duration))
    if (worst.size > INP_KEPT) worst.delete([...worst].reduce((least, one) => (one[1] < least[1] ? one : least))[0])
  }

  const timings = core.timings = []
  // As they come: to look at them is dear, and only needed once the rings are read.
  const keep = list => { if (timings.push(list) > TIMINGS) timings.shift() }

  const watch = (type, take, stage, options) => {
    const each = list => list.getEntries().forEach(entry => core.quiet(stage, take, entry))
    try {
      if (!PerformanceObserver.supportedEntryTypes.includes(type)) throw new Error('not measured by this browser')
      const observer = new PerformanceObserver(take ? each : keep)
      observer.observe({ type, buffered: true, ...options })
      core.signal.addEventListener('abort', () => observer.disconnect())
      return true
    } catch (error) {
      gaps.push({ stage, reason: `${type}: ${/not measured/.test(error) ? error.message : 'not measured by this browser'}` })
    }
  }
  watch('longtask', longTask, 'performance')
  watch('largest-contentful-paint', paint, 'performance')
  if (watch('layout-shift', shift, 'performance')) values.cls = 0
  watch('event', interaction, 'performance', { durationThreshold: 40 })
  watch('first-input', interaction, 'performance')
  watch('resource', null, 'network')

  return {
    gaps: () => gaps,
    values() {
      if (!core.isOn('performance')) return {}
      const longest = [...worst.values()].sort((a, b) => b - a)
      // Interactions under 40 ms are no entries; the browser counts them, too.
      const total = performance.interactionCount || counted.size
      const inp = longest[Math.min(longest.length - 1, Math.floor(total / 50))]
      return { ...values, ...(inp === undefined ? {} : { inp }) }
    },
  }
}
