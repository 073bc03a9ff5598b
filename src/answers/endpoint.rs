//! The embedder's AI endpoint: the config key `ai`, an address or `{url, kind, model,
//! headers, timeoutMs, system}`.

use std::future::Future;
use std::pin::Pin;

use baton_answers::ai::{Protocol, Reader, Reply, fault, openai, own};
use baton_answers::json::Json;
use wasm_bindgen::JsCast;
use web_sys::{Headers, RequestInit, RequestRedirect};

use super::fetch::{Chunk, Reading, init, thrown};
use super::json::{Value, text};
use super::provider::{Answer, Outcome, Provider, Show, problem};
use super::request::Request;
use crate::bridge::Bridge;
use crate::js::get;

/// How long the whole answer may take, unless the embedder says otherwise.
const WHOLE_MS: u32 = 60_000;
/// The longest that the embedder can say.
const LONGEST_MS: u32 = 120_000;
/// How long the words of a refusal are waited for.
const REFUSAL_MS: u32 = 2000;

/// The endpoint as it is configured.
pub struct Endpoint {
    bridge: Bridge,
    url: String,
    protocol: Protocol,
    model: String,
    system: String,
    headers: Vec<(String, String)>,
    whole_ms: u32,
}

impl Endpoint {
    /// The endpoint, if there is one.
    pub fn configured(bridge: &Bridge) -> Option<Self> {
        let ai = get(&bridge.config(), "ai");
        let url = ai.as_string().unwrap_or_else(|| text(&ai, "url"));
        if url.is_empty() {
            return None;
        }
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let protocol = match &*text(&ai, "kind") {
            "openai" => Protocol::OpenAi,
            "" if path.ends_with("/chat/completions") => Protocol::OpenAi,
            _ => Protocol::Baton,
        };
        let headers = get(&ai, "headers");
        let names = headers.dyn_ref::<js_sys::Object>().map(js_sys::Object::keys);
        let headers = names.unwrap_or_default().into_iter().filter_map(|name| {
            let name = name.as_string()?;
            let value = get(&headers, &name).as_string()?;
            Some((name, value))
        });
        let whole = get(&ai, "timeoutMs").as_f64().filter(|ms| *ms > 0.0);
        Some(Self {
            bridge: bridge.clone(),
            protocol,
            model: text(&ai, "model"),
            system: text(&ai, "system"),
            headers: headers.collect(),
            whole_ms: whole.map_or(WHOLE_MS, |ms| (ms as u32).min(LONGEST_MS)),
            url,
        })
    }

    async fn reply(&self, request: &Request, show: &Show) -> Result<Option<Reply>, String> {
        let init = self.request(request)?;
        let mut reading = Reading::of(&self.bridge, &self.url, &init, self.whole_ms).await?;
        if let Some(status) = reading.refusal() {
            return Err(refused(reading, status).await);
        }
        let mut reader = Reader::<Value>::new(self.protocol, request.question.clone());
        loop {
            let due = show.due_in_ms(reader.text());
            if due == 0 {
                show.part(reader.text());
                continue;
            }
            match reading.next(due).await {
                Ok(Chunk::Bytes(bytes)) if !reader.push(&bytes.to_vec())? => {
                    return reader.finish();
                }
                Ok(Chunk::Bytes(_) | Chunk::NotYet) => {}
                Ok(Chunk::End) => return reader.finish(),
                Err(reason) => return reader.cut(&reason),
            }
        }
    }

    fn request(&self, request: &Request) -> Result<RequestInit, String> {
        let headers = Headers::new().map_err(thrown)?;
        let ours = [
            ("accept", "text/event-stream, application/json"),
            ("content-type", "application/json"),
        ];
        for (name, value) in ours {
            headers.set(name, value).map_err(thrown)?;
        }
        for (name, value) in &self.headers {
            headers.set(name, value).map_err(thrown)?;
        }
        let init = init("POST");
        // Wherever a redirect leads, it would get the customer's words and the embedder's
        // headers before anybody could look at the address.
        init.set_redirect(RequestRedirect::Error);
        init.set_headers(&headers);
        let body = match self.protocol {
            Protocol::Baton => own::request(&request.question),
            Protocol::OpenAi => openai::request(&request.question, &self.model, &self.system),
        };
        init.set_body(&body.into());
        Ok(init)
    }
}

impl Provider for Endpoint {
    fn name(&self) -> &'static str {
        "ai"
    }

    fn answer<'a>(
        &'a self,
        request: &'a Request,
        show: &'a Show,
    ) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
        Box::pin(async {
            let reply = self.reply(request, show).await;
            let Some(reply) = reply.map_err(|reason| [&self.url, ": ", &*reason].concat())? else {
                return Ok(None);
            };
            if let Some(reason) = &reply.problem {
                problem(&self.bridge, self.name(), &[&self.url, ": ", &**reason].concat());
            }
            Ok(Some(Answer::of_model(self.name(), reply)))
        })
    }
}

/// Why an endpoint refused: its status, and its words if they are JSON.
async fn refused(mut reading: Reading, status: String) -> String {
    let Ok(Chunk::Bytes(bytes)) = reading.next(REFUSAL_MS).await else { return status };
    let words =
        Value::read(&String::from_utf8_lossy(&bytes.to_vec())).and_then(|value| fault(&value));
    words.map_or_else(|| status.clone(), |words| [&*status, ": ", &*words].concat())
}
