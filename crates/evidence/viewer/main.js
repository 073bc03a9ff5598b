// Puts the page together: heading, overview, tabs, and the open record beside them.

const side = h('aside', { 'aria-label': 'Details', hidden: true })

let open = null // the record in the details
let turned = 0 // the tab in front

/** The details stand beside a tab that shows records of that kind. */
const arrange = () => {
  side.hidden = !open || !TABS[turned].kinds?.includes(open.kind)
}

/** Opens a record, or with null closes the open one. */
const select = item => {
  open = item
  side.replaceChildren(...item ? [details(item, close)] : [])
  arrange()
  // Last, as it scrolls to where the record is now.
  for (const view of views) view.mark(item)
}
const close = () => {
  select(null)
  panels[turned].querySelector('[role=listbox], button')?.focus({ preventScroll: true })
}

const records = timeline(select)
const requests = waterfall(select)
const walk = steps(select)
const views = [records, requests, walk]

// In the desk's frame, the page around this one has told the case already.
const framed = window.top !== window

// `kinds`: of which the tab shows the records; `alone`: left out in a frame.
const TABS = [
  { name: 'timeline', count: items.length, content: records.element, kinds: Object.keys(KINDS) },
  { name: 'network', count: evidence.network.records.length, content: requests.element, kinds: ['network'] },
  { name: 'steps', count: evidence.steps.records.length, content: walk.element, kinds: ['step', trouble?.kind] },
  { name: 'screenshots', count: evidence.screenshots.length, content: pictures() },
  { name: 'conversation', count: packet.conversation.transcript.length, content: conversation(), alone: true },
  { name: 'environment', content: environment() },
  { name: 'privacy', count: evidence.gaps.length, content: privacy() },
  { name: 'exports', count: data.exports.length, content: exportsList() },
].filter(({ alone }) => !alone || !framed)
const panels = TABS.map(({ name, content }) => h('div', { role: 'tabpanel', id: name, 'aria-labelledby': `${name}-tab` },
  h('h2', { class: 'printed' }, inWords(name)), content))
const tabs = TABS.map(({ name, count }, at) => h('button', {
  type: 'button', role: 'tab', id: `${name}-tab`, 'aria-controls': name, onclick: () => show(at),
}, inWords(name), count > 0 && h('span', { class: 'count' }, count)))

const turnTo = to => {
  turned = to
  tabs.forEach((tab, at) => {
    tab.setAttribute('aria-selected', at === to)
    tab.tabIndex = at === to ? 0 : -1
    panels[at].hidden = at !== to
  })
  arrange()
}
/** What a person asked for is brought into view; at the start that would scroll the page around a frame. */
const show = to => {
  turnTo(to)
  tabs[to].scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
const turn = event => {
  const at = tabs.indexOf(event.target.closest('[role=tab]'))
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? (step && (at + step + tabs.length) % tabs.length)
  if (to === undefined) return
  event.preventDefault()
  show(to)
  tabs[to].focus()
}

document.body.append(
  h('main', null,
    !framed && heading(),
    !framed && overview(item => {
      show(0)
      records.reveal(item)
      select(item)
      records.focus()
    }),
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Evidence', onkeydown: turn }, tabs),
    h('div', { class: 'work' }, h('div', { class: 'panels' }, panels), side)))
document.body.dataset.framed = framed
turnTo(0)
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !side.hidden && !document.querySelector('dialog[open]')) close()
})
