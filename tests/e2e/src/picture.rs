//! Pictures: decoding, and how far two of them are apart.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::Result;
use image::RgbImage;

use crate::workspace;

/// A decoded picture.
#[derive(Debug, Clone)]
pub struct Picture(RgbImage);

/// A part of a picture, in its own pixels.
#[derive(Debug, Clone)]
pub struct Region {
    /// Columns.
    pub x: Range<u32>,
    /// Rows.
    pub y: Range<u32>,
}

impl Picture {
    /// Decodes a PNG or WebP.
    ///
    /// # Errors
    /// It is neither, or broken.
    pub fn decode(bytes: &[u8]) -> Result<Self> {
        Ok(Self(image::load_from_memory(bytes)?.to_rgb8()))
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        self.0.dimensions()
    }

    /// The whole of it.
    #[must_use]
    pub fn whole(&self) -> Region {
        Region { x: 0..self.0.width(), y: 0..self.0.height() }
    }

    /// How many different colours a region has.
    #[must_use]
    pub fn colours(&self, region: &Region) -> usize {
        self.pixels(region).collect::<HashSet<_>>().len()
    }

    /// The mean colour of a region.
    #[must_use]
    pub fn mean(&self, region: &Region) -> [f64; 3] {
        let mut sum = [0.0; 3];
        let mut count = 0.0;
        for pixel in self.pixels(region) {
            count += 1.0;
            for (sum, value) in sum.iter_mut().zip(pixel) {
                *sum += f64::from(value);
            }
        }
        sum.map(|sum| sum / f64::max(count, 1.0))
    }

    /// The mean absolute difference of two pictures in a region, 0 to 255. A
    /// pixel that only one of them has counts as wholly different.
    #[must_use]
    pub fn difference(&self, other: &Self, region: &Region) -> f64 {
        let mut sum = 0.0;
        let mut count = 0.0;
        for y in region.y.clone() {
            for x in region.x.clone() {
                count += 3.0;
                sum += match (self.0.get_pixel_checked(x, y), other.0.get_pixel_checked(x, y)) {
                    (Some(one), Some(two)) => {
                        let pairs = one.0.iter().zip(two.0);
                        pairs.map(|(&a, b)| f64::from(a.abs_diff(b))).sum()
                    }
                    _ => 3.0 * 255.0,
                };
            }
        }
        sum / f64::max(count, 1.0)
    }

    /// Fails unless a region differs by less than `most` (mean, of 255) from
    /// another picture; then both are left behind as files named after it.
    ///
    /// # Panics
    /// It differs by more.
    pub fn assert_like(&self, other: &Self, name: &str, region: &Region, most: f64) {
        let difference = self.difference(other, region);
        if difference < most {
            return;
        }
        let saved = workspace::failures().map(|folder| {
            let name = name.replace(' ', "-");
            let paths = ["found", "expected"].map(|kind| folder.join(format!("{name}.{kind}.png")));
            for (path, picture) in paths.iter().zip([self, other]) {
                // The failure itself matters more than its picture.
                let _ = picture.0.save(path);
            }
            workspace::relative(&paths[0])
        });
        let saved = saved.unwrap_or_default();
        panic!("{name}: differs by {difference:.2} of 255 in {region:?}, see {saved}");
    }

    fn pixels(&self, region: &Region) -> impl Iterator<Item = [u8; 3]> {
        let (width, height) = self.size();
        let (x, y) =
            (region.x.start..region.x.end.min(width), region.y.start..region.y.end.min(height));
        y.flat_map(move |y| x.clone().map(move |x| (x, y))).map(|(x, y)| self.0.get_pixel(x, y).0)
    }
}
