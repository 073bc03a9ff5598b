// The packet in other tools' formats, made when this file was.

const USES = {
  har: ['HAR', 'The requests. Opens in DevTools; a network mock for Playwright’s routeFromHAR.'],
  recorder: ['DevTools Recorder', 'The steps. Import it in the Recorder panel, or replay it with Puppeteer.'],
  playwright: ['Playwright test', 'Red while the bug exists, green once it is fixed.'],
  markdown: ['Markdown', 'For an issue tracker.'],
  curl: ['curl', 'The failing calls for a terminal.'],
  rrweb: ['rrweb', 'The page itself, for an rrweb player.'],
  steps: ['Steps in words', 'For a person.'],
  console: ['Console', 'One JSON object a line.'],
}

/** Where the clipboard is closed, as in a frame without permission, the old command may still work. */
const copy = async text => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = h('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
  return true
}

const download = ({ name, type, text }) => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  h('a', { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

const exportsList = () => data.exports.length === 0 ? h('p', { class: 'soft' }, 'The packet has nothing that another tool could open.')
  : h('ul', { class: 'exports' }, data.exports.map(file => {
    const [name, use] = USES[file.format] || [inWords(file.format), '']
    const copied = h('button', { type: 'button', onclick: async () => {
      const done = await copy(file.text)
      copied.textContent = done ? 'Copied' : 'Not allowed here'
      setTimeout(() => { copied.textContent = 'Copy' }, 2000)
    }, 'aria-live': 'polite' }, 'Copy')
    return h('li', null, h('div', null, h('h3', null, name), h('p', { class: 'soft' }, use, ' ', code(file.name), `, ${bytes(new Blob([file.text]).size)}`)),
      h('div', { class: 'row' }, copied, h('button', { type: 'button', class: 'main', onclick: () => download(file) }, 'Download')))
  }))
