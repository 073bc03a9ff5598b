//! The desk from outside: requests in, answers out.

mod agents;
mod answering;
mod conversation;
mod cors;
mod delivery;
mod demo;
mod evidence;
#[path = "../../../packet/tests/fixtures/hostile.rs"]
mod hostile;
mod overrides;
mod pages;
mod posting;
mod replies;
mod server;
mod site;
mod support;
mod talk;
