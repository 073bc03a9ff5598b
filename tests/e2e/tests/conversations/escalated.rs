//! Each case in which a person is brought in: the rule, its words, the queue.

use anyhow::Result;
use baton_e2e::{Desk, scenario_within};

use super::script::{Never, Press, Say, Step, Told, begin, hand_over, play};

/// What is said, by which rule a person comes, what the customer is told, and to whom it
/// goes.
struct Case {
    who: &'static str,
    says: &'static str,
    rule: &'static str,
    told: &'static [&'static str],
    queue: &'static str,
}

const NOBODY: &str = "await Baton.clearIdentity()";

const CASES: [Case; 15] = [
    Case {
        who: NOBODY,
        says: "I want to talk to a human being",
        rule: "asked_for_human",
        told: &["You asked for a person."],
        queue: "support",
    },
    Case {
        who: NOBODY,
        says: "Somebody hacked my account and changed the password, I see logins I did not make",
        rule: "security",
        told: &["security of an account", "do not write any password"],
        queue: "security",
    },
    Case {
        who: NOBODY,
        says: "This is a legal notice: our lawyers will sue you for breach of contract",
        rule: "legal",
        told: &["legal matter", "no legal advice"],
        queue: "privacy-legal",
    },
    Case {
        who: NOBODY,
        says: "Delete my personal data please",
        rule: "privacy",
        told: &["personal data"],
        queue: "privacy-legal",
    },
    Case {
        who: NOBODY,
        says: "Could you make an exception and waive the late fee on our invoice this once?",
        rule: "billing_exception",
        told: &["decided by a person", "our billing team"],
        queue: "billing",
    },
    Case {
        who: NOBODY,
        says: "I was charged twice, please give me my money back, I want a refund",
        rule: "refund",
        told: &["Money that was already taken", "our billing team"],
        queue: "billing",
    },
    Case {
        who: NOBODY,
        says: "My former business partner took over our workspace and removed me as the owner, he has no right to it",
        rule: "access_dispute",
        told: &["contested", "Nobody's access is changed"],
        queue: "security",
    },
    Case {
        who: NOBODY,
        says: "All of our invoices are gone, the data was deleted and we lost everything",
        rule: "data_loss",
        told: &["I am sorry about this.", "Data may be lost"],
        queue: "technical",
    },
    Case {
        who: NOBODY,
        says: "Your service is down for everybody here, nothing loads at all",
        rule: "outage",
        told: &["service is not working"],
        queue: "technical",
    },
    Case {
        who: NOBODY,
        says: "I want to cancel my subscription and leave for another product",
        rule: "churn_risk",
        told: &["Thank you for telling us.", "thinking of leaving"],
        queue: "customer-success",
    },
    Case {
        who: NOBODY,
        says: "This is ridiculous, I am absolutely furious, your garbage software wasted my whole day again!!!",
        rule: "angry",
        told: &["I am sorry about this.", "frustrating"],
        queue: "",
    },
    Case {
        who: NOBODY,
        says: "I am so worried and scared, payroll is due tomorrow and I don't know what to do, please please help",
        rule: "anxious",
        told: &["I am sorry about this.", "This worries you"],
        queue: "",
    },
    Case {
        who: NOBODY,
        says: "The page freezes with an error when I open an invoice, it is a bug",
        rule: "needs_investigation",
        told: &["look into what went wrong", "our technical team"],
        queue: "technical",
    },
    Case {
        who: "await Baton.identify('u1', { plan: 'enterprise', account_value: 90000 })",
        says: "How do I add a second approver to an expense report?",
        rule: "high_value_account",
        told: &["A person looks after your account."],
        queue: "support",
    },
    Case {
        who: NOBODY,
        says: "What is the colour of the left thing in the third place?",
        rule: "no_answer_source",
        told: &["Nothing here can answer this"],
        queue: "",
    },
];

async fn all(page: &baton_e2e::Page, cases: &[Case]) -> Result<()> {
    let desk = Desk::start().await?;
    for case in cases {
        begin(page, &desk.url, &format!("await Baton.init({{ articles: null }}); {}", case.who))
            .await?;
        play(page, &[Say(case.says)]).await?;
        let told: Vec<Step<'_>> = case.told.iter().map(|words| Told(words)).collect();
        play(page, &told).await?;
        play(
            page,
            &[Told("nothing leaves this page before you have seen it"), Never("Did this help?")],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        assert_eq!(packet.escalation.rule, case.rule, "{}", case.says);
        if !case.queue.is_empty() {
            assert_eq!(packet.route.queue, case.queue, "{}", case.says);
        }
        // What the customer was told is what the team reads.
        let said =
            packet.conversation.transcript.iter().any(|message| {
                message.text.contains(packet.escalation.reason.trim_end_matches('.'))
            });
        assert!(said, "{}: {:?}", packet.escalation.reason, packet.conversation.transcript);
    }
    Ok(())
}

#[test]
fn what_touches_security_law_or_money_goes_to_those_who_decide() {
    scenario_within(150, async |page| all(page, &CASES[1..7]).await);
}

#[test]
fn who_is_upset_or_in_trouble_meets_a_calm_word_and_a_person() {
    scenario_within(150, async |page| all(page, &CASES[7..12]).await);
}

#[test]
fn what_nothing_here_can_settle_goes_to_a_person_by_its_rule() {
    scenario_within(150, async |page| {
        all(page, &CASES[12..]).await?;
        all(page, &CASES[..1]).await
    });
}

#[test]
fn the_button_brings_a_person_at_once_whatever_was_said() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(
            page,
            &[
                Told("Tell me what happened"),
                Press("Talk to a person"),
                Told("I want to talk to a person."),
                Told("You asked for a person."),
                Never("Did this help?"),
            ],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        assert_eq!(packet.escalation.rule, "asked_for_human");
        assert!(packet.triage.wants_human);
        Ok(())
    });
}

#[test]
fn a_greeting_is_met_with_a_question_and_not_with_a_hand_over() {
    scenario_within(120, async |page| {
        let desk = Desk::start().await?;
        begin(page, &desk.url, NOBODY).await?;
        play(page, &[Say("hello"), Told("I am listening."), Never("I am bringing in")]).await?;
        play(
            page,
            &[
                Say("the export button is broken, it shows an error"),
                Told("look into what went wrong"),
            ],
        )
        .await?;
        let packet = hand_over(page, &desk).await?;
        assert_eq!(packet.route.queue, "technical");
        Ok(())
    });
}
