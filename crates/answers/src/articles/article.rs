//! What is searched: articles, and words that mean the same.

/// A help article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article {
    /// What it is called by machines, such as `reset-password`. Without one the `url`
    /// is taken, without that the title. Translations of an article share an `id`.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 200)))]
    pub id: String,
    /// What it is called by people.
    #[cfg_attr(feature = "schema", schemars(length(max = 300)))]
    pub title: String,
    /// Text or limited Markdown: headings, paragraphs, lists, tables, code, emphasis,
    /// links. Tags of HTML are taken out, their text stays.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub body: String,
    /// Where it can be read in whole: `http:`, `https:`, or a path of the site.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 2000)))]
    pub url: String,
    /// BCP 47, such as `en` or `pt-BR`; empty for the feed's own, or `en`.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub language: String,
    /// Words it should be found by besides its own. They count like the title's.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 20)))]
    pub tags: Vec<String>,
}

/// A feed of help articles: `articles.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Feed {
    /// The articles.
    pub articles: Vec<Article>,
    /// Words and phrases that mean the same, of up to four words each:
    /// `[["sign in", "log in", "login"]]`. They hold beside those that Baton knows.
    #[cfg_attr(feature = "schema", schemars(default, length(max = 200)))]
    pub synonyms: Vec<Vec<String>>,
    /// The language of articles that name none.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub language: String,
}

/// What of a feed is taken at most. What is over is cut or left out, and told.
pub mod limits {
    /// Articles.
    pub const ARTICLES: usize = 5_000;
    /// Bytes of all articles together.
    pub const BYTES: usize = 20_000_000;
    /// Bytes of a body.
    pub const BODY: usize = 100_000;
    /// Bytes of a title.
    pub const TITLE: usize = 300;
    /// Bytes of an id.
    pub const ID: usize = 200;
    /// Bytes of an address.
    pub const URL: usize = 2_000;
    /// Tags of an article.
    pub const TAGS: usize = 20;
    /// Bytes of a tag, or of a phrase of the synonyms.
    pub const PHRASE: usize = 80;
    /// Groups of synonyms, of the feed's own.
    pub const SYNONYMS: usize = 200;
    /// Phrases of a group.
    pub const GROUP: usize = 12;
    /// Lines that tell what was left out.
    pub const SKIPPED: usize = 100;
}

/// What was cut or left out, a line each, the first [`limits::SKIPPED`].
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    lines: Vec<String>,
    more: usize,
}

impl Skipped {
    pub(crate) fn tell(&mut self, line: String) {
        match self.lines.len() < limits::SKIPPED {
            true => self.lines.push(line),
            false => self.more += 1,
        }
    }

    pub(crate) fn into_lines(mut self) -> Vec<String> {
        if self.more > 0 {
            self.lines.push(["and ", &self.more.to_string(), " more"].concat());
        }
        self.lines
    }
}

/// The longest beginning of `text` of at most so many bytes.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// Whether a link may lead there: no scheme but the web's, so no script.
pub(crate) fn is_safe_url(url: &str) -> bool {
    let scheme_end = url.find([':', '/', '?', '#']);
    let scheme = scheme_end.filter(|&end| url[end..].starts_with(':')).map(|end| &url[..end]);
    let fine = scheme.is_none_or(|scheme| {
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
    });
    fine && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_web_only() {
        for good in [
            "https://help.example/a?b=c:d",
            "HTTP://x",
            "/help/a",
            "a:80x/".split_at(1).0,
            "#a",
            "",
        ] {
            assert!(is_safe_url(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "java\nscript:x", " javascript:x", "a b"]
        {
            assert!(!is_safe_url(bad), "{bad}");
        }
    }

    #[test]
    fn what_was_skipped_is_told_within_bounds() {
        let mut skipped = Skipped::default();
        for number in 0..limits::SKIPPED + 7 {
            skipped.tell(number.to_string());
        }
        let lines = skipped.into_lines();
        assert_eq!((lines.len(), &*lines[limits::SKIPPED]), (limits::SKIPPED + 1, "and 7 more"));
    }
}
