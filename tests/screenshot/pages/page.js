// What the pages of one feature each are made of.

const WORDS = 'invoice customer seat plan export report failed payment renewal account team invite access billing address order amount due paid draft review queue agent answer ticket priority status open closed waiting note upload archive filter search total monthly yearly credit refund'.split(' ')

/** So many words, the same for the same seed. */
export function words(count, seed = 1) {
  let state = seed
  return Array.from({ length: count }, () => WORDS[((state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) >> 12) % WORDS.length]).join(' ')
}

/** So many paragraphs. */
export const text = (paragraphs, count = 40) => Array.from({ length: paragraphs }, (_, index) => `<p>${words(count, index + 1)}</p>`).join('')

/** Markup of `make(index)` for each of so many. */
export const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join('')

const CSS = 'body { margin: 0; padding: 24px; font: 16px/1.5 "DejaVu Sans", sans-serif; color: #1d2733; background: #f6f7f9 } h1 { font-size: 28px; margin: 0 0 16px }'

/**
 * A page: `%ORIGIN%` and `%OTHER%` in it are the addresses of its own server and of another one, whose files may not be read.
 * @param more `css`, `head`, `attributes` of the root, `doctype`; anything else goes to the harness: `headers`, `prepare(tab)`,
 *   `unreadable` (selectors that no script may read), `huge` (no ordinary page), `refusal` (no picture is possible: how the
 *   error must name why)
 */
export function page(name, body, { css = '', head = '', attributes = 'lang="en"', doctype = '<!DOCTYPE html>', ...more } = {}) {
  return { name, group: 'features', html: `${doctype}<html ${attributes}><head><meta charset="utf-8"><title>${name}</title><style>${CSS}${css}</style>${head}</head><body>${body}</body></html>`, ...more }
}
