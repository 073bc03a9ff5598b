// HAR 1.2 as other tools read it.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import { createRequire } from 'node:module'
import { BUGS, exported, stage } from './fixtures/demo.js'

const require = createRequire(import.meta.url)
const world = stage()

/** The schema of the npm package `har-schema`, which is of draft 6. */
function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats(ajv)
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'))
  for (const schema of Object.values(require('har-schema'))) ajv.addSchema(schema)
  return ajv.getSchema('har.json#')
}

test('the HAR of a failed request satisfies the HAR schema', async () => {
  const { folder } = await world.packetOf(BUGS[0])
  const har = JSON.parse(await readFile(await exported(folder, 'har', 'network.har'), 'utf8'))
  const valid = validator()
  assert.ok(valid(har), JSON.stringify(valid.errors))
  const failed = har.log.entries.filter(entry => entry.response.status === 500)
  assert.equal(failed.length, 1)
  assert.equal(failed[0].request.method, 'POST')
  assert.ok(failed[0].request.url.endsWith('/api/invoices/export'))
  assert.ok(failed[0].time > 0)
})

test('the schema test fails where it must', () => {
  const valid = validator()
  assert.equal(valid({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [{}] } }), false)
})

test('Playwright plays the network of a packet back to the fixed page, which then fails as the customer saw', async () => {
  const { folder } = await world.packetOf(BUGS[0])
  const har = await exported(folder, 'har', 'mock.har')
  const context = await world.browser.newContext()
  const page = await context.newPage()
  await page.goto(`${world.origin}/?bugs=off#/invoices`)
  await page.getByTestId('export-invoices').waitFor()
  // From here on the export answers as it did to the customer.
  await context.routeFromHAR(har, { url: '**/api/invoices/export', notFound: 'abort' })
  await page.getByTestId('export-invoices').click()
  await page.getByText('Export failed').waitFor()
  await context.close()
})

test('curl repeats the failing call', async () => {
  const { execFile } = await import('node:child_process')
  const { promisify } = await import('node:util')
  const { folder } = await world.packetOf(BUGS[0])
  const script = await exported(folder, 'curl', 'requests.sh')
  const text = await readFile(script, 'utf8')
  assert.match(text, /\/api\/invoices\/export/)
  const { stdout } = await promisify(execFile)('sh', [script]).catch(error => error)
  assert.match(stdout, /500/)
})
