//! A conversation as data.

use anyhow::{Context, Result, bail};
use baton_e2e::{Desk, Page};
use baton_packet::Packet;
use serde_json::Value;

/// What happens, in order.
pub enum Step<'a> {
    /// The customer writes.
    Say(&'a str),
    /// The customer presses the button that begins with these words.
    Press(&'a str),
    /// The panel shows these words, after what it showed before.
    Told(&'a str),
    /// It never says these words.
    Never(&'a str),
}

pub use Step::{Never, Press, Say, Told};

/// What is said in the thread, oldest first, and below it.
const SAID: &str = "
    const root = document.querySelector('[data-baton-ui=\"widget\"]').shadowRoot;
    return [...root.querySelectorAll('[role=log] > ol > li, .thread > .card, .thread > .asking, .thread > p')]
        .map(item => item.innerText.trim()).filter(Boolean)";

/// Opens the page anew, says who the customer is, and opens the panel.
///
/// # Errors
/// It does not open.
pub async fn begin(page: &Page, url: &str, before: &str) -> Result<()> {
    page.open(url).await?;
    // What an earlier customer of this browser was told is not for this one.
    page.js::<Value>("localStorage.clear(); return null", &[]).await?;
    page.open(url).await?;
    page.js_async::<Value>(&format!("{before}; await Baton.open(); return null")).await?;
    page.panel().wait_open().await
}

/// Plays the steps; each `Told` has to stand after the one before.
///
/// # Errors
/// Names the step that did not come true, with all that was said.
pub async fn play(page: &Page, steps: &[Step<'_>]) -> Result<()> {
    let mut heard = 0;
    for step in steps {
        match step {
            Say(text) => page.panel().say(text).await?,
            Press(words) => page.panel().press(words).await?,
            Told(words) => heard = told(page, words, heard).await?,
            Never(words) => {
                let all = said(page).await?.join("\n");
                if all.contains(words) {
                    bail!("{words:?} was said:\n{all}");
                }
            }
        }
    }
    Ok(())
}

/// Waits until the words are said, at this place of the thread or later; returns where.
async fn told(page: &Page, words: &str, from: usize) -> Result<usize> {
    let found = page
        .until(&format!("{words:?}"), async || {
            let all = said(page).await?;
            Ok(all.iter().skip(from).position(|one| one.contains(words)).map(|at| from + at))
        })
        .await;
    match found {
        Ok(place) => Ok(place),
        Err(_) => bail!("{words:?} is not said after {from}:\n{}", said(page).await?.join("\n—\n")),
    }
}

async fn said(page: &Page) -> Result<Vec<String>> {
    page.js(SAID, &[]).await
}

/// Skips what is asked, sends, and returns what the desk has.
///
/// # Errors
/// It does not arrive.
pub async fn hand_over(page: &Page, desk: &Desk) -> Result<Packet> {
    let panel = page.panel();
    panel.review().await?;
    let id = panel.send().await?;
    desk.packet(&id).await.context("the desk has it")
}
