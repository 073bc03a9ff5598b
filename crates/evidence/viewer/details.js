// One record with all that is known of it.

const pretty = body => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body // not JSON, or cut short
  }
}

const content = (title, { headers, bytes: size, type, body, omitted } = {}) => section(title,
  headers?.length > 0 && facts(headers.map(({ name, value }) => [name, code(value)])),
  (type || size != null) && h('p', { class: 'soft' }, [type, size != null && bytes(size)].filter(Boolean).join(', ')),
  body && block(pretty(body)),
  omitted && h('p', { class: 'soft' }, `No body: ${omitted}`))

const origin = ({ source, line, column }) => source && code([source, line, column].filter(part => part != null).join(':'))

const DETAILS = {
  step: step => [
    facts([
      ['Target', prose(step.target)],
      ['Key', step.key],
      ['Value', step.value != null && code(step.value)],
      ['Field', step.field && `${step.field.kind}, ${counted(step.field.length, 'character')}${step.field.private ? ', private' : ''}`],
      ['Where', step.point && `${number(step.point.x)}, ${number(step.point.y)} CSS px`],
      ['Size', step.size && `${number(step.size.width)} × ${number(step.size.height)} CSS px`],
      ['Frame', step.frame?.length > 0 && step.frame.join(' › ')],
      ['Page', step.url && link(step.url)],
    ]),
    section('Selectors, best first', step.selectors?.length > 0 && h('ol', { class: 'selectors' }, step.selectors.map(selector => h('li', null, code(selector))))),
  ],
  error: error => [
    facts([
      ['Surfaced as', inWords(error.kind)],
      ['Source', origin(error)],
      ['Fingerprint', error.fingerprint && code(error.fingerprint)],
    ]),
    section('Stack', error.stack && block(error.stack)),
    section('Caused by', error.cause && block(error.cause)),
  ],
  network: request => [
    facts([
      ['URL', link(request.url)],
      ['Outcome', outcome(request)],
      ['Browser says', request.failure_text],
      ['Took', request.duration_ms != null && `${duration(request.duration_ms)}${request.slow ? ', slow' : ''}`],
      ['Waited', request.wait_ms != null && duration(request.wait_ms)],
      ['Received in', request.receive_ms != null && duration(request.receive_ms)],
      ['On the wire', request.transfer_bytes != null && bytes(request.transfer_bytes)],
      ['Protocol', request.protocol],
      ['Started by', inWords(request.initiator)],
    ]),
    content('Request', request.request),
    content('Response', request.response),
  ],
  console: line => [facts([['Level', line.level]])],
  long_task: task => [facts([['Took', duration(task.duration_ms)]])],
}

/** @param close called when the reader is done with it */
const details = (item, close) => h('div', null,
  h('div', { class: 'row' },
    h('span', { class: 'word', 'data-kind': item.kind, 'data-level': item.level }, item.word),
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the details', onclick: close }, '✕')),
  h('h3', { class: 'what', dir: 'auto' }, item.text),
  h('p', { class: 'soft when' }, [
    trouble && item !== trouble && distance(item.record.ms - trouble.record.ms, 'error'), distance(item.record.ms - reportMs, 'report'), `${clock(item.record.at)} UTC`,
  ].filter(Boolean).join(' · ')),
  DETAILS[item.kind](item.record))
