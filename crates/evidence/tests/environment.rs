//! Real `User-Agent` texts are named as a person would name them; errors that a page
//! shows are told once, short and redacted.

use baton_evidence::environment::{parse_user_agent, refine, visible_errors};
use baton_evidence::redact::{Policy, Redactor};
use baton_packet::DeviceKind::{self, Desktop, Phone, Tablet, Unknown};

const WEBKIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

fn check(ua: &str, browser: &str, version: &str, os: (&str, Option<&str>), kind: DeviceKind) {
    let ua = ua.replace("{webkit}", WEBKIT);
    let (found, found_os, found_kind) = parse_user_agent(&ua);
    assert_eq!((found.name.as_str(), found.version.as_str()), (browser, version), "{ua}");
    assert_eq!((found_os.name.as_str(), found_os.version.as_deref()), os, "{ua}");
    assert_eq!(found_kind, kind, "{ua}");
    assert_eq!(found.user_agent, ua);
}

#[test]
fn desktop_browsers() {
    check(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/131.0.0.0 Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("Windows", Some("10")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51",
        "Edge",
        "131.0.2903.51",
        ("Windows", Some("10")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Firefox",
        "132.0",
        ("Windows", Some("10")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Windows NT 6.1; Win64; x64) {webkit} Chrome/109.0.0.0 Safari/537.36 OPR/95.0.0.0",
        "Opera",
        "95.0.0.0",
        ("Windows", Some("7")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Safari",
        "18.1",
        ("macOS", Some("10.15.7")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Firefox",
        "132.0",
        ("macOS", Some("10.15")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Chrome/131.0.0.0 Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("macOS", Some("10.15.7")),
        Desktop,
    );
    check(
        "Mozilla/5.0 (X11; Linux x86_64) {webkit} HeadlessChrome/131.0.0.0 Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("Linux", None),
        Desktop,
    );
    check(
        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
        "Firefox",
        "132.0",
        ("Linux", None),
        Desktop,
    );
    check(
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {webkit} Chrome/131.0.0.0 Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("ChromeOS", Some("14541.0.0")),
        Desktop,
    );
}

#[test]
fn phones_and_tablets() {
    check(
        "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/131.0.0.0 Mobile Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("Android", Some("10")),
        Phone,
    );
    check(
        "Mozilla/5.0 (Linux; Android 14; SM-X710) {webkit} Chrome/131.0.0.0 Safari/537.36",
        "Chrome",
        "131.0.0.0",
        ("Android", Some("14")),
        Tablet,
    );
    check(
        "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) {webkit} SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
        "Samsung Internet",
        "26.0",
        ("Android", Some("14")),
        Phone,
    );
    check(
        "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
        "Firefox",
        "132.0",
        ("Android", Some("14")),
        Phone,
    );
    check(
        "Mozilla/5.0 (Android 14; Tablet; rv:132.0) Gecko/132.0 Firefox/132.0",
        "Firefox",
        "132.0",
        ("Android", Some("14")),
        Tablet,
    );
    check(
        "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.0.0",
        "Edge",
        "131.0.0.0",
        ("Android", Some("10")),
        Phone,
    );
    check(
        "Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/130.0.0.0 Mobile Safari/537.36 OPR/86.0.0.0",
        "Opera",
        "86.0.0.0",
        ("Android", Some("10")),
        Phone,
    );
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Safari",
        "18.1",
        ("iOS", Some("18.1")),
        Phone,
    );
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1",
        "Chrome",
        "131.0.6778.73",
        ("iOS", Some("18.1")),
        Phone,
    );
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/132.0 Mobile/15E148 Safari/605.1.15",
        "Firefox",
        "132.0",
        ("iOS", Some("18.1")),
        Phone,
    );
    check(
        "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1",
        "Safari",
        "17.7",
        ("iPadOS", Some("17.7")),
        Tablet,
    );
    check(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "WebKit",
        "605.1.15",
        ("iOS", Some("18.1")),
        Phone,
    );
}

#[test]
fn what_is_no_browser_stays_unnamed() {
    check("", "", "", ("", None), Unknown);
    check("é Chrome/ Android CrOS", "", "", ("Android", None), Tablet);
}

fn refined(ua: &str, platform: Option<&str>, touches: f64) -> (String, Option<String>, DeviceKind) {
    let (_, mut os, mut kind) = parse_user_agent(ua);
    refine(&mut os, &mut kind, platform, touches);
    (os.name, os.version, kind)
}

#[test]
fn hints_tell_what_the_user_agent_hides() {
    let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0.0.0 Safari/537.36";
    let of = |version: &str| ("Windows".to_owned(), Some(version.to_owned()), Desktop);
    assert_eq!(refined(windows, Some("15.0.0"), 0.0), of("11"));
    assert_eq!(refined(windows, Some("10.0.0"), 0.0), of("10"));
    assert_eq!(refined(windows, Some(""), 0.0), of("10"));
    assert_eq!(refined(windows, None, 10.0), of("10"), "a touch screen is no tablet");
    let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15";
    assert_eq!(
        refined(mac, Some("15.1.0"), 0.0),
        ("macOS".to_owned(), Some("15.1.0".to_owned()), Desktop)
    );
    assert_eq!(refined(mac, None, 5.0), ("iPadOS".to_owned(), None, Tablet));
}

fn shown(texts: &[&str]) -> Vec<String> {
    let texts = texts.iter().map(|&text| text.to_owned()).collect();
    visible_errors(texts, &mut Redactor::new(Policy::default()))
}

#[test]
fn an_error_is_told_once_however_often_it_is_marked() {
    let errors = ["  Could not\n save ", "", "save", "Could not save", "Number is missing"];
    assert_eq!(shown(&errors), ["Could not save", "Number is missing"]);
}

#[test]
fn errors_are_redacted_and_bounded() {
    let long = "x ".repeat(400) + "ann@example.com";
    assert_eq!(shown(&["No account for ann@example.com"]), ["No account for [e-mail]"]);
    assert_eq!(shown(&[&long])[0].chars().count(), 301);
    let many: Vec<String> = (10..50).map(|number| format!("Row {number} is wrong")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(shown(&many).len(), 20);
}
