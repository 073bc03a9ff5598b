//! What the page is looked at with: a window of another size, other wishes of its user.
//! Chromium's own commands; other browsers cannot do this.

use anyhow::Result;
use serde_json::json;

use crate::Page;

impl Page {
    /// Shows the page on a phone of this size, in CSS pixels.
    ///
    /// # Errors
    /// The browser does not know the command.
    pub async fn on_phone(&self, width: u32, height: u32) -> Result<()> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 2, "mobile": true });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await
    }

    /// Ends [`Page::on_phone`].
    ///
    /// # Errors
    /// The browser does not know the command.
    pub async fn on_desktop(&self) -> Result<()> {
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false })).await
    }

    /// Answers the page's media queries as if its user had asked for that, for example
    /// `("prefers-color-scheme", "dark")`; forgets what was set before.
    ///
    /// # Errors
    /// The browser does not know the command.
    pub async fn prefers(&self, wishes: &[(&str, &str)]) -> Result<()> {
        let features: Vec<_> =
            wishes.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await
    }

    async fn devtools(&self, command: &str, parameters: serde_json::Value) -> Result<()> {
        self.web().cdp().send_raw(command, parameters).await?;
        Ok(())
    }
}
