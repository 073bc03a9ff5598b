// Screenshots, and one of them large: fit, true size, zoom and pan.

const STEP = 1.25
const LARGEST = 8

// A file may be named like something that every object has.
const pictureOf = ({ attachment }) => Object.hasOwn(data.pictures, attachment) ? data.pictures[attachment] : null

/** Opens a picture over the page. Its frame scrolls, so that touch, keys and wheels pan as everywhere. */
const enlarge = shot => {
  const picture = h('img', { src: pictureOf(shot), alt: shot.label, draggable: 'false' })
  const frame = h('div', { class: 'frame', tabindex: 0 }, picture)
  const scale = h('output')
  const fitting = () => Math.min(1, frame.clientWidth / picture.naturalWidth, frame.clientHeight / picture.naturalHeight)
  let zoom = 1
  let fits = true

  /** Zooms and keeps what is under this point of the frame where it is. */
  const zoomTo = (wanted, x = frame.clientWidth / 2, y = frame.clientHeight / 2) => {
    const before = zoom
    fits = wanted === 'fit'
    zoom = fits ? fitting() : Math.min(Math.max(wanted, Math.min(fitting(), 0.1)), LARGEST)
    picture.style.inlineSize = `${picture.naturalWidth * zoom}px`
    scale.textContent = `${Math.round(zoom * 100)} %`
    const moved = zoom / before
    frame.scrollTo((frame.scrollLeft + x) * moved - x, (frame.scrollTop + y) * moved - y)
  }
  const fit = () => zoomTo('fit')
  const button = (name, label, act) => h('button', { type: 'button', 'aria-label': label, title: label, onclick: act }, name)
  const dialog = h('dialog', { 'aria-label': shot.label, onclose: () => {
    dialog.remove()
    removeEventListener('resize', refit)
  }, onkeydown: event => {
    const act = { '+': () => zoomTo(zoom * STEP), '=': () => zoomTo(zoom * STEP), '-': () => zoomTo(zoom / STEP), 0: fit, 1: () => zoomTo(1) }[event.key]
    if (!act || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  } },
  h('div', { class: 'row' }, h('span', { dir: 'auto', class: 'caption' }, shot.label), h('span', { class: 'zoom' },
    button('−', 'Smaller (−)', () => zoomTo(zoom / STEP)), scale, button('+', 'Larger (+)', () => zoomTo(zoom * STEP)),
    button('Fit', 'Fit into the window (0)', fit), button('100 %', 'True size (1)', () => zoomTo(1)), button('✕', 'Close (Escape)', () => dialog.close()))),
  frame)

  frame.addEventListener('wheel', event => {
    event.preventDefault()
    const box = frame.getBoundingClientRect()
    zoomTo(zoom * Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top)
  }, { passive: false })
  frame.addEventListener('pointerdown', event => {
    if (event.pointerType === 'mouse' && event.button === 0) frame.setPointerCapture(event.pointerId)
  })
  frame.addEventListener('pointermove', event => {
    if (frame.hasPointerCapture(event.pointerId)) frame.scrollBy(-event.movementX, -event.movementY)
  })
  const refit = () => fits && fit()
  addEventListener('resize', refit)
  document.body.append(dialog)
  dialog.showModal()
  picture.decode().then(fit, () => { scale.textContent = 'not a picture' })
  frame.focus()
}

const thumbnail = shot => pictureOf(shot)
  ? h('button', { type: 'button', class: 'thumbnail', 'aria-label': `Enlarge: ${shot.label}`, onclick: () => enlarge(shot) }, h('img', { src: pictureOf(shot), alt: shot.label }))
  : h('p', { class: 'absent soft' }, `${shot.attachment} is not at hand.`)

/** What was drawn, by kind: `2 arrows, 1 text: “here”`. */
const drawn = (annotations = []) => Object.entries({ arrow: 'arrow', box: 'box', highlight: 'highlight', freehand: 'line', text: 'text' })
  .map(([kind, noun]) => {
    const some = annotations.filter(one => one.kind === kind)
    const texts = some.map(one => one.text).filter(Boolean)
    return some.length > 0 && `${some.length} ${noun}${some.length === 1 ? '' : noun === 'box' ? 'es' : 's'}${texts.length ? `: “${texts.join('”, “')}”` : ''}`
  }).filter(Boolean).join(', ')

const pictures = () => evidence.screenshots.length === 0 ? h('p', { class: 'soft' }, 'There is no screenshot.')
  : h('div', { class: 'pictures' }, evidence.screenshots.map(shot => h('figure', null, thumbnail(shot), h('figcaption', null,
    prose(shot.label, 'h3'),
    facts([
      ['Taken', moment(shot.at)], ['Page', shot.page_url && link(shot.page_url)], ['Size', `${shot.width} × ${shot.height} px`],
      ['Made', { engine: 'from a copy of the page', display_media: 'by sharing the screen', upload: 'by the customer' }[shot.method]],
      ['Drawn on it', drawn(shot.annotations)], ['Removed', shot.removed > 0 && counted(shot.removed, 'region')],
    ]),
    section('Not shown truly', list(shot.gaps, gap => gap.reason))))))
