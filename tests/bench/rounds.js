// Runs in the page around the frames: lets them take turns, and posts every round's times.
const params = new URLSearchParams(location.search)
const ROUNDS = Number(params.get('rounds')), WARM = Number(params.get('warm'))

const shuffled = list => {
  const left = [...list]
  const order = []
  while (left.length) order.push(...left.splice(Math.floor(Math.random() * left.length), 1))
  return order
}

addEventListener('load', async () => {
  // What loads after a page is there, too.
  await new Promise(done => setTimeout(done, 1000))
  const rounds = []
  for (let index = 0; index < WARM + ROUNDS; index++) {
    const times = {}
    for (const { name, contentWindow } of shuffled(document.querySelectorAll('iframe'))) times[name] = await contentWindow.round()
    if (index >= WARM) rounds.push(times)
  }
  const post = new XMLHttpRequest()
  post.open('POST', '/result')
  post.send(JSON.stringify(rounds))
})
