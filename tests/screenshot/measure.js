// One candidate on one page: loads it, lets it settle, takes the browser's own picture, then the candidate's.
import { createHash } from 'node:crypto'
import { chromium } from 'playwright-core'
import { MARKS, longestScript, longestTask, trace } from './trace.js'

export const VIEWPORT = { width: 1280, height: 800 }
export const LIMIT_MS = 20_000
const SETTLE_MS = 8_000

// Nothing but this machine is there, and that is known at once. Scroll bars are drawn, as customers see them.
const ARGS = ['--no-sandbox', '--disable-gpu', '--enable-unsafe-swiftshader', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ARGS, ignoreDefaultArgs: ['--hide-scrollbars'] })

const within = (promise, ms, what) => {
  let timer
  return Promise.race([promise, new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(what)), ms) })]).finally(() => clearTimeout(timer))
}

// In the page, before its own scripts: when it last drew a frame of an animation.
const watchFrames = () => {
  const request = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = draw => { window.lastFrame = performance.now(); return request(draw) }
}

// In the page: everything has loaded, endless animations stand still, the others have come to their end.
export const settle = async quietMs => {
  await window.settled
  await document.fonts.ready
  await Promise.all([...document.images].map(image => image.loading !== 'lazy' && image.decode().catch(() => {})))
  const end = performance.now() + 3000
  await new Promise(done => {
    let timer
    const quiet = () => { clearTimeout(timer); timer = setTimeout(done, performance.now() > end ? 0 : quietMs) }
    new MutationObserver(quiet).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    quiet()
  })
  // A chart that grows is another one a moment later.
  while (performance.now() < end && performance.now() - (window.lastFrame ?? 0) < 150) await new Promise(done => setTimeout(done, 50))
  for (const animation of document.getAnimations()) {
    if (animation.playState !== 'running') continue
    const { endTime } = animation.effect?.getComputedTiming() ?? {}
    if (endTime !== Infinity) await Promise.race([animation.finished.catch(() => {}), new Promise(done => setTimeout(done, 2000))])
    if (animation.playState !== 'running') continue
    animation.pause()
    if (animation.timeline === document.timeline) animation.currentTime = 400
  }
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame)
}

// In the page: takes the picture and says how long that took.
export const capture = async (take, limit, [begin, end]) => {
  const late = new Promise((_, fail) => setTimeout(() => fail(new Error('timeout')), limit))
  performance.mark(begin)
  const start = performance.now()
  let blob, error
  try { blob = await Promise.race([take(), late]) } catch (thrown) { error = String(thrown?.message ?? thrown) || 'failed' }
  const ms = performance.now() - start
  performance.mark(end)
  if (!(blob instanceof Blob)) return { ms, error: error ?? 'no picture' }
  const bytes = blob.size
  if (blob.type !== 'image/png') {
    const bitmap = await createImageBitmap(blob), canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext('2d').drawImage(bitmap, 0, 0)
    blob = await canvas.convertToBlob()
  }
  const url = await new Promise(done => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(blob) })
  return { ms, bytes, png: url.slice(url.indexOf(',') + 1) }
}

export const rectangles = selectors => selectors.flatMap(selector => [...document.querySelectorAll(selector)].map(element => element.getBoundingClientRect().toJSON()))

/**
 * One run: the browser's own picture of a page just loaded, then a capture. What `also` names is done besides: `warm`, two
 * further captures; `tasks` or `script`, the longest of them from a trace.
 * @param {{origin: string, browser: object, page: object, candidate: object, also: string[]}} run
 * @returns {Promise<{cold: number, warm?: number[], bytes?: number, png?: Buffer, truth: Buffer, masks: object[],
 *   hash?: string, task?: number | null, script?: number | null, error?: string, hung?: boolean}>} times in ms
 */
export async function measure({ origin, browser, page, candidate, also }) {
  const context = await browser.newContext({ viewport: VIEWPORT, deviceScaleFactor: 1 })
  try {
    const tab = await context.newPage()
    await tab.addInitScript(watchFrames)
    const path = page.folder ? `/template/${page.name}/${page.path}` : `/page/${page.name}`
    await tab.goto(`${origin}${path}?with=${candidate.name}`, { waitUntil: 'load', timeout: LIMIT_MS })
    if (candidate.ready) await tab.evaluate(candidate.ready)
    await page.prepare?.(tab)
    await within(tab.evaluate(settle, page.quietMs ?? 100), SETTLE_MS, 'the page does not settle')
    const take = () => within(tab.evaluate(`(${capture})(${candidate.capture}, ${LIMIT_MS}, ${JSON.stringify(MARKS)})`), LIMIT_MS + 5000, 'timeout')
    const session = await context.newCDPSession(tab)
    const { data: truth } = await session.send('Page.captureScreenshot', { format: 'png' })
    const result = { truth: Buffer.from(truth, 'base64'), masks: await tab.evaluate(rectangles, page.unreadable ?? []) }
    const slices = also.includes('script')
    const stop = (slices || also.includes('tasks')) && await trace(browser, slices)
    const { ms, bytes, png, error, hung } = await take().catch(thrown => ({ ms: LIMIT_MS, error: thrown.message, hung: true }))
    const events = stop && await stop()
    if (also.includes('tasks')) result.task = longestTask(events)
    if (slices) result.script = longestScript(events)
    result.cold = ms
    if (error) return { ...result, error, hung }
    Object.assign(result, { bytes, png: Buffer.from(png, 'base64'), hash: createHash('sha256').update(png).update(truth).digest('hex') })
    if (also.includes('warm')) {
      result.warm = []
      for (let round = 0; round < 2; round++) result.warm.push((await take()).ms)
    }
    return result
  } finally {
    await within(context.close(), 5000, 'the page does not close').catch(() => {})
  }
}
