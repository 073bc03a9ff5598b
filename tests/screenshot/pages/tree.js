// How a page is put together: trees within trees, odd markup, policies, sizes.
import { page, repeat, text, words } from './page.js'

const script = code => `<script>${code}</script>`
const cards = count => repeat(count, index => `<div class="card"><b>Order ${index}</b><span>${words(6, index + 1)}</span><i style="width: ${(index * 37) % 100}%"></i></div>`)
const CARDS = '.card { display: inline-grid; width: 180px; margin: 4px; padding: 8px; background: #fff; border: 1px solid #ccd; border-radius: 6px; font-size: 12px; vertical-align: top } .card i { height: 4px; background: #07c }'

export const tree = [
  page('shadow-roots', `<h1>Components</h1><x-card><b slot="title">Slotted title</b><p>Default slot</p></x-card><x-card class="warm"><p>No title</p></x-card><x-shell><x-card><p>Nested</p></x-card></x-shell><x-static><template shadowrootmode="open"><style>:host { display: block; border: 3px dashed #a3a; padding: 8px } slot { font-style: italic }</style>Declared: <slot></slot></template>slotted</x-static>${script(`
    const sheet = new CSSStyleSheet(); sheet.replaceSync(':host { display: block; margin: 12px 0; border-radius: 12px; background: var(--paper, #fff); border: 2px solid #88a } :host(.warm) { --paper: #fed } :host-context(x-shell) { transform: translateX(40px) } header { background: #335; color: #fff; padding: 8px } ::slotted(p) { margin: 12px; color: #a22 } ::slotted(b) { letter-spacing: 2px }')
    customElements.define('x-card', class extends HTMLElement { constructor() { super(); const root = this.attachShadow({ mode: 'open' }); root.adoptedStyleSheets = [sheet]; root.innerHTML = '<header part="head"><slot name="title">Untitled</slot></header><slot></slot><footer part="foot"><small>footer</small></footer>' } })
    customElements.define('x-shell', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<style>section { border-left: 8px solid #3a3; padding: 8px } ::slotted(x-card) { outline: 2px dotted red }</style><section><slot></slot></section>' } })`)}`,
  { css: 'x-card::part(foot) { background: #def; padding: 4px 12px } x-card::part(head):hover { color: red } x-static { color: #636 }' }),

  page('adopted-sheets', `<h1 class="title">Adopted</h1><div class="box">${words(40)}</div><p id="made">Styled by rules added by script</p><p class="off">A disabled sheet</p><style id="gone">.off { color: red; font-size: 40px }</style><style media="print">body { background: red }</style>${script(`
    const sheet = new CSSStyleSheet(); sheet.replaceSync('.box { columns: 3; background: #dfd; padding: 16px; border-left: 8px solid #282 } .title { color: #282; text-transform: uppercase }'); document.adoptedStyleSheets = [sheet]
    document.styleSheets[1].insertRule('#made { background: #ffd; border: 2px solid #aa4; padding: 12px }'); document.getElementById('gone').sheet.disabled = true`)}`),

  page('frames', `<h1>Frames</h1><iframe id="a" src="/files/frame.html" style="width: 560px; height: 320px; border: 3px solid #446"></iframe><iframe srcdoc="<style>body{background:#fed;font:20px serif}</style><p>From srcdoc</p><iframe srcdoc='<body style=&quot;background:#cfc&quot;>Nested' width=200 height=80></iframe>" width="400" height="240"></iframe><iframe srcdoc="blank" hidden></iframe>${script(`
    window.settled = new Promise(done => addEventListener('load', () => { a.contentWindow.scrollTo(0, 260); a.contentDocument.getElementById('field').value = 'typed in the frame'; done() }))`)}`),

  page('foreign-frame', `<h1>Foreign</h1><iframe id="f" src="%OTHER%/files/frame.html" width="500" height="300"></iframe>${text(3)}`, { unreadable: ['#f'] }),
  page('foreign-image', `<h1>Foreign</h1><img id="i" src="%OTHER%/files/photo.png" width="320" height="200" alt=""> <img crossorigin src="%ORIGIN%/files/photo.png" width="320" alt=""> <div id="b" style="width: 320px; height: 120px; background: url(%OTHER%/files/photo.png)"></div>${text(4)}`, { unreadable: ['#i', '#b'] }),
  page('foreign-sheet', `<h1>Foreign</h1><div class="foreign">${words(30)}</div><ul class="foreign-list">${repeat(6, index => `<li>${words(4, index + 1)}</li>`)}</ul><button class="foreign-button">Pay</button>${text(2)}`, { head: '<link rel="stylesheet" href="%OTHER%/files/foreign.css">' }),
  page('imported-sheets', `<h1 class="foreign">Imported</h1><div class="far">${words(40)}</div>`, { css: '' , head: '<style>@import url(/files/imports.css) screen;</style>' }),

  page('sprites', `<h1>Icons</h1><svg hidden><symbol id="star" viewBox="0 0 24 24"><path d="M12 2l3 7 7 .6-5.400 4.800 1.700 7.200L12 17.700 5.700 21.600l1.700-7.200L2 9.600 9 9z"/></symbol><linearGradient id="sun"><stop stop-color="gold"/><stop offset="1" stop-color="crimson"/></linearGradient></svg>
    ${repeat(8, index => `<svg width="64" height="64" style="color: hsl(${index * 40} 70% 45%)" fill="${index % 2 ? 'currentColor' : 'url(#sun)'}"><use href="#star"/></svg>`)}<p>${repeat(4, index => `<svg width="96" height="96" fill="hsl(${index * 70} 60% 50%)"><use href="/files/sprite.svg#${index % 2 ? 'cog' : 'bell'}"/></svg>`)}<svg width="96" height="96"><use xlink:href="/files/sprite.svg#bell"/></svg></p>`),

  page('custom-elements', `<h1>Elements</h1><x-once>Made once</x-once><x-never>Never defined</x-never><x-late>Defined</x-late><p is="x-built">Built in</p>${script(`
    let made = 0
    customElements.define('x-once', class extends HTMLElement { constructor() { super(); if (made++) throw new Error('only one') } connectedCallback() { this.dataset.ready = '' } })
    customElements.define('x-late', class extends HTMLElement { connectedCallback() { this.textContent += ', connected ' + (window.connected = (window.connected ?? 0) + 1) } })
    customElements.define('x-built', class extends HTMLParagraphElement {}, { extends: 'p' })`)}`, { css: 'x-once, x-never, x-late { display: block; padding: 16px; margin: 8px; background: #dfd } :not(:defined) { background: #fdd; border: 2px dashed red } x-once[data-ready] { color: #060 } :defined:is(x-late) { font-size: 24px }' }),

  page('odd-names', `<h1>Odd</h1><div @click="go" :class="{on: 1}" x-on:a.b="c" v-bind:style="s" #ref [prop]="x" (event)="y" a"b="1" class="odd">${words(20)}</div><my:tag>colon tag</my:tag><p id="bad"></p><p>&#8; control &nbsp;&shy; &amp;lt; ]]&gt; <!-- a -- comment --></p><custom.tag>dot</custom.tag><svg width="100" height="40"><a xlink:href="#"><text y="20">link</text></a></svg>${script(`
    bad.textContent = 'null \\u0000 escape \\u001b lone \\ud800 surrogate \\ufffe end \\u000b'; bad.title = '\\u0001\\ud800'; bad.setAttribute('data-x', '\\u0002<&>"\\''); bad.dataset.y = ']]>'`)}`, { css: '.odd { background: #dfe; padding: 12px } [\\@click] { border: 3px solid #083 } [x-on\\:a\\.b] { border-radius: 12px } my\\:tag { display: block; background: #fec } custom\\.tag { color: #a0a }' }),

  page('duplicate-ids', `<h1>Twice</h1>${repeat(3, index => `<div id="same" class="c${index}">${words(12, index + 1)}</div>`)}<svg width="220" height="80"><defs><linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="gold"/></linearGradient></defs><rect width="200" height="60" fill="url(#g)"/></svg><svg width="220" height="80"><defs><linearGradient id="g"><stop stop-color="blue"/><stop offset="1" stop-color="cyan"/></linearGradient></defs><rect width="200" height="60" fill="url(#g)"/></svg>`, { css: '#same { padding: 12px; background: #def } #same + #same { background: #fde }' }),

  page('display-contents', `<h1>Grid</h1><div class="grid">${repeat(4, row => `<div class="row">${repeat(3, cell => `<div>${words(5, row * 3 + cell + 1)}</div>`)}</div>`)}</div><x-none><p>In an unknown element</p></x-none><p hidden>hidden</p><p style="visibility: hidden">kept<span style="visibility: visible"> but shown</span></p><p style="content-visibility: hidden; height: 40px">skipped</p><p inert>inert</p>`, { css: '.grid { display: grid; grid-template-columns: 1fr 2fr 1fr; gap: 8px } .row { display: contents; color: #a22; background: red } .row > div { background: #fff; padding: 16px } .row:nth-child(2) > div { background: #ffe }' }),

  page('base-href', `<h1>Base</h1><img src="photo.png" width="200" alt=""> <div class="bg"></div><svg width="120" height="120"><defs><pattern id="p" width="20" height="20" patternUnits="userSpaceOnUse"><circle cx="10" cy="10" r="8" fill="#c33"/></pattern></defs><rect width="120" height="120" fill="url(#p)"/></svg><svg width="60" height="60"><use href="sprite.svg#bell"/></svg>`, { head: '<base href="/files/"><style>.bg { width: 300px; height: 160px; background: url(tile.png) }</style>' }),

  page('strict-csp', `<h1 class="title">Strict</h1><div class="foreign">${words(50)}</div><img src="/files/photo.png" width="240" alt=""><p id="moved">Moved by script</p>`, {
    css: '', head: '<link rel="stylesheet" href="/files/foreign.css">',
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'" },
    prepare: tab => tab.evaluate(() => { document.getElementById('moved').style.cssText = 'background: gold; padding: 20px; transform: rotate(-2deg)' }),
  }),
  page('csp-no-data', `<h1 class="title">Stricter</h1><div class="foreign">${words(50)}</div>`, {
    head: '<link rel="stylesheet" href="/files/foreign.css">', refusal: /policy|csp|img-src/i,
    headers: { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'" },
  }),
  page('trusted-types', `<h1>Trusted</h1><div class="grid">${cards(12)}</div><details open><summary>More</summary>${text(2)}</details>`, { css: CARDS, headers: { 'content-security-policy': "require-trusted-types-for 'script'" } }),

  page('quirks', `<h1>Quirks</h1><table bgcolor="#ffeecc" border="1" cellpadding="6" width="100%" height="50%"><tr><td align="center" bgcolor="#ccffee"><font color="red" size="5">Old</font></td><td valign="top" nowrap>${words(6)}</td></tr></table><center><marquee behavior="slide" loop="1" scrollamount="2000">slide</marquee></center><p class="Mixed">Case is ignored</p><div style="width: 200; height: 40px; background: #9cf">no unit</div>`, { doctype: '', attributes: '', css: '.mixed { background: #fc9 }' }),

  page('nodes-10000', `<h1>Many</h1>${cards(2500)}`, { css: CARDS }),
  page('nodes-50000', `<h1>Very many</h1>${cards(12500)}`, { css: CARDS, huge: true, prepare: tab => tab.evaluate(() => scrollTo(0, 20000)) }),
  page('tall', `<h1>Tall</h1>${repeat(250, index => `<section style="height: 120px; background: hsl(${index * 7} 60% 90%)"><b>Section ${index}</b> ${words(30, index + 1)}</section>`)}<nav>fixed</nav>`, { css: 'nav { position: fixed; top: 0; right: 0; padding: 20px; background: #000; color: #fff }', prepare: tab => tab.evaluate(() => scrollTo(0, 15000)) }),
]
