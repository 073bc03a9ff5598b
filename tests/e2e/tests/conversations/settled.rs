//! Corrections, refusals, questions and languages: the customer decides what leaves.

use baton_e2e::{Desk, scenario_within};
use serde_json::Value;

use super::script::{Never, Press, Say, Told, begin, hand_over, play};

const NOBODY: &str = "await Baton.clearIdentity(); await Baton.init({ articles: null })";
const BUG: &str = "The page freezes with an error when I open an invoice, it is a bug";

#[test]
fn questions_are_asked_one_at_a_time_and_the_answers_are_on_record() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(
            page,
            &[
                Say(BUG),
                Told("one question. You can skip it. What did you expect to happen instead?"),
                Say("That the invoice opens"),
                Told("Since when is it like this?"),
                Press("For a few days"),
                Told("How often does it happen?"),
            ],
        )
        .await?;
        page.panel().press("Skip this question").await?;
        let packet = hand_over(page, &desk).await?;
        let fields: Vec<_> = packet
            .conversation
            .fields
            .iter()
            .map(|field| (&*field.id, field.answer.as_deref()))
            .collect();
        assert!(fields.contains(&("bug.expected", Some("That the invoice opens"))), "{fields:?}");
        assert!(fields.contains(&("bug.since", Some("For a few days"))), "{fields:?}");
        assert!(fields.iter().any(|field| field.1.is_none()), "{fields:?}");
        Ok(())
    });
}

#[test]
fn no_more_questions_means_none() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(BUG), Told("What did you expect"), Press("No more questions")]).await?;
        let packet = hand_over(page, &desk).await?;
        assert_eq!(packet.conversation.fields.len(), 1);
        Ok(())
    });
}

#[test]
fn one_tap_sends_for_those_who_trust_us() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(BUG), Told("I agree to send what is listed here"), Press("Send now")])
            .await?;
        page.panel().wait_for("Handed over").await?;
        // What was handed over is in sight, though a question was left open.
        page.until_js(
            "(() => { const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
                const thread = root.querySelector('.thread').getBoundingClientRect();
                const card = root.querySelector('.handed h3').getBoundingClientRect();
                return card.top >= thread.top && card.bottom <= thread.bottom })()",
        )
        .await?;
        let ids = desk.ids().await?;
        let packet = desk.packet(&ids[0]).await?;
        assert!(packet.consent.approved);
        assert_eq!(packet.consent.text, "I agree to send what is listed here to the support team.");
        Ok(())
    });
}

#[test]
fn what_is_struck_out_is_named_by_nobody() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(BUG), Told("Ready to hand over")]).await?;
        let panel = page.panel();
        panel.review().await?;
        for item in ["Conversation", "Pictures", "Browser, device and page address"] {
            panel.toggle(item).await?;
        }
        let id = panel.send().await?;
        let told = panel.text().await?;
        assert!(told.contains("The summary of it"), "{told}");
        assert!(!told.contains("picture") && !told.contains("browser details"), "{told}");
        let packet = desk.packet(&id).await?;
        let text = serde_json::to_string(&packet)?;
        assert!(!text.contains("I am bringing in"), "the transcript is not in it");
        assert!(packet.conversation.fields.is_empty() && packet.triage.reasons.is_empty());
        let struck: Vec<_> = packet
            .consent
            .items
            .iter()
            .filter(|item| !item.included)
            .map(|item| &*item.item)
            .collect();
        assert_eq!(struck, ["transcript", "screenshot", "environment"]);
        Ok(())
    });
}

#[test]
fn the_summary_is_the_customers_to_write_and_its_secrets_are_masked() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(BUG), Told("Ready to hand over")]).await?;
        let panel = page.panel();
        panel.review().await?;
        let title = panel.element(".summary input").await?;
        title.clear().await?;
        title.send_keys("Invoices freeze, my password: hunter2x").await?;
        let id = panel.send().await?;
        let summary = desk.packet(&id).await?.summary;
        assert!(summary.edited);
        assert_eq!(summary.title, "Invoices freeze, my password: [password]");
        Ok(())
    });
}

#[test]
fn a_german_customer_is_told_everything_in_german() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        let german = format!("{NOBODY}; await Baton.setLocale('de-AT')");
        begin(page, &desk.url, &german).await?;
        play(
            page,
            &[
                Told("Erzählen Sie"),
                Say("Ich wurde doppelt belastet und möchte mein Geld zurück, bitte erstatten"),
                Told("Geld"),
                Never("I am bringing in"),
            ],
        )
        .await?;
        let words: Value = serde_json::from_str(include_str!("../../../../www/locales/de.json"))?;
        let word = |key: &str| words[key].as_str().unwrap_or_default().to_owned();
        let panel = page.panel();
        panel.press(&word("review")).await?;
        panel.wait_for(&word("review_title")).await?;
        panel.press(&word("approve")).await?;
        panel.wait_for(&word("delivered")).await?;
        let id = panel.element("dd.reference").await?.text().await?;
        let packet = desk.packet(&id).await?;
        assert_eq!(packet.route.queue, "billing");
        assert_eq!(packet.consent.text, word("consent"));
        assert_eq!(
            packet.escalation.reason,
            "Money that was already taken is checked by a person."
        );
        Ok(())
    });
}

#[test]
fn a_message_of_a_megabyte_is_cut_and_the_panel_goes_on() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        page.js_async::<Value>(
            "await Baton.ask('It is broken, an error. ' + 'x'.repeat(1e6)); return null",
        )
        .await?;
        play(
            page,
            &[
                Told("[cut: the message was too long]"),
                Press("Talk to a person"),
                Told("I am bringing in"),
            ],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        assert!(packet.conversation.transcript.iter().all(|message| message.text.len() <= 65_536));
        Ok(())
    });
}

#[test]
fn two_hundred_messages_at_once_are_all_there() {
    scenario_within(150, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        page.js_async::<Value>(
            "await Promise.all(Array.from({ length: 200 }, (_, i) => Baton.ask(`error number ${i} on the page`))); return null",
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        let said = packet.conversation.transcript.iter();
        let said = said.filter(|message| message.text.starts_with("error number")).count();
        assert_eq!(said, 200);
        Ok(())
    });
}

#[test]
fn the_team_answers_in_the_same_thread() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(BUG), Told("Ready to hand over")]).await?;
        let id = hand_over(page, &desk).await?.id.to_string();
        desk.reply(&id, "Mia", "I can see what happened. I will take it from here.").await?;
        play(page, &[Told("Mia is here now."), Told("I can see what happened.")]).await?;
        page.panel().say("Thank you, Mia").await?;
        let heard = page
            .until("the desk has the answer", async || {
                let text = desk.conversation(&id).await?.to_string();
                Ok(text.contains("Thank you, Mia").then_some(text))
            })
            .await?;
        assert_eq!(heard.matches("Thank you, Mia").count(), 1);
        Ok(())
    });
}
