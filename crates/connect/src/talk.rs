//! The routes of a conversation after the hand-over: what is asked, and what an answer
//! means. Contract: `baton_packet::reply`.

/// How the replies are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As server-sent events.
    Stream,
    /// One page at a time, which may take as long as [`WAIT_SECONDS`] (long poll).
    Page,
}

/// How long a receiver may keep a long poll waiting.
pub const WAIT_SECONDS: u32 = 25;

/// Where the replies after this event are.
#[must_use]
pub fn replies_url(link: &str, after: u64) -> String {
    let (link, fragment) = link.split_once('#').unwrap_or((link, ""));
    let join = if link.contains('?') { "&" } else { "?" };
    let hash = if fragment.is_empty() { "" } else { "#" };
    [link, join, "after=", &after.to_string(), hash, fragment].concat()
}

/// The headers of a request for replies.
#[must_use]
pub fn replies_headers(how: How, token: Option<&str>) -> Vec<(&'static str, String)> {
    let mut headers = authorization(token);
    headers.push(match how {
        How::Stream => ("Accept", "text/event-stream".to_owned()),
        How::Page => ("Accept", "application/json".to_owned()),
    });
    if how == How::Page {
        headers.push(("Prefer", ["wait=", &WAIT_SECONDS.to_string()].concat()));
    }
    headers
}

/// The conversation's token as a header.
#[must_use]
pub fn authorization(token: Option<&str>) -> Vec<(&'static str, String)> {
    token.map(|token| ("Authorization", ["Bearer ", token].concat())).into_iter().collect()
}

/// What the head of an answer to a request for replies means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// Events follow, in the form that was asked for.
    Begun,
    /// This receiver has no streams: pages may do.
    NoStream,
    /// This receiver does not go on with the conversation.
    Over,
    /// Not now; not before so many milliseconds, where it said so.
    Later(Option<u32>),
}

/// Reads the head of an answer to a request for replies.
#[must_use]
pub fn opened(how: How, status: u16, media_type: &str, retry_after: Option<&str>) -> Opened {
    let is = |wanted: &str| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case(wanted)
    };
    match (status, how) {
        (200..300, How::Stream) if is("text/event-stream") => Opened::Begun,
        (200..300, How::Page) if is("application/json") => Opened::Begun,
        (200..300, How::Stream) if is("application/json") => Opened::NoStream,
        (406 | 415 | 501, How::Stream) => Opened::NoStream,
        _ if is_over(status) => Opened::Over,
        // A captive portal answers 200, too.
        _ => Opened::Later(seconds(retry_after)),
    }
}

/// What became of a message or a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The receiver has it.
    Sent,
    /// A later attempt may succeed; not before so many milliseconds, where it said so.
    Later(Option<u32>),
    /// No later attempt will change this.
    Refused {
        /// Why, as the receiver says it.
        reason: String,
        /// Whether the conversation does not go on at all.
        is_over: bool,
    },
}

/// Reads the answer to a message or a signal of this id. `accepted` is the id in its
/// body, `problem` its words where it is an RFC 9457 problem.
#[must_use]
pub fn posted(
    id: &str,
    status: u16,
    retry_after: Option<&str>,
    accepted: Option<&str>,
    problem: Option<&str>,
) -> Fate {
    match status {
        200..300 if accepted == Some(id) => Fate::Sent,
        // In progress, too early, too many: the same request may succeed later.
        408 | 409 | 425 | 429 => Fate::Later(seconds(retry_after)),
        400..500 => Fate::Refused {
            reason: match problem {
                Some(problem) => problem.chars().take(300).collect(),
                None => ["HTTP ", &status.to_string()].concat(),
            },
            is_over: is_over(status),
        },
        _ => Fate::Later(seconds(retry_after)),
    }
}

/// Whether it is a status that no later attempt changes: the token is none any more, or
/// the conversation is gone.
fn is_over(status: u16) -> bool {
    matches!(status, 401 | 403 | 404 | 410)
}

/// `Retry-After` in milliseconds. As a date it is rare and needs a clock: back-off
/// covers it.
fn seconds(retry_after: Option<&str>) -> Option<u32> {
    let seconds: u32 = retry_after?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1000))
}

#[cfg(test)]
mod tests {
    use super::{Fate, How, Opened, opened, posted, replies_headers, replies_url};

    #[test]
    fn after_joins_whatever_the_link_has() {
        for (link, url) in [
            ("/v1/handoffs/1/replies", "/v1/handoffs/1/replies?after=7"),
            ("https://a.example/r?x=1", "https://a.example/r?x=1&after=7"),
            ("/r#part", "/r?after=7#part"),
        ] {
            assert_eq!(replies_url(link, 7), url);
        }
    }

    #[test]
    fn the_token_goes_along_and_only_a_page_waits() {
        let stream = replies_headers(How::Stream, Some("t0ken"));
        assert!(stream.contains(&("Authorization", "Bearer t0ken".to_owned())));
        assert!(stream.contains(&("Accept", "text/event-stream".to_owned())));
        assert!(stream.iter().all(|(name, _)| *name != "Prefer"));
        let page = replies_headers(How::Page, None);
        assert!(page.contains(&("Prefer", "wait=25".to_owned())));
        assert!(page.iter().all(|(name, _)| *name != "Authorization"));
    }

    #[test]
    fn the_head_of_an_answer_tells_whether_events_follow() {
        let stream = |status, media_type| opened(How::Stream, status, media_type, None);
        assert_eq!(stream(200, "text/event-stream; charset=utf-8"), Opened::Begun);
        assert_eq!(stream(200, "Application/JSON"), Opened::NoStream);
        assert_eq!(opened(How::Page, 200, "application/json", None), Opened::Begun);
        assert_eq!(stream(200, "text/html"), Opened::Later(None), "a captive portal");
        assert_eq!(stream(406, "application/problem+json"), Opened::NoStream);
        assert_eq!(opened(How::Page, 406, "", None), Opened::Later(None), "no endless turn");
        for status in [401, 403, 404, 410] {
            assert_eq!(stream(status, "text/event-stream"), Opened::Over, "{status}");
        }
        for status in [0, 204, 400, 429, 500, 503] {
            assert_eq!(stream(status, ""), Opened::Later(None), "{status}");
        }
        assert_eq!(opened(How::Page, 429, "", Some(" 3 ")), Opened::Later(Some(3000)));
    }

    #[test]
    fn only_an_echoed_id_is_sent() {
        let fate = |status, accepted| posted("a", status, None, accepted, None);
        assert_eq!(fate(201, Some("a")), Fate::Sent);
        assert_eq!(fate(200, Some("a")), Fate::Sent, "a repeat");
        assert_eq!(fate(200, Some("b")), Fate::Later(None));
        assert_eq!(fate(200, None), Fate::Later(None), "a captive portal");
    }

    #[test]
    fn what_no_later_attempt_changes_is_told() {
        let fate = |status, problem| posted("a", status, Some("2"), None, problem);
        for status in [0, 408, 409, 425, 429, 500, 503] {
            assert_eq!(fate(status, None), Fate::Later(Some(2000)), "{status}");
        }
        let refused = |reason: &str, is_over| Fate::Refused { reason: reason.to_owned(), is_over };
        assert_eq!(fate(422, Some("the text is too long")), refused("the text is too long", false));
        assert_eq!(fate(413, None), refused("HTTP 413", false));
        assert_eq!(fate(410, None), refused("HTTP 410", true));
        let long = "x".repeat(1000);
        assert_eq!(fate(400, Some(&long)), refused(&"x".repeat(300), false));
    }
}
