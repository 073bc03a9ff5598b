// Serves the pages under test, their packages and the libraries that take their pictures. A second
// origin serves the same files without CORS: what lies there no script may read.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json', '.webmanifest': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.ico': 'image/x-icon', '.woff': 'font/woff', '.woff2': 'font/woff2', '.ttf': 'font/ttf', '.wasm': 'application/wasm', '.webm': 'video/webm' }
const TEXT = /^(text|application\/(json|wasm)|image\/svg)/

/** The same for every page and candidate: only what is no part of the picture is taken off it. */
const BENCH_CSS = 'html { scrollbar-width: none } * { caret-color: transparent !important }'

const packages = fileURLToPath(new URL('node_modules', import.meta.url))

/** Google's style sheets name the files of a font by unicode-range, as those of @fontsource do. */
async function fonts(families) {
  const sheets = []
  for (const family of families) {
    const [name, weights = '400'] = family.split(':')
    const folder = `@fontsource/${name.toLowerCase().replace(/[ +]/g, '-')}`
    for (const weight of weights.match(/\d{3}(?=[,;]|$)/g) ?? ['400']) {
      const sheet = await readFile(join(packages, folder, `${weight}.css`), 'utf8').catch(() => '')
      sheets.push(sheet.replaceAll('url(./', `url(/npm/${folder}/`))
    }
  }
  return sheets.join('\n')
}

// What templates take from elsewhere, as far as a package has it.
const ELSEWHERE = [
  [/(?:https?:)?\/\/cdn\.jsdelivr\.net\/npm\/((?:@[\w.-]+\/)?[\w.-]+)@[\d.]+\//g, '/npm/$1/'],
  [/https?:\/\/fonts\.googleapis\.com\/css2?\?/g, '/fonts.css?'],
  [/https?:\/\/fonts\.googleapis\.com\/icon\?[^"]*/g, '/npm/material-icons/iconfont/round.css'],
  [/https?:\/\/use\.fontawesome\.com\/releases\/v[\d.]+\//g, '/npm/@fortawesome/fontawesome-free/'],
  [/https?:\/\/maxcdn\.bootstrapcdn\.com\/font-awesome\/latest\/css\/font-awesome\.min\.css/g, '/npm/@fortawesome/fontawesome-free/css/all.css'],
  [/https?:\/\/kit\.fontawesome\.com\/\w+\.js/g, '/npm/@fortawesome/fontawesome-free/js/all.js'],
  [/https?:\/\/cdnjs\.cloudflare\.com\/ajax\/libs\/Chart\.js\/2[\d.]+\//g, '/npm/chart.js/dist/'],
]

function local(text, mount) {
  for (const [address, path] of ELSEWHERE) text = text.replace(address, path)
  // A template that expects to lie at the root of its host.
  return mount ? text.replace(/((?:src|href)=["']|url\(["']?|from\s*["']|import\(["'])\/(?!npm|fonts|\/)/g, `$1${mount}/`) : text
}

/**
 * Starts both origins.
 * @param {{pages: Map, candidates: Map, dist: URL, files: Map}} world `files`: path → `{type, body}`
 * @returns {Promise<{origin: string, close: () => Promise<void>}>}
 */
export async function serve({ pages, candidates, dist, files }) {
  let origin, other
  const fill = text => text.replaceAll('%ORIGIN%', origin).replaceAll('%OTHER%', other)
  const head = name => `<link rel="stylesheet" href="${origin}/bench.css">${fill(candidates.get(name)?.head ?? '')}`
  const inside = (folder, path) => {
    const file = normalize(join(folder, path))
    return file.startsWith(folder + sep) ? file : null
  }
  async function find(pathname, query) {
    if (pathname === '/bench.css') return { type: 'text/css', body: BENCH_CSS }
    if (pathname === '/fonts.css') return { type: 'text/css', body: await fonts(query.getAll('family').flatMap(list => list.split('|'))) }
    if (files.has(pathname)) return files.get(pathname)
    const [, kind, name] = pathname.split('/')
    if (kind === 'page') {
      const page = pages.get(name)
      if (!page?.html) return null
      return { type: TYPES['.html'], body: fill(page.html).replace(/<head[^>]*>/i, all => all + head(query.get('with'))), headers: page.headers && Object.fromEntries(Object.entries(page.headers).map(([key, value]) => [key, fill(value)])) }
    }
    const roots = { npm: [packages, 5], baton: [fileURLToPath(dist).replace(/[\\/]$/, ''), 7] }
    const page = pages.get(name)
    const [folder, skip] = kind === 'template' && page ? [join(packages, page.folder), `/template/${name}/`.length] : roots[kind] ?? []
    const file = folder && inside(folder, decodeURIComponent(pathname.slice(skip)))
    if (!file) return null
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    const body = await readFile(file).catch(() => null)
    if (!body) return null
    if (kind !== 'template' || !/^text/.test(type)) return { type, body }
    const text = local(body.toString(), page.rooted && `/template/${name}`)
    return { type, body: type.startsWith('text/html') ? text.replace(/<head[^>]*>/i, all => all + head(query.get('with'))) : text }
  }
  const packed = new Map()
  async function answer(request, response, foreign) {
    const { pathname, searchParams } = new URL(request.url, 'http://page.test')
    const found = await find(pathname, searchParams).catch(() => null)
    if (!found) { response.writeHead(404, { 'content-type': 'text/plain' }); return response.end() }
    const headers = { 'content-type': found.type, 'cache-control': 'max-age=600', ...found.headers }
    if (!foreign) headers['access-control-allow-origin'] = '*'
    let { body } = found
    if (TEXT.test(found.type) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
      const key = `${request.url} ${foreign}`
      if (!packed.has(key)) packed.set(key, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }))
      body = packed.get(key)
      headers['content-encoding'] = 'br'
    }
    response.writeHead(200, headers)
    response.end(body)
  }
  const listen = async foreign => {
    const server = createServer((request, response) => answer(request, response, foreign))
    await new Promise(done => server.listen(0, '127.0.0.1', done))
    return server
  }
  const servers = [await listen(false), await listen(true)]
  origin = `http://127.0.0.1:${servers[0].address().port}`
  other = `http://127.0.0.1:${servers[1].address().port}`
  return {
    origin,
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise(done => server.close(done))
      }
    },
  }
}
