//! QA mode: a tester's report, from the shortcut to the archive and the desk.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use anyhow::Result;
use baton_e2e::{Desk, Host, Page, scenario};
use baton_packet::{Packet, Urgency};
use serde_json::json;
use thirtyfour::Key;

const TAG: &str = "<script src=\"/baton/baton.js\" data-mode=\"qa\"></script>";
const WITH_DESK: &str =
    "<script src=\"/baton/baton.js\" data-mode=\"qa\" data-endpoint=\"/v1/handoffs\"></script>";
const BROKEN: &str = "<h1>Orders</h1><input id=\"search\">
    <button id=\"break\" onclick=\"console.log('about to break'); undefined.orders()\">Break</button>";

/// Presses the shortcut wherever the focus is, once the widget listens.
async fn press_shortcut(page: &Page) -> Result<()> {
    page.until("the form at the shortcut", async || {
        let keys = page.web().action_chain().key_down(Key::Alt).key_down(Key::Shift);
        keys.send_keys("b").key_up(Key::Shift).key_up(Key::Alt).perform().await?;
        Ok((page.panel().count(".qa").await? == 1).then_some(()))
    })
    .await
}

async fn captured(page: &Page) -> Result<()> {
    page.panel().element(".qa .items").await?;
    Ok(())
}

fn unpacked(archive: Vec<u8>) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive))?;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        files.insert(file.name()?.into_owned(), bytes);
    }
    Ok(files)
}

#[test]
fn one_shortcut_captures_and_one_click_saves_it_all() {
    scenario(async |page| {
        page.log.expect("orders");
        let host = Host::with_page(TAG, BROKEN).await?;
        page.open(&host.url).await?;
        page.click("#break").await?;
        press_shortcut(page).await?;
        captured(page).await?;
        // What happens later is not part of what was captured.
        page.js::<()>("console.log('after the capture')", &[]).await?;
        page.panel().press("Download .zip").await?;
        page.panel().wait_for("Saved as bug-").await?;
        page.panel().wait_for("1 picture").await?;

        let files = unpacked(page.download().await?)?;
        let packet = Packet::from_json(&files["packet.json"])?;
        assert!(packet.summary.title.contains("orders"), "{}", packet.summary.title);
        assert_eq!(packet.escalation.rule, "qa_report");
        assert_eq!(packet.evidence.errors.records.len(), 1);
        let text = String::from_utf8_lossy(&files["packet.json"]);
        assert!(text.contains("about to break") && !text.contains("after the capture"));
        let picture = &packet.evidence.screenshots[0].attachment;
        let manifest = packet.attachments.iter().find(|file| file.name == *picture);
        assert_eq!(manifest.map(|file| file.size), Some(files[picture].len() as u64));
        assert!(host.receiver.arrivals().is_empty(), "a download sends nothing");
        assert!(!page.panel().text().await?.contains("Send to"), "there is nowhere to send it");
        Ok(())
    });
}

#[test]
fn what_the_tester_typed_arrives_at_the_desk() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let panel = page.panel();
        page.js_async::<()>("await Baton.open({ mode: 'qa' })").await?;
        captured(page).await?;
        // To whatever has the focus, as a keyboard does.
        page.web().action_chain().send_keys("Export fails").perform().await?;
        panel.element(".qa textarea").await?.send_keys("Error 500, password: hunter2").await?;
        panel.element(".qa .field:nth-of-type(3) textarea").await?.send_keys("A file").await?;
        let critical = panel.element("input[type=radio][value=critical]").await?;
        // Out from under the footer that stays in sight.
        let scroll = "arguments[0].scrollIntoView({ block: 'center' })";
        page.web().execute(scroll.to_owned(), vec![critical.to_json()?]).await?;
        critical.click().await?;
        panel.toggle("Console lines").await?;
        let id = panel.send().await?;

        let packet = desk.packet(&id).await?;
        assert_eq!(packet.summary.title, "Export fails", "typing replaces what was suggested");
        assert_eq!(packet.summary.problem, "Error 500, password: [password]");
        assert_eq!(packet.summary.expected.as_deref(), Some("A file"));
        assert_eq!(packet.triage.urgency, Urgency::Critical);
        assert_eq!(packet.route.queue, "technical");
        assert_eq!(packet.evidence.console.records, []);
        assert_eq!(packet.evidence.screenshots.len(), 1);
        assert!(packet.redactions.iter().any(|entry| entry.section == "summary"));
        assert!(!String::from_utf8(desk.packet_bytes(&id).await?)?.contains("hunter2"));
        Ok(())
    });
}

#[test]
fn escape_keeps_what_was_typed_and_the_next_report_is_fresh() {
    scenario(async |page| {
        let host = Host::with_page(WITH_DESK, BROKEN).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.launcher().await?.click().await?;
        captured(page).await?;
        let area = panel.element(".qa textarea").await?;
        area.send_keys("Half a sen").await?;
        area.send_keys(Key::Escape + "").await?;
        page.until_js("document.querySelector('[data-baton-ui=widget]').hidden").await?;
        panel.launcher().await?.click().await?;
        assert_eq!(
            panel.element(".qa textarea").await?.prop("value").await?.as_deref(),
            Some("Half a sen")
        );
        panel.press("Download .zip").await?;
        panel.press("Report another bug").await?;
        page.until("an empty form", async || {
            let value = panel.element(".qa textarea").await?.prop("value").await?;
            Ok((value.as_deref() == Some("")).then_some(()))
        })
        .await
    });
}

#[test]
fn a_bare_key_is_a_shortcut_only_outside_of_fields() {
    scenario(async |page| {
        let head = TAG.replace("data-mode", "data-qa-shortcut=\"F8\" data-mode");
        let host = Host::with_page(&head, BROKEN).await?;
        page.open(&host.url).await?;
        page.until("the widget", async || {
            Ok((page.status().await?["widget"] == json!("ready")).then_some(()))
        })
        .await?;
        let press = "const target = document.querySelector(arguments[0]);
            target.dispatchEvent(new KeyboardEvent('keydown',
                { key: 'F8', code: 'F8', bubbles: true, composed: true, cancelable: true }));
            return !!document.querySelector('[data-baton-ui=widget]')";
        assert!(!page.js::<bool>(press, &[json!("#search")]).await?, "it is the field's");
        page.js::<bool>(press, &[json!("h1")]).await?;
        page.panel().wait_for("F8").await
    });
}

#[test]
fn a_report_does_not_throw_a_conversation_away() {
    scenario(async |page| {
        let host = Host::with_page(baton_e2e::host::TAG, BROKEN).await?;
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("This page is broken, it is a bug").await?;
        panel.review().await?;
        let refused = page.js_async::<()>("await Baton.open({ mode: 'qa' })").await;
        assert!(refused.unwrap_err().to_string().contains("a conversation is in hand"));
        panel.wait_for("What will be sent").await?;
        let refused = page.js_async::<()>("await Baton.open({ mode: 'q' })").await;
        assert!(refused.unwrap_err().to_string().contains("mode must be"));
        Ok(())
    });
}
