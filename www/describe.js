// What to call an element: words for people, and selectors in Playwright's syntax that find it again.
// Names and roles follow the WAI-ARIA, HTML-AAM and AccName specifications as far as what people click needs it.

import { attribute, getter, isElement, isText, matches, parentOf } from './dom.js'

const NAME_LIMIT = 80
/** What comparing an element with the others of the page may take: the page's own listeners wait for it. */
const BUDGET_MS = 3

/** What a click on something inside of them is meant for. */
const TARGETS = 'a[href], area[href], button, input, select, textarea, summary, label, option, [contenteditable=""], [contenteditable=true], ' +
  ['button', 'link', 'tab', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'option', 'checkbox', 'radio', 'switch', 'treeitem', 'combobox', 'textbox', 'searchbox', 'slider'].map(role => `[role=${role}]`)
/** Too much text in them to be a name. */
const LARGE = 'form, main, body, html'
const TEST_IDS = ['data-testid', 'data-test-id', 'data-test', 'data-qa', 'data-cy']

const INPUT_ROLES = { button: 'button', submit: 'button', reset: 'button', image: 'button', file: 'button', checkbox: 'checkbox', radio: 'radio', range: 'slider', number: 'spinbutton', search: 'searchbox' }
const NO_ROLE = /^(hidden|color|date|datetime-local|month|time|week)$/
/** Where that role comes from in HTML, besides `role=`: the elements that a role selector would find, too. */
const SOURCES = {
  button: 'button, input[type=button i], input[type=submit i], input[type=reset i], input[type=image i], input[type=file i]',
  link: 'a[href], area[href]', checkbox: 'input', radio: 'input', slider: 'input', spinbutton: 'input', searchbox: 'input', textbox: 'input, textarea',
  combobox: 'input, select', listbox: 'select', option: 'option', heading: 'h1, h2, h3, h4, h5, h6', img: 'img, svg',
}
const NAMED_BY_CONTENT = /^(button|link|checkbox|radio|switch|tab|option|heading|menuitem(checkbox|radio)?|treeitem|cell|gridcell|row|columnheader|rowheader|tooltip)$/
const WORDS = { textbox: 'field', searchbox: 'field', spinbutton: 'field', combobox: 'list', listbox: 'list', radio: 'radio button', img: 'picture' }

/** Ids and classes that a build or a framework made up, or that tell a passing state. */
const MADE_UP = /\d{3}|^[\d:]|[:«»]|[a-f\d]{8}|^(css|sc|jsx?|svelte)-|--|__\w{5}$|^_|^(is|has)-|active|focus|hover|selected|open|current|disabled|loading/i

const tag = getter(Element, 'localName')
const kids = getter(Node, 'childNodes')
const before = getter(Element, 'previousElementSibling')
const after = getter(Element, 'nextElementSibling')
const tidy = text => text.replace(/[\u200b\u00ad]/g, '').replace(/\s+/g, ' ').trim()

const isDrawn = element => !element.checkVisibility || element.checkVisibility({ visibilityProperty: true })
const isHidden = element => !isDrawn(element) || element.closest('[aria-hidden=true]')

export const roleOf = element => {
  const given = attribute(element, 'role').trim().split(/\s+/)[0].toLowerCase()
  if (given) return given
  const name = tag(element)
  if (name === 'input') {
    const type = element.type
    if (NO_ROLE.test(type)) return ''
    if (element.list && !INPUT_ROLES[type]) return 'combobox'
    return INPUT_ROLES[type] || 'textbox'
  }
  if (name === 'select') return element.multiple || element.size > 1 ? 'listbox' : 'combobox'
  if (name === 'button' || name === 'option') return name
  if (name === 'textarea') return 'textbox'
  if (matches(element, 'a[href], area[href]')) return 'link'
  if (/^h[1-6]$/.test(name)) return 'heading'
  return name === 'svg' || (name === 'img' && element.getAttribute('alt') !== '') ? 'img' : ''
}

/**
 * @param {{decide, decideRegion}} privacy the judge, privacy.js
 * @returns {{describe, nearest}}
 */
export default ({ decide, decideRegion }) => {
  /** The text of a subtree as its accessible name has it; `seen.unsure` where that cannot be told or must not be known. */
  const content = (element, seen, verdict) => {
    seen.count = (seen.count || 0) + 1
    if (seen.count > 300 || decide(element, verdict) !== 'show') { seen.unsure = true; return '' }
    const view = element.ownerDocument.defaultView
    if (['::before', '::after'].some(part => /^["\w]/.test(view.getComputedStyle(element, part).content.replace(/^(none|normal|"")$/, '')))) seen.unsure = true
    const nodes = element.shadowRoot ? element.shadowRoot.childNodes : tag(element) === 'slot' && element.assignedNodes().length ? element.assignedNodes() : kids(element)
    let text = ''
    for (const node of nodes) {
      if (text.length > 2 * NAME_LIMIT) break
      if (isText(node)) text += node.data
      if (!isElement(node) || /^(script|style|template|noscript)$/.test(tag(node)) || isHidden(node)) continue
      if (node === seen.of) continue // a label around its field
      if (decide(node, 'show') !== 'show' || matches(node, 'input, select, textarea')) { seen.unsure = true; continue }
      const part = attribute(node, 'aria-label') || attribute(node, 'alt') || content(node, seen, 'show') || attribute(node, 'title')
      text += view.getComputedStyle(node).display === 'inline' ? part : ` ${part} `
    }
    return text
  }

  const nameOf = (element, seen = {}) => {
    seen.of = element
    const role = roleOf(element)
    const texts = elements => [...elements].map(one => content(one, seen)).join(' ')
    const referred = attribute(element, 'aria-labelledby').split(/\s+/).map(id => id && element.getRootNode().getElementById(id)).filter(Boolean)
    const ways = [
      () => texts(referred),
      () => attribute(element, 'aria-label'),
      () => element.labels && matches(element, 'input, select, textarea') && texts(element.labels),
      () => matches(element, 'input[type=submit i], input[type=button i], input[type=reset i]') && (element.value || { submit: 'Submit', reset: 'Reset' }[element.type]),
      () => matches(element, 'img, area, input[type=image i]') && attribute(element, 'alt'),
      () => NAMED_BY_CONTENT.test(role) && !matches(element, 'input') && content(element, seen),
      () => attribute(element, 'title'),
      () => matches(element, 'input, textarea') && attribute(element, 'placeholder'),
    ]
    for (const way of ways) {
      const name = tidy(way() || '')
      if (name) return name
    }
    return ''
  }

  // Found once for each description: looking for shadow roots means looking at every element.
  let roots = new Map()
  let deadline = 0
  let looks = 0
  // A small page is compared whole, however slow the moment.
  const isLate = () => ++looks > 500 && performance.now() > deadline
  /** A document or element and the open shadow roots below it. */
  const below = scope => {
    if (roots.has(scope)) return roots.get(scope)
    const found = scope.shadowRoot ? [scope, scope.shadowRoot] : [scope]
    roots.set(scope, found)
    for (const root of found) {
      for (const element of root.querySelectorAll('*')) {
        if (isLate()) return found
        if (element.shadowRoot) found.push(element.shadowRoot)
      }
    }
    return found
  }
  /** Whether no other element answers to that selector: `same` says what CSS cannot, and is not known when it is late. */
  const isOnly = (element, scope, selector, same) => {
    for (const root of below(scope)) {
      if (same && isLate()) return false
      for (const one of root.querySelectorAll(selector)) {
        if (one === element) continue
        if (!same || isLate() || same(one)) return false
      }
    }
    return true
  }

  const hasTwin = (node, step) => {
    for (const next of [before, after]) for (let one = node; (one = next(one));) if (isLate() || matches(one, step)) return true
    return false
  }

  const byCss = (element, scope) => {
    let path = ''
    for (let node = element; node && isElement(node); node = parentOf(node)) {
      const id = attribute(node, 'id')
      let step = CSS.escape(tag(node))
      if (id && !MADE_UP.test(id)) step = `#${CSS.escape(id)}`
      else {
        const name = attribute(node, 'name')
        if (name && !MADE_UP.test(name) && matches(node, 'input, select, textarea, form, button')) step += `[name="${CSS.escape(name)}"]`
        step += attribute(node, 'class').split(/\s+/).filter(one => one && !MADE_UP.test(one)).slice(0, 2).map(one => `.${CSS.escape(one)}`).join('')
      }
      if (hasTwin(node, step)) {
        // Counted by the browser: of thousands of rows, none becomes an object.
        const { numberValue } = Document.prototype.evaluate.call(node.ownerDocument, `count(preceding-sibling::*[local-name()="${tag(node)}"])`, node, null, 1)
        step += `:nth-of-type(${numberValue + 1})`
      }
      path = path ? `${step} > ${path}` : step
      // A path from the document's top needs no comparison.
      if (!isLate() && isOnly(element, scope, path)) return path
    }
    return path
  }

  const byRole = (element, scope, name) => {
    const role = roleOf(element)
    if (!role || !name || isHidden(element)) return null
    const sources = [SOURCES[role], `[role~="${CSS.escape(role)}"]`].filter(Boolean).join()
    const [hint] = name.split(' ')
    const may = one => one.textContent.includes(hint) || matches(one, 'input, select, textarea, [aria-label], [aria-labelledby], [alt], [title]') || one.querySelector('[aria-label], [alt], [title]')
    const isSame = one => may(one) && roleOf(one) === role && nameOf(one) === name && !isHidden(one)
    return isOnly(element, scope, sources, isSame) && `role=${role}[name=${JSON.stringify(name)}]`
  }

  // An element with children is left to the other selectors: a text selector finds the innermost.
  const byText = (element, scope) => {
    const nodes = kids(element)
    const text = nodes.length === 1 && isText(nodes[0]) ? tidy(nodes[0].data) : ''
    if (!text || text.length > NAME_LIMIT || matches(element, 'textarea, option, [contenteditable]')) return null
    if (!isOnly(element, scope, 'input[type=submit i], input[type=button i]', one => tidy(one.value) === text)) return null
    for (const root of below(scope)) {
      const walker = element.ownerDocument.createTreeWalker(root.body || root, NodeFilter.SHOW_TEXT)
      for (let node; (node = walker.nextNode());) {
        if (isLate()) return null
        // The start of the same text may be the start of the same text in pieces.
        const start = node.data.length < 4 * NAME_LIMIT && tidy(node.data)
        if (!start || !text.startsWith(start)) continue
        for (let one = node.parentNode, levels = 3; one && levels; one = one.parentNode, levels--) {
          if (one.textContent.length > 4 * NAME_LIMIT) break
          if (tidy(one.textContent) !== text) continue
          if (one !== element && !/^(script|style|noscript)$/.test(one.localName)) return null
          break
        }
      }
    }
    return `text=${JSON.stringify(text)}`
  }

  const byTestId = (element, scope) => {
    const name = TEST_IDS.find(id => attribute(element, id))
    if (!name) return null
    const value = attribute(element, name)
    const selector = `[${name}="${CSS.escape(value)}"]`
    if (!isOnly(element, scope, selector)) return null
    return name === 'data-testid' && /^[\w-]+$/.test(value) ? `data-testid=${value}` : `css=${selector}`
  }

  /** The open shadow hosts around an element, outermost first. */
  const hostsOf = element => {
    const hosts = []
    for (let root = element.getRootNode(); root.host; root = root.host.getRootNode()) hosts.unshift(root.host)
    return hosts
  }

  const words = (element, name) => {
    const role = roleOf(element)
    const noun = WORDS[role] || role || (matches(element, 'input') ? 'field' : { a: 'link', form: 'form', label: 'label', summary: 'summary' }[tag(element)] || tag(element))
    const type = noun === 'field' && matches(element, 'input') && element.type !== 'text' ? ` (${element.type})` : ''
    return name ? `${noun} “${name}”${type}` : noun + type
  }

  /**
   * @param {Element} element
   * @returns {{target: string, selectors: string[]}} words for people, and selectors, best first; each finds this
   *   element and no other at this moment. On a page too large to tell in time, test id and CSS path remain. Text that privacy.js hides is in neither.
   */
  const describe = element => {
    roots = new Map()
    deadline = performance.now() + BUDGET_MS
    looks = 0
    const seen = {}
    const shown = decideRegion(element) === 'show'
    const name = shown ? nameOf(element, seen) : ''
    const label = name || (shown && !matches(element, LARGE) ? tidy(content(element, seen)) : '')
    // Cut to a bearable length only once it is redacted, in normalise.rs: half a secret is not known as one.
    const target = words(element, label.slice(0, 1000))
    if (!element.isConnected) return { target, selectors: [] }
    let scope = element.ownerDocument
    const path = []
    for (const host of hostsOf(element)) {
      path.push(`css=${byCss(host, scope)}`)
      scope = host
    }
    const testId = byTestId(element, scope) // the cheapest, while there is time
    const ways = [
      !seen.unsure && name.length <= NAME_LIMIT && byRole(element, scope, name),
      testId,
      shown && byText(element, scope),
      `css=${byCss(element, scope)}`,
    ]
    return { target, selectors: [...new Set(ways.filter(Boolean))].map(way => [...path, way].join(' >> ')) }
  }

  /** From the innermost element of an event to what it was meant for. */
  const nearest = path => {
    const elements = path.filter(node => node.window !== node && isElement(node))
    return elements.slice(0, 8).find(element => matches(element, TARGETS)) || elements[0]
  }

  return { describe, nearest }
}
