//! Drawing attention to an answer that nobody looks at: a sound and the tab's title, each
//! only where the page wants it.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Interval;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, Document, OscillatorType};

use crate::bridge::Bridge;
use crate::js;

const FLASH_MS: u32 = 1500;
const BEEP_SECONDS: f64 = 0.18;

/// The title that flashes.
#[derive(Default)]
pub struct Notice {
    flash: RefCell<Option<Flash>>,
}

struct Flash {
    titles: Rc<RefCell<Titles>>,
    _turns: Interval,
}

struct Titles {
    /// What the page calls itself.
    own: String,
    /// What it is called meanwhile.
    flashed: String,
}

impl Titles {
    /// One title, then the other. What the page has written meanwhile is its own.
    fn turn(&mut self, document: &Document, unread: u32) {
        let shown = document.title();
        if shown != self.flashed {
            self.own = shown;
            self.flashed = ["(", &unread.to_string(), ") ", &self.own].concat();
            document.set_title(&self.flashed);
        } else {
            document.set_title(&self.own);
        }
    }
}

impl Notice {
    /// An answer came and nobody looks. The sound is for one tab only.
    pub fn draw(&self, bridge: &Bridge, unread: u32, sounds: bool) {
        let config = bridge.config();
        if sounds && js::get(&config, "sound").as_bool() == Some(true) && has_been_active() {
            let _ = beep();
        }
        if js::get(&config, "titleFlash").as_bool() == Some(true) {
            self.flash_title(unread);
        }
    }

    fn flash_title(&self, unread: u32) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return;
        };
        self.rest();
        let titles =
            Rc::new(RefCell::new(Titles { own: String::new(), flashed: "\u{0}".to_owned() }));
        titles.borrow_mut().turn(&document, unread);
        let turned = Rc::clone(&titles);
        let turns = Interval::new(FLASH_MS, move || turned.borrow_mut().turn(&document, unread));
        self.flash.replace(Some(Flash { titles, _turns: turns }));
    }

    /// Somebody looks: the title is the page's own again.
    pub fn rest(&self) {
        let Some(flash) = self.flash.take() else { return };
        let document = web_sys::window().and_then(|window| window.document());
        let titles = flash.titles.borrow();
        if let Some(document) = document.filter(|document| document.title() == titles.flashed) {
            document.set_title(&titles.own);
        }
    }
}

/// Browsers let a page sound only after somebody used it. Older ones cannot be asked,
/// and keep silent by themselves.
fn has_been_active() -> bool {
    let activation = js::get(&js::get(&js_sys::global(), "navigator"), "userActivation");
    js::get(&activation, "hasBeenActive").as_bool() != Some(false)
}

fn beep() -> Result<(), JsValue> {
    let audio = AudioContext::new()?;
    let (tone, volume) = (audio.create_oscillator()?, audio.create_gain()?);
    let (now, end) = (audio.current_time(), audio.current_time() + BEEP_SECONDS);
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value(880.0);
    volume.gain().set_value(0.08);
    // Cut off hard, it would click.
    volume.gain().linear_ramp_to_value_at_time(0.0, end as f32 as f64)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&audio.destination())?;
    tone.start_with_when(now)?;
    tone.stop_with_when(end)?;
    let closing = audio.clone();
    let closed = wasm_bindgen::closure::Closure::once_into_js(move || {
        let _ = closing.close();
    });
    js::set(tone.as_ref(), "onended", &closed);
    Ok(())
}
