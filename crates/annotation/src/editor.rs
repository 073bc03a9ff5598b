//! The editor: state and event in, what must be drawn anew out.

use crate::freehand::simplified;
use crate::history::History;
use crate::{Effect, Event, Kind, Point, Rect, Shape, Tool, look};

/// What stays when a gesture has ended: one step of the history.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// From the bottom up.
    pub shapes: Vec<Shape>,
    /// What is kept, in whole pixels; all if `None`.
    pub crop: Option<Rect>,
}

/// A text that waits for its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Writing {
    /// Upper left of its plate.
    pub at: Point,
    /// Height of its letters.
    pub font_size: f64,
    /// The text that is written anew.
    replaces: Option<usize>,
    width: f64,
    color: usize,
}

impl Writing {
    /// Its colour.
    pub fn color(&self) -> look::Color {
        look::COLORS[self.color]
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Gesture {
    Draw(Shape),
    Crop(Point, Point),
    Move { index: usize, from: Point, by: [f64; 2], was_selected: bool },
}

/// The shortest side of what is kept of a picture.
const SMALLEST_CROP: f64 = 8.0;
/// A line by hand is simplified while it is drawn whenever it has so many points.
const MOST_POINTS: usize = 2000;
/// How far a pointer may stray and still mean no move.
const TREMBLE: f64 = 2.0;

/// The state. Everything that can be undone is in [`Editor::drawing`].
#[derive(Debug, Clone)]
pub struct Editor {
    size: [f64; 2],
    tool: Tool,
    color: usize,
    width: usize,
    drawing: Drawing,
    history: History<Drawing>,
    gesture: Option<Gesture>,
    selected: Option<usize>,
    /// The shape that arrow keys are moving: all steps are one of the history.
    nudged: Option<usize>,
    writing: Option<Writing>,
    cursor: Point,
    has_cursor: bool,
    slack: f64,
}

impl Editor {
    /// For a picture of this width and height.
    pub fn new(size: [f64; 2]) -> Self {
        Self {
            size,
            tool: Tool::Draw(Kind::Arrow),
            color: 0,
            width: 1,
            drawing: Drawing::default(),
            history: History::default(),
            gesture: None,
            selected: None,
            nudged: None,
            writing: None,
            cursor: Point { x: (size[0] / 2.0).round(), y: (size[1] / 2.0).round() },
            has_cursor: false,
            slack: 0.0,
        }
    }

    /// Width and height of the picture.
    pub fn size(&self) -> [f64; 2] {
        self.size
    }

    /// What a press does now.
    pub fn tool(&self) -> Tool {
        self.tool
    }

    /// Indices of the chosen colour and line width.
    pub fn style(&self) -> [usize; 2] {
        [self.color, self.width]
    }

    /// All that is finished.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(&self) -> [bool; 2] {
        [self.history.can_undo(), self.history.can_redo()]
    }

    /// Whether Delete would delete something.
    pub fn can_delete(&self) -> bool {
        self.selected.is_some() || (self.tool == Tool::Crop && self.drawing.crop.is_some())
    }

    /// How far beside a shape a press still hits it. Depends on how large the picture
    /// is shown.
    pub fn set_slack(&mut self, slack: f64) {
        self.slack = slack;
    }

    /// The finished shapes but the one being moved.
    pub fn resting(&self) -> impl Iterator<Item = &Shape> {
        let lifted = self.lifted();
        let shapes = self.drawing.shapes.iter().enumerate();
        shapes.filter_map(move |(index, shape)| (Some(index) != lifted).then_some(shape))
    }

    /// The shape that is being drawn or moved, as it is now.
    pub fn live(&self) -> Option<Shape> {
        match &self.gesture {
            Some(Gesture::Draw(shape)) => Some(shape.clone()),
            Some(Gesture::Move { index, by, .. }) if self.lifted().is_some() => {
                let mut shape = self.drawing.shapes.get(*index)?.clone();
                shape.move_by(*by, self.picture());
                Some(shape)
            }
            _ => None,
        }
    }

    /// The box of the selected shape.
    pub fn selection(&self) -> Option<Rect> {
        match self.live() {
            Some(shape) if self.selected.is_some() => Some(shape.bounds()),
            _ => Some(self.drawing.shapes.get(self.selected?)?.bounds()),
        }
    }

    /// The selected shape.
    pub fn selected(&self) -> Option<&Shape> {
        self.drawing.shapes.get(self.selected?)
    }

    /// What would be kept of the picture, also while that is being chosen.
    pub fn crop(&self) -> Option<Rect> {
        match self.gesture {
            Some(Gesture::Crop(from, to)) => Some(Rect::between(from, to)),
            _ => self.drawing.crop,
        }
    }

    /// The place that arrow keys move, once they were used.
    pub fn cursor(&self) -> Option<Point> {
        self.has_cursor.then_some(self.cursor)
    }

    /// Whether a shape, a move or a crop is in progress.
    pub fn is_busy(&self) -> bool {
        self.gesture.is_some()
    }

    /// The text that waits for its words.
    pub fn writing(&self) -> Option<&Writing> {
        self.writing.as_ref()
    }

    /// What the text said that is written anew.
    pub fn words(&self) -> &str {
        let replaced = self.writing.and_then(|writing| writing.replaces);
        let shape = replaced.and_then(|index| self.drawing.shapes.get(index));
        shape.map_or("", |shape| &shape.text)
    }

    /// Applies an event. What does not fit the state changes nothing.
    pub fn reduce(&mut self, event: Event) -> Effect {
        if !matches!(event, Event::Step(_)) {
            self.nudged = None;
        }
        match event {
            Event::Tool(tool) => self.choose(tool),
            Event::Color(color) => {
                self.color = color.min(look::COLORS.len() - 1);
                self.restyle(|shape, editor| shape.color = editor.color)
            }
            Event::Width(width) => {
                self.width = width.min(look::WIDTHS.len() - 1);
                self.restyle(|shape, editor| {
                    // A text has been measured in its size.
                    if shape.kind != Kind::Text {
                        shape.width = editor.line_width();
                    }
                })
            }
            Event::Press(at) => {
                self.has_cursor = false;
                self.press(at)
            }
            Event::Drag(to) => self.drag(to),
            Event::Release => self.release(),
            Event::Step(by) => self.step(by),
            Event::Enter => self.enter(),
            Event::Rewrite => match self.selected {
                Some(index) => self.rewrite(index),
                None => Effect::Nothing,
            },
            Event::Words { text, width } => self.write(text, width),
            Event::Delete => self.delete(),
            Event::Cancel => self.cancel(),
            Event::Undo => self.travel(History::undo),
            Event::Redo => self.travel(History::redo),
        }
    }

    fn picture(&self) -> Rect {
        Rect::of_size(self.size)
    }

    fn line_width(&self) -> f64 {
        look::line_width(self.width, self.size[0])
    }

    fn lifted(&self) -> Option<usize> {
        match self.gesture {
            Some(Gesture::Move { index, by, .. }) => (by != [0.0; 2]).then_some(index),
            _ => None,
        }
    }

    /// Makes this the drawing, by a step that can be undone.
    fn change(&mut self, drawing: Drawing) -> Effect {
        if drawing == self.drawing {
            return Effect::View;
        }
        self.history.keep(std::mem::replace(&mut self.drawing, drawing));
        Effect::Picture
    }

    fn choose(&mut self, tool: Tool) -> Effect {
        let effect = self.cancel();
        self.selected = None;
        self.tool = tool;
        if effect == Effect::Picture { effect } else { Effect::View }
    }

    fn restyle(&mut self, style: fn(&mut Shape, &Self)) -> Effect {
        let Some(index) = self.selected else { return Effect::View };
        let mut drawing = self.drawing.clone();
        style(&mut drawing.shapes[index], self);
        self.change(drawing)
    }

    fn press(&mut self, at: Point) -> Effect {
        let undone = self.give_up();
        let at = at.clamped(self.picture());
        self.cursor = at;
        let begun = match self.tool {
            Tool::Select => {
                let slack = self.slack;
                let hit = self.drawing.shapes.iter().rposition(|shape| shape.is_hit(at, slack));
                let was_selected = hit.is_some() && hit == self.selected;
                self.selected = hit;
                self.gesture =
                    hit.map(|index| Gesture::Move { index, from: at, by: [0.0; 2], was_selected });
                Effect::View
            }
            Tool::Draw(Kind::Text) => {
                let width = self.line_width();
                let font_size = look::font_size(width);
                let color = self.color;
                self.writing = Some(Writing { at, font_size, replaces: None, width, color });
                Effect::Write
            }
            Tool::Draw(kind) => {
                self.gesture = Some(Gesture::Draw(Shape {
                    kind,
                    points: vec![at, at],
                    text: String::new(),
                    color: self.color,
                    width: self.line_width(),
                }));
                Effect::View
            }
            Tool::Crop => {
                self.gesture = Some(Gesture::Crop(at, at));
                Effect::View
            }
        };
        if undone == Effect::Picture && begun == Effect::View { undone } else { begun }
    }

    fn drag(&mut self, to: Point) -> Effect {
        let to = to.clamped(self.picture());
        let was_lifted = self.lifted().is_some();
        match &mut self.gesture {
            None => return Effect::Nothing,
            Some(Gesture::Crop(_, end)) => *end = to,
            Some(Gesture::Draw(shape)) if shape.kind == Kind::Freehand => {
                if shape.points.last().is_some_and(|last| last.distance(to) >= 1.0) {
                    shape.points.push(to);
                }
                if shape.points.len() > MOST_POINTS {
                    let mut tolerance = 1.0;
                    while shape.points.len() > MOST_POINTS / 2 {
                        shape.points = simplified(&shape.points, tolerance);
                        tolerance *= 2.0;
                    }
                }
            }
            Some(Gesture::Draw(shape)) => shape.points[1] = to,
            Some(Gesture::Move { from, by, .. }) => {
                if !was_lifted && from.distance(to) < TREMBLE {
                    return Effect::Nothing;
                }
                *by = [to.x - from.x, to.y - from.y];
            }
        }
        self.cursor = to;
        if was_lifted == self.lifted().is_some() { Effect::View } else { Effect::Picture }
    }

    fn release(&mut self) -> Effect {
        let picture = self.picture();
        match self.gesture.take() {
            None => Effect::Nothing,
            Some(Gesture::Draw(mut shape)) => {
                if !shape.is_visible() {
                    return Effect::View;
                }
                if shape.kind == Kind::Freehand {
                    shape.points = simplified(&shape.points, shape.width / 8.0);
                }
                let mut drawing = self.drawing.clone();
                drawing.shapes.push(shape);
                self.change(drawing)
            }
            Some(Gesture::Crop(from, to)) => {
                let kept = Rect::between(from, to).in_whole_pixels().intersection(picture);
                match kept {
                    Some(kept) if kept.width().min(kept.height()) >= SMALLEST_CROP => {
                        let crop = (kept != picture).then_some(kept);
                        self.change(Drawing { crop, ..self.drawing.clone() })
                    }
                    _ => Effect::View,
                }
            }
            Some(Gesture::Move { by: [0.0, 0.0], index, was_selected, .. }) => {
                if was_selected {
                    self.rewrite(index)
                } else {
                    Effect::View
                }
            }
            Some(Gesture::Move { index, by, .. }) => {
                let mut drawing = self.drawing.clone();
                drawing.shapes[index].move_by(by, picture);
                self.change(drawing);
                Effect::Picture
            }
        }
    }

    fn step(&mut self, by: [f64; 2]) -> Effect {
        self.has_cursor = true;
        let picture = self.picture();
        if let (Tool::Select, Some(index), None) = (self.tool, self.selected, &self.gesture) {
            let mut shape = self.drawing.shapes[index].clone();
            shape.move_by(by, picture);
            if shape == self.drawing.shapes[index] {
                return Effect::Nothing;
            }
            if self.nudged != Some(index) {
                self.history.keep(self.drawing.clone());
                self.nudged = Some(index);
            }
            self.cursor = shape.rect().origin();
            self.drawing.shapes[index] = shape;
            return Effect::Picture;
        }
        self.nudged = None;
        self.cursor = self.cursor.moved(by).clamped(picture);
        match self.gesture {
            Some(_) => self.drag(self.cursor),
            None => Effect::View,
        }
    }

    fn enter(&mut self) -> Effect {
        if self.gesture.is_some() {
            self.has_cursor = true;
            return self.release();
        }
        if self.tool == Tool::Select {
            let count = self.drawing.shapes.len();
            self.selected = match self.selected {
                _ if count == 0 => None,
                None | Some(0) => Some(count - 1),
                Some(index) => Some(index - 1),
            };
            if let Some(shape) = self.selected() {
                self.cursor = shape.rect().origin();
            }
            return Effect::View;
        }
        let effect = self.press(self.cursor);
        self.has_cursor = true;
        effect
    }

    fn rewrite(&mut self, index: usize) -> Effect {
        let shape = &self.drawing.shapes[index];
        if shape.kind != Kind::Text {
            return Effect::View;
        }
        self.writing = Some(Writing {
            at: shape.rect().origin(),
            font_size: look::font_size(shape.width),
            replaces: Some(index),
            width: shape.width,
            color: shape.color,
        });
        Effect::Write
    }

    fn write(&mut self, text: String, width: f64) -> Effect {
        let Some(writing) = self.writing.take() else { return Effect::Nothing };
        let [height, space] = look::plate(writing.font_size);
        let end = writing.at.moved([width.max(1.0).ceil() + 2.0 * space, height]);
        let mut shape = Shape {
            kind: Kind::Text,
            points: vec![writing.at, end],
            text: text.trim_ascii().to_owned(),
            color: writing.color,
            width: writing.width,
        };
        shape.move_by([0.0; 2], self.picture());
        self.selected = None;
        let mut drawing = self.drawing.clone();
        match (writing.replaces, shape.is_visible()) {
            (Some(index), true) => drawing.shapes[index] = shape,
            (Some(index), false) => drop(drawing.shapes.remove(index)),
            (None, true) => drawing.shapes.push(shape),
            (None, false) => {}
        }
        self.change(drawing)
    }

    fn delete(&mut self) -> Effect {
        let undone = self.give_up();
        if let Some(index) = self.selected.take() {
            let mut drawing = self.drawing.clone();
            drawing.shapes.remove(index);
            return self.change(drawing);
        }
        if self.tool == Tool::Crop && self.drawing.crop.is_some() {
            return self.change(Drawing { crop: None, ..self.drawing.clone() });
        }
        undone
    }

    /// Ends what is in progress without a trace.
    fn give_up(&mut self) -> Effect {
        let was_lifted = self.lifted().is_some();
        let was_busy = self.gesture.take().is_some() | self.writing.take().is_some();
        match (was_lifted, was_busy) {
            (true, _) => Effect::Picture,
            (false, true) => Effect::View,
            (false, false) => Effect::Nothing,
        }
    }

    fn cancel(&mut self) -> Effect {
        match self.give_up() {
            Effect::Nothing if self.selected.take().is_some() => Effect::View,
            effect => effect,
        }
    }

    fn travel(&mut self, way: fn(&mut History<Drawing>, &mut Drawing) -> bool) -> Effect {
        let undone = self.give_up();
        if way(&mut self.history, &mut self.drawing) {
            self.selected = None;
            return Effect::Picture;
        }
        undone
    }
}
