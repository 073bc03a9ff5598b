// What the customer did to a page, which neither its markup nor its style sheets say.
import { page, repeat, text, words } from './page.js'

const script = code => `<script>${code}</script>`
const box = 'border: 1px solid #99a; background: #fff; padding: 8px; '

export const state = [
  page('form-values', `<h1>Order</h1><form>
    <label>Name <input id="name"></label> <label>Mail <input type="email" placeholder="you@company.example"></label>
    <label>Amount <input type="number" id="amount"></label> <label>Day <input type="date" id="day"></label>
    <label>Colour <input type="color" id="colour"></label> <label>Share <input type="range" id="share" min="0" max="100"></label>
    <p><input type="checkbox" id="a"> terms <input type="checkbox" checked id="b"> news <input type="checkbox" id="c"> some</p>
    <p><input type="radio" name="r" value="1" checked> month <input type="radio" name="r" value="2" id="year"> year</p>
    <select id="plan"><option>Free</option><option>Team</option><option>Enterprise</option></select>
    <select id="tags" multiple size="5">${repeat(9, index => `<option>Tag ${index}</option>`)}</select>
    <p><textarea id="note" rows="4" cols="50">old text</textarea></p>
    <progress id="bar" max="10"></progress> <meter min="0" max="1" value="0.7"></meter> <button>Save</button> <button disabled>Delete</button>
    <output id="out"></output></form>${script(`
    const set = (id, key, value) => { document.getElementById(id)[key] = value }
    set('name', 'value', 'Mara Lindqvist'); set('amount', 'value', 1250); set('day', 'value', '2026-03-14'); set('colour', 'value', '#cc3366'); set('share', 'value', 80)
    set('a', 'checked', true); set('b', 'checked', false); set('c', 'indeterminate', true); set('year', 'checked', true)
    set('plan', 'selectedIndex', 2); for (const at of [1, 3]) document.getElementById('tags').options[at].selected = true
    set('note', 'value', 'Typed by the customer,\\nin two lines.'); set('bar', 'value', 6); set('out', 'value', '1,250.00')`)}`, { css: 'form > * { margin: 6px 12px 6px 0 }' }),

  page('textarea-scroll', `<h1>Log</h1><textarea id="log" style="width: 700px; height: 260px; font: 14px/1.4 monospace">${repeat(120, index => `line ${index}: ${words(8, index + 1)}\n`)}</textarea>
    <textarea id="wide" wrap="off" style="width: 420px; height: 120px">${repeat(12, index => `${words(30, index + 3)}\n`)}</textarea>${script('log.scrollTop = 1100; wide.scrollLeft = 500; wide.scrollTop = 60')}`),

  page('input-scroll', `<h1>Key</h1><input id="key" style="width: 260px; font: 20px monospace" value="${repeat(20, index => `part-${index}-`)}"><p>${words(60)}</p>${script('key.scrollLeft = 900')}`),

  page('inner-scroll', `<h1>Lists</h1><div class="row">
    <div id="one" class="box">${text(20)}</div><div id="two" class="box"><div style="width: 1600px">${text(9, 120)}</div></div>
    <ul id="three" class="box" style="scroll-snap-type: y mandatory">${repeat(60, index => `<li style="scroll-snap-align: start">Item ${index}</li>`)}</ul>
    <div id="four" class="box" style="overflow: hidden"><div style="height: 900px; background: linear-gradient(red, blue)"></div></div></div>${script('one.scrollTop = 333; two.scrollTo(420, 150); three.scrollTop = 700; four.scrollTop = 300')}`,
  { css: `.row { display: grid; grid-template-columns: 1fr 1fr; gap: 16px } .box { height: 280px; overflow: auto; margin: 0; ${box}}` }),

  page('page-scroll', `<header>Acme</header><main>${repeat(12, index => `<section><h2>Part ${index}</h2>${text(3)}</section>`)}</main><aside>Chat</aside>${script('scrollTo(0, 1234)')}`,
    { css: 'header { position: fixed; inset: 0 0 auto; height: 56px; background: #223; color: #fff; padding: 12px 24px; box-sizing: border-box } main { padding-top: 56px } h2 { position: sticky; top: 56px; background: #dde; margin: 0; padding: 8px } aside { position: fixed; right: 24px; bottom: 24px; padding: 20px; background: #06c; color: #fff; border-radius: 32px }' }),

  page('page-scroll-both', `<div style="width: 2600px">${text(30, 220)}<div style="position: absolute; left: 1400px; top: 900px; width: 300px; height: 200px; background: #c63">here</div></div>${script('scrollTo(900, 620)')}`),

  page('sticky-table', `<h1>Seats</h1><div id="box"><table><thead><tr>${repeat(12, index => `<th>Column ${index}</th>`)}</tr></thead><tbody>${repeat(80, row => `<tr><th>Row ${row}</th>${repeat(11, column => `<td>${words(2, row * 12 + column + 1)}</td>`)}</tr>`)}</tbody></table></div>${script('box.scrollTo(260, 700)')}`,
    { css: '#box { height: 560px; overflow: auto; border: 1px solid #889 } table { border-collapse: separate; border-spacing: 0; white-space: nowrap } th, td { padding: 6px 12px; background: #fff; border-bottom: 1px solid #dde } thead th { position: sticky; top: 0; background: #cde; z-index: 2 } tbody th { position: sticky; left: 0; background: #edf; z-index: 1 }' }),

  page('details', `<h1>Questions</h1>${repeat(6, index => `<details${index === 1 ? ' open' : ''} id="d${index}"><summary>Question ${index}</summary>${text(1)}</details>`)}<details name="g" open><summary>One of a group</summary>first</details><details name="g"><summary>Other</summary>second</details>${script('d1.open = false; d3.open = true; d4.open = true')}`,
    { css: 'details { margin: 8px 0; border: 1px solid #99a; padding: 8px } details[open] > summary { font-weight: bold; color: #06c }' }),

  page('dialog', `<h1>Behind</h1>${text(8)}<dialog id="box"><h2>Delete the report?</h2><p>This can’t be undone.</p><button>Cancel</button> <button autofocus>Delete</button></dialog><dialog open style="top: 520px">Not modal</dialog>${script('box.showModal()')}`,
    { css: 'dialog { border: 0; border-radius: 12px; padding: 24px; box-shadow: 0 8px 40px #0006 } #box::backdrop { background: rgb(10 30 80 / .55); backdrop-filter: blur(3px) }' }),

  page('popover', `<h1>Menu</h1>${text(8)}<div style="overflow: hidden; height: 60px; transform: translate(0)"><div id="menu" popover="manual"><b>Menu</b><ul><li>Rename</li><li>Archive</li></ul></div><div id="second" popover="manual">On top</div></div>${script('menu.showPopover(); second.showPopover()')}`,
    { css: '#menu { inset: 140px auto auto 300px; padding: 16px; border: 1px solid #445; border-radius: 8px; background: #fff } #second { inset: 170px auto auto 380px; background: #fd8; border: 0; padding: 24px } #second::backdrop { background: #0003 }' }),

  page('element-states', `<h1>States</h1><button id="over">Under the pointer</button> <a href="#x">a link</a> <input id="wrong" type="email" value="no mail" required> <input id="in" value="has focus">
    <label class="switch"><input type="checkbox" id="on"><span>Switch</span></label> <fieldset disabled><input value="off"></fieldset> <p id="x">target</p> <input readonly value="read only"> <input placeholder="empty">`, {
    css: 'button { padding: 12px 20px; background: #ccd; border: 0 } button:hover { background: #06c; color: #fff; box-shadow: 0 0 0 6px #9cf } input { padding: 8px; border: 2px solid #889; outline: 0 } input:invalid { border-color: #d00; background: #fee } input:focus { border-color: #07f; box-shadow: 0 0 0 4px #07f5 } input:focus-visible { background: #eef } label:has(:checked) { color: #fff; background: #282; padding: 8px } :checked + span { font-weight: bold } #x:target { background: #fe8 } input:placeholder-shown { background: #efe } input:read-only { color: #777 } label:focus-within { outline: 3px dashed red }',
    prepare: async tab => { await tab.evaluate(() => { document.getElementById('on').checked = true; location.hash = 'x' }); await tab.focus('#in'); await tab.hover('#over') },
  }),

  page('text-styles', `<h1>Marked</h1>${text(5)}`, { css: 'p::first-letter { font-size: 2em; color: #c22 } p::first-line { font-weight: bold } p:first-of-type { text-decoration: underline wavy #07f }' }),

  page('canvas', `<h1>Chart</h1><canvas id="chart" width="800" height="400" style="width: 640px; height: 320px; border: 4px solid #334; border-radius: 16px"></canvas><canvas width="80" height="80" style="background: gold"></canvas>${script(`
    const paint = chart.getContext('2d'); for (let at = 0; at < 16; at++) { paint.fillStyle = 'hsl(' + at * 22 + ' 70% 50%)'; paint.fillRect(20 + at * 48, 380 - at * at * 1.4, 36, at * at * 1.4) }
    paint.font = '32px sans-serif'; paint.fillText('Revenue', 30, 60)`)}`),

  ...['webgl', 'webgl-moving', 'webgl2-kept'].map(name => page(name, `<h1>Map</h1><canvas id="map" width="900" height="500" style="border-radius: 24px"></canvas><p>${words(40)}</p>${script(`
    const gl = map.getContext('${name === 'webgl2-kept' ? 'webgl2' : 'webgl'}', { preserveDrawingBuffer: ${name === 'webgl2-kept'} })
    const draw = () => { gl.enable(gl.SCISSOR_TEST); for (let at = 0; at < 60; at++) { gl.scissor(at % 10 * 90, Math.floor(at / 10) * 84, 86, 80); gl.clearColor(at / 60, 1 - at / 60, (at % 7) / 7, 1); gl.clear(gl.COLOR_BUFFER_BIT) } ${name === 'webgl-moving' ? 'requestAnimationFrame(draw)' : ''} }
    ${name === 'webgl-moving' ? 'draw()' : 'requestAnimationFrame(draw)'}`)}`)),

  page('video', `<h1>Film</h1><video id="film" src="/files/film.webm" muted style="width: 640px; height: 360px; object-fit: cover; border-radius: 12px"></video><video poster="/files/photo.png" width="320" height="200"></video>${script('window.settled = new Promise(done => { film.onloadeddata = done; film.onerror = done })')}`),

  page('picture-sources', `<h1>Pictures</h1><img srcset="/files/tile.png 1x, /files/photo.png 2x" alt="" width="200" height="120"> <img src="/files/tile.png" srcset="/files/tile.png 100w, /files/photo.png 640w" sizes="50vw" style="width: 50vw; height: 200px; object-fit: cover; object-position: 20% 80%">
    <picture><source media="(max-width: 600px)" srcset="/files/tile.png"><source type="image/nothing" srcset="/no.png"><source srcset="/files/photo.png"><img src="/files/tile.png" alt="" width="240"></picture>
    <img src="/files/missing.png" alt="A picture that is missing" width="200" height="100"> <img loading="lazy" src="/files/photo.png" width="160" alt=""> <input type="image" src="/files/photo.png" width="100" alt="go">
    <div style="width: 300px; height: 160px; background: image-set(url(/files/photo.png) 1x, url(/files/tile.png) 2x) center / cover"></div><object data="/files/drawing.svg" type="image/svg+xml" width="160" height="120"></object><embed src="/files/drawing.svg" width="160" height="120">`),
]
