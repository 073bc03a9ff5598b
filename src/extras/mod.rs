//! What is needed once a case is handed over: evidence, packet and delivery. A
//! module of its own, without Yew; the widget loads it on demand.

mod border;
mod delivery;
mod environment;
mod gather;
mod pictures;
mod read;
mod replay;
pub mod report;
mod visible_errors;

use std::cell::RefCell;
use std::rc::Rc;

use baton_conversation::{Approval, Delivery, Words, approve, confirm, outbox::Input};
use baton_evidence::integrity::seal;
use baton_packet::{ConsentVia, Gap, Receipt};
use wasm_bindgen::prelude::*;

use crate::{
    bridge::Bridge,
    config::Config,
    js::{self, now},
    limit::both,
};
use delivery::Parcel;
use gather::Draft;
use pictures::Pictures;
pub use pictures::actions::{change_pictures, preview};
use replay::Recording;

/// How the page looks, taken once: at the moment a human is brought in, because
/// later the page may show something else. The recording, or why there is none.
pub struct Taken {
    pictures: RefCell<Pictures>,
    recording: Result<Recording, Gap>,
}

/// The case in hand. There is one conversation in a page, hence one case.
#[derive(Default)]
struct Case {
    /// Which of the page's cases it is: what is still under way may belong to an earlier one.
    number: u32,
    taken: Option<Rc<Taken>>,
    /// How many drafts were asked for: only the newest counts.
    asked: u32,
    /// Without the pictures: those may change until it is approved.
    draft: Option<Draft>,
    parcel: Option<Rc<Parcel>>,
}

impl Case {
    fn pictured(&self, draft: Draft) -> Draft {
        match &self.taken {
            Some(taken) => taken.pictures.borrow().place(draft),
            None => draft,
        }
    }
}

thread_local! {
    static BRIDGE: RefCell<Option<Bridge>> = const { RefCell::new(None) };
    static CASE: RefCell<Case> = RefCell::default();
}

fn bridge() -> Result<Bridge, JsValue> {
    BRIDGE.with_borrow(Clone::clone).ok_or_else(|| js::error("Baton is not running"))
}

/// Connects the module to the page. Called once, by the loader.
#[wasm_bindgen(js_name = attach_extras)]
pub fn attach(bridge: Bridge) {
    forget();
    BRIDGE.set(Some(bridge));
}

/// Forgets the case in hand: the customer begins anew.
#[wasm_bindgen]
pub fn forget() {
    // A draft still under way belongs to the old case: it will not be the newest.
    CASE.with_borrow_mut(|case| {
        *case = Case { number: case.number + 1, asked: case.asked + 1, ..Case::default() }
    });
}

/// Gathers and redacts everything for these [`Words`]; keeps the draft and
/// resolves to its [`baton_conversation::Review`].
///
/// # Errors
/// If the words cannot be read, which would be a fault of the widget.
#[wasm_bindgen]
pub async fn draft(words: JsValue) -> Result<JsValue, JsValue> {
    gathered(&bridge()?, read_words(&words)?).await
}

/// Sorts the draft as these [`Words`] say; what was said and gathered stays. Returns
/// the [`baton_conversation::Review`].
///
/// # Errors
/// If there is no draft.
#[wasm_bindgen]
pub fn resort(words: JsValue) -> Result<JsValue, JsValue> {
    let words = read_words(&words)?;
    let mut redactor = crate::policy::redactor(&bridge()?);
    CASE.with_borrow_mut(|case| {
        let draft = case.draft.as_mut().ok_or_else(|| js::error("there is no draft"))?;
        let packet = &mut draft.packet;
        packet.triage = words.triage;
        packet.escalation = words.escalation;
        packet.route = words.route;
        packet.overrides = words.overrides;
        packet.summary.open_questions = words.summary.open_questions;
        // The rest is redacted already, and what is masked stays so.
        baton_evidence::packet::redact_words(packet, &mut redactor);
        let draft = &*draft;
        Ok(match &case.taken {
            Some(taken) => border::to_js(&taken.pictures.borrow().review(draft)),
            None => border::to_js(&baton_conversation::review(&draft.packet)),
        })
    })
}

async fn gathered(bridge: &Bridge, words: Words) -> Result<JsValue, JsValue> {
    let asked = CASE.with_borrow_mut(|case| {
        case.asked += 1;
        case.draft = None;
        case.asked
    });
    let taken = take_once(bridge).await;
    let draft = gather::draft(bridge, words, &taken).await;
    let shown = border::to_js(&taken.pictures.borrow().review(&draft));
    CASE.with_borrow_mut(|case| {
        if case.asked == asked {
            case.draft = Some(draft);
        }
    });
    Ok(shown)
}

async fn take_once(bridge: &Bridge) -> Rc<Taken> {
    if let Some(taken) = CASE.with_borrow(|case| case.taken.clone()) {
        return taken;
    }
    let number = CASE.with_borrow(|case| case.number);
    let (pictures, recording) = both(Pictures::of_page(bridge), replay::take(bridge)).await;
    let taken = Rc::new(Taken { pictures: RefCell::new(pictures), recording });
    CASE.with_borrow_mut(|case| {
        // Forgotten meanwhile, the next case takes its own.
        if case.number == number {
            case.taken = Some(Rc::clone(&taken));
        }
    });
    taken
}

/// Approves the draft with this [`Approval`] and freezes it to bytes; returns
/// the [`baton_conversation::Confirmation`].
///
/// # Errors
/// If there is no draft.
#[wasm_bindgen]
pub fn freeze(approval: JsValue) -> Result<JsValue, JsValue> {
    let approval = read::approval(&border::from_js(&approval))
        .ok_or_else(|| js::error("the approval could not be read"))?;
    let draft = CASE
        .with_borrow_mut(|case| case.draft.take().map(|draft| case.pictured(draft)))
        .ok_or_else(|| js::error("there is no draft to approve"))?;
    let bridge = bridge()?;
    let draft = approved(&bridge, draft, approval);
    let parcel = Parcel::freeze(&draft).map_err(|reason| js::error(&reason))?;
    CASE.with_borrow_mut(|case| case.parcel = Some(Rc::new(parcel)));
    bridge.clear_attached(&draft.attached);
    Ok(border::to_js(&confirm(&draft.packet)))
}

/// The hashes come last: any later change would break them.
fn approved(bridge: &Bridge, draft: Draft, mut approval: Approval) -> Draft {
    if let Some(edited) = &mut approval.summary {
        // What the customer writes in the review leaves as all words do.
        let mut redactor = crate::policy::redactor(bridge);
        let scope = redactor.transcript_scope();
        for text in [&mut edited.title, &mut edited.problem] {
            *text = redactor.text("summary", text, scope);
        }
    }
    let mut packet = approve(draft.packet, gather::new_id(), approval);
    seal(&mut packet);
    Draft { packet, ..draft }
}

/// One attempt to deliver the frozen packet; resolves to an [`Input`] of the outbox.
///
/// # Errors
/// If nothing was frozen.
#[wasm_bindgen]
pub async fn attempt() -> Result<JsValue, JsValue> {
    let bridge = bridge()?;
    let parcel = CASE
        .with_borrow(|case| case.parcel.clone())
        .ok_or_else(|| js::error("there is no packet to send"))?;
    Ok(border::to_js(&parcel.attempt(&bridge).await))
}

/// What the customer writes after the hand-over, without the secrets in it.
///
/// # Errors
/// If the module was not attached.
#[wasm_bindgen(js_name = redacted)]
pub fn redacted(text: String) -> Result<String, JsValue> {
    let mut redactor = crate::policy::redactor(&bridge()?);
    let scope = redactor.transcript_scope();
    Ok(redactor.text("conversation.transcript", &text, scope))
}

/// The frozen document, for the customer's own copy.
#[wasm_bindgen(js_name = frozenCopy)]
pub fn frozen_copy() -> Option<web_sys::Blob> {
    CASE.with_borrow(|case| case.parcel.as_ref().map(|parcel| parcel.json().clone()))
}

/// `buildPacket(options)` and `handoff(options)`.
struct HandoffOptions {
    /// That the customer has agreed.
    consent: bool,
    /// `false` leaves the picture out.
    screenshot: bool,
}

impl HandoffOptions {
    fn read(options: &JsValue, method: &str) -> Result<Self, JsValue> {
        let flag = |name: &str, unless_given: bool| {
            let value = js::get(options, name);
            let flag = if is_absent(&value) { Some(unless_given) } else { value.as_bool() };
            flag.ok_or_else(|| {
                let message = ["Baton.", method, "(options): ", name, " must be true or false"];
                js::error(&message.concat())
            })
        };
        Ok(Self { consent: flag("consent", false)?, screenshot: flag("screenshot", true)? })
    }
}

fn is_absent(option: &JsValue) -> bool {
    option.is_undefined() || option.is_null()
}

fn read_words(words: &JsValue) -> Result<Words, JsValue> {
    read::words(&border::from_js(words))
        .ok_or_else(|| js::error("the conversation could not be read"))
}

/// A packet without the panel; resolves to
/// `{packet, attachments: [{name, type, size, sha256, blob}]}` and sends nothing.
///
/// # Errors
/// If an option has the wrong type.
#[wasm_bindgen]
pub async fn build(words: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let draft = build_draft(&words, HandoffOptions::read(&options, "buildPacket")?).await?;
    let attachments: js_sys::Array = draft
        .files
        .iter()
        .map(|file| {
            let entry: js_sys::Object = border::to_js(&file.entry).unchecked_into();
            js::set(&entry, "blob", &file.blob);
            JsValue::from(entry)
        })
        .collect();
    let result = js_sys::Object::new();
    js::set(&result, "packet", &border::to_js(&draft.packet));
    js::set(&result, "attachments", &attachments);
    Ok(result.into())
}

async fn build_draft(words: &JsValue, options: HandoffOptions) -> Result<Draft, JsValue> {
    let bridge = bridge()?;
    let words = read_words(words)?;
    let config = Config::read(&bridge);
    let pictures = async {
        match options.screenshot {
            true => Pictures::of_page(&bridge).await,
            false => Pictures::none("left out by the host page"),
        }
    };
    let (pictures, recording) = both(pictures, replay::take(&bridge)).await;
    let timeline = words.timeline.clone();
    let taken = Taken { pictures: RefCell::new(pictures), recording };
    let draft = gather::draft(&bridge, words, &taken).await;
    let mut draft = taken.pictures.borrow().place(draft);
    if !options.consent {
        seal(&mut draft.packet);
        return Ok(draft);
    }
    let approval = Approval {
        at: now(),
        via: ConsentVia::Api,
        text: config.consent_text().to_owned(),
        struck: Vec::new(),
        contact: None,
        summary: None,
        timeline,
    };
    Ok(approved(&bridge, draft, approval))
}

/// Builds, approves and delivers a packet; resolves to the receipt. Retries as
/// the panel does.
///
/// # Errors
/// When delivery is refused or given up, with the reason.
#[wasm_bindgen]
pub async fn handoff(words: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let bridge = bridge()?;
    let draft = build_draft(&words, HandoffOptions::read(&options, "handoff")?).await?;
    match deliver(&bridge, &draft).await {
        Ok(receipt) => {
            let receipt = border::to_js(&receipt);
            bridge.emit("handoff:delivered", &receipt);
            Ok(receipt)
        }
        Err(reason) => {
            let detail = js_sys::Object::new();
            js::set(&detail, "reason", &reason.as_str().into());
            js::set(&detail, "will_retry", &false.into());
            bridge.emit("handoff:failed", &detail);
            bridge.problem("delivery_failed", &reason);
            Err(js::error(&["the handoff was not delivered: ", &reason].concat()))
        }
    }
}

async fn deliver(bridge: &Bridge, draft: &Draft) -> Result<Receipt, String> {
    let parcel = Parcel::freeze(draft)?;
    bridge.clear_attached(&draft.attached);
    let queued = js_sys::Object::new();
    js::set(&queued, "id", &draft.packet.id.as_str().into());
    bridge.emit("handoff:queued", &queued);
    let mut delivery = Delivery::begin();
    loop {
        delivery = match delivery {
            Delivery::Delivered(receipt) => return Ok(*receipt),
            Delivery::Ended { reason, .. } => return Err(reason),
            Delivery::Waiting { after_ms, .. } => {
                gloo_timers::future::TimeoutFuture::new(after_ms).await;
                delivery.after(Input::Retry)
            }
            Delivery::Sending { .. } | Delivery::Idle => {
                let input = parcel.attempt(bridge).await;
                delivery.after(input)
            }
        };
    }
}
