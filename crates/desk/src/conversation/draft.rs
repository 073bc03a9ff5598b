//! A message on its way in.

use axum::extract::Request;
use baton_packet::reply::{FILE_TYPES, MAX_FILES, MAX_TEXT_CHARS, NewMessage, is_uuid};
use baton_packet::{Attachment, limits, sha256_hex, validate};
use serde::Deserialize;

use crate::parts::{Document, MULTIPART_OVERHEAD_BYTES, Parts};
use crate::store::Received;
use crate::{Desk, problem::Problem};

/// Escaped to the utmost, a character of text takes twelve bytes of JSON.
const MESSAGE: Document = Document { name: "message", max_bytes: 256 * 1024 };
/// The largest body of a message with its files.
pub const MAX_BODY_BYTES: usize = limits::MAX_TOTAL_BYTES + MULTIPART_OVERHEAD_BYTES;

/// A message that was found to be in order and is not stored yet.
pub struct Draft {
    /// The id it was posted with.
    pub id: String,
    /// The text.
    pub text: String,
    /// The files, in the order of the manifest.
    pub files: Vec<DraftFile>,
    /// The agent's name, where the request gives one.
    pub name: Option<String>,
    /// Tells this message from another one under the same id.
    pub sha256: String,
}

/// A file of a draft.
pub struct DraftFile {
    /// What the manifest says of it.
    pub entry: Attachment,
    /// Its bytes; none where an earlier file of the draft has the same.
    pub bytes: Option<Received>,
}

#[derive(Deserialize)]
struct Written {
    #[serde(flatten)]
    message: NewMessage,
    #[serde(default)]
    name: Option<String>,
}

impl Draft {
    /// Words of the desk's own.
    pub fn of_words(id: String, text: String) -> Self {
        let sha256 = sha256_hex(text.as_bytes());
        Self { id, text, files: Vec::new(), name: None, sha256 }
    }

    /// Reads JSON, or multipart with the part `message` and its files.
    pub async fn read(request: Request, desk: &Desk) -> Result<Self, Problem> {
        let mut parts = Parts::read(request, desk, &MESSAGE).await?;
        let Written { message, name } = serde_json::from_slice(&parts.document)
            .map_err(|error| Problem::field(MESSAGE.name, error.to_string()))?;
        if !is_uuid(&message.id) {
            return Err(Problem::field("id", "is not a UUID in lower case"));
        }
        if !message.at.is_rfc3339() {
            return Err(Problem::field("at", "is not an RFC 3339 date-time"));
        }
        let mut arrived = parts.check_files(&message.attachments).await?;
        let mut files: Vec<DraftFile> = Vec::with_capacity(message.attachments.len());
        for entry in message.attachments {
            let found = arrived.iter().position(|(sha256, _)| *sha256 == entry.sha256);
            let bytes = found.map(|index| arrived.swap_remove(index).1);
            if bytes.is_none() && files.iter().all(|file| file.entry.sha256 != entry.sha256) {
                return Err(Problem::field(entry.sha256, "the file did not come along"));
            }
            files.push(DraftFile { entry, bytes });
        }
        let sha256 = sha256_hex(&parts.document);
        Self { id: message.id, text: message.text, files, name: None, sha256 }
            .named(name)?
            .checked()
    }

    fn named(mut self, name: Option<String>) -> Result<Self, Problem> {
        self.name = match name {
            Some(name) => Some(agent_name(&name).ok_or_else(|| {
                Problem::field("name", format!("has 1 to {MAX_NAME_CHARS} characters"))
            })?),
            None => None,
        };
        Ok(self)
    }

    /// The draft, if it says something and is within the limits.
    pub fn checked(self) -> Result<Self, Problem> {
        if self.text.chars().count() > MAX_TEXT_CHARS {
            let limit = format!("has more than {MAX_TEXT_CHARS} characters");
            return Err(Problem::field("text", limit));
        }
        if self.text.trim().is_empty() && self.files.is_empty() {
            return Err(Problem::field("text", "is empty, and there is no file"));
        }
        if self.files.len() > MAX_FILES {
            return Err(Problem::field("attachments", format!("are more than {MAX_FILES}")));
        }
        for file in &self.files {
            if !FILE_TYPES.contains(&file.entry.media_type.as_str()) {
                let types = FILE_TYPES.join(", ");
                return Err(Problem::field("attachments", format!("may be {types}")));
            }
            if !validate::is_plain_file_name(&file.entry.name) {
                return Err(Problem::field("attachments", "have a name that is no file name"));
            }
        }
        Ok(self)
    }
}

/// Longest name of an agent, in characters.
const MAX_NAME_CHARS: usize = 60;

/// An agent's name as it is shown; none if there is nothing to show or too much.
pub fn agent_name(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fit = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS;
    (is_fit && !name.contains(char::is_control)).then_some(name)
}
