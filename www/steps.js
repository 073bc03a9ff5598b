// What the customer does: one record for each act, not for each event.

import { isElement, matches } from './dom.js'
import { forget } from './ring.js'

const PAUSE_MS = 1000 // after which a text still being typed is recorded
const SETTLE_MS = 250 // after which a scroll or a resize has come to its end
const KEYS = ['Enter', 'Escape', 'Tab']
const FIELD = 'input, textarea, select'
const FRAME = 'iframe, frame'
const TOGGLE = 'input[type=checkbox i], input[type=radio i]'
/** Events that end at the shadow root they happen in. */
const INNER = 'change submit scroll'

/**
 * @param core what the loader shares
 * @param privacy the judge, privacy.js
 * @param describer describe.js
 * @param scrubber scrub.js
 * @returns {{click, gaps, flush}} `click` takes the clicks of the page itself, which the loader hears;
 *   `flush` records what is still being typed
 */
export default (core, privacy, { describe, nearest }, { scrubUrl }) => {
  const { rings, isOn, quiet, clip, listen, signal } = core
  const typing = new Map() // field → {where, ms, timer}
  const scrolling = new Map() // scrolled element or document → timer
  const heard = new WeakSet() // windows' documents and shadow roots with listeners
  let strangers = 0
  let last = {} // the last record: {record, element, scrolled}
  let toggled = {} // the last label that was clicked: {control, record, ms}

  const isOurs = path => path.some(node => node !== node.window && isElement(node) && matches(node, '[data-baton-ui]'))

  const frameOf = win => {
    const path = []
    for (; win !== window; win = win.parent) {
      let index = 0
      while (index < win.parent.length && win.parent[index] !== win) index++
      path.unshift(index)
    }
    return path
  }

  /** When it happened on this page's clock: a frame has its own. */
  const timeOf = ({ timeStamp }, win) => timeStamp + win.performance.timeOrigin - performance.timeOrigin

  const keep = (action, element, facts, win = window, ms) => {
    const frame = frameOf(win)
    const record = core.push('steps', {
      action, ...(element ? describe(element) : { target: 'page', selectors: [] }), ...(frame.length ? { frame } : {}), ...facts, url: clip(scrubUrl(win.location.href), 2048),
    }, ms)
    last = { record, element }
    return record
  }
  /** Where in an element the pointer was. */
  const pointIn = (element, { clientX, clientY }) => {
    const { left, top } = Element.prototype.getBoundingClientRect.call(element)
    return { x: Math.round(clientX - left), y: Math.round(clientY - top) }
  }

  // ---- Clicks

  const click = (event, path, win = window) => {
    const element = nearest(path)
    if (!event.isTrusted || !element || isOurs(path)) return
    hearRoots(path, win)
    flush()
    const ms = timeOf(event, win)
    const isToggle = matches(element, TOGGLE) && !privacy.isPrivateField(element)
    const state = isToggle ? { value: element.checked ? 'checked' : 'unchecked' } : {}
    // The browser itself clicks what a label is for, and the button of a form at Enter.
    if (toggled.control === element && ms - toggled.ms < 500) {
      Object.assign(toggled.record, state)
      toggled = {}
      return
    }
    if (!event.detail && last.record?.key === 'Enter' && ms - last.record.ms < 500) return
    const label = path.find(node => node !== node.window && isElement(node) && matches(node, 'label'))
    const record = keep('click', element, { ...state, point: pointIn(element, event) }, win, ms)
    toggled = label && label.control && label.control !== element && nearest(path) === label ? { control: label.control, record, ms } : {}
  }

  const doubleClick = (event, path, win) => {
    const element = nearest(path)
    const [first, second] = rings.steps.list.slice(-2).map(([record]) => record)
    // The event has the time of its second click.
    const isOne = second?.action === 'click' && first.action === 'click' && Math.abs(timeOf(event, win) - second.ms) < 100
    if (isOne && first.target === second.target && first.selectors.at(-1) === second.selectors.at(-1)) {
      forget(rings.steps, first)
      second.action = 'double_click'
    } else keep('double_click', element, { point: pointIn(element, event) }, win, timeOf(event, win))
  }

  // ---- Keys and fields

  const key = (event, path, win) => {
    const [element] = path
    if (!KEYS.includes(event.key) || event.isComposing || event.repeat) return
    // There, Enter is a character.
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && (matches(element, 'textarea') || element.isContentEditable)) return
    flush()
    keep('key', element, { key: event.key }, win, timeOf(event, win))
  }

  const valueOf = field => {
    if (field.isContentEditable) return [...field.querySelectorAll('*')].every(one => privacy.decide(one, 'show') === 'show') ? field.textContent : null
    if (matches(field, 'select')) return [...field.selectedOptions].map(option => option.value).join(', ')
    return field.value
  }

  const record = field => {
    const { win, ms, timer } = typing.get(field)
    clearTimeout(timer)
    typing.delete(field)
    const kind = matches(field, 'input') ? field.type : matches(field, 'select[multiple]') ? 'select-multiple' : matches(field, FIELD) ? field.localName : 'contenteditable'
    const isPrivate = privacy.isPrivateField(field)
    const value = isPrivate ? null : valueOf(field)
    // Of what must not be known, the length is all that is looked at.
    const length = kind === 'file' ? field.files.length : kind === 'contenteditable' ? field.textContent.length : field.value.length
    const facts = { field: { kind, length, private: isPrivate || value === null }, ...(value === null ? {} : { value: clip(value, 1000) }) }
    if (last.element === field && last.record.action === 'input' && rings.steps.list.at(-1)?.[0] === last.record) {
      forget(rings.steps, last.record)
    }
    keep('input', field, facts, win, ms)
  }
  const flush = () => { for (const field of [...typing.keys()]) record(field) }

  const input = (event, [field], win) => {
    if (!matches(field, FIELD) && !field.isContentEditable) return
    privacy.isPrivateField(field) // it remembers what is a password now
    if (matches(field, TOGGLE)) return // its click says it
    const before = typing.get(field)
    if (before) clearTimeout(before.timer)
    typing.set(field, { win, ms: timeOf(event, win), timer: setTimeout(() => quiet('steps', () => typing.has(field) && record(field)), PAUSE_MS) })
  }
  const settled = (event, [field]) => {
    if (matches(field, FIELD)) privacy.isPrivateField(field)
    if (typing.has(field)) record(field)
  }

  const submit = (event, [form], win) => {
    flush()
    keep('submit', form, {}, win, timeOf(event, win))
  }

  // ---- Scrolling, size, visibility

  const scroll = (event, [target], win) => {
    // A field of one line scrolls by itself: to the end of what is typed, and back.
    if (target.nodeType === Node.ELEMENT_NODE && matches(target, 'input')) return
    clearTimeout(scrolling.get(target))
    scrolling.set(target, setTimeout(() => quiet('steps', () => {
      scrolling.delete(target)
      const page = target.nodeType === Node.DOCUMENT_NODE
      const { scrollLeft, scrollTop } = page ? target.scrollingElement || target.documentElement : target
      const point = { x: Math.round(scrollLeft), y: Math.round(scrollTop) }
      const again = last.record?.action === 'scroll' && last.scrolled === target
      if (again && last.record.point.x === point.x && last.record.point.y === point.y) return
      if (again) forget(rings.steps, last.record)
      keep('scroll', page ? null : target, { point }, win)
      last.scrolled = target
    }), SETTLE_MS))
  }

  let size = { width: innerWidth, height: innerHeight }
  let resizing
  const resize = () => {
    clearTimeout(resizing)
    resizing = setTimeout(() => quiet('steps', () => {
      if (innerWidth === size.width && innerHeight === size.height) return
      size = { width: innerWidth, height: innerHeight }
      keep('resize', null, { target: 'window', size })
    }), SETTLE_MS)
  }

  // ---- Navigation within the page

  let here = location.href
  const moved = () => {
    if (location.href === here) return
    here = location.href
    flush()
    keep('navigate', null)
  }
  const safely = f => quiet('steps', f)
  if (window.navigation && navigation.addEventListener) listen(navigation, 'currententrychange', () => safely(moved))
  else {
    const after = (result, wanted) => {
      if (wanted) safely(moved)
      return result
    }
    for (const name of ['pushState', 'replaceState']) core.wrap('steps', History.prototype, name, () => true, after)
    listen(window, 'popstate hashchange', () => safely(moved))
  }

  // ---- Where to listen

  const handlers = { click, dblclick: doubleClick, keydown: key, input, change: settled, focusin: settled, focusout: settled, submit, scroll }

  const hear = (target, types, win) => listen(target, types, event => {
    if (!isOn('steps')) return
    quiet('steps', () => {
      const path = event.composedPath()
      if (!event.isTrusted || !path.length || isOurs(path)) return
      hearRoots(path, win)
      if (path[0].nodeType || event.type === 'scroll') handlers[event.type](event, path, win)
    })
  })

  const hearRoots = (path, win) => {
    for (const node of path) {
      if (!(node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && node.host) || heard.has(node)) continue
      heard.add(node)
      hear(node, INNER, win)
      frames(node)
    }
  }

  const enter = win => {
    let doc
    try {
      doc = win.document
      if (heard.has(doc)) return
      heard.add(doc)
    } catch {
      strangers++ // of another origin
      return
    }
    privacy.watchPasswords(doc, signal)
    // The loader hears the page's own clicks.
    hear(win, `${win === window ? '' : 'click '}dblclick keydown input change focusin focusout submit scroll`, win)
    frames(doc)
  }
  /** Of a document or shadow root: those there are, and those to come. */
  const frames = root => {
    listen(root, 'load', ({ target }) => { if (matches(target, FRAME)) enter(target.contentWindow) })
    for (const frame of root.querySelectorAll(FRAME)) enter(frame.contentWindow)
  }
  enter(window)
  listen(window, 'resize', resize)
  listen(document, 'visibilitychange', () => safely(() => {
    flush()
    keep('visibility', null, { target: 'tab', value: document.visibilityState })
  }))
  signal.addEventListener('abort', () => {
    for (const { timer } of typing.values()) clearTimeout(timer)
    for (const timer of scrolling.values()) clearTimeout(timer)
    clearTimeout(resizing)
  })

  return {
    click,
    flush: () => safely(flush),
    gaps: () => (strangers ? [{ stage: 'steps', reason: 'what happens inside of frames of another origin is not recorded' }] : []),
  }
}
