//! What a screen reader has to say of the page: Chromium's accessibility tree as lines
//! of role and name, in reading order.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::Page;

/// Roles that carry no words of their own.
const SILENT: [&str; 8] = [
    "none",
    "generic",
    "InlineTextBox",
    "ListMarker",
    "RootWebArea",
    "presentation",
    "LineBreak",
    "StaticText",
];

impl Page {
    /// Role, name, value and state of everything that is not ignored, one a line, in
    /// reading order. Texts that only repeat their parent's name are left out.
    ///
    /// # Errors
    /// The browser does not give its tree.
    pub async fn spoken(&self) -> Result<Vec<String>> {
        let tree = self.web().cdp().send_raw("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree["nodes"].as_array().context("no accessibility tree")?.clone();
        let mut lines = Vec::new();
        if let Some(root) = nodes.first() {
            speak(root, &nodes, "", &mut lines);
        }
        Ok(lines)
    }
}

fn speak(node: &Value, nodes: &[Value], above: &str, lines: &mut Vec<String>) {
    let text = |value: &Value| value["value"].as_str().unwrap_or_default().trim().to_owned();
    let (role, name) = (text(&node["role"]), text(&node["name"]));
    let is_text = role == "StaticText";
    let says = is_text && !name.is_empty() && !above.contains(&name);
    if node["ignored"] != true && (says || !SILENT.contains(&&*role)) {
        let mut line = if is_text { name.clone() } else { format!("[{role}] {name}") };
        let value = text(&node["value"]);
        if !value.is_empty() && value != name {
            line.push_str(&format!(" = {value}"));
        }
        for property in node["properties"].as_array().into_iter().flatten() {
            let state = property["name"].as_str().unwrap_or_default();
            let is_on = property["value"]["value"] == true || property["value"]["value"] == "true";
            if is_on && ["checked", "expanded", "disabled", "invalid", "required"].contains(&state)
            {
                line.push_str(&format!(", {state}"));
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    let above = if is_text { above } else { &*[above, &name].concat() };
    for id in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.iter().find(|child| child["nodeId"] == *id) {
            speak(child, nodes, above, lines);
        }
    }
}
