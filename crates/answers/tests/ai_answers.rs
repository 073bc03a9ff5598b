//! What a model or its endpoint sends, in parts that end anywhere.
#![allow(missing_docs)]

mod ai_support;

use ai_support::question;
use baton_answers::ai::marker::{self, Worth};
use baton_answers::ai::{Citation, LEAST_CHARS, MOST_CHARS, Protocol, Reader, Reply, key, local};
use serde_json::{Value, json};

type Outcome = Result<Option<Reply>, String>;

/// The outcome of chunks of this size, and all that was shown on the way.
fn read_in(protocol: Protocol, size: usize, body: &str) -> (Outcome, Vec<String>) {
    let mut reader = Reader::<Value>::new(protocol, question());
    let mut shown: Vec<String> = Vec::new();
    for chunk in body.as_bytes().chunks(size) {
        match reader.push(chunk) {
            Ok(true) => {}
            Ok(false) => break,
            Err(reason) => return (Err(reason), shown),
        }
        if shown.last().map(String::as_str) != Some(reader.text()) {
            shown.push(reader.text().to_owned());
        }
    }
    (reader.finish(), shown)
}

/// The outcome, the same however the body is cut.
fn read(protocol: Protocol, body: &str) -> Outcome {
    let (whole, _) = read_in(protocol, body.len().max(1), body);
    for size in [1, 2, 3, 7, 64] {
        let (outcome, shown) = read_in(protocol, size, body);
        assert_eq!(outcome, whole, "chunks of {size}");
        for pair in shown.windows(2) {
            assert!(pair[1].starts_with(&pair[0]), "{pair:?}");
        }
    }
    whole
}

fn own(body: &str) -> Outcome {
    read(Protocol::Baton, body)
}

fn chat(body: &str) -> Outcome {
    read(Protocol::OpenAi, body)
}

fn event(kind: &str, data: &Value) -> String {
    format!("event: {kind}\ndata: {data}\n\n")
}

fn delta(text: &str) -> String {
    event("delta", &json!({ "text": text }))
}

fn chunk(content: &str) -> String {
    let choice = json!({ "index": 0, "delta": { "content": content }, "finish_reason": null });
    format!("data: {}\n\n", json!({ "object": "chat.completion.chunk", "choices": [choice] }))
}

const DONE: &str = "data: [DONE]\n\n";

fn reply(text: &str) -> Reply {
    Reply { text: text.to_owned(), inferred: true, ..Reply::default() }
}

fn cited(title: &str) -> Citation {
    let url = format!("https://help.example/{}", title.to_lowercase());
    Citation { title: title.to_owned(), url }
}

#[test]
fn an_answer_of_our_protocol_is_the_same_whole_or_streamed() {
    let said = json!({
        "confidence": 0.9,
        "citations": [{ "title": "Invoices", "url": "https://help.example/invoices" }],
        "reason": "two articles agree",
    });
    let expected = Reply {
        confidence: Some(0.9),
        citations: vec![cited("Invoices")],
        inferred: false,
        reason: Some("two articles agree".to_owned()),
        ..reply("Öffnen Sie **Billing** → 日本")
    };
    let mut whole = said.clone();
    whole["answer"] = json!("Öffnen Sie **Billing** → 日本");
    assert_eq!(own(&whole.to_string()), Ok(Some(expected.clone())));
    assert_eq!(own(&format!("\u{feff}\n {whole} \n")), Ok(Some(expected.clone())));
    let parts = ["Öffnen Sie ", "**Bil", "ling** → ", "日本"].map(delta).concat();
    let streamed = format!(": hello\n\n{parts}event: ping\ndata: x\n\n{}", event("done", &said));
    assert_eq!(own(&streamed), Ok(Some(expected.clone())));
    assert_eq!(own(&format!("{streamed}{}", delta(" more"))), Ok(Some(expected.clone())));
    assert_eq!(own(&(delta("A draft") + &event("done", &whole))).unwrap(), Some(expected));
}

#[test]
fn who_does_not_know_says_nothing_and_who_needs_a_human_may() {
    assert_eq!(own(r#"{"answer":null}"#), Ok(None));
    assert_eq!(own(r#"{"answer":"  "}"#), Ok(None));
    assert_eq!(own("event: done\ndata: {}\n\n"), Ok(None));
    let human = own(r#"{"answer":"","needs_human":true,"reason":"a\nrefund"}"#);
    let reason = Some("a refund".to_owned());
    assert_eq!(human, Ok(Some(Reply { needs_human: true, reason, ..reply("") })));
}

#[test]
fn fields_of_wrong_types_cost_only_themselves() {
    let odd = json!({
        "answer": "Yes.", "confidence": "high", "citations": "none", "needs_human": "no",
        "inferred": 1, "reason": ["x"],
    });
    assert_eq!(own(&odd.to_string()), Ok(Some(reply("Yes."))));
    let far = json!({ "answer": "Yes.", "confidence": 17, "citations": [7, {}, { "url": "/a" }] });
    let citations = vec![Citation { title: "/a".to_owned(), url: "/a".to_owned() }];
    let expected = Reply { confidence: Some(1.0), citations, inferred: false, ..reply("Yes.") };
    assert_eq!(own(&far.to_string()), Ok(Some(expected)));
}

#[test]
fn what_is_no_answer_is_named() {
    for (body, reason) in [
        ("", "the answer is empty"),
        (" \r\n", "the answer is empty"),
        ("<!DOCTYPE html><h1>Welcome</h1>", "a web page is no answer"),
        ("\n <html>", "a web page is no answer"),
        ("I am fine", "the answer is neither JSON nor an event stream"),
        ("{\"answer\": \"x", "the answer is neither JSON nor an event stream"),
        ("[1]", "the answer is neither JSON nor an event stream"),
        ("event: delta\ndata: nothing\n\n", "the data of an event \"delta\" is no JSON"),
        ("event: error\ndata: {\"message\":\"over\\nloaded\"}\n\n", "over loaded"),
        ("event: error\ndata: {}\n\n", "it reports an error"),
        (r#"{"error":"no credit"}"#, "no credit"),
        (r#"{"error":{"message":"no key"}}"#, "no key"),
        (r#"{"error":{"code":7}}"#, "it reports an error"),
    ] {
        assert_eq!(own(body), Err(reason.to_owned()), "{body:?}");
    }
    for (body, reason) in [
        (r#"{"error":{"message":"Incorrect API key"}}"#, "Incorrect API key"),
        (r#"{"object":"error","message":"no such model"}"#, "no such model"),
        ("data: {\"error\":{\"message\":\"overloaded\"}}\n\n", "overloaded"),
        ("data: {\n\n", "a chunk is no JSON"),
        ("<html>", "a web page is no answer"),
    ] {
        assert_eq!(chat(body), Err(reason.to_owned()), "{body:?}");
    }
    let filtered = json!({ "choices": [{ "delta": {}, "finish_reason": "content_filter" }] });
    let body =
        format!("{}data: {filtered}\n\n", chunk("INFERRED\nA long enough answer, all of it"));
    assert_eq!(chat(&body), Err("the model's filter took the answer".to_owned()));
}

#[test]
fn an_answer_too_large_to_be_one_is_refused_or_cut() {
    let mut reader = Reader::<Value>::new(Protocol::Baton, question());
    assert_eq!(reader.push(b"{\"answer\":\""), Ok(true));
    let spaces = vec![b' '; 1024 * 1024];
    assert_eq!(reader.push(&spaces), Err("the answer is larger than 1 MB".to_owned()));
    let reason = Some("the answer is longer than 20,000 characters".to_owned());
    let long = "日".repeat(MOST_CHARS + 1);
    for body in [json!({ "answer": &long }).to_string(), delta(&long[..30_000]) + &delta(&long)] {
        let reply = own(&body).unwrap().unwrap();
        assert_eq!(reply.text.chars().count(), MOST_CHARS + 2);
        assert_eq!((reply.problem, reply.inferred), (reason.clone(), true));
    }
}

#[test]
fn a_cut_stream_leaves_words_one_can_act_on_or_a_reason() {
    let early = "the stream ended before the answer did";
    let long = "Open Billing, choose the month, then press Download.";
    assert!(long.len() >= LEAST_CHARS);
    assert_eq!(own(&delta("Open Billing")), Err(early.to_owned()));
    let kept = Reply { problem: Some(early.to_owned()), ..reply(&format!("{long} …")) };
    assert_eq!(own(&delta(long)), Ok(Some(kept.clone())));
    assert_eq!(own(&(delta(long) + "event: done\ndata: {\"conf")), Ok(Some(kept.clone())));
    assert_eq!(chat(&chunk(&format!("INFERRED\n{long}"))), Ok(Some(kept.clone())));
    let grounded = Reply { citations: vec![cited("Invoices")], ..kept };
    assert_eq!(chat(&chunk(&format!("GROUNDED 1\n{long}"))), Ok(Some(grounded)));
    assert_eq!(chat(&chunk("GROUNDED 1\nOpen")), Err(early.to_owned()));
    let stopped = json!({ "choices": [{ "delta": {}, "finish_reason": "length" }] });
    let tokens = chat(&format!("{}data: {stopped}\n\n", chunk(long))).unwrap().unwrap();
    assert_eq!(tokens.problem.as_deref(), Some("the model's limit of tokens cut the answer"));
}

#[test]
fn a_chat_answer_tells_its_worth_in_the_first_line() {
    let parts = ["GROU", "NDED 1, 2\n", "Open **Bil", "ling**."].map(chunk).concat();
    let citations = vec![cited("Invoices"), cited("Receipts")];
    let expected = Reply { citations, inferred: false, ..reply("Open **Billing**.") };
    let role = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n";
    let usage = "data: {\"choices\":[],\"usage\":{\"total_tokens\":7}}\n\n";
    let streamed = [role, &parts, usage, DONE].concat();
    assert_eq!(chat(&streamed), Ok(Some(expected.clone())));
    let (_, shown) = read_in(Protocol::OpenAi, 1, &streamed);
    assert_eq!(shown, ["", "Open **Bil", "Open **Billing**."]);
    let stop = json!({ "choices": [{ "delta": {}, "finish_reason": "stop" }] });
    assert_eq!(chat(&format!("{parts}data: {stop}\n\n")), Ok(Some(expected.clone())));
    let content = "GROUNDED 1 2\nOpen **Billing**.";
    for content in [json!(content), json!([{ "type": "text", "text": content }])] {
        let whole =
            json!({ "choices": [{ "message": { "content": content }, "finish_reason": "stop" }] });
        assert_eq!(chat(&whole.to_string()), Ok(Some(expected.clone())));
    }
    assert_eq!(chat(&(chunk("NOT_KNOWN\nI cannot tell.") + DONE)), Ok(None));
    let human = Reply { needs_human: true, ..reply("A refund needs a person.") };
    assert_eq!(chat(&(chunk("NEEDS_HUMAN\nA refund needs a person.") + DONE)), Ok(Some(human)));
    // A source that was never given is none.
    assert_eq!(chat(&(chunk("GROUNDED 9\nYes.") + DONE)), Ok(Some(reply("Yes."))));
    assert_eq!(chat(&(chunk("Yes.") + DONE)), Ok(Some(reply("Yes."))));
}

#[test]
fn a_first_line_is_understood_as_models_write_it() {
    for (written, worth, articles, text) in [
        ("GROUNDED 1 3\nA", Worth::Grounded, &[1, 3][..], "A"),
        ("**GROUNDED 2**\n\n- a\n- b", Worth::Grounded, &[2], "- a\n- b"),
        ("`GROUNDED [1], [2]`\n**Open** it", Worth::Grounded, &[1, 2], "**Open** it"),
        ("INFERRED: Open it", Worth::Inferred, &[], "Open it"),
        ("NEEDS_HUMAN", Worth::NeedsHuman, &[], ""),
        (
            "<think>\nGROUNDED 1\n</think>\n\nGROUNDED 2\n2 apples",
            Worth::Grounded,
            &[2],
            "2 apples",
        ),
        ("GROUNDED 1\n2. Open", Worth::Grounded, &[1], "2. Open"),
        (
            "Inferred values are shown\nhere",
            Worth::Inferred,
            &[],
            "Inferred values are shown\nhere",
        ),
        ("<think> no end", Worth::Inferred, &[], ""),
        ("", Worth::Inferred, &[], ""),
    ] {
        let marked = marker::split(written, true).unwrap();
        assert_eq!(
            (marked.worth, &*marked.articles, marked.text),
            (worth, articles, text),
            "{written:?}"
        );
    }
    for held in ["", "GROUN", "GROUNDED 1", "<thi", "<think>so it is\n", "Yes."] {
        assert_eq!(marker::split(held, false), None, "{held:?}");
    }
    assert!(marker::split(&"a".repeat(41), false).is_some());
}

#[test]
fn markup_and_hostile_links_stay_data() {
    let evil = "<script>alert(1)</script> [x](javascript:alert(1)) \u{202e}txt.exe\u{0}\u{1b}[2J";
    let answer = json!({
        "answer": evil,
        "citations": [
            { "title": "<img src=x onerror=alert(1)>", "url": "javascript:alert(1)" },
            { "title": "", "url": "data:text/html,x" },
            { "title": "Mail", "url": "mailto:a@b.example" },
        ],
        "reason": "\u{202e}evil\u{7}",
    });
    let reply = own(&answer.to_string()).unwrap().unwrap();
    // The panel shows text as text; what changes how it reads is gone.
    assert_eq!(reply.text, "<script>alert(1)</script> [x](javascript:alert(1)) txt.exe[2J");
    let urls: Vec<_> = reply.citations.iter().map(|one| &*one.url).collect();
    assert_eq!(urls, ["", "mailto:a@b.example"]);
    assert_eq!(reply.reason.as_deref(), Some("evil"));
    let many = json!({ "answer": "x", "citations": vec![json!({ "url": "/a" }); 500] });
    assert_eq!(own(&many.to_string()).unwrap().unwrap().citations.len(), 10);
}

#[test]
fn the_browsers_model_counts_only_if_it_names_an_article_it_was_given() {
    let asked = question();
    let answer = |written: &Value| local::answer::<Value>(&written.to_string(), &asked);
    let good = json!({ "known": true, "articles": [1, 1, 7], "answer": " Open Billing.\u{202e} " });
    let expected = Reply { citations: vec![cited("Invoices")], ..reply("Open Billing.") };
    assert_eq!(answer(&good), Some(expected));
    for bad in [
        json!({ "known": false, "articles": [1], "answer": "Open Billing." }),
        json!({ "known": true, "articles": [], "answer": "Open Billing." }),
        json!({ "known": true, "articles": [0, -1, 3, 1e99], "answer": "Open Billing." }),
        json!({ "known": true, "articles": [1], "answer": " " }),
        json!({ "known": true, "articles": [1], "answer": "x".repeat(5000) }),
        json!({ "known": "true", "articles": [1], "answer": "x" }),
        json!([]),
    ] {
        assert_eq!(answer(&bad), None, "{bad}");
    }
    assert_eq!(local::answer::<Value>("Sure! {", &asked), None);
}

#[test]
fn a_polished_summary_makes_no_number_up() {
    let original = "Export fails with HTTP 500 since 3 days, order 1042.";
    let polished = "The export of order 1042 has failed with HTTP 500 for 3 days.";
    assert_eq!(local::polished(polished, original).as_deref(), Some(polished));
    assert_eq!(local::polished("The export has failed for 4 days.", original), None);
    assert_eq!(local::polished(" \u{202e}\n", original), None);
    let written = json!({ "summary": polished }).to_string();
    assert_eq!(local::summarised::<Value>(&written, original).as_deref(), Some(polished));
    assert_eq!(local::summarised::<Value>("{}", original), None);
}

#[test]
fn the_same_words_have_the_same_key() {
    assert_eq!(key("Open  Billing.\n"), key("Open Billing."));
    assert_ne!(key("Open Billing."), key("OpenBilling."));
    assert_eq!(key("").len(), 16);
}
