//! What holds for every sequence of events, every line and every picture.

use baton_annotation::editor::Drawing;
use baton_annotation::{
    Editor, Event, Kind, Point, Rect, Tool, View, freehand, history, pixels, summary,
};
use proptest::collection::vec;
use proptest::prelude::*;

const SIZE: [f64; 2] = [640.0, 480.0];

fn point() -> impl Strategy<Value = Point> {
    (-200.0..900.0, -200.0..700.0).prop_map(|(x, y)| Point { x, y })
}

fn tool() -> impl Strategy<Value = Tool> {
    prop_oneof![
        Just(Tool::Select),
        Just(Tool::Crop),
        prop::sample::select(vec![
            Kind::Arrow,
            Kind::Box,
            Kind::Highlight,
            Kind::Freehand,
            Kind::Text,
            Kind::Pixelate,
            Kind::BlackOut,
        ])
        .prop_map(Tool::Draw),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => tool().prop_map(Event::Tool),
        1 => (0..9_usize).prop_map(Event::Color),
        1 => (0..9_usize).prop_map(Event::Width),
        4 => point().prop_map(Event::Press),
        6 => point().prop_map(Event::Drag),
        4 => Just(Event::Release),
        3 => (-60.0..60.0, -60.0..60.0).prop_map(|(x, y)| Event::Step([x, y])),
        2 => Just(Event::Enter),
        1 => Just(Event::Rewrite),
        2 => ("[a-z ]{0,8}", 0.0..2000.0).prop_map(|(text, width)| Event::Words { text, width }),
        1 => Just(Event::Delete),
        1 => Just(Event::Cancel),
        2 => Just(Event::Undo),
        1 => Just(Event::Redo),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_all_shapes_are_in_the_picture(events in vec(event(), 0..80)) {
        let mut editor = Editor::new(SIZE);
        let picture = Rect::of_size(SIZE);
        for event in events {
            editor.reduce(event);
            for shape in editor.drawing().shapes.iter().chain(editor.live().iter()) {
                prop_assert!(shape.points.len() >= 2);
                prop_assert!(shape.points.iter().all(|point| picture.contains(*point)));
            }
            prop_assert!(editor.drawing().shapes.iter().all(|shape| shape.is_visible()));
            prop_assert!(editor.crop().is_none_or(|crop| picture.covers(crop)));
            prop_assert!(editor.cursor().is_none_or(|cursor| picture.contains(cursor)));
            let summed = summary(&editor);
            let [width, height] = [summed.kept.width() as u32, summed.kept.height() as u32];
            for annotation in summed.annotations {
                let [left, top, wide, high] = annotation.bounds;
                prop_assert!(wide > 0 && high > 0 && left + wide <= width && top + high <= height);
            }
        }
    }

    #[test]
    fn undoing_everything_leads_to_the_beginning_and_back(events in vec(event(), 0..60)) {
        let mut editor = Editor::new(SIZE);
        for event in events {
            editor.reduce(event);
        }
        editor.reduce(Event::Cancel);
        let end = editor.drawing().clone();
        let mut steps = 0;
        while editor.can_undo_redo()[0] {
            editor.reduce(Event::Undo);
            steps += 1;
        }
        prop_assert!(steps <= history::MOST);
        prop_assert_eq!(editor.drawing(), &Drawing::default());
        while editor.can_undo_redo()[1] {
            editor.reduce(Event::Redo);
        }
        // What was undone before can be more than where we began.
        for _ in 0..200 {
            if *editor.drawing() == end {
                break;
            }
            prop_assert!(editor.can_undo_redo()[0]);
            editor.reduce(Event::Undo);
        }
        prop_assert_eq!(editor.drawing(), &end);
    }

    #[test]
    fn a_simplified_line_strays_no_further_than_allowed(
        points in vec(point(), 2..120),
        tolerance in 0.1..40.0_f64,
    ) {
        let fewer = freehand::simplified(&points, tolerance);
        prop_assert_eq!(fewer.first(), points.first());
        prop_assert_eq!(fewer.last(), points.last());
        for point in &points {
            let strays = fewer
                .windows(2)
                .map(|ends| point.distance_to_segment(ends[0], ends[1]))
                .fold(f64::INFINITY, f64::min);
            prop_assert!(strays <= tolerance + 1e-9);
        }
    }

    #[test]
    fn a_block_of_a_pixelated_region_has_one_opaque_colour(
        width in 1..90_usize,
        height in 1..70_usize,
        block in 1..40_usize,
        seed in any::<u64>(),
    ) {
        let mut data = noise(width * height * 4, seed);
        pixels::pixelate(&mut data, width, block);
        for (top, bottom) in pixels::cells(height, block) {
            for (left, right) in pixels::cells(width, block) {
                let first = &data[(top * width + left) * 4..][..4];
                prop_assert_eq!(first[3], 255);
                for y in top..bottom {
                    for x in left..right {
                        prop_assert_eq!(&data[(y * width + x) * 4..][..4], first);
                    }
                }
            }
        }
    }

    #[test]
    fn blocks_cover_a_length_and_are_never_small(length in 1..3000_usize, block in 1..200_usize) {
        let cells: Vec<_> = pixels::cells(length, block).collect();
        prop_assert_eq!(cells[0].0, 0);
        prop_assert_eq!(cells[cells.len() - 1].1, length);
        prop_assert!(cells.windows(2).all(|pair| pair[0].1 == pair[1].0));
        prop_assert!(cells.iter().all(|(from, to)| to - from >= block.min(length)));
    }

    #[test]
    fn a_view_never_loses_the_picture_and_goes_both_ways(
        picture in (1.0..5000.0_f64, 1.0..20_000.0_f64),
        area in (1.0..2000.0_f64, 1.0..1500.0_f64),
        moves in vec((-500.0..500.0_f64, -500.0..500.0_f64, 0.3..3.0_f64), 0..20),
        at in point(),
    ) {
        let (picture, area) = ([picture.0, picture.1], [area.0, area.1]);
        let mut view = View::fit(picture, area);
        for (x, y, factor) in moves {
            view.pan([x, y]);
            view.zoom(Point { x, y }, factor);
            let seen = view.seen();
            for (side, seen) in [(0, seen.width()), (1, seen.height())] {
                let most = (area[side] / view.scale).min(picture[side]);
                prop_assert!((seen - most).abs() <= most * 1e-6 + 1e-6, "{view:?} {seen} {most}");
            }
        }
        let back = view.to_picture(view.to_area(at));
        prop_assert!(back.distance(at) < 1e-6);
    }
}

/// Reproducible bytes.
fn noise(length: usize, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn a_pixelated_region_says_nothing_of_the_letters_in_it() {
    // Two different words of the same length and weight, 12 pixels high.
    let render = |word: &[u16]| {
        let (width, height) = (word.len() * 8, 12);
        let mut data = vec![255; width * height * 4];
        for (at, letter) in word.iter().enumerate() {
            for bit in 0..16 {
                if letter >> bit & 1 == 1 {
                    let (x, y) = (at * 8 + 2 + bit % 4, 2 + bit / 4 * 2);
                    data[(y * width + x) * 4..][..3].copy_from_slice(&[0, 0, 0]);
                }
            }
        }
        (data, width)
    };
    let (mut one, width) = render(&[0x8f31, 0x1e93, 0x71d2, 0x4b5a, 0x8f31, 0x1e93]);
    let (mut other, _) = render(&[0x4b5a, 0x71d2, 0x8f31, 0x1e93, 0x1e93, 0x4b5a]);
    assert_ne!(one, other);
    pixels::pixelate(&mut one, width, 20);
    pixels::pixelate(&mut other, width, 20);
    assert_eq!(one, other);
}

#[test]
fn transparent_pixels_of_a_removed_region_count_as_white() {
    let (mut data, mut white) = ([9, 9, 9, 0].repeat(16), vec![255; 64]);
    pixels::pixelate(&mut data, 4, 4);
    pixels::pixelate(&mut white, 4, 4);
    assert_eq!(data, white);
    assert_ne!(white[0], 255, "one sees that something is gone");
}

#[test]
fn a_tall_picture_begins_at_its_top_and_a_flat_one_is_whole() {
    let tall = View::fit([1280.0, 8000.0], [1000.0, 600.0]);
    assert_eq!(tall.seen().top, 0.0);
    assert!((tall.seen().width() - 1280.0).abs() < 1e-9);
    let flat = View::fit([1280.0, 720.0], [1000.0, 600.0]);
    assert_eq!(flat.seen(), Rect::of_size([1280.0, 720.0]));
    assert_eq!(View::fit([20.0, 10.0], [1000.0, 600.0]).scale, 2.0, "not blown up");
}

#[test]
fn the_place_under_the_pointer_stays_when_the_scale_changes() {
    let mut view = View::fit([1280.0, 8000.0], [1000.0, 600.0]);
    view.pan([0.0, -900.0]);
    let pointer = Point { x: 400.0, y: 300.0 };
    let before = view.to_picture(pointer);
    view.zoom(pointer, 1.7);
    assert!(view.to_picture(pointer).distance(before) < 1e-9);
}

#[test]
fn a_hidden_place_is_revealed_and_a_seen_one_moves_nothing() {
    let mut view = View::fit([1280.0, 8000.0], [1000.0, 600.0]);
    let before = view;
    view.reveal(Point { x: 600.0, y: 300.0 });
    assert_eq!(view, before);
    view.reveal(Point { x: 600.0, y: 5000.0 });
    let at = view.to_area(Point { x: 600.0, y: 5000.0 });
    assert!((0.0..=600.0).contains(&at.y), "{at:?}");
}

#[test]
fn two_fingers_scale_and_move() {
    let mut view = View::fit([1000.0, 1000.0], [500.0, 500.0]);
    let fingers =
        |apart: f64, x: f64| [Point { x: x - apart, y: 250.0 }, Point { x: x + apart, y: 250.0 }];
    let held = view.to_picture(Point { x: 250.0, y: 250.0 });
    view.pinch(fingers(50.0, 250.0), fingers(100.0, 260.0));
    assert!((view.scale - 1.0).abs() < 1e-9);
    assert!(view.to_picture(Point { x: 260.0, y: 250.0 }).distance(held) < 1e-9);
}
