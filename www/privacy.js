// The one judge of what may be known of an element. Steps, snapshot, recording and screenshot ask it.

import { attribute, getter, matches, parentOf } from './dom.js'

/** Ours come first: `data-baton-allow` opens what another tool's mark closes, but not our own. */
const MARKS = [
  ['block', '[data-baton-block]'],
  ['mask', '[data-baton-mask]'],
  ['show', '[data-baton-allow]'],
  ['block', '.sentry-block, [data-sentry-block], .rr-block, .fs-exclude, [data-dd-privacy="hidden"]'],
  ['mask', '[data-private], .sentry-mask, [data-sentry-mask], .rr-mask, .fs-mask, [data-dd-privacy="mask"], [data-hj-suppress]'],
]
const ANY = MARKS.map(([, marks]) => marks).join()
const FIELD = 'input, textarea, select'

const SECRET_AUTOCOMPLETE = /(^|\s)(cc-[a-z-]+|one-time-code|(current|new)-password)(\s|$)/i
/** For fields without a fitting type and `autocomplete`, such as a password that is being shown. */
const SECRET_NAME = /passw|pass(phrase|code)|pass$|pwd|kennwort|mot.?de.?passe|contrase|senha|cvc|cvv|card.?(num|no\b)|cc.?num|security.?code|one.?time|(^|[^a-z])(otp|pin)([^a-z]|$)/i

const slotOf = getter(Element, 'assignedSlot')

/** Fields that were of type password once: "show password" must not open them. */
const passwords = new WeakSet()

const isSecret = element => {
  if (!matches(element, FIELD)) return false
  if (attribute(element, 'type').toLowerCase() === 'password') passwords.add(element)
  return passwords.has(element) || SECRET_AUTOCOMPLETE.test(attribute(element, 'autocomplete')) ||
    ['name', 'id'].some(name => SECRET_NAME.test(attribute(element, name)))
}

/** The parent as it is drawn: slot, shadow host, or the frame of this same-origin document. */
const above = element => {
  const slot = slotOf(element)
  if (slot) return slot
  const parent = parentOf(element)
  if (!parent || parent.nodeType === Node.ELEMENT_NODE) return parent
  if (parent.host) return parent.host
  try {
    return parent.defaultView && parent.defaultView.frameElement
  } catch {
    return null // a frame of another origin
  }
}

/** As {@link decide}, but for what is around a form field rather than in it: its label, its name. */
export const decideRegion = (element, inherited) => {
  const marked = matches(element, ANY) && MARKS.find(([, marks]) => matches(element, marks))
  if (marked) return marked[0]
  if (inherited && !slotOf(element)) return inherited
  const parent = above(element)
  return parent ? decide(parent) : 'show'
}

/**
 * What may be known of an element: `show` everything, `mask` that it is there but neither its text nor its
 * values, `block` only its size.
 * @param {Element} element
 * @param {'show' | 'mask' | 'block'} [inherited] the parent's verdict, for callers who walk down a tree; without it,
 *   the ancestors are asked, across slots, shadow roots and same-origin frames
 * @returns {'show' | 'mask' | 'block'}
 */
export const decide = (element, inherited) => {
  const verdict = decideRegion(element, inherited)
  return verdict === 'show' && isSecret(element) ? 'mask' : verdict
}

/**
 * The elements of a document or shadow tree that {@link decide} must be asked about while walking down: any other,
 * unless it is in a slot, has its parent's verdict.
 * @param {Document | ShadowRoot} root
 */
export const judged = root => [...root.querySelectorAll(`${ANY}, ${FIELD}`)]

/**
 * Whether the value of a form field or an editable element must never be kept, drawn or sent: of a password, a
 * one-time code, card data, hidden and file inputs, and of whatever {@link decide} does not show.
 * @param {Element} field
 */
export const isPrivateField = field =>
  isSecret(field) || /^(hidden|file)$/i.test(matches(field, 'input') ? attribute(field, 'type') : '') || decide(field) !== 'show'

/**
 * Remembers the passwords of a document, also those that are shown before anybody asks about them.
 * @param {Document} root
 * @param {AbortSignal} signal ends it
 */
export const watchPasswords = (root, signal) => {
  const observer = new MutationObserver(changes => {
    for (const { target, oldValue } of changes) if (/^password$/i.test(oldValue)) passwords.add(target)
  })
  observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['type'], attributeOldValue: true })
  for (const field of root.querySelectorAll('input[type=password i]')) passwords.add(field)
  signal.addEventListener('abort', () => observer.disconnect())
}
