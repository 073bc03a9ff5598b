//! End-to-end tests, one module a concern.

mod annotate;
mod api;
mod bad_config;
mod canary;
mod consent;
mod content_policy;
mod continuation;
mod delivery;
mod desk_pages;
mod embedding;
mod host_page;
#[path = "../../../crates/packet/tests/fixtures/hostile.rs"]
mod hostile;
mod later;
mod leaks;
mod loading;
mod page_evidence;
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
