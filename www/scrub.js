// Takes the values of private fields out of what the page does with them: bodies, headers, addresses.

const PRIVATE = '[private field]'
const FIELDS = 500 // of a kind looked at; beyond, each request would cost too much
const SHORTEST = 3 // anything shorter is found everywhere
const LONG = 16 // what a hidden field must hold to be looked for: a token, not a word
const MOST_TYPED = 50 // fields
const UNREAD = { file: 1, checkbox: 1, radio: 1 }
const CUT = /…\(\+\d+\)$/ // what the loader's `clip` puts after what it has cut

/**
 * @param {{clip, listen, quiet}} core what the loader shares
 * @param {{isPrivateField}} privacy the judge, privacy.js
 * @returns {{scrub, scrubUrl}} `scrub(text, isCut)`: of a text that is only a beginning, the beginning of a value at
 *   its end goes, too. `scrubUrl(url)` leaves the origin as it is.
 */
export default ({ clip, listen, quiet }, { isPrivateField }) => {
  const known = new WeakMap() // field → {value, forms}
  const typed = new Map() // private field → what was typed into it last: a page takes it away once it has sent it
  // Live: the browser keeps them, where a query would go through the page at each request.
  const fields = ['input', 'textarea', 'select'].map(name => document.getElementsByTagName(name))

  /** A value as it may be written in JSON, in an address or in a form. */
  const formsOf = (field, value) => {
    let entry = known.get(field)
    if (entry?.value !== value) {
      const whole = clip(value, value.length) // half a character cannot be encoded
      const encoded = [encodeURIComponent(whole), encodeURI(whole)]
      // A browser writes the quote in an address so, which those two leave as it is.
      encoded.push(...encoded.map(form => form.replaceAll("'", '%27')))
      const forms = new Set([value, JSON.stringify(value).slice(1, -1), `${new URLSearchParams({ v: value })}`.slice(2), ...encoded])
      known.set(field, entry = { value, forms: [...forms] })
    }
    return entry.forms
  }

  const remember = field => {
    typed.delete(field)
    if (field.value?.length >= SHORTEST && isPrivateField(field)) typed.set(field, field.value)
    if (typed.size > MOST_TYPED) typed.delete(typed.keys().next().value)
  }
  listen(window, 'input', event => quiet('network', remember, event.composedPath()[0]))

  /** How much of a form's beginning is the text's end. */
  const overlap = (text, form) => {
    for (let n = Math.min(form.length - 1, text.length); n >= SHORTEST; n--) if (text.endsWith(form.slice(0, n))) return n
    return 0
  }

  /** Adds the forms of a value that are in the text, if it is a private field's. */
  const look = (found, text, isCut, field, value, isPrivate) => {
    const { length } = found
    const forms = formsOf(field, value)
    for (let n = 0; n < forms.length; n++) if (text.includes(forms[n]) || (isCut && overlap(text, forms[n]))) found.push(forms[n])
    if (found.length > length && !isPrivate && (UNREAD[field.type] || (value.length < LONG && field.type === 'hidden') || !isPrivateField(field))) found.length = length
  }

  /** What private fields hold, as far as it is in this text; the longest first, as a value may be the beginning of another. */
  const privateIn = (text, isCut) => {
    const found = []
    // Seldom called often enough to be compiled well: plain loops, and the cheap questions first.
    for (const list of fields) for (let at = 0, end = Math.min(list.length, FIELDS); at < end; at++) {
      const field = list[at]
      const { value } = field
      if (value.length >= SHORTEST) look(found, text, isCut, field, value)
    }
    for (const [field, value] of typed) look(found, text, isCut, field, value, true)
    return found.length > 1 ? found.sort((a, b) => b.length - a.length) : found
  }

  const without = (text, found, isCut) => {
    for (const form of found) text = text.replaceAll(form, PRIVATE)
    const tail = isCut ? Math.max(0, ...found.map(form => overlap(text, form))) : 0
    return tail ? text.slice(0, -tail) + PRIVATE : text
  }

  const scrub = (text, isCut) => without(text, privateIn(text, isCut), isCut)

  const scrubUrl = url => {
    const cut = url.endsWith(')') ? CUT.exec(url)?.[0] || '' : ''
    const body = url.slice(0, url.length - cut.length)
    const found = privateIn(body, cut !== '')
    if (!found.length) return url
    const [origin] = /^(\w+:\/\/[^/?#]*)?/.exec(body)
    return origin + without(body.slice(origin.length), found, cut !== '') + cut
  }

  return { scrub, scrubUrl }
}
