//! Removing what pixels show. What remains is computed from averages of large blocks
//! and rounded: it cannot be turned back into what was there.

/// Levels of each colour that remain.
const LEVELS: u32 = 16;

/// Turns RGBA pixels, row by row, into blocks of one opaque colour each. No side of a
/// block is shorter than `block`, unless the region is: a narrow rest would show
/// more than its neighbours. Transparent pixels count as white.
pub fn pixelate(pixels: &mut [u8], width: usize, block: usize) {
    let Some(row) = width.checked_mul(4).filter(|row| *row > 0) else { return };
    let height = pixels.len() / row;
    for (top, bottom) in cells(height, block) {
        for (left, right) in cells(width, block) {
            let mut sum = [0_u64; 3];
            for y in top..bottom {
                for pixel in pixels[y * row + left * 4..y * row + right * 4].chunks_exact(4) {
                    let alpha = u32::from(pixel[3]);
                    for (sum, value) in sum.iter_mut().zip(pixel) {
                        *sum += u64::from((u32::from(*value) * alpha + 255 * (255 - alpha)) / 255);
                    }
                }
            }
            let count = ((bottom - top) * (right - left)) as u64;
            let [red, green, blue] = sum.map(|sum| rounded((sum / count) as u32));
            for y in top..bottom {
                for pixel in pixels[y * row + left * 4..y * row + right * 4].chunks_exact_mut(4) {
                    pixel.copy_from_slice(&[red, green, blue, 255]);
                }
            }
        }
    }
}

/// A little towards grey, so that one sees on any ground that something is gone.
fn rounded(value: u32) -> u8 {
    let most = LEVELS - 1;
    let greyed = (value * 7 + 128) / 8;
    (((greyed * most + 127) / 255) * 255 / most) as u8
}

/// Where the blocks of one row or column begin and end.
pub fn cells(length: usize, block: usize) -> impl Iterator<Item = (usize, usize)> {
    let count = (length / block.max(1)).max(1);
    (0..count)
        .map(move |number| (number * length / count, (number + 1) * length / count))
        .filter(|(from, to)| from < to)
}
