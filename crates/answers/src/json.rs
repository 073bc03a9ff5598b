//! JSON, written by hand and read by whoever is at hand: the browser's own parser in
//! the widget, where one of ours would only be downloaded, and `serde_json` elsewhere.

/// A value of a JSON document.
pub trait Json: Sized {
    /// Reads a document; `None` if it is not one.
    fn read(text: &str) -> Option<Self>;

    /// A member; `None` where it is absent or `null`.
    fn get(&self, name: &str) -> Option<Self>;

    /// A text.
    fn text(&self) -> Option<String>;

    /// A number.
    fn number(&self) -> Option<f64>;

    /// `true` or `false`.
    fn flag(&self) -> Option<bool>;

    /// The entries, if it is a list.
    fn list(&self) -> Option<Vec<Self>>;
}

#[cfg(feature = "cli")]
impl Json for serde_json::Value {
    fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    fn get(&self, name: &str) -> Option<Self> {
        serde_json::Value::get(self, name).filter(|member| !member.is_null()).cloned()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }
}

/// A member that is text; empty where it is not.
pub fn text(value: &impl Json, name: &str) -> String {
    value.get(name).and_then(|member| member.text()).unwrap_or_default()
}

/// The entries of a member that is a list; none where it is not.
pub fn entries<J: Json>(value: &J, name: &str) -> Vec<J> {
    value.get(name).and_then(|member| member.list()).unwrap_or_default()
}

/// Writes an object, member by member.
///
/// ```
/// use baton_answers::json::Object;
///
/// let object = Object::default().text("a", "x\"y").flag("b", true).end();
/// assert_eq!(object, r#"{"a":"x\"y","b":true}"#);
/// ```
#[derive(Debug, Default)]
pub struct Object(String);

impl Object {
    /// A member that is text.
    #[must_use]
    pub fn text(self, name: &str, text: &str) -> Self {
        self.member(name, &quoted(text))
    }

    /// A member that is text, left out if that is empty.
    #[must_use]
    pub fn known(self, name: &str, text: &str) -> Self {
        if text.is_empty() { self } else { self.text(name, text) }
    }

    /// A member that is `true` or `false`.
    #[must_use]
    pub fn flag(self, name: &str, flag: bool) -> Self {
        self.member(name, if flag { "true" } else { "false" })
    }

    /// A member that is JSON already.
    #[must_use]
    pub fn member(mut self, name: &str, json: &str) -> Self {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.extend([&*quoted(name), ":", json]);
        self
    }

    /// The document.
    #[must_use]
    pub fn end(mut self) -> String {
        if self.0.is_empty() {
            self.0.push('{');
        }
        self.0.push('}');
        self.0
    }
}

/// A list of what is JSON already.
#[must_use]
pub fn list(entries: impl Iterator<Item = String>) -> String {
    let mut out = String::from("[");
    for entry in entries {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&entry);
    }
    out.push(']');
    out
}

/// A text as JSON, RFC 8259.
#[must_use]
pub fn quoted(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(char::from(HEX[c as usize >> 4]));
                out.push(char::from(HEX[c as usize & 15]));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
