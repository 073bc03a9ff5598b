// One moment of the page as rrweb events (`@rrweb/types` 2.x). Private regions are masked while reading, so that
// nothing private is ever held. Times are epoch milliseconds, sizes CSS pixels. baton-replay.js reads with it, too.

const MAX_NODES = 50_000, MAX_DEPTH = 500, MAX_TEXT = 65_536, MAX_CANVASES = 8, MAX_CANVAS_AREA = 512 * 512
/** Most characters of JSON, estimated, of one full snapshot. */
const MAX_SIZE = 2.5e6

export const META = 4, FULL = 2, INCREMENTAL = 3
/** rrweb's types of the DOM's node types: elements, texts, CDATA as text, doctypes. */
const TYPES = { 1: 2, 3: 3, 4: 3, 10: 1 }
/** Sources of incremental events. */
export const MUTATION = 0, MOUSE = 1, INTERACTION = 2, SCROLL = 3, RESIZE = 4, INPUT = 5, TOUCH = 6, MEDIA = 7, RULE = 8, ADOPTED = 15

// Members are read through the prototypes: a form's fields shadow its own members, an image's name those of the document.
const member = (type, name) => {
  const { get, value } = Object.getOwnPropertyDescriptor(type.prototype, name) || { get() { return this[name] } }
  return get ? node => Reflect.apply(get, node, []) : (node, ...args) => Reflect.apply(value, node, args)
}
export const nodeType = member(Node, 'nodeType'), parentNode = member(Node, 'parentNode'), nextSibling = member(Node, 'nextSibling')
export const localName = member(Element, 'localName'), scrollTop = member(Element, 'scrollTop'), scrollLeft = member(Element, 'scrollLeft')
export const viewOf = member(Document, 'defaultView'), inputType = member(HTMLInputElement, 'type'), findAll = member(Element, 'querySelectorAll')
/** The value of each kind of field. */
export const valueOf = { __proto__: null, input: member(HTMLInputElement, 'value'), textarea: member(HTMLTextAreaElement, 'value'), select: member(HTMLSelectElement, 'value') }
const firstChild = member(Node, 'firstChild'), lastChild = member(Node, 'lastChild'), previousSibling = member(Node, 'previousSibling')
const baseURI = member(Node, 'baseURI'), textOf = member(CharacterData, 'data'), modeOf = member(Document, 'compatMode')
const adoptedBy = [member(Document, 'adoptedStyleSheets'), member(ShadowRoot, 'adoptedStyleSheets')]
const namespace = member(Element, 'namespaceURI'), shadowOf = member(Element, 'shadowRoot'), rectOf = member(Element, 'getBoundingClientRect')
const attributesOf = member(Element, 'attributes'), getAttribute = member(Element, 'getAttribute'), hasAttribute = member(Element, 'hasAttribute')
const matches = member(Element, 'matches'), checkedOf = member(HTMLInputElement, 'checked'), selectedOf = member(HTMLOptionElement, 'selected')

// Monotonic, whatever is done to the clock meanwhile.
const performance = window.performance
export const now = () => Math.round(performance.timeOrigin + performance.now())

const absolute = (url, base) => { try { return new URL(url, base).href } catch { return url } }
export const absoluteCss = (css, base) => css.replace(/url\((["']?)(?!data:|blob:|#)((?:[^"'()\\]|\\.)+)\1\)/g, (_, quote, url) => `url("${absolute(url, base)}")`)

// Privacy: a mask tells at most the class of a length, with room to wrap.
const mask = text => text.trim() ? '*'.repeat(Math.min(256, Math.max(4, 2 ** Math.ceil(Math.log2(text.length))))).replace(/.{8}(?=.)/g, '$& ') : text
/** What tells two states of a field apart. */
export const stateKey = state => state && state.text + state.isChecked
const maskValue = (value, secret) => '*'.repeat(secret ? value && 8 : Math.min(value.length, 8))

/** No content of the page, or nothing that a replay may run or load. They stay for the sake of `:nth-child`. */
const EMPTY = /^(script|noscript|template|meta|base|param|object|embed|applet|frame|frameset)$/
/** Content that is no text, and so cannot be masked: in a masked region only its size is told. */
const PICTURES = /^(img|picture|svg|canvas|video|audio|iframe|image)$/
/** All that is told of a masked element: what its layout needs. */
const LAYOUT = /^(class|id|style|type|role|dir|lang|colspan|rowspan|width|height|rows|cols|size|disabled|hidden|open|align|valign|slot|part)$/
/** Never told: the page's code, its nonces, what would load or act by itself, and names that mean something to rrweb. */
const UNTOLD = /^(on.*|nonce|integrity|srcdoc|srcset|imagesrcset|sizes|ping|autoplay|autofocus|http-equiv|rr_.*|_csstext)$/i
const LINKS = /^(src|href|xlink:href|poster|action|formaction|background|cite)$/

/**
 * Reads the page into rrweb nodes and remembers the id of each.
 * @param privacy the module privacy.js
 * @param note `(what, n)`: n more of that could not be shown
 * @param enter `(root)`: a document or an open shadow root was read for the first time
 */
export const reader = (privacy, note, enter = () => {}) => {
  if (!privacy?.decide) throw Error('what is private is not known')
  /** Node → {id, verdict, depth, root?: id of a frame's document, shadow?, leaf?, mute?, style?, secret?, seen?}:
   * `leaf` has nothing in it that is told, `mute` no attributes either, `secret` fields no value; `seen` is the
   * state last told that changes without a trace: of a sheet, a canvas, a field */
  let known = new WeakMap()
  const frames = new WeakMap(), sheetIds = new WeakMap(), cssOfLinks = new WeakMap(), adopted = new WeakMap()
  /** `last` id given; `weight`: characters of JSON since `begin()`; `news`: something not told by events since then */
  const self = { last: 0, weight: 0, news: false, after: [] }
  let left = 0, room = 0, canvases = 0, sheets = 0

  const judge = (element, inherited) => {
    try {
      const verdict = privacy.decide(element, inherited)
      // What is typed there is a field's value in all but name.
      return verdict == 'show' && (getAttribute(element, 'contenteditable') ?? 'false') != 'false' ? 'mask' : verdict
    } catch { return 'block' }
  }
  const isPrivate = (field, verdict) => { try { return verdict != 'show' || privacy.isPrivateField(field) } catch { return true } }

  // ---- Style sheets

  const imported = (rule, base) => {
    if (!rule.styleSheet) return `@import url("${absolute(rule.href, base)}") ${rule.media.mediaText};`
    // One rule for one rule, so that the indices of later rules hold.
    const css = `@media ${rule.media.mediaText || 'all'}{${cssText(rule.styleSheet, base)}}`
    return rule.layerName == null ? css : `@layer ${rule.layerName}{${css}}`
  }
  const rulesOf = (sheet, base) => Array.from(sheet.cssRules, rule => {
    try {
      return 'styleSheet' in rule ? imported(rule, base) : absoluteCss(rule.cssText, sheet.href || base)
    } catch { return note('style sheets that cannot be read'), `@import url("${absolute(rule.href, base)}");` }
  })
  const cssText = (sheet, base) => rulesOf(sheet, base).join('')
  /** A sheet as text, or nothing: of another origin, not loaded yet, or too large. */
  const inlined = (element, tag, base) => {
    const { sheet } = element
    let css = cssOfLinks.get(sheet)
    try {
      // A linked sheet seldom changes but by the calls that are watched; style elements may by anything.
      if (css == null) css = sheet ? cssText(sheet, base) : tag == 'style' ? absoluteCss(element.textContent, base) : undefined
      if (css && tag == 'link') cssOfLinks.set(sheet, css)
    } catch { note('style sheets that cannot be read') }
    if (css && css.length > room) return note('style sheets that are too large')
    return css
  }
  /** What a document or shadow root has adopted; with `ifNew` only if that has changed. */
  self.adopt = (root, id, base, ifNew) => {
    const list = Array.from(adoptedBy[nodeType(root) == 9 ? 0 : 1](root) || [])
    for (const sheet of list) if (!sheetIds.has(sheet)) sheetIds.set(sheet, ++sheets)
    const key = list.map(sheet => `${sheetIds.get(sheet)}:${sheet.cssRules.length}`).join()
    const same = (adopted.get(root) || '') == key
    adopted.set(root, key)
    if (!same) self.news = true
    if (same && (ifNew || !key)) return
    const styles = list.map(sheet => {
      const rules = rulesOf(sheet, base).map((rule, index) => ({ rule, index }))
      for (const { rule } of rules) { self.weight += rule.length + 30; room -= rule.length }
      return { styleId: sheetIds.get(sheet), rules }
    })
    self.after.push({ source: ADOPTED, id, styleIds: styles.map(({ styleId }) => styleId), styles })
  }

  // ---- Attributes and fields

  const told = (node, name, value, verdict) => {
    // A name that shadows a member shadows it for a player, too.
    if (UNTOLD.test(name) || verdict == 'mask' && !LAYOUT.test(name) || name == 'name' && value in node) return
    if (value.length > MAX_TEXT) return note('attributes of more than 64 KiB')
    if (name == 'style') return verdict == 'mask' ? value.replace(/url\([^)]*\)/g, 'none') : absoluteCss(value, baseURI(node))
    if (!LINKS.test(name) || value[0] == '#') return value
    return /^\s*(javascript|blob):/i.test(value) ? undefined : absolute(value, baseURI(node))
  }
  /** What is in a field: {text, isChecked}, typed text masked; nothing for a button and for a secret choice. */
  self.state = (field, tag = localName(field)) => {
    const { secret } = known.get(field), type = tag == 'input' && inputType(field)
    if (/^(submit|button|reset|image|hidden|file)$/.test(type)) return
    if (/^(checkbox|radio)$/.test(type)) return secret ? undefined : { text: 'on', isChecked: checkedOf(field) }
    const value = valueOf[tag](field)
    if (tag == 'select') return secret ? undefined : { text: value, isChecked: false }
    return { text: maskValue(value, secret), isChecked: false }
  }
  const fill = (element, tag, made, entry) => {
    const state = self.state(element, tag), { attributes } = made
    entry.seen = stateKey(state)
    if (tag == 'input' && !/^(submit|button|reset)$/.test(inputType(element))) delete attributes.value
    delete attributes.checked
    if (!state?.text) return
    if (state.isChecked) attributes.checked = true
    else if (tag == 'textarea' || tag == 'input' && !/^(checkbox|radio)$/.test(inputType(element))) attributes.value = state.text
  }

  // ---- Nodes

  const place = (element, made, entry) => {
    entry.leaf = entry.mute = true
    const { width, height } = rectOf(element), flows = getComputedStyle(element).display == 'inline'
    made.attributes = { class: 'rr-block', rr_width: `${width}px`, rr_height: `${height}px` }
    if (flows) made.attributes.style = 'display:inline-block'
  }
  const picture = (canvas, made, entry) => {
    try {
      const { width, height } = canvas
      if (++canvases > MAX_CANVASES || width * height > MAX_CANVAS_AREA) throw 0
      const url = canvas.toDataURL('image/webp', .5)
      if (url.length > room) throw 0
      made.attributes.rr_dataURL = entry.seen = url
    } catch { note('canvases that are too large, too many or not readable') }
  }
  const element = (node, above, made, entry) => {
    const tag = localName(node).toLowerCase(), { attributes } = made
    // A name that createElement refuses would end the replay; so would, by a slip of the player, `constructor`.
    made.tagName = /^[a-z][\w.:-]*$/.test(tag) && !(tag in {}) ? tag : 'div'
    if (namespace(node).endsWith('/svg')) made.isSVG = true
    if (tag.includes('-') && matches(node, ':defined')) made.isCustom = true
    if (EMPTY.test(tag) || tag == 'link' && !/stylesheet/i.test(getAttribute(node, 'rel'))) return entry.leaf = entry.mute = true
    const { verdict } = entry
    if (verdict == 'block' || verdict == 'mask' && PICTURES.test(tag)) return place(node, made, entry)
    const list = attributesOf(node)
    for (let i = 0; i < list.length; i++) {
      const { name, value } = list[i], text = told(node, name, value, verdict)
      if (text != null) attributes[name] = text
    }
    if (tag == 'style' || tag == 'link') {
      entry.leaf = true
      entry.style = tag == 'style'
      const css = entry.seen = inlined(node, tag, baseURI(node))
      if (css != null) { attributes._cssText = css; delete attributes.rel; delete attributes.href }
    } else if (tag == 'iframe') {
      delete attributes.src
      const inside = node.contentDocument
      if (inside) self.after.push({ frame: node, inside })
      else note('frames of another origin')
    } else if (tag == 'img') {
      if (node.currentSrc && !/^(data|blob):/.test(node.currentSrc)) attributes.src = node.currentSrc
      if (!attributes.src) {
        if (hasAttribute(node, 'src')) note('images that only the page has')
        place(node, made, entry)
      }
    } else if (tag == 'canvas') picture(node, made, entry)
    else if (valueOf[tag]) {
      entry.secret = isPrivate(node, verdict)
      entry.leaf = tag == 'textarea'
      fill(node, tag, made, entry)
    } else if (tag == 'option' || tag == 'optgroup') {
      entry.secret = above.secret
      delete attributes.selected
      if (tag == 'option' && !above.secret && selectedOf(node)) attributes.selected = true
    } else if (tag == 'dialog' && hasAttribute(node, 'open')) attributes.rr_open_mode = matches(node, ':modal') ? 'modal' : 'non-modal'
    else if (tag == 'video' || tag == 'audio') {
      attributes.rr_mediaState = node.paused ? 'paused' : 'played'
      attributes.rr_mediaCurrentTime = node.currentTime
    }
    if (self.scrolls) {
      const top = scrollTop(node), left = scrollLeft(node)
      if (top) attributes.rr_scrollTop = top
      if (left) attributes.rr_scrollLeft = left
    }
  }

  /** The text a text node is shown with. */
  self.text = (node, above) => {
    const text = textOf(node)
    if (above.verdict != 'show') return mask(text)
    return text.length > MAX_TEXT ? (note('texts of more than 64 KiB'), text.slice(0, MAX_TEXT) + '…') : text
  }

  /** One node without what is in it; nothing for comments, for Baton's own elements, and past the limits. */
  self.describe = (node, above) => {
    const type = TYPES[nodeType(node)]
    if (!type || type == 2 && hasAttribute(node, 'data-baton-ui')) return
    if (left-- < 1 || room < 0 || above.depth > MAX_DEPTH) {
      // What is left out here stays out: half of it could not be kept up.
      above.leaf = true
      return note('parts of the page, which is too large')
    }
    const was = known.get(node), entry = { id: was?.id || ++self.last, depth: above.depth + 1, verdict: above.verdict, root: above.root }
    const made = { type, id: entry.id }
    if (above.root) made.rootId = above.root
    if (above.shadow) made.isShadow = true
    known.set(node, entry)
    if (type == 2) {
      entry.verdict = judge(node, above.verdict)
      Object.assign(made, { tagName: 'div', attributes: {}, childNodes: [] })
      try { element(node, above, made, entry) } catch { entry.leaf = entry.mute = true; made.attributes = {}; note('elements that cannot be read') }
      if (was && was.seen !== entry.seen) self.news = true
    } else if (type == 1) Object.assign(made, { name: node.name, publicId: node.publicId, systemId: node.systemId })
    else made.textContent = self.text(node, above)
    let size = 70 + (made.textContent || '').length
    for (const name in made.attributes) size += name.length + 6 + String(made.attributes[name]).length
    self.weight += size
    room -= size
    return made
  }

  const children = (parent, made, entry, flat) => {
    // Flat, the last comes first: a player needs the next sibling to be there.
    let next = null
    for (let child = flat ? lastChild(parent) : firstChild(parent); child && !entry.leaf; child = flat ? previousSibling(child) : nextSibling(child)) {
      const node = self.describe(child, entry)
      if (!node) continue
      if (flat) flat.push({ parentId: entry.id, nextId: next, node })
      else made.childNodes.push(node)
      next = node.id
      if (node.type == 2) self.fill(child, node, flat)
    }
  }
  /** Reads what is in an element, shadow root first: nested, or as a list of additions. */
  self.fill = (node, made, flat) => {
    const entry = known.get(node)
    if (entry.leaf) return
    const shadow = shadowOf(node)
    if (shadow) {
      made.isShadowHost = true
      self.root(shadow, entry)
      children(shadow, made, known.get(shadow), flat)
      self.adopt(shadow, entry.id, baseURI(node))
    }
    children(node, made, entry, flat)
  }
  self.root = (shadow, host) => {
    if (!known.has(shadow)) enter(shadow)
    known.set(shadow, { ...host, shadow: true, leaf: false })
  }
  const documentNode = (doc, above) => {
    const id = known.get(doc)?.id || ++self.last
    if (!known.has(doc)) enter(doc)
    known.set(doc, { id, verdict: above.verdict, depth: above.depth + 1, root: above.id && id })
    const made = { type: 0, id, childNodes: [] }
    if (modeOf(doc) != 'CSS1Compat') made.compatMode = 'BackCompat'
    self.adopt(doc, id, baseURI(doc))
    children(doc, made, known.get(doc))
    return made
  }

  /** Makes room for what is read next. */
  self.begin = (nodes = MAX_NODES, size = MAX_SIZE) => { left = nodes; room = size; canvases = self.weight = 0; self.news = false }
  /** The whole page as a Document node; what must follow it is in `rest()`. */
  self.page = () => {
    self.scrolls = true
    try { return documentNode(document, { verdict: 'show', depth: 0 }) } finally { self.scrolls = false }
  }
  /** The incremental data that what was read needs after it: frames' documents and adopted sheets. */
  self.rest = () => {
    const list = []
    // Frames may hold frames.
    for (let item; item = self.after.shift();) {
      const { frame, inside } = item, above = known.get(frame)
      if (!frame) list.push(item)
      else if (above) {
        frames.set(frame, inside)
        const { depth, id, verdict } = above, view = viewOf(inside)
        const node = documentNode(inside, { depth, id, verdict })
        list.push({ source: MUTATION, adds: [{ parentId: id, nextId: null, node }], removes: [], texts: [], attributes: [], isAttachIframe: true })
        if (view.scrollX || view.scrollY) list.push({ source: SCROLL, id: node.id, x: view.scrollX, y: view.scrollY })
      }
    }
    return list
  }
  self.get = node => known.get(node)
  self.id = node => known.get(node)?.id
  self.sheet = sheet => sheet.ownerNode ? { id: self.id(sheet.ownerNode) } : { styleId: sheetIds.get(sheet) }
  self.stale = sheet => { cssOfLinks.delete(sheet) }
  self.attribute = (node, name, { verdict }) => {
    const value = getAttribute(node, name)
    if (name == 'src' && localName(node) == 'iframe') return
    return value == null ? UNTOLD.test(name) ? undefined : null : told(node, name, value, verdict)
  }
  /** Whether an element, now that its attributes have changed, must be described anew. */
  self.outdated = (node, entry) => localName(node) == 'link' || entry.mute && localName(node) == 'img'
    || judge(node, known.get(parentNode(node)).verdict) != entry.verdict
    || valueOf[localName(node)] && isPrivate(node, entry.verdict) != entry.secret
  self.forget = node => {
    known.delete(node)
    const type = nodeType(node), roots = type == 1 ? [shadowOf(node), frames.get(node)] : []
    for (const root of roots) if (root) self.forget(root)
    for (let child = firstChild(node); child; child = nextSibling(child)) if (known.has(child)) self.forget(child)
  }
  self.forgetAll = () => { known = new WeakMap(); self.after.length = 0 }
  return self
}

/** What could not be shown, as gaps: each `note` counts. */
export const counter = () => {
  const notes = new Map()
  return { notes, note: (what, n = 1) => { notes.set(what, (notes.get(what) || 0) + n) } }
}
export const gap = reason => ({ stage: 'replay', reason })
export const gapsOf = notes => Array.from(notes, ([what, n]) => gap(`not shown: ${what} (${n})`))

export const head = (core, read, time) => {
  const { innerWidth: width, innerHeight: height, scrollX: left, scrollY: top } = window
  const node = read.page()
  return [
    { type: META, data: { href: core.pageUrl?.() ?? location.href, width, height } },
    { type: FULL, data: { node, initialOffset: { left, top } } },
    ...read.rest().map(data => ({ type: INCREMENTAL, data })),
  ].map(event => ({ ...event, timestamp: time }))
}

/**
 * The page at this moment.
 * @param core what the loader shares; `core.privacy` is the module privacy.js
 * @returns {{events: object[], gaps: {stage, reason}[]}} Meta, FullSnapshot and, where there are any, frames and
 * adopted sheets; no events at all if the page cannot be read
 */
export const snapshot = core => {
  const { notes, note } = counter()
  try {
    const read = reader(core.privacy, note)
    read.begin()
    return { events: head(core, read, now()), gaps: gapsOf(notes) }
  } catch (error) {
    return { events: [], gaps: [gap(`the page cannot be read: ${error}`)] }
  }
}
