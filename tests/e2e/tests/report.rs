//! The main job: a bug report leaves the demo page and a human can read it.

use anyhow::{Context, Result};
use baton_e2e::demo::meet_exception;
use baton_e2e::picture::Region;
use baton_e2e::{Desk, Page, Picture, scenario, workspace};
use baton_packet::{
    Assurance, Author, Channel, ConsentVia, ErrorKind, Initiator, Intent, Packet, sha256_hex,
};
use serde_json::{Value, json};

const COMPLAINT: &str = "When I open an invoice, nothing happens. Please fix this bug.";
const BUG_2: &str = "Cannot read properties of undefined (reading 'address')";

/// Mean difference, of 255, up to which two pictures show the same: text is laid
/// out by the same engine and only its edges are smoothed in another way.
const LIKE: f64 = 2.0;

/// What the tests below look at: the packet and what the page itself said.
struct Reported {
    desk: Desk,
    id: String,
    packet: Packet,
    /// The page as the browser painted it, without the launcher, before the panel opened.
    reference: Picture,
    /// The page with the open panel.
    covered: Picture,
    spoken: String,
    items: Vec<Value>,
    confirmation: String,
    wasm_started_ms: f64,
    own: Value,
}

/// The whole way, as a customer goes it.
async fn report_bug_2(page: &Page) -> Result<Reported> {
    let desk = Desk::start().await?;
    meet_exception(page, &desk).await?;

    let wasm = "performance.getEntriesByType('resource').find(e => e.name.includes('.wasm'))";
    let early: bool = page.js(&format!("return !!{wasm}"), &[]).await?;
    assert!(!early, "the widget was downloaded before anybody wanted it");
    let reference = without_launcher(page).await?;

    let panel = page.panel();
    panel.open().await?;
    let covered = page.picture().await?;
    panel.say(COMPLAINT).await?;
    panel.wait_for("I am bringing in").await?;
    let spoken = panel.text().await?;
    panel.review().await?;
    let items = panel.review_items().await?;
    let id = panel.send().await?;
    let confirmation = panel.text().await?;

    let packet = desk.packet(&id).await?;
    let wasm_started_ms = page.js(&format!("return {wasm}.startTime"), &[]).await?;
    let own = page
        .js(
            "return { url: location.href, title: document.title, width: innerWidth,
                height: innerHeight, clientWidth: document.documentElement.clientWidth,
                ratio: devicePixelRatio, languages: navigator.languages,
                zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
                agent: navigator.userAgent }",
            &[],
        )
        .await?;
    Ok(Reported {
        desk,
        id,
        packet,
        reference,
        covered,
        spoken,
        items,
        confirmation,
        wasm_started_ms,
        own,
    })
}

async fn without_launcher(page: &Page) -> Result<Picture> {
    page.js_async::<Value>("await Baton.hide()").await?;
    let picture = page.picture().await?;
    page.js_async::<Value>("await Baton.show()").await?;
    Ok(picture)
}

#[test]
fn a_bug_report_reaches_the_desk_with_everything_a_human_needs() {
    scenario(async |page| {
        let reported = report_bug_2(page).await?;
        let packet = &reported.packet;
        assert_eq!(packet.id.as_str(), reported.id);
        assert_eq!(reported.desk.ids().await?, [reported.id.as_str()]);

        the_conversation_is_whole(&reported);
        the_decision_gives_its_reasons(&reported);
        the_error_is_there_with_its_stack(packet)?;
        the_line_logged_before_the_widget_is_there(&reported)?;
        the_environment_is_the_browsers_own(page, &reported);
        the_application_says_who_and_what(packet);
        the_customer_agreed_to_what_was_listed(&reported);
        Ok(())
    });
}

fn the_conversation_is_whole(reported: &Reported) {
    let transcript = &reported.packet.conversation.transcript;
    let authors: Vec<Author> = transcript.iter().map(|message| message.author).collect();
    // The last is a question, which stands in nobody's way.
    let expected = [Author::Assistant, Author::Customer, Author::Assistant, Author::Assistant];
    assert_eq!(authors, expected);
    assert_eq!(transcript[1].text, COMPLAINT);
    assert!(transcript[2].text.contains("I am bringing in"), "{}", transcript[2].text);
    for message in transcript {
        assert_eq!(message.channel, Channel::Widget);
        assert!(reported.spoken.contains(&message.text), "not shown: {}", message.text);
    }
    assert!(transcript.is_sorted_by(|one, two| one.at <= two.at), "times go back");
    let summary = &reported.packet.summary;
    assert!(summary.title.to_lowercase().contains("invoice"), "{}", summary.title);
    assert!(summary.problem.to_lowercase().contains("nothing happens"), "{}", summary.problem);
    let events: Vec<&str> = reported.packet.timeline.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["opened", "message", "escalated", "approved"]);
}

fn the_decision_gives_its_reasons(reported: &Reported) {
    let Packet { triage, escalation, route, .. } = &reported.packet;
    assert_eq!(triage.intent, Intent::Bug);
    assert!(!triage.wants_human);
    assert_eq!(triage.language, "en");
    assert!((0.4..=1.0).contains(&triage.confidence.intent), "{}", triage.confidence.intent);
    let sum: f64 = triage.scores.intent.iter().map(|(_, probability)| probability).sum();
    assert!((sum - 1.0).abs() < 0.01, "intent probabilities sum up to {sum}");
    assert!(
        triage.reasons.iter().any(|reason| reason.about == "intent:bug"),
        "{:?}",
        triage.reasons
    );

    assert_eq!(escalation.rule, "needs_investigation");
    assert!(escalation.rules_fired.iter().any(|fired| fired.rule == escalation.rule));
    assert!(reported.spoken.contains(&escalation.reason), "not said: {}", escalation.reason);
    assert_eq!(route.queue, "technical");
    assert!(!route.reason.is_empty());
    assert!(reported.spoken.contains("our technical team"));
    let confirmation = reported.confirmation.to_lowercase();
    for words in ["our technical team", "1 picture", "1 error", "console line", &reported.id] {
        assert!(confirmation.contains(words), "no {words:?} in {confirmation}");
    }
}

fn the_error_is_there_with_its_stack(packet: &Packet) -> Result<()> {
    let errors = &packet.evidence.errors;
    assert_eq!((errors.records.len(), errors.dropped), (1, 0));
    let error = &errors.records[0];
    assert_eq!(error.kind, ErrorKind::Uncaught);
    assert_eq!(error.name.as_deref(), Some("TypeError"));
    assert!(error.message.contains(BUG_2), "{}", error.message);
    let stack = error.stack.as_deref().context("no stack")?;
    let places: Vec<Option<usize>> = ["billingAddress", "invoiceSheet", "openInvoice"]
        .iter()
        .map(|name| stack.find(name))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{stack}");
    assert!(error.source.as_deref().is_some_and(|s| s.ends_with("/demo/pages/invoices.js")));
    assert!(error.line.is_some_and(|line| line > 0));
    Ok(())
}

fn the_line_logged_before_the_widget_is_there(reported: &Reported) -> Result<()> {
    let console = &reported.packet.evidence.console;
    assert!(console.cap > 0);
    let line = console
        .records
        .iter()
        .find(|record| record.message.contains("Ledgerline 4.12.0 starting"))
        .context("the line of the inline script is missing")?;
    assert_eq!(line.level.as_str(), "info");
    assert!(line.message.contains("ledgerline-2026.11.20"), "{}", line.message);
    assert!(line.ms < reported.wasm_started_ms, "{} ms", line.ms);
    assert!(line.at < reported.packet.timeline[0].at, "{}", line.at);
    assert!(console.records.is_sorted_by(|one, two| one.ms <= two.ms), "times go back");
    // Baton's own requests are nobody's evidence.
    for request in &reported.packet.evidence.network.records {
        assert!(!request.url.contains("/baton/") && !request.url.contains("/v1/handoffs"));
    }
    Ok(())
}

fn the_environment_is_the_browsers_own(page: &Page, reported: &Reported) {
    let environment = &reported.packet.environment;
    let own = &reported.own;
    assert_eq!(json!(environment.page_url), own["url"]);
    assert_eq!(json!(environment.page_title), own["title"]);
    assert_eq!(environment.browser.name, "Chrome");
    assert_eq!(environment.browser.version, page.browser_version());
    assert_eq!(json!(environment.browser.user_agent), own["agent"]);
    assert_eq!(environment.os.name, "Linux");
    assert_eq!(json!(environment.time_zone), own["zone"]);
    assert_eq!(json!(environment.languages), own["languages"]);
    let viewport = &environment.viewport;
    let size = [viewport.width, viewport.height, viewport.device_pixel_ratio];
    let expected = ["width", "height", "ratio"].map(|key| own[key].as_f64().unwrap_or_default());
    assert_eq!(size, expected);
}

fn the_application_says_who_and_what(packet: &Packet) {
    let app = &packet.app;
    assert_eq!(app.name.as_deref(), Some("Ledgerline"));
    assert_eq!(app.version.as_deref(), Some("4.12.0"));
    assert_eq!(app.release.as_deref(), Some("ledgerline-2026.11.20"));
    assert_eq!(app.widget.name, "baton");
    let data = Value::Object(app.custom_data.clone());
    let expected = json!({
        "workspace": "ws_brightwater", "region": "eu-central", "seats": 38,
        "screen": "invoices", "demo_bugs": "on"
    });
    assert_eq!(data, expected);

    let customer = &packet.customer;
    assert_eq!(customer.assurance, Assurance::None);
    assert_eq!(customer.id.as_deref(), Some("usr_2041"));
    assert_eq!(customer.name.as_deref(), Some("Dana Reyes"));
    assert_eq!(customer.email.as_deref(), Some("dana.reyes@brightwater.example"));
    assert_eq!(customer.plan.as_deref(), Some("scale"));
    assert_eq!(customer.segment.as_deref(), Some("business"));
    assert_eq!(customer.role.as_deref(), Some("admin"));
    // A claim alone promises nothing.
    assert!(packet.route.sla_minutes.is_none());
}

fn the_customer_agreed_to_what_was_listed(reported: &Reported) {
    let packet = &reported.packet;
    let consent = &packet.consent;
    assert!(consent.approved);
    assert_eq!(consent.via, ConsentVia::Review);
    assert!(!consent.text.is_empty());
    let evidence = &packet.evidence;
    let held = [
        ("transcript", packet.conversation.transcript.len()),
        ("screenshot", evidence.screenshots.len()),
        ("replay", evidence.replay.as_ref().map_or(0, |replay| replay.events as usize)),
        ("errors", evidence.errors.records.len()),
        ("console", evidence.console.records.len()),
        ("network", evidence.network.records.len()),
        ("steps", evidence.steps.records.len()),
        ("environment", 1),
        ("custom_data", packet.app.custom_data.len()),
        ("files", packet.attachments.len() - evidence.screenshots.len()),
        // Id, name, plan, segment and role.
        ("about", 5),
    ];
    let items: Vec<(&str, usize)> =
        consent.items.iter().map(|item| (item.item.as_str(), item.count as usize)).collect();
    assert_eq!(items, held);
    assert!(consent.items.iter().all(|item| item.included));

    // The review listed the same, record by record.
    let listed = |name: &str| {
        let found = reported.items.iter().find(|item| item["name"] == name);
        found.unwrap_or_else(|| panic!("the review has no {name:?}: {:?}", reported.items))
    };
    let lines = |name: &str| {
        let lines = listed(name)["lines"].as_array().cloned().unwrap_or_default();
        lines.iter().filter_map(|line| line.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let messages: Vec<_> =
        evidence.console.records.iter().map(|record| record.message.clone()).collect();
    assert_eq!(lines("Console lines"), messages);
    let error = &evidence.errors.records[0];
    let shown = lines("Errors").concat();
    assert!(shown.contains(&error.message), "{shown}");
    assert!(shown.contains(error.stack.as_deref().unwrap_or_default()), "{shown}");
    assert_eq!(listed("Requests of the page")["count"], evidence.network.records.len().to_string());
    assert_eq!(listed("Pictures")["count"], "1 of 5");
    assert!(lines("Conversation")[1].contains(COMPLAINT));

    let clicked = lines("What you did");
    assert!(clicked.iter().any(|line| line.starts_with("click button “")), "{clicked:?}");
    assert_eq!(listed("Copy of the page")["count"], "2");
    // In this page everything could be recorded.
    assert_eq!(evidence.gaps, []);
}

#[test]
fn the_picture_in_the_packet_is_the_page_without_batons_own_ui() {
    scenario(async |page| {
        let reported = report_bug_2(page).await?;
        let shots = &reported.packet.evidence.screenshots;
        assert_eq!((shots.len(), reported.packet.attachments.len()), (1, 1));
        let (shot, entry) = (&shots[0], &reported.packet.attachments[0]);
        assert_eq!(shot.attachment, entry.name);
        assert_eq!(json!(shot.page_url), reported.own["url"]);
        assert_eq!(shot.gaps, []);
        assert!(["image/webp", "image/png"].contains(&entry.media_type.as_str()));

        let bytes = reported.desk.attachment(&reported.id, &entry.name).await?;
        assert_eq!(bytes.len() as u64, entry.size);
        assert_eq!(sha256_hex(&bytes), entry.sha256);
        let picture = Picture::decode(&bytes)?;
        assert_eq!(picture.size(), (shot.width, shot.height));
        // The page proper: scroll bars belong to the browser.
        let inner = ["clientWidth", "height"].map(|key| reported.own[key].as_u64());
        assert_eq!((Some(shot.width.into()), Some(shot.height.into())), (inner[0], inner[1]));

        let whole = picture.whole();
        let colours = picture.colours(&whole);
        assert!(colours > 200, "only {colours} colours: blank?");
        let (width, height) = picture.size();
        let regions = [
            ("whole page", whole),
            ("side bar", Region { x: 0..200, y: 0..height }),
            ("brand", Region { x: 0..200, y: 0..60 }),
            ("panel", Region { x: width - 420..width - 20, y: height - 720..height - 100 }),
            ("launcher", Region { x: width - 80..width, y: height - 80..height }),
        ];
        for (name, region) in &regions {
            picture.assert_like(&reported.reference, name, region, LIKE);
        }
        // With Baton's own UI in it, it would have differed.
        for (name, region) in &regions[3..] {
            let difference = reported.covered.difference(&reported.reference, region);
            assert!(difference > 2.0 * LIKE, "{name}: cannot be told apart, {difference:.2}");
        }
        // No picture of something else, either.
        let (bar, page) = (picture.mean(&regions[1].1), picture.mean(&regions[3].1));
        assert!(bar.iter().zip(page).any(|(one, two)| (one - two).abs() > 8.0), "{bar:?} {page:?}");
        Ok(())
    });
}

#[test]
fn the_stored_packet_satisfies_the_published_schema() {
    scenario(async |page| {
        let reported = report_bug_2(page).await?;
        let schema: Value = serde_json::from_slice(&std::fs::read(workspace::schema())?)?;
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .context("the schema is none")?;
        let packet: Value =
            serde_json::from_slice(&reported.desk.packet_bytes(&reported.id).await?)?;
        let problems: Vec<String> = validator
            .iter_errors(&packet)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        Ok(())
    });
}

#[test]
fn a_failed_request_is_in_the_packet_with_its_status() {
    scenario(async |page| {
        page.log.expect("/api/invoices/export");
        page.log.expect("xport failed");
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.click_test_id("break-request").await?;
        page.until_js("document.querySelector('.guide')?.textContent.includes('answered 500')")
            .await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("The export of my invoices fails with an error, please fix this bug.").await?;
        panel.review().await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        let network = &packet.evidence.network.records;
        let failed: Vec<_> = network.iter().filter(|request| request.status == Some(500)).collect();
        assert_eq!(failed.len(), 1, "{network:?}");
        assert_eq!(failed[0].url, format!("{}/api/invoices/export", desk.url));
        assert_eq!((failed[0].method.as_str(), failed[0].initiator), ("POST", Initiator::Fetch));
        assert!(failed[0].duration_ms.is_some_and(|duration| duration > 0.0));
        let fine = network.iter().find(|request| request.url.ends_with("/api/invoices"));
        assert_eq!(fine.and_then(|request| request.status), Some(200));
        Ok(())
    });
}

#[test]
fn an_unhandled_rejection_is_in_the_packet() {
    scenario(async |page| {
        page.log.expect("reading 'map'");
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        page.click_test_id("break-chart").await?;
        page.until_js("document.querySelector('.guide')?.textContent.includes('never appears')")
            .await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("The revenue chart is broken, it never appears. Looks like a bug.").await?;
        panel.review().await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        let errors = &packet.evidence.errors.records;
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!(errors[0].kind, ErrorKind::UnhandledRejection);
        assert_eq!(errors[0].name.as_deref(), Some("TypeError"));
        assert!(errors[0].stack.as_deref().is_some_and(|stack| stack.contains("readMonths")));
        Ok(())
    });
}
