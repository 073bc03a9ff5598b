//! RFC 3339 timestamps in UTC with millisecond precision.

use serde::{Deserialize, Serialize};

/// A moment as RFC 3339 text, for example `2026-11-24T21:05:20.123Z`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Timestamp(
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))] String,
);

impl Timestamp {
    /// From milliseconds since the Unix epoch. Times before 1970 or after the
    /// year 9999, which a broken clock may give, are clamped to that range.
    #[must_use]
    pub fn from_unix_ms(unix_ms: f64) -> Self {
        const YEAR_9999_END_MS: f64 = 253_402_300_799_999.0;
        // `clamp` would pass NaN through; `max` turns it into 0.
        #[allow(clippy::manual_clamp)]
        let ms = unix_ms.max(0.0).min(YEAR_9999_END_MS) as u64;
        let (days, rest) = (ms / 86_400_000, ms % 86_400_000);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
        let milli = rest % 1000;
        Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
    }

    /// Accepts RFC 3339 and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let read = Self(text.to_owned());
        read.is_rfc3339().then_some(read)
    }

    /// The timestamp as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text has the form of an RFC 3339 date-time, with field
    /// ranges checked (a day is checked up to 31).
    #[must_use]
    pub fn is_rfc3339(&self) -> bool {
        let bytes = self.0.as_bytes();
        let digits = |from: usize, to: usize, low: u32, high: u32| {
            self.0
                .get(from..to)
                .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|part| part.parse::<u32>().ok())
                .is_some_and(|number| (low..=high).contains(&number))
        };
        let is = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
        if !(digits(0, 4, 0, 9999)
            && is(4, b"-")
            && digits(5, 7, 1, 12)
            && is(7, b"-")
            && digits(8, 10, 1, 31)
            && is(10, b"Tt ")
            && digits(11, 13, 0, 23)
            && is(13, b":")
            && digits(14, 16, 0, 59)
            && is(16, b":")
            && digits(17, 19, 0, 60))
        {
            return false;
        }
        let mut at = 19;
        if is(at, b".") {
            let fraction = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            if fraction == 0 {
                return false;
            }
            at += 1 + fraction;
        }
        (is(at, b"Zz") && bytes.len() == at + 1)
            || (is(at, b"+-")
                && digits(at + 1, at + 3, 0, 23)
                && is(at + 3, b":")
                && digits(at + 4, at + 6, 0, 59)
                && bytes.len() == at + 6)
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Days since 1970-01-01 to (year, month, day): Howard Hinnant's
/// `civil_from_days`, "chrono-Compatible Low-Level Date Algorithms", for days ≥ 0.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    fn check(unix_ms: f64, expected: &str) {
        let timestamp = Timestamp::from_unix_ms(unix_ms);
        assert_eq!(timestamp.as_str(), expected);
        assert!(timestamp.is_rfc3339());
    }

    #[test]
    fn known_moments() {
        check(0.0, "1970-01-01T00:00:00.000Z");
        check(951_782_400_000.0, "2000-02-29T00:00:00.000Z");
        check(1_709_210_096_789.0, "2024-02-29T12:34:56.789Z");
        check(1_795_554_320_001.0, "2026-11-24T21:05:20.001Z");
    }

    #[test]
    fn a_broken_clock_still_gives_a_timestamp() {
        check(-5.0, "1970-01-01T00:00:00.000Z");
        check(f64::NAN, "1970-01-01T00:00:00.000Z");
        check(f64::INFINITY, "9999-12-31T23:59:59.999Z");
    }

    #[test]
    fn forms_that_are_not_rfc3339() {
        for text in [
            "",
            "2026-11-24",
            "2026-13-24T00:00:00Z",
            "2026-11-24T21:05:20",
            "x",
            "2026-11-24T21:05:20.Z",
        ] {
            assert!(!Timestamp(text.to_owned()).is_rfc3339(), "{text}");
        }
        assert!(Timestamp("2026-11-24T21:05:20+05:30".to_owned()).is_rfc3339());
    }
}
