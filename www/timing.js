// When the rings are read: what the browser's own clock knows of each request, what was slow, and why one failed.

const SLOW_MS = 3000

const round = ms => Math.round(ms * 10) / 10
const isSocket = ({ initiator }) => initiator === 'websocket' || initiator === 'eventsource'

/** Joins a resource entry with the record of the same URL that began right before it. */
const join = (list, asked, joined, entry) => {
  const { name, initiatorType, startTime, requestStart, responseStart, responseEnd } = entry
  if (initiatorType !== 'fetch' && initiatorType !== 'xmlhttprequest') return
  const initiator = initiatorType === 'fetch' ? 'fetch' : 'xhr'
  const fits = record => record.initiator === initiator && record.ms <= startTime && !joined.has(record) && (asked.get(record) || record.url).split('#')[0] === name
  const found = list.findLast(([record]) => fits(record))
  if (!found) return
  const [record] = found
  joined.add(record)
  // Zeros are what another origin has not allowed to be known.
  if (responseStart > 0 && requestStart > 0) {
    record.wait = round(responseStart - requestStart)
    record.receive = round(responseEnd - responseStart)
  }
  if (record.duration >= 0 && !record.failure_text) record.duration = Math.max(record.duration, responseEnd - record.ms)
  if (entry.nextHopProtocol) record.protocol = entry.nextHopProtocol
  if (entry.transferSize > 0) record.transfer_bytes = entry.transferSize
  if (entry.decodedBodySize > 0) record.response = { ...record.response, bytes: entry.decodedBodySize }
}

const absolute = url => { try { return new URL(url, document.baseURI).href } catch { return 'about:invalid' } }

/** A TypeError is the network's failure, else the page's own reason to abort; of another origin, it may be CORS. */
const failureOf = ({ failure_text: text, offline, url }) => {
  if (/^timeout/i.test(text)) return 'timeout'
  if (!/^((Type|Network)E|error$)/.test(text)) return 'abort'
  return offline ? 'offline' : new URL(url).origin === location.origin ? 'network' : 'cors'
}

/**
 * @param core what the loader shares; of it `timings`, lists of entries of the Resource Timing API not looked at yet,
 *   and `asked`, both made by the sensors
 * @returns {() => void} completes the records of requests in the ring; called as often as they are read
 */
export default core => {
  const joined = new WeakSet() // records that have their timing
  return () => {
    const { list } = core.rings.network
    for (const entries of core.timings?.splice(0) || []) for (const entry of entries.getEntries()) join(list, core.asked, joined, entry)
    const slowMs = core.config.network?.slowMs > 0 ? core.config.network.slowMs : SLOW_MS
    for (const [record] of list) {
      // The sensors, where they are, have made it so at once.
      if (!core.asked) record.url = absolute(record.url)
      if (!isSocket(record) && (record.duration ?? core.now() - record.ms) > slowMs) record.slow = true
      if (record.failure_text) record.failure ??= failureOf(record)
    }
  }
}
