// Everything that happened, on one clock, with filters and a search.

const LEVELS = ['Everything', 'Warnings and errors', 'Errors']
const PAGE_ROWS = 12

/**
 * @param select called with the record that the reader turns to
 * @returns {{element, mark, reveal, focus}} `mark` shows which record is open, `reveal` undoes filters that
 *   hide a record, `focus` puts the reader into the list
 */
const timeline = select => {
  const everyKind = Object.keys(KINDS).filter(kind => items.some(item => item.kind === kind))
  const shown = { kinds: new Set(everyKind), level: INFO, words: [], led: Boolean(trouble), anchor: Object.keys(ANCHORS)[0] }
  let current = null

  const rows = new Map(items.map(item => {
    const time = h('time', { datetime: item.record.at, title: item.record.at })
    const row = h('li', {
      role: 'option', id: item.id, 'aria-selected': 'false', 'data-kind': item.kind, 'data-level': item.level, 'data-trouble': item === trouble,
      onclick: () => select(item),
    }, time, h('span', { class: 'word' }, item.word), h('span', { class: 'text', dir: 'auto' }, item.text), h('span', { class: 'side' }, item.side))
    return [item, { row, time }]
  }))

  const matches = item => shown.kinds.has(item.kind) && item.level >= shown.level && (!shown.led || item.led)
    && shown.words.every(word => item.search.includes(word))

  const update = () => {
    const tell = ANCHORS[shown.anchor][1]
    let count = 0
    for (const [item, { row, time }] of rows) {
      row.hidden = !matches(item)
      count += !row.hidden
      time.textContent = tell(item.record)
    }
    status.textContent = count === items.length ? counted(count, 'record') : `${count} of ${counted(items.length, 'record')}`
    nothing.hidden = count > 0
    all.hidden = count === items.length
    led.setAttribute('aria-pressed', shown.led)
    for (const button of kinds) button.setAttribute('aria-pressed', shown.kinds.has(button.name))
  }

  const kinds = everyKind.map(kind => {
    const toggle = () => {
      if (!shown.kinds.delete(kind)) shown.kinds.add(kind)
      update()
    }
    const count = items.filter(item => item.kind === kind).length
    return h('button', { type: 'button', class: 'chip', name: kind, 'data-kind': kind, onclick: toggle }, KINDS[kind].name, h('span', { class: 'count' }, count))
  })
  const toggleLed = () => {
    shown.led = !shown.led
    update()
  }
  const led = h('button', { type: 'button', class: 'chip led', hidden: !trouble, onclick: toggleLed }, 'Only what led to the error')
  const level = h('select', { 'aria-label': 'Level', onchange: () => {
    shown.level = Number(level.value)
    update()
  } }, LEVELS.map((name, value) => h('option', { value }, name)))
  const anchor = h('select', { 'aria-label': 'Times', onchange: () => {
    shown.anchor = anchor.value
    update()
  } }, Object.entries(ANCHORS).map(([value, [name]]) => h('option', { value }, name)))
  const search = h('input', { type: 'search', placeholder: 'Search', 'aria-label': 'Search the records', 'aria-keyshortcuts': '/', oninput: () => {
    shown.words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    update()
  } })
  const showAll = () => {
    Object.assign(shown, { kinds: new Set(everyKind), level: INFO, words: [], led: false })
    level.value = INFO
    search.value = ''
    update()
  }
  const all = h('button', { type: 'button', class: 'quiet', onclick: showAll }, 'Show all')
  const status = h('span', { role: 'status', class: 'soft' })
  const nothing = h('p', { class: 'soft' }, items.length > 0 ? 'No record matches these filters.' : 'The sensors recorded nothing.')

  const move = event => {
    const seen = items.filter(matches)
    const at = seen.indexOf(current)
    const to = {
      ArrowDown: at + 1, j: at + 1, ArrowUp: at - 1, k: at - 1, Home: 0, End: seen.length - 1,
      PageDown: at + PAGE_ROWS, PageUp: at - PAGE_ROWS,
    }[event.key]
    if (to === undefined || seen.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    select(seen[Math.min(Math.max(to, 0), seen.length - 1)])
  }
  const records = h('ol', { role: 'listbox', class: 'records', tabindex: 0, 'aria-label': 'Records, oldest first', onkeydown: move }, [...rows.values()].map(({ row }) => row))
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.target.closest('input, select, dialog') || !search.offsetParent) return
    event.preventDefault()
    search.focus()
  })

  update()
  return {
    element: h('div', { class: 'timeline' },
      h('div', { class: 'tools' }, led, h('div', { class: 'chips', role: 'group', 'aria-label': 'Kinds' }, kinds), search, level, anchor, h('span', { class: 'outcome' }, status, all)),
      dropped(Object.values(KINDS)), records, nothing),
    mark: item => {
      if (current) rows.get(current).row.setAttribute('aria-selected', 'false')
      current = item
      records.removeAttribute('aria-activedescendant')
      if (!item) return
      const { row } = rows.get(item)
      row.setAttribute('aria-selected', 'true')
      records.setAttribute('aria-activedescendant', item.id)
      row.scrollIntoView({ block: 'nearest' })
    },
    reveal: item => {
      if (!matches(item)) showAll()
    },
    focus: () => records.focus({ preventScroll: true }),
  }
}

/** What the bounded rings no longer hold. */
const dropped = kinds => {
  const lost = kinds.filter(({ of }) => of?.dropped > 0).map(({ name, of }) => `${name.toLowerCase()}: ${of.dropped} older dropped, the last ${of.cap} kept`)
  return lost.length > 0 && h('p', { class: 'soft' }, inWords(lost.join('; ')), '.')
}
