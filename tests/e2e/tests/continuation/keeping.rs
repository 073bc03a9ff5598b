//! Reloads, tabs, and whose the conversation is.

use std::time::Duration;

use anyhow::Result;
use baton_e2e::{Host, Page, scenario};
use serde_json::{Value, json};

use super::{
    hand_over, handed_over, host_with, kept, listening, wait_kept, wait_said, wait_unread,
};

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
