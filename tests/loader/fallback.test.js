import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { launcher, stage } from './fixtures/browser.js'

const world = stage()
const ajv = new Ajv({ strict: false, allErrors: true })
formats(ajv)
for (const format of ['double', 'uint16', 'uint32', 'uint64']) ajv.addFormat(format, true)
const isPacket = ajv.compile(JSON.parse(readFileSync(new URL('../../schema/handoff-packet.schema.json', import.meta.url), 'utf8')))
const accept = packet => ({ status: 201, body: { id: packet.id, received_at: new Date().toISOString(), links: {}, missing: [] } })

async function form(options) {
  world.server.answerWith(accept)
  world.server.files['/baton/widget/widget_bg.wasm'] = { status: 404, type: 'text/plain', body: '' }
  const page = await world.open(options)
  await page.evaluate(() => { window.told = []; for (const name of ['handoff:delivered', 'handoff:failed', 'open', 'close']) Baton.on(name, detail => told.push([name, detail])) })
  await launcher(page).click()
  const root = page.locator('[data-baton-ui="fallback"]')
  await root.locator('form').waitFor()
  return { page, area: root.locator('textarea'), email: root.locator('#email'), send: root.locator('[type=submit]'), state: root.locator('[role=status]'), root }
}

test('the plain form delivers a packet that fits the schema, and says sent', async () => {
  const { page, area, email, send, state } = await form()
  await page.evaluate(() => { history.replaceState(0, '', '/page?token=hidden#frag') })
  await area.fill('The export fails every time.\nPlease help.')
  await email.fill('mara@acme.example')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  assert.match(await state.textContent(), /^Sent\./)
  const [{ packet, headers, text }] = world.server.deliveries
  assert.ok(isPacket(packet), JSON.stringify(isPacket.errors))
  assert.match(packet.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.ok(Math.abs(parseInt(packet.id.replace('-', '').slice(0, 12), 16) - Date.parse(packet.created_at)) < 1000, 'the id holds the time')
  assert.equal(headers['idempotency-key'], packet.id)
  assert.match(headers['content-type'], /^application\/json/)
  assert.deepEqual(packet.conversation.transcript.map(({ author, text, channel }) => [author, text, channel]), [['customer', 'The export fails every time.\nPlease help.', 'widget']])
  assert.equal(packet.summary.title, 'The export fails every time.')
  assert.deepEqual([packet.consent.approved, packet.consent.via, packet.escalation.rule, packet.customer.email], [true, 'fallback', 'widget_unavailable', 'mara@acme.example'])
  assert.match(packet.consent.text, /address of this page/)
  assert.deepEqual(packet.evidence.gaps.map(({ stage }) => stage), ['console', 'network', 'errors', 'steps', 'screenshot'])
  assert.equal(packet.environment.page_url, `${world.server.origin}/page`)
  assert.ok(!text.includes('hidden') && packet.environment.browser.name === 'Chrome')
})

test('secrets in the message are masked and counted, innocent numbers stay', async () => {
  const { page, area, send } = await form()
  await area.fill('jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.abcDEF123_-x and Authorization: Bearer abc123def456ghi, key sk_live_' + 'a1b2c3d4e5f6g7h8, card 4242 4242 4242 4242, password=hunter22, order 4242424242424241, v1.2.3, bearer of news, call 2026-11-24')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  const [{ packet, text }] = world.server.deliveries
  assert.equal(packet.conversation.transcript[0].text, 'jwt [token] and Authorization: Bearer [token], key [token], card [card ••4242], password=[password], order 4242424242424241, v1.2.3, bearer of news, call 2026-11-24')
  assert.deepEqual(packet.redactions, [
    { section: 'conversation.transcript', kind: 'card', count: 1 },
    { section: 'conversation.transcript', kind: 'password', count: 1 },
    { section: 'conversation.transcript', kind: 'token', count: 3 },
  ])
  for (const secret of ['eyJ', 'abc123def456ghi', 'sk_live', '4242 4242', 'hunter22']) assert.ok(!text.includes(secret), secret)
  assert.ok(isPacket(packet), JSON.stringify(isPacket.errors))
})

for (const [what, answer, words] of [
  ['500', () => ({ status: 500, body: 'down', type: 'text/plain' }), /refused it \(500\)/],
  ['413', () => ({ status: 413, body: '{}' }), /refused it \(413\)/],
  ['HTML with 200', () => ({ status: 200, body: '<html>', type: 'text/html' }), /did not confirm/],
  ["another packet's receipt", () => ({ status: 201, body: { id: 'other' } }), /did not confirm/],
]) test(`a server that answers ${what} is no "sent"; the text stays, and the retry is the same packet`, async () => {
  const { page, area, send, state, root } = await form()
  world.server.answerWith(answer)
  await area.fill('Keep this')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:failed'))
  assert.match(await state.textContent(), /^Not sent: /)
  assert.match(await state.textContent(), words)
  assert.equal(await area.inputValue(), 'Keep this')
  assert.ok(await root.getByRole('button', { name: 'Copy the text' }).isVisible() && await root.getByRole('button', { name: 'Save as a file' }).isVisible())
  world.server.answerWith(accept)
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  const [first, second] = world.server.deliveries
  assert.equal(first.text, second.text, 'same id and same bytes')
  assert.equal(world.server.deliveries.length, 2)
})

test('a changed text is a new packet; an unreachable server is said plainly', async () => {
  const { page, area, send, state } = await form()
  await world.context.setOffline(true)
  await area.fill('First words')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:failed'))
  assert.match(await state.textContent(), /cannot be reached/)
  const failed = await page.evaluate(() => told.find(([name]) => name === 'handoff:failed')[1])
  await world.context.setOffline(false)
  await area.fill('Other words')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  assert.notEqual(world.server.deliveries[0].packet.id, failed.id)
  assert.deepEqual([failed.will_retry, world.server.deliveries[0].packet.conversation.transcript[0].text], [false, 'Other words'])
})

test('without an endpoint, or without words, nothing is sent and the customer reads why', async () => {
  const { page, area, send, state } = await form({ head: '<script src="/baton/baton.js"></script>' })
  await send.click()
  assert.match(await state.textContent(), /write a message first/)
  await area.fill('Hello')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:failed'))
  assert.match(await state.textContent(), /has not set where to send it/)
  assert.equal(world.server.deliveries.length, 0)
})

test('the form works by keyboard: focus enters, Escape closes, focus returns to the launcher', async () => {
  const { page, root } = await form({ head: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs"></script><script>window.keys = 0; addEventListener("keydown", () => keys++)</script>' })
  assert.equal(await root.evaluate(host => host.shadowRoot.activeElement.id), 'message')
  await page.keyboard.type('s')
  await page.keyboard.press('Escape')
  assert.equal(await root.count(), 0)
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-baton-ui')), 'launcher')
  assert.equal(await launcher(page).getAttribute('aria-expanded'), 'false')
  assert.deepEqual(await page.evaluate(() => [told.map(([name]) => name), keys]), [['open', 'close'], 0])
})

const words = tag => JSON.parse(readFileSync(new URL(`../../www/locales/${tag}.json`, import.meta.url), 'utf8'))
/** The list of languages, which the build writes. */
const languages = tags => { world.server.files['/baton/locales/index.json'] = { type: 'application/json', body: JSON.stringify(tags) } }
const LOADER_IN = tag => `<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-locale="${tag}"></script>`

test("the form speaks the page's language, and what is agreed to is in it, too", async () => {
  languages(['ar', 'de', 'en'])
  const german = words('de')
  const { page, area, send, state, root } = await form({ head: '<script>document.documentElement.lang = "de-AT"</script><script src="/baton/baton.js" data-endpoint="/v1/handoffs"></script>' })
  assert.equal(await root.locator('h2').textContent(), german.fallback_title)
  world.server.answerWith(() => ({ status: 503, body: '{}' }))
  await area.fill('Der Export geht nicht')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:failed'))
  assert.equal(await state.textContent(), german.fallback_failed.replace('{reason}', german.fallback_refused.replace('{status}', '503')))
  const failed = await page.evaluate(() => told.find(([name]) => name === 'handoff:failed')[1])
  assert.match(failed.reason, /the server refused it \(503\)/, 'the developer reads English')
  world.server.answerWith(accept)
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  assert.equal(await state.textContent(), german.fallback_sent)
  assert.equal(world.server.deliveries.at(-1).packet.consent.text, german.fallback_what)
})

test('the form runs from right to left in Arabic; Portuguese of any country is served', async () => {
  languages(['ar', 'pt-BR'])
  const { root } = await form({ head: LOADER_IN('ar-EG') })
  assert.equal(await root.locator('h2').textContent(), words('ar').fallback_title)
  const [form_, close] = await Promise.all(['form', '.close'].map(css => root.locator(css).boundingBox()))
  assert.ok(close.x < form_.x + form_.width / 2, 'the cross is where lines end')
  const portuguese = await form({ head: LOADER_IN('pt-PT') })
  assert.equal(await portuguese.root.locator('h2').textContent(), words('pt-BR').fallback_title)
})

test('the page\'s own labels win over its language', async () => {
  languages(['de'])
  const { root } = await form({ head: `${LOADER_IN('de')}<script>Baton.init({ labels: { fallback_title: 'Schreib uns!' } })</script>` })
  assert.equal(await root.locator('h2').textContent(), 'Schreib uns!')
  assert.equal(await root.locator('[type=submit]').textContent(), words('de').fallback_send)
})

test('an unknown language is English without a word; one that does not come is English, and the developer is told', async () => {
  const problems = page => page.evaluate(async () => (await Baton.status()).problems.filter(({ code }) => code === 'locale').map(({ message }) => message))
  languages(['de'])
  const unknown = await form({ head: LOADER_IN('xx') })
  assert.equal(await unknown.root.locator('h2').textContent(), words('en').fallback_title)
  assert.deepEqual(await problems(unknown.page), [])
  for (const [answer, reason] of [
    [{ status: 404, type: 'text/plain' }, /HTTP 404/],
    [{ type: 'text/html', body: '<!DOCTYPE html>' }, /JSON/],
    [{ type: 'application/json', body: '{}' }, /find/],
  ]) {
    world.server.files['/baton/locales/index.json'] = answer
    const { page, root } = await form({ head: LOADER_IN('de') })
    assert.equal(await root.locator('h2').textContent(), words('en').fallback_title)
    const [message] = await problems(page)
    assert.match(message, reason)
  }
  const english = await form({ head: LOADER_IN('en-GB') })
  assert.deepEqual(await problems(english.page), [])
})

test('closed or destroyed while its language comes, the form stays away', async () => {
  languages(['de'])
  world.server.files['/baton/widget/widget_bg.wasm'] = { status: 404, type: 'text/plain', body: '' }
  const page = await world.open({ head: LOADER_IN('de') })
  let release
  const held = new Promise(done => { release = done })
  await page.route('**/locales/de.json*', async route => { await held; await route.continue() })
  const asked = page.waitForRequest('**/locales/de.json*')
  await launcher(page).click()
  await asked
  await page.evaluate(() => Baton.destroy())
  release()
  await page.waitForTimeout(300)
  assert.equal(await page.locator('[data-baton-ui]').count(), 0)
})

const corpus = file => readFileSync(new URL(`../../crates/evidence/tests/corpus/${file}`, import.meta.url), 'utf8').trim().split('\n').map(line => JSON.parse(line))
const { mask } = await import('../../www/fallback.js')

test('privacy.transcript "all" masks addresses, phone numbers and bank accounts, too', async () => {
  const { page, area, send } = await form()
  await page.evaluate(() => Baton.init({ privacy: { transcript: 'all' } }))
  await area.fill('I am ann.lee+x@example.co.uk, call +49 30 1234567, IBAN DE89 3704 0044 0532 0130 00 please')
  await send.click()
  await page.waitForFunction(() => told.some(([name]) => name === 'handoff:delivered'))
  const [{ packet, text }] = world.server.deliveries
  assert.equal(packet.conversation.transcript[0].text, 'I am [e-mail], call [phone], IBAN [iban] please')
  assert.deepEqual(packet.redactions.map(({ kind, count }) => [kind, count]), [['e-mail', 1], ['iban', 1], ['phone', 1]])
  for (const secret of ['ann.lee', '1234567', '3704']) assert.ok(!text.includes(secret), secret)
  assert.ok(isPacket(packet), JSON.stringify(isPacket.errors))
})

test("the form's masks of personal data agree with the widget's corpus", () => {
  // Not in a message: percent-encoded text, names of members and of a query, and a number that is also a card's.
  const isOther = text => text.includes('%2') || text === 'tel:+4915112345678'
  const isNamed = text => /(phone|mobile|fax|tel|number)\w*["'\\]*\s?[=:]/i.test(text)
  const cases = corpus('secrets.jsonl').filter(({ text, want }) => /^[^[]*\[(e-mail|phone|iban)\][^[]*$/.test(want) && !isNamed(text) && !isOther(text))
  assert.ok(cases.length >= 12)
  for (const { text, want } of cases) assert.equal(mask(text, {}, true), want)
})

test('by default an address in the message stays, and "all" leaves innocent numbers alone', () => {
  assert.equal(mask('ann@example.com +49 30 1234567 DE89370400440532013000', {}), 'ann@example.com +49 30 1234567 DE89370400440532013000')
  for (const text of corpus('innocent.jsonl').filter(text => !/\w@[\w.]+\.[a-z]/i.test(text))) {
    const counts = {}
    mask(text, counts, true)
    assert.deepEqual([counts['e-mail'], counts.phone, counts.iban], [undefined, undefined, undefined], text)
  }
  assert.equal(mask('NL91 ABNA 0417 1643 00 DE89 3704 0044 0532 0130 00', {}, true), '[iban] [iban]')
})

test('masking takes no noticeable time, whatever was written', () => {
  const began = performance.now()
  for (const text of ['a', 'a.', 'a@', '1', '+1 ', "'", 'DE12 ', 'a%40a.']) mask(text.repeat(20_000 / text.length), {}, true)
  assert.ok(performance.now() - began < 2000)
})
