// How true our pictures are in another browser, beside that browser's own.
import { open } from './browsers.js'
import { decode, judge } from './compare.js'
import { LIMIT_MS, VIEWPORT, capture, rectangles, settle } from './measure.js'
import { MARKS } from './trace.js'

async function measure(tab, { page, server, candidate }) {
  const path = page.folder ? `/template/${page.name}/${page.path}` : `/page/${page.name}`
  await tab.open(`${server.origin}${path}?with=${candidate.name}`)
  await tab.evaluate(String(candidate.ready))
  await page.prepare?.({ ...tab, evaluate: (code, argument) => tab.evaluate(String(code), argument) })
  await tab.evaluate(String(settle), page.quietMs ?? 100)
  const masks = await tab.evaluate(String(rectangles), page.unreadable ?? [])
  const truth = await tab.picture()
  const { ms, png, error } = await tab.evaluate(`() => (${capture})(${candidate.capture}, ${LIMIT_MS}, ${JSON.stringify(MARKS)})`)
  return { ms, truth, png: png && Buffer.from(png, 'base64'), masks, error }
}

/** Takes one picture of each page and prints how true it is. */
export async function abroad({ name, pages, server, candidate, save }) {
  let tab = await open(name, VIEWPORT)
  console.log(tab.version)
  const likenesses = []
  for (const page of pages) {
    let result, judged
    try {
      result = await measure(tab, { page, server, candidate })
      judged = result.error ? { ssim: 0, mismatch: 1, failure: result.error } : judge(decode(result.truth), decode(result.png), result.masks)
    } catch (error) {
      judged = { ssim: 0, mismatch: 1, failure: `the page: ${error.message}` }
      await tab.close().catch(() => {})
      tab = await open(name, VIEWPORT)
    }
    if (result) await save(page, result, judged)
    if (!page.refusal) likenesses.push(judged.ssim)
    console.log(`${page.name.padEnd(24)} ${judged.ssim.toFixed(4)} ${(judged.mismatch * 100).toFixed(2).padStart(6)} % ${String(Math.round(result?.ms ?? NaN)).padStart(6)} ms  ${judged.failure ?? ''}`)
  }
  await tab.close()
  console.log(`mean of ${likenesses.length}: ${(likenesses.reduce((sum, value) => sum + value, 0) / likenesses.length).toFixed(4)}`)
}
