//! What the embedder wants masked, as the redactor's policy.

use baton_evidence::redact::{Policy, Redactor};

use crate::bridge::Bridge;
use crate::js::{get, get_string};

/// A redactor with the embedder's policy, that has masked nothing yet.
pub fn redactor(bridge: &Bridge) -> Redactor {
    let privacy = get(&bridge.config(), "privacy");
    // `"all"` masks e-mails and phone numbers in the transcript, too.
    Redactor::new(Policy {
        transcript_all: get_string(&privacy, "transcript").as_deref() == Some("all"),
    })
}
