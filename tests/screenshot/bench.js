// Pictures of the same pages by Baton and by the capture libraries, beside the browser's own: how true, how
// fast, how much in the way. `node bench.js [--page NAME] [--only ours,snapdom] [--runs N] [--save DIR]`; `--browser
// firefox` or `webkit` takes ours alone in that browser.
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { candidates } from './candidates.js'
import { decode, encode, judge } from './compare.js'
import { launch, measure } from './measure.js'
import { abroad } from './abroad.js'
import { film, files } from './pages/files.js'
import { every } from './pages/index.js'
import { OURS, goals, pageTable, summary, summaryTable } from './report.js'
import { serve } from './server.js'

const { values: options } = parseArgs({ options: { page: { type: 'string' }, only: { type: 'string' }, runs: { type: 'string', default: '3' }, save: { type: 'string' }, browser: { type: 'string' } } })
const target = new URL('../../target/bench/', import.meta.url)
const dist = process.env.BATON_DIST ? pathToFileURL(`${process.env.BATON_DIST}/`) : new URL('../../dist/', import.meta.url)
const names = options.only?.split(',') ?? [...candidates.keys()]
const pages = every.filter(({ name, group }) => !options.page || options.page.split(',').some(part => name === part || group === part))
const runs = Number(options.runs)

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** A picture's `{ssim, mismatch, failure, diff}`. */
function weigh({ error, truth, png, masks }) {
  if (error) return { ssim: 0, mismatch: 1, failure: error }
  return judge(decode(truth), decode(png), masks)
}

async function save(page, name, { truth, png }, { diff }) {
  const write = (kind, bytes) => writeFile(join(options.save, `${page.name}-${kind}.png`), bytes)
  await mkdir(options.save, { recursive: true })
  if (truth) await write(name === OURS ? 'truth' : `${name}-truth`, truth)
  if (png) await write(name, png)
  if (diff) await write(`${name}-diff`, encode(diff))
}

/** The worst of a page's pictures, and the median of its times. */
function total(measured, script) {
  const [{ result: { warm, task, bytes } }] = measured
  const worst = measured.reduce((found, { judged }) => judged.ssim < found.ssim ? judged : found, measured[0].judged)
  const { ssim, mismatch, failure } = worst
  return { ssim, mismatch, failure, bytes, cold: median(measured.map(({ result }) => result.cold)), warm: warm && median(warm), task, script }
}

await access(new URL('baton.js', dist)).catch(() => { throw new Error(`no baton.js in ${dist}: run "cargo xtask build" first`) })
const server = await serve({ pages: new Map(every.map(page => [page.name, page])), candidates, dist, files })
let browser

async function run(page, name, also) {
  if (!browser?.isConnected()) browser = await launch()
  const result = await measure({ origin: server.origin, browser, page, candidate: candidates.get(name), also })
    .catch(error => ({ cold: NaN, task: null, script: null, error: `the page: ${error.message.split('\n')[0]}`, hung: true }))
  if (result.hung) await browser.close()
  return result
}

// Only of ours: what libraries do in promise reactions no trace names.
async function script(page) {
  for (let attempt = 0; attempt < 2; attempt++) {
    const { script } = await run(page, OURS, ['script'])
    if (script !== null) return script
  }
  return null
}

async function bench(page, index) {
  const measured = Object.fromEntries(names.map(name => [name, []]))
  for (let round = 0; round < runs; round++) for (let turn = 0; turn < names.length; turn++) {
    // Another one begins each time, so that a slow moment of the machine hits all.
    const name = names[(turn + round + index) % names.length], before = measured[name]
    if (before.at(-1)?.judged.failure) continue
    const result = await run(page, name, round ? [] : ['tasks', 'warm'])
    const same = before.find(({ result: { hash } }) => hash && hash === result.hash)
    const judged = same?.judged ?? weigh(result)
    if (options.save && !round) await save(page, name, result, judged)
    before.push({ result, judged })
  }
  const results = {}
  for (const name of names) results[name] = total(measured[name], name === OURS ? await script(page) : null)
  return results
}

if (options.browser) {
  browser = await launch()
  files.set('/files/film.webm', await film(browser))
  await browser.close()
  await abroad({ name: options.browser, pages, server, candidate: candidates.get(OURS), save: (page, result, judged) => options.save && save(page, OURS, result, judged) })
  await server.close()
  process.exit()
}

const rows = []
try {
  browser = await launch()
  files.set('/files/film.webm', await film(browser))
  for (const [index, page] of pages.entries()) {
    const results = await bench(page, index)
    rows.push({ page, results })
    console.log(`${pageTable(page, results)}\n`)
  }
} finally {
  await browser?.close()
  await server.close()
}

const lines = summary(rows)
if (lines.length) console.log(`${rows.length} pages; times are means of the ${lines[0].fair} pages that nobody failed on\n${summaryTable(lines)}`)
const misses = names.includes(OURS) ? goals(rows) : []
if (misses.length) console.log(`\nGoals missed:\n${misses.map(({ goal, where, what }) => `  ${goal}: ${where}: ${what}`).join('\n')}`)
await mkdir(target, { recursive: true })
await writeFile(new URL('screenshot.json', target), `${JSON.stringify({ runs, pages: rows.map(({ page: { name, group }, results }) => ({ name, group, results })), summary: lines, misses }, null, 2)}\n`)
process.exitCode = misses.length ? 1 : 0
