//! "Sent" is a fact: misbehaving receivers, and that nothing is lost.

use std::net::TcpListener;
use std::time::Duration;

use anyhow::Result;
use baton_e2e::{Behaviour, Host, Page, host::TAG, scenario, scenario_within};
use baton_packet::Packet;
use serde_json::json;

const WAITS: &str = "Not delivered yet. I keep it and try again by myself.";

/// A page with Baton, and its customer up to the approval.
async fn approve(page: &Page, plan: &[Behaviour]) -> Result<Host> {
    let host = Host::with_page(TAG, "<h1>Shop</h1>").await?;
    host.receiver.behave(plan);
    approve_at(page, &host).await?;
    Ok(host)
}

async fn approve_at(page: &Page, host: &Host) -> Result<()> {
    page.log.expect("/v1/handoffs");
    page.open(&host.url).await?;
    page.watch_events().await?;
    let panel = page.panel();
    panel.open().await?;
    panel.say("The shop is broken, I get an error").await?;
    panel.review().await?;
    panel.press("Send to").await
}

/// One packet was accepted, and every attempt sent the same bytes under the same key.
fn assert_delivered_once(host: &Host) {
    let accepted = host.receiver.accepted();
    assert_eq!(accepted.len(), 1, "delivered {} times", accepted.len());
    for arrival in host.receiver.arrivals() {
        assert_eq!(arrival.key, accepted[0].id.as_str());
        assert_eq!(arrival.packet, host.receiver.arrivals()[0].packet, "the bytes changed");
    }
}

#[test]
fn after_a_500_the_same_packet_is_delivered_exactly_once() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::Status(500), Behaviour::Accept]).await?;
        let panel = page.panel();
        panel.wait_for("Handed over").await?;
        assert_eq!(host.receiver.arrivals().len(), 2);
        assert_delivered_once(&host);
        // A retry is no event.
        assert_eq!(page.events("handoff:queued").await?.len(), 1);
        assert_eq!(page.events("handoff:delivered").await?.len(), 1);
        assert_eq!(page.events("handoff:failed").await?.len(), 0);
        Ok(())
    });
}

#[test]
fn where_500_stays_the_customer_reads_so_and_keeps_a_copy() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::Status(500)]).await?;
        let panel = page.panel();
        panel.wait_for(WAITS).await?;
        assert!(!panel.text().await?.contains("Handed over"));
        // Pressing "Try again" uses up the attempts without their delays.
        page.until_within(Duration::from_secs(60), "the end of the attempts", async || {
            let shown = panel.text().await?;
            if shown.contains("Nothing is lost") {
                return Ok(Some(()));
            }
            if shown.contains("Try again now") {
                panel.press("Try again now").await?;
            }
            Ok(None)
        })
        .await?;
        panel.wait_for("Not delivered").await?;
        panel.wait_for("HTTP 500").await?;
        let failed = page.events("handoff:failed").await?;
        assert_eq!(failed, [json!({ "reason": "HTTP 500", "will_retry": false })]);
        assert!(!page.events("error").await?.is_empty(), "the developer is not told");

        panel.press("Download a copy").await?;
        let copy = page.download().await?;
        let kept = Packet::from_json(&copy)?;
        assert_eq!(copy, host.receiver.arrivals()[0].packet, "the copy is not the packet");

        host.receiver.behave(&[Behaviour::Accept]);
        panel.press("Try again now").await?;
        panel.wait_for("Handed over").await?;
        assert_delivered_once(&host);
        assert_eq!(host.receiver.accepted()[0].id, kept.id);
        Ok(())
    });
}

#[test]
fn a_413_for_the_whole_makes_packet_and_files_go_one_by_one() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::TooLargeTogether]).await?;
        page.panel().wait_for("Handed over").await?;
        assert_delivered_once(&host);
        let packet = &host.receiver.accepted()[0];
        let later = host.receiver.later_files();
        assert_eq!(packet.attachments.len(), 1);
        assert!(later.contains_key(&packet.attachments[0].sha256), "the picture is missing");
        Ok(())
    });
}

#[test]
fn a_413_for_the_packet_alone_ends_in_the_truth() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::Status(413)]).await?;
        let panel = page.panel();
        panel.wait_for("Not delivered").await?;
        panel.wait_for("Their system did not accept it.").await?;
        assert!(host.receiver.arrivals().iter().any(|arrival| arrival.files.is_empty()));
        let failed = page.events("handoff:failed").await?;
        assert_eq!(failed.len(), 1);
        assert!(failed[0]["reason"].as_str().is_some_and(|reason| reason.contains("413")));
        panel.press("Download a copy").await?;
        Packet::from_json(&page.download().await?)?;
        Ok(())
    });
}

#[test]
fn a_web_page_with_status_200_is_no_delivery() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::Html]).await?;
        let panel = page.panel();
        panel.wait_for(WAITS).await?;
        assert_eq!(page.events("handoff:delivered").await?.len(), 0);
        host.receiver.behave(&[Behaviour::Accept]);
        panel.press("Try again now").await?;
        panel.wait_for("Handed over").await?;
        assert_delivered_once(&host);
        Ok(())
    });
}

#[test]
fn where_nobody_listens_it_waits_and_goes_out_later() {
    scenario(async |page| {
        page.log.expect("ERR_CONNECTION_REFUSED");
        // A port that was free a moment ago.
        let nobody = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let tag = TAG.replace("/v1/handoffs", &format!("http://{nobody}/v1/handoffs"));
        let host = Host::with_page(&tag, "<h1>Shop</h1>").await?;
        approve_at(page, &host).await?;
        let panel = page.panel();
        panel.wait_for(WAITS).await?;
        let moved = "await Baton.init({ endpoint: '/v1/handoffs' })";
        page.js_async::<serde_json::Value>(moved).await?;
        panel.press("Try again now").await?;
        panel.wait_for("Handed over").await?;
        assert_delivered_once(&host);
        Ok(())
    });
}

#[test]
fn a_refusal_is_told_and_not_tried_again() {
    scenario(async |page| {
        let host = approve(page, &[Behaviour::Status(403)]).await?;
        let panel = page.panel();
        panel.wait_for("Their system did not accept it.").await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(host.receiver.arrivals().len(), 1, "it was tried again");
        Ok(())
    });
}

#[test]
#[ignore = "waits for the 30 s limit of an attempt"]
fn a_receiver_that_never_answers_counts_as_failed_after_30_seconds() {
    scenario_within(150, async |page| {
        let host = approve(page, &[Behaviour::Never, Behaviour::Accept]).await?;
        let panel = page.panel();
        panel.wait_for("Sending…").await?;
        let limit = Duration::from_secs(45);
        page.until_within(limit, "the end of the wait", async || {
            Ok(panel.text().await?.contains("Handed over").then_some(()))
        })
        .await?;
        assert_delivered_once(&host);
        Ok(())
    });
}
