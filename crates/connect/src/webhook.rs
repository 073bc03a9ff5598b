//! The generic receiver: any endpoint that speaks DESIGN's wire format, such as
//! the desk. One request carries the packet and all its files.

use baton_packet::{Attachment, Receipt};

use crate::{Answer, Body, Frozen, Part, Request, Source, Verdict};

/// The packet and its files in one multipart request.
#[must_use]
pub fn handoff(endpoint: &str, frozen: &Frozen) -> Request {
    let mut parts = vec![Part {
        name: "packet".to_owned(),
        file_name: "packet.json".to_owned(),
        source: Source::Packet,
    }];
    parts.extend(contents(frozen).map(|file| Part {
        name: file.sha256.clone(),
        file_name: file.name.clone(),
        source: Source::Attachment(file.sha256.clone()),
    }));
    request(endpoint, frozen, Body::Multipart(parts))
}

/// The packet alone, as JSON: for a receiver that finds the whole too large.
/// The receipt then names the files that are missing.
#[must_use]
pub fn packet_only(endpoint: &str, frozen: &Frozen) -> Request {
    let mut request = request(endpoint, frozen, Body::Packet);
    request.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    request
}

fn request(endpoint: &str, frozen: &Frozen, body: Body) -> Request {
    Request {
        method: "POST",
        url: endpoint.to_owned(),
        headers: vec![
            ("Idempotency-Key".to_owned(), frozen.id.to_string()),
            ("Accept".to_owned(), "application/json".to_owned()),
        ],
        body,
    }
}

/// One request for each file the receiver says it lacks. Empty if the receipt
/// names no route for evidence.
#[must_use]
pub fn missing_evidence(receipt: &Receipt, frozen: &Frozen) -> Vec<Request> {
    let Some(base) = &receipt.links.evidence else { return Vec::new() };
    let wanted = contents(frozen).filter(|file| receipt.missing.contains(&file.sha256));
    wanted
        .map(|file| {
            let mut headers = vec![("Content-Type".to_owned(), file.media_type.clone())];
            if let Some(token) = &receipt.conversation_token {
                headers.push(("Authorization".to_owned(), format!("Bearer {token}")));
            }
            Request {
                method: "PUT",
                url: format!("{}/{}", base.trim_end_matches('/'), file.sha256),
                headers,
                body: Body::Attachment(file.sha256.clone()),
            }
        })
        .collect()
}

/// The files by content: bytes that two names stand for travel once.
fn contents(frozen: &Frozen) -> impl Iterator<Item = &Attachment> {
    let files = &frozen.attachments;
    files.iter().enumerate().filter_map(|(index, file)| {
        let is_known = files[..index].iter().any(|other| other.sha256 == file.sha256);
        (!is_known).then_some(file)
    })
}

/// Reads the answer to a handoff. Delivered means a 2xx whose JSON echoes the
/// packet's id: a captive portal's page with status 200 is not a delivery.
#[must_use]
pub fn read_answer(frozen: &Frozen, answer: Answer) -> Verdict {
    let status = answer.status;
    let retry_after = answer.retry_after.as_deref();
    if (200..300).contains(&status) {
        return match answer.receipt {
            Some(receipt) if receipt.id == frozen.id => Verdict::Delivered(Box::new(receipt)),
            Some(_) => retry(format!("HTTP {status}, but the receipt names another packet"), None),
            None => retry(format!("HTTP {status}, but the answer is no receipt"), None),
        };
    }
    let reason = match answer.problem {
        Some(problem) => format!("HTTP {status}: {}", cut(&problem)),
        None => format!("HTTP {status}"),
    };
    match status {
        413 => Verdict::TooLarge { reason },
        // In progress, too early, too many: the same request may succeed later.
        408 | 409 | 425 | 429 => retry(reason, retry_after),
        400..500 => Verdict::Refused { reason },
        _ => retry(reason, retry_after),
    }
}

fn retry(reason: String, retry_after: Option<&str>) -> Verdict {
    // Retry-After as a date is rare and needs a clock: back-off covers it.
    let after_ms = retry_after
        .and_then(|text| text.trim().parse::<u32>().ok())
        .map(|seconds| seconds.saturating_mul(1000));
    Verdict::Retry { reason, after_ms }
}

/// A problem's own words, but not a whole page of them.
fn cut(problem: &str) -> String {
    problem.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::{handoff, missing_evidence, packet_only, read_answer};
    use crate::{Answer, Body, Frozen, Source, Verdict};
    use baton_packet::{Attachment, Links, PacketId, Receipt};

    fn frozen() -> Frozen {
        Frozen {
            id: PacketId::new(1, [7; 10]),
            bytes: b"{}".to_vec(),
            attachments: vec![Attachment::of("screenshot-1.png", "image/png", b"abc")],
        }
    }

    fn receipt(id: &PacketId, missing: Vec<String>) -> Receipt {
        Receipt {
            id: id.clone(),
            received_at: None,
            conversation_token: Some("t0ken".to_owned()),
            links: Links { evidence: Some("/v1/h/1/evidence/".to_owned()), ..Links::default() },
            missing,
        }
    }

    fn verdict(status: u16, receipt: Option<Receipt>) -> Verdict {
        read_answer(&frozen(), Answer { status, receipt, ..Answer::default() })
    }

    #[test]
    fn a_handoff_carries_the_packet_first_and_each_file_under_its_hash() {
        let request = handoff("/v1/handoffs", &frozen());
        let Body::Multipart(parts) = request.body else { panic!("not multipart") };
        assert_eq!(parts[0].name, "packet");
        let sha256 = frozen().attachments[0].sha256.clone();
        assert_eq!(
            (parts[1].name.clone(), parts[1].source.clone()),
            (sha256.clone(), Source::Attachment(sha256))
        );
        assert_eq!(request.headers[0], ("Idempotency-Key".to_owned(), frozen().id.to_string()));
        assert_eq!(packet_only("/x", &frozen()).body, Body::Packet);
    }

    #[test]
    fn equal_bytes_under_two_names_travel_once() {
        let mut frozen = frozen();
        frozen.attachments.push(Attachment::of("screenshot-2.png", "image/png", b"abc"));
        frozen.attachments.push(Attachment::of("screenshot-3.png", "image/png", b"other"));
        let Body::Multipart(parts) = handoff("/x", &frozen).body else { panic!("not multipart") };
        let names: Vec<_> = parts.iter().map(|part| part.file_name.as_str()).collect();
        assert_eq!(names, ["packet.json", "screenshot-1.png", "screenshot-3.png"]);
        let missing = frozen.attachments.iter().map(|file| file.sha256.clone()).collect();
        assert_eq!(missing_evidence(&receipt(&frozen.id, missing), &frozen).len(), 2);
    }

    #[test]
    fn only_an_echoed_id_is_a_delivery() {
        let echoed = receipt(&frozen().id, vec![]);
        assert!(matches!(verdict(201, Some(echoed)), Verdict::Delivered(_)));
        let other = receipt(&PacketId::new(2, [0; 10]), vec![]);
        assert!(matches!(verdict(200, Some(other)), Verdict::Retry { .. }));
        // A captive portal's page is no receipt.
        assert!(matches!(verdict(200, None), Verdict::Retry { .. }));
    }

    #[test]
    fn statuses_are_retried_or_final() {
        for status in [0, 302, 408, 409, 425, 429, 500, 502, 503, 504] {
            assert!(matches!(verdict(status, None), Verdict::Retry { .. }), "{status}");
        }
        for status in [400, 401, 403, 404, 405, 410, 422] {
            assert!(matches!(verdict(status, None), Verdict::Refused { .. }), "{status}");
        }
        assert!(matches!(verdict(413, None), Verdict::TooLarge { .. }));
    }

    #[test]
    fn a_problem_says_why_in_its_own_words() {
        let problem = Some("id: not a UUIDv7".to_owned());
        let answer = Answer { status: 422, problem, ..Answer::default() };
        let Verdict::Refused { reason } = read_answer(&frozen(), answer) else {
            panic!("not refused")
        };
        assert_eq!(reason, "HTTP 422: id: not a UUIDv7");
    }

    #[test]
    fn retry_after_is_read_in_seconds() {
        let read = |text: &str| {
            let retry_after = Some(text.to_owned());
            read_answer(&frozen(), Answer { status: 503, retry_after, ..Answer::default() })
        };
        assert!(matches!(read("7"), Verdict::Retry { after_ms: Some(7000), .. }));
        assert!(matches!(
            read("Wed, 21 Oct 2015 07:28:00 GMT"),
            Verdict::Retry { after_ms: None, .. }
        ));
    }

    #[test]
    fn only_missing_files_are_sent_again_with_the_token() {
        let sha256 = frozen().attachments[0].sha256.clone();
        let requests = missing_evidence(&receipt(&frozen().id, vec![sha256.clone()]), &frozen());
        assert_eq!(requests.len(), 1);
        assert_eq!(requests[0].url, format!("/v1/h/1/evidence/{sha256}"));
        assert!(
            requests[0].headers.contains(&("Authorization".to_owned(), "Bearer t0ken".to_owned()))
        );
        assert!(
            missing_evidence(&receipt(&frozen().id, vec!["0".repeat(64)]), &frozen()).is_empty()
        );
    }
}
