//! The page in the browser, as a test sees it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver, WebElement};

use crate::browser::Browser;
use crate::page_log::PageLog;
use crate::panel::Panel;
use crate::picture::Picture;

const PATIENCE: Duration = Duration::from_secs(15);
const BETWEEN_LOOKS: Duration = Duration::from_millis(60);

/// A browser window. Everything goes through WebDriver's standard commands, so
/// that any browser with a driver can run the tests.
pub struct Page {
    browser: Browser,
    /// What the browser logged.
    pub log: PageLog,
}

impl Page {
    pub(crate) async fn start() -> Result<Self> {
        let browser = Browser::start().await?;
        browser.web.set_script_timeout(Duration::from_secs(60)).await?;
        Ok(Self { browser, log: PageLog::default() })
    }

    pub(crate) async fn quit(self) {
        self.browser.quit().await;
    }

    /// The session, for commands that have no shorter way here.
    #[must_use]
    pub fn web(&self) -> &WebDriver {
        &self.browser.web
    }

    /// The browser's version, as its driver reports it.
    #[must_use]
    pub fn browser_version(&self) -> String {
        self.browser.version()
    }

    /// Baton's panel on this page.
    #[must_use]
    pub fn panel(&self) -> Panel<'_> {
        Panel::of(self)
    }

    /// Loads an address.
    ///
    /// # Errors
    /// The page does not load.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.web().goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Runs a function body in the page; `arguments` are its arguments.
    ///
    /// # Errors
    /// The script throws or its result is not what was asked for.
    pub async fn js<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        let result = self.web().execute(body.to_owned(), arguments.to_vec()).await;
        let result = result.with_context(|| format!("script: {body}"))?;
        serde_json::from_value(result.json().clone()).with_context(|| format!("result of {body}"))
    }

    /// Runs the body of an async function in the page and waits for its result.
    ///
    /// # Errors
    /// The promise rejects (the error's words are its message).
    pub async fn js_async<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        let wrapped = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {body} }})().then(
                value => done({{ value: value === undefined ? null : value }}),
                error => done({{ error: String(error && error.message || error) }}));"
        );
        let answer = self.web().execute_async(wrapped, Vec::new()).await;
        let answer = answer.with_context(|| format!("script: {body}"))?.json().clone();
        if let Some(error) = answer.get("error") {
            bail!("{}", error.as_str().unwrap_or_default());
        }
        let value = answer.get("value").cloned().unwrap_or_default();
        serde_json::from_value(value).with_context(|| format!("result of {body}"))
    }

    /// Looks until `look` finds something.
    ///
    /// # Errors
    /// It is not there after 15 seconds; the error says what.
    pub async fn until<T>(
        &self,
        what: &str,
        look: impl AsyncFn() -> Result<Option<T>>,
    ) -> Result<T> {
        self.until_within(PATIENCE, what, look).await
    }

    /// [`Page::until`] with another limit.
    ///
    /// # Errors
    /// It is not there in time; the error says what.
    pub async fn until_within<T>(
        &self,
        limit: Duration,
        what: &str,
        look: impl AsyncFn() -> Result<Option<T>>,
    ) -> Result<T> {
        let start = Instant::now();
        loop {
            let error = match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                // The page may be in the middle of a change.
                Err(error) => Some(error),
            };
            if start.elapsed() > limit {
                // The rest of what a driver says is its own stack.
                let error = error.map(|error| format!("{error:#}")).unwrap_or_default();
                let error = error.lines().find(|line| !line.trim().is_empty());
                let error = error.unwrap_or("it is not there");
                bail!("waited {} s for {what}: {error}", limit.as_secs());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Errors
    /// It is not within 15 seconds.
    pub async fn until_js(&self, expression: &str) -> Result<()> {
        let body = format!("return !!({expression})");
        self.until(expression, async || Ok(self.js::<bool>(&body, &[]).await?.then_some(()))).await
    }

    /// The first element of the page (outside shadow roots) for a CSS selector,
    /// once it is there.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn element(&self, css: &str) -> Result<WebElement> {
        self.until(css, async || Ok(Some(self.web().find(By::Css(css.to_owned())).await?))).await
    }

    /// Clicks an element with the mouse, once it is there.
    ///
    /// # Errors
    /// It does not appear or something covers it.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.element(css).await?;
        self.until(&format!("a click on {css}"), async || {
            self.web().find(By::Css(css.to_owned())).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks the demo's element with this `data-testid`.
    ///
    /// # Errors
    /// As [`Page::click`].
    pub async fn click_test_id(&self, id: &str) -> Result<()> {
        self.click(&format!("[data-testid=\"{id}\"]")).await
    }

    /// Collects Baton's events from now on; [`Page::events`] gives them.
    ///
    /// # Errors
    /// There is no Baton on the page.
    pub async fn watch_events(&self) -> Result<()> {
        self.js::<Value>(
            "window.seenEvents = [];
             for (const name of arguments[0])
                Baton.on(name, detail => seenEvents.push({ name, detail: detail ?? null }));
             return null",
            &[json!([
                "ready",
                "open",
                "close",
                "message",
                "triage",
                "escalation",
                "handoff:queued",
                "handoff:delivered",
                "handoff:failed",
                "reply",
                "error"
            ])],
        )
        .await?;
        Ok(())
    }

    /// The details of the collected events of one name.
    ///
    /// # Errors
    /// The page does not answer.
    pub async fn events(&self, name: &str) -> Result<Vec<Value>> {
        let body = "return seenEvents.filter(e => e.name == arguments[0]).map(e => e.detail)";
        self.js(body, &[name.into()]).await
    }

    /// The bytes of the one file that was downloaded, once it is complete.
    ///
    /// # Errors
    /// Nothing is downloaded.
    pub async fn download(&self) -> Result<Vec<u8>> {
        let folder = self.browser.downloads();
        self.until("a download", async || {
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                // Unfinished ones end in .crdownload or .part.
                if path
                    .extension()
                    .is_some_and(|extension| extension == "json" || extension == "zip")
                {
                    return Ok(Some(std::fs::read(path)?));
                }
            }
            Ok(None)
        })
        .await
    }

    /// What `Baton.status()` resolves to.
    ///
    /// # Errors
    /// It rejects.
    pub async fn status(&self) -> Result<Value> {
        self.js_async("return await Baton.status()").await
    }

    /// The viewport as the browser paints it.
    ///
    /// # Errors
    /// The driver takes no screenshot.
    pub async fn picture(&self) -> Result<Picture> {
        Picture::decode(&self.web().screenshot_as_png().await?)
    }
}
