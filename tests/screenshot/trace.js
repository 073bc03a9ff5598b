// What the main thread of the page did while a picture was taken, from the browser's own trace.

export const MARKS = ['bench-start', 'bench-end']

const CATEGORIES = ['blink.user_timing', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8']

/** Slices in which script runs: ours, or the library's. A library's promise reactions have no slice of their own. */
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'v8.evaluateModule', 'v8.compile', 'v8.compileModule', 'v8.newInstance'])

/** Slices of the browser that script waits for. */
const BROWSER = new Set(['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Decode Image', 'Decode LazyPixelRef'])

/** Begins to trace; the function that it resolves to ends it and resolves to the events. */
export async function trace(browser) {
  const session = await browser.newBrowserCDPSession()
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => { for (const event of value) events.push(event) })
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { recordMode: 'recordUntilFull', traceBufferSizeInKb: 256 * 1024, includedCategories: CATEGORIES, excludedCategories: ['*'] } })
  return async () => {
    const complete = new Promise(done => session.once('Tracing.tracingComplete', done))
    await session.send('Tracing.end')
    await complete
    await session.detach()
    return events
  }
}

const frameOf = ({ args }) => args?.beginData?.frame ?? args?.data?.frame

/** Milliseconds that these spans cover within `start` and `end`, each counted once. */
function covered(spans, start, end) {
  let sum = 0, last = start
  for (const { ts, dur } of spans.toSorted((a, b) => a.ts - b.ts)) {
    const from = Math.max(last, ts), to = Math.min(end, ts + dur)
    if (to > from) { sum += to - from; last = to }
  }
  return sum / 1000
}

/**
 * The longest task of the main thread between the marks, and the longest stretch of script in it: without the layout and
 * the painting of other documents than the page (the picture's own, an SVG) and without the decoding of images, which
 * are the browser's.
 * @returns {{task: number, script: number} | null} ms; null where the marks are missing
 */
export function blocks(events) {
  const [first, last] = MARKS.map(name => events.find(event => event.name === name))
  if (!first || !last) return null
  const { pid, tid, ts: start } = first, end = last.ts
  const mine = events.filter(event => event.pid === pid && event.tid === tid && event.ph === 'X' && event.ts < end && event.ts + event.dur > start)
  const page = frameOf(first) ?? mine.filter(event => event.name === 'FunctionCall').map(frameOf)[0]
  const scripts = mine.filter(event => SCRIPT.has(event.name))
  const browser = mine.filter(event => BROWSER.has(event.name) && (event.name.startsWith('Decode') || frameOf(event) !== page))
  let task = 0, script = 0
  for (const { ts, dur } of mine.filter(event => event.name === 'RunTask')) {
    const from = Math.max(ts, start), to = Math.min(ts + dur, end)
    task = Math.max(task, (to - from) / 1000)
    const within = ({ ts: at }) => at >= from && at < to
    const running = scripts.filter(within)
    const waiting = browser.filter(slice => within(slice) && running.some(outer => slice.ts >= outer.ts && slice.ts < outer.ts + outer.dur))
    script = Math.max(script, covered(running, from, to) - covered(waiting, from, to))
  }
  return { task, script }
}
