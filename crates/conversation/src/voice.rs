//! The words of the customer's language, by key. What the assistant says is put
//! together here from keys; the words themselves are data (`www/locales`), and what
//! depends on a language (plurals, lists, times) is asked of the browser.

/// A language.
pub trait Voice {
    /// The words for a key; `None` if there are none.
    fn words(&self, key: &str) -> Option<String>;
    /// The English words for a key, as they are shipped.
    fn shipped(&self, key: &str) -> Option<String>;
    /// The plural category of a number, as CLDR names it: `one`, `few`, `other` …
    fn plural(&self, number: u32) -> String;
    /// A number as it is written.
    fn number(&self, number: u32) -> String;
    /// "a, b and c".
    fn list(&self, parts: &[String]) -> String;
    /// A day and time near now, in milliseconds since 1970 UTC: "on Monday at 9:00".
    fn moment(&self, unix_ms: f64) -> String;

    /// The words for a key with its places filled: `{name}`. The key itself if there
    /// are none: that is seen, and says what is missing.
    fn say(&self, key: &str, filled: &[(&str, &str)]) -> String {
        fill(self.words(key).unwrap_or_else(|| key.to_owned()), filled)
    }

    /// "3 console lines": the words for a key and the number's plural category,
    /// `key.one`, else `key.other`, else `key`.
    fn count(&self, key: &str, number: u32) -> String {
        let of = |category: &str| self.words(&[key, ".", category].concat());
        let words = of(&self.plural(number)).or_else(|| of("other"));
        let words = words.unwrap_or_else(|| self.say(key, &[]));
        fill(words, &[("n", &self.number(number))])
    }

    /// "45 minutes", "2 hours", "3 days".
    fn duration(&self, minutes: u32) -> String {
        match minutes {
            2880.. if minutes.is_multiple_of(1440) => self.count("days", minutes / 1440),
            120.. if minutes.is_multiple_of(60) => self.count("hours", minutes / 60),
            300.. => self.count("hours", minutes.div_ceil(60)),
            _ => self.count("minutes", minutes),
        }
    }

    /// How a queue is named, as part of a sentence. A queue of the embedder's own that
    /// has no words is "our support team".
    fn team(&self, queue: &str) -> String {
        let of = |queue: &str| self.words(&["team_", queue].concat());
        of(queue).or_else(|| of("support")).unwrap_or_default()
    }

    /// A rule's reason. That of a shipped rule is known in every language; a reason of
    /// the embedder's own stays as it is.
    fn reason(&self, rule: &str, reason: &str) -> String {
        let key = ["reason_", rule].concat();
        match self.shipped(&key) {
            Some(shipped) if shipped == reason => self.say(&key, &[]),
            _ => reason.to_owned(),
        }
    }
}

fn fill(mut words: String, filled: &[(&str, &str)]) -> String {
    for (name, value) in filled {
        words = words.replace(&["{", name, "}"].concat(), value);
    }
    words
}
