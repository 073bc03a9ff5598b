// Elements, and values in words.
//
// Security: everything of a packet is hostile. It reaches the page as text nodes and as the value of
// harmless attributes, and becomes a link only by `link`.

/** Writes out what cannot be seen or turns the reading order around: `⟨U+202E⟩`. */
const visible = text => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2069\ufeff]/g,
  c => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)

/** An element. `on…` are listeners, the rest attributes; absent values and children leave no trace. */
const h = (tag, attributes, ...children) => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  for (const child of children.flat(4)) {
    if (child != null && child !== false && child !== '') element.append(child.nodeType ? child : visible(String(child)))
  }
  return element
}

/** Text of a packet, which may be of any direction. */
const prose = (text, tag = 'span') => text && h(tag, { dir: 'auto' }, text)
const code = text => h('code', { dir: 'ltr' }, text)
const block = text => h('pre', { dir: 'ltr', tabindex: 0 }, text)

/** Only web addresses become links, and their target learns nothing of this file. */
const link = url => /^https?:\/\//i.test(url)
  ? h('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr' }, url)
  : code(url)

/** A list of facts; pairs without a value are left out. */
const facts = pairs => h('dl', null, pairs.filter(([, value]) => value != null && value !== '' && value !== false)
  .map(([name, value]) => [h('dt', null, name), h('dd', { dir: 'auto' }, value)]))

const section = (title, ...children) => {
  const content = children.flat(4).filter(Boolean)
  return content.length > 0 && h('section', null, h('h3', null, title), content)
}

const list = (items, draw = item => item) => items?.length > 0 && h('ul', null, items.map(item => h('li', { dir: 'auto' }, draw(item))))

/** `privacy_legal` → `Privacy legal`. */
const inWords = label => {
  const spaced = String(label).replace(/[_-]/g, ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`

/** Milliseconds as `84 ms`, `1.24 s`, `3 min 05 s`, `2 h 10 min`. */
const duration = ms => {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`
  const seconds = Math.round(ms / 1000)
  const two = number => String(number).padStart(2, '0')
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
    : `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)} min`
}

/** Milliseconds after a moment, as `−3.21 s` and as `3.21 s before the report`. */
const offset = ms => Math.abs(ms) < 0.5 ? '0 ms' : (ms < 0 ? '−' : '+') + duration(Math.abs(ms))
const distance = (ms, from) => `${duration(Math.abs(ms))} ${ms < 0 ? 'before' : 'after'} the ${from}`

const bytes = size => size < 1000 ? `${size} B` : size < 999_500 ? `${(size / 1000).toFixed(size < 9950 ? 1 : 0)} KB` : `${(size / 1e6).toFixed(1)} MB`

const number = value => String(Math.round(value * 100) / 100)

/** RFC 3339 in UTC as `21:05:20.123`. */
const clock = at => at.slice(11, 23).replace('Z', '')

/** The same with the day, and as the customer's own clock showed it. */
const moment = at => {
  const zone = packet.environment.time_zone
  const utc = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
  try {
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(new Date(at))
    return zone ? `${utc} (${local} in ${zone})` : utc
  } catch {
    return utc // a zone or a time that this browser does not know
  }
}

/** A JSON value of custom data on one line. */
const value = json => typeof json === 'string' ? json : JSON.stringify(json)
