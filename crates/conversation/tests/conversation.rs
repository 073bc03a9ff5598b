//! The conversation from the first word to the receipt, without a browser.

mod support;

use std::rc::Rc;
use std::sync::LazyLock;

use baton_conversation::outbox::Input;
use baton_conversation::{
    Delivery, Effect, Event, Facts, Gathered, Heard, Item, Stage, State, Understanding, Words,
    assemble, confirm, reduce, review, speech, understand,
};
use baton_packet::{
    Attachment, Author, ConsoleLevel, ConsoleRecord, Environment, ErrorRecord, Evidence, Packet,
    PacketId, Receipt, Records, Screenshot, ScreenshotMethod, Timestamp, limits, validate,
};
use baton_triage::{Flows, Model, Rules};
use serde_json::json;

use support::{English, words as words_of};

fn model() -> Option<&'static Model> {
    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(baton_triage::MODEL).unwrap());
    Some(&MODEL)
}

fn at(second: u32) -> Timestamp {
    Timestamp::from_unix_ms(1_795_554_320_000.0 + f64::from(second) * 1000.0)
}

fn id(number: u8) -> PacketId {
    PacketId::new(1_795_554_320_000, [number; 10])
}

fn understood(state: &State) -> Understanding {
    understand(
        model(),
        Rules::shipped(),
        Flows::shipped(),
        &state.customer_texts(),
        &Facts::default(),
    )
}

fn answer(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    if !effects.contains(&Effect::Understand) {
        return effects;
    }
    let found = understood(state);
    let heard = Heard {
        messages: state.messages.len() as u32,
        escalation: found.escalation,
        queue: found.route.queue,
        escalates: found.escalates,
        says_nothing: found.says_nothing,
        ..Heard::default()
    };
    reduce(state, Event::Understood { at: at(1), heard }, &English)
}

fn write(state: &mut State, text: &str) -> Vec<Effect> {
    let effects =
        reduce(state, Event::CustomerWrote { text: text.to_owned(), at: at(1) }, &English);
    answer(state, effects)
}

fn words(state: &State) -> Words {
    let found = understood(state);
    Words {
        transcript: state.messages.clone(),
        timeline: state.timeline.clone(),
        summary: found.summary,
        triage: found.triage,
        escalation: state.escalation.clone().unwrap_or(found.escalation),
        route: found.route,
        overrides: state.overrides.clone(),
        fields: state.asked.clone(),
        attempts: state.attempts(),
    }
}

fn gathered() -> Gathered {
    let line = ConsoleRecord {
        at: at(0),
        ms: 5.0,
        level: ConsoleLevel::Error,
        message: "export failed".to_owned(),
        extra: Default::default(),
    };
    let mut environment =
        Environment { page_url: "https://app.example/".to_owned(), ..Environment::default() };
    environment.browser.user_agent = "Mozilla/5.0".to_owned();
    Gathered {
        evidence: Evidence {
            console: Records { records: vec![line], cap: 200, dropped: 0 },
            screenshots: vec![Screenshot {
                attachment: "screenshot-1.png".to_owned(),
                label: "The page".to_owned(),
                at: at(0),
                page_url: "https://app.example/".to_owned(),
                method: ScreenshotMethod::Engine,
                width: 10,
                height: 10,
                gaps: Vec::new(),
                annotations: Vec::new(),
                removed: 0,
                extra: Default::default(),
            }],
            ..Evidence::default()
        },
        environment,
        attachments: vec![Attachment::of("screenshot-1.png", "image/png", b"abc")],
        ..Gathered::default()
    }
}

/// A conversation whose draft is ready.
fn ready() -> State {
    let mut state = State::default();
    reduce(&mut state, Event::Opened { at: at(0) }, &English);
    write(&mut state, "The invoice export fails with error 500 every time I try it.");
    let shown = review(&draft(&state));
    reduce(&mut state, Event::Drafted(Rc::new(shown)), &English);
    assert_eq!(state.stage, Stage::Ready);
    state
}

fn draft(state: &State) -> Packet {
    assemble(words(state), gathered(), id(1), at(2))
}

/// What the browser does on [`Effect::Freeze`].
fn approve(state: &mut State) -> Packet {
    let event = Event::Approved { at: at(3), consent_text: "I agree.".to_owned() };
    let effects = reduce(state, event, &English);
    let [Effect::Freeze(approval)] = effects.as_slice() else {
        panic!("expected an approval, got {effects:?}")
    };
    let packet = baton_conversation::approve(draft(state), id(2), (**approval).clone());
    let effects = reduce(state, Event::Frozen(confirm(&packet)), &English);
    assert_eq!(effects, [Effect::TellQueued { id: packet.id.to_string() }, Effect::Send]);
    packet
}

fn receipt(packet: &Packet) -> Input {
    Input::Receipt(Box::new(Receipt {
        id: packet.id.clone(),
        received_at: None,
        conversation_token: None,
        links: Default::default(),
        missing: Vec::new(),
    }))
}

#[test]
fn a_bug_report_escalates_by_a_named_rule_and_says_so() {
    let mut state = State::default();
    let effects = write(&mut state, "The invoice export fails with error 500 every time I try it.");
    assert_eq!(state.stage, Stage::Gathering);
    assert!(effects.contains(&Effect::Gather) && effects.contains(&Effect::TellEscalation));
    let escalation = state.escalation.clone().unwrap();
    let said = &state.messages.last().unwrap().text;
    assert!(said.contains(escalation.reason.trim_end_matches('.')), "{said}");
    assert!(said.contains("our technical team"), "{said}");
}

#[test]
fn asking_for_a_person_is_honoured_at_the_first_ask() {
    let mut state = State::default();
    let effects = reduce(&mut state, Event::AskedForPerson { at: at(1) }, &English);
    answer(&mut state, effects);
    assert_eq!(state.stage, Stage::Gathering);
    assert_eq!(state.escalation.unwrap().rule, "asked_for_human");
}

#[test]
fn a_bare_greeting_is_met_with_a_question_once_and_never_twice() {
    let mut state = State::default();
    write(&mut state, "hello");
    assert_eq!((state.stage, state.escalation.is_none()), (Stage::Chat, true));
    assert_eq!(state.messages.last().unwrap().text, words_of("say_what_happened"));
    write(&mut state, "hello?");
    assert_eq!(state.stage, Stage::Gathering);
}

#[test]
fn an_empty_message_is_nothing() {
    let mut state = State::default();
    assert!(write(&mut state, " \n ").is_empty());
    assert_eq!(state, State::default());
}

#[test]
fn words_added_while_gathering_make_the_old_draft_worthless() {
    let mut state = State::default();
    write(&mut state, "The invoice export fails with error 500 every time I try it.");
    let stale = review(&draft(&state));
    write(&mut state, "It began this morning.");
    reduce(&mut state, Event::Drafted(Rc::new(stale)), &English);
    assert_eq!(state.stage, Stage::Gathering);
    let fresh = draft(&state);
    assert_eq!(
        fresh.conversation.transcript.iter().filter(|m| m.author == Author::Customer).count(),
        2
    );
    reduce(&mut state, Event::Drafted(Rc::new(review(&fresh))), &English);
    assert_eq!(state.stage, Stage::Ready);
}

#[test]
fn a_later_message_can_bring_up_what_must_not_be_missed() {
    let mut state = ready();
    write(&mut state, "Also, someone hacked my account and I can see another customer's data.");
    assert_eq!(state.escalation.as_ref().unwrap().rule, "security");
    assert_eq!(state.queue, "security");
}

#[test]
fn the_approved_packet_is_valid_and_complete() {
    let mut state = ready();
    reduce(&mut state, Event::ReviewOpened, &English);
    let packet = approve(&mut state);
    assert_eq!(validate::validate(&packet), []);
    assert_eq!(packet.id, id(2));
    assert!(packet.consent.items.iter().all(|item| item.included));
    let milestones: Vec<_> = packet.timeline.iter().map(|entry| entry.event.as_str()).collect();
    assert_eq!(milestones, ["opened", "message", "escalated", "approved"]);
    assert_eq!(state.confirmation.as_ref().unwrap().id, packet.id.to_string());
}

#[test]
fn nothing_is_sent_without_approval_or_twice() {
    let mut state = State::default();
    write(&mut state, "The invoice export fails with error 500 every time I try it.");
    let event = || Event::Approved { at: at(3), consent_text: String::new() };
    assert!(reduce(&mut state, event(), &English).is_empty(), "there is no draft yet");
    let mut state = ready();
    approve(&mut state);
    assert!(reduce(&mut state, event(), &English).is_empty(), "it is on its way already");
}

#[test]
fn what_is_struck_is_gone_and_recorded_by_count_only() {
    for item in Item::ALL.iter().copied() {
        let mut state = ready();
        reduce(&mut state, Event::ReviewOpened, &English);
        reduce(&mut state, Event::ItemToggled(item), &English);
        let packet = approve(&mut state);
        assert_eq!(validate::validate(&packet), [], "{item:?}");
        let entry = packet.consent.items.iter().find(|entry| entry.item == item.as_str()).unwrap();
        assert!(!entry.included);
        match item {
            Item::Screenshot => {
                assert!(packet.evidence.screenshots.is_empty() && packet.attachments.is_empty());
                assert_eq!(entry.count, 1);
            }
            Item::Console => {
                assert_eq!((packet.evidence.console.records.len(), entry.count), (0, 1));
            }
            Item::Environment => assert!(packet.environment.browser.user_agent.is_empty()),
            _ => {}
        }
        let said = speech::seen(&speech::what_they_see(&packet), &English);
        assert!(!(item == Item::Screenshot && said.contains("picture")), "{said}");
        assert!(!(item == Item::Environment && said.contains("browser")), "{said}");
    }
}

#[test]
fn an_item_switched_off_and_on_again_is_sent() {
    let mut state = ready();
    for _ in 0..2 {
        reduce(&mut state, Event::ItemToggled(Item::Console), &English);
    }
    assert_eq!(approve(&mut state).evidence.console.records.len(), 1);
}

#[test]
fn sent_is_said_only_after_a_receipt() {
    let mut state = ready();
    let packet = approve(&mut state);
    assert_eq!(state.stage, Stage::Sending);
    let effects = reduce(
        &mut state,
        Event::Delivery(Input::Failed {
            reason: "HTTP 503".to_owned(),
            retry_after_ms: None,
            random: 0.0,
        }),
        &English,
    );
    assert_eq!(
        (state.stage, effects),
        (Stage::Sending, vec![Effect::RetryLater { after_ms: 500 }])
    );
    let effects = reduce(&mut state, Event::Delivery(Input::Retry), &English);
    assert_eq!(effects, [Effect::Send]);
    let effects = reduce(&mut state, Event::Delivery(receipt(&packet)), &English);
    assert_eq!(state.stage, Stage::Delivered);
    assert!(matches!(effects.as_slice(), [Effect::TellDelivered(_)]));
}

#[test]
fn a_refusal_is_told_and_the_packet_is_kept() {
    let mut state = ready();
    let packet = approve(&mut state);
    let refused = Event::Delivery(Input::Refused { reason: "HTTP 404".to_owned() });
    let effects = reduce(&mut state, refused, &English);
    assert_eq!(state.stage, Stage::Failed);
    assert_eq!(effects, [Effect::TellFailed { reason: "HTTP 404".to_owned() }]);
    assert_eq!(state.confirmation.as_ref().unwrap().id, packet.id.to_string());
    assert_eq!(reduce(&mut state, Event::Delivery(Input::Retry), &English), [Effect::Send]);
    assert_eq!((state.stage, state.delivery), (Stage::Sending, Delivery::begin()));
}

#[test]
fn what_comes_next_promises_only_what_is_known() {
    let mut state = ready();
    reduce(&mut state, Event::ContactTyped(" dana@acme.example ".to_owned()), &English);
    let mut packet = approve(&mut state);
    assert_eq!(packet.customer.email.as_deref(), Some("dana@acme.example"));
    packet.customer.id = Some("u-1".to_owned());
    let words = speech::what_comes_next(&confirm(&packet), false, None, &English);
    assert!(words.contains("dana@acme.example") && !words.contains("within"), "{words}");
    packet.route.sla_minutes = Some(240);
    packet.customer.email = None;
    let words = speech::what_comes_next(&confirm(&packet), false, None, &English);
    assert!(words.contains("within 4 hours") && !words.contains('@'), "{words}");
}

#[test]
fn a_new_request_starts_clean() {
    let mut state = ready();
    let packet = approve(&mut state);
    reduce(&mut state, Event::Delivery(receipt(&packet)), &English);
    reduce(&mut state, Event::Restarted { at: at(9) }, &English);
    assert_eq!(state.stage, Stage::Chat);
    assert!(state.review.is_none() && state.customer_texts().is_empty());
}

#[test]
fn the_review_lists_what_is_there_and_nothing_empty() {
    let state = ready();
    let shown = state.review.unwrap();
    let items: Vec<_> = shown.items.iter().map(|entry| (entry.item, entry.count)).collect();
    assert_eq!(
        items,
        [(Item::Transcript, 3), (Item::Screenshot, 1), (Item::Console, 1), (Item::Environment, 1)]
    );
    assert_eq!(shown.items[2].lines, ["export failed"]);
    assert_eq!(
        speech::seen(&shown.sees, &English),
        "this conversation, 1 picture, 1 console line and your browser details"
    );
    assert_eq!(shown.transcript.len(), state.messages.len());
}

#[test]
fn an_understanding_of_older_words_is_ignored() {
    let mut state = State::default();
    reduce(&mut state, Event::CustomerWrote { text: "hello".to_owned(), at: at(1) }, &English);
    let stale = Heard { messages: 1, escalates: true, ..Heard::default() };
    write(&mut state, "The invoice export fails with error 500 every time I try it.");
    let before = state.clone();
    assert!(reduce(&mut state, Event::Understood { at: at(2), heard: stale }, &English).is_empty());
    assert_eq!(state, before);
}

#[test]
fn a_part_that_does_not_load_is_told_and_the_next_message_tries_again() {
    let mut state = State::default();
    write(&mut state, "The invoice export fails with error 500 every time I try it.");
    reduce(&mut state, Event::PartMissing { at: at(2) }, &English);
    assert_eq!(state.stage, Stage::Chat);
    assert_eq!(state.messages.last().unwrap().text, words_of("say_part_missing"));
    let effects = write(&mut state, "Hello?");
    assert!(effects.contains(&Effect::Gather), "{effects:?}");
}

#[test]
fn a_message_no_receiver_would_take_is_cut_visibly() {
    let mut state = State::default();
    write(&mut state, &"ü".repeat(1_000_000));
    let text = &state.messages[0].text;
    assert!(text.len() <= limits::MAX_MESSAGE_BYTES && text.ends_with("too long]"));
    let mut state = ready();
    assert_eq!(validate::validate(&approve(&mut state)), []);
}

#[test]
fn a_flood_of_messages_leaves_a_transcript_that_is_accepted() {
    let mut state = State::default();
    for _ in 0..1500 {
        reduce(&mut state, Event::CustomerWrote { text: "again".to_owned(), at: at(1) }, &English);
    }
    assert!(state.messages.len() <= limits::MAX_MESSAGES);
}

#[test]
fn words_after_the_draft_make_it_unsendable_until_there_is_a_new_one() {
    for open_review in [false, true] {
        let mut state = ready();
        if open_review {
            reduce(&mut state, Event::ReviewOpened, &English);
        }
        let text = "It began this morning.".to_owned();
        reduce(&mut state, Event::CustomerWrote { text, at: at(2) }, &English);
        assert_eq!((state.stage, state.review.is_none()), (Stage::Gathering, true));
        let event = Event::Approved { at: at(3), consent_text: String::new() };
        assert!(reduce(&mut state, event, &English).is_empty());
    }
}

#[test]
fn an_address_taken_out_is_not_sent_and_a_slip_is_told() {
    let known = |state: &State| {
        let mut packet = draft(state);
        packet.customer.email = Some("known@acme.example".to_owned());
        packet
    };
    for (typed, expected) in [(None, Some("known@acme.example")), (Some(""), None)] {
        let mut state = ready();
        if let Some(typed) = typed {
            reduce(&mut state, Event::ContactTyped(typed.to_owned()), &English);
        }
        let event = Event::Approved { at: at(3), consent_text: String::new() };
        let effects = reduce(&mut state, event, &English);
        let [Effect::Freeze(approval)] = effects.as_slice() else { panic!("{effects:?}") };
        let packet = baton_conversation::approve(known(&state), id(2), (**approval).clone());
        assert_eq!(packet.customer.email.as_deref(), expected);
    }
    let mut state = ready();
    reduce(&mut state, Event::ContactTyped("dana at acme".to_owned()), &English);
    let event = Event::Approved { at: at(3), consent_text: String::new() };
    assert!(reduce(&mut state, event, &English).is_empty());
    assert!(state.contact_is_wrong && state.stage == Stage::Ready);
}

#[test]
fn a_changed_identity_is_gathered_anew_before_anything_is_sent() {
    let mut state = ready();
    assert_eq!(reduce(&mut state, Event::PageChanged, &English), [Effect::Gather]);
    assert_eq!(state.stage, Stage::Gathering);
    let mut chatting = State::default();
    assert!(reduce(&mut chatting, Event::PageChanged, &English).is_empty());
}

#[test]
fn striking_the_environment_takes_the_pages_address_out_everywhere() {
    let mut state = ready();
    reduce(&mut state, Event::ItemToggled(Item::Environment), &English);
    let packet = approve(&mut state);
    let text = format!("{packet:?}");
    assert!(!text.contains("app.example"), "{text}");
}

#[test]
fn a_stranger_without_an_address_is_told_that_there_is_no_answer() {
    let mut state = ready();
    let packet = approve(&mut state);
    let words = speech::what_comes_next(&confirm(&packet), false, None, &English);
    assert!(words.contains("cannot answer you") && !words.contains("account"), "{words}");
}

#[test]
fn an_error_is_shown_with_message_and_stack_whatever_the_engine_writes() {
    let error = |stack: Option<&str>| -> ErrorRecord {
        let record = json!({ "at": at(0), "ms": 1.0, "kind": "uncaught", "message": "rows is undefined", "stack": stack });
        serde_json::from_value(record).unwrap()
    };
    for (stack, expected) in [
        (None, "rows is undefined"),
        (Some("TypeError: rows is undefined\n at a"), "TypeError: rows is undefined\n at a"),
        (Some("a@app.js:1:2"), "rows is undefined\na@app.js:1:2"),
    ] {
        let state = ready();
        let mut packet = draft(&state);
        packet.evidence.errors.records.push(error(stack));
        let shown = review(&packet);
        let item = shown.items.iter().find(|entry| entry.item == Item::Errors).unwrap();
        assert_eq!(item.lines, [expected]);
    }
}

#[test]
fn places_of_the_summary_are_those_of_the_whole_transcript() {
    let mut state = State::default();
    write(&mut state, "Hello");
    write(&mut state, "The invoice export fails with error 500 since Monday.");
    let packet = draft(&state);
    assert!(packet.conversation.transcript.iter().any(|m| m.author != Author::Customer));
    assert!(packet.summary.facts.len() >= 2, "{:?}", packet.summary.facts);
    for fact in &packet.summary.facts {
        let message = &packet.conversation.transcript[fact.at.message as usize];
        let said = message.text.chars().skip(fact.at.start as usize);
        let said: String = said.take((fact.at.end - fact.at.start) as usize).collect();
        assert_eq!((message.author, said), (Author::Customer, fact.value.clone()));
    }
    assert!(packet.summary.sources.iter().any(|source| source.line == "/title"));
}
