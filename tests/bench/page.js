// Runs in each frame: times calls as the page's own code makes them, a short round whenever it is asked to.
const LINES = 100, REQUESTS = 10, STAND_INS = 5
const cold = new Float64Array(400_000) // more than the processor's caches near the core hold
const order = { id: 17, total: 12.5, items: ['book', 'pen'], customer: { name: 'Ann', plan: 'team' } }

/** Microseconds a call. */
const each = (count, call) => {
  const start = performance.now()
  for (let index = 0; index < count; index++) call(index)
  return (performance.now() - start) * 1000 / count
}

const requests = async () => {
  let calling = 0
  const start = performance.now()
  for (let index = 0; index < REQUESTS; index++) {
    const before = performance.now()
    const promise = fetch('/data?' + index)
    calling += performance.now() - before
    await (await promise).json()
  }
  return [calling, performance.now() - start].map(ms => ms * 1000 / REQUESTS)
}

/**
 * Of a `fetch` that is answered at once, without the browser's work and its noise: what a hook adds to the call, and to
 * its answer. As in a page, other things were done before each.
 */
const standIns = async () => {
  let calling = 0, answering = 0
  for (let index = 0; index < STAND_INS; index++) {
    for (let at = 0; at < cold.length; at += 8) cold[at] += at
    const before = performance.now()
    const promise = fetch('/stand-in?' + index)
    const returned = performance.now()
    await promise
    calling += returned - before
    answering += performance.now() - returned
  }
  return [calling, answering].map(ms => ms * 1000 / STAND_INS)
}

/** One round of each kind of call: `{name: microseconds}`. */
window.round = async () => {
  const text = each(LINES, index => console.log('order saved', index))
  const object = each(LINES, () => console.log('order saved', order))
  const [returned, read] = await requests()
  const [hooked, answered] = await standIns()
  return {
    'console.log of text': text, 'console.log of an object': object, 'fetch, until it returns': returned, 'fetch, until the body is read': read,
    'fetch of a stand-in, the call': hooked, 'fetch of a stand-in, the answer': answered,
  }
}
