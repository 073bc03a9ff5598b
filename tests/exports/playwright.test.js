// The regression test made from a packet: red on the page with the bug, green on the fixed one.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { ARGS, BUGS, executablePath, exported, stage } from './fixtures/demo.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const world = stage()

/** Runs a spec with the demo's bugs on or off; the switch is a value in the page's storage. */
async function playwright(spec, bugs) {
  // Beside node_modules, so that the spec finds @playwright/test as it would in a project.
  const folder = join(here, 'node_modules', '.specs', `${process.pid}-${bugs}`)
  await mkdir(folder, { recursive: true })
  await copyFile(spec, join(folder, 'repro.spec.ts'))
  const storageState = { cookies: [], origins: [{ origin: world.origin, localStorage: [{ name: 'ledgerline.bugs', value: bugs }] }] }
  await writeFile(join(folder, 'playwright.config.mjs'), `export default ${JSON.stringify({
    testDir: '.', timeout: 30_000, reporter: 'line', workers: 1, outputDir: join(folder, 'results'),
    use: { storageState, launchOptions: { executablePath, args: ARGS } },
  })}`)
  const cli = join(here, 'node_modules', '@playwright', 'test', 'cli.js')
  return new Promise(done => {
    execFile(process.execPath, [cli, 'test', '--config', join(folder, 'playwright.config.mjs')], { cwd: folder, env: { ...process.env, CI: '1' } },
      (error, stdout, stderr) => done({ code: error ? error.code : 0, text: stdout + stderr }))
  })
}

for (const bug of BUGS) {
  test(`the test made of ‘${bug.name}’ is red while the bug exists and names it, and green once it is fixed`, async () => {
    const { folder } = await world.packetOf(bug)
    const spec = await exported(folder, 'playwright', 'repro.spec.ts')
    const red = await playwright(spec, 'on')
    assert.notEqual(red.code, 0, red.text)
    assert.ok(red.text.includes(bug.words), red.text)
    assert.match(red.text, /1 failed/)
    const green = await playwright(spec, 'off')
    assert.equal(green.code, 0, green.text)
    assert.match(green.text, /1 passed/)
  })
}
