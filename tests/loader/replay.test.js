import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './fixtures/browser.js'
import { content, events, load, play, settled, snapshot, start } from './fixtures/replay-player.js'

const world = stage()
const FULL = 2, META = 4
/** Opens a page without the loader: these tests are about the recorder alone. */
const open = async (body, options = {}) => {
  const page = await world.open({ head: options.head || ' ', body, ...options })
  page.errors = []
  page.on('pageerror', error => page.errors.push(String(error)))
  await load(page)
  return page
}
const kinds = list => list.map(({ type, data }) => `${type}${data.source === undefined ? '' : `.${data.source}`}`)
const sorted = list => list.every(({ timestamp }, i) => !i || timestamp >= list[i - 1].timestamp)

test('a snapshot shows the page in rrweb-player', async () => {
  world.server.files['/sheet.css'] = { type: 'text/css', body: '@import "more.css"; .link { color: rgb(1, 2, 3); background: url(dot.png) }' }
  world.server.files['/more.css'] = { type: 'text/css', body: '.more { color: rgb(4, 5, 6) }' }
  const page = await open(`
    <h1 class="link">Invoices &amp; more</h1><p class="more">imported</p><p class="adopted">adopted</p><p class="ruled">ruled</p>
    <!-- a comment --><script>window.ran = 1</script><noscript>no script</noscript>
    <div id="host"></div><iframe id="frame" srcdoc="<p>inside the frame</p>"></iframe>
    <div id="scroller" style="height:40px;overflow:auto"><p style="height:400px">long</p></div>
    <select><option>one</option><option id="two">two</option></select><input type="checkbox" id="box">
    <svg viewBox="0 0 10 10"><linearGradient id="g"/><circle r="3" fill="url(#g)"/></svg><canvas width="20" height="20"></canvas>
    <a href="details?id=1">details</a><div data-baton-ui="launcher">Baton itself</div>`, {
    head: '<link rel="stylesheet" href="/sheet.css"><style id="ruled"></style>',
  })
  await page.evaluate(() => {
    document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<style>b{color:rgb(7, 8, 9)}</style><b>in the shadow</b><slot></slot>'
    document.getElementById('ruled').sheet.insertRule('.ruled { color: rgb(10, 11, 12) }')
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('.adopted { color: rgb(13, 14, 15) }')
    document.adoptedStyleSheets = [sheet]
    document.getElementById('two').selected = true
    document.getElementById('box').checked = true
    document.getElementById('scroller').scrollTop = 120
    document.querySelector('canvas').getContext('2d').fillRect(0, 0, 20, 20)
  })
  const taken = await snapshot(page)
  assert.deepEqual(taken.gaps, [])
  assert.deepEqual(kinds(taken.events).slice(0, 2), [String(META), String(FULL)])
  assert.equal(taken.events[0].data.href, page.url())
  const text = JSON.stringify(taken)
  assert.ok(!text.includes('Baton itself') && !text.includes('window.ran') && !text.includes('a comment'))
  assert.ok(text.includes(`${world.server.origin}/dot.png`) && text.includes(`${world.server.origin}/details?id=1`) && text.includes('data:image/webp'))

  const played = await play(world, taken.events)
  assert.equal(played.content, await content(page))
  for (const words of ['Invoices & more', 'inside the frame', 'in the shadow']) assert.ok(played.content.includes(words), words)
  const seen = await played.query(doc => {
    const view = doc.defaultView, color = (selector, root = doc) => view.getComputedStyle(root.querySelector(selector)).color
    return {
      colors: [color('.link'), color('.more'), color('b', doc.getElementById('host').shadowRoot), color('.ruled'), color('.adopted')],
      selected: doc.querySelector('select').value, checked: doc.querySelector('#box').checked, scroll: doc.querySelector('#scroller').scrollTop,
      svg: doc.querySelector('circle').namespaceURI.endsWith('svg') && !!doc.querySelector('linearGradient'),
    }
  })
  assert.deepEqual(seen, {
    colors: ['rgb(1, 2, 3)', 'rgb(4, 5, 6)', 'rgb(7, 8, 9)', 'rgb(10, 11, 12)', 'rgb(13, 14, 15)'],
    selected: 'two', checked: true, scroll: 120, svg: true,
  })
  assert.deepEqual(played.warnings.filter(line => !/dot\.png|404/.test(line)), [])
})

test('a session with typing, moved, added and removed nodes, shadow roots, frames and scrolling ends as the page does', async () => {
  const page = await open(`
    <input id="name"><textarea id="note">was here</textarea><ul id="list">${[1, 2, 3, 4, 5].map(n => `<li id="li${n}">item ${n}</li>`).join('')}</ul>
    <div id="app"><p id="text">before</p></div><div id="host"></div><div style="height:3000px"></div>`, { head: '<style id="sheet">p{color:rgb(1, 1, 1)}</style>' })
  await start(page)
  await page.fill('#name', 'Ada')
  await page.evaluate(() => {
    const $ = id => document.getElementById(id), make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text })
    // Reversed, one moved into another, one there and gone, one moved twice.
    for (const li of [...$('list').children].reverse()) $('list').append(li)
    $('li2').append($('li4'))
    const passing = $('list').appendChild(make('li', 'passing'))
    passing.append($('li5'))
    $('list').prepend($('li5'))
    passing.remove()
    // Grown outside and inside the page, in any order, with comments between.
    const box = make('section', 'box '), inner = make('b', 'inner')
    $('app').append(document.createComment('x'), box)
    box.append(document.createComment('y'), inner, ' tail')
    box.insertBefore(make('i', 'first'), box.firstChild)
    $('text').firstChild.data = 'after'
    $('app').setAttribute('title', 'set')
    $('host').attachShadow({ mode: 'open' }).append(make('p', 'in a later shadow'))
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p id="in">framed</p>'
    $('app').append(frame)
  })
  await settled(page)
  await page.evaluate(() => {
    const $ = id => document.getElementById(id)
    $('host').shadowRoot.firstChild.textContent = 'changed in the shadow'
    $('host').append(document.createElement('hr'))
    document.querySelector('iframe').contentDocument.getElementById('in').textContent = 'changed in the frame'
    document.querySelector('iframe').contentDocument.body.append('more')
    // A subtree that is taken out with a moved node in it, and put back elsewhere.
    const section = document.querySelector('section')
    section.append($('li1'))
    section.remove()
    document.body.append(section)
    const wrapper = document.createElement('div')
    $('li2').replaceWith(wrapper)
    wrapper.append($('li3'))
    $('sheet').sheet.insertRule('p{color:rgb(2, 2, 2)}', 1)
    const late = document.head.appendChild(document.createElement('style'))
    late.sheet.insertRule('li{color:rgb(3, 3, 3)}')
    late.sheet.insertRule('li{color:rgb(4, 4, 4)}', 1)
    late.sheet.deleteRule(0)
    scrollTo(0, 700)
  })
  await page.mouse.move(50, 50)
  await page.mouse.click(60, 60)
  await settled(page)
  const recorded = await events(page)
  assert.deepEqual(recorded.gaps, [])
  assert.ok(sorted(recorded.events))
  const seen = new Set(kinds(recorded.events))
  for (const kind of ['4', '2', '3.0', '3.1', '3.2', '3.3', '3.5', '3.8']) assert.ok(seen.has(kind), kind)
  const expected = await content(page)
  const played = await play(world, recorded.events)
  assert.equal(played.content, expected)
  const end = await played.query(doc => ({
    name: doc.getElementById('name').value, scroll: doc.defaultView.scrollY, title: doc.getElementById('app').title,
    colors: ['#text', 'li'].map(selector => doc.defaultView.getComputedStyle(doc.querySelector(selector)).color),
  }))
  assert.deepEqual(end, { name: '***', scroll: 700, title: 'set', colors: ['rgb(2, 2, 2)', 'rgb(4, 4, 4)'] })
  assert.deepEqual(played.warnings, [])
  assert.deepEqual(page.errors, [])
})

test('a random session of a thousand steps ends as the page does', async () => {
  const page = await open('<main id="root"><p>0</p></main>')
  await start(page)
  await page.evaluate(async () => {
    let seed = 42
    const random = n => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n
    const root = document.getElementById('root'), aside = document.createElement('div')
    const all = () => [root, ...root.querySelectorAll('*')].flatMap(node => node.shadowRoot ? [node, node.shadowRoot] : [node])
    const any = list => list[random(list.length)]
    for (let step = 0; step < 1000; step++) {
      const parent = any(all()), child = any(all().filter(node => node.nodeType == 1 && node != root)), kind = random(9)
      if (kind < 3 || !child) {
        const made = document.createElement(any(['p', 'div', 'span']))
        made.append(`${step}`, document.createComment('c'))
        parent.insertBefore(made, parent.childNodes[random(parent.childNodes.length + 1)] || null)
      } else if (kind < 6) { if (!child.contains(parent) && !child.contains(parent.host)) parent.insertBefore(child, parent.childNodes[random(parent.childNodes.length + 1)] || null) }
      else if (kind == 6) child.remove()
      else if (kind == 7) { child.remove(); aside.append(child); child.append('aside'); if (!child.contains(parent) && parent.isConnected) parent.append(child) }
      else if (!child.shadowRoot && child.localName != 'p') child.attachShadow({ mode: 'open' }).append(`shadow ${step}`)
      if (root.querySelectorAll('*').length > 150) root.lastElementChild.remove()
      if (!random(12)) await new Promise(done => setTimeout(done))
    }
  })
  await settled(page)
  const recorded = await events(page)
  const played = await play(world, recorded.events)
  assert.equal(played.content, await content(page))
  assert.deepEqual([recorded.gaps, played.warnings], [[], []])
})
