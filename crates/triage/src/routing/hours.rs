//! Business hours: a weekly plan and days off, at a fixed distance from UTC. The
//! crate knows no time zones: who publishes a rules file writes the distance that
//! holds, and another one when the clocks change.

const DAY_MS: f64 = 86_400_000.0;
const MINUTE_MS: f64 = 60_000.0;
const DAY_MINUTES: i32 = 1440;
/// How far an opening is looked for: beyond, nobody waits for it.
const AHEAD_DAYS: i32 = 14;

/// When a queue is open.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Hours {
    /// Minutes to add to UTC, -840 to 840.
    #[cfg_attr(feature = "schema", schemars(range(min = -840, max = 840)))]
    pub utc_offset_minutes: i32,
    /// The weekly plan.
    pub open: Vec<Opening>,
    /// Days off, `YYYY-MM-DD`.
    #[cfg_attr(feature = "schema", schemars(default, with = "Vec<crate::rules::schema::Date>"))]
    pub closed_on: Vec<i32>,
}

/// Hours that are the same on several days.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Opening {
    /// The days on which they begin.
    pub days: Vec<Day>,
    /// From this minute of the day, `HH:MM`.
    #[cfg_attr(feature = "schema", schemars(with = "crate::rules::schema::Clock"))]
    pub from: i32,
    /// To this minute, `HH:MM`. Not after `from`, it is one of the next day.
    #[cfg_attr(feature = "schema", schemars(with = "crate::rules::schema::Clock"))]
    pub to: i32,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Day {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Day {
    /// Each day with its name, Monday first.
    pub const NAMED: [(Self, &str); 7] = [
        (Self::Mon, "mon"),
        (Self::Tue, "tue"),
        (Self::Wed, "wed"),
        (Self::Thu, "thu"),
        (Self::Fri, "fri"),
        (Self::Sat, "sat"),
        (Self::Sun, "sun"),
    ];
}

impl Hours {
    /// Whether it is open at this time, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn are_open(&self, unix_ms: f64) -> bool {
        let local = unix_ms + f64::from(self.utc_offset_minutes) * MINUTE_MS;
        let today = (local / DAY_MS).floor();
        let minute = ((local - today * DAY_MS) / MINUTE_MS) as i32;
        let today = today as i32;
        self.open.iter().any(|opening| {
            let ends = opening.to + if opening.to > opening.from { 0 } else { DAY_MINUTES };
            let within = |minute| opening.from <= minute && minute < ends;
            within(minute) && self.begin_on(opening, today)
                || within(minute + DAY_MINUTES) && self.begin_on(opening, today.saturating_sub(1))
        })
    }

    /// When it opens next after this time, in the same unit; `None` if it does not
    /// within two weeks.
    #[must_use]
    pub fn open_next(&self, unix_ms: f64) -> Option<f64> {
        let offset = f64::from(self.utc_offset_minutes) * MINUTE_MS;
        let local = unix_ms + offset;
        let today = (local / DAY_MS).floor() as i32;
        let mut next: Option<f64> = None;
        // Plain loops: adapters cost a kilobyte of the download.
        for day in today..=today.saturating_add(AHEAD_DAYS) {
            for opening in &self.open {
                let start = f64::from(day) * DAY_MS + f64::from(opening.from) * MINUTE_MS;
                if start > local && self.begin_on(opening, day) {
                    next = Some(next.unwrap_or(start).min(start));
                }
            }
        }
        next.map(|start| start - offset)
    }

    /// Whether these hours begin on this day, counted from 1970-01-01, a Thursday.
    fn begin_on(&self, opening: &Opening, day: i32) -> bool {
        let weekday = Day::NAMED[(day.rem_euclid(7) as usize + 3) % 7].0;
        opening.days.contains(&weekday) && !self.closed_on.contains(&day)
    }
}

/// Minute of the day of `HH:MM`, `00:00` to `24:00`.
pub(crate) fn minute_of_day(text: &str) -> Option<i32> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}

/// Days from 1970-01-01 to `YYYY-MM-DD`, a year from 1970 on.
pub(crate) fn day_number(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    let leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(usize::try_from(month - 1).ok()?)?;
    if parts.next().is_some() || year < 1970 || !(1..=length).contains(&day) {
        return None;
    }
    let years: i32 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    Some(years + lengths[..month as usize - 1].iter().sum::<i32>() + day - 1)
}

/// A number of exactly this many digits.
fn digits(text: &str, count: usize) -> Option<i32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.bytes().fold(0, |number, byte| number * 10 + i32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-30 is a Monday.
    const MONDAY_MS: f64 = 20_787.0 * DAY_MS;

    fn at(days: f64, hours: f64) -> f64 {
        MONDAY_MS + days * DAY_MS + hours * 3_600_000.0
    }

    fn office() -> Hours {
        Hours {
            utc_offset_minutes: 60,
            open: vec![
                Opening { days: vec![Day::Mon, Day::Tue], from: 9 * 60, to: 17 * 60 + 30 },
                Opening { days: vec![Day::Fri], from: 22 * 60, to: 2 * 60 },
            ],
            closed_on: vec![day_number("2026-12-01").unwrap()],
        }
    }

    #[test]
    fn hours_are_local() {
        for (day, hour, open) in [
            (0.0, 7.99, false),
            (0.0, 8.0, true),
            (0.0, 16.49, true),
            (0.0, 16.5, false),
            (2.0, 12.0, false),
            (7.0, 12.0, true),
            (-7.0, 12.0, true),
        ] {
            assert_eq!(office().are_open(at(day, hour)), open, "{day} {hour}");
        }
    }

    #[test]
    fn a_day_off_is_closed() {
        assert!(!office().are_open(at(1.0, 12.0)));
        assert!(office().are_open(at(8.0, 12.0)));
    }

    #[test]
    fn hours_may_go_past_midnight() {
        for (hour, open) in [(20.9, false), (21.0, true), (24.5, true), (25.0, false)] {
            assert_eq!(office().are_open(at(4.0, hour)), open, "{hour}");
        }
    }

    #[test]
    fn the_next_opening_passes_days_off_and_the_weekend() {
        for (day, hour, opens) in [
            (0.0, 6.0, Some((0.0, 8.0))),
            (0.0, 17.0, Some((4.0, 21.0))), // Tuesday is off.
            (0.0, 9.0, Some((4.0, 21.0))),
            (4.0, 21.0, Some((7.0, 8.0))),
            (5.0, 12.0, Some((7.0, 8.0))),
            (-1.0, 23.99, Some((0.0, 8.0))),
        ] {
            let opens = opens.map(|(day, hour)| at(day, hour));
            assert_eq!(office().open_next(at(day, hour)), opens, "{day} {hour}");
        }
    }

    #[test]
    fn an_opening_in_more_than_two_weeks_is_none() {
        let closed = |days: std::ops::Range<i32>| Hours {
            utc_offset_minutes: -300,
            open: vec![Opening { days: vec![Day::Mon], from: 0, to: DAY_MINUTES }],
            closed_on: days.map(|day| 20_787 + day).collect(),
        };
        assert_eq!(closed(1..8).open_next(at(0.0, 12.0)), Some(at(14.0, 5.0)));
        assert_eq!(closed(1..15).open_next(at(0.0, 12.0)), None);
        assert_eq!(Hours::default().open_next(at(0.0, 12.0)), None, "never open");
        for time in [f64::NAN, f64::INFINITY, f64::MAX, -f64::MAX, 0.0] {
            let _ = closed(0..1).open_next(time);
        }
    }

    #[test]
    fn what_opens_next_is_open_then() {
        let mut now = at(0.0, 0.0);
        for _ in 0..200 {
            now += 3_700_000.0;
            let next = office().open_next(now).expect("it opens every week");
            assert!(next > now && office().are_open(next));
        }
    }

    #[test]
    fn days_and_minutes_are_read_exactly_or_not_at_all() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2000-02-29"), Some(11_016));
        assert_eq!(day_number("2026-11-30"), Some(20_787));
        for text in ["2026-02-29", "2026-13-01", "2026-1-1", "1969-12-31", "2026-00-10", "x", ""] {
            assert_eq!(day_number(text), None, "{text}");
        }
        assert_eq!(minute_of_day("09:30"), Some(570));
        assert_eq!(minute_of_day("24:00"), Some(1440));
        for text in ["9:30", "24:01", "12:60", "12", "-1:00", "aa:bb"] {
            assert_eq!(minute_of_day(text), None, "{text}");
        }
    }
}
