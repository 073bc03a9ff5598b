//! What is drawn on a picture, or takes something out of it.

use crate::{Point, Rect, arrow, look};

/// What a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// From the first point to the last.
    Arrow,
    /// The outline between two corners.
    Box,
    /// A colour over what is between two corners.
    Highlight,
    /// A line through all points.
    Freehand,
    /// Words on a plate between two corners.
    Text,
    /// What is between two corners becomes blocks.
    Pixelate,
    /// What is between two corners becomes black.
    BlackOut,
}

impl Kind {
    /// Whether it takes pixels out of the picture.
    pub fn removes(self) -> bool {
        matches!(self, Self::Pixelate | Self::BlackOut)
    }

    /// As the packet calls it; `None` for what removes.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Arrow => Some("arrow"),
            Self::Box => Some("box"),
            Self::Highlight => Some("highlight"),
            Self::Freehand => Some("freehand"),
            Self::Text => Some("text"),
            Self::Pixelate | Self::BlackOut => None,
        }
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// What it is.
    pub kind: Kind,
    /// At least two, all in the picture; their meaning depends on the kind.
    pub points: Vec<Point>,
    /// The words of a text, else empty.
    pub text: String,
    /// Index in [`look::COLORS`].
    pub color: usize,
    /// Of its line.
    pub width: f64,
}

impl Shape {
    /// The box around its points, without the width of its line.
    pub fn rect(&self) -> Rect {
        Rect::around(&self.points)
    }

    /// The box around all of it.
    pub fn bounds(&self) -> Rect {
        match self.kind {
            Kind::Arrow => {
                let line = self.rect().grown(self.width / 2.0);
                match self.arrow() {
                    Some(arrow) => line.and(Rect::around(&arrow.head)),
                    None => line,
                }
            }
            Kind::Box | Kind::Freehand => self.rect().grown(self.width / 2.0),
            Kind::Highlight | Kind::Text => self.rect(),
            Kind::Pixelate | Kind::BlackOut => self.rect().in_whole_pixels(),
        }
    }

    /// Its geometry as an arrow.
    pub fn arrow(&self) -> Option<arrow::Arrow> {
        arrow::arrow(*self.points.first()?, *self.points.last()?, self.width)
    }

    /// Whether a point touches it, give or take `slack`.
    pub fn is_hit(&self, point: Point, slack: f64) -> bool {
        let reach = self.width / 2.0 + slack;
        match self.kind {
            Kind::Arrow | Kind::Freehand => near(&self.points, point, reach),
            Kind::Box => {
                let [a, b, c, d] = self.rect().corners();
                near(&[a, b, c, d, a], point, reach)
            }
            _ => self.bounds().grown(slack).contains(point),
        }
    }

    /// Moves it, as far as the picture goes.
    pub fn move_by(&mut self, [dx, dy]: [f64; 2], within: Rect) {
        let rect = self.rect();
        // What is as large as the picture stays.
        let dx = dx.min(within.right - rect.right).max(within.left - rect.left);
        let dy = dy.min(within.bottom - rect.bottom).max(within.top - rect.top);
        for point in &mut self.points {
            *point = point.moved([dx, dy]).clamped(within);
        }
    }

    /// Whether it is large enough to be meant.
    pub fn is_visible(&self) -> bool {
        let rect = self.rect();
        let (width, height) = (rect.width(), rect.height());
        let end = Point { x: rect.right, y: rect.bottom };
        match self.kind {
            Kind::Arrow => rect.origin().distance(end) >= self.width * 2.0,
            Kind::Freehand => rect.origin() != end,
            Kind::Text => !self.text.trim_ascii().is_empty(),
            _ => width >= 2.0 && height >= 2.0,
        }
    }

    /// Its colour.
    pub fn color(&self) -> look::Color {
        look::COLORS[self.color.min(look::COLORS.len() - 1)]
    }
}

fn near(line: &[Point], point: Point, reach: f64) -> bool {
    line.windows(2).any(|ends| point.distance_to_segment(ends[0], ends[1]) <= reach)
}
