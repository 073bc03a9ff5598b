//! Fewer points for a line drawn by hand.

use crate::Point;

/// The points without which the line would stray more than `tolerance` (Douglas and
/// Peucker); first and last always stay. An own stack: a long line must not end the
/// program's.
pub fn simplified(points: &[Point], tolerance: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut stays = vec![false; points.len()];
    stays[0] = true;
    stays[points.len() - 1] = true;
    let mut open = vec![(0, points.len() - 1)];
    while let Some((first, last)) = open.pop() {
        let (mut farthest, mut most) = (first, tolerance);
        for at in first + 1..last {
            let distance = points[at].distance_to_segment(points[first], points[last]);
            if distance > most {
                (farthest, most) = (at, distance);
            }
        }
        if farthest > first {
            stays[farthest] = true;
            open.push((first, farthest));
            open.push((farthest, last));
        }
    }
    points.iter().zip(stays).filter_map(|(&point, stays)| stays.then_some(point)).collect()
}
