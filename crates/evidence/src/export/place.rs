//! URLs and moments, as far as exports need to take them apart.

use baton_packet::{Packet, Timestamp};

/// Scheme and host of a URL, without a slash at the end; `None` for what has none.
pub fn origin(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https" | "ws" | "wss") {
        return None;
    }
    let host = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    (host > 0).then(|| &url[..scheme.len() + 3 + host])
}

/// The origin of the page.
pub fn page_origin(packet: &Packet) -> Option<&str> {
    origin(&packet.environment.page_url)
}

/// The URL with scheme and host, as a page of this origin means it.
pub fn absolute(url: &str, page: Option<&str>) -> String {
    let page = page.unwrap_or("http://localhost");
    if origin(url).is_some() {
        return url.to_owned();
    }
    match url.strip_prefix("//") {
        Some(host) => {
            [page.split_once("://").map_or("http", |(scheme, _)| scheme), "://", host].concat()
        }
        None => [page, "/", url.trim_start_matches('/')].concat(),
    }
}

/// What comes after the origin; `/` at least.
pub fn path(url: &str) -> String {
    let rest = origin(url).map_or(url, |origin| &url[origin.len()..]);
    if rest.starts_with('/') { rest.to_owned() } else { ["/", rest].concat() }
}

/// Milliseconds since the Unix epoch; `None` for what is no RFC 3339 date-time.
pub fn unix_ms(at: &Timestamp) -> Option<i64> {
    if !at.is_rfc3339() {
        return None;
    }
    let text = at.as_str();
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let fraction = text[19..].strip_prefix('.').unwrap_or_default();
    let digits = fraction.chars().take_while(char::is_ascii_digit);
    let millis: i64 = digits.chain("000".chars()).take(3).collect::<String>().parse().ok()?;
    let zone = text[19..].find(['+', '-']).map(|at| &text[19 + at..]);
    let offset = match zone {
        Some(zone) => {
            let minutes = zone[1..3].parse::<i64>().ok()? * 60 + zone[4..6].parse::<i64>().ok()?;
            if zone.starts_with('-') { -minutes } else { minutes }
        }
        None => 0,
    };
    // Howard Hinnant's `days_from_civil`, the inverse of what `Timestamp` uses.
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some((((days * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000 + millis)
}

#[cfg(test)]
mod tests {
    use super::{absolute, origin, path, unix_ms};
    use baton_packet::Timestamp;

    #[test]
    fn a_moment_is_read_back() {
        for ms in [0_i64, 951_782_400_000, 1_709_210_096_789, 1_795_554_320_001] {
            assert_eq!(unix_ms(&Timestamp::from_unix_ms(ms as f64)), Some(ms));
        }
        let zoned: Timestamp = serde_json::from_str("\"2026-11-25T02:35:20.1+05:30\"").unwrap();
        assert_eq!(unix_ms(&zoned), Some(1_795_554_320_100));
    }

    #[test]
    fn urls_are_taken_apart() {
        assert_eq!(origin("https://a.example:8/x?y"), Some("https://a.example:8"));
        assert_eq!(origin("javascript://x"), None);
        assert_eq!(path("https://a.example?x#y"), "/?x#y");
        assert_eq!(absolute("/x", Some("https://a.example")), "https://a.example/x");
        assert_eq!(absolute("//b.example/x", Some("https://a.example")), "https://b.example/x");
    }
}
