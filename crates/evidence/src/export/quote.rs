//! Text of the packet inside other languages. All of it is data of strangers: each
//! function here is the only way into its language.

use super::masked::Masks;

/// A string literal of JavaScript in single quotes.
pub fn javascript(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for char in text.chars() {
        match char {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // A page must not see `</script` or `<!--`; editors, no hidden characters.
            '<' => out.push_str("\\x3c"),
            char if is_invisible(char) => {
                for unit in char.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
            char => out.push(char),
        }
    }
    out.push('\'');
    out
}

/// The rest of a line comment of JavaScript or a shell.
pub fn comment(text: &str) -> String {
    let line = crate::words::one_line(text, 200);
    line.chars().filter(|char| !is_invisible(*char)).collect::<String>().replace('<', "‹")
}

/// One word of a POSIX shell.
pub fn shell(text: &str) -> String {
    let text: String = text.chars().filter(|char| *char != '\0').collect();
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

/// The text as a pattern of JavaScript's `RegExp`. Numbers match any number, and
/// what was masked matches anything: both differ from case to case.
pub fn pattern(text: &str, masks: Masks<'_>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        if let Some((_, len)) = masks.placeholder(rest) {
            out.push_str(".*");
            rest = &rest[len..];
            continue;
        }
        let digits = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        if digits > 0 {
            out.push_str("\\d+");
            rest = &rest[digits..];
            continue;
        }
        if r"\^$.*+?()[]{}|/".contains(char) {
            out.push('\\');
        }
        out.push(char);
        rest = &rest[char.len_utf8()..];
    }
    out
}

/// Markdown of one line that shows exactly this text.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in crate::words::one_line(text, 2_000).chars() {
        match char {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '>' | '|' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(char);
            }
            // Trackers take `@name` for a person to call.
            '@' => out.push_str("@\u{2060}"),
            char => out.push(char),
        }
    }
    out
}

/// A Markdown code span of one line.
pub fn code(text: &str) -> String {
    let line = crate::words::one_line(text, 2_000);
    let fence = "`".repeat(longest_run(&line, '`') + 1);
    // In a table a bar would end the cell even inside code.
    format!("{fence} {} {fence}", line.replace('|', "¦"))
}

/// A fenced Markdown block, whose fence is longer than any in the text.
pub fn block(language: &str, text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let visible = |char: &char| matches!(char, '\n' | '\t') || !is_invisible(*char);
    let text: String = text.replace("\r\n", "\n").chars().filter(visible).collect();
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

fn longest_run(text: &str, wanted: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for char in text.chars() {
        run = if char == wanted { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Control and direction characters: they can make code look like other code.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
