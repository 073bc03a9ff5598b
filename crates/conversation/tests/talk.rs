//! The talk after the hand-over: what is told, written, lost and told twice; and what is
//! kept of it.

use baton_conversation::history::{self, MOST_BYTES, MOST_CASES};
use baton_conversation::talk::{Post, Rating, TalkEffect, TalkEvent, What};
use baton_conversation::{Confirmation, Kept, Line, Talk};
use baton_packet::reply::{
    Event as Told, File, MAX_TEXT_CHARS, Message, State, Status, Typing, Writer,
};
use baton_packet::{Author, Links, PacketId, Receipt, Timestamp};

/// 2026-11-30T12:00:00Z.
const NOW: f64 = 1_796_040_000_000.0;
const DAY: f64 = 86_400_000.0;

fn at(ms: f64) -> Timestamp {
    Timestamp::from_unix_ms(ms)
}

fn message(kind: Author, id: &str, text: &str) -> Told {
    Told::Message(Message {
        id: id.to_owned(),
        at: at(NOW),
        author: Writer { kind, name: Some("Mia".to_owned()) },
        text: text.to_owned(),
        attachments: Vec::new(),
    })
}

fn status(status: State, ms: f64) -> Told {
    let at = at(ms);
    Told::Status(Status { status, at, queue: None, position: None, eta_minutes: None })
}

fn wrote(id: &str, text: &str) -> TalkEvent {
    let (id, text) = (id.to_owned(), text.to_owned());
    TalkEvent::Wrote { id, text, files: Vec::new(), at: at(NOW) }
}

fn texts(talk: &Talk) -> Vec<&str> {
    let said = talk.entries.iter().filter_map(|entry| match &entry.what {
        What::Mine { text, .. } | What::Theirs { text, .. } => Some(text.as_str()),
        _ => None,
    });
    said.collect()
}

fn post(talk: &Talk, id: &str) -> Post {
    let entry = talk.entries.iter().find(|entry| entry.id == id).expect("the message");
    match &entry.what {
        What::Mine { post, .. } => post.clone(),
        other => panic!("not the customer's: {other:?}"),
    }
}

#[test]
fn what_is_told_twice_happens_once() {
    let mut talk = Talk::default();
    let first = talk.reduce(TalkEvent::Told(Some(1), message(Author::Agent, "a", "Hello")));
    assert!(matches!(&first[0], TalkEffect::TellReply(told) if told.text == "Hello"));
    assert!(first.contains(&TalkEffect::Unread(1, true)) && first.contains(&TalkEffect::Keep));
    for seq in [Some(1), Some(0), None] {
        let again = talk.reduce(TalkEvent::Told(seq, message(Author::Agent, "a", "Hello")));
        assert!(!again.iter().any(|effect| matches!(effect, TalkEffect::TellReply(_))), "{seq:?}");
    }
    assert_eq!((texts(&talk), talk.unread, talk.seq), (vec!["Hello"], 1, 1));
}

#[test]
fn an_unknown_event_counts_by_its_number_only() {
    let mut talk = Talk::default();
    assert_eq!(talk.reduce(TalkEvent::Passed(4)), []);
    assert_eq!(talk.reduce(TalkEvent::Passed(2)), []);
    assert_eq!((talk.seq, talk.entries.len()), (4, 0));
    assert_eq!(talk.reduce(TalkEvent::Told(Some(3), message(Author::Agent, "a", "old"))), []);
}

#[test]
fn the_customers_message_is_sent_once_whoever_tells_of_it_first() {
    let mut talk = Talk::default();
    let effects = talk.reduce(wrote("m", "Hi"));
    assert_eq!(effects, [TalkEffect::Post("m".to_owned()), TalkEffect::Keep]);
    assert_eq!(talk.reduce(wrote("m", "Hi")), [], "the same id is the same message");
    // The channel is faster than the answer to the post, which fails.
    talk.reduce(TalkEvent::Told(Some(1), message(Author::Customer, "m", "Hi")));
    assert_eq!(post(&talk, "m"), Post::Sent);
    assert_eq!(talk.reduce(TalkEvent::Posted("m".to_owned(), Post::Waiting)), []);
    assert_eq!((texts(&talk), post(&talk, "m")), (vec!["Hi"], Post::Sent));
    assert_eq!((talk.unread, talk.unsent()), (0, vec![]));
}

#[test]
fn only_what_waits_or_was_refused_is_tried_again() {
    let mut talk = Talk::default();
    talk.reduce(wrote("m", "Hi"));
    let retry = || TalkEvent::Retry("m".to_owned());
    assert_eq!(talk.reduce(retry()), [], "it is on its way");
    for state in [Post::Waiting, Post::Refused("too long".to_owned())] {
        talk.reduce(TalkEvent::Posted("m".to_owned(), state));
        assert_eq!(talk.reduce(retry()), [TalkEffect::Post("m".to_owned())]);
        assert_eq!(post(&talk, "m"), Post::Sending);
    }
    assert_eq!(talk.reduce(TalkEvent::Retry("other".to_owned())), []);
    assert_eq!(talk.unsent(), ["m"]);
}

#[test]
fn a_long_message_is_cut_to_what_a_receiver_takes() {
    let mut talk = Talk::default();
    talk.reduce(wrote("m", &"ß".repeat(MAX_TEXT_CHARS + 1)));
    let text = texts(&talk)[0];
    assert!(text.chars().count() <= MAX_TEXT_CHARS && text.ends_with("too long]"));
    talk.reduce(wrote("n", &"ß".repeat(MAX_TEXT_CHARS)));
    assert_eq!(texts(&talk)[1].chars().count(), MAX_TEXT_CHARS);
    assert_eq!(talk.reduce(wrote("o", "  \n")), []);
}

#[test]
fn files_go_without_words_and_can_be_fetched_when_they_are_there() {
    let file = |url: &str| File {
        name: "bill.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 3,
        url: url.to_owned(),
    };
    let mut talk = Talk::default();
    let (id, files) = ("m".to_owned(), vec![file("")]);
    let effects = talk.reduce(TalkEvent::Wrote { id, text: String::new(), files, at: at(NOW) });
    assert_eq!(effects[0], TalkEffect::Post("m".to_owned()));
    let Told::Message(mut told) = message(Author::Customer, "m", "") else { unreachable!() };
    told.attachments = vec![file("/files/1")];
    talk.reduce(TalkEvent::Told(Some(1), Told::Message(told)));
    let what = &talk.entries[0].what;
    let stored =
        What::Mine { text: String::new(), files: vec![file("/files/1")], post: Post::Sent };
    assert_eq!(what, &stored);
}

#[test]
fn looking_makes_everything_seen_and_tells_it_once() {
    let mut talk = Talk::default();
    talk.reduce(TalkEvent::Told(Some(1), message(Author::Agent, "a", "One")));
    talk.reduce(TalkEvent::Told(Some(2), message(Author::Agent, "b", "Two")));
    let effects = talk.reduce(TalkEvent::Looked);
    assert_eq!(
        effects,
        [TalkEffect::Unread(0, false), TalkEffect::Seen(2), TalkEffect::Keep],
        "the badge, the receiver, the store"
    );
    assert_eq!(talk.reduce(TalkEvent::Looked), []);
}

#[test]
fn somebody_who_writes_is_forgotten_when_they_have_written() {
    let mut talk = Talk::default();
    let typing = |active| {
        TalkEvent::Told(None, Told::Typing(Typing { name: Some("Mia".to_owned()), active }))
    };
    assert_eq!(talk.reduce(typing(true)), []);
    assert_eq!(talk.typing.as_deref(), Some("Mia"));
    talk.reduce(TalkEvent::Told(Some(1), message(Author::Agent, "a", "Done")));
    assert_eq!(talk.typing, None);
    talk.reduce(typing(true));
    talk.reduce(TalkEvent::TypingEnded);
    assert_eq!(talk.typing, None);
}

#[test]
fn solved_is_told_when_it_changes_and_not_when_it_is_told_again() {
    let mut talk = Talk::default();
    for (seq, state) in
        [State::Received, State::Resolved, State::Resolved, State::Open].into_iter().enumerate()
    {
        talk.reduce(TalkEvent::Told(Some(seq as u64 + 1), status(state, NOW)));
    }
    let solved: Vec<_> = talk.entries.iter().map(|entry| entry.what.clone()).collect();
    assert_eq!(solved, [What::Solved(true), What::Solved(false)]);
}

#[test]
fn a_conversation_that_is_over_takes_nothing_more() {
    let mut talk = Talk::default();
    talk.reduce(TalkEvent::Lost(true));
    assert_eq!(talk.reduce(TalkEvent::Over), [TalkEffect::Keep]);
    assert!(talk.is_over && !talk.is_lost);
    talk.reduce(TalkEvent::Lost(true));
    assert!(!talk.is_lost, "there is nothing to wait for");
    assert_eq!(talk.reduce(wrote("m", "Hi")), []);
}

#[test]
fn words_that_were_held_back_are_told_of_until_others_are_sent() {
    let mut talk = Talk::default();
    talk.reduce(TalkEvent::HeldBack);
    assert!(talk.is_held_back);
    talk.reduce(wrote("m", "Hi"));
    assert!(!talk.is_held_back);
}

#[test]
fn what_happened_in_another_tab_is_shown_but_not_done_again() {
    let mut talk = Talk::default();
    let elsewhere = |event| TalkEvent::Elsewhere(Box::new(event));
    assert_eq!(talk.reduce(elsewhere(wrote("m", "Hi"))), [TalkEffect::Keep]);
    let told = TalkEvent::Told(Some(1), message(Author::Agent, "a", "Hello"));
    let effects = talk.reduce(elsewhere(told));
    assert!(matches!(&effects[0], TalkEffect::TellReply(_)), "each page has a host to tell");
    assert!(effects.contains(&TalkEffect::Unread(1, true)));
    let looked = talk.reduce(elsewhere(TalkEvent::Looked));
    assert_eq!(looked, [TalkEffect::Unread(0, false), TalkEffect::Keep], "told there");
    let rating = Rating { score: 5, repeated: None, comment: None };
    assert_eq!(talk.reduce(elsewhere(TalkEvent::Rated(rating.clone()))), [TalkEffect::Keep]);
    assert_eq!(talk.unsent_rating(), Some(&rating));
    talk.reduce(elsewhere(TalkEvent::RatingSent));
    assert_eq!(talk.unsent_rating(), None);
    assert_eq!(talk.reduce(TalkEvent::Rated(rating)), [], "once");
}

#[test]
fn a_tab_that_knows_more_is_believed_and_nothing_unsent_is_lost() {
    let mut newer = Talk::default();
    newer.reduce(TalkEvent::Told(Some(1), message(Author::Agent, "a", "Hello")));
    newer.reduce(TalkEvent::Told(Some(2), message(Author::Customer, "sent", "Yes")));
    let mut talk = Talk::default();
    talk.reduce(wrote("sent", "Yes"));
    talk.reduce(wrote("mine", "And"));
    let effects = talk.reduce(TalkEvent::Caught(Box::new(newer.clone())));
    assert_eq!(effects, [TalkEffect::Unread(1, false)]);
    assert_eq!(texts(&talk), ["Hello", "Yes", "And"]);
    assert_eq!(talk.unsent(), ["mine"]);
    assert_eq!(talk.reduce(TalkEvent::Caught(Box::new(newer))), [], "that is known");
}

// ---- What is kept

fn kept(number: u64, ms: f64) -> Kept {
    let id = PacketId::new(number, [7; 10]);
    Kept {
        confirmation: Confirmation {
            id: id.to_string(),
            queue: "technical".to_owned(),
            rule: String::new(),
            reason: String::new(),
            sees: Vec::new(),
            sla_minutes: None,
            answer_by: Default::default(),
        },
        receipt: Receipt {
            id,
            received_at: None,
            conversation_token: Some("t0ken".to_owned()),
            links: Links::default(),
            missing: Vec::new(),
        },
        transcript: vec![Line { mine: true, text: "It is broken".to_owned() }],
        at: at(ms),
        talk: Talk::default(),
    }
}

fn with_entries(mut kept: Kept, entries: usize, bytes: usize) -> Kept {
    for number in 0..entries {
        let id = format!("e{number}");
        let told = message(Author::Agent, &id, &"x".repeat(bytes));
        kept.talk.reduce(TalkEvent::Told(Some(number as u64 + 1), told));
    }
    kept
}

fn ids(cases: &[Kept]) -> Vec<&str> {
    cases.iter().map(|kept| kept.confirmation.id.as_str()).collect()
}

#[test]
fn the_newest_cases_are_kept_each_once() {
    let mut cases = Vec::new();
    for number in 0..8 {
        history::put(&mut cases, kept(number, NOW + number as f64));
    }
    assert_eq!(cases.len(), MOST_CASES);
    assert_eq!(cases[0].at, at(NOW + 7.0));
    let before = cases[2].clone();
    let again = with_entries(before.clone(), 1, 10);
    history::put(&mut cases, again.clone());
    assert_eq!(cases.len(), MOST_CASES);
    assert_eq!(cases[2], again);
    assert_eq!(ids(&cases).iter().filter(|id| **id == before.confirmation.id).count(), 1);
}

#[test]
fn what_is_too_much_is_cut_from_its_old_end() {
    let mut cases = Vec::new();
    history::put(&mut cases, with_entries(kept(1, NOW), 100, 1500));
    history::put(&mut cases, with_entries(kept(2, NOW + 1.0), 100, 1500));
    assert_eq!(ids(&cases), [kept(2, NOW).confirmation.id.as_str()], "the oldest case goes");

    let mut long = with_entries(kept(3, NOW + 2.0), 400, 1500);
    long.talk.reduce(wrote("unsent", "Still on its way"));
    long.talk.entries.rotate_right(1);
    history::put(&mut cases, long);
    let left = &cases[0].talk;
    assert_eq!(cases.len(), 1);
    assert!(left.entries.len() < 300 && left.entries.len() > 50, "{}", left.entries.len());
    assert_eq!(left.entries.last().map(|entry| entry.id.as_str()), Some("e399"));
    assert_eq!(left.unsent(), ["unsent"], "what is not sent is not forgotten");
    let size: usize = serde_json::to_vec(&cases).unwrap().len();
    assert!(size < MOST_BYTES * 12 / 10, "{size}");

    let mut huge = kept(4, NOW + 3.0);
    huge.transcript = vec![Line { mine: true, text: "y".repeat(MOST_BYTES * 2) }];
    history::put(&mut cases, huge);
    assert_eq!(cases.len(), 1);
    assert!(cases[0].transcript.is_empty(), "better a case without its words than none");
}

#[test]
fn a_case_goes_on_by_itself_while_it_is_young_and_open() {
    let open = kept(1, NOW - 13.0 * DAY);
    assert!(open.goes_on(NOW));
    assert!(!open.goes_on(NOW + 2.0 * DAY), "14 days");
    let mut solved = kept(2, NOW - 3.0 * DAY);
    solved.talk.reduce(TalkEvent::Told(Some(1), status(State::Open, NOW - 2.0 * DAY)));
    solved.talk.reduce(TalkEvent::Told(Some(2), status(State::Resolved, NOW - 0.5 * DAY)));
    assert!(solved.goes_on(NOW), "an answer to the solution is still welcome");
    assert!(!solved.goes_on(NOW + DAY));
    solved.talk.reduce(TalkEvent::Told(Some(3), status(State::Open, NOW)));
    assert!(solved.goes_on(NOW + DAY), "it was opened again");
    let mut over = kept(3, NOW);
    over.talk.reduce(TalkEvent::Over);
    assert!(!over.goes_on(NOW));
}
