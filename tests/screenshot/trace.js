// What the main thread of the page did while a picture was taken, from the browser's own trace.

export const MARKS = ['bench-start', 'bench-end']

const TASKS = ['blink.user_timing', 'disabled-by-default-devtools.timeline']
/** With them the trace holds the address of each request, too; a picture's `data:` address may be larger than the trace's buffer. */
const SLICES = [...TASKS, 'devtools.timeline']

/** Slices in which script runs. Promise reactions have none of their own, but Rust's futures are calls of a function. */
const SCRIPT = new Set(['FunctionCall', 'EvaluateScript', 'v8.evaluateModule', 'v8.compile', 'v8.compileModule'])

/** Slices of the browser that script waits for. */
const BROWSER = new Set(['UpdateLayoutTree', 'Layout', 'PrePaint', 'Paint', 'Decode Image', 'Decode LazyPixelRef'])

/** Begins to trace, with `slices` of tasks or without; the function that it resolves to ends it and resolves to the events, or to null where some were lost. */
export async function trace(browser, slices) {
  const session = await browser.newBrowserCDPSession()
  const events = []
  session.on('Tracing.dataCollected', ({ value }) => { for (const event of value) events.push(event) })
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { recordMode: 'recordUntilFull', traceBufferSizeInKb: 256 * 1024, includedCategories: slices ? SLICES : TASKS, excludedCategories: ['*'] } })
  return async () => {
    const complete = new Promise(done => session.once('Tracing.tracingComplete', done))
    await session.send('Tracing.end')
    const { dataLossOccurred } = await complete
    await session.detach()
    return dataLossOccurred ? null : events
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
 * The page's main thread between the marks: its slices and tasks, with times in microseconds; null where a mark is missing. `busy` is
 * the part of a task in which the thread had a processor: another process that took it is nothing a page does.
 */
function thread(events) {
  const [first, last] = MARKS.map(name => events?.find(event => event.name === name))
  if (!first || !last) return null
  const { pid, tid, ts: start } = first, end = last.ts
  const slices = events.filter(event => event.pid === pid && event.tid === tid && event.ph === 'X' && event.ts < end && event.ts + event.dur > start)
  const tasks = slices.filter(({ name }) => name === 'RunTask').map(({ ts, dur, tdur = dur }) => ({ from: Math.max(ts, start), to: Math.min(ts + dur, end), busy: tdur / dur }))
  return { slices, tasks }
}

/** Milliseconds of the processor in the longest task; null where the trace has lost some. */
export function longestTask(events) {
  const main = thread(events)
  return main && Math.max(0, ...main.tasks.map(({ from, to, busy }) => (to - from) * busy / 1000))
}

/**
 * Milliseconds of the processor for script in the task with the most of it: without the layout and painting of other documents than the
 * page (those of the picture, an SVG) and without the decoding of images, which are the browser's. Null where the trace
 * has lost slices.
 */
export function longestScript(events) {
  const main = thread(events)
  if (!main) return null
  const scripts = main.slices.filter(({ name }) => SCRIPT.has(name))
  const page = scripts.map(frameOf).find(Boolean)
  const browser = main.slices.filter(slice => BROWSER.has(slice.name) && (slice.name.startsWith('Decode') || frameOf(slice) !== page))
  return Math.max(0, ...main.tasks.map(({ from, to, busy }) => {
    const within = ({ ts }) => ts >= from && ts < to
    const running = scripts.filter(within)
    const waiting = browser.filter(slice => within(slice) && running.some(({ ts, dur }) => slice.ts >= ts && slice.ts < ts + dur))
    return (covered(running, from, to) - covered(waiting, from, to)) * busy
  }))
}
