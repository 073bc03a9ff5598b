//! What the customer sends, over lost answers and servers that are down.

use std::time::Duration;

use baton_e2e::{Host, Manner, host::TAG, scenario};
use serde_json::{Value, json};

use super::{handed_over, wait_kept, wait_said};

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
fn a_file_goes_along_and_one_that_cannot_is_told() {
    scenario(async |page| {
        let host = handed_over(page).await?;
        let panel = page.panel();
        let give = "
            const input = document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot
                .querySelector('.composer input[type=file]');
            const files = new DataTransfer();
            for (const [name, type] of arguments[0])
                files.items.add(new File([name], name, { type }));
            input.files = files.files;
            input.dispatchEvent(new Event('change', { bubbles: true }));
            return null";
        let files =
            json!([["bill.pdf", "application/pdf"], ["run.exe", "application/x-msdownload"]]);
        page.js::<Value>(give, &[files]).await?;
        panel.wait_for("This kind of file cannot be sent here").await?;
        panel.wait_for("bill.pdf").await?;
        page.until("the file", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        let sent = &host.replies.messages()[0].attachments;
        assert_eq!(sent.len(), 1);
        assert_eq!(
            (&*sent[0].name, &*sent[0].media_type, sent[0].size),
            ("bill.pdf", "application/pdf", 8)
        );
        page.until("the end of sending", async || {
            Ok((panel.count(".post").await? == 0).then_some(()))
        })
        .await
    });
}

#[test]
fn what_cannot_be_redacted_stays_in_the_composer() {
    scenario(async |page| {
        page.log.expect("extras");
        let host = handed_over(page).await?;
        wait_kept(page, "The shop is broken").await?;
        page.open("about:blank").await?;
        host.block(Some("/baton/extras"));
        page.open(&host.url).await?;
        let panel = page.panel();
        panel.launcher().await?.click().await?;
        panel.wait_for("Handed over").await?;
        panel.say("My card is 4242 4242 4242 4242").await?;
        panel.wait_for("Not sent: a part of this assistant did not load").await?;
        let composer = panel.element(".composer textarea").await?;
        let text = composer.prop("value").await?.unwrap_or_default();
        assert_eq!(text, "My card is 4242 4242 4242 4242");
        assert_eq!(host.replies.attempts(), Vec::<String>::new());
        host.block(None);
        panel.element(".send").await?.click().await?;
        page.until("the message", async || Ok((host.replies.messages().len() == 1).then_some(())))
            .await?;
        assert!(!host.replies.messages()[0].text.contains("4242 4242"));
        assert!(!panel.text().await?.contains("Not sent"));
        Ok(())
    });
}

#[test]
fn a_receipt_sends_neither_words_nor_token_to_another_origin() {
    scenario(async |page| {
        let elsewhere = Host::with_page("", "<h1>Elsewhere</h1>").await?;
        let host = Host::with_page(TAG, "<h1>Shop</h1>").await?;
        host.replies.turn_on();
        host.replies.point_to(&elsewhere.url);
        page.open(&host.url).await?;
        page.watch_events().await?;
        let panel = page.panel();
        panel.open().await?;
        panel.say("The shop is broken, I get an error").await?;
        panel.review().await?;
        panel.press("Send to").await?;
        panel.wait_for("does not continue this conversation").await?;
        let told = page.events("error").await?;
        assert!(told.iter().any(|problem| problem["code"] == "replies"), "{told:?}");
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(elsewhere.replies.asked(), []);
        assert_eq!(panel.count(".composer").await?, 0);
        Ok(())
    });
}

#[test]
#[ignore = "waits the 20 s after which another tab's message is taken over"]
fn what_a_closed_tab_has_not_sent_the_other_one_sends() {
    scenario(async |page| {
        page.log.expect("/messages");
        let host = handed_over(page).await?;
        let web = page.web();
        let first = web.window().await?;
        let second = web.new_tab().await?;
        web.switch_to_window(second).await?;
        page.open(&host.url).await?;
        page.until_js("window.Baton").await?;
        let panel = page.panel();
        panel.launcher().await?.click().await?;
        panel.wait_for("Handed over").await?;
        host.replies.behave(Manner::Status(503));
        panel.say("From a tab that goes").await?;
        panel.wait_for("Not sent. It is kept").await?;
        web.close_window().await?;
        web.switch_to_window(first).await?;
        wait_said(page, &["From a tab that goes"]).await?;
        host.replies.behave(Manner::Good);
        page.until_within(Duration::from_secs(60), "the message", async || {
            Ok((host.replies.messages().len() == 1).then_some(()))
        })
        .await?;
        wait_said(page, &["From a tab that goes"]).await
    });
}
