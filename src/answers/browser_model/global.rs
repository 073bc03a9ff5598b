//! The globals `LanguageModel`, `Summarizer`, `LanguageDetector` and `Translator`.
//!
//! Specified by the Web Machine Learning Community Group (prompt-api,
//! writing-assistance-apis, translation-api). Their names have changed twice in two
//! years: all of them are here, and nowhere else.

use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;

use crate::answers::deadline::{Aborting, Deadline};
use crate::js::{get, set};

#[wasm_bindgen]
extern "C" {
    /// One of the globals.
    type Maker;

    #[wasm_bindgen(method, catch)]
    fn availability(this: &Maker, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn create(this: &Maker, options: &JsValue) -> Result<Promise, JsValue>;

    /// What one of them makes.
    pub type Worker;

    /// Of a `LanguageModel`; resolves to text.
    #[wasm_bindgen(method, catch)]
    pub fn prompt(this: &Worker, text: &str, options: &JsValue) -> Result<Promise, JsValue>;
    /// Of a `Summarizer`; resolves to text.
    #[wasm_bindgen(method, catch)]
    pub fn summarize(this: &Worker, text: &str, options: &JsValue) -> Result<Promise, JsValue>;
    /// Of a `Translator`; resolves to text.
    #[wasm_bindgen(method, catch)]
    pub fn translate(this: &Worker, text: &str, options: &JsValue) -> Result<Promise, JsValue>;
    /// Of a `LanguageDetector`; resolves to `[{detectedLanguage, confidence}]`.
    #[wasm_bindgen(method, catch)]
    pub fn detect(this: &Worker, text: &str, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &Worker) -> Result<(), JsValue>;
}

/// A worker that is given back when it is dropped: it holds memory of the graphics card.
pub struct Session {
    pub worker: Worker,
    aborting: Aborting,
}

impl Session {
    /// A worker with these options. `None` where the browser has none, or would have to
    /// download it first: a global that is there means nothing, only `availability()`
    /// with the same options counts.
    ///
    /// # Errors
    /// What the browser threw, or that it took too long.
    pub async fn of(
        name: &str,
        options: &Object,
        deadline: Deadline,
    ) -> Result<Option<Self>, String> {
        let made = async {
            let maker: Maker = get(&js_sys::global(), name).unchecked_into();
            if maker.is_falsy() {
                return Ok(None);
            }
            if deadline.settled(maker.availability(options)).await? != "available" {
                return Ok(None);
            }
            // Made too late, it is destroyed by the signal.
            let aborting = Aborting::new()?;
            set(options, "signal", &aborting.signal());
            let worker = deadline.settled(maker.create(options)).await?.unchecked_into();
            Ok(Some(Self { worker, aborting }))
        };
        made.await.map_err(|reason: String| [name, ": ", &reason].concat())
    }

    /// Options of a call, which ends with the session.
    pub fn options(&self) -> Object {
        let options = Object::new();
        set(&options, "signal", &self.aborting.signal());
        options
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The stand-in of a page may lack it.
        let _ = self.worker.destroy();
    }
}
