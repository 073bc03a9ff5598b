import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from './fixtures/browser.js'

const world = stage()
const judge = (page, selector) => page.evaluate(async selector => {
  const { decide, isPrivateField } = await import('/baton/privacy.js')
  return [...document.querySelectorAll(selector)].map(one => [one.id, decide(one), isPrivateField(one)])
}, selector)

test('marks of Baton and of others decide; ours go before theirs', async () => {
  const page = await world.open({ body: `
    <p id="plain"></p><p id="masked" data-baton-mask></p><p id="blocked" class="rr-block"></p>
    <div data-private><p id="inside"></p><p id="opened" data-baton-allow><b id="below"></b></p></div>
    <p id="both" class="sentry-mask" data-baton-allow></p><p id="own" data-baton-mask data-baton-allow></p>
    <div class="fs-exclude"><p id="deep" class="fs-mask"></p></div><p id="dd" data-dd-privacy="allow"></p>` })
  assert.deepEqual((await judge(page, '[id]')).map(([id, verdict]) => [id, verdict]), [
    ['plain', 'show'], ['masked', 'mask'], ['blocked', 'block'], ['inside', 'mask'], ['opened', 'show'], ['below', 'show'], ['both', 'show'], ['own', 'mask'], ['deep', 'mask'], ['dd', 'show'],
  ])
})

test('passwords, codes and cards are private whatever the host says; once a password, always', async () => {
  const page = await world.open({ body: `<div data-baton-allow>
    <input id="a" type="password" data-baton-allow><input id="b" autocomplete="section-pay cc-csc"><input id="c" autocomplete="one-time-code"><input id="d" autocomplete="new-password">
    <input id="e" name="userPassword"><input id="f" name="passenger"><input id="g" name="card_number"><input id="h" name="pin"><input id="i" name="shipping"><input id="j" type="hidden"><input id="k" type="file">
    <select id="l" autocomplete="cc-exp-month"><option id="m">12</option></select><textarea id="n"></textarea><input id="o" type="password"></div>` })
  await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/baton/vitals.js`).length)
  await page.waitForTimeout(100)
  await page.evaluate(() => { for (const id of ['a', 'o']) document.getElementById(id).type = 'text'; document.getElementById('n').type })
  assert.deepEqual(await judge(page, '[id]'), [
    ['a', 'mask', true], ['b', 'mask', true], ['c', 'mask', true], ['d', 'mask', true], ['e', 'mask', true], ['f', 'show', false], ['g', 'mask', true], ['h', 'mask', true],
    ['i', 'show', false], ['j', 'show', true], ['k', 'show', true], ['l', 'mask', true], ['m', 'mask', true], ['n', 'show', false], ['o', 'mask', true],
  ])
})

test('the verdict crosses shadow roots, slots and same-origin frames, and can be handed down', async () => {
  const page = await world.open({ body: `<div data-baton-mask><div id="host"></div></div>
    <div id="slotted"><b id="light">x</b></div><div class="rr-block"><iframe srcdoc="<p>x</p>"></iframe></div>` })
  const seen = await page.evaluate(async () => {
    const { decide } = await import('/baton/privacy.js')
    const inner = document.querySelector('#host').attachShadow({ mode: 'open' }).appendChild(document.createElement('p'))
    document.querySelector('#slotted').attachShadow({ mode: 'open' }).innerHTML = '<i class="sentry-block"><slot></slot></i>'
    const framed = document.querySelector('iframe').contentDocument.querySelector('p')
    const p = document.createElement('p')
    return [decide(inner), decide(document.querySelector('#light')), decide(document.querySelector('#light'), 'show'), decide(framed), decide(p), decide(p, 'mask'), decide(p, 'block')]
  })
  assert.deepEqual(seen, ['mask', 'block', 'block', 'block', 'show', 'mask', 'block'])
})
