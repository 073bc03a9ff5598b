//! Points and rectangles.

/// A place in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// How far apart two are.
    pub fn distance(self, other: Self) -> f64 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }

    /// How far it is from the line between two.
    pub fn distance_to_segment(self, a: Self, b: Self) -> f64 {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx * dx + dy * dy;
        if length == 0.0 {
            return self.distance(a);
        }
        let along = (((self.x - a.x) * dx + (self.y - a.y) * dy) / length).clamp(0.0, 1.0);
        self.distance(Self { x: a.x + along * dx, y: a.y + along * dy })
    }

    /// The nearest place in the rectangle.
    pub fn clamped(self, to: Rect) -> Self {
        Self { x: self.x.min(to.right).max(to.left), y: self.y.min(to.bottom).max(to.top) }
    }

    /// Moved by that much.
    pub fn moved(self, [dx, dy]: [f64; 2]) -> Self {
        Self { x: self.x + dx, y: self.y + dy }
    }
}

/// An upright rectangle. `left <= right` and `top <= bottom`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The whole of a picture of this width and height.
    pub fn of_size([width, height]: [f64; 2]) -> Self {
        Self { left: 0.0, top: 0.0, right: width, bottom: height }
    }

    /// With these two corners.
    pub fn between(a: Point, b: Point) -> Self {
        Self { left: a.x.min(b.x), top: a.y.min(b.y), right: a.x.max(b.x), bottom: a.y.max(b.y) }
    }

    /// The smallest around all points; an empty one at the origin if there are none.
    pub fn around(points: &[Point]) -> Self {
        let Some((&first, rest)) = points.split_first() else { return Self::default() };
        let mut rect = Self::between(first, first);
        for point in rest {
            rect.left = rect.left.min(point.x);
            rect.top = rect.top.min(point.y);
            rect.right = rect.right.max(point.x);
            rect.bottom = rect.bottom.max(point.y);
        }
        rect
    }

    /// Its width.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// Its upper left corner.
    pub fn origin(self) -> Point {
        Point { x: self.left, y: self.top }
    }

    /// Its corners, clockwise from the upper left.
    pub fn corners(self) -> [Point; 4] {
        [
            self.origin(),
            Point { x: self.right, y: self.top },
            Point { x: self.right, y: self.bottom },
            Point { x: self.left, y: self.bottom },
        ]
    }

    /// Whether a point is in it or on its edge.
    pub fn contains(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// Whether the other lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// The smallest around both.
    pub fn and(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What both share, if that has an area.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let shared = Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (shared.left < shared.right && shared.top < shared.bottom).then_some(shared)
    }

    /// Larger by this much on each side.
    pub fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// The whole pixels that it touches.
    pub fn in_whole_pixels(self) -> Self {
        Self {
            left: self.left.floor(),
            top: self.top.floor(),
            right: self.right.ceil(),
            bottom: self.bottom.ceil(),
        }
    }
}
