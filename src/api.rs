//! The calls of the public API that need the widget. Each resolves to a plain
//! value; each rejects with an `Error` that says what was wrong with the call.

use std::rc::Rc;

use baton_conversation::{Approval, Delivery, Event, State, approve, outbox::Input};
use baton_packet::{Author, Channel, ConsentVia, Message, Receipt};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::config::Config;
use crate::delivery::Parcel;
use crate::gather::{self, Draft};
use crate::session::{Session, now};
use crate::{js, page::screenshot};

/// `buildPacket(options)` and `handoff(options)`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct HandoffOptions {
    /// What the customer says; without it, the conversation in the panel is used.
    message: Option<String>,
    /// That the customer has agreed. `handoff` insists on it.
    consent: bool,
    /// `false` leaves the picture out.
    screenshot: Option<bool>,
}

/// `captureScreenshot(options)`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ScreenshotOptions {
    /// Pixels per CSS pixel.
    scale: Option<f64>,
}

/// Performs one call.
pub async fn call(
    session: &Rc<Session>,
    method: &str,
    arguments: &js_sys::Array,
) -> Result<JsValue, JsValue> {
    let argument = arguments.get(0);
    let result = match method {
        "open" => session.open().map(|()| JsValue::UNDEFINED),
        "close" => {
            session.close();
            Ok(JsValue::UNDEFINED)
        }
        "configure" => {
            session.configure();
            Ok(JsValue::UNDEFINED)
        }
        "ask" => ask(session, &argument),
        "triage" => text(&argument, "triage")
            .map(|text| js::to_js(&baton_triage::triage(&[text.as_str()]))),
        "captureScreenshot" => capture(session, argument).await,
        "buildPacket" => build(session, argument).await.map(|draft| described(&draft)),
        "handoff" => handoff(session, argument).await.map(|receipt| js::to_js(&receipt)),
        other => Err(format!("Baton.{other} is not a call of the widget")),
    };
    result.map_err(|message| js::error(&message))
}

fn text(argument: &JsValue, method: &str) -> Result<String, String> {
    argument.as_string().ok_or_else(|| format!("Baton.{method}(text): text must be a string"))
}

fn options<T: Default + for<'de> Deserialize<'de>>(
    argument: JsValue,
    method: &str,
) -> Result<T, String> {
    if argument.is_undefined() || argument.is_null() {
        return Ok(T::default());
    }
    js::from_js(argument).map_err(|reason| format!("Baton.{method}(options): {reason}"))
}

fn ask(session: &Rc<Session>, argument: &JsValue) -> Result<JsValue, String> {
    let text = text(argument, "ask")?;
    session.open()?;
    let facts = gather::facts(&session.bridge);
    session.dispatch(Event::CustomerWrote { text, at: now(), facts });
    Ok(JsValue::UNDEFINED)
}

async fn capture(session: &Rc<Session>, argument: JsValue) -> Result<JsValue, String> {
    let options: ScreenshotOptions = options(argument, "captureScreenshot")?;
    let scale = options.scale.unwrap_or(1.0);
    if !(0.1..=4.0).contains(&scale) {
        return Err("Baton.captureScreenshot(options): scale must be between 0.1 and 4".to_owned());
    }
    let mut redactor = gather::redactor(&Config::read(&session.bridge));
    screenshot::capture(&session.bridge, scale, &mut redactor)
        .await
        .map(|picture| picture.blob.into())
        .map_err(|gap| gap.reason)
}

/// A packet without the panel: same evidence, same redaction.
async fn build(session: &Rc<Session>, argument: JsValue) -> Result<Draft, String> {
    build_from(session, options(argument, "buildPacket")?, "buildPacket").await
}

async fn build_from(
    session: &Rc<Session>,
    options: HandoffOptions,
    method: &str,
) -> Result<Draft, String> {
    let mut state = session.state();
    if let Some(message) = options.message.filter(|message| !message.trim().is_empty()) {
        state = State {
            messages: vec![Message {
                author: Author::Customer,
                text: message,
                at: now(),
                channel: Channel::Api,
                extra: Default::default(),
            }],
            ..State::default()
        };
    }
    if state.customer_texts().is_empty() {
        return Err(format!("Baton.{method}({{message}}): nothing was said yet"));
    }
    state.facts = gather::facts(&session.bridge);

    let mut redactor = gather::redactor(&Config::read(&session.bridge));
    let shot = match options.screenshot {
        Some(false) => Err(baton_packet::Gap::new("screenshot", "left out by the host page")),
        _ => gather::shoot(&session.bridge, &mut redactor).await,
    };
    let mut draft = gather::draft(&session.bridge, &state, shot, redactor).await;
    if options.consent {
        let config = Config::read(&session.bridge);
        let packet = Rc::unwrap_or_clone(draft.packet);
        let id = packet.id.clone();
        draft.packet = Rc::new(approve(
            packet,
            Approval {
                id,
                at: now(),
                via: ConsentVia::Api,
                text: config.consent_text().to_owned(),
                struck: &[],
            },
        ));
    }
    Ok(draft)
}

/// `{packet, attachments: [{name, type, size, sha256, blob}]}`.
fn described(draft: &Draft) -> JsValue {
    let attachments: js_sys::Array = draft
        .files
        .iter()
        .map(|file| {
            let entry: js_sys::Object = js::to_js(&file.entry).unchecked_into();
            js::set(&entry, "blob", &file.blob);
            entry
        })
        .collect();
    let result = js_sys::Object::new();
    js::set(&result, "packet", &js::to_js(&*draft.packet));
    js::set(&result, "attachments", &attachments);
    result.into()
}

/// Builds, approves and delivers a packet; resolves to the receipt. Retries like
/// the panel does, and rejects when delivery is refused or given up.
async fn handoff(session: &Rc<Session>, argument: JsValue) -> Result<Receipt, String> {
    let options: HandoffOptions = options(argument, "handoff")?;
    if !options.consent {
        return Err("Baton.handoff({consent: true}): nothing leaves the page before the customer \
                    agreed; pass consent: true when they did"
            .to_owned());
    }
    let draft = build_from(session, options, "handoff").await?;
    let parcel = Parcel::freeze(&draft)?;
    let queued = js_sys::Object::new();
    js::set(&queued, "id", &draft.packet.id.as_str().into());
    session.bridge.emit("handoff:queued", &queued);

    let mut delivery = Delivery::begin();
    loop {
        delivery = match delivery {
            Delivery::Delivered(receipt) => {
                session.bridge.emit("handoff:delivered", &js::to_js(&*receipt));
                return Ok(*receipt);
            }
            Delivery::Ended { reason, .. } => {
                session.tell_failed(&reason);
                return Err(format!("the handoff was not delivered: {reason}"));
            }
            Delivery::Waiting { after_ms, .. } => {
                gloo_timers::future::TimeoutFuture::new(after_ms).await;
                delivery.after(Input::Retry)
            }
            Delivery::Sending { .. } | Delivery::Idle => {
                let input = parcel.attempt(&session.bridge).await;
                delivery.after(input)
            }
        };
    }
}
