//! What the customer lets go and what they strike out.

use baton_packet::{
    Author, Channel, Consent, ConsentItem, ConsentVia, Customer, Environment, Gap, Message, Packet,
    PacketId, Records, TimelineEntry, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::EditedSummary;
use crate::review::about;

const KEPT_BACK: &str = "The customer kept the conversation back.";

/// A part of the draft that the customer can strike out. The summary is the request
/// itself and always goes; the customer can write it anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// What was said, with what was made from it.
    Transcript,
    /// Pictures of the page.
    Screenshot,
    /// The page as events that can be played: one moment, or the last seconds.
    Replay,
    /// Errors of the page.
    Errors,
    /// Console lines.
    Console,
    /// Requests of the page.
    Network,
    /// What the customer did.
    Steps,
    /// Browser, device, page address, the errors it shows and how it performs.
    Environment,
    /// Data and feature flags of the host application.
    CustomData,
    /// Files the host application added.
    Files,
    /// Who the customer is, as far as the page told.
    Customer,
}

impl Item {
    /// Every item, in the order of the review.
    pub const ALL: &'static [Item] = &[
        Item::Transcript,
        Item::Screenshot,
        Item::Replay,
        Item::Errors,
        Item::Console,
        Item::Network,
        Item::Steps,
        Item::Environment,
        Item::CustomData,
        Item::Files,
        Item::Customer,
    ];

    /// The item's name in `consent.items`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Item::Transcript => "transcript",
            Item::Screenshot => "screenshot",
            Item::Replay => "replay",
            Item::Errors => "errors",
            Item::Console => "console",
            Item::Network => "network",
            Item::Steps => "steps",
            Item::Environment => "environment",
            Item::CustomData => "custom_data",
            Item::Files => "files",
            Item::Customer => "about",
        }
    }

    /// The item of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|item| item.as_str() == name)
    }

    /// How many records of this kind a packet holds.
    #[must_use]
    pub fn count(self, packet: &Packet) -> u32 {
        let count = match self {
            Item::Transcript => packet.conversation.transcript.len(),
            Item::Customer => about(packet).len(),
            Item::Screenshot => packet.evidence.screenshots.len(),
            Item::Replay => packet.evidence.replay.as_ref().map_or(0, |it| it.events as usize),
            Item::Errors => packet.evidence.errors.records.len(),
            Item::Console => packet.evidence.console.records.len(),
            Item::Network => packet.evidence.network.records.len(),
            Item::Steps => packet.evidence.steps.records.len(),
            Item::Environment => 1,
            Item::CustomData => packet.app.custom_data.len() + packet.app.feature_flags.len(),
            Item::Files => {
                packet.attachments.iter().filter(|file| !is_evidence(packet, &file.name)).count()
            }
        };
        count as u32
    }

    /// Takes the item out of a packet that would be too large, as a named gap.
    pub fn leave_out(self, packet: &mut Packet) {
        let count = self.count(packet);
        if count > 0 {
            self.strike(packet);
            let reason =
                [count.to_string().as_str(), " left out: the packet was too large"].concat();
            packet.evidence.gaps.push(Gap::new(self.as_str(), reason));
        }
    }

    fn strike(self, packet: &mut Packet) {
        /// The cap stays, so that a reader sees that the sensor was on.
        fn empty<T>(records: &mut Records<T>) {
            *records = Records { cap: records.cap, ..Records::default() };
        }
        match self {
            Item::Transcript => {
                // A packet has a transcript; this one tells that it was kept back.
                packet.conversation.transcript = vec![Message {
                    author: Author::System,
                    text: KEPT_BACK.to_owned(),
                    at: packet.created_at.clone(),
                    channel: Channel::Widget,
                    extra: Default::default(),
                }];
                packet.conversation.fields.clear();
                packet.attempts.clear();
                packet.summary.facts.clear();
                packet.summary.sources.clear();
                packet.triage.reasons.clear();
            }
            Item::Customer => {
                // The address for the answer has a field of its own.
                let email = packet.customer.email.take();
                packet.customer = Customer { email, ..Customer::default() };
            }
            Item::Screenshot => {
                for screenshot in std::mem::take(&mut packet.evidence.screenshots) {
                    packet.attachments.retain(|file| file.name != screenshot.attachment);
                }
            }
            Item::Replay => {
                let file = packet.evidence.replay.take().and_then(|replay| replay.attachment);
                packet.attachments.retain(|entry| Some(&entry.name) != file.as_ref());
            }
            Item::Errors => empty(&mut packet.evidence.errors),
            Item::Console => empty(&mut packet.evidence.console),
            Item::Network => empty(&mut packet.evidence.network),
            Item::Steps => empty(&mut packet.evidence.steps),
            Item::Environment => {
                packet.environment = Environment::default();
                packet.evidence.performance = None;
                // The page's address stands in more places than this.
                for screenshot in &mut packet.evidence.screenshots {
                    screenshot.page_url.clear();
                }
                for step in &mut packet.evidence.steps.records {
                    step.url = None;
                }
                for event in packet.evidence.replay.iter_mut().flat_map(|it| &mut it.inline) {
                    if let Some(address) = event.get_mut("data").and_then(|it| it.get_mut("href")) {
                        *address = "".into();
                    }
                }
            }
            Item::CustomData => {
                packet.app.custom_data.clear();
                packet.app.feature_flags.clear();
            }
            Item::Files => {
                let mut files = std::mem::take(&mut packet.attachments);
                files.retain(|file| is_evidence(packet, &file.name));
                packet.attachments = files;
            }
        }
        // What was masked in a struck part is nobody's business either.
        packet.redactions.retain(|redaction| !redaction.section.starts_with(self.section()));
    }

    /// Whether the packet tells that this was struck out.
    #[must_use]
    pub fn is_struck(self, packet: &Packet) -> bool {
        let is_this = |entry: &&ConsentItem| entry.item == self.as_str();
        packet.consent.items.iter().find(is_this).is_some_and(|entry| !entry.included)
    }

    /// How the sections begin whose redactions are counted for this item.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Item::Transcript => "conversation",
            Item::Customer => "customer",
            Item::Screenshot => "evidence.screenshots",
            Item::Replay => "evidence.replay",
            Item::Errors => "evidence.errors",
            Item::Console => "evidence.console",
            Item::Network => "evidence.network",
            Item::Steps => "evidence.steps",
            Item::Environment => "environment",
            Item::CustomData => "app.",
            Item::Files => "attachments",
        }
    }
}

/// Whether a file belongs to a screenshot or the replay, and not to the host.
pub(crate) fn is_evidence(packet: &Packet, name: &str) -> bool {
    let replay = packet.evidence.replay.as_ref().and_then(|replay| replay.attachment.as_deref());
    replay == Some(name) || packet.evidence.screenshots.iter().any(|shot| shot.attachment == name)
}

/// An approval: what the customer agreed to, and what they kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// When.
    pub at: Timestamp,
    /// How it was given.
    pub via: ConsentVia,
    /// The text that was agreed to.
    pub text: String,
    /// What was struck out.
    pub struck: Vec<Item>,
    /// Address for the answer as the customer typed it, empty if they took it out;
    /// `None` leaves the draft's.
    pub contact: Option<String>,
    /// The summary as they wrote it anew, redacted.
    pub summary: Option<EditedSummary>,
    /// The milestones of the hand-over up to now.
    pub timeline: Vec<TimelineEntry>,
}

/// Makes the approved packet of a draft: struck parts are gone, and recorded as
/// struck out by kind and count, never by content.
#[must_use]
pub fn approve(mut draft: Packet, id: PacketId, approval: Approval) -> Packet {
    let mut items = Vec::new();
    draft.created_at = approval.at.clone();
    for item in Item::ALL {
        let included = !approval.struck.contains(item);
        let count = item.count(&draft);
        items.push(ConsentItem { item: item.as_str().to_owned(), included, count });
        if !included {
            item.strike(&mut draft);
        }
    }
    draft.id = id;
    if let Some(edited) = approval.summary {
        let summary = &mut draft.summary;
        summary.sources.retain(|source| !matches!(&*source.line, "/title" | "/problem"));
        (summary.title, summary.problem) = (edited.title, edited.problem);
        summary.edited = true;
    }
    draft.timeline = approval.timeline;
    if let Some(contact) = approval.contact {
        draft.customer.email = (!contact.is_empty()).then_some(contact);
    }
    draft.consent = Consent {
        approved: true,
        via: approval.via,
        at: approval.at,
        text: approval.text,
        items,
        extra: Default::default(),
    };
    draft
}
