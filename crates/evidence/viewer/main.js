// Puts the page together: heading, overview, tabs, and the open record beside them.

const side = h('aside', { 'aria-label': 'Details', hidden: true })

/** Opens a record, or with null closes the open one. */
const select = item => {
  for (const view of views) view.mark(item)
  side.replaceChildren(...item ? [details(item, close)] : [])
  side.hidden = !item
}
const close = () => {
  select(null)
  panels.find(panel => !panel.hidden).querySelector('[role=listbox], button')?.focus({ preventScroll: true })
}

const records = timeline(select)
const requests = waterfall(select)
const walk = steps(select)
const views = [records, requests, walk]

// Name, what it counts, content, and whether it has records that open.
const TABS = [
  ['timeline', items.length, records.element, true],
  ['network', evidence.network.records.length, requests.element, true],
  ['steps', evidence.steps.records.length, walk.element, true],
  ['screenshots', evidence.screenshots.length, pictures()],
  ['conversation', packet.conversation.transcript.length, conversation()],
  ['environment', 0, environment()],
  ['privacy', evidence.gaps.length, privacy()],
  ['exports', data.exports.length, exportsList()],
]
const panels = TABS.map(([name, , content, opens]) => h('div', { role: 'tabpanel', id: name, 'aria-labelledby': `${name}-tab`, 'data-opens': opens },
  h('h2', { class: 'printed' }, inWords(name)), content))
const tabs = TABS.map(([name, count], place) => h('button', {
  type: 'button', role: 'tab', id: `${name}-tab`, 'aria-controls': name, onclick: () => turnTo(place),
}, inWords(name), count > 0 && h('span', { class: 'count' }, count)))

const turnTo = place => {
  tabs.forEach((tab, at) => {
    const is = at === place
    tab.setAttribute('aria-selected', is)
    tab.tabIndex = is ? 0 : -1
    panels[at].hidden = !is
  })
  document.body.dataset.opens = Boolean(TABS[place][3])
  tabs[place].scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
const turn = event => {
  const at = tabs.indexOf(event.target.closest('[role=tab]'))
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  const to = { Home: 0, End: tabs.length - 1 }[event.key] ?? (step && (at + step + tabs.length) % tabs.length)
  if (to === undefined) return
  event.preventDefault()
  turnTo(to)
  tabs[to].focus()
}

document.body.append(
  h('main', null,
    heading(),
    overview(item => {
      turnTo(0)
      records.reveal(item)
      select(item)
      records.focus()
    }),
    h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Evidence', onkeydown: turn }, tabs),
    h('div', { class: 'work' }, h('div', { class: 'panels' }, panels), side)))
// In the desk's frame, the page around it has told the case already.
document.body.dataset.framed = window.top !== window
turnTo(0)
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !side.hidden && !document.querySelector('dialog[open]')) close()
})
