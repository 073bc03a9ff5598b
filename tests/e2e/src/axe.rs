//! The accessibility checker axe-core (npm), run on what Baton draws and on nothing of
//! the page.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{Page, workspace};

/// WCAG 2.2, levels A and AA, with all that it has taken over from before.
const RUN: &str = "
    const hosts = [...document.querySelectorAll('[data-baton-ui]')].filter(host => !host.hidden);
    const { violations } = await axe.run({ include: hosts }, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
        `${id} at ${target.flat().at(-1)}: ` + [...any, ...all, ...none].map(({ message }) => message).join('; ')))";

impl Page {
    /// What is wrong with the parts of Baton that are shown: rule, element and reason of
    /// each violation.
    ///
    /// # Errors
    /// axe-core is not installed (`cargo xtask test e2e` does it) or does not run.
    pub async fn axe(&self) -> Result<Vec<String>> {
        if !self.js::<bool>("return 'axe' in window", &[]).await? {
            let path = workspace::axe();
            let source = std::fs::read_to_string(&path)
                .with_context(|| format!("no axe-core at {}", path.display()))?;
            self.js::<Value>(&format!("{source}\nreturn null"), &[]).await?;
        }
        self.js_async(RUN).await
    }
}
