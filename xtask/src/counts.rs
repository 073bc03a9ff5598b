//! Counting tests from what their runners print.

use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::run;

/// Tests that ran.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a test runner, showing its output as it comes, and counts.
///
/// # Errors
/// It cannot be started, does not succeed, or ran no test at all.
pub fn run_tests(command: &mut Command) -> Result<Counts> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", run::line(command)))?;
    let mut counts = Counts::default();
    let mut shown = std::io::stdout().lock();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let mut line = line?;
            counts += in_line(&String::from_utf8_lossy(&line));
            line.push(b'\n');
            shown.write_all(&line)?;
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed ({status}, {} tests failed)", run::line(command), counts.failed);
    }
    if counts.passed == 0 {
        bail!("{} ran no test", run::line(command));
    }
    Ok(counts)
}

/// The closing line of a Rust test binary, or one of Node's two.
fn in_line(line: &str) -> Counts {
    let mut counts = Counts::default();
    if let Some(rest) = line.strip_prefix("test result: ") {
        let words: Vec<&str> = rest.split_whitespace().collect();
        for pair in words.windows(2) {
            let number = pair[0].parse().unwrap_or(0);
            match pair[1] {
                "passed;" => counts.passed = number,
                "failed;" => counts.failed = number,
                _ => {}
            }
        }
    } else if let Some(number) = line.strip_prefix("ℹ pass ") {
        counts.passed = number.trim().parse().unwrap_or(0);
    } else if let Some(number) = line.strip_prefix("ℹ fail ") {
        counts.failed = number.trim().parse().unwrap_or(0);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_both_runners_are_counted() {
        let rust = "test result: FAILED. 7 passed; 2 failed; 1 ignored; 0 measured; 0 filtered \
                    out; finished in 0.01s";
        assert_eq!(in_line(rust), Counts { passed: 7, failed: 2 });
        assert_eq!(in_line("ℹ pass 12"), Counts { passed: 12, failed: 0 });
        assert_eq!(in_line("ℹ fail 3"), Counts { passed: 0, failed: 3 });
        assert_eq!(in_line("test a_rule ... ok"), Counts::default());
    }
}
