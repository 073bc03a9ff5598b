// Runs in each frame: times calls as the page's own code makes them, a short round whenever it is asked to.
const LINES = 100, REQUESTS = 10
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

/** One round of each kind of call: `{name: microseconds}`. */
window.round = async () => {
  const text = each(LINES, index => console.log('order saved', index))
  const object = each(LINES, () => console.log('order saved', order))
  const [returned, read] = await requests()
  return { 'console.log of text': text, 'console.log of an object': object, 'fetch, until it returns': returned, 'fetch, until the body is read': read }
}
