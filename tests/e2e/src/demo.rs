//! The demo's exception, as a customer meets it.

use anyhow::Result;

use crate::{Desk, Page};

/// What the browser logs of it.
pub const EXCEPTION: &str = "reading 'address'";

/// Opens the demo on this desk and meets the exception.
///
/// # Errors
/// The demo does not get there.
pub async fn meet_exception(page: &Page, desk: &Desk) -> Result<()> {
    page.log.expect(EXCEPTION);
    page.open(&desk.url).await?;
    page.click_test_id("break-exception").await?;
    page.until_js("document.querySelector('.guide')?.textContent.includes('Now tell support')")
        .await
}

/// The same on a desk of its own, and the report of it, ready to be reviewed.
///
/// # Errors
/// The demo or the panel does not get there.
pub async fn review_exception(page: &Page) -> Result<Desk> {
    let desk = Desk::start().await?;
    meet_exception(page, &desk).await?;
    let panel = page.panel();
    panel.open().await?;
    panel.say("Opening an invoice does nothing, it is a bug.").await?;
    panel.review().await?;
    Ok(desk)
}
