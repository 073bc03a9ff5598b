//! End-to-end tests, one module a concern.

mod accessibility;
mod annotate;
mod answers;
mod api;
mod bad_config;
mod canary;
mod consent;
mod content_policy;
mod continuation;
mod conversations;
mod delivery;
mod desk_conversation;
mod desk_pages;
mod embedding;
mod flows;
mod host_page;
#[path = "../../../crates/packet/tests/fixtures/hostile.rs"]
mod hostile;
mod languages;
mod later;
mod leaks;
mod loading;
mod look;
mod modal;
mod page_evidence;
mod phone;
mod picture_manners;
mod picture_shows;
mod pictures;
mod private;
mod qa;
mod redaction;
mod report;
mod rules;
mod screenshot;
mod viewer;
