// Times of console and fetch calls in a browser that nothing is attached to: a debugger's client makes every console
// line many times as dear. The pages under comparison are frames of one page and take turns in short rounds, so that
// a slow moment of the machine hits all of them; several browsers, as one process may be laid out badly.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const BROWSERS = 5
const ROUNDS = 60
const WARM = 30 // rounds for the engine to compile what is used often
const LIMIT_MS = 120_000

async function once(server) {
  const profile = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  const result = server.result()
  // Killed with its children: the browser is a whole group of processes.
  const browser = spawn(executablePath, [...ARGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, `${server.origin}/rounds?rounds=${ROUNDS}&warm=${WARM}`], { stdio: 'ignore', detached: true })
  let timer
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no result within ${LIMIT_MS / 1000} s`)), LIMIT_MS) })
  try {
    return await Promise.race([result, late])
  } finally {
    clearTimeout(timer)
    const ended = new Promise(done => browser.once('exit', done))
    try { process.kill(-browser.pid, 'SIGKILL') } catch {}
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The value below which that share of the list lies. */
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)]
/** What disturbs a round only adds to it, so the quicker quarter says more than the middle. */
const typical = list => quantile(list, 0.25)

/**
 * By call: microseconds on each page, and the ratio of ours to the peer's as the median of the browsers, with the
 * lowest and the highest of them.
 */
export async function calls(server) {
  const browsers = []
  for (let index = 0; index < BROWSERS; index++) browsers.push(await once(server))
  const results = {}
  for (const call in browsers[0][0].bare) {
    const time = (rounds, name) => typical(rounds.map(round => round[name][call]))
    const ratios = browsers.map(rounds => time(rounds, 'baton') / time(rounds, 'sentry'))
    results[call] = { ratio: quantile(ratios, 0.5), range: [Math.min(...ratios), Math.max(...ratios)] }
    for (const name of ['bare', 'baton', 'sentry']) results[call][name] = time(browsers.flat(), name)
  }
  return results
}
