//! Formats that other tools open, derived from a packet where they are wanted;
//! none of them is ever sent beside it.

pub(crate) mod base64;
mod console;
mod curl;
mod document;
mod har;
mod markdown;
mod masked;
pub(crate) mod picture;
mod place;
mod plan;
mod playwright;
mod quote;
mod recorder;
mod rrweb;
mod selector;
mod steps;

use baton_packet::Packet;

/// What a packet can be turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// HTTP Archive 1.2 of the requests.
    Har,
    /// Chrome DevTools Recorder JSON of the steps.
    Recorder,
    /// A Playwright regression test.
    Playwright,
    /// An issue-tracker text.
    Markdown,
    /// The failing calls as `curl` commands.
    Curl,
    /// rrweb events of the page.
    Rrweb,
    /// Steps to reproduce in plain words.
    Steps,
    /// The console, one JSON object a line.
    Console,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Format] = &[
        Format::Har,
        Format::Recorder,
        Format::Playwright,
        Format::Markdown,
        Format::Curl,
        Format::Rrweb,
        Format::Steps,
        Format::Console,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Har => "har",
            Format::Recorder => "recorder",
            Format::Playwright => "playwright",
            Format::Markdown => "markdown",
            Format::Curl => "curl",
            Format::Rrweb => "rrweb",
            Format::Steps => "steps",
            Format::Console => "console",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.as_str() == name)
    }

    /// Its file in a bundle.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Format::Har => "network.har",
            Format::Recorder => "recorder.json",
            Format::Playwright => "repro.spec.ts",
            Format::Markdown => "report.md",
            Format::Curl => "requests.sh",
            Format::Rrweb => "replay.json",
            Format::Steps => "steps.txt",
            Format::Console => "console.jsonl",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Har | Format::Recorder | Format::Rrweb => "application/json",
            Format::Playwright => "text/typescript",
            Format::Markdown => "text/markdown",
            Format::Curl => "text/x-shellscript",
            Format::Steps => "text/plain",
            Format::Console => "application/jsonl",
        }
    }
}

/// Why a packet cannot be turned into a format.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// The packet holds nothing of what the format needs; says what is missing.
    Nothing(&'static str),
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for ExportError {}

/// A file of the packet by its name in the manifest; `None` where it is not at hand.
pub type Files<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// The packet in that format.
///
/// # Errors
/// [`ExportError`] where the packet has nothing to make it of.
pub fn export(format: Format, packet: &Packet, files: Files<'_>) -> Result<String, ExportError> {
    match format {
        Format::Har => har::har(packet),
        Format::Recorder => Ok(recorder::recorder(packet)),
        Format::Playwright => Ok(playwright::playwright(packet)),
        Format::Markdown => Ok(markdown::markdown(packet)),
        Format::Curl => curl::curl(packet),
        Format::Rrweb => Ok(rrweb::rrweb(packet, files)),
        Format::Steps => steps::steps(packet),
        Format::Console => console::console(packet),
    }
}
