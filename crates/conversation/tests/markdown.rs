//! Markdown of answers: what it becomes, and that nothing hostile gets through.
#![allow(missing_docs)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use baton_conversation::markdown::{Block, Inline, List, Run, parse, safe_url};
use proptest::prelude::*;

/// Written back in a notation of its own: `<b>`, `<i>`, `<c>`, `<a url>`, `/` for a break.
fn shown(text: &str) -> String {
    parse(text).iter().map(block).collect::<Vec<_>>().join(" | ")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(content) => inlines(content),
        Block::Heading(content) => format!("H {}", inlines(content)),
        Block::Code(code) => format!("CODE {code:?}"),
        Block::List(shown) => list(shown),
    }
}

fn list(list: &List) -> String {
    let start = list.start.map_or("*".to_owned(), |start| start.to_string());
    let items: Vec<String> = list
        .items
        .iter()
        .map(|item| {
            let inner: String =
                item.lists.iter().map(|inner| format!(" {}", self::list(inner))).collect();
            inlines(&item.content) + &inner
        })
        .collect();
    format!("{start}({})", items.join("; "))
}

fn inlines(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Run(one) => text.push_str(&run(one)),
            Inline::Link { url, runs } => {
                let words: String = runs.iter().map(run).collect();
                write!(text, "<a {url}>{words}</a>").unwrap();
            }
            Inline::Break => text.push('/'),
        }
    }
    text
}

fn run(run: &Run) -> String {
    let mut text = run.text.clone();
    for (on, tag) in [(run.style.code, "c"), (run.style.emphasis, "i"), (run.style.strong, "b")] {
        if on {
            text = format!("<{tag}>{text}</{tag}>");
        }
    }
    text
}

#[test]
fn paragraphs_headings_and_breaks() {
    assert_eq!(shown("One\ntwo\n\n\nthree"), "One/two | three");
    assert_eq!(shown("## Export ##\ntext"), "H Export | text");
    assert_eq!(shown("#channel and #1"), "#channel and #1");
    assert_eq!(shown("a\r\nb\rc"), "a/b/c");
    assert_eq!(shown(""), "");
    assert_eq!(shown("\n \n\t\n"), "");
}

#[test]
fn emphasis() {
    assert_eq!(shown("**a** *b* __c__ _d_"), "<b>a</b> <i>b</i> <b>c</b> <i>d</i>");
    assert_eq!(shown("***a***"), "<b><i>a</i></b>");
    assert_eq!(shown("**a *b* c**"), "<b>a </b><b><i>b</i></b><b> c</b>");
    assert_eq!(
        shown("snake_case_name and 5*3*2 and 2 * 3 * 4"),
        "snake_case_name and 5*3*2 and 2 * 3 * 4"
    );
    assert_eq!(shown("これは**重要**です"), "これは<b>重要</b>です");
    assert_eq!(shown("\\*not\\* \\# \\a"), "*not* # \\a");
    assert_eq!(shown("**** ** * _"), "**** ** * _");
}

#[test]
fn what_is_not_closed_stays_as_typed() {
    for text in [
        "**bold",
        "a *b",
        "`code",
        "[text",
        "[text](",
        "[text](https://a.example",
        "![x](",
        "**a *b",
        "__",
        "``a`",
        "<https://a",
    ] {
        assert_eq!(
            shown(text)
                .replace("<a https://a.example>https://a.example</a>", "https://a.example")
                .replace("<a https://a>https://a</a>", "https://a"),
            text
        );
    }
    assert_eq!(shown("*a **b*"), "<i>a **b</i>");
    // A block of code is code while it arrives.
    assert_eq!(shown("```js\nlet a"), "CODE \"let a\"");
}

#[test]
fn code() {
    assert_eq!(shown("`a*b*` ``c`d``"), "<c>a*b*</c> <c>c`d</c>");
    assert_eq!(shown("`` ` ``"), "<c>`</c>");
    assert_eq!(shown("```\na\n\n  b\n```\nc"), "CODE \"a\\n\\n  b\" | c");
    assert_eq!(shown("~~~\n```\n~~~"), "CODE \"```\"");
    assert_eq!(shown("  ```\n    a\n  ```"), "CODE \"  a\"");
    assert_eq!(shown("**`a`**"), "<b><c>a</c></b>");
}

#[test]
fn lists() {
    assert_eq!(shown("- a\n- b\n\n- c"), "*(a; b; c)");
    assert_eq!(shown("3. a\n4) b"), "3(a; b)");
    assert_eq!(shown("- a\n  1. b\n  2. c\n      - d\n- e"), "*(a 1(b; c) *(d); e)");
    assert_eq!(shown("Do:\n1. **a**\n   b\n2. c\nThen"), "Do: | 1(<b>a</b>/b; c) | Then");
    assert_eq!(shown("- a\n1. b"), "*(a) | 1(b)");
    assert_eq!(shown("-a\n1.b\n2024. c\n-"), "-a/1.b/2024. c/-");
}

#[test]
fn links() {
    assert_eq!(
        shown("[the *guide*](https://a.example/x?y#z)!"),
        "<a https://a.example/x?y#z>the <i>guide</i></a>!"
    );
    assert_eq!(
        shown("[a](<https://a.example> \"title\")"),
        "[a](<a https://a.example>https://a.example</a> \"title\")"
    );
    assert_eq!(shown("[a](https://a.example \"title\")"), "<a https://a.example>a</a>");
    assert_eq!(shown("[a](mailto:x@a.example)"), "<a mailto:x@a.example>a</a>");
    assert_eq!(shown("[a](https://a.example/b_(c))"), "<a https://a.example/b_(c)>a</a>");
    assert_eq!(
        shown("See https://a.example/b_(c), (https://a.example/d)."),
        "See <a https://a.example/b_(c)>https://a.example/b_(c)</a>, (<a https://a.example/d>https://a.example/d</a>)."
    );
    assert_eq!(
        shown("<HTTPS://a.example> xhttps://a.example"),
        "<a HTTPS://a.example>HTTPS://a.example</a> xhttps://a.example"
    );
    assert_eq!(
        shown("![a chart](https://a.example/i.png)"),
        "<a https://a.example/i.png>a chart</a>"
    );
    assert_eq!(shown("[](https://a.example)"), "<a https://a.example>https://a.example</a>");
    assert_eq!(
        shown("[a [b](https://a.example) c](https://b.example)"),
        "[a <a https://a.example>b</a> c](<a https://b.example>https://b.example</a>)"
    );
    assert_eq!(
        shown("**see https://a.example**"),
        "<b>see </b><a https://a.example><b>https://a.example</b></a>"
    );
    assert_eq!(
        shown("[[1]](https://a.example) [x] [y][z]"),
        "<a https://a.example>[1]</a> [x] [y][z]"
    );
}

/// Each would do harm as the address of a link.
const HOSTILE: [&str; 26] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\u{0}script:alert(1)",
    "java&#115;cript:alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "blob:https://a.example/1",
    "file:///etc/passwd",
    "intent://a#Intent;end",
    "//a.example",
    "/relative",
    "#place",
    "https:a.example",
    "https:///a.example",
    "https:\\\\a.example",
    "https://bank.example@evil.example",
    "https://bank.example\\@evil.example",
    "https://a.example/\u{202e}fdp.exe",
    "https://a.example\u{200b}.evil.example",
    "https://a.example/\"onclick=alert(1)",
    "https://",
    "mailto:",
];

#[test]
fn an_address_that_does_harm_is_no_link() {
    for url in HOSTILE {
        assert_eq!(safe_url(url), None, "{url:?}");
        for text in [
            format!("[x]({url})"),
            format!("![x]({url})"),
            format!("<{url}>"),
            format!("[x](<{url}>)"),
        ] {
            for found in links_of(&text) {
                assert!(safe_url(&found).is_some(), "{text:?} has a link to {found:?}");
                assert!(!found.to_ascii_lowercase().contains("script"), "{text:?}: {found:?}");
            }
        }
    }
    let long = format!("https://a.example/{}", "a".repeat(3000));
    assert_eq!(safe_url(&long), None);
    assert_eq!(links_of(&long), [""; 0]);
}

#[test]
fn html_and_entities_are_text() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;b&gt; &#60;",
        "<a href=\"x\">y</a>",
        "<!-- -->",
        "<style>*{}</style>",
    ] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn characters_that_deceive_are_left_out() {
    assert_eq!(shown("a\u{202e}b\u{2066}c\u{0}d\u{1b}[31me\u{7f}\u{85}"), "abcd[31me");
    // Those that languages and emoji need stay.
    assert_eq!(
        shown("می\u{200c}خواهم 👩\u{200d}💻 \u{200f}"),
        "می\u{200c}خواهم 👩\u{200d}💻 \u{200f}"
    );
}

#[test]
fn a_megabyte_of_anything_is_read_in_time() {
    let ticks: String = (1..1400).map(|n| "`".repeat(n) + "a").collect();
    let patterns = [
        "*",
        "**a ",
        "*a **b ",
        "_a",
        "[",
        "![",
        "](",
        "[](",
        "[a](b",
        "[[](a",
        "`",
        "``a`",
        "<",
        "<a",
        "(",
        "https://",
        "https://a)",
        "https://a.b ",
        "- ",
        "- a\n",
        "  - a\n",
        "1. a\n",
        "```\n",
        "# a\n",
        "\n",
        "\\",
        "\\*",
        "a",
        "é",
        "\u{202e}",
        "[a](https://a.example) ",
        "[](((",
        "~~~\n",
    ];
    let brackets = "[".repeat(300_000) + &"](a".repeat(250_000);
    let parens = format!("https://a{}", ")".repeat(1_000_000));
    let repeated = patterns.iter().map(|pattern| pattern.repeat((1 << 20) / pattern.len()));
    for text in repeated.chain([ticks, brackets, parens]) {
        let start = Instant::now();
        let blocks = parse(&text);
        let took = start.elapsed();
        // Some 50 ms in a debug build; a quadratic reader needs minutes.
        assert!(
            took < Duration::from_secs(4),
            "{took:?} for {:?}…",
            &text[..6.min(text.len())].escape_debug().to_string()
        );
        drop(blocks);
    }
}

fn links_of(text: &str) -> Vec<String> {
    fn of(content: &[Inline], found: &mut Vec<String>) {
        found.extend(content.iter().filter_map(|inline| match inline {
            Inline::Link { url, .. } => Some(url.clone()),
            _ => None,
        }));
    }
    fn of_list(list: &List, found: &mut Vec<String>) {
        for item in &list.items {
            of(&item.content, found);
            item.lists.iter().for_each(|inner| of_list(inner, found));
        }
    }
    let mut found = Vec::new();
    for block in parse(text) {
        match block {
            Block::Paragraph(content) | Block::Heading(content) => of(&content, &mut found),
            Block::List(list) => of_list(&list, &mut found),
            Block::Code(_) => {}
        }
    }
    found
}

/// Text that is likely to hit the parser's corners.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "*", "**", "***", "_", "__", "`", "``", "```", "~~~", "[", "]", "(", ")", "](", "![", "<", ">", "\\",
            "#", "# ", "- ", "1. ", "  ", "    ", "\t", "\n", "\n\n", "https://", "http://a.b", "mailto:a@b",
            "javascript:", "data:", "a", "b c", "é", "日本", "\u{202e}", "\u{0}", ".", "&lt;",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn whatever_comes_is_read_and_every_link_is_safe(text in markdown()) {
        for url in links_of(&text) {
            prop_assert_eq!(safe_url(&url), Some(&*url));
        }
        let deceives = shown(&text).contains(['\u{202e}', '\u{0}']);
        prop_assert!(!deceives);
    }

    #[test]
    fn every_prefix_of_an_answer_is_read(text in markdown()) {
        for (end, _) in text.char_indices() {
            let is_safe = |url: &String| safe_url(url).is_some();
            prop_assert!(links_of(&text[..end]).iter().all(is_safe));
        }
    }

    #[test]
    fn words_without_marks_stay_as_they_are(text in "[a-zA-Z0-9 ,.é日?!]{0,80}") {
        prop_assume!(!text.contains("http"));
        let trimmed = text.trim();
        let told = shown(trimmed);
        // A number and a dot are a list.
        prop_assert!(told == trimmed || trimmed.starts_with(|c: char| c.is_ascii_digit()));
    }
}
