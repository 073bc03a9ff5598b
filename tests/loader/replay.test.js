import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './fixtures/browser.js'
import { OTHER } from './fixtures/server.js'
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
  const live = await play(world, recorded.events, 'live')
  assert.equal(live.content, expected)
  assert.deepEqual(live.warnings, [])
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

test('what changes without an event, inside shadow roots, or late, is told all the same', async () => {
  world.server.files['/late.css'] = { type: 'text/css', body: '#late { color: rgb(1, 2, 3) }' }
  const page = await open('<form id="form"><input id="name"><input type="radio" name="r" id="r1" checked><input type="radio" name="r" id="r2"></form><div id="host"></div><p id="late">late</p><dialog id="dialog">asks</dialog>', {
    head: '<style id="sheet">p{color:rgb(9, 9, 9)}</style>',
  })
  await start(page, 2)
  await page.fill('#name', 'Ada')
  await page.check('#r2')
  await page.evaluate(async () => {
    const $ = id => document.getElementById(id), sheet = new CSSStyleSheet()
    sheet.replaceSync('b { color: rgb(4, 5, 6) }')
    const root = $('host').attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [sheet]
    await null
    root.append(Object.assign(document.createElement('b'), { textContent: 'styled' }), Object.assign(document.createElement('div'), { style: 'height:20px;overflow:auto', id: 'box' }))
    root.lastChild.append(Object.assign(document.createElement('p'), { style: 'height:200px' }))
    sheet.insertRule('i { color: red }')
    $('dialog').showModal()
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/late.css' }))
    await new Promise(done => setTimeout(done, 200))
    root.lastChild.scrollTop = 30
    $('name').value = ''
    $('sheet').sheet.cssRules[0].style.fontSize = '31px'
  })
  await page.mouse.move(5, 5)
  await page.waitForTimeout(1300)
  const { events: list } = await events(page)
  const played = await play(world, list)
  const seen = await played.query(doc => {
    const $ = id => doc.getElementById(id), style = (element, name) => doc.defaultView.getComputedStyle(element)[name], root = $('host').shadowRoot
    return {
      name: $('name').value, radios: [$('r1').checked, $('r2').checked], adopted: style(root.firstChild, 'color'), scroll: root.lastChild.scrollTop,
      late: style($('late'), 'color'), size: style($('late'), 'fontSize'), modal: $('dialog').matches(':modal'),
    }
  })
  assert.deepEqual(seen, { name: '', radios: [false, true], adopted: 'rgb(4, 5, 6)', scroll: 30, late: 'rgb(1, 2, 3)', size: '31px', modal: true })
  assert.equal(played.content, await content(page))
  assert.deepEqual(played.warnings, [])
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
  for (const at of [undefined, 'live']) {
    const played = await play(world, recorded.events, at)
    assert.equal(played.content, await content(page))
    assert.deepEqual([recorded.gaps, played.warnings], [[], []])
  }
})

// ---- Privacy

const CANARY = /canary/i
const PRIVATE = `
  <div data-baton-mask title="canary"><p>canary masked <b>canary deep</b></p><img alt="canary" src="/canary.png"><input placeholder="canary" value="canary"><a href="/canary">canary</a></div>
  <div data-baton-block id="canary" class="canary"><p>canary blocked</p></div>
  <p data-baton-mask><span data-baton-allow>open again <input type="password" value="canary"></span></p>
  <input id="secret" type="password" value="canary"><input id="card" autocomplete="cc-number" value="canary"><input type="hidden" value="canary">
  <input id="plain" value="canary"><textarea id="area">canary</textarea><input type="radio" name="r" value="canary">
  <div contenteditable id="editor">canary</div>
  <select data-private><option value="canary">canary</option></select>
  <div id="later">soon private</div>
  <div id="shadow" data-baton-mask></div><iframe data-baton-mask srcdoc="canary"></iframe>
  <meta name="csrf-token" content="canary"><script nonce="canary">'canary'</script><a href="javascript:canary()" onclick="canary()">x</a>`

test('nothing private is in a snapshot', async () => {
  const page = await open(PRIVATE)
  await page.evaluate(() => { document.getElementById('shadow').attachShadow({ mode: 'open' }).append('canary') })
  const { events: list } = await snapshot(page), text = JSON.stringify(list)
  assert.doesNotMatch(text, CANARY)
  assert.ok(text.includes('open again') && text.includes('soon private'))
  const played = await play(world, list)
  const [block, masked] = await played.query(doc => [doc.querySelector('.rr-block').getBoundingClientRect().width, doc.querySelector('[data-baton-mask], div > p').textContent])
  assert.ok(block > 0)
  assert.match(masked, /^[* ]+$/)
})

test('nothing private is in a recording, whatever the page and the customer do', async () => {
  const page = await open(PRIVATE)
  await start(page)
  for (const id of ['secret', 'card', 'plain', 'area']) await page.fill(`#${id}`, 'canary typed')
  await page.click('#editor')
  await page.keyboard.type('canary')
  await page.evaluate(() => {
    const $ = id => document.getElementById(id), masked = document.querySelector('[data-baton-mask]'), blocked = document.querySelector('[data-baton-block]')
    masked.querySelector('b').firstChild.data = 'canary again'
    masked.title = 'canary again'
    masked.append('canary added', Object.assign(document.createElement('img'), { src: '/canary2.png', alt: 'canary' }))
    blocked.append('canary added')
    blocked.firstChild.textContent = 'canary changed'
    blocked.title = 'canary'
    // The value is shown, by script and by a button.
    $('secret').type = 'text'
    $('secret').setAttribute('value', 'canary as attribute')
    // A region becomes private, and then tells something.
    $('later').className = 'rr-mask'
    $('later').textContent = 'canary later'
    $('later').title = 'canary'
    const root = $('shadow').shadowRoot || $('shadow').attachShadow({ mode: 'open' })
    root.append('canary in the shadow')
    document.body.append(masked.querySelector('b'), Object.assign(document.createElement('input'), { type: 'password', value: 'canary', name: 'n' }))
    masked.append(masked.ownerDocument.querySelector('body > b'))
    document.querySelector('meta[name]').content = 'canary 2'
    document.querySelector('script[nonce]').textContent = 'canary()'
  })
  await settled(page)
  await page.type('#secret', 'canary')
  await settled(page)
  const { events: list } = await events(page), text = JSON.stringify(list)
  assert.doesNotMatch(text, CANARY)
  assert.ok(list.filter(({ data }) => data.source === 5).length >= 2, 'that something was typed is told')
  const played = await play(world, list)
  assert.equal(await played.query(doc => doc.getElementById('secret').value), '********')
  assert.match(await played.query(doc => doc.getElementById('later').textContent), /^[* ]+$/)
})

test('without the judge of privacy nothing is read', async () => {
  const page = await open('<p>canary</p>')
  const taken = await page.evaluate(() => {
    const recording = recorder.record({ config: {} }, { seconds: 5 })
    document.body.append('more')
    const both = [recorder.snapshot({ config: {} }), recording.events()]
    recording.stop()
    return both
  })
  for (const { events: list, gaps } of taken) {
    assert.deepEqual(list, [])
    assert.match(gaps[0].reason, /what is private is not known/)
  }
})

// ---- The ring

test('a recording cut anywhere begins with a full snapshot and ends as the page does', async () => {
  const page = await open('<ul id="list"></ul><p id="clock">0</p>')
  await start(page, 2)
  await page.evaluate(() => {
    let n = 0
    window.ticking = setInterval(() => {
      document.getElementById('clock').textContent = ++n
      const list = document.getElementById('list'), item = list.appendChild(document.createElement('li'))
      item.append(`item ${n}`)
      if (n % 3 == 0) list.prepend(item)
      if (list.children.length > 20) list.children[7].remove()
    }, 20)
  })
  for (let cut = 0; cut < 5; cut++) {
    await page.waitForTimeout(1700 + cut * 130)
    const [recorded, expected] = await page.evaluate(`[recording.events(), ${'document.getElementById("clock").textContent + document.getElementById("list").textContent'}]`)
    const { events: list } = recorded, length = list.at(-1).timestamp - list[0].timestamp
    assert.deepEqual(list.slice(0, 2).map(({ type }) => type), [META, FULL])
    assert.equal(list.filter(({ type }) => type === FULL).length, 1, 'what was recorded without loss needs one full snapshot')
    assert.ok(sorted(list) && length < 3600 && (cut < 2 || length >= 2000), `${length} ms`)
    const played = await play(world, list)
    assert.equal(await played.query(doc => doc.getElementById('clock').textContent + doc.getElementById('list').textContent), expected)
    await played.page.close()
  }
  assert.deepEqual((await events(page)).gaps, [])
})

test('an idle page keeps one snapshot, not older than the window', async () => {
  const page = await open('<p>still</p>')
  await start(page, 1)
  await page.waitForTimeout(2600)
  const [{ events: list }, now] = await page.evaluate('[recording.events(), performance.timeOrigin + performance.now()]')
  assert.deepEqual(kinds(list), ['4', '2'])
  assert.ok(now - list[0].timestamp < 2000)
})

test('10,000 DOM changes a second stay bounded, are a named gap, and the next full snapshot is right', async () => {
  const page = await open('<div id="root"></div><p id="end"></p>')
  const cdp = await page.context().newCDPSession(page)
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
  }
  const before = await heap()
  await start(page, 4)
  const changes = await page.evaluate(async () => {
    const root = document.getElementById('root'), from = performance.now()
    let n = 0
    while (performance.now() - from < 6000) {
      for (const until = (performance.now() - from) * 10; n < until; n++) {
        const node = root.appendChild(document.createElement('p'))
        node.append(`change ${n}`)
        if (root.childNodes.length > 500) root.firstChild.remove()
      }
      await new Promise(done => setTimeout(done, 10))
    }
    document.getElementById('end').textContent = 'the end'
    return n
  })
  const recorded = await events(page), size = JSON.stringify(recorded.events).length, grown = await heap() - before
  console.log(`# ${changes} additions in 6 s: ${recorded.events.length} events, ${(size / 1e6).toFixed(2)} MB of JSON, heap +${grown.toFixed(1)} MB`)
  assert.ok(changes > 30_000)
  assert.ok(size < 5e6 && grown < 40)
  assert.match(recorded.gaps.map(({ reason }) => reason).join(), /DOM changes: too many from \S+ until the next full snapshot; \d+ counted/)
  await page.waitForTimeout(2500)
  const played = await play(world, (await events(page)).events)
  assert.equal(played.content, await content(page))
})

test('a full snapshot takes no more time for a node of a large page than of a small one, and one of too many is cut and says so', async () => {
  const page = await open('<div id="root"></div>')
  const grow = n => page.evaluate(n => {
    const root = document.getElementById('root')
    for (let i = 0; i < n; i += 2) root.appendChild(document.createElement('p')).append(`text ${i}`)
  }, n)
  // The quickest of some: what a busy machine adds is none of ours, which is why nothing is asked of the time itself.
  const quickest = () => page.evaluate(() => Math.min(...Array.from({ length: 9 }, () => {
    const from = performance.now()
    recorder.snapshot(core)
    return performance.now() - from
  })))
  await grow(2500)
  const small = await quickest()
  await grow(7500)
  const large = await quickest()
  console.log(`# 2,500 nodes: ${small.toFixed(1)} ms, 10,000 nodes: ${large.toFixed(1)} ms`)
  await grow(50_000)
  const { events: list, gaps } = await snapshot(page)
  assert.ok(JSON.stringify(list).length < 5e6)
  assert.match(gaps[0].reason, /too large/)
  assert.ok((await play(world, list)).content.includes('text 0'))
  // Four times the nodes; squared, it would be sixteen times the time.
  assert.ok(large < small * 10, `${small} ms, ${large} ms`)
})

// ---- The page is left alone

test('nothing is recorded after stop(), and the page has its own functions back', async () => {
  const page = await open('<p id="p">x</p>')
  const result = await page.evaluate(async () => {
    const natives = () => [Element.prototype.attachShadow, CSSStyleSheet.prototype.insertRule, CSSStyleSheet.prototype.deleteRule]
    const before = natives(), recording = recorder.record(core, { seconds: 5 }), wrapped = natives()
    recording.stop()
    document.getElementById('p').textContent = 'after'
    document.getElementById('p').click()
    await new Promise(done => setTimeout(done, 700))
    return { events: recording.events().events, restored: natives().every((f, i) => f === before[i]), wrapped: wrapped.some((f, i) => f !== before[i]), native: `${wrapped[0]}`.includes('[native code]') }
  })
  assert.deepEqual(result, { events: [], restored: true, wrapped: true, native: true })
})

test('a page with hostile names and getters is recorded, and hears nothing of it', async () => {
  const page = await open(`
    <form id="form"><input name="childNodes"><input name="attributes"><input name="parentNode"><input name="nodeType"><input name="localName">
      <input name="firstChild"><input name="shadowRoot"><input name="querySelectorAll"><input name="matches"><p>in the form</p></form>
    <img name="defaultView"><img name="documentElement"><img name="compatMode"><img name="adoptedStyleSheets"><img name="childNodes">
    <div id="thrower">thrower</div><constructor>odd</constructor>`)
  await page.evaluate(() => {
    window.heard = []
    window.onerror = message => { heard.push(message) }
    const thrower = document.getElementById('thrower')
    for (const name of ['childNodes', 'attributes', 'nodeType', 'firstChild', 'parentNode', 'localName', 'shadowRoot', 'getAttribute', 'baseURI'])
      Object.defineProperty(thrower, name, { get() { throw new Error('hostile') } })
    document.body.append(document.createElementNS('urn:x', 'a"b'), document.createElementNS('http://www.w3.org/1999/xhtml', 'bad\u00e9'))
  })
  await start(page)
  await page.evaluate(() => {
    document.getElementById('thrower').append('more')
    document.getElementById('form').append('new in the form')
    document.getElementById('form').reset()
    document.getElementById('form').click()
    // The page's own errors stay its own.
    let error
    try { new CSSStyleSheet().insertRule('no rule') } catch (e) { error = e }
    if (!(error instanceof DOMException)) throw new Error('lost')
  })
  await settled(page)
  const recorded = await events(page)
  const played = await play(world, recorded.events)
  for (const words of ['in the form', 'new in the form', 'thrower', 'more', 'odd']) assert.ok(played.content.includes(words), words)
  assert.deepEqual([await page.evaluate('heard'), page.errors, recorded.gaps], [[], [], []])
})

test('a strict policy with trusted types is not violated, and frames of other origins are a gap', async () => {
  const policy = "default-src 'none'; script-src 'self' 'nonce-x'; connect-src 'self'; frame-src *; require-trusted-types-for 'script'; trusted-types 'none'"
  const page = await world.open({ head: ' ', headers: { 'content-security-policy': policy }, body: `<p>strict</p><iframe src="${OTHER}"></iframe><canvas></canvas><script nonce="x">import("/baton/baton-replay.js").then(m => import("/baton/privacy.js").then(privacy => { window.recorder = m; window.core = { privacy } }))</script>` })
  // Not by waitForFunction, which the policy would stop at its second look.
  while (!await page.evaluate('!!window.core && !document.querySelector("iframe").contentDocument')) await page.waitForTimeout(50)
  await start(page)
  await page.evaluate(() => document.body.append('more'))
  await settled(page)
  const recorded = await events(page)
  assert.deepEqual(page.violations, [])
  assert.match(recorded.gaps.map(({ reason }) => reason).join(), /frames of another origin \(1\)/)
  assert.ok((await play(world, recorded.events)).content.includes('more'))
})
