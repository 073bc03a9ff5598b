//! A tester's report in a session: how it begins, and how it is kept.

use std::rc::Rc;

use baton_conversation::qa::{Kept, QaEvent};
use baton_conversation::{Event, speech};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, File};

use super::download::download;
use super::link::{self, Exports};
use super::session::Session;
use crate::data::Data;
use crate::js::{self, now};

/// What a report is kept as.
#[derive(Clone, Copy)]
pub enum Form {
    /// A downloaded `.zip`.
    Archive,
    /// Markdown on the clipboard.
    Markdown,
}

impl Session {
    /// Begins a report and captures the page at once. One that somebody is writing
    /// stays.
    pub fn begin_report(self: &Rc<Self>, title: Option<String>) -> Result<(), String> {
        if !self.state().may_report() {
            return match self.state().report {
                Some(_) => Ok(()),
                None => Err("Baton.open({mode: \"qa\"}): a conversation is in hand; it has to be \
                     finished first"
                    .to_owned()),
            };
        }
        self.forget_case();
        let title = title.unwrap_or_else(|| {
            let document = web_sys::window().and_then(|window| window.document());
            let page = document.map(|document| document.title()).unwrap_or_default();
            [&self.labels().get("qa_bug_on"), " ", page.trim()].concat()
        });
        let navigator = js::get(&js_sys::global(), "navigator");
        let language = js::get_string(&navigator, "language");
        self.dispatch(Event::Qa(QaEvent::Opened { at: now(), title, language }));
        // So that it is there when it is needed, and the clipboard's gesture not over.
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let _ = session.exports().await;
        });
        Ok(())
    }

    /// Keeps the report, and says in the panel what became of it.
    pub fn keep(self: &Rc<Self>, form: Form) {
        let session = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let kept = session.kept(form).await.unwrap_or_else(|reason| {
                session.bridge.problem("export_failed", &reason);
                Kept::Failed
            });
            session.dispatch(Event::Qa(QaEvent::Kept(kept)));
        });
    }

    async fn kept(&self, form: Form) -> Result<Kept, String> {
        let thrown = |thrown: JsValue| js::message_of(&thrown);
        let exports = self.exports().await?;
        let extras = self.extras().await?;
        extras.reword(&js::to_js(&self.state().report)).map_err(thrown)?;
        let approval = js::to_js(&self.state().own_copy(now()));
        let copy = extras.own_copy(&approval).map_err(thrown)?;
        let text = |name| js::get_string(&copy, name).unwrap_or_default();
        match form {
            Form::Archive => {
                let files = js::get(&copy, "files").unchecked_into();
                let archive = link::answer(exports.pack(&text("json"), &files)).await?;
                let archive: File = archive.unchecked_into();
                let name = archive.name();
                download(&archive, &name);
                let holds = link::seen(&Data::from_js(js::get(&copy, "holds")));
                let holds = speech::seen(&holds, &*self.labels());
                Ok(Kept::Downloaded { name, holds })
            }
            Form::Markdown => {
                let text = exports.markdown(&text("json")).map_err(thrown)?;
                Ok(if copied(&text).await { Kept::Copied } else { Kept::Shown(text) })
            }
        }
    }

    /// The module that derives files from a packet.
    async fn exports(&self) -> Result<Exports, String> {
        if let Some(exports) = self.exports.borrow().clone() {
            return Ok(exports);
        }
        let exports: Exports = link::load(&self.bridge, "exports").await?;
        self.exports.replace(Some(exports.clone()));
        Ok(exports)
    }
}

/// Whether the text is on the clipboard. Without TLS there is none, and the page or
/// the browser may forbid it.
async fn copied(text: &str) -> bool {
    let clipboard = js::get(&js::get(&js_sys::global(), "navigator"), "clipboard");
    if clipboard.is_undefined() {
        return false;
    }
    let written = clipboard.unchecked_ref::<Clipboard>().write_text(text);
    JsFuture::from(written).await.is_ok()
}
