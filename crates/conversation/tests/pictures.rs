//! Several pictures of one case: in the review, after the approval, and when they change.

mod support;

use std::rc::Rc;

use baton_conversation::{
    Approval, Event, Heard, Item, Review, ReviewItem, Stage, State, approve, qa, reduce, review,
    speech,
};
use baton_packet::{ConsentVia, Escalation, Packet, PacketId, Timestamp};

const PICTURES: &str = include_str!("../../packet/tests/fixtures/packets/1.2-pictures.json");

use support::English;

fn at() -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0)
}

fn packet() -> Packet {
    Packet::from_json(PICTURES.as_bytes()).unwrap()
}

fn screenshot(review: &Review) -> Option<&ReviewItem> {
    review.items.iter().find(|entry| entry.item == Item::Screenshot)
}

#[test]
fn the_review_tells_of_every_picture_what_is_known_of_it() {
    let shown = review(&packet());
    let pictures: Vec<_> =
        shown.pictures.iter().map(|one| (one.label.as_str(), one.lines.join(" | "))).collect();
    assert_eq!(
        pictures,
        [
            (
                "The page when this was captured",
                "copy of the page, 1100 × 700 | 1 arrow, 1 box, 1 highlight, 1 line, 1 text: \
                 “here” | 2 regions removed | 1 image or font could not be read"
                    .to_owned()
            ),
            ("The customer's screen", "shared screen, 1920 × 1080".to_owned()),
            (
                "An image from the customer",
                "added by the customer, 4096 × 2304 | picture has fewer pixels than its \
                 source, to fit"
                    .to_owned()
            ),
        ]
    );
    assert_eq!(screenshot(&shown).map(|entry| entry.count), Some(3));
    assert!(speech::seen(&speech::what_they_see(&packet()), &English).contains("3 pictures"));
}

#[test]
fn striking_the_screenshots_takes_all_of_them_and_their_files() {
    let approval = Approval {
        at: at(),
        via: ConsentVia::Review,
        text: "yes".to_owned(),
        struck: vec![Item::Screenshot],
        contact: None,
        summary: None,
        timeline: Vec::new(),
    };
    let sent = approve(packet(), PacketId::new(1, [3; 10]), approval);
    assert!(sent.evidence.screenshots.is_empty() && sent.attachments.is_empty());
    let item = sent.consent.items.iter().find(|item| item.item == "screenshot").unwrap();
    assert_eq!((item.included, item.count), (false, 3));
}

/// A conversation with a draft at hand, and the number of its messages.
fn ready() -> (State, u32) {
    let mut state = State::default();
    let text = "The export fails with error 500 every time".to_owned();
    reduce(&mut state, Event::CustomerWrote { text, at: at() }, &English);
    let heard = Heard {
        messages: 1,
        escalation: Escalation { rule: "bug".to_owned(), ..Escalation::default() },
        escalates: true,
        ..Heard::default()
    };
    reduce(&mut state, Event::Understood { at: at(), heard }, &English);
    let messages = state.messages.len() as u32;
    reduce(&mut state, Event::Drafted(Rc::new(Review { messages, ..Review::default() })), &English);
    assert_eq!(state.stage, Stage::Ready);
    (state, messages)
}

fn pictured(messages: u32, count: usize) -> Event {
    let pictures = vec![Default::default(); count];
    Event::Pictured(Rc::new(Review { messages, pictures, ..Review::default() }))
}

fn pictures(state: &State) -> Option<usize> {
    state.review.as_ref().map(|review| review.pictures.len())
}

#[test]
fn other_pictures_change_the_review_and_nothing_else() {
    let (mut state, messages) = ready();
    reduce(&mut state, Event::ReviewOpened, &English);
    reduce(&mut state, Event::ItemToggled(Item::Console), &English);
    assert!(reduce(&mut state, pictured(messages, 2), &English).is_empty());
    assert_eq!((state.stage, pictures(&state)), (Stage::Review, Some(2)));
    assert_eq!(state.struck, [Item::Console]);
}

#[test]
fn pictures_of_an_older_draft_or_of_a_sent_case_are_not_shown() {
    let (mut state, messages) = ready();
    reduce(&mut state, pictured(messages - 1, 2), &English);
    assert_eq!(pictures(&state), Some(0));
    reduce(&mut state, Event::PageChanged, &English);
    reduce(&mut state, pictured(messages, 2), &English);
    assert_eq!((state.stage, pictures(&state)), (Stage::Gathering, None));
    reduce(&mut state, Event::Drafted(Rc::new(Review { messages, ..Review::default() })), &English);
    reduce(&mut state, Event::Approved { at: at(), consent_text: "yes".to_owned() }, &English);
    reduce(&mut state, pictured(messages, 2), &English);
    assert_eq!((state.stage, pictures(&state)), (Stage::Sending, Some(0)));
}

#[test]
fn what_was_kept_of_a_report_is_no_longer_all_of_it_with_other_pictures() {
    let mut state = State::default();
    let title = "Bug on Orders".to_owned();
    reduce(
        &mut state,
        Event::Qa(qa::QaEvent::Opened { at: at(), title, language: None }),
        &English,
    );
    reduce(&mut state, Event::Drafted(Rc::new(Review::default())), &English);
    reduce(&mut state, Event::Qa(qa::QaEvent::Kept(qa::Kept::Copied)), &English);
    reduce(&mut state, pictured(1, 2), &English);
    assert_eq!(pictures(&state), Some(2));
    assert_eq!(state.report.unwrap().kept, None);
}
