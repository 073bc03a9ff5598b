//! Baton's panel, used as a customer does: by mouse and keyboard, through its
//! open shadow root.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::{By, WebElement};

use crate::Page;

const LAUNCHER: &str = "[data-baton-ui=\"launcher\"]";
const WIDGET: &str = "[data-baton-ui=\"widget\"]";
/// Words of a button as a person reads or hears them.
const FIND_BUTTON: &str = "
    const root = document.querySelector('[data-baton-ui=\"widget\"]')?.shadowRoot;
    const words = element => (element.getAttribute('aria-label') || element.textContent).trim();
    const found = [...root?.querySelectorAll('button') ?? []]
        .find(button => words(button).startsWith(arguments[0]) && !button.disabled && button.ariaDisabled !== 'true');
    // Out from under what stays in sight.
    found?.scrollIntoView({ block: 'center' });
    return found ?? null";

/// The panel of one page.
#[derive(Clone, Copy)]
pub struct Panel<'a> {
    page: &'a Page,
}

impl<'a> Panel<'a> {
    pub(crate) fn of(page: &'a Page) -> Self {
        Self { page }
    }

    /// The launcher's button.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn launcher(self) -> Result<WebElement> {
        let host = self.page.element(LAUNCHER).await?;
        Ok(host.get_shadow_root().await?.find(By::Css("button")).await?)
    }

    /// An element in the panel, once it is there.
    ///
    /// # Errors
    /// It does not appear.
    pub async fn element(self, css: &str) -> Result<WebElement> {
        let page = self.page;
        page.until(&format!("{css} in the panel"), async || {
            let host = page.web().find(By::Css(WIDGET)).await?;
            Ok(Some(host.get_shadow_root().await?.find(By::Css(css.to_owned())).await?))
        })
        .await
    }

    /// How many elements of the panel a selector finds.
    ///
    /// # Errors
    /// The page does not answer.
    pub async fn count(self, css: &str) -> Result<usize> {
        let body = "return document.querySelector(arguments[0])?.shadowRoot
            .querySelectorAll(arguments[1]).length ?? 0";
        self.page.js(body, &[WIDGET.into(), css.into()]).await
    }

    /// Clicks the launcher and waits for the composer.
    ///
    /// # Errors
    /// The panel does not open.
    pub async fn open(self) -> Result<()> {
        self.launcher().await?.click().await.context("the launcher cannot be clicked")?;
        self.wait_open().await
    }

    /// Waits until the panel is open and ready to type in.
    ///
    /// # Errors
    /// It does not open.
    pub async fn wait_open(self) -> Result<()> {
        let composer = self.element(".composer textarea").await?;
        self.page
            .until("the open panel", async || Ok(composer.is_displayed().await?.then_some(())))
            .await
    }

    /// Types a message and sends it with the mouse.
    ///
    /// # Errors
    /// There is nothing to type in.
    pub async fn say(self, text: &str) -> Result<()> {
        self.element(".composer textarea").await?.send_keys(text).await?;
        self.element(".send").await?.click().await?;
        Ok(())
    }

    /// Everything the panel shows, as text.
    ///
    /// # Errors
    /// The page does not answer.
    pub async fn text(self) -> Result<String> {
        let body = "return document.querySelector(arguments[0])?.shadowRoot
            .querySelector('.panel')?.innerText ?? ''";
        self.page.js(body, &[WIDGET.into()]).await
    }

    /// Waits until the panel shows these words.
    ///
    /// # Errors
    /// It does not; the error holds what it shows instead.
    pub async fn wait_for(self, words: &str) -> Result<()> {
        let waited = self
            .page
            .until(&format!("{words:?} in the panel"), async || {
                Ok(self.text().await?.contains(words).then_some(()))
            })
            .await;
        if waited.is_err() {
            bail!("the panel does not show {words:?} but:\n{}", self.text().await?);
        }
        Ok(())
    }

    /// Clicks the button whose words begin like this, with the mouse.
    ///
    /// # Errors
    /// There is no such button, or it cannot be clicked.
    pub async fn press(self, words: &str) -> Result<()> {
        self.page
            .until(&format!("the button {words:?} in the panel"), async || {
                let arguments = vec![words.into()];
                let found = self.page.web().execute(FIND_BUTTON.to_owned(), arguments).await?;
                if found.json().is_null() {
                    return Ok(None);
                }
                found.element()?.click().await?;
                Ok(Some(()))
            })
            .await
    }

    /// Waits for the review card and opens it.
    ///
    /// # Errors
    /// No draft comes.
    pub async fn review(self) -> Result<()> {
        self.press("Review and send").await?;
        self.wait_for("What will be sent").await
    }

    /// The items of the review: `{name, count, masked, included}` each.
    ///
    /// # Errors
    /// There is no review.
    pub async fn review_items(self) -> Result<Vec<Value>> {
        let body = "
            const text = (row, css) => row.querySelector(css)?.textContent ?? null;
            return [...document.querySelector(arguments[0]).shadowRoot
                .querySelectorAll('.items > li')].map(row => ({
                    name: text(row, '.name'), count: text(row, '.count'),
                    masked: text(row, '.masked'),
                    lines: [...row.querySelectorAll('.listing li')].map(li => li.textContent),
                    included: row.querySelector('input')?.checked ?? null }))";
        self.page.js(body, &[WIDGET.into()]).await
    }

    /// Switches an item of the review on or off.
    ///
    /// # Errors
    /// There is no such item.
    pub async fn toggle(self, name: &str) -> Result<()> {
        let switch =
            self.element(&format!("input[role=switch][aria-label={}]", json!(name))).await?;
        // Out from under the footer that stays in sight.
        let scroll = "arguments[0].scrollIntoView({ block: 'center' })";
        self.page.web().execute(scroll.to_owned(), vec![switch.to_json()?]).await?;
        switch.click().await?;
        Ok(())
    }

    /// Approves the review and waits for the confirmation; returns the packet's
    /// id as the customer reads it.
    ///
    /// # Errors
    /// It is not delivered.
    pub async fn send(self) -> Result<String> {
        self.press("Send to").await?;
        self.wait_for("Handed over").await?;
        Ok(self.element("dd.reference").await?.text().await?)
    }
}
