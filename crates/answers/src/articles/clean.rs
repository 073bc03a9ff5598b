//! HTML to limited Markdown: tags go, their text stays.

/// Elements whose text is not for readers.
const UNSEEN: [&str; 5] = ["script", "style", "template", "noscript", "head"];
/// Elements that begin a line of their own.
const BLOCKS: &str = " p div br ul ol table tr section article header footer main blockquote pre \
hr dl dt dd figure figcaption details summary ";
const ENTITIES: [(&str, &str); 9] = [
    ("amp;", "&"),
    ("lt;", "<"),
    ("gt;", ">"),
    ("quot;", "\""),
    ("apos;", "'"),
    ("#39;", "'"),
    ("nbsp;", " "),
    ("hellip;", "…"),
    ("rarr;", "→"),
];

/// The text without tags and comments, entities resolved. What stands in backticks is
/// code and stays, and so does a `<` that begins no tag. Headings and list items
/// become those of Markdown. Linear in the length.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // What was not found once is not looked for again: unclosed marks stay linear.
    let mut unclosed = Unclosed::default();
    while let Some(at) = rest.find(['<', '&', '`', '\r', '\0']) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        let read = match from.as_bytes()[0] {
            b'<' => tag(from, &mut out, &mut unclosed),
            b'&' => entity(from, &mut out),
            b'`' => code(from, &mut out, &mut unclosed),
            b'\r' => {
                if !from.starts_with("\r\n") {
                    out.push('\n');
                }
                1
            }
            _ => 1,
        };
        rest = &from[read..];
    }
    out.push_str(rest);
    out
}

#[derive(Default)]
struct Unclosed {
    tag: bool,
    comment: bool,
    code: Vec<usize>,
    elements: Vec<&'static str>,
}

fn entity(from: &str, out: &mut String) -> usize {
    for (name, meant) in ENTITIES {
        if from[1..].starts_with(name) {
            out.push_str(meant);
            return 1 + name.len();
        }
    }
    out.push('&');
    1
}

fn code(from: &str, out: &mut String, unclosed: &mut Unclosed) -> usize {
    let ticks = from.len() - from.trim_start_matches('`').len();
    let (mark, inner) = from.split_at(ticks);
    let mut end = ticks;
    if !unclosed.code.contains(&ticks) {
        match inner.find(mark) {
            Some(close) => end = ticks + close + ticks,
            None => unclosed.code.push(ticks),
        }
    }
    out.push_str(&from[..end]);
    end
}

/// How much of `from`, which begins with `<`, was read.
fn tag(from: &str, out: &mut String, unclosed: &mut Unclosed) -> usize {
    if from.starts_with("<!--") && !unclosed.comment {
        match from.find("-->") {
            Some(end) => return end + 3,
            None => unclosed.comment = true,
        }
    }
    let begins = from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
    let end = if begins && !unclosed.tag { from.find('>') } else { None };
    let Some(end) = end else {
        unclosed.tag |= begins;
        out.push('<');
        return 1;
    };
    let inner = &from[1..end];
    // An address in Markdown's brackets.
    if ["http://", "https://", "mailto:"].iter().any(|scheme| inner.starts_with(scheme)) {
        out.push_str(inner);
        return end + 1;
    }
    let closes = inner.starts_with('/');
    let name = inner.trim_start_matches('/');
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    let name = name.to_ascii_lowercase();
    if let Some(unseen) = UNSEEN.into_iter().find(|unseen| *unseen == name && !closes) {
        return end + 1 + unseen_text(&from[end + 1..], unseen, unclosed);
    }
    match (&*name, closes) {
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => out.push_str("\n\n## "),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p", _) => out.push_str("\n\n"),
        ("li", false) => out.push_str("\n- "),
        ("td" | "th", false) => out.push(' '),
        _ if BLOCKS.split_ascii_whitespace().any(|block| block == name) => out.push('\n'),
        _ => {}
    }
    end + 1
}

/// How far an element goes that is not for readers; nothing if it is not closed.
fn unseen_text(from: &str, name: &'static str, unclosed: &mut Unclosed) -> usize {
    if unclosed.elements.contains(&name) {
        return 0;
    }
    let mut at = 0;
    while let Some(next) = from[at..].find("</") {
        at += next + 2;
        if from.as_bytes()[at..]
            .get(..name.len())
            .is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at - 2;
        }
    }
    unclosed.elements.push(name);
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        assert_eq!(clean("a<b>c</b> &amp; <i>d</i> &lt;b&gt; &copy;"), "ac & d <b> &copy;");
        assert_eq!(clean("<script>alert(1)</SCRIPT>x<!-- y -->z"), "xz");
        assert_eq!(clean("<h2>A</h2><ul><li>one<li>two</ul>").trim(), "## A\n\n\n\n- one\n- two");
        assert_eq!(clean("1 < 2 and <https://help.example/a>"), "1 < 2 and https://help.example/a");
        assert_eq!(
            clean("use `<div>` or\n```\n<a&amp;b>\n```"),
            "use `<div>` or\n```\n<a&amp;b>\n```"
        );
        assert_eq!(clean("a\r\nb\rc\0d"), "a\nb\ncd");
    }

    #[test]
    fn unclosed_marks_stay_as_they_are() {
        assert_eq!(clean("<script>a <b"), "a <b");
        assert_eq!(clean("<!-- a `b"), "<!-- a `b");
    }

    #[test]
    fn hostile_text_takes_linear_time() {
        let started = std::time::Instant::now();
        for piece in ["<", "<!--", "<script>", "`", "` ``", "&", "<a `", "</", "<style></scrip"] {
            clean(&piece.repeat(1_000_000 / piece.len()));
        }
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }
}
