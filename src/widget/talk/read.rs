//! What the reply channel and the browser's store hold, as plain data.

use baton_conversation::talk::{Entry, Post, Rating, What};
use baton_conversation::{Kept, Talk};
use baton_packet::reply::{
    Event as Told, File, MAX_FILES, MAX_TEXT_CHARS, Message, Moved, Presence, State as Status,
    Status as Standing, Typing, Writer,
};
use baton_packet::{Author, Timestamp};

use crate::data::Data;
use crate::widget::link;

/// Most characters of a name or a reason.
const MAX_NAME: usize = 300;

/// An event of the channel; `None` where this version knows no such event, or the data
/// does not fit.
pub fn told(kind: &str, data: &Data) -> Option<Told> {
    let at = || at(data, "at");
    Some(match kind {
        "message" => Told::Message(Message {
            id: name(data, "id")?,
            at: at()?,
            author: Writer {
                kind: Author::parse(&data.get("author").text("kind")?)?,
                name: name(data.get("author"), "name"),
            },
            text: cut(data.text("text").unwrap_or_default(), MAX_TEXT_CHARS),
            attachments: files(data, "attachments"),
        }),
        "typing" => {
            Told::Typing(Typing { name: name(data, "name"), active: data.boolean("active")? })
        }
        "status" => Told::Status(Standing {
            status: Status::parse(&data.text("status")?)?,
            at: at()?,
            queue: name(data, "queue"),
            position: number(data, "position"),
            eta_minutes: number(data, "eta_minutes"),
        }),
        "agent" => Told::Agent(Presence {
            name: name(data, "name")?,
            joined: data.boolean("joined")?,
            at: at()?,
        }),
        "queue" => Told::Queue(Moved {
            from: name(data, "from").unwrap_or_default(),
            to: name(data, "to")?,
            reason: name(data, "reason"),
            at: at()?,
        }),
        _ => return None,
    })
}

fn at(data: &Data, name: &str) -> Option<Timestamp> {
    Timestamp::parse(&data.text(name)?)
}

fn name(data: &Data, name: &str) -> Option<String> {
    data.text(name).map(|text| cut(text, MAX_NAME))
}

fn cut(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
    }
    text
}

fn number(data: &Data, name: &str) -> Option<u32> {
    data.number(name).map(|number| number as u32)
}

/// Files of a message.
pub fn files(data: &Data, list: &str) -> Vec<File> {
    let file = |file: &Data| {
        Some(File {
            name: name(file, "name")?,
            media_type: name(file, "type")?,
            size: file.number("size").unwrap_or_default() as u64,
            url: file.text("url")?,
        })
    };
    data.list(list).iter().filter_map(file).take(MAX_FILES).collect()
}

/// How far a message got.
pub fn post(data: &Data) -> Option<Post> {
    Some(match data {
        Data::Text(state) if state == "sending" => Post::Sending,
        Data::Text(state) if state == "waiting" => Post::Waiting,
        Data::Text(state) if state == "sent" => Post::Sent,
        _ => Post::Refused(name(data, "refused")?),
    })
}

/// A rating; `None` where there is none.
pub fn rating(data: &Data) -> Option<Rating> {
    Some(Rating {
        score: data.number("score")? as u8,
        repeated: data.boolean("repeated"),
        comment: data.text("comment"),
    })
}

fn entry(data: &Data) -> Option<Entry> {
    let what = data.get("what");
    let (mine, theirs, agent, moved) =
        (what.get("mine"), what.get("theirs"), what.get("agent"), what.get("moved"));
    let what = if let Some(text) = mine.text("text") {
        What::Mine { text, files: files(mine, "files"), post: post(mine.get("post"))? }
    } else if let Some(text) = theirs.text("text") {
        let name = name(theirs, "name").unwrap_or_default();
        What::Theirs { name, text, files: files(theirs, "files") }
    } else if let Some(joined) = agent.boolean("joined") {
        What::Agent { name: name(agent, "name")?, joined }
    } else if let Some(to) = name(moved, "to") {
        What::Moved { to, reason: name(moved, "reason") }
    } else {
        What::Solved(what.boolean("solved")?)
    };
    Some(Entry { id: data.text("id")?, at: at(data, "at")?, what })
}

/// A talk as another tab or page has written it.
pub fn talk(data: &Data) -> Talk {
    Talk {
        entries: data.list("entries").iter().filter_map(entry).collect(),
        status: data.text("status").and_then(|status| Status::parse(&status)),
        queue: name(data, "queue"),
        position: number(data, "position"),
        eta_minutes: number(data, "eta_minutes"),
        agent: name(data, "agent"),
        unread: number(data, "unread").unwrap_or_default(),
        seq: data.number("seq").unwrap_or_default() as u64,
        seen: data.number("seen").unwrap_or_default() as u64,
        rating: rating(data.get("rating")),
        is_rating_sent: data.is_true("is_rating_sent"),
        is_over: data.is_true("is_over"),
        ..Talk::default()
    }
}

/// A case as it was kept; `None` where it does not fit.
pub fn kept(data: &Data) -> Option<Kept> {
    Some(Kept {
        confirmation: link::confirmation(data.get("confirmation")),
        receipt: link::receipt(data.get("receipt"))?,
        transcript: link::lines(data, "transcript"),
        at: at(data, "at")?,
        talk: talk(data.get("talk")),
    })
}
