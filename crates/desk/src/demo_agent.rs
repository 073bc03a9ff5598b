//! DEMO ONLY (`--demo --demo-agent`): a made-up agent, so that one person alone can see how
//! a conversation goes on after the hand-over. Its words are fixed sentences about what is
//! in the packet; it is silent as soon as a human answers on the desk.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use baton_packet::reply::{Event, Message, State, Typing};
use baton_packet::{Author, NetworkRecord, Packet};

use crate::access::new_id;
use crate::conversation::live::Notice;
use crate::conversation::{Draft, turns};
use crate::store::Conversation;
use crate::{Desk, problem::Problem};

/// Nobody shall take it for a person.
const NAME: &str = "Mia (demo)";
const READS_FOR: Duration = Duration::from_millis(800);
const WRITES_FOR: Duration = Duration::from_secs(2);

/// Answers until the desk stops.
pub async fn play(desk: Desk) {
    let mut listener = desk.live.listen();
    let answering = Arc::new(Mutex::new(HashSet::new()));
    while let Some((handoff, notice)) = listener.next().await {
        let (Some(handoff), Notice::Changed) = (handoff, notice) else { continue };
        if !answering.lock().unwrap_or_else(PoisonError::into_inner).insert(handoff) {
            continue;
        }
        let (desk, answering) = (desk.clone(), Arc::clone(&answering));
        tokio::spawn(async move {
            if let Err(problem) = answer(&desk, handoff).await {
                eprintln!("baton-desk: the demo's agent: {}", problem.detail());
            }
            answering.lock().unwrap_or_else(PoisonError::into_inner).remove(&handoff);
        });
    }
}

/// Answers whatever is unanswered.
async fn answer(desk: &Desk, handoff: i64) -> Result<(), Problem> {
    loop {
        let Some(conversation) = desk.store.conversation_in_row(handoff).await? else {
            return Ok(());
        };
        let messages = messages(desk, handoff).await?;
        let Some(turn) = Turn::after(&messages) else { return Ok(()) };
        tokio::time::sleep(READS_FOR).await;
        tell(desk, handoff, true);
        tokio::time::sleep(WRITES_FOR).await;
        let words = match &turn {
            Turn::Greet => greeting(&packet(desk, &conversation).await?),
            Turn::Ask => "Thank you, I have put that to the case. The engineer on duty has \
                everything you sent and looks at it now. Does that help you for the moment?"
                .to_owned(),
            Turn::Close => "You are welcome! I am closing this for now; write here whenever you \
                like, and it is open again."
                .to_owned(),
        };
        tell(desk, handoff, false);
        let draft = Draft::of_words(new_id()?.to_string(), words);
        turns::agent_wrote(desk, &conversation, NAME, draft).await?;
        if matches!(turn, Turn::Close) {
            turns::set_state(desk, &conversation, State::Resolved).await?;
        }
    }
}

fn tell(desk: &Desk, handoff: i64, active: bool) {
    desk.live.typing(handoff, Typing { name: Some(NAME.to_owned()), active });
}

async fn messages(desk: &Desk, handoff: i64) -> Result<Vec<Message>, Problem> {
    let events = desk.store.events(handoff, 0, u32::MAX).await?;
    let messages = events.into_iter().filter_map(|entry| match entry.event {
        Event::Message(message) => Some(message),
        _ => None,
    });
    Ok(messages.collect())
}

async fn packet(desk: &Desk, conversation: &Conversation) -> Result<Packet, Problem> {
    let stored = desk.store.handoff(&conversation.id).await?;
    let stored = stored.ok_or_else(|| Problem::internal("a stored packet is gone"))?;
    Packet::from_json(&stored.packet).map_err(Problem::internal)
}

/// What comes next.
#[derive(Debug, PartialEq)]
enum Turn {
    Greet,
    Ask,
    Close,
}

impl Turn {
    /// None where the customer has an answer, or a human gave one.
    fn after(messages: &[Message]) -> Option<Self> {
        let own = |message: &&Message| message.author.name.as_deref() == Some(NAME);
        let answers = messages.iter().filter(|message| message.author.kind == Author::Agent);
        let count = answers.clone().filter(own).count();
        if answers.count() > count {
            return None;
        }
        let waits = messages.last().is_none_or(|last| last.author.kind == Author::Customer);
        match count {
            _ if !waits => None,
            0 => Some(Self::Greet),
            1 => Some(Self::Ask),
            _ => Some(Self::Close),
        }
    }
}

fn greeting(packet: &Packet) -> String {
    let name = packet.customer.name.as_deref().and_then(|name| name.split_whitespace().next());
    let hello = name.map_or_else(|| "Hi".to_owned(), |name| format!("Hi {name}"));
    format!(
        "{hello}, I am Mia from {}. {}, so you need not explain it again. Give me a moment to \
         look into it.",
        packet.route.queue.replace(['-', '_'], " "),
        seen(packet)
    )
}

/// The one thing in the packet that says most.
fn seen(packet: &Packet) -> String {
    let evidence = &packet.evidence;
    let is_failed = |record: &&NetworkRecord| {
        record.failure.is_some() || record.status.is_some_and(|status| status >= 400)
    };
    if let Some(request) = evidence.network.records.iter().rev().find(is_failed) {
        let end = request.url.find(['?', '#']).unwrap_or(request.url.len());
        let address = &request.url[..end];
        let path = address.splitn(4, '/').nth(3).filter(|_| address.contains("://"));
        let path = path.map_or_else(|| address.to_owned(), |path| format!("/{path}"));
        let answer = match request.status.filter(|status| *status >= 400) {
            Some(status) => format!("was answered with {status}"),
            None => "failed".to_owned(),
        };
        return format!("I can see that {} {path} {answer}", request.method);
    }
    if let Some(error) = evidence.errors.records.last() {
        let message: String = error.message.chars().take(120).collect();
        return format!("I can see the error “{message}” on your page");
    }
    if !evidence.screenshots.is_empty() {
        return "I can see your picture of the page".to_owned();
    }
    "I have read what you wrote".to_owned()
}

#[cfg(test)]
mod tests {
    use baton_packet::reply::Message;
    use baton_packet::{Packet, Timestamp};

    use super::{NAME, Turn, greeting};

    const FULL: &str = include_str!("../../packet/tests/fixtures/packets/1.0-full.json");

    #[test]
    fn it_greets_with_what_the_packet_shows() {
        let mut packet = Packet::from_json(FULL.as_bytes()).unwrap();
        let words = greeting(&packet);
        assert!(words.starts_with("Hi Dana, I am Mia from technical. I can see that "), "{words}");
        packet.evidence.network.records.clear();
        assert!(greeting(&packet).contains("the error “"));
        packet.evidence.errors.records.clear();
        assert!(greeting(&packet).contains("your picture"));
        packet.evidence.screenshots.clear();
        packet.customer.name = None;
        assert!(greeting(&packet).starts_with("Hi, I am Mia from technical. I have read"));
    }

    #[test]
    fn it_answers_each_message_once_and_gives_way_to_a_human() {
        let message = |kind: &str, name: Option<&str>| -> Message {
            let author = serde_json::json!({ "kind": kind, "name": name });
            let at = Timestamp::from_unix_ms(0.0);
            serde_json::from_value(serde_json::json!({ "id": "1", "at": at, "author": author }))
                .unwrap()
        };
        let (customer, own) = (message("customer", None), message("agent", Some(NAME)));
        let mut said = Vec::new();
        for (next, expected) in [
            (None, Some(Turn::Greet)),
            (Some(&customer), Some(Turn::Greet)),
            (Some(&own), None),
            (Some(&customer), Some(Turn::Ask)),
            (Some(&own), None),
            (Some(&customer), Some(Turn::Close)),
        ] {
            said.extend(next.cloned());
            assert_eq!(Turn::after(&said), expected);
        }
        said.insert(1, message("agent", Some("Lee")));
        assert_eq!(Turn::after(&said), None);
    }
}
