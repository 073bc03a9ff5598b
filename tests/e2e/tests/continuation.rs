//! After the hand-over: the team's answers, the customer's words, other tabs, the next
//! page; against a server that keeps to the contract and breaks what is asked.

use std::time::{Duration, Instant};

use anyhow::Result;
use baton_e2e::{Desk, Host, Manner, Page, host::TAG, scenario};
use baton_packet::reply::SignalKind;
use serde_json::{Value, json};

/// A page with Baton whose receipts name the routes of replies.
async fn host_with(head: &str) -> Result<Host> {
    let host = Host::with_page(&format!("{head}{TAG}"), "<h1>Shop</h1>").await?;
    host.replies.turn_on();
    Ok(host)
}

/// The customer hands a case over, and listens.
async fn hand_over(page: &Page, host: &Host) -> Result<()> {
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

async fn listening(page: &Page, host: &Host) -> Result<()> {
    page.until("an open stream", async || Ok((host.replies.open().0 > 0).then_some(()))).await
}

async fn handed_over(page: &Page) -> Result<Host> {
    let host = host_with("").await?;
    hand_over(page, &host).await?;
    Ok(host)
}

/// What the thread says since the hand-over, bubble by bubble.
async fn said(page: &Page) -> Result<Vec<String>> {
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

async fn wait_said(page: &Page, wanted: &[&str]) -> Result<()> {
    let waited =
        page.until("the thread", async || Ok((said(page).await? == wanted).then_some(()))).await;
    if waited.is_err() {
        assert_eq!(said(page).await?, wanted);
    }
    waited
}

/// What the launcher counts.
async fn unread(page: &Page) -> Result<String> {
    Ok(page.panel().launcher().await?.attr("data-unread").await?.unwrap_or_default())
}

async fn wait_unread(page: &Page, wanted: &str) -> Result<()> {
    page.until(&format!("{wanted} unread"), async || {
        Ok((unread(page).await? == wanted).then_some(()))
    })
    .await
}

async fn kept(page: &Page) -> Result<Vec<String>> {
    page.js("return Object.keys(localStorage).filter(key => key.startsWith('baton.'))", &[]).await
}

/// Waits until the page has kept what it was told last.
async fn wait_kept(page: &Page, words: &str) -> Result<()> {
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
fn a_reload_keeps_the_thread_and_catches_up() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let panel = page.panel();
        host.replies.say("Mia", "Before");
        wait_said(page, &["Before"]).await?;
        panel.say("Mine").await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        wait_kept(page, "Mine").await?;
        host.replies.repeat(2);
        page.open("about:blank").await?;
        host.replies.say("Mia", "Meanwhile");
        page.open(&host.url).await?;
        // Without a click: the launcher tells.
        wait_unread(page, "1").await?;
        panel.launcher().await?.click().await?;
        wait_said(page, &["Before", "Mine", "Meanwhile"]).await?;
        panel.wait_for("The shop is broken, I get an error").await?;
        wait_unread(page, "0").await?;

        host.replies.cut_within_an_event();
        host.replies.say("Mia", "After");
        wait_said(page, &["Before", "Mine", "Meanwhile", "After"]).await?;
        assert!(host.replies.asked().last().is_some_and(|asked| asked.after >= 3));
        Ok(())
    });
}

#[test]
fn two_tabs_share_one_stream_and_the_second_takes_over() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let web = page.web();
        let first = web.window().await?;
        let second = web.new_tab().await?;
        web.switch_to_window(second.clone()).await?;
        page.open(&host.url).await?;
        page.until_js("window.Baton").await?;
        let panel = page.panel();
        panel.launcher().await?.click().await?;
        panel.wait_for("Handed over").await?;
        host.replies.say("Mia", "To both");
        wait_said(page, &["To both"]).await?;
        panel.say("From the second").await?;
        wait_said(page, &["To both", "From the second"]).await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        web.switch_to_window(first).await?;
        wait_said(page, &["To both", "From the second"]).await?;
        assert_eq!(host.replies.open(), (1, 1), "streams open, and at most");

        // The tab that listens goes.
        web.close_window().await?;
        web.switch_to_window(second).await?;
        page.until("the second stream", async || {
            Ok((host.replies.open().0 == 1 && host.replies.asked().len() > 1).then_some(()))
        })
        .await?;
        host.replies.say("Mia", "Still there?");
        wait_said(page, &["To both", "From the second", "Still there?"]).await?;
        assert_eq!(host.replies.open().1, 1);
        Ok(())
    });
}

#[test]
fn a_message_whose_answer_is_lost_is_there_once() {
    scenario(async |page| {
        page.log.expect("/messages");
        let host = handed_over(page).await?;
        host.replies.lose_answers(2);
        let panel = page.panel();
        panel.say("First").await?;
        panel.say("Second").await?;
        page.until("both", async || Ok((host.replies.messages().len() == 2).then_some(()))).await?;
        page.until("the repeats", async || Ok((host.replies.attempts().len() >= 4).then_some(())))
            .await?;
        let texts: Vec<_> = host.replies.messages().into_iter().map(|sent| sent.text).collect();
        assert_eq!(texts, ["First", "Second"]);
        wait_said(page, &["First", "Second"]).await?;
        page.until("the end of sending", async || {
            Ok((panel.count(".post").await? == 0).then_some(()))
        })
        .await?;
        Ok(())
    });
}

#[test]
fn what_is_written_while_the_server_is_down_goes_out_later() {
    scenario(async |page| {
        page.log.expect("/messages");
        page.log.expect("/replies");
        let host = handed_over(page).await?;
        host.replies.behave(Manner::Status(503));
        host.replies.cut();
        let panel = page.panel();
        panel.say("Anybody there?").await?;
        panel.wait_for("Not sent. It is kept").await?;
        panel.wait_for("No connection to the team").await?;
        host.replies.behave(Manner::Good);
        host.replies.say("Mia", "Back again");
        page.js::<Value>("window.dispatchEvent(new Event('online')); return null", &[]).await?;
        panel.wait_for("Back again").await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        page.until("calm", async || {
            let shown = panel.text().await?;
            let trouble = shown.contains("Not sent") || shown.contains("No connection");
            Ok((!trouble).then_some(()))
        })
        .await?;
        Ok(())
    });
}

#[test]
fn a_conversation_that_is_gone_is_told_and_not_asked_for_again() {
    scenario(async |page| {
        page.log.expect("/replies");
        let host = handed_over(page).await?;
        host.replies.behave(Manner::Status(401));
        host.replies.cut();
        let panel = page.panel();
        panel.wait_for("does not continue this conversation").await?;
        let asked = host.replies.asked().len();
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(host.replies.asked().len(), asked, "asked again");
        assert_eq!(panel.count(".composer").await?, 0);
        panel.press("Start a new request").await?;
        panel.wait_open().await
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
fn whoever_signs_out_takes_everything_along_in_every_tab() {
    scenario(async |page| {
        let host = host_with("").await?;
        page.open(&host.url).await?;
        page.js_async::<Value>("await Baton.identify('customer-7')").await?;
        hand_over_as(page, &host, "customer-7").await?;
        host.replies.say("Mia", "A secret of yours");
        wait_said(page, &["A secret of yours"]).await?;
        wait_kept(page, "A secret of yours").await?;
        let names = kept(page).await?.join(" ");
        assert!(!names.contains("customer-7"), "{names}");

        let web = page.web();
        let first = web.window().await?;
        let second = web.new_tab().await?;
        web.switch_to_window(second.clone()).await?;
        page.open(&host.url).await?;
        page.js_async::<Value>("await Baton.identify('customer-7'); await Baton.open()").await?;
        wait_said(page, &["A secret of yours"]).await?;

        web.switch_to_window(first).await?;
        page.js_async::<Value>("await Baton.clearIdentity()").await?;
        for window in web.windows().await? {
            web.switch_to_window(window).await?;
            let panel = page.panel();
            page.until("an empty thread", async || {
                Ok((!panel.text().await?.contains("A secret of yours")).then_some(()))
            })
            .await?;
            assert!(!panel.text().await?.contains("The shop is broken"));
        }
        page.until(
            "the end of the stream",
            async || Ok((host.replies.open().0 == 0).then_some(())),
        )
        .await?;
        assert_eq!(kept(page).await?, Vec::<String>::new());
        Ok(())
    });
}

async fn hand_over_as(page: &Page, host: &Host, id: &str) -> Result<()> {
    let panel = page.panel();
    page.js_async::<Value>(&format!("await Baton.identify({})", json!(id))).await?;
    panel.open().await?;
    panel.say("The shop is broken, I get an error").await?;
    panel.review().await?;
    panel.press("Send to").await?;
    panel.wait_for("Handed over").await?;
    listening(page, host).await
}

#[test]
fn another_customer_sees_nothing_and_the_first_finds_it_again() {
    scenario(async |page| {
        let host = host_with("").await?;
        page.open(&host.url).await?;
        hand_over_as(page, &host, "ada").await?;
        host.replies.say("Mia", "For Ada");
        wait_kept(page, "For Ada").await?;
        page.js_async::<Value>("await Baton.identify('ben')").await?;
        let panel = page.panel();
        page.until("an empty thread", async || {
            Ok((!panel.text().await?.contains("For Ada")).then_some(()))
        })
        .await?;
        page.js_async::<Value>("await Baton.identify('ada')").await?;
        panel.wait_for("For Ada").await?;
        listening(page, &host).await
    });
}

#[test]
fn without_a_history_nothing_is_kept() {
    scenario(async |page| {
        let host = host_with("<script>window.addEventListener('load', () => Baton.init({ history: false }))</script>").await?;
        hand_over(page, &host).await?;
        host.replies.say("Mia", "For now");
        wait_said(page, &["For now"]).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(kept(page).await?, Vec::<String>::new());
        Ok(())
    });
}

#[test]
fn where_the_browser_keeps_nothing_the_talk_goes_on() {
    scenario(async |page| {
        let head = "<script>Object.defineProperty(window, 'localStorage', {
            get() { throw new DOMException('no', 'SecurityError') } })</script>";
        let host = host_with(head).await?;
        hand_over(page, &host).await?;
        host.replies.say("Mia", "All the same");
        wait_said(page, &["All the same"]).await?;
        page.panel().say("Good").await?;
        wait_said(page, &["All the same", "Good"]).await
    });
}

#[test]
fn an_earlier_conversation_can_be_read() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        host.replies.say("Mia", "The old answer");
        wait_kept(page, "The old answer").await?;
        let panel = page.panel();
        panel.press("Start a new request").await?;
        let history = panel.element(".history summary").await?;
        assert_eq!(history.text().await?, "Earlier conversations");
        history.click().await?;
        let case = panel.element(".history details summary").await?;
        assert!(case.text().await?.contains("The shop is broken"), "{}", case.text().await?);
        case.click().await?;
        panel.wait_for("The old answer").await
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
