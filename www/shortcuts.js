// The keys that open Baton from anywhere in the page, heard before its own listeners, which may know nothing of them.

/** What a tester presses: types no character where Alt is a modifier, and is taken by no browser. */
const QA = 'Alt+Shift+B'

const HELD = { alt: /\b(alt|option)\b/, ctrl: /\b(ctrl|control)\b/, meta: /\b(meta|cmd|command)\b/, shift: /\bshift\b/ }

/** Whether these are the keys of that name: `Alt+Shift+H`, `Ctrl+F8` … */
const isPressed = (name, event) => {
  const [, held = '', key] = /^(?:(.*)\+)?([^+]+)$/.exec(name.toLowerCase()) || []
  // With Alt, some systems give another character or a dead key: then the place of the key on the keyboard has to tell.
  const pressed = event.key !== 'Dead' && /^[ -~]+$/.test(event.key) ? event.key : event.code.replace(/^(Key|Digit)/, '')
  return key?.trim() === pressed.toLowerCase() && Object.entries(HELD).every(([name, words]) => event[`${name}Key`] === words.test(held))
}

/** A bare key in a field is the field's. */
const isTyping = event => {
  const [target] = event.composedPath()
  return !(event.altKey || event.ctrlKey || event.metaKey) && (/^(input|textarea|select)$/.test(target.localName) || target.isContentEditable)
}

/**
 * Listens until Baton is destroyed.
 * @param open gets the options of `Baton.open()`; resolves once the panel is open
 */
export default ({ listen, config, ui, problem }, open, close) => {
  const act = event => {
    if (config.mode === 'qa' && isPressed(config.qaShortcut || QA, event)) return open({ mode: 'qa' })
    if (!config.shortcut || !isPressed(config.shortcut, event)) return
    // What is open may be out of sight or out of reach: then it is brought back.
    const isIn = ui.open && document.activeElement?.dataset.batonUi === 'widget'
    return isIn ? close() : open()
  }
  listen(window, 'keydown', event => {
    // A synthetic event of that name may be of any class.
    if (!(event instanceof KeyboardEvent) || event.repeat || isTyping(event)) return
    const done = act(event)
    if (!done) return
    event.preventDefault()
    event.stopPropagation()
    done.catch(error => { problem('report', error.message) })
  })
}
