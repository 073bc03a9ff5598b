import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOADER } from './fixtures/server.js'
import { drain, stage } from './fixtures/browser.js'

const world = stage()
const steps = async page => (await drain(page)).steps.records
const sensed = page => page.evaluate(async () => {
  while ((await Baton.status()).gaps.some(({ reason }) => /not been loaded yet/.test(reason))) await new Promise(done => setTimeout(done, 20))
})
const brief = ({ action, target, value, key }) => [action, target, ...(value === undefined ? [] : [value]), ...(key === undefined ? [] : [key])]

/** That each selector of a step finds the element it was recorded for, and nothing else. */
const finds = async (scope, record, marker) => {
  assert.ok(record.selectors.length > 0, record.target)
  for (const selector of record.selectors) {
    const found = scope.locator(selector)
    assert.equal(await found.count(), 1, `${selector} finds one element`)
    assert.equal(await found.getAttribute('data-me'), marker, `${selector} finds the element clicked`)
  }
}

const SHAPES = `
  <style>.fancy::before { content: "★" } tr { cursor: pointer }</style>
  <main id="shop"><h1 data-me="heading">Invoices</h1>
  <button data-me="plain">Save invoice</button>
  <button data-me="icon" aria-label="Close"><svg width="20" height="20"><path d="M0 0h20v20H0z"/></svg></button>
  <button data-me="nested"><b>Send</b> <i>now</i></button>
  <button class="fancy" data-me="pseudo">Starred</button>
  <a href="#one" data-me="link">First <span>page</span></a>
  <div class="row"><button data-me="twin1">Delete</button></div>
  <div class="row"><button data-me="twin2" data-testid="delete-2">Delete</button></div>
  <input type="submit" value="Go on" data-me="submit">
  <label>Accept <input type="checkbox" data-me="check"></label>
  <label for="mail">E-mail</label><input id="mail" type="email" data-me="field" placeholder="you@example.com">
  <select aria-label="Colour" data-me="select"><option value="r">red</option><option value="g">green</option></select>
  <span id="lbl">Referred</span><button aria-labelledby="lbl" data-me="referred">x</button>
  <div role="tab" tabindex="0" data-me="tab">Details</div>
  <img alt="Company logo" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" width="20" height="20" data-me="img">
  <p><em data-me="em">just text</em></p>
  <button style="display:none">Save invoice</button>
  <x-card data-me="host"></x-card><x-card></x-card></main>
  <script>
    customElements.define('x-card', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button class="inner" data-me="deep">' + (this.dataset.me ? 'Inner' : 'Other') + '</button><x-leaf></x-leaf>' }
    })
    customElements.define('x-leaf', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<input placeholder="Leaf" data-me="leaf">' }
    })
  </script>`

test('a click is recorded with words for people and selectors that find exactly that element', async () => {
  const page = await world.open({ body: SHAPES })
  await sensed(page)
  const markers = ['heading', 'plain', 'icon', 'nested', 'pseudo', 'link', 'twin1', 'twin2', 'submit', 'check', 'field', 'select', 'referred', 'tab', 'img', 'em']
  for (const marker of markers) await page.locator(`[data-me="${marker}"]`).click()
  await page.locator('x-card').first().locator('button').click()
  await page.locator('x-card').nth(1).locator('input').click()
  const clicks = (await steps(page)).filter(({ action }) => action === 'click')
  assert.deepEqual(clicks.map(({ target }) => target), [
    'heading “Invoices”', 'button “Save invoice”', 'button “Close”', 'button “Send now”', 'button “Starred”', 'link “First page”', 'button “Delete”', 'button “Delete”',
    'button “Go on”', 'checkbox “Accept”', 'field “E-mail” (email)', 'list “Colour”', 'button “Referred”', 'tab “Details”', 'picture “Company logo”', 'em “just text”',
    'button “Inner”', 'field “Leaf”',
  ])
  for (const [i, marker] of [...markers, 'deep', 'leaf'].entries()) await finds(page, clicks[i], marker)
  const first = marker => clicks[markers.indexOf(marker)].selectors[0]
  assert.equal(first('plain'), 'role=button[name="Save invoice"]')
  assert.equal(first('nested'), 'role=button[name="Send now"]')
  assert.equal(first('check'), 'role=checkbox[name="Accept"]')
  assert.equal(first('twin2'), 'data-testid=delete-2')
  assert.ok(clicks[1].selectors.includes('text="Save invoice"') === false, 'a hidden twin of the text makes it ambiguous')
  assert.match(clicks.at(-1).selectors.at(-1), /^css=.* >> css=x-leaf >> css=input$/)
  assert.ok(clicks.every(({ point, url }) => point.x > 0 && url.startsWith(world.server.origin)))
})

test('a form whose fields shadow its own members is described all the same', async () => {
  const page = await world.open({ body: `<form id="f"><input name="id"><input name="parentNode"><input name="tagName"><input name="localName"><input name="matches"><input name="nodeType"><button>Order</button></form>
    <script>document.forms[0].onsubmit = event => event.preventDefault()</script>` })
  await sensed(page)
  const box = await page.evaluate(() => { const { x, y } = document.querySelector('button').getBoundingClientRect(); return { x: x + 5, y: y + 5 } })
  await page.mouse.click(box.x, box.y)
  const records = await steps(page)
  assert.deepEqual(records.map(brief), [['click', 'button “Order”'], ['submit', 'form']])
  assert.deepEqual(records[1].selectors, ['css=#f'])
})

const FORM = `<style>body { height: 3000px } #box { height: 100px; overflow: auto } #box p { height: 900px }</style>
  <form id="signup"><label>Name <input id="name" name="customer"></label>
    <label>Password <input type="password" id="secret"></label>
    <label>Card <input autocomplete="section-x cc-number" id="card"></label>
    <label>Code <input name="otp" id="otp"></label>
    <label data-baton-mask>Salary <input id="salary"></label>
    <label>Note <textarea id="note"></textarea></label>
    <label>Size <select id="size"><option value="s">small</option><option value="l">large</option></select></label>
    <label id="news"><input type="checkbox" id="box-news"> Newsletter</label>
    <div id="rich" contenteditable>rich</div>
    <button>Join</button></form>
  <div id="box"><p>long</p></div><button id="b">B</button>
  <script>document.forms[0].onsubmit = event => event.preventDefault()</script>`

test('typing is one record a field with its last value; of a private field only kind and length are kept', async () => {
  const page = await world.open({ body: FORM })
  await sensed(page)
  await page.locator('#name').pressSequentially('Ada')
  await page.waitForTimeout(1200)
  await page.locator('#name').pressSequentially(' L')
  for (const id of ['secret', 'card', 'otp', 'salary']) await page.locator(`#${id}`).pressSequentially('4242-hidden')
  await page.evaluate(() => { document.querySelector('#secret').type = 'text' })
  await page.locator('#secret').pressSequentially('-shown')
  await page.locator('#note').fill('line')
  await page.locator('#size').focus()
  await page.keyboard.press('l')
  await page.locator('#news').click({ position: { x: 60, y: 8 } })
  await page.locator('#rich').pressSequentially('!')
  const records = await steps(page)
  const inputs = records.filter(({ action }) => action === 'input')
  assert.deepEqual(inputs.map(({ field, value }) => [field.kind, field.length, field.private, value]), [
    ['text', 5, false, 'Ada L'], ['password', 11, true, undefined], ['text', 11, true, undefined], ['text', 11, true, undefined], ['text', 11, true, undefined],
    ['text', 17, true, undefined], ['textarea', 4, false, 'line'], ['select', 1, false, 'l'], ['contenteditable', 5, false, inputs.at(-1).value],
  ])
  assert.ok(!JSON.stringify(await drain(page)).includes('hidden'), 'nothing private is in the rings')
  assert.deepEqual([inputs[1].target, inputs[4].target, inputs[0].target], ['field “Password” (password)', 'field', 'field “Name”'])
  const toggles = records.filter(({ action }) => action === 'click')
  assert.deepEqual(toggles.map(brief), [['click', 'label “Newsletter”', 'checked'], ['click', 'div “rich”']].slice(0, toggles.length), 'the click that the browser adds is not another one')
})

test('keys are Enter, Escape and Tab; Enter in a form is not also a click on its button', async () => {
  const page = await world.open({ body: FORM })
  await sensed(page)
  await page.locator('#name').pressSequentially('x')
  await page.keyboard.press('Tab')
  await page.keyboard.type('secret words')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('#note').focus()
  await page.keyboard.press('Enter')
  await page.locator('#b').focus()
  await page.keyboard.press('Space')
  assert.deepEqual((await steps(page)).map(({ action, key, target }) => [action, key || target]), [
    ['input', 'field “Name”'], ['key', 'Tab'], ['input', 'field “Password” (password)'], ['key', 'Enter'], ['submit', 'form'], ['key', 'Escape'], ['input', 'field “Note”'], ['click', 'button “B”'],
  ])
})

test('a double click is one step', async () => {
  const page = await world.open({ body: FORM })
  await sensed(page)
  await page.locator('#b').click()
  await page.waitForTimeout(700)
  await page.locator('#b').dblclick()
  assert.deepEqual((await steps(page)).map(brief), [['click', 'button “B”'], ['double_click', 'button “B”']])
})

test('scrolling and resizing are recorded when they have come to rest', async () => {
  const page = await world.open({ body: FORM })
  await sensed(page)
  for (let y = 50; y <= 400; y += 50) await page.evaluate(top => scrollTo(0, top), y)
  await page.waitForTimeout(400)
  await page.evaluate(() => scrollTo(0, 600))
  await page.waitForTimeout(400)
  await page.evaluate(() => { document.querySelector('#box').scrollTop = 70 })
  await page.waitForTimeout(400)
  await page.setViewportSize({ width: 700, height: 500 })
  await page.waitForTimeout(500)
  const records = (await steps(page)).filter(({ action }) => action !== 'visibility')
  assert.deepEqual(records.map(({ action, target, point, size }) => [action, target, point || size]), [
    ['scroll', 'page', { x: 0, y: 600 }], ['scroll', 'div “long”', { x: 0, y: 70 }], ['resize', 'window', { width: 700, height: 500 }],
  ])
})

for (const how of ['Navigation API', 'wrapped history']) test(`navigation within the page is recorded once, by ${how}`, async () => {
  const page = await world.open({ before: how === 'wrapped history' ? '<script>Object.defineProperty(window, "navigation", { value: undefined })</script>' : '' })
  await sensed(page)
  await page.evaluate(async () => {
    history.pushState({}, '', '/one')
    history.replaceState({}, '', '/one')
    history.replaceState({}, '', '/two?x=1')
    location.hash = 'part'
    await new Promise(done => setTimeout(done, 100))
    history.back()
    await new Promise(done => setTimeout(done, 200))
  })
  const records = await steps(page)
  assert.deepEqual(records.map(({ action, url }) => [action, url.replace(world.server.origin, '')]), [['navigate', '/one'], ['navigate', '/two?x=1'], ['navigate', '/two?x=1#part'], ['navigate', '/two?x=1']])
  const native = await page.evaluate(async () => { await Baton.destroy(); return !Object.hasOwn(history, 'pushState') })
  assert.ok(native, 'history is as before')
})

test('a click is measured from its element; a field that scrolls as it is typed in is no step; a list of many says so', async () => {
  const page = await world.open({ body: `<input style="width: 40px"><select multiple aria-label="Sorts"><option>a</option><option>b</option></select><p style="height: 3000px"></p><button id="below" style="border: 0">Below</button>` })
  await sensed(page)
  await page.locator('input').pressSequentially('longer than it is wide')
  await page.locator('select').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.locator('#below').click({ position: { x: 7, y: 5 } })
  const records = (await steps(page)).filter(({ target }) => target !== 'page')
  assert.deepEqual(records.map(brief), [['input', 'field', 'longer than it is wide'], ['input', 'list “Sorts”', 'a, b'], ['click', 'button “Below”']])
  assert.equal(records[1].field.kind, 'select-multiple')
  assert.deepEqual(records[2].point, { x: 7, y: 5 })
})

test('same-origin frames are heard, those to come and after a navigation, too; others are a gap', async () => {
  world.server.pages['/inner'] = { html: '<button data-me="inner">Inside</button><iframe srcdoc="<button data-me=deepest>Deepest</button>"></iframe>' }
  world.server.pages['/next'] = { html: '<button data-me="next">Next</button>' }
  const other = world.server.origin.replace('127.0.0.1', 'localhost')
  const page = await world.open({ body: `<iframe src="about:blank"></iframe><iframe id="a" src="/inner"></iframe><iframe src="${other}/inner"></iframe>` })
  await sensed(page)
  await page.frameLocator('#a').locator('button').click()
  await page.frameLocator('#a').frameLocator('iframe').locator('button').click()
  await page.evaluate(() => new Promise(done => { const frame = document.createElement('iframe'); frame.id = 'late'; frame.src = '/next'; frame.onload = done; document.body.prepend(frame) }))
  await page.frameLocator('#late').locator('button').click()
  await page.evaluate(() => new Promise(done => { const frame = document.querySelector('#a'); frame.onload = done; frame.src = '/next' }))
  await page.frameLocator('#a').locator('button').click()
  const { steps: { records }, gaps } = await drain(page)
  assert.deepEqual(records.map(({ target, frame }) => [target, frame]), [['button “Inside”', [1]], ['button “Deepest”', [1, 0]], ['button “Next”', records[2].frame], ['button “Next”', records[3].frame]])
  assert.ok(records.every(({ ms }, i) => !i || ms > records[i - 1].ms), 'on the clock of the page')
  await finds(page.frameLocator('#late'), records[2], 'next')
  assert.ok(records[2].frame.length === 1 && records[3].frame.length === 1)
  assert.ok(gaps.some(({ stage, reason }) => stage === 'steps' && /frames of another origin/.test(reason)))
})

test('frames in an open shadow root are heard once anything has happened in it', async () => {
  world.server.pages['/inner'] = { html: '<button>Inside</button>' }
  const page = await world.open({ body: '<div id="host"></div><script>host.attachShadow({ mode: "open" }).innerHTML = `<p>Here</p><iframe src="/inner"></iframe>`</script>' })
  await sensed(page)
  await page.locator('p').click()
  await page.frameLocator('iframe').locator('button').click()
  await page.evaluate(() => new Promise(done => { const frame = host.shadowRoot.querySelector('iframe'); frame.onload = done; frame.src = '/inner?again' }))
  await page.frameLocator('iframe').locator('button').click()
  assert.deepEqual((await steps(page)).map(({ target, frame }) => [target, frame]), [['p “Here”', undefined], ['button “Inside”', [0]], ['button “Inside”', [0]]])
})

test('text of masked regions is in no step', async () => {
  const marks = ['data-baton-mask', 'data-baton-block', 'data-private', 'class="sentry-mask"', 'data-sentry-mask', 'class="sentry-block"', 'data-sentry-block', 'class="rr-mask"', 'class="rr-block"', 'class="fs-mask"', 'class="fs-exclude"', 'data-dd-privacy="mask"', 'data-dd-privacy="hidden"', 'data-hj-suppress']
  const page = await world.open({ body: marks.map((mark, i) => `<div ${mark}><p><button id="b${String.fromCharCode(97 + i)}" title="SECRET-title">SECRET</button></p></div>`).join('') +
    '<button id="part">Pay <span data-private>SECRET</span></button><div data-private><p data-baton-allow><button id="open">Open</button></p></div>' })
  await sensed(page)
  for (const button of await page.locator('button:visible').all()) if (await button.evaluate(one => one.getRootNode() === document)) await button.click()
  const records = await steps(page)
  assert.equal(records.length, marks.length + 2)
  assert.ok(!JSON.stringify(records).includes('SECRET'))
  assert.deepEqual(records.slice(-2).map(({ target }) => target), ['button “Pay”', 'button “Open”'])
  assert.ok(records.slice(0, -2).every(({ target, selectors }) => target === 'button' && selectors.length === 1))
})

test("what scripts do, and what is done in Baton's own elements, is no step", async () => {
  const page = await world.open({ body: '<button id="b">B</button><div data-baton-ui="x"><button id="ours">Ours</button></div>' })
  await sensed(page)
  await page.evaluate(() => { document.querySelector('#b').click(); document.querySelector('#b').dispatchEvent(new MouseEvent('dblclick', { bubbles: true })) })
  await page.locator('#ours').click()
  await page.evaluate(() => dispatchEvent(new MouseEvent('click')))
  assert.deepEqual(await steps(page), [])
})

test('clicks before the sensors are there wait for them', async () => {
  let arrive
  const arrived = new Promise(done => { arrive = done })
  await world.context.route('**/sensors.js*', async route => { await arrived; await route.continue() })
  const page = await world.open({ body: '<button id="b">B</button><button id="c" onclick="this.remove()">C</button>' })
  await page.locator('#b').click()
  await page.locator('#c').click()
  arrive()
  await sensed(page)
  const records = await steps(page)
  assert.deepEqual(records.map(({ target, selectors }) => [target, selectors.length]), [['button “B”', 3], ['button “C”', 0]])
  assert.ok(records[0].ms < records[1].ms)
})

test('asking for the status changes no evidence', async () => {
  const page = await world.open({ body: '<input id="i">' })
  await page.evaluate(() => Baton.init({ network: { slowMs: 1 } }))
  await drain(page)
  await page.locator('#i').focus()
  await page.keyboard.type('ab')
  const before = await page.evaluate(async () => {
    fetch('/hang').catch(() => {})
    await new Promise(done => setTimeout(done, 20))
    await Baton.status()
    return [widgetBridge.rings.steps.list.length, widgetBridge.rings.network.list.map(([{ slow }]) => slow)]
  })
  assert.deepEqual(before, [0, [undefined]])
  const { steps, network } = await drain(page)
  assert.deepEqual([steps.records[0].value, network.records[0].slow], ['ab', true])
})

test("on a page of 20,000 rows a click does not keep the page's own listeners waiting", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `<tr><td>${i}</td><td><a href="#${i}">Open it</a></td><td><button data-row="${i}">Pay <b>now</b></button></td></tr>`)
  const page = await world.open({
    before: "<script>window.took = []; let begun; addEventListener('click', () => { begun = performance.now() }, true)</script>",
    body: `<main><table>${rows.join('')}</table><button data-testid="far"><b>Far</b> away</button></main><script>document.onclick = () => { took.push(performance.now() - begun) }</script>`,
  })
  await sensed(page)
  for (const marker of ['[data-row="100"]', '[data-row="19000"]', '[data-row="7"]', '[data-testid=far]', '[data-testid=far]']) await page.locator(marker).click()
  const took = (await page.evaluate(() => took)).sort((a, b) => a - b)
  assert.ok(took[2] < 30, `${took} ms`)
  const records = (await steps(page)).filter(({ action }) => action === 'click')
  assert.deepEqual(records.map(({ target }) => target).slice(0, 4), ['button “Pay now”', 'button “Pay now”', 'button “Pay now”', 'button “Far away”'])
  for (const [i, row] of ['100', '19000', '7'].entries()) {
    for (const selector of records[i].selectors) {
      assert.equal(await page.locator(selector).count(), 1, selector)
      assert.equal(await page.locator(selector).getAttribute('data-row'), row)
    }
  }
  assert.ok(records[3].selectors.includes('data-testid=far'))
})

test('switched off, nothing is kept; switched on again, it is', async () => {
  const page = await world.open({ body: '<button id="b">B</button>' })
  await page.evaluate(() => Baton.init({ sensors: { steps: false } }))
  await sensed(page)
  await page.locator('#b').click()
  assert.deepEqual(await steps(page), [])
  await page.evaluate(() => Baton.init({ sensors: { steps: true } }))
  await page.locator('#b').click()
  assert.deepEqual((await steps(page)).map(brief), [['click', 'button “B”']])
})

test('after destroy() no listener records anything', async () => {
  const page = await world.open({ body: FORM })
  await sensed(page)
  await drain(page)
  await page.evaluate(async () => { window.kept = widgetBridge.rings.steps.list; await Baton.destroy() })
  await page.locator('#b').click()
  await page.locator('#name').fill('x')
  await page.evaluate(() => history.pushState({}, '', '/away'))
  await page.waitForTimeout(1100)
  assert.equal(await page.evaluate(() => kept.length), 0)
})
