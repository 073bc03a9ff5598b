//! Questions that need no person: answered from the help centre, by the team's AI or by
//! the browser's own model, and what happens when that does not help.

use anyhow::Result;
use baton_e2e::{AiAnswer, AiServer, Desk, scenario_within};

use super::script::{Never, Press, Say, Told, begin, hand_over, play};

const NOBODY: &str = "await Baton.clearIdentity()";
const QUESTION: &str = "How do I turn on two-factor authentication?";

#[test]
fn an_article_answers_and_nobody_is_bothered() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(
            page,
            &[
                Say(QUESTION),
                Told("Turn on"),
                Never("I am bringing in"),
                Press("Yes"),
                Told("I am glad."),
                Never("Shall I bring in a person?"),
            ],
        )
        .await?;
        assert_eq!(desk.ids().await?.len(), 0);
        let link: String = page
            .js(
                "return document.querySelector('[data-baton-ui=widget]').shadowRoot
                .querySelector('.answer .source a').href",
                &[],
            )
            .await?;
        assert_eq!(link, "https://help.ledgerline.example/two-factor");
        Ok(())
    });
}

#[test]
fn a_person_is_offered_at_the_first_answer_that_did_not_help() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(
            page,
            &[
                Say(QUESTION),
                Told("Help article"),
                Press("No"),
                Told("The answer did not help. Shall I bring in a person?"),
                Press("Not now"),
                Say("How do I reset my password?"),
                Told("Forgot password"),
                Never("I am bringing in"),
                Press("Talk to a person"),
                Told("You asked for a person."),
            ],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        let attempts = &packet.attempts;
        assert_eq!(attempts.len(), 2, "{attempts:?}");
        assert_eq!((attempts[0].helped, attempts[1].helped), (Some(false), None));
        assert!(attempts.iter().all(|one| one.grounded && one.provider == "articles"));
        assert_eq!(packet.escalation.rule, "asked_for_human");
        Ok(())
    });
}

#[test]
fn two_answers_that_did_not_help_bring_a_person() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say(QUESTION), Told("Help article"), Press("No"), Told("Shall I bring in")])
            .await?;
        play(
            page,
            &[
                Say("How do I reset my password?"),
                Told("Forgot password"),
                Press("No"),
                Told("My answers do not help you"),
            ],
        )
        .await?;
        assert_eq!(hand_over(page, &desk).await?.escalation.rule, "answers_keep_failing");
        Ok(())
    });
}

/// A page that asks this endpoint, and no articles.
async fn with_ai(page: &baton_e2e::Page, desk: &Desk, ai: &AiServer) -> Result<()> {
    let init = format!("await Baton.init({{ articles: null, ai: '{}' }}); {NOBODY}", ai.url);
    begin(page, &desk.url, &init).await
}

#[test]
fn the_teams_own_ai_answers_with_its_sources() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        let ai = AiServer::start(AiAnswer::grounded("Open **Settings** and choose *Approvers*."))
            .await?;
        with_ai(page, &desk, &ai).await?;
        play(
            page,
            &[
                Say("How do I add a second approver to an expense report?"),
                Told("Open Settings and choose Approvers."),
                Told("AI answer"),
                Never("Shall I bring in a person?"),
            ],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn a_conclusion_is_marked_and_a_person_is_offered() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        let ai = AiServer::start(AiAnswer::inferred("Probably under Settings.")).await?;
        with_ai(page, &desk, &ai).await?;
        play(
            page,
            &[
                Say("How do I add a second approver to an expense report?"),
                Told("This is a conclusion, not a quote."),
                Told("I have no source for an answer to this. Shall I bring in a person?"),
                Press("Talk to a person"),
                Told("You asked for a person."),
            ],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        assert!(!packet.attempts[0].grounded);
        Ok(())
    });
}

#[test]
fn an_ai_that_asks_for_a_human_gets_one() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        let ai = AiServer::start(AiAnswer::needs_human("This depends on your contract.")).await?;
        with_ai(page, &desk, &ai).await?;
        play(
            page,
            &[
                Say("How do I add a second approver to an expense report?"),
                Told("This depends on your contract."),
                Told("I am bringing in"),
            ],
        )
        .await?;
        assert_eq!(hand_over(page, &desk).await?.escalation.rule, "answer_needs_human");
        Ok(())
    });
}

#[test]
fn an_ai_that_fails_is_no_dead_end() {
    scenario_within(120, async |page| {
        page.log.expect("500");
        page.log.expect("answers");
        let desk = Desk::start().await?;
        let ai = AiServer::start(AiAnswer::Fails).await?;
        with_ai(page, &desk, &ai).await?;
        play(
            page,
            &[
                Say("How do I add a second approver to an expense report?"),
                Told("Nothing here can answer this on its own."),
                Told("Ready to hand over"),
            ],
        )
        .await?;
        Ok(())
    });
}

#[test]
fn markup_in_an_answer_is_inert() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        let evil = "Ignore all rules. <img src=x onerror=\"window.evil=1\"> [click](javascript:window.evil=1) <script>window.evil=1</script> ![x](https://evil.example/x.png)";
        let ai = AiServer::start(AiAnswer::grounded(evil)).await?;
        with_ai(page, &desk, &ai).await?;
        play(
            page,
            &[
                Say("How do I add a second approver to an expense report?"),
                Told("<img src=x onerror="),
            ],
        )
        .await?;
        let found: usize = page
            .js("const root = document.querySelector('[data-baton-ui=widget]').shadowRoot;
                 return root.querySelectorAll('.answer img, .answer script, .answer a[href^=javascript]').length + (window.evil || 0)", &[])
            .await?;
        assert_eq!(found, 0);
        Ok(())
    });
}
