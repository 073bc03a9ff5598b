//! Steps to reproduce in plain words.

use baton_packet::Packet;

use super::plan::{plan, title};
use super::{ExportError, place};
use crate::timeline::Record;
use crate::words;

/// Numbered steps, grouped by the page they happened on.
pub fn steps(packet: &Packet) -> Result<String, ExportError> {
    let groups = groups(packet);
    if groups.is_empty() {
        return Err(ExportError::Nothing("the packet holds no step"));
    }
    let mut out = format!("Steps to reproduce: {}\n", words::one_line(title(packet), 200));
    let mut number = 0;
    for Group { page, steps } in groups {
        out.push_str(&format!("\nOn {}\n", words::one_line(&page, 500)));
        for step in steps {
            number += 1;
            out.push_str(&format!("{number:>3}. {step}\n"));
        }
    }
    if let Some(seen) = seen(packet) {
        out.push_str(&format!("\nThen: {}\n", words::one_line(&seen, 500)));
    }
    Ok(out)
}

/// Steps on one page.
pub struct Group {
    /// URL of the page.
    pub page: String,
    /// What was done there, each one line.
    pub steps: Vec<String>,
}

/// What to do, page by page; the first thing is to open the first page. Empty in a
/// packet without steps.
pub fn groups(packet: &Packet) -> Vec<Group> {
    let plan = plan(packet);
    if packet.evidence.steps.records.is_empty() {
        return Vec::new();
    }
    let origin = place::page_origin(packet);
    let mut groups = vec![Group { page: plan.start_url, steps: vec!["Open this page".to_owned()] }];
    for act in &plan.acts {
        if let Some(group) = groups.last_mut() {
            group.steps.push(words::one_line(&words::step(act.step), 300));
        }
        if let Some(url) = act.next_page() {
            let page = place::absolute(url, origin);
            if groups.last().is_some_and(|group| group.page != page) {
                groups.push(Group { page, steps: Vec::new() });
            }
        }
    }
    groups.retain(|group| !group.steps.is_empty());
    groups
}

/// What went wrong, if anything did.
pub fn seen(packet: &Packet) -> Option<String> {
    let cause = plan(packet).cause?;
    let text = match cause.record {
        Record::Console(_) => format!("the console says: {}", cause.text),
        _ => cause.text.clone(),
    };
    cause.record.is_failure().then_some(text)
}
