//! The desk from outside: requests in, answers out.

mod agents;
mod cors;
mod delivery;
mod demo;
mod evidence;
#[path = "../../../packet/tests/fixtures/hostile.rs"]
mod hostile;
mod overrides;
mod pages;
mod server;
mod site;
mod support;
