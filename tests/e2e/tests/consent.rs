//! The customer decides what leaves, and whether a person is brought in.

use baton_e2e::demo::review_exception;
use baton_e2e::{Desk, Host, host::TAG, scenario};
use baton_packet::ConsentItem;

#[test]
fn what_is_struck_out_does_not_leave_and_is_not_claimed() {
    scenario(async |page| {
        let desk = review_exception(page).await?;
        let panel = page.panel();
        let lines = panel.review_items().await?;
        let console = lines.iter().find(|item| item["name"] == "Console lines");
        let count = console.and_then(|item| item["lines"].as_array()).map_or(0, Vec::len);
        assert!(count > 0, "there is nothing to strike out: {lines:?}");
        panel.toggle("Console lines").await?;
        panel.toggle("Pictures").await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        assert_eq!(packet.evidence.console.records, []);
        assert_eq!(packet.evidence.screenshots, []);
        assert_eq!(packet.attachments, []);
        let stored = String::from_utf8(desk.packet_bytes(&id).await?)?;
        assert!(!stored.contains("Ledgerline 4.12.0 starting"));
        let item = |name: &str| packet.consent.items.iter().find(|item| item.item == name).cloned();
        let struck =
            |name: &str, count| Some(ConsentItem { item: name.to_owned(), included: false, count });
        assert_eq!(item("console"), struck("console", count as u32));
        assert_eq!(item("screenshot"), struck("screenshot", 1));
        assert!(item("errors").is_some_and(|item| item.included && item.count == 1));
        assert_eq!(packet.evidence.errors.records.len(), 1);
        // A struck part is told by kind and count, not by what was masked in it.
        for redaction in &packet.redactions {
            assert_ne!(redaction.section, "evidence.console");
            assert_ne!(redaction.section, "evidence.screenshots");
        }

        let words = panel.text().await?.to_lowercase();
        assert!(!words.contains("picture"), "{words}");
        assert!(!words.contains("console"), "{words}");
        assert!(words.contains("1 error"), "{words}");
        Ok(())
    });
}

#[test]
fn closing_before_the_approval_sends_nothing() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Undecided</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.review().await?;
        panel.press("Close help").await?;
        page.until_js("document.querySelector('[data-baton-ui=widget]').hidden").await?;
        assert!(host.receiver.arrivals().is_empty(), "something was sent");
        // Opened again, the review is still there.
        panel.launcher().await?.click().await?;
        panel.wait_for("What will be sent").await?;
        panel.send().await?;
        assert_eq!(host.receiver.accepted().len(), 1);
        Ok(())
    });
}

#[test]
fn a_wish_for_a_person_is_honoured_at_the_first_ask() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.press("Talk to a person").await?;
        panel.wait_for("You asked for a person. I am bringing in").await?;
        panel.review().await?;
        let id = panel.send().await?;
        let packet = desk.packet(&id).await?;
        assert_eq!(packet.escalation.rule, "asked_for_human");
        assert!(packet.triage.wants_human);
        Ok(())
    });
}

#[test]
fn a_wish_for_a_person_in_words_is_honoured_too() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Words</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("Can I speak to a human please?").await?;
        panel.wait_for("You asked for a person.").await?;
        panel.review().await?;
        panel.element("input[type=email]").await?.send_keys("ann@example.com").await?;
        panel.send().await?;
        panel.wait_for("ann@example.com").await?;
        let packets = host.receiver.accepted();
        assert_eq!(packets[0].escalation.rule, "asked_for_human");
        assert_eq!(packets[0].customer.email.as_deref(), Some("ann@example.com"));
        Ok(())
    });
}

#[test]
fn a_greeting_alone_is_met_with_a_question() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Hello</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("hello").await?;
        panel.wait_for("What were you trying to do").await?;
        assert_eq!(panel.count(".card").await?, 0, "a case was opened for a greeting");
        Ok(())
    });
}
