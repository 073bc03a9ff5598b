// The second part of the sensors, loaded when the page has been read: steps, what failed besides scripts, the details
// of requests, performance, and the recording of the last seconds.

import describing from './describe.js'
import * as privacy from './privacy.js'
import requesting from './requests.js'
import scrubbing from './scrub.js'
import stepping from './steps.js'
import measuring from './vitals.js'

const DEFAULT_SECONDS = 30

/**
 * Starts to sense, and takes over what the loader has kept in `core.early` until now.
 * @param core what the loader shares (see `core` in baton.js)
 */
export default core => {
  const { base, version, config, early, push, quiet, clip, signal } = core
  if (signal.aborted) return
  core.privacy = privacy
  const gaps = []
  const scrubber = scrubbing(core, privacy)
  core.pageUrl = () => scrubber.scrubUrl(location.href)

  // ---- What failed besides scripts

  const resource = ({ timeStamp, isTrusted }, [element]) => {
    // A page's own event of that name bubbles here, too.
    if (!isTrusted || !element.getAttribute) return
    const url = element.currentSrc || element.src || element.href?.baseVal || element.href || element.data || ''
    push('errors', { kind: 'resource', name: element.localName, message: `${element.localName} could not be loaded`, source: clip(scrubber.scrubUrl(`${url}`), 2048) }, timeStamp)
  }

  const violation = event => {
    const blocked = event.blockedURI || 'inline'
    // While a picture is taken, what it is made of.
    if (core.muted && /^(data|blob|inline)/.test(blocked)) return
    // The page's request, sent through the loader's wrapper.
    const { sourceFile, lineNumber, columnNumber } = event.sourceFile?.startsWith(`${base}baton.js`) ? {} : event
    push('errors', {
      kind: 'csp', name: clip(event.effectiveDirective, 99), source: sourceFile ? clip(sourceFile, 2048) : undefined, line: lineNumber, column: columnNumber,
      message: clip(`${event.effectiveDirective} ${event.disposition === 'report' ? 'would block' : 'blocked'} ${blocked}`),
    }, event.timeStamp)
  }

  const report = ({ type, body }) => push('errors', {
    kind: 'report', name: type, message: clip(body.message), source: body.sourceFile ? clip(body.sourceFile, 2048) : undefined, line: body.lineNumber, column: body.columnNumber,
  })

  const watchReports = () => {
    if (!window.ReportingObserver) return gaps.push({ stage: 'errors', reason: 'deprecations and interventions are not told by this browser' })
    const observer = new ReportingObserver(reports => reports.forEach(one => quiet('errors', () => report(one))), { types: ['deprecation', 'intervention'], buffered: true })
    observer.observe()
    signal.addEventListener('abort', () => observer.disconnect())
  }

  // ---- The parts: one that fails is a gap, and never costs the others.

  const begin = (stage, f) => {
    try {
      return f()
    } catch (error) {
      gaps.push({ stage, reason: `could not be started: ${clip(error, 200)}` })
    }
  }
  begin('errors', watchReports)
  const requests = begin('network', () => requesting(core, privacy, scrubber))
  const vitals = begin('performance', () => measuring(core))
  const steps = begin('steps', () => stepping(core, privacy, describing(privacy), scrubber))

  // ---- The recording

  let recorder = null // {seconds, recording}
  const record = () => {
    const { replay } = config
    const seconds = replay === true || replay === '' || replay === 'true' ? DEFAULT_SECONDS : Number(replay?.seconds ?? replay) || 0
    if (recorder?.seconds === seconds || (!recorder && !(seconds > 0))) return
    recorder?.recording.then(one => one.stop(), () => {})
    recorder = seconds > 0 ? { seconds, recording: import(`${base}baton-replay.js?v=${version}`).then(module => module.record(core, { seconds })) } : null
    core.recording = recorder?.recording
    core.recording?.catch(() => {})
  }
  const whenLoaded = () => begin('replay', record)
  if (document.readyState === 'complete') whenLoaded()
  else core.listen(window, 'load', whenLoaded)
  signal.addEventListener('abort', () => { recorder?.recording.then(one => one.stop(), () => {}) })

  // ---- What the loader tells

  const hear = {
    error: ['errors', resource],
    securitypolicyviolation: ['errors', violation],
    click: ['steps', (event, path) => steps?.click(event, path)],
  }
  core.told = (kind, a, b, c) => {
    // Of these, the loader speaks from within a hook, which wants no record of a request that cannot be one.
    if (kind === 'request') return requests.request(a, b, c)
    if (kind === 'response') return requests.response(a, b)
    if (kind === 'config') return document.readyState === 'complete' && whenLoaded()
    const [stage, take] = hear[kind]
    quiet(stage, take, a, b)
  }
  for (const news of early.splice(0)) {
    try {
      core.told(...news)
    } catch {
      // Its address may hold anything.
      if (news[0] === 'request') news[1].url = 'about:invalid'
    }
  }

  /** Brings the rings up to date, and returns the vitals. */
  core.finish = () => {
    steps?.flush()
    // The loader itself keeps the page's breadcrumbs.
    for (const [record] of core.rings.steps.list) if (record.action === 'breadcrumb') record.url = scrubber.scrubUrl(record.url)
    return vitals ? vitals.values() : {}
  }

  /** What cannot be recorded here. Changes nothing. */
  core.gaps = () => [...gaps, ...(steps?.gaps() || []), ...(vitals?.gaps() || [])]
}
