//! What changes between the first words and the sending.

use anyhow::Result;
use baton_e2e::{Desk, Host, Page, host::TAG, panel::Panel, scenario};
use serde_json::Value;
use thirtyfour::Key;

/// A desk, and the panel in the demo page after a bug was described.
async fn reported(page: &Page) -> Result<(Desk, Panel<'_>)> {
    let desk = Desk::start().await?;
    page.open(&desk.url).await?;
    let panel = page.panel();
    panel.open().await?;
    panel.say("Opening an invoice does nothing, it is a bug.").await?;
    Ok((desk, panel))
}

#[test]
fn words_after_ready_to_hand_over_are_in_the_packet() {
    scenario(async |page| {
        let (desk, panel) = reported(page).await?;
        panel.wait_for("Ready to hand over").await?;
        panel.say("It began this morning after the update.").await?;
        panel.wait_for("Ready to hand over").await?;
        panel.review().await?;
        let packet = desk.packet(&panel.send().await?).await?;
        let texts: Vec<_> =
            packet.conversation.transcript.iter().map(|message| message.text.as_str()).collect();
        assert!(texts.contains(&"It began this morning after the update."), "{texts:?}");
        assert!(packet.summary.problem.contains("this morning"), "{:?}", packet.summary);
        Ok(())
    });
}

#[test]
fn whoever_signs_out_before_sending_is_not_in_the_packet() {
    scenario(async |page| {
        let (desk, panel) = reported(page).await?;
        panel.wait_for("Ready to hand over").await?;
        page.js_async::<Value>("await Baton.clearIdentity()").await?;
        panel.wait_for("Ready to hand over").await?;
        panel.review().await?;
        let id = panel.send().await?;
        let mut packet: Value = serde_json::from_slice(&desk.packet_bytes(&id).await?)?;
        // The page itself still shows who it thinks is there, and its copy is true.
        packet["evidence"]["replay"].take();
        let stored = packet.to_string();
        assert!(!stored.contains("Dana Reyes") && !stored.contains("dana.reyes"), "{stored}");
        panel.wait_for("answers you here").await?;
        Ok(())
    });
}

#[test]
fn an_address_taken_out_of_the_review_is_not_sent() {
    scenario(async |page| {
        let (desk, panel) = reported(page).await?;
        panel.review().await?;
        let field = panel.element("input[type=email]").await?;
        assert_eq!(field.prop("value").await?.as_deref(), Some("dana.reyes@brightwater.example"));
        // As a person does: WebDriver's own clearing fires no `input` event.
        let empty = async || field.send_keys(Key::Control + "a" + Key::Delete).await;
        empty().await?;
        field.send_keys("dana at brightwater").await?;
        panel.press("Send to our technical team").await?;
        panel.wait_for("This is no e-mail address").await?;
        empty().await?;
        let packet = desk.packet(&panel.send().await?).await?;
        assert_eq!(packet.customer.email, None);
        Ok(())
    });
}

#[test]
fn a_file_added_during_the_review_goes_with_the_next_packet() {
    scenario(async |page| {
        let (desk, panel) = reported(page).await?;
        panel.review().await?;
        page.js_async::<Value>("await Baton.attach('late.txt', new Blob(['late']))").await?;
        let packet = desk.packet(&panel.send().await?).await?;
        assert!(packet.attachments.iter().all(|file| file.name != "late.txt"));
        let next: Value = page
            .js_async(
                "const options = { message: 'And?', screenshot: false };
                 return (await Baton.buildPacket(options)).attachments.map(file => file.name)",
            )
            .await?;
        assert_eq!(next, serde_json::json!(["late.txt"]));
        Ok(())
    });
}

#[test]
fn too_many_or_oddly_named_files_become_gaps_and_the_case_goes() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let packet: Value = page
            .js_async(
                "for (let i = 0; i < 40; i++) Baton.attach('ü'.repeat(80) + '.txt', new Blob(['x' + i]));
                 Baton.attach('../.htaccess', new Blob(['x']));
                 const receipt = await Baton.handoff({ message: 'See the files', consent: true });
                 return receipt.id",
            )
            .await?;
        let packet = desk.packet(packet.as_str().unwrap_or_default()).await?;
        assert_eq!(packet.attachments.len(), baton_packet::limits::MAX_ATTACHMENTS);
        let left_out = packet.evidence.gaps.iter().filter(|gap| gap.stage == "attachment").count();
        assert_eq!(left_out, 41 + 1 - baton_packet::limits::MAX_ATTACHMENTS);
        // They were for that packet only.
        let next: Value = page
            .js_async("return (await Baton.buildPacket({ message: 'And?', screenshot: false })).attachments.length")
            .await?;
        assert_eq!(next, 0);
        Ok(())
    });
}

#[test]
fn after_destroy_and_a_new_load_the_picture_is_a_new_one() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1 id=t>Before</h1>").await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.wait_for("Ready to hand over").await?;
        let started: f64 = page
            .js_async(
                "const src = document.querySelector('script[src*=\"baton.js\"]').src;
                 const endpoint = document.querySelector('script[src*=\"baton.js\"]').dataset.endpoint;
                 await Baton.destroy();
                 await new Promise((loaded, failed) => {
                   const script = document.createElement('script');
                   Object.assign(script, { src, onload: loaded, onerror: failed });
                   script.dataset.endpoint = endpoint;
                   document.head.append(script)
                 });
                 return Date.now()",
            )
            .await?;
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.review().await?;
        panel.send().await?;
        let accepted = host.receiver.accepted();
        let packet = &accepted[0];
        let taken = packet.evidence.screenshots[0].at.as_str().to_owned();
        let after = baton_packet::Timestamp::from_unix_ms(started);
        assert!(taken.as_str() >= after.as_str(), "taken {taken}, loaded {after}");
        Ok(())
    });
}
