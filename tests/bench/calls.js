// Times of console and fetch calls, each page in a browser of its own that nothing is attached to:
// a debugger's client makes every console line many times as dear.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const ROUNDS = 5
const LIMIT_MS = 120_000

async function once(server, name) {
  const profile = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  const result = server.result()
  // Killed with its children: the browser is a whole group of processes.
  const browser = spawn(executablePath, [...ARGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, `${server.origin}/${name}`], { stdio: 'ignore', detached: true })
  let timer
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${name}: no result within ${LIMIT_MS / 1000} s`)), LIMIT_MS) })
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

/** Microseconds a call by name and page, each the fastest of its rounds; the pages take turns, so that a slow moment of the machine hits all. */
export async function calls(server) {
  const rounds = { bare: [], baton: [], sentry: [] }
  for (let round = 0; round < ROUNDS; round++) for (const name in rounds) rounds[name].push(await once(server, name))
  const results = {}
  for (const call in rounds.bare[0]) {
    results[call] = {}
    for (const name in rounds) results[call][name] = Math.min(...rounds[name].map(times => times[call]))
  }
  return results
}
