//! Server-sent events as a reader of chunks: the browser's `EventSource` can send
//! no header, so replies and streamed answers are read by `fetch`.
//!
//! Format: HTML Standard, "9.2.6 Interpreting an event stream".

/// The longest line or data kept, in bytes: what a broken or hostile server sends
/// must not fill the memory.
pub const MAX_EVENT_BYTES: usize = 1024 * 1024;

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Its type; `message` where the stream names none.
    pub kind: String,
    /// Its lines, joined by `\n`.
    pub data: String,
    /// The last `id` of the stream so far; empty if there was none.
    pub id: String,
}

/// Reads a stream chunk by chunk.
///
/// ```
/// use baton_connect::sse::Reader;
///
/// let mut reader = Reader::default();
/// assert_eq!(reader.push(b"id: 7\ndata: a\nda"), []);
/// let events = reader.push(b"ta: b\n\n");
/// assert_eq!((&*events[0].data, &*events[0].id), ("a\nb", "7"));
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    /// Bytes of an unfinished line: a chunk may end within a character.
    line: Vec<u8>,
    kind: String,
    data: Option<String>,
    id: String,
    after_cr: bool,
    begun: bool,
    /// Whether the current event grew past [`MAX_EVENT_BYTES`]: it is dropped.
    overflown: bool,
    retry_ms: Option<u32>,
}

impl Reader {
    /// The events that are complete with these bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = *byte == b'\r';
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.line_ended(&String::from_utf8_lossy(&line)));
                }
                _ => {
                    self.after_cr = false;
                    if self.line.len() < MAX_EVENT_BYTES {
                        self.line.push(*byte);
                    } else {
                        self.overflown = true;
                    }
                }
            }
        }
        events
    }

    /// The pause the server asks for before a new connection, in milliseconds.
    #[must_use]
    pub fn retry_ms(&self) -> Option<u32> {
        self.retry_ms
    }

    fn line_ended(&mut self, line: &str) -> Option<Event> {
        let line = if self.begun { line } else { line.trim_start_matches('\u{feff}') };
        self.begun = true;
        if line.is_empty() {
            return self.event_ended();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.kind),
            "data" => {
                let size = self.data.as_ref().map_or(0, String::len);
                if size + value.len() > MAX_EVENT_BYTES {
                    self.overflown = true;
                }
                if !self.overflown {
                    match &mut self.data {
                        Some(data) => data.extend(["\n", value]),
                        None => self.data = Some(value.to_owned()),
                    }
                }
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" => self.retry_ms = value.parse().ok().or(self.retry_ms),
            _ => {}
        }
        None
    }

    fn event_ended(&mut self) -> Option<Event> {
        let kind = std::mem::take(&mut self.kind);
        let data = self.data.take();
        if std::mem::take(&mut self.overflown) {
            return None;
        }
        let kind = if kind.is_empty() { "message".to_owned() } else { kind };
        data.map(|data| Event { kind, data, id: self.id.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, MAX_EVENT_BYTES, Reader};

    fn read(text: &str) -> Vec<Event> {
        Reader::default().push(text.as_bytes())
    }

    fn data(text: &str) -> Vec<String> {
        read(text).into_iter().map(|event| event.data).collect()
    }

    #[test]
    fn every_line_ending_and_a_byte_order_mark_are_understood() {
        for text in [
            "\u{feff}data: a\n\ndata:b\n\n",
            "data: a\r\rdata:b\r\r",
            "data: a\r\n\r\ndata:b\r\n\r\n",
        ] {
            assert_eq!(data(text), ["a", "b"], "{text:?}");
        }
    }

    #[test]
    fn comments_unknown_fields_and_events_without_data_are_passed_over() {
        assert_eq!(data(": ping\n\nevent: x\n\nnonsense\ndata\n\n"), [""]);
    }

    #[test]
    fn kind_and_id_are_those_of_the_standard() {
        let events = read("event: typing\nid: 4\ndata: {}\n\ndata: x\n\n");
        assert_eq!((&*events[0].kind, &*events[0].id), ("typing", "4"));
        assert_eq!(
            (&*events[1].kind, &*events[1].id),
            ("message", "4"),
            "an id stays, a kind does not"
        );
    }

    #[test]
    fn chunks_may_end_anywhere() {
        let whole = "event: message\ndata: Zoë → 日本\r\n\r\ndata: 2\n\n".as_bytes();
        for size in 1..whole.len() {
            let mut reader = Reader::default();
            let events: Vec<Event> =
                whole.chunks(size).flat_map(|chunk| reader.push(chunk)).collect();
            let data: Vec<&str> = events.iter().map(|event| &*event.data).collect();
            assert_eq!(data, ["Zoë → 日本", "2"], "chunks of {size}");
        }
    }

    #[test]
    fn what_is_too_long_is_dropped_and_the_next_event_is_read() {
        let long = "x".repeat(MAX_EVENT_BYTES + 1);
        assert_eq!(data(&format!("data: {long}\n\ndata: after\n\n")), ["after"]);
        let lines = format!("data: {}\n", "y".repeat(1000)).repeat(1100);
        assert_eq!(data(&format!("{lines}\ndata: after\n\n")), ["after"]);
    }

    #[test]
    fn a_pause_is_kept_if_it_is_a_number() {
        let mut reader = Reader::default();
        reader.push(b"retry: soon\nretry: 3000\n\n");
        assert_eq!(reader.retry_ms(), Some(3000));
    }
}
