//! After the hand-over: the team's answers, the customer's words, other tabs, the next
//! page; against a server that keeps to the contract and breaks what is asked.

mod keeping;
mod sending;

use std::time::{Duration, Instant};

use anyhow::Result;
use baton_e2e::{Desk, Host, Manner, Page, host::TAG, scenario};
use baton_packet::reply::SignalKind;
use serde_json::{Value, json};

/// A page with Baton whose receipts name the routes of replies.
pub async fn host_with(head: &str) -> Result<Host> {
    let host = Host::with_page(&format!("{head}{TAG}"), "<h1>Shop</h1>").await?;
    host.replies.turn_on();
    Ok(host)
}

/// The customer hands a case over, and listens.
pub async fn hand_over(page: &Page, host: &Host) -> Result<()> {
    page.open(&host.url).await?;
    page.watch_events().await?;
    let panel = page.panel();
    panel.open().await?;
    panel.say("The shop is broken, I get an error").await?;
    panel.review().await?;
    panel.press("Send to").await?;
    panel.wait_for("Handed over").await?;
    listening(page, host).await
}

pub async fn listening(page: &Page, host: &Host) -> Result<()> {
    page.until("an open stream", async || Ok((host.replies.open().0 > 0).then_some(()))).await
}

pub async fn handed_over(page: &Page) -> Result<Host> {
    let host = host_with("").await?;
    hand_over(page, &host).await?;
    Ok(host)
}

/// What the thread says since the hand-over, bubble by bubble.
pub async fn said(page: &Page) -> Result<Vec<String>> {
    page.js(
        "const root = document.querySelector('[data-baton-ui=\"widget\"]')?.shadowRoot;
         const all = [...root?.querySelectorAll('[role=log] li') ?? []];
         const since = all.findIndex(one => one.className == 'handed');
         return all.slice(since + 1).filter(one => one.classList.contains('bubble'))
             .map(one => one.querySelector('p').textContent)",
        &[],
    )
    .await
}

pub async fn wait_said(page: &Page, wanted: &[&str]) -> Result<()> {
    let waited =
        page.until("the thread", async || Ok((said(page).await? == wanted).then_some(()))).await;
    if waited.is_err() {
        assert_eq!(said(page).await?, wanted);
    }
    waited
}

/// What the launcher counts.
pub async fn unread(page: &Page) -> Result<String> {
    Ok(page.panel().launcher().await?.attr("data-unread").await?.unwrap_or_default())
}

pub async fn wait_unread(page: &Page, wanted: &str) -> Result<()> {
    page.until(&format!("{wanted} unread"), async || {
        Ok((unread(page).await? == wanted).then_some(()))
    })
    .await
}

pub async fn kept(page: &Page) -> Result<Vec<String>> {
    page.js("return Object.keys(localStorage).filter(key => key.startsWith('baton.'))", &[]).await
}

/// Waits until the page has kept what it was told last.
pub async fn wait_kept(page: &Page, words: &str) -> Result<()> {
    let kept = format!("JSON.stringify(localStorage).includes({})", json!(words));
    page.until_js(&kept).await
}

#[test]
fn an_answer_appears_with_the_name_of_who_wrote_it() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let panel = page.panel();
        host.replies.tell("agent", json!({ "name": "Mia", "joined": true, "at": at() }));
        panel.wait_for("Mia is here now.").await?;
        host.replies.type_as("Mia", true);
        panel.wait_for("Mia is writing").await?;
        host.replies.say("Mia", "Which page was it?");
        wait_said(page, &["Which page was it?"]).await?;
        let shown = panel.text().await?;
        assert!(!shown.contains("Mia is writing"), "{shown}");
        let replies = page.events("reply").await?;
        assert_eq!(replies.len(), 1);
        assert_eq!(replies[0]["author"], "agent");
        assert_eq!(replies[0]["text"], "Which page was it?");

        panel.say("The page of the cart. My card is 4242 4242 4242 4242.").await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        let sent = host.replies.messages()[0].text.clone();
        assert!(sent.starts_with("The page of the cart."), "{sent}");
        assert!(!sent.contains("4242 4242 4242"), "not redacted: {sent}");
        wait_said(page, &["Which page was it?", &sent]).await?;
        Ok(())
    });
}

fn at() -> &'static str {
    "2026-11-30T18:00:00.000Z"
}

#[test]
fn what_comes_while_the_panel_is_closed_is_counted_until_it_is_opened() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let panel = page.panel();
        panel.press("Close").await?;
        host.replies.say("Mia", "One");
        host.replies.say("Mia", "Two");
        wait_unread(page, "2").await?;
        panel.launcher().await?.click().await?;
        wait_unread(page, "0").await?;
        page.until("\"seen\"", async || {
            let seen = |kind: &SignalKind| matches!(kind, SignalKind::Seen { up_to: 2 });
            Ok(host.replies.signals().iter().any(|signal| seen(&signal.what)).then_some(()))
        })
        .await?;
        Ok(())
    });
}

#[test]
fn where_there_are_no_streams_pages_do() {
    scenario(async |page| {
        page.log.expect("/replies");
        let host = host_with("").await?;
        host.replies.behave(Manner::OnlyPages);
        page.open(&host.url).await?;
        page.watch_events().await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("The shop is broken, I get an error").await?;
        panel.review().await?;
        panel.press("Send to").await?;
        panel.wait_for("Handed over").await?;
        page.until("a long poll", async || {
            Ok(host.replies.asked().iter().any(|asked| !asked.stream).then_some(()))
        })
        .await?;
        host.replies.say("Mia", "By page");
        wait_said(page, &["By page"]).await?;
        host.replies.say("Mia", "And another");
        wait_said(page, &["By page", "And another"]).await
    });
}

#[test]
#[ignore = "waits for the 30 s after which a silent stream is none"]
fn behind_a_proxy_that_collects_pages_do() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        host.replies.behave(Manner::Silent);
        host.replies.cut();
        page.until_within(Duration::from_secs(60), "a long poll", async || {
            Ok(host.replies.asked().iter().any(|asked| !asked.stream).then_some(()))
        })
        .await?;
        host.replies.say("Mia", "By page");
        wait_said(page, &["By page"]).await
    });
}

#[test]
fn another_team_a_solution_and_a_rating() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let panel = page.panel();
        let status = json!({
            "status": "received", "at": at(), "queue": "technical", "position": 3,
            "eta_minutes": 20 });
        host.replies.tell("status", status);
        panel.wait_for("You are number 3 in the queue.").await?;
        host.replies.tell(
            "queue",
            json!({ "from": "technical", "to": "billing", "reason": "It is about a charge",
                "at": at() }),
        );
        panel.wait_for("takes it from here: It is about a charge").await?;
        // What this version does not know, or cannot read, is no trouble.
        host.replies.tell("mood", json!({ "colour": "green" }));
        host.replies.tell("status", json!("nonsense"));
        host.replies.tell("message", json!({ "id": 5 }));
        host.replies.stand("resolved");
        panel.wait_for("The team marked this as solved.").await?;
        page.until("the rating", async || {
            let body = "document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot
                .querySelectorAll('.rating input[type=radio]')[4].click(); return true";
            Ok(page.js::<bool>(body, &[]).await?.then_some(()))
        })
        .await?;
        page.until("the second question", async || {
            let body = "document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot
                .querySelectorAll('.rating input[name=repeated]')[1].click(); return true";
            Ok(page.js::<bool>(body, &[]).await?.then_some(()))
        })
        .await?;
        panel.element(".rating textarea").await?.send_keys("Quick.").await?;
        panel.press("Send rating").await?;
        panel.wait_for("Thank you").await?;
        let rating = page
            .until("the rating at the server", async || {
                let signals = host.replies.signals();
                let is_rating = |kind: &SignalKind| matches!(kind, SignalKind::Csat { .. });
                Ok(signals.into_iter().find(|signal| is_rating(&signal.what)))
            })
            .await?;
        let wanted = SignalKind::Csat {
            score: 5,
            repeated: Some(false),
            comment: Some("Quick.".to_owned()),
        };
        assert_eq!(rating.what, wanted);
        assert!(baton_packet::reply::is_uuid(&rating.id), "{}", rating.id);

        // Writing again opens it again.
        panel.say("It is back").await?;
        host.replies.stand("open");
        panel.wait_for("A person is on it").await?;
        Ok(())
    });
}

#[test]
fn the_title_tells_of_an_answer_until_somebody_looks() {
    scenario(async |page| {
        let host = host_with("<script>window.addEventListener('load', () => Baton.init({ titleFlash: true, sound: true }))</script>").await?;
        hand_over(page, &host).await?;
        let panel = page.panel();
        panel.press("Close").await?;
        host.replies.say("Mia", "Look");
        page.until_js("document.title == '(1) Host'").await?;
        page.until_js("document.title == 'Host'").await?;
        page.until_js("document.title == '(1) Host'").await?;
        panel.launcher().await?.click().await?;
        page.until_js("document.title == 'Host'").await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
        page.until_js("document.title == 'Host'").await
    });
}

#[test]
fn five_hundred_messages_are_caught_up_with() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let memory =
            async || page.js::<f64>("return performance.memory?.usedJSHeapSize ?? 0", &[]).await;
        let before = memory().await?;
        host.replies.behave(Manner::Status(503));
        page.log.expect("/replies");
        host.replies.cut();
        for number in 1..=500 {
            host.replies.say("Mia", &format!("Message {number} of a long talk about the shop."));
        }
        host.replies.behave(Manner::Good);
        page.js::<Value>("window.dispatchEvent(new Event('online')); return null", &[]).await?;
        let begun = Instant::now();
        page.until("the last one", async || {
            Ok(page.panel().text().await?.contains("Message 500 of").then_some(()))
        })
        .await?;
        let (took, grown) = (begun.elapsed(), memory().await? - before);
        println!("500 messages: {} ms, {:.1} MB", took.as_millis(), grown / 1e6);
        assert_eq!(said(page).await?.len(), 500);
        assert!(grown < 40e6, "{grown} bytes");
        page.panel().say("I have read all of it").await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await
    });
}

#[test]
fn the_desk_keeps_the_same_contract() {
    scenario(async |page| {
        let desk = Desk::start().await?;
        page.open(&desk.url).await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("Opening an invoice does nothing, it is a bug.").await?;
        panel.review().await?;
        let id = panel.send().await?;
        desk.reply(&id, "Mia", "Which invoice was it?").await?;
        wait_said(page, &["Which invoice was it?"]).await?;
        panel.say("Number 1042").await?;
        let stored = page
            .until("the message at the desk", async || {
                let events = desk.conversation(&id).await?["events"].clone();
                let events = events.as_array().cloned().unwrap_or_default();
                let said = |event: &Value| event["data"]["text"] == "Number 1042";
                Ok(events.iter().any(said).then_some(events))
            })
            .await?;
        page.until("the end of sending", async || {
            Ok((panel.count(".post").await? == 0).then_some(()))
        })
        .await?;
        wait_kept(page, "Number 1042").await?;
        page.open("about:blank").await?;
        desk.reply(&id, "Mia", "Thank you").await?;
        page.open(&desk.url).await?;
        wait_unread(page, "1").await?;
        panel.launcher().await?.click().await?;
        wait_said(page, &["Which invoice was it?", "Number 1042", "Thank you"]).await?;
        assert!(stored.iter().all(|event| event["seq"].is_u64()), "{stored:?}");
        Ok(())
    });
}
