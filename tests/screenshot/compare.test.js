import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ssim as reference } from 'ssim.js'
import { decode, encode, isBlank, judge, ssim } from './compare.js'

const SIZE = { width: 96, height: 64 }
function picture(pixel) {
  const data = new Uint8Array(SIZE.width * SIZE.height * 4)
  for (let at = 0; at < data.length / 4; at++) data.set([...pixel(at % SIZE.width, Math.floor(at / SIZE.width)), 255], at * 4)
  return { ...SIZE, data }
}
const waves = picture((x, y) => [128 + 90 * Math.sin(x / 5), 128 + 90 * Math.cos(y / 7), (x * y) % 256])
const noisy = picture((x, y) => [128 + 90 * Math.sin(x / 5) + (x * 31 + y * 17) % 40 - 20, 128 + 90 * Math.cos(y / 7), (x * y) % 256].map(value => Math.max(0, Math.min(255, value))))

test('equal pictures are alike by 1, flat ones by the term of their means alone', () => {
  assert.ok(Math.abs(ssim(waves, waves) - 1) < 1e-9)
  const [dark, bright, c1] = [50, 200, 2.55 ** 2]
  const alike = ssim(picture(() => [dark, dark, dark]), picture(() => [bright, bright, bright]))
  assert.ok(Math.abs(alike - (2 * dark * bright + c1) / (dark ** 2 + bright ** 2 + c1)) < 1e-6, `${alike}`)
})

test('a noisy picture scores as by another implementation of the formula', () => {
  const { mssim } = reference(waves, noisy, { ssim: 'original', downsample: false, rgb2grayVersion: 'original' })
  const ours = ssim(waves, noisy)
  assert.ok(mssim < 0.98 && Math.abs(ours - mssim) < 0.005, `${ours} and ${mssim}`)
})

test('a wrong size and a blank picture are failures; what is masked is not judged', () => {
  const flat = picture(() => [255, 255, 255])
  assert.ok(isBlank(flat) && !isBlank(waves))
  assert.equal(judge(waves, flat, []).failure, 'blank')
  assert.match(judge(waves, { width: 1, height: 1, data: new Uint8Array(4) }, []).failure, /^1 × 1/)
  const whole = [{ x: 0, y: 0, ...SIZE }]
  const { ssim: alike, mismatch, failure } = judge({ ...waves, data: waves.data.slice() }, { ...noisy, data: noisy.data.slice() }, whole)
  assert.equal(failure, undefined)
  assert.ok(Math.abs(alike - 1) < 1e-9 && mismatch === 0)
})

test('what is see-through lies on white', () => {
  const glass = { width: 1, height: 1, data: new Uint8Array([0, 0, 0, 51]) }
  assert.deepEqual([...decode(encode(glass)).data], [204, 204, 204, 255])
})
