// The pages under test, without anything attached that would slow the console down.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

/** In an isolated page the clock ticks every 5 µs instead of every 100. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'same-origin' }
/** What pages hold: to look for private values in addresses is a part of our work. */
const FORM = '<form><input name="q" value="invoices"><input name="email" value="ann@example.com"><input type="password" name="pw" value="correct horse"><textarea name="note">Please call back</textarea><input type="checkbox" name="ok"></form>'
/** A `fetch` from before the wrappers that answers some calls itself, at once. */
const STAND_IN = `<script>
  const real = fetch.bind(window), answer = new Response('{}', { headers: { 'content-type': 'application/json' } })
  window.fetch = function fetch(input, init) { return \`\${input}\`.startsWith('/stand-in') ? Promise.resolve(answer) : real(input, init) }
</script>`
const SCRIPTS = ['page.js', 'rounds.js']

/** @returns {{origin, result, close}} `result()` resolves to what the next page posts. */
export async function serve({ www, sentry }) {
  const waiting = []
  const heads = {
    bare: '',
    baton: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs"></script>',
    replay: '<script src="/baton/baton.js" data-endpoint="/v1/handoffs" data-replay="30"></script>',
    sentry: '<script src="/sentry.js"></script>',
  }
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://page.test')
    const send = (type, body) => { response.writeHead(200, { 'content-type': type, ...ISOLATED }); response.end(body) }
    if (pathname === '/result') {
      let text = ''
      for await (const part of request) text += part
      waiting.shift()?.(JSON.parse(text))
      return send('text/plain', '')
    }
    if (pathname === '/data') return send('application/json', '{"ok":true}')
    if (pathname === '/large') {
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      for (let sent = 0; sent < 50; sent++) if (!response.write(chunk)) await new Promise(done => response.once('drain', done))
      return response.end()
    }
    if (pathname === '/sentry.js') return send('text/javascript', sentry)
    if (SCRIPTS.includes(pathname.slice(1))) return send('text/javascript', await readFile(new URL(pathname.slice(1), import.meta.url)))
    if (pathname === '/rounds') {
      const frames = ['bare', 'baton', 'sentry'].map(name => `<iframe name="${name}" src="/${name}" width="300" height="200"></iframe>`)
      return send('text/html; charset=utf-8', `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rounds</title></head><body>${frames.join('')}<script src="/rounds.js"></script></body></html>`)
    }
    if (pathname.startsWith('/baton/')) return readFile(new URL(pathname.slice(7), www)).then(body => send('text/javascript', body), () => { response.writeHead(404); response.end() })
    const head = heads[pathname.slice(1)]
    if (head === undefined) { response.writeHead(404); return response.end() }
    send('text/html; charset=utf-8', `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bench</title>${STAND_IN}${head}</head><body><ul id="list"></ul>${FORM}<script src="/page.js"></script></body></html>`)
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    result: () => new Promise(done => waiting.push(done)),
    close: () => { server.closeAllConnections(); return new Promise(done => server.close(done)) },
  }
}
