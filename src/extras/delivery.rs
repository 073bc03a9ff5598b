//! Performs what the outbox asks: freezes a packet once, and sends those bytes.

use std::cell::Cell;

use baton_connect::{Answer, Body, Frozen, Request, Source, Verdict, webhook};
use baton_conversation::outbox::Input;
use baton_packet::Receipt;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FormData};

use crate::bridge::Bridge;
use crate::config::Config;
use crate::js;

use super::{border, gather::Draft, read};

/// How long one attempt may take before it counts as failed.
const TIME_LIMIT_MS: u32 = 30_000;

/// A frozen packet with its files: the same bytes go out with every attempt.
pub struct Parcel {
    pub frozen: Frozen,
    json: Blob,
    files: Vec<(String, Blob)>,
    /// Set when the receiver found the whole too large for one request.
    one_by_one: Cell<bool>,
}

impl Parcel {
    /// Freezes an approved packet to its bytes.
    pub fn freeze(draft: &Draft) -> Result<Self, String> {
        let bytes = border::to_json(&draft.packet).into_bytes();
        // Struck files are no longer in the manifest.
        let manifest = &draft.packet.attachments;
        let files = draft
            .files
            .iter()
            .filter(|file| manifest.contains(&file.entry))
            .map(|file| (file.entry.sha256.clone(), file.blob.clone()))
            .collect();
        let json = blob(&bytes, "application/json")?;
        let frozen = Frozen { id: draft.packet.id.clone(), bytes, attachments: manifest.clone() };
        Ok(Self { frozen, json, files, one_by_one: Cell::new(false) })
    }

    /// One attempt. What came of it is the outbox's input; nothing throws.
    pub async fn attempt(&self, bridge: &Bridge) -> Input {
        let endpoint = match Config::read(bridge).endpoint_url() {
            Ok(endpoint) => endpoint,
            Err(reason) => return Input::Impossible { reason },
        };
        let whole = !self.one_by_one.get();
        let verdict = match whole {
            true => self.send(bridge, webhook::handoff(&endpoint, &self.frozen)).await,
            false => self.send(bridge, webhook::packet_only(&endpoint, &self.frozen)).await,
        };
        if let Verdict::Retry { reason, .. } = &verdict {
            // Told at the first failure: a developer should not have to wait for the last.
            bridge.problem("delivery_delayed", reason);
        }
        match verdict {
            Verdict::Delivered(receipt) => self.complete(bridge, &endpoint, receipt).await,
            Verdict::Retry { reason, after_ms } => failed(reason, after_ms),
            Verdict::TooLarge { reason } if whole && !self.files.is_empty() => {
                self.one_by_one.set(true);
                failed(reason, None)
            }
            Verdict::TooLarge { reason } | Verdict::Refused { reason } => Input::Refused { reason },
        }
    }

    /// Sends the files the receiver lacks. The packet itself is safe by now: a file
    /// that does not get through makes the attempt fail, and the next one gets
    /// the same receipt and only the rest of the files.
    async fn complete(&self, bridge: &Bridge, endpoint: &str, receipt: Box<Receipt>) -> Input {
        for mut request in webhook::missing_evidence(&receipt, &self.frozen) {
            // Links of a receipt may be relative to the endpoint.
            if let Ok(url) = web_sys::Url::new_with_base(&request.url, endpoint) {
                request.url = url.href();
            }
            match self.perform(bridge, &request).await {
                Ok(answer) if (200..300).contains(&answer.status) => {}
                Ok(answer) => return failed(format!("evidence: HTTP {}", answer.status), None),
                Err(reason) => return failed(format!("evidence: {reason}"), None),
            }
        }
        Input::Receipt(receipt)
    }

    async fn send(&self, bridge: &Bridge, request: Request) -> Verdict {
        match self.perform(bridge, &request).await {
            Ok(answer) => webhook::read_answer(&self.frozen, answer),
            Err(reason) => Verdict::Retry { reason, after_ms: None },
        }
    }

    async fn perform(&self, bridge: &Bridge, request: &Request) -> Result<Answer, String> {
        let thrown = |thrown: JsValue| js::message_of(&thrown);
        let headers = web_sys::Headers::new().map_err(thrown)?;
        for (name, value) in &request.headers {
            headers.set(name, value).map_err(thrown)?;
        }
        let init = web_sys::RequestInit::new();
        init.set_method(request.method);
        init.set_headers(&headers);
        init.set_body(&self.body(&request.body)?);
        // No cookies to third parties; the token in the receipt is the credential.
        init.set_credentials(web_sys::RequestCredentials::SameOrigin);
        let abort = web_sys::AbortController::new().map_err(thrown)?;
        init.set_signal(Some(&abort.signal()));
        let limit = gloo_timers::callback::Timeout::new(TIME_LIMIT_MS, move || abort.abort());

        let response = JsFuture::from(bridge.fetch(&request.url, &init).map_err(thrown)?)
            .await
            .map_err(thrown)?;
        let response: web_sys::Response =
            response.dyn_into().map_err(|_| "fetch gave no response".to_owned())?;
        let status = response.status();
        let retry_after = response.headers().get("Retry-After").ok().flatten();
        // Whatever is no JSON is neither a receipt nor a problem.
        let body = JsFuture::from(response.json().map_err(thrown)?).await.unwrap_or_default();
        drop(limit);
        let problem = problem(&body);
        Ok(Answer { status, retry_after, receipt: read::receipt(&border::from_js(&body)), problem })
    }

    fn body(&self, body: &Body) -> Result<JsValue, String> {
        let thrown = |thrown: JsValue| js::message_of(&thrown);
        match body {
            Body::Packet => Ok(self.json.clone().into()),
            Body::Attachment(sha256) => Ok(self.file(sha256)?.clone().into()),
            Body::Multipart(parts) => {
                let form = FormData::new().map_err(thrown)?;
                for part in parts {
                    let blob = match &part.source {
                        Source::Packet => &self.json,
                        Source::Attachment(sha256) => self.file(sha256)?,
                    };
                    form.append_with_blob_and_filename(&part.name, blob, &part.file_name)
                        .map_err(thrown)?;
                }
                Ok(form.into())
            }
        }
    }

    fn file(&self, sha256: &str) -> Result<&Blob, String> {
        self.files
            .iter()
            .find_map(|(hash, blob)| (hash == sha256).then_some(blob))
            .ok_or_else(|| "a file of the packet is gone".to_owned())
    }

    /// The frozen document, for the customer's own copy.
    pub fn json(&self) -> &Blob {
        &self.json
    }
}

/// The words of an RFC 9457 problem; with `errors`, as the desk adds them, also
/// which field is wrong.
fn problem(body: &JsValue) -> Option<String> {
    let detail = js::get_string(body, "detail").or_else(|| js::get_string(body, "title"))?;
    let errors: js_sys::Array = js::get(body, "errors").dyn_into().unwrap_or_default();
    let error = errors.get(0);
    Some(match (js::get_string(&error, "field"), js::get_string(&error, "detail")) {
        (Some(field), Some(what)) => [&detail, ": ", &field, ": ", &what].concat(),
        _ => detail,
    })
}

fn failed(reason: String, retry_after_ms: Option<u32>) -> Input {
    Input::Failed { reason, retry_after_ms, random: js_sys::Math::random() }
}

/// A blob of its own.
pub fn blob(bytes: &[u8], media_type: &str) -> Result<Blob, String> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        .map_err(|thrown| js::message_of(&thrown))
}
