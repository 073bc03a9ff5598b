//! What a person does with the editor, and what comes of it.

use baton_annotation::editor::Drawing;
use baton_annotation::{Editor, Effect, Event, Kind, Point, Rect, Summary, Tool, look, summary};

fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

fn editor() -> Editor {
    Editor::new([800.0, 600.0])
}

fn choose(editor: &mut Editor, kind: Kind) {
    editor.reduce(Event::Tool(Tool::Draw(kind)));
}

/// One gesture of a pointer.
fn drag(editor: &mut Editor, from: (f64, f64), to: (f64, f64)) -> Effect {
    editor.reduce(Event::Press(at(from.0, from.1)));
    editor.reduce(Event::Drag(at((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0)));
    editor.reduce(Event::Drag(at(to.0, to.1)));
    editor.reduce(Event::Release)
}

fn draw(editor: &mut Editor, kind: Kind, from: (f64, f64), to: (f64, f64)) {
    choose(editor, kind);
    assert_eq!(drag(editor, from, to), Effect::Picture, "{kind:?}");
}

fn write(editor: &mut Editor, place: (f64, f64), text: &str) {
    choose(editor, Kind::Text);
    assert_eq!(editor.reduce(Event::Press(at(place.0, place.1))), Effect::Write);
    editor.reduce(Event::Release);
    editor.reduce(Event::Words { text: text.to_owned(), width: 60.0 });
}

fn kinds(summary: &Summary) -> Vec<&str> {
    summary.annotations.iter().map(|annotation| annotation.kind).collect()
}

const DRAWN: [Kind; 6] =
    [Kind::Arrow, Kind::Box, Kind::Highlight, Kind::Freehand, Kind::Pixelate, Kind::BlackOut];

#[test]
fn each_gesture_is_one_step_of_the_history() {
    for kind in DRAWN {
        let mut editor = editor();
        draw(&mut editor, kind, (100.0, 100.0), (200.0, 150.0));
        draw(&mut editor, kind, (300.0, 100.0), (400.0, 150.0));
        assert_eq!(editor.drawing().shapes.len(), 2);
        assert_eq!(editor.reduce(Event::Undo), Effect::Picture);
        assert_eq!(editor.drawing().shapes.len(), 1);
        editor.reduce(Event::Undo);
        assert_eq!(*editor.drawing(), Drawing::default());
        assert_eq!(editor.can_undo_redo(), [false, true]);
        assert_eq!(editor.reduce(Event::Undo), Effect::Nothing);
        editor.reduce(Event::Redo);
        editor.reduce(Event::Redo);
        assert_eq!(editor.drawing().shapes.len(), 2);
    }
}

#[test]
fn a_press_that_does_not_move_draws_nothing() {
    for kind in DRAWN {
        let mut editor = editor();
        choose(&mut editor, kind);
        editor.reduce(Event::Press(at(5.0, 5.0)));
        editor.reduce(Event::Release);
        assert_eq!(editor.can_undo_redo(), [false, false], "{kind:?}");
    }
}

#[test]
fn what_is_drawn_beyond_the_edge_ends_at_it() {
    let mut editor = editor();
    draw(&mut editor, Kind::BlackOut, (700.0, 500.0), (5000.0, 5000.0));
    let rect = editor.drawing().shapes[0].rect();
    assert_eq!(rect, Rect { left: 700.0, top: 500.0, right: 800.0, bottom: 600.0 });
}

#[test]
fn the_keyboard_alone_draws() {
    let mut editor = editor();
    choose(&mut editor, Kind::Box);
    assert_eq!(editor.cursor(), None, "it is in nobody's way before it is used");
    editor.reduce(Event::Step([-100.0, 0.0]));
    assert_eq!(editor.cursor(), Some(at(300.0, 300.0)));
    editor.reduce(Event::Enter);
    assert!(editor.is_busy());
    for _ in 0..5 {
        editor.reduce(Event::Step([16.0, 8.0]));
    }
    assert!(editor.live().is_some());
    assert_eq!(editor.reduce(Event::Enter), Effect::Picture);
    let rect = editor.drawing().shapes[0].rect();
    assert_eq!(rect, Rect { left: 300.0, top: 300.0, right: 380.0, bottom: 340.0 });
    // And on from there.
    editor.reduce(Event::Step([0.0, 1000.0]));
    assert_eq!(editor.cursor(), Some(at(380.0, 600.0)));
}

#[test]
fn a_line_by_hand_keeps_its_form_with_fewer_points() {
    let mut editor = editor();
    choose(&mut editor, Kind::Freehand);
    editor.reduce(Event::Press(at(100.0, 100.0)));
    for step in 1..=200 {
        editor.reduce(Event::Drag(at(100.0 + f64::from(step), 100.0)));
    }
    for step in 1..=200 {
        editor.reduce(Event::Drag(at(300.0, 100.0 + f64::from(step))));
    }
    editor.reduce(Event::Release);
    let points = &editor.drawing().shapes[0].points;
    assert_eq!(points, &[at(100.0, 100.0), at(300.0, 100.0), at(300.0, 300.0)]);
}

#[test]
fn a_long_line_by_hand_stays_bounded_while_it_is_drawn() {
    let mut editor = editor();
    choose(&mut editor, Kind::Freehand);
    editor.reduce(Event::Press(at(0.0, 0.0)));
    for step in 0..50_000 {
        let x = f64::from(step % 800);
        editor.reduce(Event::Drag(at(x, 300.0 + (x / 9.0).sin() * 200.0)));
        assert!(editor.live().unwrap().points.len() <= 2001);
    }
}

#[test]
fn a_selected_shape_moves_by_pointer_and_stops_at_the_edge() {
    let mut editor = editor();
    draw(&mut editor, Kind::Highlight, (100.0, 100.0), (200.0, 150.0));
    editor.reduce(Event::Tool(Tool::Select));
    editor.reduce(Event::Press(at(150.0, 120.0)));
    assert_eq!(editor.reduce(Event::Drag(at(151.0, 120.0))), Effect::Nothing, "a tremble");
    assert_eq!(editor.reduce(Event::Drag(at(250.0, 120.0))), Effect::Picture);
    assert_eq!(editor.resting().count(), 0, "it is drawn apart while it moves");
    assert_eq!(editor.live().unwrap().rect().left, 200.0);
    editor.reduce(Event::Drag(at(9000.0, 120.0)));
    editor.reduce(Event::Release);
    let rect = editor.drawing().shapes[0].rect();
    assert_eq!(rect, Rect { left: 700.0, top: 100.0, right: 800.0, bottom: 150.0 });
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes[0].rect().left, 100.0);
}

#[test]
fn arrow_keys_move_the_selected_shape_as_one_step() {
    let mut editor = editor();
    draw(&mut editor, Kind::Arrow, (100.0, 100.0), (200.0, 150.0));
    editor.reduce(Event::Tool(Tool::Select));
    editor.reduce(Event::Enter);
    for _ in 0..4 {
        assert_eq!(editor.reduce(Event::Step([10.0, 0.0])), Effect::Picture);
    }
    assert_eq!(editor.drawing().shapes[0].points, [at(140.0, 100.0), at(240.0, 150.0)]);
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes[0].points, [at(100.0, 100.0), at(200.0, 150.0)]);
    editor.reduce(Event::Redo);
    assert_eq!(editor.drawing().shapes[0].points[0], at(140.0, 100.0));
    // A step that leads nowhere is none of the history.
    editor.reduce(Event::Enter);
    editor.reduce(Event::Step([-140.0, -100.0]));
    assert_eq!(editor.reduce(Event::Step([-5.0, 0.0])), Effect::Nothing);
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes[0].points[0], at(140.0, 100.0));
}

#[test]
fn enter_goes_through_the_shapes_from_the_top_and_delete_deletes() {
    let mut editor = editor();
    draw(&mut editor, Kind::Arrow, (100.0, 100.0), (200.0, 150.0));
    draw(&mut editor, Kind::Box, (100.0, 300.0), (200.0, 350.0));
    editor.reduce(Event::Tool(Tool::Select));
    for expected in [Kind::Box, Kind::Arrow, Kind::Box] {
        editor.reduce(Event::Enter);
        assert_eq!(editor.selected().unwrap().kind, expected);
    }
    editor.reduce(Event::Delete);
    assert_eq!(editor.drawing().shapes.len(), 1);
    assert_eq!(editor.reduce(Event::Delete), Effect::Nothing);
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes.len(), 2);
}

#[test]
fn a_press_selects_the_uppermost_shape_it_touches() {
    let mut editor = editor();
    draw(&mut editor, Kind::BlackOut, (100.0, 100.0), (300.0, 300.0));
    draw(&mut editor, Kind::Box, (120.0, 120.0), (280.0, 280.0));
    draw(&mut editor, Kind::Arrow, (400.0, 100.0), (600.0, 300.0));
    editor.reduce(Event::Tool(Tool::Select));
    editor.set_slack(6.0);
    for (place, expected) in [
        ((122.0, 200.0), Some(Kind::Box)),
        ((200.0, 200.0), Some(Kind::BlackOut)),
        ((500.0, 205.0), Some(Kind::Arrow)),
        ((600.0, 100.0), None),
    ] {
        editor.reduce(Event::Press(at(place.0, place.1)));
        editor.reduce(Event::Release);
        assert_eq!(editor.selected().map(|shape| shape.kind), expected, "{place:?}");
    }
}

#[test]
fn colour_and_width_are_for_the_selected_shape_or_the_next() {
    let mut editor = editor();
    editor.reduce(Event::Color(3));
    editor.reduce(Event::Width(2));
    draw(&mut editor, Kind::Arrow, (100.0, 100.0), (300.0, 100.0));
    let shape = editor.drawing().shapes[0].clone();
    assert_eq!((shape.color().name, shape.width), ("blue", look::line_width(2, 800.0)));
    editor.reduce(Event::Tool(Tool::Select));
    editor.reduce(Event::Enter);
    assert_eq!(editor.reduce(Event::Color(1)), Effect::Picture);
    assert_eq!(editor.drawing().shapes[0].color().name, "yellow");
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes[0].color().name, "blue");
    editor.reduce(Event::Color(999));
    assert_eq!(editor.style()[0], look::COLORS.len() - 1);
}

#[test]
fn a_text_is_written_again_or_removed_by_writing_nothing() {
    let mut editor = editor();
    write(&mut editor, (50.0, 60.0), "  here ");
    assert_eq!(editor.drawing().shapes[0].text, "here");
    editor.reduce(Event::Tool(Tool::Select));
    editor.reduce(Event::Enter);
    assert_eq!(editor.reduce(Event::Rewrite), Effect::Write);
    assert_eq!(editor.words(), "here");
    editor.reduce(Event::Words { text: "there".to_owned(), width: 70.0 });
    assert_eq!(editor.drawing().shapes.len(), 1);
    assert_eq!(editor.drawing().shapes[0].text, "there");
    // A second press on a selected text means the same.
    for _ in 0..2 {
        editor.reduce(Event::Press(at(60.0, 70.0)));
        editor.reduce(Event::Release);
    }
    assert!(editor.writing().is_some());
    editor.reduce(Event::Words { text: String::new(), width: 0.0 });
    assert!(editor.drawing().shapes.is_empty());
    editor.reduce(Event::Undo);
    assert_eq!(editor.drawing().shapes[0].text, "there");
}

#[test]
fn nothing_written_leaves_no_step_behind() {
    let mut editor = editor();
    write(&mut editor, (50.0, 60.0), "   ");
    assert_eq!(editor.can_undo_redo(), [false, false]);
    assert!(editor.writing().is_none());
}

#[test]
fn cancel_leaves_what_is_in_progress_then_the_selection_then_nothing() {
    let mut editor = editor();
    draw(&mut editor, Kind::Box, (100.0, 100.0), (200.0, 200.0));
    editor.reduce(Event::Press(at(300.0, 300.0)));
    editor.reduce(Event::Drag(at(400.0, 400.0)));
    assert_eq!(editor.reduce(Event::Cancel), Effect::View);
    assert_eq!(editor.reduce(Event::Release), Effect::Nothing);
    assert_eq!(editor.drawing().shapes.len(), 1);
    editor.reduce(Event::Tool(Tool::Select));
    editor.reduce(Event::Press(at(100.0, 150.0)));
    editor.reduce(Event::Drag(at(140.0, 150.0)));
    assert_eq!(editor.reduce(Event::Cancel), Effect::Picture, "it rests where it was");
    assert_eq!(editor.drawing().shapes[0].rect().left, 100.0);
    assert_eq!(editor.reduce(Event::Cancel), Effect::View);
    assert!(editor.selected().is_none());
    assert_eq!(editor.reduce(Event::Cancel), Effect::Nothing);
}

#[test]
fn a_crop_is_whole_pixels_and_one_step() {
    let mut editor = editor();
    editor.reduce(Event::Tool(Tool::Crop));
    assert_eq!(drag(&mut editor, (100.4, 50.6), (300.2, 149.1)), Effect::Picture);
    let kept = Rect { left: 100.0, top: 50.0, right: 301.0, bottom: 150.0 };
    assert_eq!(editor.crop(), Some(kept));
    let summed = summary(&editor);
    assert!(summed.cropped);
    assert_eq!(summed.kept, kept);
    drag(&mut editor, (10.0, 10.0), (12.0, 12.0));
    assert_eq!(editor.crop(), Some(kept), "too small to be meant");
    drag(&mut editor, (-10.0, -10.0), (900.0, 900.0));
    assert_eq!(editor.crop(), None, "all of it is no crop");
    editor.reduce(Event::Undo);
    assert_eq!(editor.crop(), Some(kept));
    assert!(editor.can_delete());
    editor.reduce(Event::Delete);
    assert_eq!(editor.crop(), None);
}

#[test]
fn the_summary_counts_removals_and_places_annotations_in_what_is_kept() {
    let mut editor = editor();
    draw(&mut editor, Kind::Highlight, (100.0, 100.0), (200.0, 150.0));
    draw(&mut editor, Kind::Highlight, (600.0, 500.0), (700.0, 550.0));
    draw(&mut editor, Kind::Pixelate, (120.0, 200.0), (220.0, 250.0));
    draw(&mut editor, Kind::BlackOut, (650.0, 20.0), (700.0, 40.0));
    assert_eq!(summary(&editor).removed, 2);
    editor.reduce(Event::Tool(Tool::Crop));
    drag(&mut editor, (90.0, 80.0), (400.0, 400.0));
    let summed = summary(&editor);
    assert_eq!(summed.removed, 1, "the other is not in the picture");
    assert_eq!(kinds(&summed), ["highlight"]);
    assert_eq!(summed.annotations[0].bounds, [10, 20, 100, 50]);
}

#[test]
fn words_under_a_later_removal_are_in_no_summary() {
    let mut editor = editor();
    write(&mut editor, (50.0, 60.0), "my password");
    write(&mut editor, (400.0, 60.0), "look");
    assert_eq!(summary(&editor).annotations[1].text.as_deref(), Some("look"));
    draw(&mut editor, Kind::BlackOut, (0.0, 0.0), (390.0, 200.0));
    let summed = summary(&editor);
    assert_eq!(kinds(&summed), ["text"], "what is covered is not there");
    // Half of a text says too much, too.
    draw(&mut editor, Kind::Pixelate, (390.0, 50.0), (430.0, 100.0));
    let summed = summary(&editor);
    assert_eq!(kinds(&summed), ["text"]);
    assert_eq!(summed.annotations[0].text, None);
}

#[test]
fn words_cut_off_by_the_crop_are_in_no_summary() {
    let mut editor = editor();
    write(&mut editor, (50.0, 60.0), "my password");
    editor.reduce(Event::Tool(Tool::Crop));
    drag(&mut editor, (60.0, 0.0), (400.0, 400.0));
    assert_eq!(summary(&editor).annotations[0].text, None);
}

#[test]
fn an_annotation_drawn_over_a_removal_stays() {
    let mut editor = editor();
    draw(&mut editor, Kind::BlackOut, (0.0, 0.0), (390.0, 200.0));
    write(&mut editor, (50.0, 60.0), "removed by me");
    assert_eq!(summary(&editor).annotations[0].text.as_deref(), Some("removed by me"));
}
