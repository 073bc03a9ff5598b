//! Who answers, in a real browser: an endpoint that behaves as told, and help articles.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

#[path = "support/answering.rs"]
mod answering;

use answering::{
    Answers, HELP, Hurry, JSON, NO_NETWORK, QUESTION, eval, get, json, pause, set, stream, text,
};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn an_endpoint_answers_and_gets_nothing_private() {
    let fetch = format!(
        "() => ({JSON})({{ answer: 'Open **Billing**.', confidence: 0.8, citations: [{{ title: 'Invoices', url: '/help/invoices' }}] }})"
    );
    let answers = Answers::new("{ ai: { url: '/ai', headers: { 'x-app': '7' } } }", &fetch);
    let answer = answers
        .answer(
            "{ question: 'My mail is ana@acme.example, card 4242 4242 4242 4242',
               transcript: [{ author: 'customer', text: 'Call me: +49 170 1234567, token=sk_live_aaaaaaaaaaaaaaaaaaaaaaaa' },
                   { author: 'customer', text: 'My mail is ana@acme.example, card 4242 4242 4242 4242' }],
               triage: { intent: 'how_to', urgency: 'low', customer_state: 'calm', topics: ['privacy'], language: 'en' },
               language: 'en', locale: 'en-GB', page_url: 'https://app.example/?email=ana@acme.example', tried: [] }",
        )
        .await;
    assert_eq!(get(&answer, "provider"), "ai");
    assert_eq!(get(&answer, "text"), "Open **Billing**.");
    assert_eq!(get(&answer, "confidence"), 0.8);
    assert_eq!(get(&answer, "grounded"), true);
    assert_eq!(get(&answer, "inferred"), false);
    assert_eq!(get(&answer, "needs_human"), false);
    let source = get(&get(&answer, "sources"), "0");
    let url = get(&source, "url").as_string().unwrap();
    assert!(url.starts_with("http") && url.ends_with("/help/invoices"), "{url}");
    assert!(get(&answer, "key").as_string().unwrap().starts_with("ai:"));
    let sent = answers.sent();
    for secret in ["acme.example", "4242 4242", "1234567", "sk_live"] {
        assert!(!sent.contains(secret), "{sent}");
    }
    let document = js_sys::JSON::parse(&sent).unwrap();
    let transcript: Array = get(&document, "transcript").unchecked_into();
    assert_eq!(transcript.length(), 1, "the question itself is not said twice");
    assert_eq!(
        json(&get(&document, "triage")),
        "{\"intent\":\"how_to\",\"urgency\":\"low\",\"customer_state\":\"calm\",\"topics\":[\"privacy\"],\"language\":\"en\"}"
    );
    let init = get(&answers.asked.get(0), "1");
    assert_eq!(get(&init, "method"), "POST");
    assert_eq!(get(&init, "redirect"), "error");
    assert_eq!(get(&init, "credentials"), "same-origin");
    let headers: web_sys::Headers = get(&init, "headers").unchecked_into();
    assert_eq!(headers.get("x-app").unwrap().as_deref(), Some("7"));
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn a_stream_is_shown_while_it_is_written_at_most_twenty_times_a_second() {
    let texts =
        "Array.from({ length: 60 }, (_, n) => `event: delta\\ndata: {\"text\":\"${n} \"}\\n\\n`)";
    let end = "controller.enqueue(new TextEncoder().encode('event: done\\ndata: {\"inferred\":true}\\n\\n'))";
    let answers = Answers::new("{ ai: '/ai' }", &stream(texts, 10, end));
    let start = js_sys::Date::now();
    let answer = answers.ask().await;
    let seconds = (js_sys::Date::now() - start) / 1000.0;
    let text = get(&answer, "text").as_string().unwrap();
    assert!(text.starts_with("0 1 2") && text.ends_with("59"), "{text}");
    let parts: Vec<String> = answers.parts.iter().map(|part| part.as_string().unwrap()).collect();
    assert!(parts.len() > 3 && (parts.len() as f64) < seconds * 20.0 + 2.0, "{}", parts.len());
    for pair in parts.windows(2) {
        assert!(pair[1].starts_with(&pair[0]) && pair[1] != pair[0], "{pair:?}");
    }
}

#[wasm_bindgen_test]
async fn a_part_that_waited_is_shown_though_nothing_follows() {
    let texts = "['event: delta\\ndata: {\"text\":\"one \"}\\n\\n', 'event: delta\\ndata: {\"text\":\"two\"}\\n\\n']";
    let answers = Answers::new("{ ai: '/ai' }", &stream(texts, 5, ""));
    let answer = answers.start(QUESTION);
    pause(400).await;
    assert_eq!(json(&answers.parts), "[\"one \",\"one two\"]");
    baton::answers::stop();
    assert!(JsFuture::from(answer).await.unwrap().is_null());
}

#[wasm_bindgen_test]
async fn a_chat_endpoint_is_known_by_its_address_and_its_first_line_is_not_shown() {
    let chunk = |text: &str| {
        format!("'data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\\n\\n'")
    };
    let texts = format!(
        "[{}, {}, {}, 'data: [DONE]\\n\\n']",
        chunk("INFER"),
        chunk("RED\\\\nOpen "),
        chunk("Billing.")
    );
    let config = "{ ai: { url: '/v1/chat/completions', model: 'small', system: 'We are Acme.', headers: { authorization: 'Bearer x' } } }";
    let answers = Answers::new(config, &stream(&texts, 60, ""));
    let answer = answers.ask().await;
    assert_eq!(get(&answer, "text"), "Open Billing.");
    assert_eq!(get(&answer, "inferred"), true);
    assert_eq!(get(&answer, "grounded"), false);
    assert!(get(&answer, "confidence").is_null());
    for part in answers.parts.iter() {
        assert!("Open Billing.".starts_with(part.as_string().unwrap().trim()), "{part:?}");
    }
    let sent = answers.sent();
    assert!(sent.contains("\"model\":\"small\"") && sent.contains("We are Acme."), "{sent}");
    assert!(sent.contains("\"stream\":true"), "{sent}");
}

#[wasm_bindgen_test]
async fn whatever_an_endpoint_does_wrong_is_told_and_no_dead_end() {
    for (fetch, reason) in [
        (
            "() => { throw new TypeError('Failed to fetch') }",
            "Failed to fetch (no network, not allowed by CORS, or a redirect that is refused)",
        ),
        ("() => 7", "fetch gave no response"),
        ("() => new Response('<html>Welcome</html>')", "a web page is no answer"),
        (
            "() => new Response('{\"error\":{\"message\":\"no key\"}}', { status: 401 })",
            "HTTP 401: no key",
        ),
        ("() => new Response('<h1>Bad gateway</h1>', { status: 502 })", "HTTP 502"),
        ("() => new Response('')", "the answer is empty"),
        ("() => new Response(null, { status: 204 })", "the answer is empty"),
        (
            "() => new Response('event: error\\ndata: {\"message\":\"overloaded\"}\\n\\n')",
            "overloaded",
        ),
        (
            "() => new Response('event: delta\\ndata: {\"text\":\"Open\"}\\n\\n')",
            "the stream ended before the answer did",
        ),
        (
            "() => new Response(new ReadableStream({ start(c) { c.error(new TypeError('network error')) } }))",
            "network error",
        ),
    ] {
        let answers = Answers::new("{ ai: '/ai' }", fetch);
        assert!(answers.ask().await.is_null(), "{fetch}");
        let told = answers.told();
        assert!(
            told.starts_with("answers_ai: ai: /ai: ") && told.contains(reason),
            "{fetch}: {told}"
        );
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_breaks_off_is_kept_as_inferred_or_taken_back() {
    let long = "Open Billing, choose the month, then press Download.";
    let texts = format!("['event: delta\\ndata: {{\"text\":\"{long}\"}}\\n\\n']");
    let breaks = "await new Promise(run => setTimeout(run, 100)); controller.error(new TypeError('connection lost'))";
    let answers = Answers::new("{ ai: '/ai' }", &stream(&texts, 5, breaks));
    let answer = answers.ask().await;
    assert_eq!(get(&answer, "text"), format!("{long} …"));
    assert_eq!(get(&answer, "inferred"), true);
    assert!(get(&answer, "confidence").is_null());
    assert!(answers.told().ends_with("connection lost"), "{}", answers.told());
    let short = texts.replace(long, "Open");
    let answers = Answers::new("{ ai: '/ai' }", &stream(&short, 5, breaks));
    assert!(answers.ask().await.is_null());
    // What was shown is not the answer after all.
    assert_eq!(json(&answers.parts), "[\"Open\",\"\"]");
}

#[wasm_bindgen_test]
async fn every_wait_for_an_endpoint_ends() {
    let never = "() => new Promise(() => {})";
    let silent = "() => new Response(new ReadableStream({}))";
    let drip = stream("Array(1e6).fill(': still here\\n\\n')", 900, "");
    for (fetch, speed, config, reason) in [
        (never, 20, "{ ai: '/ai' }", "no answer in time"),
        (silent, 20, "{ ai: '/ai' }", "nothing came for ten seconds"),
        (&*drip, 60, "{ ai: '/ai' }", "it took too long"),
        (&*drip, 1, "{ ai: { url: '/ai', timeoutMs: 300 } }", "it took too long"),
    ] {
        let answers = Answers::new(config, fetch);
        let start = js_sys::Date::now();
        let hurry = Hurry::times(speed);
        let answer = answers.ask().await;
        drop(hurry);
        let seconds = (js_sys::Date::now() - start) / 1000.0;
        assert!(answer.is_null() && seconds < 3.0, "{seconds} s: {reason}");
        assert!(answers.told().contains(reason), "{}", answers.told());
    }
}

#[wasm_bindgen_test]
async fn stopping_aborts_the_request_and_a_new_question_stops_the_old_one() {
    set(&js_sys::global(), "aborted", &0.into());
    let texts = "Array(100).fill('event: delta\\ndata: {\"text\":\"word \"}\\n\\n')";
    let answers = Answers::new("{ ai: '/ai' }", &stream(texts, 50, ""));
    let first = answers.start(QUESTION);
    pause(120).await;
    let second = answers.start(QUESTION);
    assert!(JsFuture::from(first).await.unwrap().is_null());
    pause(120).await;
    baton::answers::stop();
    assert!(JsFuture::from(second).await.unwrap().is_null());
    assert_eq!(get(&js_sys::global(), "aborted"), 2);
    let shown = answers.parts.length();
    pause(200).await;
    assert_eq!(answers.parts.length(), shown, "nothing is shown after the stop");
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn an_answer_shown_before_is_not_shown_again() {
    let fetch = format!("() => ({JSON})({{ answer: 'Open Billing.' }})");
    let answers = Answers::new("{ ai: '/ai' }", &fetch);
    let key = get(&answers.ask().await, "key").as_string().unwrap();
    let again = format!("{{ question: 'And now?', tried: ['{key}'] }}");
    assert!(answers.answer(&again).await.is_null());
}

#[wasm_bindgen_test]
async fn a_callback_that_throws_and_odd_requests_do_no_harm() {
    let fetch = format!("() => ({JSON})({{ answer: 'Open Billing.' }})");
    let answers = Answers::new("{ ai: '/ai', answerOrder: ['nobody', 7, 'ai'] }", &fetch);
    for request in [
        "null",
        "{ question: 7, transcript: 'x', triage: [1], tried: {} }",
        "{ transcript: [null, 7, {}] }",
    ] {
        assert_eq!(get(&answers.answer(request).await, "text"), "Open Billing.", "{request}");
    }
    let throws = Function::new_no_args("throw new Error('host')");
    let texts = "['event: delta\\ndata: {\"text\":\"Open Billing.\"}\\n\\n', 'event: done\\ndata: {}\\n\\n']";
    let answers = Answers::new("{ ai: '/ai' }", &stream(texts, 80, ""));
    let answer = baton::answers::answer(eval(QUESTION), throws.into()).await.unwrap();
    assert_eq!(get(&answer, "text"), "Open Billing.");
    assert_eq!(answers.told(), "");
    for config in
        ["{}", "{ ai: null }", "{ ai: { url: 7 } }", "{ ai: '/ai', answerOrder: ['articles'] }"]
    {
        assert!(Answers::new(config, &fetch).ask().await.is_null(), "{config}");
    }
}

#[wasm_bindgen_test]
async fn only_a_person_can_help_is_an_answer_too() {
    let fetch = format!("() => ({JSON})({{ answer: '', needs_human: true, reason: 'a refund' }})");
    let answers = Answers::new("{ ai: '/ai' }", &fetch);
    let answer = answers.ask().await;
    assert_eq!(get(&answer, "needs_human"), true);
    assert_eq!(get(&answer, "reason"), "a refund");
    assert_eq!(get(&answer, "text"), "");
}

const FEED: &str = "{ articles: [
    { id: 'invoice', title: 'Download an invoice', url: '/help/invoice', body: 'To download an invoice, open **Billing** and choose **Download**.' },
    { id: 'reset', title: 'Reset your password', url: 'https://help.example/reset', body: 'Choose **Forgot password** on the sign-in page.' },
    7, { title: 7 } ] }";

#[wasm_bindgen_test]
async fn articles_are_quoted_whatever_form_they_come_in() {
    let index = baton_answers::articles::Index::build(baton_answers::articles::read_markdown(HELP))
        .index
        .to_bytes();
    let index = format!("() => new Response(Uint8Array.from({index:?}))");
    let as_json = format!("() => ({JSON})({FEED})");
    let one_of_two = format!(
        "url => url === '/gone' ? new Response('', {{ status: 404 }}) : ({})()",
        text(HELP)
    );
    for (config, fetch, told) in [
        ("{ articles: '/a.md' }", &*text(HELP), "the url is left out"),
        ("{ articles: '/a.index' }", &*index, ""),
        ("{ articles: '/a.json' }", &*as_json, "articles[3]: title is no text"),
        ("{ articles: ['/gone', '/a.json'] }", &*one_of_two, "/gone: HTTP 404"),
        (&*format!("{{ articles: {FEED} }}"), NO_NETWORK, "articles[3]: title is no text"),
        (&*format!("{{ articles: {FEED}.articles.slice(0, 2) }}"), NO_NETWORK, ""),
    ] {
        let answers = Answers::new(config, fetch);
        let answer = answers.ask().await;
        assert_eq!(get(&answer, "provider"), "articles", "{config}: {}", answers.told());
        assert_eq!(get(&answer, "key"), "articles:invoice");
        assert_eq!(get(&answer, "title"), "Download an invoice");
        let text = get(&answer, "text").as_string().unwrap();
        assert!(text.contains("open **Billing**"), "{text}");
        let url = get(&answer, "url").as_string().unwrap();
        assert!(url.starts_with("http") && url.ends_with("/help/invoice"), "{url}");
        assert_eq!(
            json(&get(&answer, "sources")),
            format!("[{{\"title\":\"Download an invoice\",\"url\":\"{url}\"}}]")
        );
        assert_eq!(
            (get(&answer, "grounded").as_bool(), get(&answer, "inferred").as_bool()),
            (Some(true), Some(false))
        );
        assert!(get(&answer, "confidence").as_f64().unwrap() >= 0.5);
        let heard = answers.told();
        assert!(heard.contains(told) && heard.is_empty() == told.is_empty(), "{config}: {heard}");
        let asked = answers.asked.length();
        assert_eq!(get(&answers.ask().await, "key"), "articles:invoice");
        assert_eq!(answers.asked.length(), asked, "it is fetched once");
        let again = "{ question: 'How do I download an invoice?', tried: ['articles:invoice'] }";
        assert!(answers.answer(again).await.is_null());
        assert!(
            answers
                .answer("{ question: 'You are terrible and I want my money back' }")
                .await
                .is_null()
        );
    }
}

#[wasm_bindgen_test]
async fn a_feed_that_is_none_is_named_and_the_next_one_answers() {
    let large = "() => { let left = 30; return new Response(new ReadableStream({ pull(c) { left-- ? c.enqueue(new Uint8Array(1e6)) : c.close() } })) }";
    for (fetch, reason) in [
        ("() => new Response('', { status: 404 })", "/a.json: HTTP 404"),
        (
            "() => new Response('<!DOCTYPE html><h1>Sign in</h1>')",
            "a web page is no feed of articles",
        ),
        (large, "it is larger than 20 MB"),
        ("() => new Response('{ \"articles\": [')", "JSON"),
        ("() => new Response('{ \"articles\": 7 }')", "articles is no list"),
        ("() => new Response('{}')", "there is no list of articles"),
        ("() => new Response('[]')", "there is no article in it"),
        ("() => new Response('')", "there is no article in it"),
        ("() => new Response('BTNARTCL\\x01\\x00 damaged beyond repair')", "damaged"),
        ("() => { throw new TypeError('Failed to fetch') }", "Failed to fetch"),
    ] {
        let fetch =
            format!("url => url === '/ai' ? ({JSON})({{ answer: 'Open Billing.' }}) : ({fetch})()");
        let answers = Answers::new("{ articles: '/a.json', ai: '/ai' }", &fetch);
        assert_eq!(get(&answers.ask().await, "provider"), "ai", "{reason}");
        let told = answers.told();
        assert!(
            told.starts_with("answers_articles: articles: ") && told.contains(reason),
            "{told}"
        );
        assert_eq!(get(&answers.ask().await, "provider"), "ai");
        assert_eq!(answers.asked.length(), 3, "a broken feed is not fetched for each question");
    }
}

#[wasm_bindgen_test]
async fn a_library_is_indexed_with_turns_for_the_page() {
    let many = "Array.from({ length: 2000 }, (_, n) => ({ id: `a${n}`, title: `Article ${n} on subject ${n * 7919 % 997}`,
        body: Array.from({ length: 120 }, (_, w) => `word${(n * 31 + w * w * 17) % 4000}`).join(' ') + '.' }))";
    let answers = Answers::new(&format!("{{ articles: {many} }}"), NO_NETWORK);
    let blocked = Function::new_no_args(
        "const longest = { ms: 0 }; let last = performance.now(), on = true
         const tick = () => { const now = performance.now(); longest.ms = Math.max(longest.ms, now - last); last = now; if (on) setTimeout(tick, 0) }
         setTimeout(tick, 0)
         return { longest, end: () => { on = false } }",
    );
    let watch = blocked.call0(&JsValue::NULL).unwrap();
    let answer = answers.answer("{ question: 'Where is article 77 on subject 597?' }").await;
    let end: Function = get(&watch, "end").unchecked_into();
    end.call0(&JsValue::NULL).unwrap();
    let longest = get(&get(&watch, "longest"), "ms").as_f64().unwrap();
    // This build is not optimised; the shipped one is held to 50 ms by the e2e tests.
    assert!(longest < 1500.0, "{longest} ms");
    assert!(!answer.is_undefined());
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn a_model_gets_the_articles_that_were_not_sure_enough() {
    let fetch =
        format!("url => url === '/ai' ? ({JSON})({{ answer: 'Yes.' }}) : ({})()", text(HELP));
    let answers = Answers::new("{ articles: '/a.md', ai: '/ai' }", &fetch);
    let vague = "{ question: 'We had an accident; does any warranty cover that at all, and for how long?', language: 'en' }";
    assert_eq!(get(&answers.answer(vague).await, "provider"), "ai");
    let sent = get(&get(&answers.asked.get(1), "1"), "body").as_string().unwrap();
    assert!(sent.contains("Bicycles come with a warranty of two years."), "{sent}");
    assert!(!sent.contains("javascript:"), "{sent}");
    let order = "{ articles: '/a.md', ai: '/ai', answerOrder: ['ai', 'articles'] }";
    let answers = Answers::new(order, &fetch);
    assert_eq!(get(&answers.ask().await, "provider"), "ai");
    let failing =
        format!("url => url === '/ai' ? new Response('', {{ status: 500 }}) : ({})()", text(HELP));
    let answers = Answers::new(order, &failing);
    assert_eq!(get(&answers.ask().await, "provider"), "articles");
    assert!(answers.told().contains("HTTP 500"), "{}", answers.told());
}
