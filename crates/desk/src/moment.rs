//! Now, in the forms the desk needs.

use baton_packet::Timestamp;

/// Now, as it is stored and sent.
pub fn now() -> Timestamp {
    Timestamp::from_unix_ms(unix_ms() as f64)
}

/// Now, in milliseconds since the Unix epoch.
pub fn unix_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// Whole seconds from one stored time to another; 0 where a clock went back or a time
/// is not readable.
pub fn seconds_between(from: &str, to: &str) -> i64 {
    let read = |text: &str| text.parse::<jiff::Timestamp>().ok();
    let (Some(from), Some(to)) = (read(from), read(to)) else { return 0 };
    (to.as_second() - from.as_second()).max(0)
}

#[cfg(test)]
mod tests {
    use super::{now, seconds_between};

    #[test]
    fn seconds_never_run_backwards() {
        let (early, late) = ("2026-11-30T10:00:00.900Z", "2026-11-30T10:01:30.000Z");
        assert_eq!(seconds_between(early, late), 90);
        assert_eq!(seconds_between(late, early), 0);
        assert_eq!(seconds_between("no time", late), 0);
        assert!(now().is_rfc3339());
    }
}
