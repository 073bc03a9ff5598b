//! What the browser's console says about a page: errors nobody expects fail the test.

use std::sync::{Mutex, PoisonError};

use thirtyfour::WebDriver;

/// One line of the browser's own log.
#[derive(Debug, Clone)]
pub struct Line {
    /// As the driver names it: `SEVERE`, `WARNING`, `INFO`, `DEBUG`.
    pub level: String,
    /// `javascript`, `console-api`, `network`, `security` …; empty where not told.
    pub source: String,
    /// Address, place and text.
    pub text: String,
}

/// Everything a page logged so far, and which errors are part of the test.
#[derive(Debug, Default)]
pub struct PageLog {
    lines: Mutex<Vec<Line>>,
    expected: Mutex<Vec<String>>,
}

impl PageLog {
    /// Errors that hold these words are part of the test.
    pub fn expect(&self, words: &str) {
        self.expected.lock().unwrap_or_else(PoisonError::into_inner).push(words.to_owned());
    }

    /// Takes over what the browser has logged since the last call. A driver
    /// without a log (it is no part of WebDriver) leaves this empty.
    pub async fn read(&self, web: &WebDriver) -> Vec<Line> {
        let fresh = web.browser_log().await.unwrap_or_default();
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend(fresh.into_iter().map(|entry| Line {
            level: entry.level,
            source: entry.source.unwrap_or_default(),
            text: entry.message,
        }));
        lines.clone()
    }

    /// The errors that no [`PageLog::expect`] covers.
    pub async fn unexpected(&self, web: &WebDriver) -> Vec<Line> {
        let mut lines = self.read(web).await;
        let expected = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| {
            line.level == "SEVERE" && !expected.iter().any(|words| line.text.contains(words))
        });
        lines
    }
}
