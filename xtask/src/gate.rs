//! Runs the steps of the gate and sums up.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::counts::Counts;
use crate::setup;
use crate::steps::{Bench, STEPS, Step};
use crate::workspace::Workspace;

/// Runs all steps, or the one named; stops at the first that fails.
///
/// # Errors
/// Setting up or a step failed, or there is no such step.
pub fn test(workspace: &Workspace, only: Option<&str>, long: bool) -> Result<()> {
    let steps = chosen(only)?;
    let tools = setup::build_tools(workspace)?;
    // A missing browser is told before the long steps, not after them.
    if only.is_none() {
        setup::browser()?;
    }
    if long {
        println!("--long: tests marked as ignored run too");
    }
    let bench = Bench { workspace, tools: &tools, long };
    let started = Instant::now();
    let mut summary = Summary::default();
    for (index, step) in steps.iter().enumerate() {
        println!("\n=== {}/{} {}: {} ===", index + 1, steps.len(), step.name, step.title);
        let step_started = Instant::now();
        let result = (step.run)(&bench);
        summary.add(step.name, step_started.elapsed(), result.as_ref().ok().copied());
        if let Err(error) = result {
            summary.print(steps.len(), started.elapsed());
            return Err(error).with_context(|| {
                format!("step {0} failed; alone: cargo xtask test {0}", step.name)
            });
        }
    }
    summary.print(steps.len(), started.elapsed());
    Ok(())
}

fn chosen(only: Option<&str>) -> Result<&'static [Step]> {
    let Some(name) = only else { return Ok(&STEPS) };
    match STEPS.iter().position(|step| step.name == name) {
        Some(index) => Ok(&STEPS[index..=index]),
        None => {
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            bail!("there is no step {name:?}; the steps are {}", names.join(" "))
        }
    }
}

#[derive(Default)]
struct Summary {
    lines: String,
    tests: Counts,
    passed: usize,
    failed: usize,
}

impl Summary {
    fn add(&mut self, name: &str, time: Duration, result: Option<Counts>) {
        let (word, tests) = match result {
            Some(counts) => ("passed", counts.passed),
            None => ("FAILED", 0),
        };
        self.tests += result.unwrap_or_default();
        *(if result.is_some() { &mut self.passed } else { &mut self.failed }) += 1;
        let tests = if tests > 0 { format!("{tests:>5} tests") } else { String::new() };
        self.lines += &format!("{name:<12} {word} {:>7.1} s {tests}\n", time.as_secs_f64());
    }

    fn print(&self, steps: usize, time: Duration) {
        let skipped = steps - self.passed - self.failed;
        print!("\n{}", self.lines);
        println!(
            "steps: {} passed, {} failed, {skipped} not run; {} tests passed; {:.1} minutes",
            self.passed,
            self.failed,
            self.tests.passed,
            time.as_secs_f64() / 60.0
        );
    }
}
