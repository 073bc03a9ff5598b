//! Rules of the embedder's own, and decisions that people change.

use anyhow::Result;
use baton_e2e::demo::review_exception;
use baton_e2e::{Desk, Host, Page, scenario};
use baton_packet::{Intent, OverrideBy, OverrideField, Packet};
use serde_json::{Value, json};
use thirtyfour::By;

const OWN: &str = r#"{ "version": 1, "extends": "default",
    "messages": { "ours": "Our own people look at every broken page." },
    "rules": [{ "id": "ours", "when": { "intent": ["bug"] }, "action": "escalate", "message": "ours" }],
    "routing": { "routes": [{ "id": "desk-7", "when": { "intent": ["bug"] }, "queue": "desk-7", "reason": "ours" }] } }"#;

fn tag(more: &str) -> String {
    format!("<script src=\"/baton/baton.js\" data-endpoint=\"/v1/handoffs\" {more}></script>")
}

async fn deliver(page: &Page, host: &Host) -> Result<Packet> {
    let panel = page.panel();
    panel.open().await?;
    panel.say("The page freezes with an error when I open an invoice, it is a bug").await?;
    panel.review().await?;
    panel.send().await?;
    let mut packets = host.receiver.accepted();
    assert_eq!(packets.len(), 1);
    Ok(packets.remove(0))
}

async fn problems(page: &Page) -> Result<Vec<Value>> {
    let status = page.status().await?;
    let problems = status["problems"].as_array().cloned().unwrap_or_default();
    Ok(problems.into_iter().filter(|one| one["code"] == "rules_invalid").collect())
}

#[test]
fn the_embedders_own_rules_decide() {
    scenario(async |page| {
        let host = Host::with_page(&tag("data-rules=\"/rules.json\""), "<h1>Own</h1>").await?;
        host.file("/rules.json", OWN);
        page.open(&host.url).await?;
        let packet = deliver(page, &host).await?;
        assert_eq!(packet.escalation.rule, "ours");
        assert_eq!(packet.escalation.reason, "Our own people look at every broken page.");
        assert!(packet.escalation.rules_fired[0].because.starts_with("intent bug ("));
        assert!(packet.escalation.rules_fired.iter().any(|one| one.rule == "needs_investigation"));
        assert_eq!(packet.route.queue, "desk-7");
        assert_eq!(problems(page).await?, [] as [Value; 0]);
        Ok(())
    });
}

#[test]
fn rules_with_a_fault_are_refused_by_name_and_the_shipped_ones_stay() {
    scenario(async |page| {
        page.log.expect("the rules are not used");
        let host = Host::with_page(&tag("data-rules=\"/rules.json\""), "<h1>Bad</h1>").await?;
        host.file("/rules.json", "{ \"version\": 1,\n  \"rules\": [{ \"id\": \"x\", \"action\": \"shout\", \"message\": \"refund\" }] }");
        page.open(&host.url).await?;
        let packet = deliver(page, &host).await?;
        assert_eq!(packet.escalation.rule, "needs_investigation");
        let told = problems(page).await?;
        assert_eq!(told.len(), 1, "{told:?}");
        let message = told[0]["message"].as_str().unwrap_or_default();
        assert!(
            message.contains("line 2, /rules/0/action: is none of: keep_answering"),
            "{message}"
        );
        Ok(())
    });
}

#[test]
fn rules_that_do_not_come_are_told_and_the_last_good_ones_stay() {
    scenario(async |page| {
        page.log.expect("the rules are not used");
        page.log.expect("404");
        let host = Host::with_page(&tag(""), "<h1>Late</h1>").await?;
        page.open(&host.url).await?;
        let init = format!(
            "await Baton.init({{ rules: {OWN} }});
             const first = (await Baton.buildPacket({{ message: 'The invoice page freezes with an error, it is a bug', screenshot: false }})).packet.route.queue;
             await Baton.init({{ rules: '/nowhere.json' }});
             const then = (await Baton.buildPacket({{ message: 'The invoice page freezes with an error, it is a bug', screenshot: false }})).packet.route.queue;
             return [first, then]"
        );
        let queues: Vec<String> = page.js_async(&init).await?;
        assert_eq!(queues, ["desk-7", "desk-7"]);
        assert_eq!(problems(page).await?.len(), 1);
        Ok(())
    });
}

/// Chooses in one of the review's lists, as a hand on the list would.
async fn choose(page: &Page, field: &str, value: &str) -> Result<()> {
    page.panel().element(&format!("select[data-field={field}] option[value={value}]")).await?;
    let body = "
        const select = document.querySelector('[data-baton-ui=widget]').shadowRoot
            .querySelector(`select[data-field=${arguments[0]}]`);
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));";
    page.js::<Value>(body, &[field.into(), value.into()]).await?;
    Ok(())
}

#[test]
fn a_correction_of_the_customer_sorts_the_case_anew_and_is_recorded() {
    scenario(async |page| {
        let desk = review_exception(page).await?;
        let panel = page.panel();
        panel.wait_for("Send to our technical team").await?;
        choose(page, "intent", "refund").await?;
        panel.wait_for("Send to our billing team").await?;
        choose(page, "urgency", "critical").await?;
        let id = panel.send().await?;
        let packet = desk.packet(&id).await?;
        assert_eq!((packet.triage.intent, &*packet.route.queue), (Intent::Refund, "billing"));
        assert_eq!(packet.escalation.rule, "refund");
        assert_eq!(packet.triage.urgency.as_str(), "critical");
        assert_eq!(packet.route.priority.as_str(), "urgent");
        let told: Vec<_> =
            packet.overrides.iter().map(|one| (one.field, &*one.from, &*one.to, one.by)).collect();
        assert_eq!(told[0], (OverrideField::Intent, "bug", "refund", OverrideBy::Customer));
        assert_eq!((told.len(), told[1].0, told[1].2), (2, OverrideField::Urgency, "critical"));
        assert_eq!(packet.evidence.screenshots.len(), 1, "the picture is still there");
        Ok(())
    });
}

#[test]
fn the_lists_fit_a_phone_in_the_dark_and_from_right_to_left() {
    scenario(async |page| {
        let _desk = review_exception(page).await?;
        page.web().set_window_rect(0, 0, 375, 700).await?;
        page.js_async::<Value>(
            "document.documentElement.dir = 'rtl'; await Baton.setTheme('dark'); return 1",
        )
        .await?;
        // What the page has changed is drafted anew.
        page.panel().review().await?;
        let seen: Value = page
            .js(
                "const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
             const review = root.querySelector('.review');
             const lists = [...root.querySelectorAll('.sorted select')];
             return { lists: lists.length, wide: review.scrollWidth > review.clientWidth,
                 tall: lists.every(list => list.getBoundingClientRect().height >= 44),
                 named: lists.every(list => list.closest('label').innerText.trim() !== ''),
                 words: lists.every(list => !/_/.test(list.innerText)),
                 dark: lists.map(list => getComputedStyle(list).backgroundColor) }",
                &[],
            )
            .await?;
        assert_eq!((&seen["lists"], &seen["wide"]), (&json!(2), &json!(false)), "{seen}");
        assert_eq!(
            (&seen["tall"], &seen["named"], &seen["words"]),
            (&json!(true), &json!(true), &json!(true)),
            "{seen}"
        );
        assert_eq!(seen["dark"][0], "rgb(23, 26, 33)", "{seen}");
        Ok(())
    });
}

#[test]
fn an_agent_sorts_a_case_otherwise_on_the_desk() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let handoff =
            "return (await Baton.handoff({ message: 'The export is broken', consent: true })).id";
        let id: String = page.js_async(handoff).await?;
        page.open(&format!("{}/desk/handoffs/{id}", desk.url)).await?;
        page.element("#token").await?.send_keys("demo").await?;
        page.click("main button").await?;
        page.click("#sorting summary").await?;
        page.element("#sort-queue")
            .await?
            .find(By::Css("option[value=billing]"))
            .await?
            .click()
            .await?;
        page.element("#sort-reason").await?.send_keys("It is about the invoice").await?;
        page.click("#sorting button").await?;
        page.until_js(
            "document.querySelector('.overrides')?.innerText.includes('It is about the invoice')",
        )
        .await?;
        let told = page.element(".overrides").await?.text().await?;
        assert!(told.contains("An agent changed the queue from Technical to Billing."), "{told}");
        Ok(())
    });
}
