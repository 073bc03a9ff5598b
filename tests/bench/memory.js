// What Baton holds after the worst a page can do: it must not grow with it.
import { chromium } from 'playwright-core'
import { ARGS, executablePath } from './calls.js'

const MB = 1024 * 1024

const CASES = [
  {
    name: '100,000 console lines', page: 'baton', most: 4,
    work: async () => { for (let index = 0; index < 100_000; index++) console.debug('line', index, 'x'.repeat(200)) },
  },
  {
    name: 'a response of 50 MB', page: 'baton', most: 4,
    work: async () => {
      const { body } = await fetch('/large')
      let bytes = 0
      for (const reader = body.getReader(); ;) {
        const { done, value } = await reader.read()
        if (done) break
        bytes += value.length
      }
      if (bytes < 50 * 1024 * 1024) throw new Error(`only ${bytes} bytes came`)
    },
  },
  {
    name: '10,000 DOM changes/s for 10 s', page: 'replay', most: 24,
    work: async () => {
      const list = document.getElementById('list')
      const end = performance.now() + 10_000
      let made = 0
      while (performance.now() < end) {
        for (let index = 0; index < 100; index++) {
          const item = document.createElement('li')
          item.textContent = `row ${made++}`
          list.append(item)
          if (list.childElementCount > 200) list.firstElementChild.remove()
        }
        await new Promise(done => setTimeout(done, 18))
      }
      return made
    },
  },
]

async function heap(session) {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(metric => metric.name === 'JSHeapUsedSize').value / MB
}

/** A line for each case: `{name, before, after, note, ok}`, MB of heap. */
export async function memory(server) {
  const browser = await chromium.launch({ executablePath, args: ARGS })
  const lines = []
  try {
    for (const { name, page: path, most, work } of CASES) {
      const page = await browser.newPage()
      await page.goto(`${server.origin}/${path}?idle`)
      await page.waitForTimeout(1500)
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable')
      const before = await heap(session)
      const start = performance.now()
      const done = await page.evaluate(work)
      const seconds = (performance.now() - start) / 1000
      const after = await heap(session)
      const did = typeof done === 'number' ? `${Math.round(done / seconds)} additions a second; ` : ''
      lines.push({ name, before, after, note: `${did}at most ${most} more`, ok: after - before <= most })
      await page.close()
    }
  } finally {
    await browser.close()
  }
  return lines
}
