//! The geometry of an arrow.

use crate::Point;

/// The outline of an arrow: the line ends inside the head, so that it does not show
/// beside the tip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrow {
    /// Where the line begins.
    pub tail: Point,
    /// Where the line ends.
    pub neck: Point,
    /// The triangle of the head; the first corner is the tip.
    pub head: [Point; 3],
}

/// Lengths of the head in line widths.
const HEAD_LENGTH: f64 = 4.5;
const HEAD_HALF_WIDTH: f64 = 2.2;
/// The longest part of an arrow that its head may take.
const MOST_OF_LENGTH: f64 = 0.6;

/// An arrow from `tail` to `tip` with this width of line; `None` where both are one
/// point.
pub fn arrow(tail: Point, tip: Point, width: f64) -> Option<Arrow> {
    let length = tail.distance(tip);
    if length == 0.0 {
        return None;
    }
    let (ux, uy) = ((tip.x - tail.x) / length, (tip.y - tail.y) / length);
    let head_length = (width * HEAD_LENGTH).min(length * MOST_OF_LENGTH);
    let half = head_length / HEAD_LENGTH * HEAD_HALF_WIDTH;
    let base = tip.moved([-ux * head_length, -uy * head_length]);
    Some(Arrow {
        tail,
        neck: tip.moved([-ux * head_length * 0.8, -uy * head_length * 0.8]),
        head: [tip, base.moved([-uy * half, ux * half]), base.moved([uy * half, -ux * half])],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_points_where_the_arrow_goes_and_is_symmetric() {
        let arrow = arrow(Point { x: 10.0, y: 50.0 }, Point { x: 110.0, y: 50.0 }, 4.0).unwrap();
        let [tip, left, right] = arrow.head;
        assert_eq!(tip, Point { x: 110.0, y: 50.0 });
        assert_eq!((left.x, right.x), (92.0, 92.0));
        assert_eq!(left.y - 50.0, 50.0 - right.y);
        assert!(arrow.neck.x > left.x && arrow.neck.x < tip.x);
    }

    #[test]
    fn a_short_arrow_is_still_more_than_its_head() {
        let short = arrow(Point::default(), Point { x: 10.0, y: 0.0 }, 8.0).unwrap();
        assert!((short.head[1].x - 4.0).abs() < 1e-9);
        assert_eq!(arrow(Point::default(), Point::default(), 8.0), None);
    }
}
