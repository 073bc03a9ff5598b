import { templates } from './templates.js'

/** All pages, templates first. */
export const every = [...templates]

/** What the pages need from the server: path → `{type, body}`. */
export const files = new Map()
