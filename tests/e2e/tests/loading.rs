//! Parts that do not load: the customer's words are kept, and it goes on later.

use anyhow::Result;
use baton_e2e::{Host, Page, host::TAG, scenario};
use serde_json::Value;

/// A part is missing at the first message and there at the second.
async fn missing_then_there(page: &Page, part: &str) -> Result<()> {
    page.log.expect("503");
    page.log.expect("Failed to load");
    let host = Host::with_page(TAG, "<h1>Shop</h1>").await?;
    page.open(&host.url).await?;
    let panel = page.panel();
    // Loaded in advance, it could not be missing.
    host.block(Some(part));
    panel.open().await?;
    panel.say("The shop is broken, I get an error").await?;
    panel.wait_for("did not load. Your words are still here.").await?;
    host.block(None);
    panel.say("It still is").await?;
    panel.review().await?;
    panel.send().await?;
    let packets = host.receiver.accepted();
    let texts: Vec<&str> =
        packets[0].conversation.transcript.iter().map(|message| message.text.as_str()).collect();
    assert!(texts.contains(&"The shop is broken, I get an error"), "{texts:?}");
    assert!(texts.contains(&"It still is"), "{texts:?}");
    Ok(())
}

#[test]
fn where_the_hand_over_part_is_missing_another_message_tries_again() {
    scenario(async |page| missing_then_there(page, "/baton/extras/").await);
}

#[test]
fn where_the_triage_part_is_missing_another_message_tries_again() {
    scenario(async |page| missing_then_there(page, "/baton/triage/").await);
}

#[test]
fn where_the_widget_is_missing_the_plain_form_opens_and_status_says_why() {
    scenario(async |page| {
        page.log.expect("503");
        page.log.expect("Failed to load");
        let host = Host::with_page(TAG, "<h1>Shop</h1>").await?;
        page.open(&host.url).await?;
        host.block(Some("/baton/widget/"));
        page.panel().launcher().await?.click().await?;
        page.until_js(
            "[...document.querySelectorAll('[data-baton-ui]')]
                .some(host => host.shadowRoot?.querySelector('textarea'))",
        )
        .await?;
        let status: Value = page.status().await?;
        assert_eq!(status["widget"], "wasm_fetch_failed", "{status}");
        Ok(())
    });
}
