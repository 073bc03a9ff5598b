//! The tester's keyboard shortcut; `www/shortcuts.js` listens for it.

use crate::bridge::Bridge;
use crate::js;

/// As in `www/shortcuts.js`.
const DEFAULT: &str = "Alt+Shift+B";

/// Its name as the embedder wrote it; `None` where the page is not tested.
pub fn name(bridge: &Bridge) -> Option<String> {
    let text = |key| js::get_string(&bridge.config(), key);
    (text("mode")? == "qa").then(|| text("qaShortcut").unwrap_or_else(|| DEFAULT.to_owned()))
}
