//! The agents' page in a real browser while a customer writes.

use anyhow::{Context, Result};
use baton_e2e::{Desk, Page, scenario};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

const PACKET: &str = include_str!("../../../crates/packet/tests/fixtures/packets/1.0-full.json");

/// A handed-over case, open in front of a signed-in agent: its id and the customer's token.
async fn open_case(page: &Page, desk: &Desk) -> Result<(String, String)> {
    let packet: Value = serde_json::from_str(PACKET)?;
    let receipt = desk.post("", "", &packet).await?;
    let text = |name: &str| receipt[name].as_str().map(str::to_owned).context("no receipt");
    let (id, token) = (text("id")?, text("conversation_token")?);
    page.open(&format!("{}/desk/handoffs/{id}", desk.url)).await?;
    page.element("#token").await?.send_keys("demo").await?;
    page.click("main button").await?;
    page.element("#reply-text").await?;
    Ok((id, token))
}

#[test]
fn a_new_message_shows_up_beside_the_answer_that_is_being_written() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        let (id, token) = open_case(page, &desk).await?;
        let name = page.web().find(By::Css("#reply [name=name]")).await?;
        name.clear().await?;
        name.send_keys("Mia").await?;
        let reply = page.web().find(By::Css("#reply-text")).await?;
        let (heard, typed) =
            tokio::join!(desk.wait_for_events(&id, &token, 1), reply.send_keys("I see"));
        typed?;
        assert_eq!(
            heard?["events"][0],
            json!({ "type": "typing", "data": { "name": "Mia", "active": true } })
        );

        let message = json!({ "id": "5f0c2a34-7d1e-4b6f-9a50-000000000001",
            "text": "Hello? <b>Anybody</b>", "at": "2026-11-30T18:00:00Z" });
        desk.post(&format!("/{id}/messages"), &token, &message).await?;
        page.until_js("thread.textContent.includes('Hello? <b>Anybody</b>')").await?;
        let box_now: (String, String) = page
            .js("return [document.activeElement.id, document.activeElement.value]", &[])
            .await?;
        assert_eq!(box_now, ("reply-text".to_owned(), "I see".to_owned()));

        reply.send_keys(" it." + (Key::Control + Key::Enter)).await?;
        page.until_js("thread.textContent.includes('Mia joined')").await?;
        let told = desk.wait_for_events(&id, &token, 4).await?;
        assert_eq!(told["events"][0]["data"]["text"], "I see it.");
        page.until_js("document.getElementById('reply-text').value === ''").await?;

        let seen =
            json!({ "id": "5f0c2a34-7d1e-4b6f-9a50-000000000002", "type": "seen", "up_to": 5 });
        desk.post(&format!("/{id}/events"), &token, &seen).await?;
        page.until_js("thread.textContent.includes('Seen')").await?;
        page.click(".standing button[value=resolved]").await?;
        let told = desk.wait_for_events(&id, &token, 5).await?;
        assert_eq!(told["events"][0]["data"]["status"], "resolved");
        Ok(())
    });
}
