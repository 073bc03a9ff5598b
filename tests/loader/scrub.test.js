import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drain, stage } from './fixtures/browser.js'

const world = stage()
const FIELDS = `<input data-baton-mask name="ssn" value="123-45 6789/ü'x"><input data-baton-mask name="part" value="123-45"><input name="open" value="visible">`

test("a private field's value is in no address, header or step; the origin and the timing stay", async () => {
  const page = await world.open({ body: FIELDS })
  await page.evaluate(() => Baton.init({ network: { headers: ['x-mine', 'x-also'] } }))
  await drain(page)
  await page.evaluate(async () => {
    const { value } = document.querySelector('[name=ssn]')
    const ascii = value.replace('ü', 'u')
    document.querySelector('[name=ssn]').value = ascii
    await (await fetch('/data?open=visible&ssn=' + ascii, { headers: { 'x-mine': ascii, 'x-also': 'visible' } })).text()
    document.querySelector('[name=ssn]').value = value
    await (await fetch(`/data?a=${value}`)).text()
    await (await fetch(`/data?b=${encodeURIComponent(value)}`)).text()
    await (await fetch(`/data?${new URLSearchParams({ c: value })}`)).text()
    await (await fetch(`/data?pad=${'x'.repeat(2100)}`.slice(0, 2048 - location.origin.length - 5) + value)).text()
    await new Promise(done => { const xhr = new XMLHttpRequest(); xhr.open('GET', `/data?d=${value}`); xhr.setRequestHeader('x-mine', 'id=123-45'); xhr.onload = done; xhr.send() })
    history.pushState({}, '', `/at?ssn=${value}`)
    await Baton.addBreadcrumb('there')
    await new Promise(done => { const image = new Image(); image.onerror = done; image.src = `/no.png?ssn=${value}`; document.body.append(image) })
    await new Promise(done => setTimeout(done, 300))
  })
  const { network, steps, errors } = await drain(page)
  const kept = JSON.stringify([network, steps, errors])
  assert.ok(!/123-4|6789/.test(kept), kept.match(/.{30}(123-4|6789).{30}/)?.[0])
  const { origin } = world.server
  const [first, ...others] = network.records
  assert.equal(first.url, `${origin}/data?open=visible&ssn=[private field]`)
  assert.deepEqual(first.request.headers, [{ name: 'x-mine', value: '[private field]' }, { name: 'x-also', value: 'visible' }])
  assert.deepEqual(others.filter(({ url }) => !url.includes('pad')).map(({ url }) => url), ['a', 'b', 'c', 'd'].map(name => `${origin}/data?${name}=[private field]`))
  assert.deepEqual(others.at(-1).request.headers, [{ name: 'x-mine', value: 'id=[private field]' }])
  assert.ok(network.records.every(({ url, wait }) => wait > 0 || url.includes('pad')), 'each has found its timing')
  assert.deepEqual(steps.records.map(({ action, url }) => [action, url]), [['navigate', `${origin}/at?ssn=[private field]`], ['breadcrumb', `${origin}/at?ssn=[private field]`]])
  assert.equal(errors.records.at(-1).source, `${origin}/no.png?ssn=[private field]`)
})

test('what was typed into a private field is in no address, though the page empties the field with its request', async () => {
  const page = await world.open({ body: '<form><input type="password"><button type="button">Sign in</button></form>' })
  await drain(page)
  await page.evaluate(() => {
    document.querySelector('button').onclick = async () => {
      const form = document.querySelector('form')
      const { value } = form.firstChild
      const first = fetch(`/data?now=${value}`)
      form.reset()
      await (await first).text()
      form.remove()
      await (await fetch(`/data?later=${value}`)).text()
      window.done = true
    }
  })
  await page.locator('form input').pressSequentially('hunter2222')
  await page.locator('form button').click()
  await page.waitForFunction(() => window.done)
  const { network, ...others } = await drain(page)
  assert.deepEqual(network.records.map(({ url }) => new URL(url).search), ['?now=[private%20field]', '?later=[private%20field]'])
  assert.ok(!JSON.stringify([network, others]).includes('hunter'))
})

test('where a body is cut, no piece of a private value stays', async () => {
  const page = await world.open({ body: '<textarea data-baton-mask></textarea>' })
  await page.evaluate(() => Baton.init({ network: { bodies: ['/data', '/big'], maxBodyBytes: 500 } }))
  const secret = Array.from({ length: 700 }, (_, i) => `S${i}`).join(' ')
  world.server.files['/big'] = { type: 'text/plain', body: `kept ${secret}` }
  await drain(page)
  await page.evaluate(async value => {
    document.querySelector('textarea').value = value
    await (await fetch('/data', { method: 'POST', body: `${'x'.repeat(100)} ${value}` })).text()
    const form = new FormData()
    form.append('note', `${'y'.repeat(100)} ${value}`)
    await (await fetch('/data', { method: 'POST', body: form })).text()
    await (await fetch('/big')).text()
    await new Promise(done => setTimeout(done, 200))
  }, secret)
  const [post, form, get] = (await drain(page)).network.records
  assert.equal(post.request.body, `${'x'.repeat(100)} [private field]`)
  assert.equal(form.request.body, `note=${'y'.repeat(100)} [private field]`)
  assert.equal(get.response.body, 'kept [private field]')
  assert.equal(get.response.omitted, 'cut after 500 bytes')
})

test('the limit of a body is in bytes of UTF-8, and no character is cut in half', async () => {
  const page = await world.open()
  await page.evaluate(() => Baton.init({ network: { bodies: ['/data'], maxBodyBytes: 100 } }))
  await drain(page)
  await page.evaluate(async () => { await (await fetch('/data', { method: 'POST', body: '😀'.repeat(20) + 'é€'.repeat(30) })).text() })
  const [{ request }] = (await drain(page)).network.records
  assert.deepEqual([request.bytes, request.body, request.omitted], [230, '😀'.repeat(20) + 'é€'.repeat(4), 'cut after 100 bytes'])
})
