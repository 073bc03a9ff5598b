//! Every word of the panel, by key; the embedder may replace any of them.

use crate::bridge::Bridge;
use crate::js;

const ENGLISH: &[(&str, &str)] = &[
    ("title", "Help"),
    ("close", "Close help"),
    ("person", "Talk to a person"),
    ("composer", "Write a message"),
    ("send", "Send message"),
    ("thread", "Conversation"),
    ("you", "You"),
    ("assistant", "Assistant"),
    ("gathering", "Gathering what they need to see…"),
    ("ready", "Ready to hand over"),
    ("review", "Review and send"),
    ("review_title", "What will be sent"),
    ("review_intro", "This is everything the team will see. Switch off what you want to keep."),
    ("back", "Back to the conversation"),
    ("always", "always sent"),
    ("transcript", "Conversation and summary"),
    ("screenshot", "Pictures"),
    ("picture", "picture"),
    ("picture_of", "of"),
    ("picture_edit", "Edit"),
    ("picture_remove", "Remove"),
    ("picture_add", "Add a picture"),
    ("picture_again", "Capture this page again"),
    ("picture_element", "Pick an element"),
    ("picture_region", "Drag a region"),
    ("picture_share", "Share your screen"),
    ("picture_file", "Add an image"),
    ("picture_hint", "You can also paste an image, or drop it here."),
    ("picture_none", "This page could not be pictured."),
    ("picture_instead", "You can share your screen, or add an image."),
    ("picture_busy", "Taking the picture…"),
    ("picture_added", "The picture was added."),
    ("picture_changed", "The picture was changed."),
    ("picture_removed", "The picture was removed."),
    ("picture_full", "There are five pictures: no more can be added."),
    ("picture_too_large", "This picture is too large."),
    ("picture_not_image", "This is no image that can be read: PNG, JPEG, WebP or GIF."),
    ("picture_share_refused", "Nothing was shared."),
    ("picture_share_failed", "The screen could not be captured. You can add an image."),
    ("picture_no_editor", "The picture editor did not load. Please try again."),
    ("picture_failed", "That did not work. Please try again."),
    ("replay", "Copy of the page"),
    ("recording", "Recording of the last seconds"),
    ("errors", "Errors"),
    ("console", "Console lines"),
    ("network", "Requests of the page"),
    ("steps", "What you did"),
    ("environment", "Browser, device and page address"),
    ("custom_data", "Data of this application"),
    ("files", "Attached files"),
    ("about", "About you"),
    ("sorting", "How it is sorted"),
    ("masked", "masked"),
    ("gaps", "Not included"),
    ("email", "Where should they answer?"),
    ("email_hint", "you@example.com"),
    ("email_wrong", "This is no e-mail address."),
    ("approve", "Send to"),
    ("sending", "Sending…"),
    ("waiting", "Not delivered yet. I keep it and try again by myself."),
    ("delivered", "Handed over"),
    ("who", "Who"),
    ("sees", "What they see"),
    ("next", "What comes next"),
    ("reference", "Reference"),
    ("again", "Start a new request"),
    ("failed", "Not delivered"),
    (
        "failed_refused",
        "Their system did not accept it. Nothing is lost: you can try again, or keep a copy.",
    ),
    (
        "failed_unreachable",
        "Their system could not be reached. Nothing is lost: you can try again, or keep a copy.",
    ),
    ("retry", "Try again now"),
    ("download", "Download a copy"),
    ("qa_title", "Report a bug"),
    ("qa_close", "Close the report"),
    ("qa_shortcut", "captures a bug anywhere on this page."),
    ("qa_bug_on", "Bug on"),
    ("qa_summary", "Title"),
    ("qa_summary_missing", "A report needs a title."),
    ("qa_actual", "What happened?"),
    ("qa_expected", "What did you expect?"),
    ("qa_severity", "Severity"),
    ("qa_low", "Low"),
    ("qa_normal", "Normal"),
    ("qa_high", "High"),
    ("qa_critical", "Critical"),
    ("qa_captured", "Captured"),
    ("qa_capturing", "Capturing the page…"),
    ("qa_not_captured", "The page could not be captured. What you wrote is still here."),
    ("qa_download", "Download .zip"),
    ("qa_copy", "Copy as Markdown"),
    ("qa_saved", "Saved as"),
    ("qa_copied", "Copied as Markdown."),
    ("qa_copy_by_hand", "The browser does not let me copy. Take the text from here:"),
    ("qa_failed", "That did not work. What you wrote is still here."),
    ("qa_next", "Report another bug"),
];

/// The words in use.
pub struct Labels {
    replaced: wasm_bindgen::JsValue,
}

impl Labels {
    pub fn read(bridge: &Bridge) -> Self {
        Self { replaced: js::get(&bridge.config(), "labels") }
    }

    /// The words for a key; the key itself if it is unknown.
    pub fn get(&self, key: &str) -> String {
        let english =
            || ENGLISH.iter().find(|(known, _)| *known == key).map_or(key, |known| known.1);
        js::get_string(&self.replaced, key).unwrap_or_else(|| english().to_owned())
    }
}
