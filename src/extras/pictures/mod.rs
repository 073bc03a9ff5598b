//! The pictures of a case. The first is taken when a human is brought in; in the
//! review the customer may remove some, draw on them and add others.
//!
//! | module | makes |
//! |---|---|
//! | [`engine`] | a picture of the page, by the module `screenshot` |
//! | [`share`] | one frame of what the customer shares |
//! | [`given`] | an image of the customer, encoded anew |
//! | [`encode`] | pixels → a file that any receiver takes |
//! | [`annotate`] | what the customer draws and picks, by the module `annotate` |
//! | [`actions`] | the calls of the panel |

pub mod actions;
mod annotate;
mod encode;
mod engine;
mod given;
mod share;

use std::rc::Rc;

use baton_conversation::{Review, review};
use baton_packet::{Gap, Packet, Redaction, Screenshot, ScreenshotMethod, limits};

use crate::bridge::Bridge;
use crate::js::now;

use super::gather::{self, Draft, File};

/// The stage of gaps that are about pictures.
const STAGE: &str = "screenshot";

/// A picture with its file. Both get their name when they are put into a packet.
#[derive(Clone)]
pub struct Shot {
    record: Screenshot,
    file: File,
    /// What was masked in it.
    redactions: Vec<Redaction>,
}

impl Shot {
    /// Of these pixels, taken just now; nobody knows which page they show.
    fn new(method: ScreenshotMethod, label: &str, file: File, [width, height]: [u32; 2]) -> Self {
        let record = Screenshot {
            attachment: String::new(),
            label: label.to_owned(),
            at: now(),
            page_url: String::new(),
            method,
            width,
            height,
            gaps: Vec::new(),
            annotations: Vec::new(),
            removed: 0,
            extra: Default::default(),
        };
        Self { record, file, redactions: Vec::new() }
    }

    fn note(&mut self, reason: &str) {
        self.record.gaps.push(Gap::new(STAGE, reason));
    }
}

struct Picture {
    id: u32,
    /// How often it was edited.
    version: u32,
    shot: Rc<Shot>,
}

/// The pictures of one case.
#[derive(Default)]
pub struct Pictures {
    list: Vec<Picture>,
    /// How many there ever were.
    ids: u32,
    /// How many the customer took out.
    removed: u32,
    /// Why the page could not be pictured at the beginning.
    failed: Option<Gap>,
}

impl Pictures {
    /// A picture of the page as it is now, or why there is none.
    pub async fn of_page(bridge: &Bridge) -> Self {
        const LABEL: &str = "The page when this was captured";
        let most = limits::MAX_ATTACHMENT_BYTES as f64;
        let mut pictures = Self::default();
        let wish = engine::Wish { target: None, label: LABEL, most_bytes: most, most_tiles: 1 };
        match engine::take(bridge, &wish).await {
            Ok(shots) => shots.into_iter().for_each(|shot| pictures.add(shot)),
            Err(gap) => pictures.failed = Some(gap),
        }
        pictures
    }

    /// None, and why.
    pub fn none(reason: &str) -> Self {
        Self { failed: Some(Gap::new(STAGE, reason)), ..Self::default() }
    }

    fn add(&mut self, shot: Shot) {
        self.ids += 1;
        self.list.push(Picture { id: self.ids, version: 0, shot: Rc::new(shot) });
    }

    fn get(&self, id: u32) -> Option<&Picture> {
        self.list.iter().find(|picture| picture.id == id)
    }

    fn replace(&mut self, id: u32, shot: Shot) {
        if let Some(picture) = self.list.iter_mut().find(|picture| picture.id == id) {
            picture.version += 1;
            picture.shot = Rc::new(shot);
        }
    }

    fn remove(&mut self, id: u32) {
        let before = self.list.len();
        self.list.retain(|picture| picture.id != id);
        self.removed += (before - self.list.len()) as u32;
    }

    /// How many they are, and their bytes together.
    pub fn weight(&self) -> (usize, u64) {
        let sizes = self.list.iter().map(|picture| picture.shot.file.entry.size);
        (self.list.len(), sizes.sum())
    }

    /// The draft with them in it.
    pub fn place(&self, mut draft: Draft) -> Draft {
        let packet = &mut draft.packet;
        let mut number = 0;
        for (index, Picture { shot, .. }) in self.list.iter().enumerate() {
            let mut file = shot.file.clone();
            // The host may have named a file of its own like that.
            file.entry.name = loop {
                number += 1;
                let name = file_name(number, &file.entry.media_type);
                if !packet.attachments.iter().any(|entry| entry.name == name) {
                    break name;
                }
            };
            let attachment = file.entry.name.clone();
            packet.evidence.screenshots.push(Screenshot { attachment, ..shot.record.clone() });
            packet.attachments.insert(index, file.entry.clone());
            draft.files.insert(index, file);
            for redaction in &shot.redactions {
                count(packet, redaction);
            }
        }
        packet.evidence.gaps.extend(self.failed.clone());
        if self.removed > 0 {
            let reason = [&self.removed.to_string(), " taken out by the customer"].concat();
            packet.evidence.gaps.push(Gap::new(STAGE, reason));
        }
        gather::fit(packet);
        draft
    }

    /// The review of a draft, with them in it.
    pub fn review(&self, draft: &Draft) -> Review {
        let mut shown = review(&self.place(draft.clone()).packet);
        for (entry, picture) in shown.pictures.iter_mut().zip(&self.list) {
            (entry.id, entry.version) = (picture.id, picture.version);
        }
        if self.list.is_empty() {
            shown.no_picture = self.failed.as_ref().map(|gap| gap.reason.clone());
        }
        shown
    }
}

fn file_name(number: u32, media_type: &str) -> String {
    let extension = if media_type == "image/webp" { ".webp" } else { ".png" };
    ["screenshot-", &number.to_string(), extension].concat()
}

/// Counts what was masked before the packet was made.
pub fn count(packet: &mut Packet, redaction: &Redaction) {
    let all = &mut packet.redactions;
    for entry in all.iter_mut() {
        if entry.section == redaction.section && entry.kind == redaction.kind {
            entry.count += redaction.count;
            return;
        }
    }
    let place = all.partition_point(|entry| entry.section <= redaction.section);
    all.insert(place, redaction.clone());
}
