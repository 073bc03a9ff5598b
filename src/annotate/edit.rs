//! The editor: events of the overlay in, what `baton_annotation` makes of them out.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use baton_annotation::keys::{self, Command};
use baton_annotation::look::{COLORS, WIDTHS};
use baton_annotation::{Editor, Effect, Event as Edit, Kind, Shape, Summary, Tool, View, summary};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Element, Event, ResizeObserver};

use super::element::{held, is_button, is_same, paint, place, target_of};
use super::hands::Hands;
use super::later::{Listener, once};
use super::layout::{self, Layout, TOOLS};
use super::overlay::Overlay;
use super::picture::Picture;
use super::stage::{Stage, area};
use super::text::joined;
use super::words::Words;
use super::{object, property, toolbar};
use crate::bridge::Bridge;

/// How far an arrow key goes, in CSS pixels.
const STEP: f64 = 12.0;

/// Tool, colour and line width; whether Undo, Redo and Delete have something to do.
type Shown = (Tool, [usize; 2], [bool; 3]);

/// See [`super::edit`].
pub async fn edit(bridge: &Bridge, blob: Blob) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let picture = Picture::read(&window, &document, blob).await?;
    let overlay = Overlay::open(bridge, "editor", true)?;
    let session = match Session::new(Rc::clone(&overlay), bridge, picture) {
        Ok(session) => session,
        Err(error) => {
            overlay.close(&JsValue::NULL);
            return Err(error);
        }
    };
    let is_done = JsFuture::from(overlay.answer()).await?.is_truthy();
    let result = match is_done {
        true => session.result().await,
        false => Ok(JsValue::NULL),
    };
    session.picture.close();
    result
}

pub struct Session {
    pub overlay: Rc<Overlay>,
    pub layout: Layout,
    pub stage: Stage,
    pub hands: Hands,
    words: Words,
    picture: Picture,
    pub editor: RefCell<Editor>,
    /// What the buttons say, to know when they must be changed.
    shown: Cell<Option<Shown>>,
    is_due: Cell<bool>,
    observer: RefCell<Option<(ResizeObserver, Listener)>>,
}

impl Drop for Session {
    fn drop(&mut self) {
        // Taken off the page, the stage has another size: the browser would still tell
        // it, to nobody.
        if let Some((observer, _)) = self.observer.take() {
            observer.disconnect();
        }
    }
}

impl Session {
    fn new(overlay: Rc<Overlay>, bridge: &Bridge, picture: Picture) -> Result<Rc<Self>, JsValue> {
        let words = Words::read(bridge);
        let layout = layout::fill(&overlay, &words)?;
        let stage = Stage::new(layout.stage.clone(), layout.canvas.clone(), picture.size())?;
        let editor = RefCell::new(Editor::new(picture.size()));
        let session = Rc::new(Self {
            overlay,
            layout,
            stage,
            hands: Hands::default(),
            words,
            picture,
            editor,
            shown: Cell::default(),
            is_due: Cell::new(false),
            observer: RefCell::default(),
        });
        session.picture.redraw(&session.editor.borrow())?;
        session.refresh();
        session.hint();
        toolbar::settle(&session.overlay.dialog);
        session.watch_size()?;
        let heard = Rc::clone(&session);
        session.overlay.tell(Box::new(move |name, event| heard.hear(name, event)));
        if let Ok(Some(first)) = session.overlay.dialog.query_selector("[data-do=arrow]") {
            let _ = first.unchecked_into::<web_sys::HtmlElement>().focus();
        }
        Ok(session)
    }

    fn watch_size(self: &Rc<Self>) -> Result<(), JsValue> {
        let session: Weak<Self> = Rc::downgrade(self);
        let resized = Listener::new(move |_| {
            if let Some(session) = session.upgrade().filter(|one| !one.overlay.is_over()) {
                session.commit();
                session.stage.resize();
                session.draw();
            }
        });
        let observer = ResizeObserver::new(resized.as_ref().unchecked_ref())?;
        observer.observe(&self.layout.stage);
        self.observer.replace(Some((observer, resized)));
        Ok(())
    }

    /// What the customer made of the picture.
    async fn result(&self) -> Result<JsValue, JsValue> {
        let (summed, is_changed) = {
            let editor = self.editor.borrow();
            (summary(&editor), *editor.drawing() != Default::default())
        };
        let blob = match is_changed || !self.picture.is_whole() {
            true => self.picture.encode(summed.kept, summed.removed > 0).await?,
            false => self.picture.blob().clone(),
        };
        Ok(into_js(summed, blob))
    }

    fn hear(self: &Rc<Self>, name: &str, event: &Event) {
        let target = target_of(event);
        let on_canvas = target.as_ref().is_some_and(|one| is_same(one, &self.layout.canvas));
        match name {
            "keydown" => self.key(event, target.as_ref()),
            "click" => {
                if let Some(Ok(Some(button))) = target.map(|target| target.closest("[data-do]")) {
                    self.click(&button);
                }
            }
            // The browser would take the focus from a text that has just begun.
            "mousedown" if on_canvas => event.prevent_default(),
            "focusout" if target.is_some_and(|one| is_same(&one, &self.layout.input)) => {
                self.commit();
            }
            // Files let go of here must not replace the page.
            "dragover" | "drop" => event.prevent_default(),
            "cancel" => {
                event.prevent_default();
                self.escape();
            }
            // By the browser itself, which some let close everything.
            "close" => self.overlay.close(&JsValue::NULL),
            _ => self.handle(name, event, on_canvas),
        }
    }

    fn key(self: &Rc<Self>, event: &Event, target: Option<&Element>) {
        let key = property::text(event, "key");
        if property::is(event, "isComposing") {
            return;
        }
        let is_writing = self.editor.borrow().writing().is_some();
        match key.as_str() {
            "Escape" => {
                event.prevent_default();
                return self.escape();
            }
            "Enter" if is_writing => {
                event.prevent_default();
                self.commit();
                let _ = self.layout.canvas.focus();
                return;
            }
            "Tab" => return self.overlay.trap(event),
            _ if is_writing => return,
            // A key held down since the editor was opened, or for too long.
            "Enter" | " " if property::is(event, "repeat") => return event.prevent_default(),
            _ => {}
        }
        if target.is_some_and(|target| toolbar::move_focus(event, target)) {
            return event.prevent_default();
        }
        let is_button = target.is_some_and(is_button);
        let held = held(event);
        if property::is(event, "altKey") || (is_button && !held.command) {
            return;
        }
        let step = (STEP / self.stage.view.borrow().scale).round().max(1.0);
        if let Some(command) = keys::command(&key, held, step) {
            event.prevent_default();
            self.perform(command);
        }
    }

    fn perform(self: &Rc<Self>, command: Command) {
        match command {
            Command::Edit(edit) => {
                self.apply(edit);
                let cursor = self.editor.borrow().cursor();
                if let Some(cursor) = cursor {
                    self.stage.view.borrow_mut().reveal(cursor);
                }
            }
            Command::Zoom(factor) => {
                self.stage.view.borrow_mut().zoom_middle(factor);
                self.draw();
            }
            Command::Fit => {
                let fitted = View::fit(self.picture.size(), area(&self.layout.stage));
                self.stage.view.replace(fitted);
                self.draw();
            }
        }
    }

    /// Leaves what is in progress, else everything.
    fn escape(self: &Rc<Self>) {
        self.hide_input();
        if self.apply(Edit::Cancel) == Effect::Nothing {
            self.overlay.close(&JsValue::NULL);
        } else {
            let _ = self.layout.canvas.focus();
        }
    }

    fn click(self: &Rc<Self>, button: &Element) {
        self.commit();
        if button.get_attribute("aria-disabled").as_deref() == Some("true") {
            return;
        }
        let name = button.get_attribute("data-do").unwrap_or_default();
        let name = name.as_str();
        match name {
            "cancel" => return self.overlay.close(&JsValue::NULL),
            "done" => {
                self.apply(Edit::Cancel);
                return self.overlay.close(&JsValue::TRUE);
            }
            "zoom_in" => return self.perform(Command::Zoom(keys::ZOOM)),
            "zoom_out" => return self.perform(Command::Zoom(1.0 / keys::ZOOM)),
            _ => {}
        }
        let edit = match name {
            "undo" => Edit::Undo,
            "redo" => Edit::Redo,
            "delete" => Edit::Delete,
            _ => {
                if let Some(color) = COLORS.iter().position(|color| color.name == name) {
                    Edit::Color(color)
                } else if let Some(width) = WIDTHS.iter().position(|width| *width == name) {
                    Edit::Width(width)
                } else {
                    Edit::Tool(tool(name))
                }
            }
        };
        toolbar::stop(button);
        self.apply(edit);
    }

    /// Applies an event of the editor and shows what came of it.
    pub fn apply(self: &Rc<Self>, edit: Edit) -> Effect {
        let (effect, before) = {
            let mut editor = self.editor.borrow_mut();
            let before = editor.drawing().shapes.len();
            (editor.reduce(edit.clone()), before)
        };
        match effect {
            Effect::Nothing => return effect,
            Effect::View => {}
            Effect::Picture => {
                // Only a browser out of memory refuses; what is shown then stays.
                let _ = self.picture.redraw(&self.editor.borrow());
            }
            // While a pointer is down, the browser would take the focus away again.
            Effect::Write if matches!(edit, Edit::Press(_)) => {}
            Effect::Write => self.write(),
        }
        self.announce(&edit, effect, before);
        self.refresh();
        self.draw();
        effect
    }

    /// Shows the field for a text.
    pub fn write(&self) {
        let (writing, words) = {
            let editor = self.editor.borrow();
            let Some(writing) = editor.writing() else { return };
            (*writing, editor.words().to_owned())
        };
        let (view, input) = (self.stage.view.borrow(), &self.layout.input);
        let at = view.to_area(writing.at);
        let [room, _] = area(&self.layout.stage);
        // A phone zooms into fields with smaller letters.
        let size = (writing.font_size * view.scale).max(16.0);
        let left = at.x.min(room - 200.0).max(4.0);
        place(input, &[("left", left), ("top", at.y), ("font-size", size)]);
        let color = writing.color();
        paint(input, "background", color.paint);
        paint(input, "color", color.contrast);
        property::set(input, "value", words);
        property::set(input, "hidden", false);
        drop(view);
        let _ = input.focus();
    }

    /// Takes over the text that is being written.
    pub fn commit(self: &Rc<Self>) {
        let Some(writing) = self.editor.borrow().writing().copied() else { return };
        let input = &self.layout.input;
        if property::is(input, "hidden") {
            return;
        }
        let text = property::text(input, "value");
        self.hide_input();
        let width = self.picture.measure(text.trim_ascii(), writing.font_size);
        self.apply(Edit::Words { text, width });
    }

    /// Draws with the browser's next frame.
    pub fn draw(self: &Rc<Self>) {
        if self.is_due.replace(true) {
            return;
        }
        let session = Rc::clone(self);
        let frame = once(Box::new(move || {
            session.is_due.set(false);
            if !session.overlay.is_over() {
                let _ = session.stage.draw(&session.picture, &session.editor.borrow());
            }
        }));
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&frame);
        }
    }

    fn hide_input(&self) {
        property::set(&self.layout.input, "hidden", true);
    }

    fn refresh(&self) {
        let editor = self.editor.borrow();
        let [undo, redo] = editor.can_undo_redo();
        let now = (editor.tool(), editor.style(), [undo, redo, editor.can_delete()]);
        if self.shown.replace(Some(now)) == Some(now) {
            return;
        }
        let dialog = &self.overlay.dialog;
        for name in TOOLS {
            toolbar::press(dialog, name, tool(name) == now.0);
        }
        for (at, color) in COLORS.iter().enumerate() {
            toolbar::press(dialog, color.name, at == now.1[0]);
        }
        for (at, name) in WIDTHS.iter().enumerate() {
            toolbar::press(dialog, name, at == now.1[1]);
        }
        for (name, enabled) in ["undo", "redo", "delete"].iter().zip(now.2) {
            toolbar::enable(dialog, name, enabled);
        }
    }

    fn say(&self, words: &str) {
        property::set(&self.layout.status, "textContent", words);
    }

    fn hint(&self) {
        let key = match self.editor.borrow().tool() {
            Tool::Select => "hint_select",
            Tool::Crop => "hint_crop",
            Tool::Draw(Kind::Text) => "hint_text",
            Tool::Draw(kind) if kind.removes() => "hint_remove",
            Tool::Draw(_) => "hint",
        };
        self.say(&self.words.get(key));
    }

    fn announce(&self, edit: &Edit, effect: Effect, before: usize) {
        let editor = self.editor.borrow();
        let shapes = &editor.drawing().shapes;
        let named = |key, shape: Option<&Shape>| {
            let kind = shape.map_or("", |shape| word(shape.kind));
            self.say(&joined(&[&self.words.get(key), " ", &self.words.get(kind)]));
        };
        let is_new = effect == Effect::Picture;
        match edit {
            Edit::Tool(_) => self.hint(),
            Edit::Undo if is_new => self.say(&self.words.get("undone")),
            Edit::Redo if is_new => self.say(&self.words.get("redone")),
            Edit::Delete if is_new => self.say(&self.words.get("deleted")),
            Edit::Release | Edit::Enter | Edit::Words { .. } if shapes.len() > before => {
                named("added", shapes.last());
            }
            Edit::Release | Edit::Enter if is_new && editor.tool() == Tool::Crop => {
                self.say(&self.words.get("cropped"));
            }
            Edit::Enter if editor.selected().is_some() => named("selected", editor.selected()),
            _ => {}
        }
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Pixelate => "blur",
        Kind::BlackOut => "blackout",
        kind => kind.name().unwrap_or_default(),
    }
}

fn tool(name: &str) -> Tool {
    Tool::Draw(match name {
        "select" => return Tool::Select,
        "crop" => return Tool::Crop,
        "arrow" => Kind::Arrow,
        "box" => Kind::Box,
        "highlight" => Kind::Highlight,
        "freehand" => Kind::Freehand,
        "text" => Kind::Text,
        "blur" => Kind::Pixelate,
        _ => Kind::BlackOut,
    })
}

fn into_js(summed: Summary, blob: Blob) -> JsValue {
    let annotations = summed.annotations.into_iter().map(|annotation| {
        let [x, y, width, height] = annotation.bounds;
        let mut fields = vec![
            ("kind", annotation.kind.into()),
            ("x", x.into()),
            ("y", y.into()),
            ("width", width.into()),
            ("height", height.into()),
        ];
        if let Some(text) = annotation.text {
            fields.push(("text", text.into()));
        }
        object(&fields)
    });
    object(&[
        ("blob", blob.into()),
        ("width", summed.kept.width().into()),
        ("height", summed.kept.height().into()),
        ("annotations", annotations.collect::<Array>().into()),
        ("removed", summed.removed.into()),
        ("cropped", summed.cropped.into()),
        ("x", summed.kept.left.into()),
        ("y", summed.kept.top.into()),
    ])
}
