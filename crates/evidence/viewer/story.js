// What it is about: the heading, the case in a few lines, the conversation, the steps in words.

const tag = (text, tone) => h('span', { class: 'tag', 'data-tone': tone }, text)

const heading = () => {
  const { app, environment: { browser, os, page_url: page }, customer, triage, route, escalation } = packet
  const named = (name, version) => [name, version].filter(Boolean).join(' ')
  const fact = (name, text) => text && h('span', null, h('span', { class: 'soft' }, name, ' '), h('bdi', null, text))
  return h('header', { class: 'heading' },
    h('p', { class: 'tags' },
      tag(`${inWords(triage.urgency)} urgency`, { high: 'warn', critical: 'bad' }[triage.urgency]), tag(`${inWords(route.priority)} priority`, route.priority === 'urgent' && 'bad'),
      tag(inWords(triage.intent)), tag(`→ ${inWords(route.queue)}`, 'accent'), triage.topics.map(topic => tag(inWords(topic), 'warn')), packet.integrity && tag('Has hashes')),
    prose(packet.summary.title || 'Untitled', 'h1'),
    h('p', { class: 'why' }, prose(escalation.reason), ' ', code(escalation.rule)),
    h('p', { class: 'line' },
      fact('Page', link(page)), fact('Browser', named(browser.name, browser.version)), fact('on', named(os.name, os.version)),
      fact(app.name || 'App', [app.version, app.release].filter(Boolean).join(', ')), fact('Reported', moment(packet.created_at)),
      fact('by', customer.name || customer.email || customer.id)))
}

/** @param show called with the record to open */
const overview = show => {
  const { problem, tried, expected, impact, open_questions: open } = packet.summary
  const [shot] = evidence.screenshots
  return h('div', { class: 'overview' }, h('div', null,
    trouble && h('button', { type: 'button', class: 'trouble', onclick: () => show(trouble) },
      h('span', { class: 'word' }, trouble.kind === 'error' ? trouble.word : `${trouble.word} ${trouble.side}`),
      h('span', { class: 'what', dir: 'auto' }, trouble.text),
      h('span', { class: 'soft' }, [trouble.kind === 'error' && trouble.side, distance(trouble.record.ms - reportMs, 'report'), 'see what led to it'].filter(Boolean).join(' · '))),
    problem !== packet.summary.title && prose(problem, 'p'),
    facts([['Expected', expected], ['Affects', impact], ['Tried', list(tried)], ['Still open', list(open)]])),
  shot && thumbnail(shot))
}

const SPEAKERS = { customer: 'Customer', assistant: 'Baton', agent: 'Agent', system: 'System' }

const conversation = () => h('div', { class: 'conversation' },
  section('Earlier contacts', list(packet.conversation.previous, ({ channel, id, url }) => [inWords(channel), ' ', code(id), url && [' ', link(url)]])),
  h('ol', { class: 'bubbles' }, packet.conversation.transcript.map(({ author, text, at, channel }) => h('li', { 'data-author': author },
    h('p', { class: 'soft' }, [SPEAKERS[author], clock(at).slice(0, 8), channel !== 'widget' && `by ${channel}`].filter(Boolean).join(' · ')),
    prose(text, 'div')))),
  section('Asked before the hand-over', list(packet.conversation.fields, ({ question, answer }) => [
    prose(question), ' ', answer ? prose(answer) : h('span', { class: 'soft' }, 'skipped')])),
  section('Shown before a human was asked', list(packet.attempts, ({ provider, text, url, helped }) => [
    prose(text), h('span', { class: 'soft' }, ` ${provider}${helped == null ? '' : helped ? ', helped' : ', did not help'} `), url && link(url)])))

/** As `timeline`. */
const steps = select => {
  const rows = new Map(items.filter(item => item.kind === 'step').map(item => [item, h('li', null,
    h('button', { type: 'button', onclick: () => select(item) }, prose(item.text)))]))
  return {
    element: rows.size === 0 ? h('p', { class: 'soft' }, 'No step was recorded.')
      : h('div', null, dropped([KINDS.step]), h('ol', { class: 'steps' }, [...rows.values()],
        trouble && h('li', { class: 'result' }, h('button', { type: 'button', onclick: () => select(trouble) }, h('strong', null, trouble.word), ' ', prose(trouble.text))))),
    mark: open => {
      for (const [item, row] of rows) row.toggleAttribute('data-open', item === open)
    },
  }
}
