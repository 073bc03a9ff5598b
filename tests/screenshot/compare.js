// How true a picture is to another of the same size.
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/** Structural similarity as its authors set it: gaussian window of 11 × 11, σ 1.5, L 255, K₁ 0.01, K₂ 0.03. */
const RADIUS = 5, SIGMA = 1.5, C1 = (0.01 * 255) ** 2, C2 = (0.03 * 255) ** 2

const kernel = Float64Array.from({ length: 2 * RADIUS + 1 }, (_, index) => Math.exp(-((index - RADIUS) ** 2) / (2 * SIGMA ** 2)))
const total = kernel.reduce((sum, weight) => sum + weight)
kernel.forEach((weight, index) => { kernel[index] = weight / total })

/** A PNG as RGBA, laid on white. @returns {{width: number, height: number, data: Uint8Array}} */
export function decode(bytes) {
  const { width, height, data } = PNG.sync.read(bytes)
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]
    if (alpha === 255) continue
    for (let channel = at; channel < at + 3; channel++) data[channel] = Math.round((data[channel] * alpha + 255 * (255 - alpha)) / 255)
    data[at + 3] = 255
  }
  return { width, height, data }
}

export const encode = ({ width, height, data }) => PNG.sync.write(Object.assign(new PNG({ width, height }), { data: Buffer.from(data) }))

/** Grey over these rectangles (CSS px = picture px), in place. */
export function cover({ width, height, data }, rectangles) {
  for (const { x, y, width: wide, height: high } of rectangles) {
    const right = Math.min(width, Math.ceil(x + wide)), bottom = Math.min(height, Math.ceil(y + high))
    for (let row = Math.max(0, Math.floor(y)); row < bottom; row++) for (let column = Math.max(0, Math.floor(x)); column < right; column++) data.fill(128, (row * width + column) * 4, (row * width + column) * 4 + 3)
  }
}

/** Whether it is of one colour. */
export function isBlank({ data }) {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  return words.every(word => word === words[0])
}

// Rec. 601 luma, 0 to 255.
function luma({ width, height, data }) {
  const grey = new Float64Array(width * height)
  for (let at = 0; at < grey.length; at++) grey[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2]
  return grey
}

// The gaussian mean around every pixel whose whole window is in the picture.
function blur(values, width, height) {
  const wide = width - 2 * RADIUS, high = height - 2 * RADIUS
  const rows = new Float64Array(wide * height), result = new Float64Array(wide * high)
  for (let y = 0; y < height; y++) for (let x = 0; x < wide; x++) {
    let sum = 0
    for (let tap = 0, at = y * width + x; tap < kernel.length; tap++) sum += kernel[tap] * values[at + tap]
    rows[y * wide + x] = sum
  }
  for (let y = 0; y < high; y++) for (let x = 0; x < wide; x++) {
    let sum = 0
    for (let tap = 0, at = y * wide + x; tap < kernel.length; tap++) sum += kernel[tap] * rows[at + tap * wide]
    result[y * wide + x] = sum
  }
  return result
}

/**
 * Mean structural similarity of the luma, 1 for equal pictures (Wang, Bovik, Sheikh, Simoncelli, “Image Quality
 * Assessment: From Error Visibility to Structural Similarity”, IEEE TIP 13(4), 2004, equation 13), at full resolution.
 */
export function ssim(left, right) {
  const { width, height } = left, a = luma(left), b = luma(right)
  const product = (one, two) => blur(one.map((value, at) => value * two[at]), width, height)
  const meanA = blur(a, width, height), meanB = blur(b, width, height), squareA = product(a, a), squareB = product(b, b), both = product(a, b)
  let sum = 0
  for (let at = 0; at < meanA.length; at++) {
    const mu = meanA[at] * meanB[at], muA = meanA[at] ** 2, muB = meanB[at] ** 2
    sum += ((2 * mu + C1) * (2 * (both[at] - mu) + C2)) / ((muA + muB + C1) * (squareA[at] - muA + squareB[at] - muB + C2))
  }
  return sum / meanA.length
}

/**
 * Judges a picture by the browser's own. @param masks rectangles that no script may read
 * @returns {{ssim: number, mismatch: number, failure?: string, diff?: object}} `mismatch`: share of pixels, 0 to 1
 */
export function judge(truth, picture, masks) {
  const failed = failure => ({ ssim: 0, mismatch: 1, failure })
  if (picture.width !== truth.width || picture.height !== truth.height) return failed(`${picture.width} × ${picture.height} instead of ${truth.width} × ${truth.height}`)
  if (isBlank(picture) && !isBlank(truth)) return failed('blank')
  cover(truth, masks)
  cover(picture, masks)
  const { width, height } = truth, diff = { width, height, data: new Uint8Array(truth.data.length) }
  const wrong = pixelmatch(truth.data, picture.data, diff.data, width, height, { threshold: 0.1 })
  return { ssim: ssim(truth, picture), mismatch: wrong / (width * height), diff }
}
