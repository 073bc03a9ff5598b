// Who takes the pictures, each at its truest settings by its own documentation. A capture runs in the
// page and returns the visible part of it as a PNG of one picture pixel per CSS pixel.

/* global Baton, snapdom, html2canvas, modernScreenshot, htmlToImage */

const script = path => `<script src="%ORIGIN%/npm/${path}"></script>`

// Two of the libraries know only whole elements: the visible part is cut out of the whole page.
const cut = `canvas => new Promise((done, fail) => {
  const part = document.createElement('canvas')
  part.width = innerWidth
  part.height = innerHeight
  part.getContext('2d').drawImage(canvas, -scrollX, -scrollY)
  part.toBlob(blob => blob ? done(blob) : fail(new Error('no picture')))
})`

const CANDIDATES = [
  {
    name: 'ours',
    head: '<script src="%ORIGIN%/baton/baton.js" data-endpoint="/handoffs"></script>',
    ready: () => Baton.hide(),
    capture: `() => Baton.captureScreenshot({ format: 'png' })`,
  },
  {
    name: 'snapdom',
    head: script('@zumer/snapdom/dist/snapdom.js'),
    capture: `() => snapdom.toBlob(document.documentElement, { format: 'png', clip: 'viewport', scale: 1, dpr: 1 })`,
  },
  {
    name: 'html2canvas-pro',
    head: script('html2canvas-pro/dist/html2canvas-pro.min.js'),
    capture: `async () => {
      const canvas = await html2canvas(document.documentElement, { x: scrollX, y: scrollY, width: innerWidth, height: innerHeight, windowWidth: innerWidth, windowHeight: innerHeight, scrollX, scrollY, scale: 1, useCORS: true, logging: false })
      return new Promise((done, fail) => canvas.toBlob(blob => blob ? done(blob) : fail(new Error('no picture'))))
    }`,
  },
  {
    name: 'modern-screenshot',
    head: script('modern-screenshot/dist/index.js'),
    capture: `async () => (${cut})(await modernScreenshot.domToCanvas(document.documentElement, { scale: 1, backgroundColor: '#fff', width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }))`,
  },
  {
    name: 'html-to-image',
    head: script('html-to-image/dist/html-to-image.js'),
    capture: `async () => (${cut})(await htmlToImage.toCanvas(document.documentElement, { pixelRatio: 1, skipAutoScale: true, backgroundColor: '#fff', width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }))`,
  },
]

export const candidates = new Map(CANDIDATES.map(candidate => [candidate.name, candidate]))
