//! A feed written as Markdown, one file for one article or for many.

use super::article::{Article, Feed};

/// Reads a feed from Markdown. Whatever is given makes articles; nothing is refused.
///
/// A file may begin with front matter: lines `key: value` between two lines `---`.
/// Where it names a `title`, the file is one article; else each heading of the first
/// level (`# Reset your password`) begins one, lines `key: value` right below it are
/// its fields, and front matter says what holds for all. A file without either is one
/// article called by its first line.
///
/// Keys: `id` or `slug`; `title`; `url`, `link` or `permalink`, in which `{id}` stands
/// for the article's; `language`, `lang` or `locale`; `tags` or `keywords`, between
/// commas. In front matter also `synonyms`, one group a line, between commas.
///
/// (Here `##` stands for `#`, since rustdoc hides lines that begin so.)
///
/// ```
/// let feed = baton_answers::articles::read_markdown("\
/// ---
/// language: en
/// url: https://help.example/{id}
/// synonyms: sign in, log in, login
/// ---
///
/// ## Reset your password
/// id: reset-password
/// tags: forgot
///
/// Choose **Forgot password** on the sign-in page.
/// ");
/// assert_eq!(feed.articles[0].url, "https://help.example/reset-password");
/// assert_eq!(feed.articles[0].body, "Choose **Forgot password** on the sign-in page.");
/// ```
#[must_use]
pub fn read_markdown(text: &str) -> Feed {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut common = Article::default();
    let mut feed = Feed::default();
    let mut rest = text;
    if let Some((matter, after)) = front_matter(text) {
        for line in matter.lines() {
            match field(line) {
                Some(("synonyms", group)) => feed.synonyms.push(split(group)),
                Some((key, value)) => set(&mut common, key, value),
                None => {}
            }
        }
        rest = after;
    }
    feed.language.clone_from(&common.language);
    let heads = if common.title.is_empty() { headings(rest) } else { Vec::new() };
    if heads.is_empty() {
        feed.articles.extend(single(common, rest));
        return feed;
    }
    for (number, &head) in heads.iter().enumerate() {
        let end = heads.get(number + 1).map_or(rest.len(), |next| *next);
        let (title, body) = rest[head..end].split_once('\n').unwrap_or((&rest[head..end], ""));
        let mut article = Article { title: heading(title), ..common.clone() };
        let body = fields(&mut article, body);
        feed.articles.push(finished(article, body));
    }
    feed
}

fn single(mut article: Article, text: &str) -> Option<Article> {
    let text = text.trim();
    let (first, after) = text.split_once('\n').unwrap_or((text, ""));
    let mut body = text;
    if article.title.is_empty() {
        article.title = heading(first);
        body = after;
    } else if first.starts_with("# ") && heading(first) == article.title {
        body = after;
    }
    (!article.title.is_empty()).then(|| finished(article, body))
}

/// Takes the lines `key: value` that a body begins with.
fn fields<'a>(article: &mut Article, body: &'a str) -> &'a str {
    let mut rest = body;
    let mut seen = false;
    loop {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        match field(line) {
            Some((key, value)) if key != "synonyms" => {
                set(article, key, value);
                seen = true;
            }
            // Blank lines may stand before the fields, not among them.
            _ if line.trim().is_empty() && !seen && !after.is_empty() => {}
            _ => return rest,
        }
        rest = after;
    }
}

fn finished(mut article: Article, body: &str) -> Article {
    body.trim().clone_into(&mut article.body);
    if article.id.is_empty() {
        article.id = slug(&article.title);
    }
    article.url = article.url.replace("{id}", &article.id);
    article
}

fn front_matter(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("---")?;
    let (first, _) = inner.split_once('\n')?;
    if !first.trim().is_empty() {
        return None;
    }
    let mut at = first.len() + 1;
    for line in inner[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&inner[..at], &inner[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Where headings of the first level begin, code left out.
fn headings(text: &str) -> Vec<usize> {
    let (mut found, mut at, mut fenced) = (Vec::new(), 0, false);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced && line.starts_with("# ") {
            found.push(at);
        }
        at += line.len();
    }
    found
}

fn heading(line: &str) -> String {
    line.trim().trim_start_matches('#').trim_end_matches('#').trim().to_owned()
}

/// The key, by its first name, and the value of a line that is a field.
fn field(line: &str) -> Option<(&'static str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = match &*key.trim().to_ascii_lowercase() {
        "id" | "slug" => "id",
        "title" => "title",
        "url" | "link" | "permalink" => "url",
        "language" | "lang" | "locale" => "language",
        "tags" | "keywords" => "tags",
        "synonyms" => "synonyms",
        _ => return None,
    };
    let value = value.trim();
    let unquoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    Some((key, unquoted.unwrap_or(value)))
}

fn set(article: &mut Article, key: &str, value: &str) {
    let place = match key {
        "id" => &mut article.id,
        "title" => &mut article.title,
        "url" => &mut article.url,
        "language" => &mut article.language,
        _ => {
            article.tags.extend(split(value));
            return;
        }
    };
    value.clone_into(place);
}

fn split(list: &str) -> Vec<String> {
    let list = list.trim().trim_start_matches('[').trim_end_matches(']');
    let parts = list.split(',').map(|part| part.trim().trim_matches('"').to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

/// The folded words of a title, between hyphens.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    super::words::words(title, &mut |word, _| {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
        slug.len() < 80
    });
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_of_many_articles() {
        let feed = read_markdown(
            "---\nlang: de\nurl: /hilfe/{id}\nsynonyms: anmelden, einloggen\n---\nnot read\n\
# Erste Schritte\n\ntags: start, \"los\"\nid: start\n\nText.\n```\n# code\n```\n## Teil\nEnde\n\
# Zweitens #\nurl: https://other.example/x\nNote: this is text.\n",
        );
        assert_eq!(feed.language, "de");
        assert_eq!(feed.synonyms, [["anmelden", "einloggen"]]);
        let [first, second] = &feed.articles[..] else { panic!("{feed:?}") };
        assert_eq!((&*first.id, &*first.url, &*first.language), ("start", "/hilfe/start", "de"));
        assert_eq!(first.tags, ["start", "los"]);
        assert_eq!(first.body, "Text.\n```\n# code\n```\n## Teil\nEnde");
        assert_eq!((&*second.id, &*second.title), ("zweitens", "Zweitens"));
        assert_eq!(second.url, "https://other.example/x");
        assert_eq!(second.body, "Note: this is text.");
    }

    #[test]
    fn one_file_of_one_article() {
        let named = read_markdown(
            "---\r\ntitle: \"Export: how\"\r\nkeywords: [csv, pdf]\r\n---\r\n# Intro\nA\n# B\n",
        );
        let [article] = &named.articles[..] else { panic!("{named:?}") };
        assert_eq!((&*article.title, &*article.id), ("Export: how", "export-how"));
        assert_eq!(article.tags, ["csv", "pdf"]);
        assert_eq!(article.body, "# Intro\nA\n# B");
        let plain = read_markdown("Just text\nand more");
        assert_eq!(
            (&*plain.articles[0].title, &*plain.articles[0].body),
            ("Just text", "and more")
        );
    }

    #[test]
    fn nothing_makes_no_article() {
        for text in ["", "\n \n", "---\n---\n", "\u{FEFF}"] {
            assert_eq!(read_markdown(text).articles, [], "{text:?}");
        }
    }

    #[test]
    fn front_matter_that_does_not_end_is_text() {
        assert_eq!(read_markdown("---\ntitle: x\n").articles[0].body, "title: x");
    }
}
