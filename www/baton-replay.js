// The last seconds of the page as rrweb events (`@rrweb/types` 2.x), from a ring in memory: full snapshots and what
// has changed since. Times are epoch milliseconds, sizes CSS pixels.

import {
  reader, head, counter, gap, gapsOf, now, absoluteCss, snapshot, nodeType, parentNode, nextSibling, localName, scrollTop, scrollLeft,
  viewOf, inputType, findAll, valueOf, stateKey, INCREMENTAL, MUTATION, MOUSE, INTERACTION, SCROLL, RESIZE, INPUT, TOUCH, MEDIA, RULE,
} from './baton-snapshot.js'
export { snapshot }

/** Characters of JSON, estimated: of the whole ring, and of what may follow one full snapshot. */
const ROOM = 4e6, TAIL_ROOM = 1e6
/** Changes that may come at once, and how many more each second. */
const BURST = 20_000, RATE = 2_000
const MOVE_MS = 50, MOVES_MS = 500, SETTLE_MS = 100, MAX_FIELDS = 50

const INTERACTIONS = { mouseup: 0, mousedown: 1, click: 2, contextmenu: 3, dblclick: 4, focus: 5, blur: 6, touchstart: 7, touchend: 9, touchcancel: 10 }
/** What a source is called in a gap. */
const KINDS = { [MUTATION]: 'DOM changes', [INTERACTION]: 'interactions', [RULE]: 'style rules', [MEDIA]: 'media events', [INPUT]: 'inputs', [SCROLL]: 'scrolls' }

/**
 * Records until stop(). The ring holds segments, each a full snapshot and what followed; a new one is begun every
 * half window, and the oldest goes when the next covers the window, so that memory holds 1.5 windows, and two where
 * the page takes long to read.
 * @param core see `snapshot`
 * @param options `seconds`: the window, 1 to 120
 * @returns {{events: () => {events, gaps}, stop: () => void}} `events()` begins with a full snapshot that is at
 * least as old as the window (or as the recording), with sorted timestamps
 */
export const record = (core, { seconds = 30 } = {}) => {
  const span = Math.min(120, Math.max(1, Number(seconds) || 30)) * 1000
  const stopped = new AbortController(), watched = new WeakSet(), fields = new Set(), scrolled = new Set()
  const segments = [], moves = [], timers = {}
  let read, segment, undo = [], tokens = BURST, filled = now(), broken = '', shortened = false, busy = false

  /** Nothing of the recorder may throw into the page, or run inside itself. */
  const guard = (f, failed = () => {}) => {
    if (busy || stopped.signal.aborted) return
    busy = true
    try { f() } catch (error) { broken = `the recorder failed: ${error}`; failed() } finally { busy = false }
  }
  const later = (name, ms, f, failed) => {
    timers[name] = timers[name] || setTimeout(() => { timers[name] = 0; guard(f, failed) }, ms)
  }

  // After a failure nobody knows what the player has: it gets a full snapshot next.
  const observer = new MutationObserver(records => guard(() => digest(records), () => lose(MUTATION, records.length)))
  const enter = root => {
    observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true })
    if (watched.has(root)) return
    watched.add(root)
    watch(root)
    if (nodeType(root) == 9) watchDocument(root)
  }

  // ---- The ring

  /** From here on, events of that source are not recorded until the next full snapshot. */
  const lose = (source, n) => {
    const lost = segment.lost[source] = segment.lost[source] || { n: 0, since: now() }
    lost.n += n
    if (source == MUTATION) observer.disconnect()
  }
  const affordable = (source, n) => {
    const time = now()
    tokens = Math.min(BURST, tokens + (time - filled) * RATE / 1000)
    filled = time
    if (segment.lost[source] || n > tokens || segment.weight > TAIL_ROOM) { lose(source, n); return false }
    tokens -= n
    return true
  }
  const keep = (data, weight = 100) => {
    segment.tail.push({ type: INCREMENTAL, data, timestamp: now() })
    segment.weight += weight
  }
  const emit = data => { if (affordable(data.source, 1)) keep(data) }

  const open = () => {
    const before = read.last, at = now()
    segment = { at, head: [], tail: [], lost: {}, weight: 0, size: 0, ...counter(), resync: true }
    read.begin()
    segment.head = head(core, read, at)
    segment.size = read.weight
    segments.push(segment)
    // With nothing in it that is new to the recorder, whoever has played so far needs no second snapshot.
    segment.resync = read.last != before || read.news
    trim()
    plan(now() - at)
  }
  const checkout = () => {
    settle()
    trim()
    if (MUTATION in segment.lost) read.forgetAll()
    if (Object.keys(segment.lost).length || segment.tail.length) return open()
    if (segments.length == 1) {
      // Nothing has happened: the same snapshot, later.
      segment.at = Math.max(segment.at, now() - span)
      segment.head = segment.head.map(event => ({ ...event, timestamp: segment.at }))
    }
    plan(0)
  }
  const trim = () => {
    const size = () => segments.reduce((sum, { size, weight }) => sum + size + weight, 0)
    while (segments.length > 1 && segments[1].at <= now() - span) segments.shift()
    while (segments.length > 1 && size() > ROOM) { segments.shift(); shortened = true }
  }
  /** Where a full snapshot takes long, there are fewer; but one in each span, with which what is kept begins. */
  const plan = took => later('checkout', Math.min(span, Math.max(span / 2, took * 100)), checkout, () => { lose(MUTATION, 0); plan(0) })

  // ---- The DOM

  const digest = records => {
    if (!records.length || segment.lost[MUTATION]) return
    if (records.length > BURST) return lose(MUTATION, records.length)
    const { last } = read, removes = [], gone = new Set(), fresh = new Set(), changed = new Map(), texts = new Set()
    const remove = (node, { id, shadow }) => {
      const entry = read.get(node)
      if (!entry || gone.has(node)) return
      gone.add(node)
      removes.push(shadow ? { parentId: id, id: entry.id, isShadow: true } : { parentId: id, id: entry.id })
    }
    /** Described anew, because of what it may show, or because its style sheet has changed. */
    const again = node => {
      const parent = read.get(parentNode(node))
      if (parent) { remove(node, parent); fresh.add(node) }
    }
    for (const { type, target, addedNodes, removedNodes, attributeName } of records) {
      const entry = read.get(target)
      if (type == 'characterData') {
        const parent = parentNode(target)
        if (entry) texts.add(target)
        else if (read.get(parent)?.style) again(parent)
      } else if (!entry) continue
      else if (type == 'attributes') changed.set(target, (changed.get(target) || new Set()).add(attributeName))
      else if (entry.style) again(target)
      else if (!entry.leaf) {
        for (const node of removedNodes) remove(node, entry)
        for (const node of addedNodes) fresh.add(node)
      }
    }
    for (const [node] of changed) {
      const entry = read.get(node)
      if (nodeType(node) == 1 && read.outdated(node, entry)) again(node)
    }
    read.begin(BURST, TAIL_ROOM)
    for (const node of gone) read.forget(node)
    const adds = []
    for (const node of fresh) {
      const parent = read.get(parentNode(node))
      if (!parent || parent.leaf || read.get(node)) continue
      const run = []
      let next = node
      for (; next && !read.get(next); next = nextSibling(next)) run.push(next)
      let nextId = next && read.id(next)
      for (const node of run.reverse()) {
        const made = read.describe(node, parent)
        if (!made) continue
        adds.push({ parentId: parent.id, nextId, node: made })
        if (made.type == 2) read.fill(node, made, adds)
        nextId = made.id
      }
      // Nothing tells of a sheet that a root adopts; a player has no root before there is something in it.
      if (parent.shadow) read.adopt(parentNode(node), parent.id, document.baseURI, true)
    }
    const data = { source: MUTATION, texts: [], attributes: [], removes, adds }
    const old = node => (read.id(node) <= last ? read.get(node) : undefined)
    for (const node of texts) {
      const entry = old(node), value = entry && read.text(node, entry)
      if (entry) { data.texts.push({ id: entry.id, value }); read.weight += value.length + 30 }
    }
    for (const [node, names] of changed) {
      const entry = old(node), attributes = {}
      if (!entry || entry.mute) continue
      for (const name of names) {
        // The value of a field is told by its state alone.
        if (/^(value|checked|selected)$/.test(name) && /^(input|textarea|select|option)$/.test(localName(node))) { wait(fields, node); continue }
        const value = read.attribute(node, name, entry)
        if (value !== undefined) { attributes[name] = value; read.weight += String(value).length + 30 }
      }
      if ('open' in attributes && localName(node) == 'dialog') attributes.rr_open_mode = node.matches(':modal') ? 'modal' : 'non-modal'
      if (Object.keys(attributes).length) data.attributes.push({ id: entry.id, attributes })
    }
    const n = data.texts.length + data.attributes.length + removes.length + adds.length
    const rest = read.rest()
    if (n && affordable(MUTATION, n + rest.length)) {
      keep(data, read.weight + removes.length * 30)
      for (const more of rest) keep(more, 0)
    }
  }
  const flush = () => digest(observer.takeRecords())

  // ---- What the customer does

  // What happens to a field or a scrolled element within a moment is told once.
  const wait = (set, node) => {
    set.add(node)
    later('settle', SETTLE_MS, settle)
  }
  const input = field => {
    const entry = read.get(field), tag = localName(field)
    if (!entry || !valueOf[tag] || entry.mute) return fields.delete(field)
    const state = read.state(field, tag), key = stateKey(state)
    if (!state || entry.seen == key) return
    entry.seen = key
    emit({ source: INPUT, id: entry.id, ...state })
  }
  const scroll = node => {
    const id = read.id(node), view = nodeType(node) == 9 && viewOf(node)
    if (id) emit({ source: SCROLL, id, x: view ? view.scrollX : scrollLeft(node), y: view ? view.scrollY : scrollTop(node) })
  }
  const settle = () => {
    flush()
    // The last ones are looked at again, as a page empties a field without an event.
    for (const field of fields) input(field)
    for (const field of fields) if (fields.size > MAX_FIELDS) fields.delete(field)
    for (const node of scrolled) scroll(node)
    scrolled.clear()
    const time = now()
    for (const source of [MOUSE, TOUCH]) {
      const positions = moves.filter(move => move.source == source).map(({ x, y, id, at }) => ({ x, y, id, timeOffset: at - time }))
      if (positions.length) emit({ source, positions })
    }
    moves.length = 0
  }
  const move = (event, target) => {
    const at = now(), id = read.id(target), { clientX, clientY } = event.touches ? event.touches[0] : event
    if (!id || at - (moves.at(-1)?.at || 0) < MOVE_MS) return
    moves.push({ source: event.touches ? TOUCH : MOUSE, x: clientX, y: clientY, id, at })
    later('moves', MOVES_MS, settle)
  }
  const interact = ({ type, clientX, clientY, changedTouches }, target) => {
    settle()
    const id = read.id(target), { clientX: x, clientY: y } = changedTouches ? changedTouches[0] : { clientX, clientY }
    if (id) emit({ source: INTERACTION, type: INTERACTIONS[type], id, x, y })
  }

  // ---- Listeners and wrapped functions, of the page and of each frame

  const listen = (target, types, f) => {
    for (const type of types.split(' ')) target.addEventListener(type, event => guard(() => f(event, event.composedPath()[0])), { capture: true, passive: true, signal: stopped.signal })
  }
  const wrap = (view, type, name, after) => {
    const object = view[type].prototype
    const original = object[name]
    if (typeof original != 'function') return
    // A Proxy keeps name, own properties and native look.
    const proxy = new Proxy(original, { apply: (f, self, args) => {
      // What came before it in the page comes before it in the recording.
      guard(flush)
      const result = Reflect.apply(f, self, args)
      guard(() => after(self, args, result))
      return result
    } })
    try { object[name] = proxy } catch {}
    // Beneath somebody's wrapper, ours stays and passes through.
    undo.push({ view, f: () => { if (object[name] == proxy) object[name] = original } })
  }
  const rule = (sheet, change) => {
    const where = read.sheet(sheet)
    read.stale(sheet)
    if (where.id || where.styleId) emit({ source: RULE, ...where, ...change })
  }
  /** A document or shadow root: what does not leave it. */
  const watch = root => {
    listen(root, 'change', changed)
    listen(root, 'reset', (_, form) => { for (const field of findAll(form, 'input,textarea,select')) wait(fields, field) })
    listen(root, 'scroll', (_, target) => wait(scrolled, target))
    listen(root, 'play pause', ({ type }, target) => {
      const id = read.id(target)
      if (id) emit({ source: MEDIA, type: type == 'play' ? 0 : 1, id, currentTime: target.currentTime })
    })
    // A frame has a new document, a sheet has rules now.
    listen(root, 'load', (_, target) => {
      if (target == root || !/^(iframe|link)$/.test(localName(target)) || !read.id(target)) return
      flush()
      digest([{ type: 'childList', target: parentNode(target), removedNodes: [target], addedNodes: [target] }])
    })
  }
  const changed = (_, target) => {
    wait(fields, target)
    if (localName(target) != 'input' || inputType(target) != 'radio') return
    // The others of its group change without an event.
    for (const other of target.getRootNode().querySelectorAll('input[type=radio]')) if (other.name == target.name) wait(fields, other)
  }
  const watchDocument = doc => {
    const view = viewOf(doc)
    undo = undo.filter(({ view }) => !view.closed)
    listen(doc, 'mousemove touchmove', move)
    listen(doc, Object.keys(INTERACTIONS).join(' '), interact)
    listen(doc, 'input', changed)
    wrap(view, 'Element', 'attachShadow', (host, _, shadow) => {
      const entry = read.get(host)
      if (!entry || entry.leaf) return
      if (shadow.mode != 'open') return segment.note('closed shadow roots')
      read.root(shadow, entry)
    })
    wrap(view, 'CSSStyleSheet', 'insertRule', (sheet, [css, index = 0]) => rule(sheet, { adds: [{ rule: absoluteCss(String(css), sheet.href || doc.baseURI), index }] }))
    wrap(view, 'CSSStyleSheet', 'deleteRule', (sheet, [index]) => rule(sheet, { removes: [{ index }] }))
  }

  listen(window, 'resize', (_, target) => {
    if (target == window) emit({ source: RESIZE, width: innerWidth, height: innerHeight })
  })
  guard(() => {
    read = reader(core.privacy, (what, n) => segment.note(what, n), enter)
    open()
  })

  return {
    events() {
      if (read) guard(() => { settle(); trim() })
      const events = [], notes = new Map(), gaps = []
      let whole = false
      for (const { head, tail, lost, resync, notes: seen } of segments) {
        if (!whole || resync) events.push(...head)
        for (const event of tail) events.push(event)
        for (const [what, n] of seen) notes.set(what, Math.max(n, notes.get(what) || 0))
        whole = !Object.keys(lost).length
        for (const source in lost) gaps.push(gap(`${KINDS[source] || 'events'}: too many from ${new Date(lost[source].since).toISOString()} until the next full snapshot; ${lost[source].n} counted and not recorded`))
      }
      if (shortened) gaps.push(gap(`the page is large: less than ${span / 1000} s fit`))
      if (broken) gaps.push(gap(broken))
      return { events, gaps: [...gapsOf(notes), ...gaps] }
    },
    stop() {
      stopped.abort()
      observer.disconnect()
      for (const { f } of undo) try { f() } catch {}
      for (const name in timers) clearTimeout(timers[name])
      segments.length = moves.length = 0
      fields.clear()
      scrolled.clear()
    },
  }
}
