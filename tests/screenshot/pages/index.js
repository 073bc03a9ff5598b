import { state } from './state.js'
import { style } from './style.js'
import { templates } from './templates.js'
import { tree } from './tree.js'

/** All pages: whole templates, then one feature each. */
export const every = [...templates, ...state, ...tree, ...style]
