//! What of the picture is seen: from pixels of the picture to CSS pixels of the area
//! it is shown in, and back.

use crate::{Point, Rect};

/// CSS pixels for each pixel of the picture, at most.
const LARGEST: f64 = 8.0;
/// The same when a picture is first shown: a small one is not blown up.
const LARGEST_AT_FIRST: f64 = 2.0;
/// Below this part of the scale that fills the width, a picture is too tall to be
/// seen whole.
const TALL: f64 = 0.6;

/// A scale and the picture's point at the upper left of the area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// CSS pixels for each pixel of the picture.
    pub scale: f64,
    /// The picture's point at the area's upper left; negative where the picture is
    /// smaller than the area.
    pub origin: Point,
    picture: [f64; 2],
    area: [f64; 2],
}

impl View {
    /// Shows the whole picture, or the top of it in full width where it is tall.
    pub fn fit(picture: [f64; 2], area: [f64; 2]) -> Self {
        let picture = picture.map(|side| side.max(1.0));
        let area = area.map(|side| side.max(1.0));
        let by_width = area[0] / picture[0];
        let whole = by_width.min(area[1] / picture[1]);
        let scale = if whole < by_width * TALL { by_width.min(1.0).max(whole) } else { whole };
        let scale = scale.min(LARGEST_AT_FIRST);
        let mut view = Self { scale, origin: Point::default(), picture, area };
        view.hold();
        view
    }

    /// The same place in an area of another size.
    pub fn resize(&mut self, area: [f64; 2]) {
        let area = area.map(|side| side.max(1.0));
        if *self == Self::fit(self.picture, self.area) {
            *self = Self::fit(self.picture, area);
        } else {
            self.area = area;
            self.hold();
        }
    }

    /// Where a place of the area is in the picture; maybe outside of it.
    pub fn to_picture(&self, at: Point) -> Point {
        Point { x: at.x / self.scale + self.origin.x, y: at.y / self.scale + self.origin.y }
    }

    /// Where a place of the picture is in the area; maybe outside of it.
    pub fn to_area(&self, at: Point) -> Point {
        Point { x: (at.x - self.origin.x) * self.scale, y: (at.y - self.origin.y) * self.scale }
    }

    /// What of the picture is seen.
    pub fn seen(&self) -> Rect {
        let [width, height] = self.area;
        let all = Rect::between(
            self.to_picture(Point::default()),
            self.to_picture(Point { x: width, y: height }),
        );
        all.intersection(Rect::of_size(self.picture)).unwrap_or_default()
    }

    /// Moves the picture by CSS pixels.
    pub fn pan(&mut self, [dx, dy]: [f64; 2]) {
        self.origin = self.origin.moved([-dx / self.scale, -dy / self.scale]);
        self.hold();
    }

    /// Scales by a factor; the place of the area under `at` stays there.
    pub fn zoom(&mut self, at: Point, factor: f64) {
        self.scale_to(self.to_picture(at), at, factor);
    }

    /// Scales so that a place of the picture comes to lie at one of the area.
    fn scale_to(&mut self, place: Point, at: Point, factor: f64) {
        let whole = (self.area[0] / self.picture[0]).min(self.area[1] / self.picture[1]);
        self.scale = (self.scale * factor).min(LARGEST).max(whole.min(1.0));
        self.origin = place.moved([-at.x / self.scale, -at.y / self.scale]);
        self.hold();
    }

    /// Scales from the middle of the area.
    pub fn zoom_middle(&mut self, factor: f64) {
        self.zoom(Point { x: self.area[0] / 2.0, y: self.area[1] / 2.0 }, factor);
    }

    /// Two fingers went from `before` to `after`, in the area.
    pub fn pinch(&mut self, before: [Point; 2], after: [Point; 2]) {
        let middle = |[a, b]: [Point; 2]| Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
        let apart = before[0].distance(before[1]);
        let factor = if apart > 0.0 { after[0].distance(after[1]) / apart } else { 1.0 };
        self.scale_to(self.to_picture(middle(before)), middle(after), factor);
    }

    /// Moves just as far as is needed to see a place of the picture, with some
    /// space around it.
    pub fn reveal(&mut self, place: Point) {
        let at = self.to_area(place);
        let by = |at: f64, side: f64| {
            let edge = (side * 0.15).min(48.0);
            (edge - at).max(0.0) - (at - (side - edge)).max(0.0)
        };
        let (dx, dy) = (by(at.x, self.area[0]), by(at.y, self.area[1]));
        if dx != 0.0 || dy != 0.0 {
            self.pan([dx, dy]);
        }
    }

    /// No empty space beside a picture that could fill it; a smaller one in the middle.
    fn hold(&mut self) {
        let held = |origin: f64, side: f64, area: f64| {
            let room = side - area / self.scale;
            if room <= 0.0 { room / 2.0 } else { origin.clamp(0.0, room) }
        };
        self.origin = Point {
            x: held(self.origin.x, self.picture[0], self.area[0]),
            y: held(self.origin.y, self.picture[1], self.area[1]),
        };
    }
}
