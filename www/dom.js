// Members of elements read through their prototypes: the fields of a form may shadow the form's own.

export const getter = (type, name) => {
  const { get } = Object.getOwnPropertyDescriptor(type.prototype, name)
  return node => get.call(node)
}
/** Its value, or an empty text. */
export const attribute = (element, name) => Element.prototype.getAttribute.call(element, name) || ''
export const matches = (element, selector) => Element.prototype.matches.call(element, selector)
export const parentOf = getter(Node, 'parentNode')
const kind = getter(Node, 'nodeType')
export const isElement = node => kind(node) === Node.ELEMENT_NODE
export const isText = node => kind(node) === Node.TEXT_NODE
