//! Bytes of an endpoint's answer → a reply, while they arrive.

use std::marker::PhantomData;

use baton_connect::sse;

use super::marker::{self, Worth};
use super::{Citation, LEAST_CHARS, MOST_CHARS, Question, Reply, clean};
use crate::json::{self, Json};

/// Most bytes of an answer that does not stream.
const MOST_BYTES: usize = 1024 * 1024;

/// What an endpoint speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Baton's own.
    Baton,
    /// `chat/completions`.
    OpenAi,
}

/// Reads an answer chunk by chunk. Whether it streams is told by its first byte: media
/// types are often wrong.
#[derive(Debug)]
pub struct Reader<J> {
    protocol: Protocol,
    /// What the numbers in a first line mean.
    question: Question,
    body: Body,
    /// What was written so far, cleaned.
    written: String,
    chars: usize,
    ended: Ended<J>,
    json: PhantomData<J>,
}

#[derive(Debug)]
enum Body {
    Unread,
    Whole(Vec<u8>),
    Events(sse::Reader),
}

#[derive(Debug)]
enum Ended<J> {
    /// Not yet.
    No,
    /// As it should, with what is said of the answer.
    Well(Option<J>),
    /// Too early.
    Cut(&'static str),
}

impl<J: Json> Reader<J> {
    /// A reader of the answer to this question.
    #[must_use]
    pub fn new(protocol: Protocol, question: Question) -> Self {
        Self {
            protocol,
            question,
            body: Body::Unread,
            written: String::new(),
            chars: 0,
            ended: Ended::No,
            json: PhantomData,
        }
    }

    /// Reads more. `false`: the answer is complete, whatever else may come.
    ///
    /// # Errors
    /// If this is no answer; in words for the developer.
    pub fn push(&mut self, bytes: &[u8]) -> Result<bool, String> {
        if matches!(self.body, Body::Unread) {
            let is_blank = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte);
            match bytes.iter().find(|byte| !is_blank(byte)) {
                None => return Ok(true),
                Some(b'<') => return Err("a web page is no answer".to_owned()),
                Some(b'{') => self.body = Body::Whole(Vec::new()),
                Some(_) => self.body = Body::Events(sse::Reader::default()),
            }
        }
        match &mut self.body {
            Body::Whole(kept) if kept.len() + bytes.len() > MOST_BYTES => {
                return Err("the answer is larger than 1 MB".to_owned());
            }
            Body::Whole(kept) => kept.extend_from_slice(bytes),
            Body::Unread => {}
            Body::Events(events) => {
                for event in events.push(bytes) {
                    match self.protocol {
                        Protocol::Baton => self.own_event(&event)?,
                        Protocol::OpenAi => self.chat_event(&event.data)?,
                    }
                    if !matches!(self.ended, Ended::No) {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }

    /// What may be shown so far.
    #[must_use]
    pub fn text(&self) -> &str {
        match self.protocol {
            Protocol::Baton => &self.written,
            Protocol::OpenAi => match marker::split(&self.written, false) {
                Some(marked) if marked.worth != Worth::NotKnown => marked.text,
                _ => "",
            },
        }
    }

    /// What came of it, when no more bytes come. `None`: the model does not know.
    ///
    /// # Errors
    /// If there is no answer to speak of; in words for the developer.
    pub fn finish(mut self) -> Result<Option<Reply>, String> {
        if let Body::Whole(bytes) = &self.body {
            let text = String::from_utf8_lossy(bytes);
            let document = J::read(text.trim_start_matches('\u{feff}').trim());
            self.whole(document.ok_or("the answer is neither JSON nor an event stream")?)?;
        }
        match std::mem::replace(&mut self.ended, Ended::No) {
            Ended::Well(said) => Ok(self.reply(said.as_ref()).known()),
            Ended::Cut(reason) => self.cut(reason),
            Ended::No => match &self.body {
                Body::Unread => Err("the answer is empty".to_owned()),
                _ if self.written.is_empty() => {
                    Err("the answer is neither JSON nor an event stream".to_owned())
                }
                _ => self.cut("the stream ended before the answer did"),
            },
        }
    }

    /// What came of it, when the rest will not come, and why. Words that a customer can
    /// act on are kept, as inferred.
    ///
    /// # Errors
    /// The reason, if they are too few.
    pub fn cut(self, reason: &str) -> Result<Option<Reply>, String> {
        let reply = self.reply(None::<&J>);
        if reply.text.chars().count() < LEAST_CHARS {
            return Err(reason.to_owned());
        }
        Ok(Some(Reply {
            text: reply.text + " …",
            inferred: true,
            problem: Some(reason.to_owned()),
            ..reply
        }))
    }

    fn reply(&self, said: Option<&J>) -> Reply {
        if self.protocol == Protocol::Baton {
            return Reply::described(&self.written, said);
        }
        // Never `None` of what is whole.
        let Some(marked) = marker::split(&self.written, true) else { return Reply::default() };
        let text = if marked.worth == Worth::NotKnown { "" } else { marked.text };
        let citations: Vec<Citation> = match marked.worth {
            Worth::Grounded => self.question.cited(&marked.articles),
            _ => Vec::new(),
        };
        Reply {
            needs_human: marked.worth == Worth::NeedsHuman,
            inferred: citations.is_empty(),
            citations,
            ..Reply::described(text, None::<&J>)
        }
    }

    fn own_event(&mut self, event: &sse::Event) -> Result<(), String> {
        let kind = event.kind.as_str();
        if !matches!(kind, "delta" | "done" | "error") {
            return Ok(());
        }
        let said = J::read(&event.data)
            .ok_or_else(|| ["the data of an event \"", kind, "\" is no JSON"].concat())?;
        match kind {
            "delta" => self.write(&json::text(&said, "text")),
            "done" => self.described(said),
            _ => return Err(fault(&said).unwrap_or_else(|| "it reports an error".to_owned())),
        }
        Ok(())
    }

    /// An answer of our own protocol has ended. Its words, if there are any, count
    /// instead of those that were streamed.
    fn described(&mut self, said: J) {
        if let Some(answer) = said.get("answer").and_then(|answer| answer.text()) {
            self.written.clear();
            self.chars = 0;
            self.write(&answer);
        }
        if matches!(self.ended, Ended::No) {
            self.ended = Ended::Well(Some(said));
        }
    }

    fn chat_event(&mut self, data: &str) -> Result<(), String> {
        if data.trim() == "[DONE]" {
            self.ended = Ended::Well(None);
            return Ok(());
        }
        let chunk = J::read(data).ok_or("a chunk is no JSON")?;
        self.choice(&chunk, "delta")
    }

    fn whole(&mut self, document: J) -> Result<(), String> {
        if self.protocol == Protocol::OpenAi {
            self.choice(&document, "message")?;
            if matches!(self.ended, Ended::No) {
                self.ended = Ended::Well(None);
            }
            return Ok(());
        }
        match fault(&document) {
            Some(fault) if document.get("answer").is_none() => Err(fault),
            _ => {
                self.described(document);
                Ok(())
            }
        }
    }

    /// The first choice of a chunk, or of a whole answer. A chunk may have none: it
    /// counts tokens.
    fn choice(&mut self, chunk: &J, name: &str) -> Result<(), String> {
        if let Some(fault) = fault(chunk) {
            return Err(fault);
        }
        let choices = json::entries(chunk, "choices");
        let Some(choice) = choices.first() else { return Ok(()) };
        if let Some(content) = choice.get(name).and_then(|turn| turn.get("content")) {
            match content.text() {
                Some(text) => self.write(&text),
                None => {
                    for part in content.list().unwrap_or_default() {
                        self.write(&json::text(&part, "text"));
                    }
                }
            }
        }
        match &*json::text(choice, "finish_reason") {
            _ if !matches!(self.ended, Ended::No) => {}
            "" => {}
            "length" => self.ended = Ended::Cut("the model's limit of tokens cut the answer"),
            "content_filter" => return Err("the model's filter took the answer".to_owned()),
            _ => self.ended = Ended::Well(None),
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        let left = MOST_CHARS - self.chars;
        let fits = clean::cut(text, left);
        self.chars += fits.chars().count();
        clean::push(&mut self.written, fits);
        if fits.len() < text.len() {
            self.ended = Ended::Cut("the answer is longer than 20,000 characters");
        }
    }
}

/// What a document says went wrong, for the developer: `error`, as text or with a
/// message, or a message alone.
#[must_use]
pub fn fault(document: &impl Json) -> Option<String> {
    let error = document.get("error");
    let message = match &error {
        Some(error) => error.text().or_else(|| error.get("message")?.text()),
        None => document.get("message").and_then(|message| message.text()),
    };
    let message = message.map(|message| clean::line(&message, 200));
    match (message, error) {
        (Some(message), _) if !message.is_empty() => Some(message),
        (_, Some(_)) => Some("it reports an error".to_owned()),
        _ => None,
    }
}
