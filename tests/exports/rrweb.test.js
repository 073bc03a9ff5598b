// The page of the moment of the report, and a recording, in the public rrweb player.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { BUGS, exported, stage } from './fixtures/demo.js'

const world = stage()
const dist = new URL('./node_modules/rrweb-player/dist/', import.meta.url)

/** Plays events to their end; returns the text of the page that the player shows. */
async function played(file) {
  const events = await readFile(file, 'utf8')
  const page = await (await world.browser.newContext()).newPage()
  const errors = []
  page.on('pageerror', error => errors.push(error.message))
  const html = '<!DOCTYPE html><meta charset=utf-8><div id=player></div>'
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(html)
  }).listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  await page.goto(`http://127.0.0.1:${server.address().port}/`)
  await page.addScriptTag({ content: await readFile(new URL('rrweb-player.umd.min.cjs', dist), 'utf8') })
  await page.addStyleTag({ content: await readFile(new URL('style.min.css', dist), 'utf8') })
  await page.evaluate(async text => {
    const events = JSON.parse(text)
    const Player = window.rrwebPlayer.default || window.rrwebPlayer.Player || window.rrwebPlayer
    const player = new Player({ target: document.getElementById('player'), props: { events, autoPlay: false, showController: false } })
    player.goto(events.at(-1).timestamp - events[0].timestamp + 1)
    await new Promise(done => setTimeout(done, 800))
  }, events)
  const frame = page.frames().find(frame => frame !== page.mainFrame())
  const text = frame ? await frame.evaluate(() => document.body.innerText) : ''
  await page.context().close()
  server.close()
  return { text, errors, events: JSON.parse(events) }
}

test('the snapshot of a report renders in rrweb-player with the page’s text', async () => {
  const { folder, packet } = await world.packetOf(BUGS[0])
  assert.equal(packet.evidence.replay.kind, 'snapshot')
  const { text, errors, events } = await played(await exported(folder, 'rrweb', 'replay.json'))
  assert.deepEqual(errors, [])
  assert.equal(events[0].type, 4)
  assert.equal(events[1].type, 2)
  for (const words of ['Invoices', 'Export failed', 'Dana Reyes']) assert.ok(text.includes(words), `no “${words}” in ${text}`)
  // Baton itself is no part of it.
  assert.ok(!JSON.stringify(events).includes('data-baton-ui'))
})

test('a recording of the last seconds renders in rrweb-player up to the last moment', async () => {
  const page = await (await world.browser.newContext()).newPage()
  await page.route('**/', async route => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replace('data-endpoint', 'data-replay="20" data-endpoint') })
  })
  await page.goto(world.origin + '/')
  await page.getByTestId('nav-invoices').waitFor()
  await page.waitForLoadState('load')
  await page.waitForTimeout(1000)
  await page.getByTestId('nav-invoices').click()
  await page.getByTestId('export-invoices').click()
  await page.getByText('Export failed').waitFor()
  await page.waitForTimeout(500)
  const { folder, packet } = await world.save(page, 'recording')
  await page.context().close()
  assert.equal(packet.evidence.replay.kind, 'recording')
  const { text, errors, events } = await played(await exported(folder, 'rrweb', 'replay.json'))
  assert.deepEqual(errors, [])
  assert.ok(events.some(event => event.type === 3), 'nothing incremental')
  assert.ok(text.includes('Export failed'), text)
})
