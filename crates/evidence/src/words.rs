//! Records as one line for people.

use baton_packet::{ErrorRecord, NetworkFailure, NetworkRecord, StepAction, StepRecord};

/// Longest quoted value in a line, in characters.
const VALUE_CHARS: usize = 80;

/// `Clicked the button “Save invoice”`.
#[must_use]
pub fn step(step: &StepRecord) -> String {
    let target = match step.target.as_str() {
        "" => "the page".to_owned(),
        target if step.action == StepAction::Breadcrumb => target.to_owned(),
        target => format!("the {target}"),
    };
    let value = step.value.as_deref().map(|value| one_line(value, VALUE_CHARS));
    let point = |name: &str| step.point.map(|point| format!("{name}{:.0}", point.y));
    match step.action {
        StepAction::Click => match checks(step) {
            Some(true) => format!("Checked {target}"),
            Some(false) => format!("Unchecked {target}"),
            None => format!("Clicked {target}"),
        },
        StepAction::DoubleClick => format!("Double-clicked {target}"),
        StepAction::Key => {
            format!("Pressed {} in {target}", step.key.as_deref().unwrap_or("a key"))
        }
        StepAction::Input => entered(step, &target, value),
        StepAction::Submit => format!("Submitted {target}"),
        StepAction::Scroll => {
            format!("Scrolled {target}{}", point(" down to ").unwrap_or_default())
        }
        StepAction::Navigate => {
            let url = step.url.as_deref().unwrap_or(&step.target);
            format!("The page went to {}", one_line(url, 2 * VALUE_CHARS))
        }
        StepAction::Visibility => match value {
            Some(state) => format!("The page became {state}"),
            None => "Left the page or came back to it".to_owned(),
        },
        StepAction::Resize => match step.size {
            Some(size) => format!("Resized the window to {:.0} × {:.0}", size.width, size.height),
            None => "Resized the window".to_owned(),
        },
        StepAction::Breadcrumb => match value {
            Some(value) => format!("{target} {value}"),
            None => target,
        },
    }
}

/// What a click made of a check box or a radio button; `None` for any other step.
pub(crate) fn checks(step: &StepRecord) -> Option<bool> {
    match (step.action, step.value.as_deref()?) {
        (StepAction::Click, "checked") => Some(true),
        (StepAction::Click, "unchecked") => Some(false),
        _ => None,
    }
}

fn entered(step: &StepRecord, target: &str, value: Option<String>) -> String {
    let kind = step.field.as_ref().map(|field| field.kind.as_str());
    match (kind, value) {
        (Some("select" | "select-one" | "select-multiple"), Some(value)) => {
            format!("Chose “{value}” in {target}")
        }
        (_, Some(value)) if value.is_empty() => format!("Cleared {target}"),
        (_, Some(value)) => format!("Entered “{value}” in {target}"),
        (_, None) => match &step.field {
            Some(field) if field.private => {
                format!("Entered {} hidden characters in {target}", field.length)
            }
            _ => format!("Changed {target}"),
        },
    }
}

/// `POST https://a.example/api/export → 500 after 84 ms`.
#[must_use]
pub fn request(request: &NetworkRecord) -> String {
    let NetworkRecord { method, url, .. } = request;
    let end = match (request.failure, request.status) {
        (Some(failure), _) => failed(failure).to_owned(),
        (None, Some(status)) => status.to_string(),
        (None, None) => match request.close_code {
            Some(code) => format!("closed ({code})"),
            None => "pending".to_owned(),
        },
    };
    let time = match request.duration_ms {
        Some(duration) => format!(" after {duration:.0} ms"),
        None => String::new(),
    };
    one_line(&format!("{method} {url} → {end}{time}"), usize::MAX)
}

fn failed(failure: NetworkFailure) -> &'static str {
    match failure {
        NetworkFailure::Network => "no answer",
        NetworkFailure::Cors => "no readable answer (CORS?)",
        NetworkFailure::Abort => "aborted by the page",
        NetworkFailure::Timeout => "timed out",
        NetworkFailure::Offline => "offline",
    }
}

/// `TypeError: rows is undefined`.
#[must_use]
pub fn error(error: &ErrorRecord) -> String {
    let message = one_line(&error.message, usize::MAX);
    match error.name.as_deref() {
        Some(name) if !message.contains(name) => format!("{name}: {message}"),
        _ => message,
    }
}

/// White space and control characters become single spaces; at most so many
/// characters.
#[must_use]
pub fn one_line(text: &str, most: usize) -> String {
    let mut line = String::with_capacity(text.len().min(most));
    let words = text.split(|char: char| char.is_whitespace() || char.is_control());
    for word in words.filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((end, _)) = line.char_indices().nth(most) {
        line.truncate(end);
        line.push('…');
    }
    line
}
