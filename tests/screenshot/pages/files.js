// The files that pages load, made rather than stored; the same under both origins.
import { encode } from '../compare.js'
import { text, words } from './page.js'

function picture(width, height, pixel) {
  const data = new Uint8Array(width * height * 4)
  for (let at = 0; at < width * height; at++) data.set([...pixel(at % width, Math.floor(at / width)), 255], at * 4)
  return { type: 'image/png', body: encode({ width, height, data }) }
}

const svg = body => ({ type: 'image/svg+xml', body: `<svg xmlns="http://www.w3.org/2000/svg" ${body}</svg>` })
const css = body => ({ type: 'text/css', body })

export const files = new Map(Object.entries({
  'photo.png': picture(640, 400, (x, y) => [x / 2.5, y / 1.6, ((x >> 5) + (y >> 5)) % 2 ? 200 : 80]),
  'tile.png': picture(40, 40, (x, y) => (x < 20) === (y < 20) ? [230, 236, 245] : [120, 160, 210]),
  'drawing.svg': svg('width="120" height="90" viewBox="0 0 120 90"><rect width="120" height="90" rx="12" fill="#264"/><circle cx="60" cy="45" r="30" fill="#fc4"/>'),
  'mask.svg': svg('viewBox="0 0 24 24"><path d="M12 2l3 7 7 .6-5.400 4.800 1.700 7.200L12 17.700l-6.300 3.900 1.700-7.200L2 9.600 9 9z"/>'),
  'sprite.svg': svg('><symbol id="bell" viewBox="0 0 24 24"><path d="M12 2a6 6 0 0 0-6 6v5l-2 4h16l-2-4V8a6 6 0 0 0-6-6zM9 19a3 3 0 0 0 6 0z"/></symbol><symbol id="cog" viewBox="0 0 24 24"><path d="M10 2h4l1 4 4 1v4l-4 2-1 4h-4l-1-4-4-2V7l4-1z"/></symbol>'),
  'foreign.css': css('.foreign { background: #fde; border: 3px solid #c39; padding: 20px; border-radius: 16px } .foreign::before { content: "Foreign: "; font-weight: bold } .foreign-list li:nth-child(odd) { background: #dfd } .foreign-button { background: #c39; color: #fff; border: 0; padding: 12px 32px; border-radius: 99px } .title { color: #c39; letter-spacing: 4px }'),
  'imports.css': css('@import "foreign.css"; @import url(nested/more.css) layer(low); .far { background: url(tile.png); padding: 24px }'),
  'nested/more.css': css('.far { color: #a0c; font-size: 24px; border: 12px solid; border-image: url(../tile.png) 10 }'),
  'frame.html': { type: 'text/html; charset=utf-8', body: `<!DOCTYPE html><style>body { font: 15px/1.4 sans-serif; background: #eef } h2 { position: sticky; top: 0; background: #335; color: #fff } @media (max-width: 600px) { p { color: #936 } }</style><h2>Inside</h2><input id="field" value="old"><img src="/files/tile.png" alt=""> ${text(9)}<b>${words(9)}</b>` },
}).map(([name, file]) => [`/files/${name}`, file]))

/** A film of one picture, recorded by the browser itself. */
export async function film(browser) {
  const tab = await browser.newPage()
  try {
    const body = await tab.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 }), paint = canvas.getContext('2d')
      const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm;codecs=vp8', videoBitsPerSecond: 4_000_000 }), parts = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      recorder.start()
      for (let frame = 0; frame < 8; frame++) {
        for (let at = 0; at < 64; at++) { paint.fillStyle = `hsl(${at * 5} 80% ${30 + at % 8 * 6}%)`; paint.fillRect(at % 8 * 40, Math.floor(at / 8) * 23, 40, 23) }
        await new Promise(done => setTimeout(done, 100))
      }
      await new Promise(done => { recorder.onstop = done; recorder.stop() })
      return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
    })
    return { type: 'video/webm', body: Buffer.from(body) }
  } finally {
    await tab.close()
  }
}
