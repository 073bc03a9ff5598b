//! Browser, operating system and kind of device from a `User-Agent`.

use baton_packet::{Browser, DeviceKind, OperatingSystem};

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
