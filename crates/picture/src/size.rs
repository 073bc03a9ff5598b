//! How large a picture becomes, and into how many tiles it is cut.

/// The most pixels of a canvas that every browser draws: iOS Safari refuses more.
pub const MOST_PIXELS: f64 = 16_777_216.0;
/// The longest side of a picture that every browser draws and that WebP can hold.
pub const LONGEST_SIDE: f64 = 16_383.0;
/// The most pixels of a canvas that is tried at all: 256 MB.
pub const LARGE_PIXELS: f64 = 67_108_864.0;
/// The longest side of a canvas that is tried at all: Firefox refuses more.
pub const LARGE_SIDE: f64 = 32_767.0;

/// What a canvas may be at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Width times height, in pixels.
    pub pixels: f64,
    /// Width and height, in pixels.
    pub side: f64,
}

/// What every browser draws.
pub const SAFE: Limits = Limits { pixels: MOST_PIXELS, side: LONGEST_SIDE };
/// What many browsers draw; whether this one does must be looked at.
pub const LARGE: Limits = Limits { pixels: LARGE_PIXELS, side: LARGE_SIDE };

/// The scale at which `width` × `height` CSS pixels fit into a canvas: the one that
/// was asked for, or a smaller one.
pub fn fitting_scale(width: f64, height: f64, scale: f64, limits: Limits) -> f64 {
    let by_area = (limits.pixels / (width * height)).sqrt();
    let by_side = limits.side / width.max(height);
    scale.min(by_area).min(by_side)
}

/// The next scale to try when a picture of `bytes` must shrink to `most`: bytes go
/// about with the area; a tenth below, so that one step is mostly enough.
pub fn smaller_scale(scale: f64, bytes: f64, most: f64) -> f64 {
    scale * (most / bytes).sqrt().min(0.9) * 0.95
}

/// A picture cut into tiles.
#[derive(Debug)]
pub struct Plan {
    /// Pixels per CSS pixel: as asked for, or less where the tiles would be too many.
    pub scale: f64,
    /// Left, top, width and height of each in pixels, row by row.
    pub tiles: Vec<[u32; 4]>,
}

/// One tile for all.
pub fn whole(width: f64, height: f64, scale: f64) -> Plan {
    let [width, height] = [width, height].map(|side| (side * scale).round().max(1.0) as u32);
    Plan { scale, tiles: vec![[0, 0, width, height]] }
}

impl Plan {
    /// Width and height of all together, in pixels.
    pub fn size(&self) -> [f64; 2] {
        let [left, top, width, height] = self.tiles.last().copied().unwrap_or_default();
        [f64::from(left + width), f64::from(top + height)]
    }
}

/// Cuts `width` × `height` CSS pixels into as few tiles as hold them, at most `most`
/// (at least one). They are as large as each other but for rounding.
pub fn plan(width: f64, height: f64, scale: f64, most: u32) -> Plan {
    let most = f64::from(most.max(1));
    let mut scale = scale.min((most * MOST_PIXELS / (width * height)).sqrt());
    loop {
        let (wide, high) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
        let columns = (wide / LONGEST_SIDE).ceil();
        let tallest = (MOST_PIXELS / (wide / columns).ceil()).floor().min(LONGEST_SIDE);
        let rows = (high / tallest).ceil();
        if columns * rows <= most {
            let (across, down) = (cuts(wide, columns), cuts(high, rows));
            let rows = down.windows(2).flat_map(|row| {
                across
                    .windows(2)
                    .map(move |column| [column[0], row[0], column[1] - column[0], row[1] - row[0]])
            });
            return Plan { scale, tiles: rows.collect() };
        }
        scale *= 0.97;
    }
}

/// Where `length` is cut into `count` parts, with both ends.
fn cuts(length: f64, count: f64) -> Vec<u32> {
    (0..=count as u32).map(|at| (length * f64::from(at) / count).round() as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fits_into_every_canvas() {
        assert_eq!(fitting_scale(1280.0, 800.0, 2.0, SAFE), 2.0);
        let tall = fitting_scale(1280.0, 30_000.0, 1.0, SAFE);
        assert!(30_000.0 * tall <= LONGEST_SIDE && 1280.0 * 30_000.0 * tall * tall <= MOST_PIXELS);
        let large = fitting_scale(6000.0, 6000.0, 4.0, SAFE);
        assert!((6000.0 * large).powi(2) <= MOST_PIXELS + 1.0);
        assert_eq!(fitting_scale(1280.0, 30_000.0, 1.0, LARGE), 1.0);
    }

    #[test]
    fn each_step_is_smaller() {
        assert!(smaller_scale(1.0, 1_000_000.0, 999_000.0) < 0.9);
        assert!(smaller_scale(1.0, 4_000_000.0, 1_000_000.0) < 0.5);
    }

    #[test]
    fn what_fits_is_one_tile() {
        let Plan { scale, tiles } = plan(1280.0, 800.0, 2.0, 5);
        assert_eq!((scale, &tiles), (2.0, &whole(1280.0, 800.0, 2.0).tiles));
        assert_eq!(tiles, [[0, 0, 2560, 1600]]);
    }

    #[test]
    fn tiles_are_within_the_limits_and_cover_the_picture_once_in_order() {
        for (width, height, scale, most) in [
            (1280.0, 30_000.0, 1.0, 5),
            (1280.0, 30_000.0, 2.0, 5),
            (30_000.0, 1280.0, 1.0, 3),
            (40_000.5, 40_000.5, 4.0, 4),
            (390.0, 100_000.0, 2.0, 1),
            (1.0, 1_000_000.0, 1.0, 2),
            (17_000.0, 10.0, 1.0, 9),
        ] {
            let found = plan(width, height, scale, most);
            assert!(found.scale <= scale && found.tiles.len() <= most as usize, "{found:?}");
            let [wide, high] = [width, height].map(|side| (side * found.scale).round().max(1.0));
            let mut area = 0.0;
            for [left, top, width, height] in found.tiles.iter().map(|tile| tile.map(f64::from)) {
                assert!(
                    width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS,
                    "{found:?}"
                );
                assert!(width <= LONGEST_SIDE && height <= LONGEST_SIDE, "{found:?}");
                assert!(left + width <= wide && top + height <= high, "{found:?}");
                area += width * height;
            }
            assert_eq!((found.size(), area), ([wide, high], wide * high), "{found:?}");
            assert!(found.tiles.is_sorted_by_key(|[left, top, ..]| (*top, *left)), "{found:?}");
        }
        let tall = plan(1280.0, 30_000.0, 1.0, 5);
        assert_eq!((tall.scale, tall.tiles.len()), (1.0, 3));
        assert_eq!(tall.tiles[1], [0, 10_000, 1280, 10_000]);
    }
}
