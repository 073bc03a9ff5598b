//! Runs one test: a browser of its own, a time limit, and what a failure leaves behind.

use std::any::{Any, type_name};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use futures_util::FutureExt;
use tokio::sync::Semaphore;

use crate::{Page, workspace};

/// Browsers at a time: one a core of the smallest machine that runs this.
static BROWSERS: Semaphore = Semaphore::const_new(2);
const LIMIT_SECONDS: u64 = 90;

thread_local! {
    static KEPT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a server running until the page is gone. Stopped with the test's last
/// line, it would refuse what the page is still loading, and that is an error in
/// the page's log that nobody made.
pub(crate) fn keep(server: impl Any) {
    KEPT.with_borrow_mut(|kept| kept.push(Box::new(server)));
}

/// Runs a test in a fresh browser. It fails when the test does, when the limit
/// of 90 seconds is over, and when the page logged an error that the test did
/// not name.
pub fn scenario<T: AsyncFnOnce(&Page) -> Result<()>>(test: T) {
    scenario_within(LIMIT_SECONDS, test);
}

/// A [`scenario`] with its own limit, in seconds.
///
/// # Panics
/// The test failed.
pub fn scenario_within<T: AsyncFnOnce(&Page) -> Result<()>>(limit_seconds: u64, test: T) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap_or_else(|error| panic!("no runtime: {error}"));
    runtime.block_on(async {
        let _permit = BROWSERS.acquire().await;
        let name = name_of::<T>();
        forget(&name);
        let page = Page::start().await.unwrap_or_else(|error| panic!("no browser: {error:#}"));
        let limit = Duration::from_secs(limit_seconds);
        let run = AssertUnwindSafe(tokio::time::timeout(limit, test(&page))).catch_unwind();
        let outcome = match run.await {
            Ok(Ok(Ok(()))) => unexpected_errors(&page).await,
            Ok(Ok(Err(error))) => Err(told(format!("{error:#}"))),
            Ok(Err(_)) => Err(told(format!("not done within {limit_seconds} s"))),
            Err(panic) => Err(panic),
        };
        if let Err(failure) = outcome {
            match leave_behind(&page, &name).await {
                Ok(path) => eprintln!("picture and log: {}.*", workspace::relative(&path)),
                Err(error) => eprintln!("no picture and log: {error:#}"),
            }
            page.quit().await;
            KEPT.take();
            resume_unwind(failure);
        }
        page.quit().await;
        KEPT.take();
    });
}

type Failure = Box<dyn Any + Send>;

/// A failure that no panic has printed yet.
fn told(words: String) -> Failure {
    eprintln!("{words}");
    Box::new(words)
}

async fn unexpected_errors(page: &Page) -> Result<(), Failure> {
    let errors = page.log.unexpected(page.web()).await;
    if errors.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> =
        errors.iter().map(|line| format!("  {}: {}", line.source, line.text)).collect();
    Err(told(format!("unexpected errors of the page:\n{}", lines.join("\n"))))
}

/// `report::a_report_reaches_the_desk` of the closure that a test hands in.
fn name_of<T>() -> String {
    let path = type_name::<T>().trim_end_matches("::{{closure}}");
    path.split_once("::").map_or(path, |(_, name)| name).replace("::", ".")
}

/// Removes what an earlier failure of this test left behind.
fn forget(name: &str) {
    if let Ok(folder) = workspace::failures() {
        for extension in ["log", "png"] {
            // Most often there is none.
            let _ = std::fs::remove_file(folder.join(name).with_added_extension(extension));
        }
    }
}

async fn leave_behind(page: &Page, name: &str) -> Result<PathBuf> {
    let path = workspace::failures()?.join(name);
    let lines = page.log.read(page.web()).await;
    let mut log = format!("{}\n", page.web().current_url().await?);
    for line in lines {
        log.push_str(&format!("{:8} {:12} {}\n", line.level, line.source, line.text));
    }
    log.push_str(&format!("\npanel:\n{}\n", page.panel().text().await.unwrap_or_default()));
    std::fs::write(path.with_added_extension("log"), log)?;
    std::fs::write(path.with_added_extension("png"), page.web().screenshot_as_png().await?)?;
    Ok(path)
}
