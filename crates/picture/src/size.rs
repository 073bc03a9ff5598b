//! How large a picture becomes.

/// The most pixels of a canvas that every browser draws: iOS Safari refuses more.
pub const MOST_PIXELS: f64 = 16_777_216.0;
/// The longest side of a canvas that every browser draws.
pub const LONGEST_SIDE: f64 = 16_384.0;

/// The scale at which `width` × `height` CSS pixels fit into a canvas: the one that
/// was asked for, or a smaller one.
pub fn fitting_scale(width: f64, height: f64, scale: f64) -> f64 {
    let by_area = (MOST_PIXELS / (width * height)).sqrt();
    let by_side = LONGEST_SIDE / width.max(height);
    scale.min(by_area).min(by_side)
}

/// The next scale to try when a picture of `bytes` must shrink to `most`: bytes go
/// about with the area; a tenth below, so that one step is mostly enough.
pub fn smaller_scale(scale: f64, bytes: f64, most: f64) -> f64 {
    scale * (most / bytes).sqrt().min(0.9) * 0.95
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_fits_into_every_canvas() {
        assert_eq!(fitting_scale(1280.0, 800.0, 2.0), 2.0);
        let tall = fitting_scale(1280.0, 30_000.0, 1.0);
        assert!(30_000.0 * tall <= LONGEST_SIDE && 1280.0 * 30_000.0 * tall * tall <= MOST_PIXELS);
        let large = fitting_scale(6000.0, 6000.0, 4.0);
        assert!((6000.0 * large).powi(2) <= MOST_PIXELS + 1.0);
    }

    #[test]
    fn each_step_is_smaller() {
        assert!(smaller_scale(1.0, 1_000_000.0, 999_000.0) < 0.9);
        assert!(smaller_scale(1.0, 4_000_000.0, 1_000_000.0) < 0.5);
    }
}
