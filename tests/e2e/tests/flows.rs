//! Questions of the embedder's own.

use anyhow::Result;
use baton_e2e::{Host, Page, scenario};
use serde_json::{Value, json};

const BUG: &str = "The page freezes with an error when I open an invoice, it is a bug";

fn flows(ask: &Value) -> Value {
    json!({ "version": 1, "extends": "default", "flows": [
        { "id": "bug", "when": { "intent": ["bug"] }, "ask": ask },
    ] })
}

fn build() -> Value {
    json!([{ "id": "build", "kind": "text",
        "text": { "en": "Which build does the footer name?", "de": "Welcher Stand steht unten?" } }])
}

const TAG: &str = "<script src=\"/baton/baton.js\" data-endpoint=\"/v1/handoffs\" data-flows=\"/flows.json\"></script>";

async fn refusals(page: &Page) -> Result<Vec<String>> {
    let status = page.status().await?;
    let problems = status["problems"].as_array().cloned().unwrap_or_default();
    let refused = problems.into_iter().filter(|one| one["code"] == "flows_invalid");
    Ok(refused.map(|one| one["message"].as_str().unwrap_or_default().to_owned()).collect())
}

#[test]
fn the_embedders_own_questions_are_asked_and_answered_in_the_packet() {
    scenario(async |page| {
        let host = Host::with_page(TAG, "<h1>Own</h1>").await?;
        host.file("/flows.json", &flows(&build()).to_string());
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say(BUG).await?;
        panel.wait_for("Which build does the footer name?").await?;
        panel.say("It is build 1207").await?;
        panel.review().await?;
        panel.send().await?;
        let packet = host.receiver.accepted().remove(0);
        let field = &packet.conversation.fields[0];
        assert_eq!(packet.conversation.fields.len(), 1);
        assert_eq!(
            (&*field.id, &*field.question),
            ("bug.build", "Which build does the footer name?")
        );
        assert_eq!(field.answer.as_deref(), Some("It is build 1207"));
        assert_eq!(refusals(page).await?, [] as [String; 0]);
        Ok(())
    });
}

#[test]
fn flows_with_a_fault_are_refused_by_name_and_the_shipped_ones_stay() {
    scenario(async |page| {
        page.log.expect("the flows are not used");
        let host = Host::with_page(TAG, "<h1>Bad</h1>").await?;
        let speech = json!([{ "id": "build", "kind": "speech", "text": "Which build?" }]);
        host.file("/flows.json", &serde_json::to_string_pretty(&flows(&speech))?);
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say(BUG).await?;
        panel.wait_for("What did you expect to happen instead?").await?;
        let told = refusals(page).await?;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("/flows/0/ask/0/kind: is none of: text, long_text"), "{told:?}");
        Ok(())
    });
}
