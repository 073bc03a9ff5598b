// The tables, and whether the goals of issue 4 are met.

export const OURS = 'ours'

/** By how much less alike than the best peer a picture may be. */
const SLACK = 0.002
/** Least mean likeness of all pages. */
const MEAN = 0.98
/** A peer is a rival in speed where its likeness is within this of ours. */
const RIVAL = 0.02
/** How many times the time of the fastest of all. */
const SLOWEST = 1.5
/** Milliseconds: what is shorter blocks nobody (W3C Long Tasks), and no slice of our code is longer on an ordinary page. */
export const LONG_TASK = 50

const mean = values => values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : NaN
const fixed = (value, digits = 0) => Number.isFinite(value) ? value.toFixed(digits) : '–'

/** Lines of a table, columns aligned. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map(row => String(row[column]).length)))
  return rows.map(row => row.map((cell, column) => column ? String(cell).padStart(widths[column]) : String(cell).padEnd(widths[column])).join('  ')).join('\n')
}

const HEADS = ['ssim', 'wrong %', 'cold ms', 'warm ms', 'block ms', 'script ms', 'KB']

const cells = result => result.failure
  ? [fixed(0, 4), '–', fixed(result.cold), '–', fixed(result.task), fixed(result.script), result.failure.slice(0, 60)]
  : [fixed(result.ssim, 4), fixed(result.mismatch * 100, 2), fixed(result.cold), fixed(result.warm), fixed(result.task), fixed(result.script), fixed(result.bytes / 1024)]

/** A page's results. @param results candidate → result */
export const pageTable = ({ name, group }, results) => table([[`${name} (${group})`, ...HEADS], ...Object.entries(results).map(([candidate, result]) => [`  ${candidate}`, ...cells(result)])])

/** Whether a picture of the page is possible at all. */
const possible = ({ page }) => !page.refusal

/** Means by candidate: likeness by group and of all, and times of the pages on which nobody failed. */
export function summary(all) {
  const rows = all.filter(possible)
  if (!rows.length) return []
  const names = Object.keys(rows[0].results), groups = [...new Set(rows.map(({ page }) => page.group))]
  const fair = rows.filter(({ results }) => Object.values(results).every(({ failure }) => !failure))
  return names.map(name => {
    const of = (list, field) => list.map(({ results }) => results[name][field])
    return {
      name,
      ssim: Object.fromEntries([...groups.map(group => [group, mean(of(rows.filter(({ page }) => page.group === group), 'ssim'))]), ['all', mean(of(rows, 'ssim'))]]),
      failures: of(rows, 'failure').filter(Boolean).length,
      cold: mean(of(fair, 'cold')), warm: mean(of(fair, 'warm')), task: mean(of(fair, 'task')), longest: Math.max(...of(rows, 'task').filter(Number.isFinite)), bytes: mean(of(fair, 'bytes')), fair: fair.length,
    }
  })
}

export function summaryTable(lines) {
  const groups = Object.keys(lines[0].ssim)
  const head = ['', ...groups.map(group => `ssim ${group}`), 'failures', 'cold ms', 'warm ms', 'block ms', 'longest', 'KB']
  return table([head, ...lines.map(({ name, ssim, failures, cold, warm, task, longest, bytes }) => [name, ...groups.map(group => fixed(ssim[group], 4)), failures, fixed(cold), fixed(warm), fixed(task), fixed(longest), fixed(bytes / 1024)])])
}

/** What ours misses on a page, by goal. */
function missed({ page, results }) {
  const { [OURS]: ours, ...others } = results
  if (page.refusal) return ours.failure && !page.refusal.test(ours.failure) ? [['a refusal that says why', ours.failure]] : []
  if (ours.failure) return [['no failure', ours.failure]]
  const peers = Object.entries(others).filter(([, { failure }]) => !failure).map(([name, result]) => ({ name, ...result }))
  const truest = peers.toSorted((a, b) => b.ssim - a.ssim)[0]
  const fastest = peers.toSorted((a, b) => a.cold - b.cold)
  const rival = fastest.find(({ ssim }) => ssim >= ours.ssim - RIVAL)
  const shortest = peers.filter(({ task }) => task !== null).toSorted((a, b) => a.task - b.task)[0]
  const times = (peer, field) => `${fixed(ours[field])} ms, ${peer.name} ${fixed(peer[field])} ms`
  const misses = []
  if (truest && ours.ssim < truest.ssim - SLACK) misses.push(['as true as the best peer', `${fixed(ours.ssim, 4)}, ${truest.name} ${fixed(truest.ssim, 4)}`])
  if (rival && ours.cold >= rival.cold) misses.push(['faster than a peer as true', times(rival, 'cold')])
  if (fastest[0] && ours.cold > fastest[0].cold * SLOWEST) misses.push([`at most ${SLOWEST} × the fastest`, times(fastest[0], 'cold')])
  if (shortest && ours.task > LONG_TASK && ours.task >= shortest.task) misses.push(['the shortest block', times(shortest, 'task')])
  if (!page.huge && ours.script > LONG_TASK) misses.push([`script at most ${LONG_TASK} ms at a time`, `${fixed(ours.script)} ms`])
  return misses
}

/** Every goal that is missed, as `{goal, where, what}`. @param rows `{page, results}` with ours among the candidates */
export function goals(rows) {
  const misses = rows.flatMap(row => missed(row).map(([goal, what]) => ({ goal, where: row.page.name, what })))
  const all = mean(rows.filter(possible).map(({ results }) => results[OURS].ssim))
  if (all < MEAN) misses.push({ goal: `mean likeness at least ${MEAN}`, where: 'all pages', what: fixed(all, 4) })
  return misses
}
