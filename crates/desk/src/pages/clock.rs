//! One clock for a page: how long before the report something happened.

use baton_packet::{Evidence, Packet, Timestamp};
use jiff::Timestamp as Moment;
use maud::{Markup, html};

/// Milliseconds between two moments, where both can be read.
fn millis_between(from: &Timestamp, to: &Timestamp) -> Option<f64> {
    let read = |at: &Timestamp| at.as_str().parse::<Moment>().ok();
    Some((read(to)?.as_millisecond() - read(from)?.as_millisecond()) as f64)
}

/// The moment the packet was frozen, on both clocks of the page.
pub struct Clock {
    report: Timestamp,
    /// Monotonic time of the report, milliseconds.
    report_ms: Option<f64>,
}

impl Clock {
    /// Ties both clocks together at the latest evidence record: there the wall
    /// clock had the least time to jump before the report.
    pub fn of(packet: &Packet) -> Self {
        let report = packet.created_at.clone();
        let latest = both_clocks(&packet.evidence)
            .filter(|(_, ms)| ms.is_finite())
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        let report_ms = latest.and_then(|(at, ms)| Some(ms + millis_between(at, &report)?));
        Self { report, report_ms }
    }

    /// For a record that carries both clocks.
    pub fn record(&self, at: &Timestamp, ms: f64) -> Markup {
        let after = self.report_ms.map(|report_ms| ms - report_ms).filter(|ms| ms.is_finite());
        self.show(at, after.or_else(|| millis_between(&self.report, at)))
    }

    /// For what only has a wall time.
    pub fn wall(&self, at: &Timestamp) -> Markup {
        self.show(at, millis_between(&self.report, at))
    }

    fn show(&self, at: &Timestamp, after_ms: Option<f64>) -> Markup {
        html! {
            time.when datetime=(at.as_str()) title=(at.as_str()) {
                (after_ms.map_or_else(|| at.as_str().to_owned(), offset))
            }
        }
    }
}

fn both_clocks(evidence: &Evidence) -> impl Iterator<Item = (&Timestamp, f64)> {
    let console = evidence.console.records.iter().map(|record| (&record.at, record.ms));
    let errors = evidence.errors.records.iter().map(|record| (&record.at, record.ms));
    let network = evidence.network.records.iter().map(|record| (&record.at, record.ms));
    let steps = evidence.steps.records.iter().map(|record| (&record.at, record.ms));
    console.chain(errors).chain(network).chain(steps)
}

/// Milliseconds after the report (negative: before) as `−12.4 s`, `−3 min 05 s`
/// or `−2 h 10 min`.
fn offset(after_ms: f64) -> String {
    let sign = if after_ms < 0.0 { "−" } else { "+" };
    let seconds = after_ms.abs() / 1000.0;
    if seconds < 59.95 {
        return format!("{sign}{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    match whole {
        0..3600 => format!("{sign}{} min {:02} s", whole / 60, whole % 60),
        _ => format!("{sign}{} h {:02} min", whole / 3600, whole / 60 % 60),
    }
}

/// How long ago a stored time was: `now`, `5 min`, `3 h`, `2 d`.
pub fn age(at: &str, now: Moment) -> String {
    let Ok(moment) = at.parse::<Moment>() else { return at.to_owned() };
    match now.as_second() - moment.as_second() {
        ..60 => "now".to_owned(),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..86_400 => format!("{} h", seconds / 3600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::{age, offset};

    #[test]
    fn offsets_are_read_at_a_glance() {
        for (ms, expected) in [
            (-12_400.0, "−12.4 s"),
            (0.0, "+0.0 s"),
            (-59_990.0, "−1 min 00 s"),
            (-185_000.0, "−3 min 05 s"),
            (-7_800_000.0, "−2 h 10 min"),
            (1_200.0, "+1.2 s"),
        ] {
            assert_eq!(offset(ms), expected);
        }
    }

    #[test]
    fn ages_use_one_unit() {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        for (at, expected) in [
            ("2026-11-24T11:59:30.000Z", "now"),
            ("2026-11-24T11:55:00Z", "5 min"),
            ("2026-11-24T09:00:00Z", "3 h"),
            ("2026-11-22T09:00:00Z", "2 d"),
            ("2026-11-25T09:00:00Z", "now"),
            ("no time", "no time"),
        ] {
            assert_eq!(age(at, now), expected);
        }
    }
}
