// What Baton costs the page it is on, beside @sentry/browser's breadcrumbs and a page without either,
// all in one run. Prints ratios to the bare page; a budget is on the ratio between the peers.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { calls } from './calls.js'
import { memory } from './memory.js'
import { serve } from './server.js'

/** Ours may take at most this share of the peer's time for a call. */
const MOST_OF_PEER = 1

const bundle = async () => {
  const entry = fileURLToPath(new URL('sentry.js', import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, minify: true, format: 'iife', write: false })
  return outputFiles[0].text
}

const www = new URL('../../www/', import.meta.url)
const server = await serve({ www, sentry: await bundle() })
let failed = false
try {
  const results = await calls(server)
  console.log('\nmicroseconds a call (ratio to the bare page); ours to the peer: median of the browsers, lowest to highest')
  for (const [name, { bare, baton, sentry, ratio, range }] of Object.entries(results)) {
    const show = value => `${value.toFixed(2).padStart(9)} (${(value / bare).toFixed(2)})`
    const within = ratio <= MOST_OF_PEER
    failed = failed || !within
    const spread = range.map(value => value.toFixed(2)).join('–')
    console.log(`${name.padEnd(34)} bare ${bare.toFixed(2).padStart(8)}  baton ${show(baton)}  sentry ${show(sentry)}  baton/sentry ${ratio.toFixed(2)} (${spread})${within ? '' : '  PAST THE BUDGET'}`)
  }
  console.log('\nmemory of the page, MB of JavaScript heap after collection')
  for (const { name, before, after, note, ok } of await memory(server)) {
    failed = failed || !ok
    console.log(`${name.padEnd(34)} before ${before.toFixed(1)}  after ${after.toFixed(1)}  ${note}${ok ? '' : '  PAST THE BUDGET'}`)
  }
} finally {
  await server.close()
}
process.exitCode = failed ? 1 : 0
