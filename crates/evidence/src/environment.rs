//! Browser, operating system and kind of device from a `User-Agent` and what else
//! the browser tells; the errors that a page shows.

use baton_packet::{Browser, DeviceKind, OperatingSystem};

use crate::redact::{Redactor, Scope};

/// Reads a `User-Agent`. What it does not tell is empty, `None` or
/// [`DeviceKind::Unknown`]. Safari on an iPad says it is a Mac: ask
/// `maxTouchPoints`, too.
#[must_use]
pub fn parse_user_agent(ua: &str) -> (Browser, OperatingSystem, DeviceKind) {
    let (name, version) = browser(ua);
    let browser =
        Browser { name: name.to_owned(), version: version.to_owned(), user_agent: ua.to_owned() };
    (browser, operating_system(ua), device_kind(ua))
}

/// What the `User-Agent` cannot tell or hides: the `platformVersion` of User-Agent
/// Client Hints, and how many touches the screen takes at once.
///
/// Windows says `NT 10.0` for 10 and 11; its platform version is that of a Windows
/// API, where 13 begins 11 and 0 is anything before 10. An iPad says it is a Mac,
/// and no Mac has a touch screen.
pub fn refine(
    os: &mut OperatingSystem,
    kind: &mut DeviceKind,
    platform_version: Option<&str>,
    touch_points: f64,
) {
    if let Some(version) = platform_version.filter(|version| !version.is_empty()) {
        let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
        match (os.name.as_str(), major) {
            ("Windows", Some(13..)) => os.version = Some("11".to_owned()),
            ("Windows", _) => {}
            _ => os.version = Some(version.to_owned()),
        }
    }
    if os.name == "macOS" && touch_points > 1.0 {
        *os = OperatingSystem { name: "iPadOS".to_owned(), version: None };
        *kind = DeviceKind::Tablet;
    }
}

/// Most errors of a page that a packet names, and the characters of one.
const MOST_ERRORS: usize = 20;
const LONGEST_ERROR: usize = 300;

/// The error messages of a page as the packet holds them, from the texts of its
/// alerts in document order: spaces as one, redacted, cut to 300 characters, none
/// twice or as a part of one before, at most 20.
#[must_use]
pub fn visible_errors(texts: Vec<String>, redactor: &mut Redactor) -> Vec<String> {
    let mut errors: Vec<String> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for raw in texts {
        let text = tidy(&raw);
        if text.is_empty() || seen.iter().any(|known| known.contains(&text)) {
            continue;
        }
        if errors.len() == MOST_ERRORS {
            break;
        }
        // Redacted before lines become one and before the cut: some secrets are known
        // by their lines, and no scanner knows half of one.
        let mut error = tidy(&redactor.text("environment", &raw, Scope::All));
        if let Some((end, _)) = error.char_indices().nth(LONGEST_ERROR) {
            error.truncate(end);
            error.push('…');
        }
        errors.push(error);
        seen.push(text);
    }
    errors
}

/// Product tokens, the most telling first: every browser also names the ones it
/// wants to be taken for.
const BROWSERS: [(&str, &str); 16] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

fn browser(ua: &str) -> (&'static str, &str) {
    for (token, name) in BROWSERS {
        if let Some(version) = after(ua, token)
            && (name != "Safari" || ua.contains("Safari/"))
        {
            return (name, version);
        }
    }
    // A web view inside an app on iOS names no browser at all.
    match after(ua, "AppleWebKit/") {
        Some(version) => ("WebKit", version),
        None => ("", ""),
    }
}

fn operating_system(ua: &str) -> OperatingSystem {
    let of =
        |name: &str, version: Option<String>| OperatingSystem { name: name.to_owned(), version };
    let plain = |token: &str| after(ua, token).map(str::to_owned);
    let dotted = |token: &str| {
        let start = ua.find(token)? + token.len();
        let rest = &ua[start..];
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.'));
        let version = rest[..end.unwrap_or(rest.len())].replace('_', ".");
        (!version.is_empty()).then_some(version)
    };
    if ua.contains("iPhone") || ua.contains("iPod") || ua.contains("iPad") {
        of(if ua.contains("iPad") { "iPadOS" } else { "iOS" }, dotted(" OS "))
    } else if ua.contains("Android") {
        of("Android", plain("Android "))
    } else if ua.contains("CrOS") {
        // `CrOS x86_64 14541.0.0`
        let rest = ua.split("CrOS ").nth(1).and_then(|rest| rest.split_once(' '));
        of("ChromeOS", rest.and_then(|(_, version)| after(version, "")).map(str::to_owned))
    } else if ua.contains("Windows") {
        of("Windows", plain("Windows NT ").map(|version| windows(&version).to_owned()))
    } else if ua.contains("Mac OS X") {
        of("macOS", dotted("Mac OS X "))
    } else if ua.contains("Linux") || ua.contains("X11") {
        of("Linux", None)
    } else {
        of("", None)
    }
}

/// Windows 11 still says `NT 10.0`; only client hints tell them apart.
fn windows(kernel: &str) -> &str {
    match kernel {
        "10.0" => "10",
        "6.3" => "8.1",
        "6.2" => "8",
        "6.1" => "7",
        other => other,
    }
}

fn device_kind(ua: &str) -> DeviceKind {
    let has = |word: &str| ua.contains(word);
    if has("iPad") || has("Tablet") || (has("Android") && !has("Mobile")) {
        DeviceKind::Tablet
    } else if has("iPhone") || has("iPod") || has("Mobile") || has("Android") {
        DeviceKind::Phone
    } else if has("Windows") || has("Macintosh") || has("CrOS") || has("Linux") || has("X11") {
        DeviceKind::Desktop
    } else {
        DeviceKind::Unknown
    }
}

/// The version after a token, up to the first character that is none of it.
fn after<'a>(ua: &'a str, token: &str) -> Option<&'a str> {
    let rest = &ua[ua.find(token)? + token.len()..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}
