//! What each format holds. That other tools take it is for the end-to-end tests.

mod support;

use baton_evidence::export::{ExportError, Format, export};
use baton_packet::{Attachment, FormField, Packet, Redaction};
use serde_json::{Value, json};
use support::{console, error, packet, request, step};

fn made(format: Format, packet: &Packet) -> String {
    export(format, packet, &|_| None).unwrap()
}

fn made_json(format: Format, packet: &Packet) -> Value {
    serde_json::from_str(&made(format, packet)).unwrap()
}

const PAGE: &str = "https://app.acme.example/invoices";

fn with(mut record: Value, fields: Value) -> Value {
    record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    record
}

fn click(ms: u32, target: &str, selectors: &[&str]) -> Value {
    let fields = json!({"selectors": selectors, "point": {"x": 5.0, "y": 6.5}});
    with(step(ms, "click", target, PAGE), fields)
}

fn field(ms: u32, kind: &str, length: u32, value: Option<&str>) -> Value {
    let fields = json!({
        "selectors": [format!("css=#{kind}")], "value": value,
        "field": {"kind": kind, "length": length, "private": value.is_none()},
    });
    with(step(ms, "input", &format!("field “{kind}”"), PAGE), fields)
}

/// Everything an export has to fold, in the order the sensors see it.
fn story() -> Packet {
    packet(json!({
        "steps": [
            click(100, "link “Invoices”", &["role=link[name=\"Invoices\"]", "css=#nav > a"]),
            step(110, "navigate", "", PAGE),
            field(500, "email", 9, Some("[e-mail]")),
            field(600, "password", 8, None),
            field(700, "text", 4, Some("Löwe'")),
            with(click(900, "label “Agree”", &["text=\"Agree\""]), json!({"value": "checked"})),
            with(click(980, "checkbox “News”", &["css=#news"]), json!({"value": "unchecked"})),
            with(step(1_000, "key", "field “text”", PAGE), json!({"key": "Enter", "selectors": ["css=#text"]})),
            field(1_001, "text", 5, Some("Löwe2")),
            click(1_002, "button “Save”", &["role=button[name=\"Save\"]"]),
            step(1_003, "submit", "form", PAGE),
            with(step(1_500, "visibility", "tab", PAGE), json!({"value": "hidden"})),
            click(2_000, "cell", &["css=td"]),
            click(2_100, "cell", &["css=td"]),
            with(step(2_110, "double_click", "cell", PAGE), json!({"selectors": ["css=td"]})),
            click(3_000, "button “In”", &["css=my-app >> css=x-row >> role=button[name=\"In\"]"]),
        ],
        "errors": [error(3_100, "TypeError", "Uncaught TypeError: invoice 2041 of [e-mail] (lost)", "at f")],
    }))
}

#[test]
fn the_recording_has_one_step_for_each_action_of_the_customer() {
    let flow = made_json(Format::Recorder, &story());
    let steps: Vec<String> = flow["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| {
            let of = |name: &str| step[name].as_str().unwrap_or_default().to_owned();
            let selector = step["selectors"][0].as_array().cloned().unwrap_or_default();
            let path: Vec<&str> = selector.iter().filter_map(Value::as_str).collect();
            format!("{} {}{}{}", of("type"), of("key"), of("value"), path.join(" > "))
        })
        .collect();
    assert_eq!(
        steps,
        [
            "setViewport ",
            "navigate ",
            "click aria/Invoices[role=\"link\"]",
            "change ann.sample@example.com#email",
            "change Sample-P#password",
            "change Löwe'#text",
            "click text/Agree",
            "click #news",
            "change Löwe2#text",
            "keyDown Enter",
            "keyUp Enter",
            "doubleClick td",
            "click my-app > x-row > aria/In[role=\"button\"]",
        ]
    );
    assert_eq!(flow["steps"][2]["assertedEvents"][0]["url"], PAGE);
    assert_eq!(
        (&flow["steps"][2]["offsetX"], &flow["steps"][2]["offsetY"]),
        (&json!(5.0), &json!(6.5))
    );
}

#[test]
fn the_test_looks_for_the_error_that_was_seen() {
    let test = made(Format::Playwright, &story());
    for line in [
        "process.env.BATON_BASE_URL ?? 'https://app.acme.example'",
        "page.goto(at('/invoices'))",
        "page.getByRole('link', { name: 'Invoices', exact: true }), page.locator('css=#nav > a')",
        ".fill(process.env.BATON_INPUT_1 ?? 'ann.sample@example.com')",
        ".fill(process.env.BATON_INPUT_2 ?? 'Sample-P')",
        r".fill('Löwe\'')",
        "getByText('Agree', { exact: true })])).setChecked(true)",
        "locator('css=#news')])).setChecked(false)",
        ".press('Enter')",
        ".dblclick()",
        "page.locator('css=my-app').locator('css=x-row').getByRole('button', { name: 'In', exact: true })",
        r"new RegExp('page error: .*invoice \\d+ of .* \\(lost\\)')",
    ] {
        assert!(test.contains(line), "{line} is missing in\n{test}");
    }
    assert_eq!(test.matches(".click()").count(), 2, "no echo is clicked twice");
}

#[test]
fn quick_clicks_are_no_echo_and_a_frame_is_not_where_the_page_begins() {
    let frame = json!({"frame": [0], "url": "https://pay.acme.example/frame"});
    let quick = packet(json!({"steps": [
        with(click(100, "button “Inner”", &["text=\"Inner\""]), frame),
        click(110, "checkbox “A”", &["css=#a"]),
        click(130, "checkbox “B”", &["css=#b"]),
        with(step(140, "key", "checkbox “B”", PAGE), json!({"key": "Tab", "selectors": ["css=#b"]})),
        click(150, "button “C”", &["css=#c"]),
        field(400, "select-multiple", 1, Some("card, note's")),
    ]}));
    let test = made(Format::Playwright, &quick);
    assert_eq!(test.matches(".click()").count(), 4, "{test}");
    assert!(test.contains("page.goto(at('/invoices'))"), "{test}");
    assert!(test.contains("page.mainFrame().childFrames()[0].getByText('Inner', { exact: true })"));
    assert!(test.contains(r".selectOption(['card', 'note\'s'])"), "{test}");
}

#[test]
fn without_an_exception_the_test_looks_for_the_refused_call() {
    let refused = packet(json!({
        "steps": [click(100, "button “Export”", &["data-testid=export"])],
        "network": [request(110, "POST", "https://api.acme.example/v1/export/17?key=[token]", 500, 20)],
    }));
    let test = made(Format::Playwright, &refused);
    assert!(
        test.contains(r"new RegExp('POST [^ ]*\\/v\\d+\\/export\\/\\d+(\\?[^ ]*)? → 500')"),
        "{test}"
    );
    assert!(test.contains("page.getByTestId('export')"));
    let calm = made(Format::Playwright, &packet(json!({})));
    assert!(calm.contains("The report holds no error"));
}

#[test]
fn the_archive_can_stand_in_for_the_servers() {
    let archive = made_json(
        Format::Har,
        &packet(json!({"network": [
            with(request(10, "GET", "https://api.other.example/me?a=1&b", 200, 20), json!({
                "wait_ms": 15.0, "receive_ms": 5.0, "protocol": "h2", "transfer_bytes": 300,
                "response": {"type": "application/json", "bytes": 2, "body": "{}"}})),
            with(request(20, "POST", "/api/save", 422, 5), json!({
                "request": {"headers": [{"name": "x-a", "value": "b"}], "type": "text/plain", "body": "mail [e-mail]"}})),
            with(request(30, "GET", "/api/gone", 0, 5), json!({"failure": "timeout"})),
            with(request(40, "GET", "wss://app.acme.example/live", 0, 900), json!({
                "initiator": "websocket", "close_code": 1006})),
        ]})),
    );
    let entries = &archive["log"]["entries"];
    let (foreign, masked, failed, socket) = (&entries[0], &entries[1], &entries[2], &entries[3]);
    assert_eq!(foreign["time"], json!(20.0));
    assert_eq!(foreign["request"]["httpVersion"], "HTTP/2");
    assert_eq!(foreign["request"]["queryString"][1], json!({"name": "b", "value": ""}));
    let headers = foreign["response"]["headers"].to_string();
    assert!(
        headers.contains("access-control-allow-origin")
            && headers.contains("https://app.acme.example")
    );
    assert_eq!(foreign["response"]["content"]["text"], "{}");
    // A masked body would match no request of a mock.
    assert_eq!(masked["request"]["url"], "https://app.acme.example/api/save");
    assert!(masked["request"].get("postData").is_none());
    assert_eq!(masked["request"]["_postData"]["text"], "mail [e-mail]");
    assert!(!masked["response"]["headers"].to_string().contains("access-control"));
    assert_eq!((&failed["response"]["status"], &failed["_error"]), (&json!(0), &json!("timeout")));
    assert_eq!(
        (&socket["response"]["status"], &socket["_resourceType"]),
        (&json!(101), &json!("websocket"))
    );
}

#[test]
fn a_page_that_goes_elsewhere_late_is_waited_for() {
    let late = packet(json!({"steps": [
        click(2_000, "button “Sign in”", &["role=button[name=\"Sign in\"]"]),
        step(3_500, "navigate", "page", "https://app.acme.example/teams/17?tab=1#top"),
        with(step(4_000, "scroll", "page", PAGE), json!({"point": {"x": 0, "y": 90}})),
        step(9_000, "navigate", "page", "/next"),
        click(20_000, "cell", &[]),
        step(40_000, "navigate", "page", "/last"),
        click(50_000, "cell", &["css=td"]),
    ]}));
    let test = made(Format::Playwright, &late);
    let waits = ".click()\n      await arrive(new RegExp('^[a-z]+:\\\\/\\\\/[^\\\\/?#]+\\\\/teams\\\\/\\\\d+(\\\\?[^#]*)?#top$'))\n";
    assert!(test.contains(waits), "{waits} is missing in\n{test}");
    // Only what cannot be done is gone to.
    let gone: Vec<&str> = test.lines().filter(|line| line.contains("page.goto(")).collect();
    assert_eq!(gone.len(), 2, "{gone:?}");
    assert!(gone[1].contains("'/last'"), "{gone:?}");
    let flow = made_json(Format::Recorder, &late);
    let kinds: Vec<&Value> =
        flow["steps"].as_array().unwrap().iter().map(|step| &step["type"]).collect();
    assert_eq!(kinds, ["setViewport", "navigate", "click", "scroll", "navigate", "click"]);
    let url = |at: usize| &flow["steps"][at]["assertedEvents"][0]["url"];
    assert_eq!(url(2), "https://app.acme.example/teams/17?tab=1#top");
    assert_eq!(url(3), "https://app.acme.example/next");
    let steps = made(Format::Steps, &late);
    assert!(steps.contains("\nOn https://app.acme.example/next\n"), "{steps}");
}

#[test]
fn a_body_that_was_cut_is_none_to_send_or_to_serve() {
    let half = json!({"type": "application/json", "body": "{\"rows\":[1,", "omitted": "cut after 12 bytes"});
    let marked = json!({"type": "text/plain", "body": "rows… [cut, 90 characters]"});
    for content in [half, marked] {
        let cut = packet(json!({"network": [
            with(request(10, "POST", "/api/rows", 500, 20), json!({"request": content, "response": content}))]}));
        let archive = made_json(Format::Har, &cut);
        let (sent, answer) = (
            &archive["log"]["entries"][0]["request"],
            &archive["log"]["entries"][0]["response"]["content"],
        );
        assert!(sent.get("postData").is_none() && answer.get("text").is_none(), "{archive}");
        assert_eq!(sent["_postData"]["text"], content["body"]);
        assert_eq!(answer["_text"], content["body"]);
        let script = made(Format::Curl, &cut);
        assert!(
            script.contains("\n# Only the beginning of its body was recorded.\ncurl "),
            "{script}"
        );
    }
}

#[test]
fn calls_are_repeated_with_variables_for_what_was_masked() {
    let failing = packet(json!({"network": [
        request(5, "GET", "/fine", 200, 5),
        with(request(10, "PUT", "/api/it's?key=[token]", 500, 20), json!({"request": {
            "headers": [{"name": "authorization", "value": "Bearer [token]"}, {"name": "@/etc/passwd", "value": "x"}],
            "type": "application/json", "body": "{\"a\":[1]}"}})),
    ]}));
    let script = made(Format::Curl, &failing);
    for line in [
        "--globoff --proto '=http,https'",
        "--request 'PUT'",
        r#"--url 'https://app.acme.example/api/it'\''s?key='"${BATON_TOKEN:?was masked in the report}""#,
        r#"--header 'authorization: Bearer '"${BATON_TOKEN:?was masked in the report}""#,
        "--header 'content-type: application/json'",
        r#"--data-raw '{"a":[1]}'"#,
    ] {
        assert!(script.contains(line), "{line} is missing in\n{script}");
    }
    assert!(!script.contains("/fine") && !script.contains("passwd"));
    let nothing = export(Format::Curl, &packet(json!({})), &|_| None);
    assert!(matches!(nothing, Err(ExportError::Nothing(_))));
}

#[test]
fn an_embedders_placeholder_and_a_private_fields_are_masks_like_any_other() {
    let mut masked = packet(json!({
        "steps": [
            field(100, "text", 8, Some("[ticket]")),
            click(200, "button “[ticket]”", &["role=button[name=\"[ticket]\"]", "css=#open"]),
        ],
        "network": [with(request(210, "POST", "/api/cases/[ticket]", 500, 20), json!({
            "request": {"type": "application/json", "body": "{\"pw\":\"[private field]\"}"}}))],
        "errors": [error(300, "Error", "Case [ticket] of [list] is locked", "at f")],
    }));
    masked.redactions = vec![Redaction {
        section: "evidence.errors".to_owned(),
        kind: "ticket".to_owned(),
        count: 4,
    }];
    let test = made(Format::Playwright, &masked);
    for line in [
        r"new RegExp('page error: .*Case .* of \\[list\\] is locked')",
        ".fill(process.env.BATON_INPUT_1 ?? 'sample')",
        "find([page.locator('css=#open')])",
    ] {
        assert!(test.contains(line), "{line} is missing in\n{test}");
    }
    let script = made(Format::Curl, &masked);
    assert!(
        script.contains(r#"/api/cases/'"${BATON_TICKET:?was masked in the report}""#),
        "{script}"
    );
    assert!(script.contains(r#"{"pw":"'"${BATON_PRIVATE_FIELD:?was"#), "{script}");
    let archive = made_json(Format::Har, &masked);
    let sent = &archive["log"]["entries"][0]["request"];
    assert!(sent.get("postData").is_none());
    assert_eq!(sent["_postData"]["text"], "{\"pw\":\"[private field]\"}");
}

#[test]
fn steps_are_grouped_by_page_and_end_with_what_went_wrong() {
    let steps = made(Format::Steps, &story());
    assert!(steps.contains("On https://app.acme.example/invoices\n  1. Open this page\n  2. Clicked the link “Invoices”"), "{steps}");
    assert!(
        steps.contains("6. Checked the label “Agree”\n  7. Unchecked the checkbox “News”\n"),
        "{steps}"
    );
    assert!(steps.contains("4. Entered 8 hidden characters in the field “password”"), "{steps}");
    assert!(
        steps.ends_with("\nThen: Uncaught TypeError: invoice 2041 of [e-mail] (lost)\n"),
        "{steps}"
    );
}

#[test]
fn the_report_has_what_a_tracker_needs() {
    let mut packet_asked = story();
    let field = |id: &str, answer: Option<&str>| FormField {
        id: id.to_owned(),
        question: format!("{id}?"),
        answer: answer.map(str::to_owned),
    };
    packet_asked.conversation.fields =
        vec![field("often", Some("Every *time*")), field("since", None)];
    let report = made(Format::Markdown, &packet_asked);
    assert!(!report.contains("since?"), "what was skipped says nothing");
    for part in [
        "## Asked before the hand-over\n\n- often? Every \\*time\\*\n",
        "**Severity:** high",
        "## What was expected\n\nA CSV file",
        "2. Clicked the link “Invoices”",
        "## Error\n\n```text\n",
        "| Browser | Chrome 156.0.8078.79 |",
        "## What led to it",
    ] {
        assert!(report.contains(part), "{part} is missing in\n{report}");
    }
    let hostile = packet(json!({"errors": [error(1, "E", "````\n# no heading", "x")]}));
    assert!(made(Format::Markdown, &hostile).contains("`````text\n"));
}

#[test]
fn console_lines_have_the_keys_of_bidi() {
    let lines = made(
        Format::Console,
        &packet(
            json!({"console": [console(5, "warn", "careful")], "errors": [error(9, "E", "lost", "at f")]}),
        ),
    );
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["type"], &lines[0]["level"]), (&json!("console"), &json!("warn")));
    assert_eq!(lines[0]["timestamp"], json!(support::ORIGIN as i64 + 5));
    assert_eq!((&lines[1]["type"], &lines[1]["text"]), (&json!("javascript"), &json!("E: lost")));
}

fn types(events: &Value) -> Vec<u64> {
    events.as_array().unwrap().iter().map(|event| event["type"].as_u64().unwrap()).collect()
}

#[test]
fn a_recording_begins_with_its_page_and_holds_the_other_records() {
    let at = support::ORIGIN;
    let page = json!({"node": {"type": 0, "id": 1, "childNodes": []}, "initialOffset": {"top": 0, "left": 0}});
    let events = json!([
        {"type": 3, "timestamp": at + 1.0, "data": {}},
        {"type": 4, "timestamp": at + 2.0, "data": {"href": "x", "width": 5, "height": 5}},
        {"type": 2, "timestamp": at + 3.0, "data": page},
        {"type": 3, "timestamp": at + 60.0, "data": {}},
        "no event",
    ]);
    let mut recorded = packet(json!({
        "steps": [step(1, "click", "button “A”", PAGE)], "errors": [error(50, "E", "lost", "")],
        "replay": {"kind": "recording", "inline": events, "events": 4, "duration_ms": 59.0, "gaps": []},
    }));
    let shown = made_json(Format::Rrweb, &recorded);
    assert_eq!(types(&shown), [4, 2, 5, 5, 3]);
    assert_eq!(shown[0]["data"]["href"], "x");
    assert_eq!(
        (&shown[2]["data"]["tag"], &shown[3]["data"]["tag"]),
        (&json!("baton:step"), &json!("baton:error"))
    );
    // The same events as a file.
    let replay = recorded.evidence.replay.as_mut().unwrap();
    let bytes = serde_json::to_vec(&std::mem::take(&mut replay.inline)).unwrap();
    replay.attachment = Some("replay.json".to_owned());
    let files = |name: &str| (name == "replay.json").then(|| bytes.clone());
    let from_file: Value =
        serde_json::from_str(&export(Format::Rrweb, &recorded, &files).unwrap()).unwrap();
    assert_eq!(from_file, shown);
}

#[test]
fn without_a_recording_the_screenshot_stands_in_and_says_so() {
    let mut still = packet(json!({}));
    still.attachments = vec![Attachment::of("screenshot-1.png", "image/png", b"abc")];
    let files = |_: &str| Some(b"abc".to_vec());
    let shown: Value =
        serde_json::from_str(&export(Format::Rrweb, &still, &files).unwrap()).unwrap();
    assert_eq!(types(&shown), [4, 2, 5]);
    assert!(shown[1].to_string().contains("data:image/png;base64,YWJj"));
    assert_eq!(shown[2]["data"]["payload"]["shown"], "screenshot");
    still.attachments[0].media_type = "image/svg+xml".to_owned();
    let named: Value =
        serde_json::from_str(&export(Format::Rrweb, &still, &files).unwrap()).unwrap();
    assert_eq!(named[2]["data"]["payload"]["shown"], "title and address");
}
