//! Sentences of a text, without the greeting.

use crate::words::{is_word_char, lower};

/// Words a greeting is made of.
const GREETING: &str = " hi hello hey hallo dear team all there everyone folks support sir madam or guys \
good morning afternoon evening day greetings guten tag morgen abend liebes sehr geehrte damen und herren \
bonjour bonsoir salut madame monsieur hola buenos días dias buenas tardes olá ola bom dia boa tarde \
ciao buongiorno buonasera salve goedemiddag goedemorgen beste dzień dobry cześć witam merhaba selam \
iyi günler こんにちは お世話になっております 您好 你好 مرحبا السلام عليكم नमस्ते thanks thank you ok okay please \
help can someone again me need i somebody just a quick question ";
/// Words one of which a greeting begins with.
const OPENERS: &str = " hi hello hey hallo dear good greetings guten liebes sehr bonjour bonsoir salut hola \
buenos buenas olá ola bom boa ciao buongiorno buonasera salve goedemiddag goedemorgen beste dzień \
cześć witam merhaba selam iyi こんにちは お世話になっております 您好 你好 مرحبا السلام नमस्ते hiya yo ";

/// The sentences of a text, trimmed. A line break ends a sentence, and so does
/// a full stop before a space.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let end = sentence_end(rest);
            let (sentence, after) = rest.split_at(end);
            rest = after;
            let sentence = sentence.trim();
            if sentence.chars().any(is_word_char) {
                return Some(sentence);
            }
        }
    })
}

fn sentence_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let closes = match c {
            '\n' | '。' | '！' | '？' | '।' => true,
            '.' | '!' | '?' | '؟' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if closes {
            return end;
        }
    }
    text.len()
}

/// The sentence without "Hello team," before it; empty if that is all of it.
pub(crate) fn without_greeting(sentence: &str) -> &str {
    let mut words = sentence.split_inclusive(|c: char| c.is_whitespace() || is_comma(c)).peekable();
    let known = |list: &str, word: &str| {
        let word = lower(bare(word));
        word.is_empty() || list.contains(&format!(" {word} "))
    };
    if !words.peek().is_some_and(|word| known(OPENERS, word)) {
        return sentence;
    }
    // The greeting reaches to a comma or dash within its first words; without
    // one, over the words that greet.
    let mut at = 0;
    let mut only_greeting = 0;
    let mut greets = true;
    for (place, word) in words.enumerate() {
        at += word.len();
        greets &= known(GREETING, word);
        if greets {
            only_greeting = at;
        }
        let address = place < 3;
        if word.ends_with(is_comma) && (greets || address) {
            return without_dash(&sentence[at..]);
        }
        if place > 7 {
            break;
        }
    }
    let rest = if greets { "" } else { opener_only(sentence, only_greeting) };
    without_dash(rest)
}

/// Without a comma, only the greeting words proper are cut: "hi i need …" keeps
/// its verb.
fn opener_only(sentence: &str, limit: usize) -> &str {
    let mut at = 0;
    for word in sentence[..limit].split_inclusive(char::is_whitespace) {
        let name = format!(" {} ", lower(bare(word)));
        if !OPENERS.contains(&name)
            && !" team all there everyone folks support tag ".contains(&name)
        {
            break;
        }
        at += word.len();
    }
    &sentence[at..]
}

fn without_dash(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || is_comma(c) || matches!(c, '-' | '.' | '!')
    })
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،' | ':' | '–' | '—' | '!' | ';')
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !is_word_char(c))
}

/// The text cut to at most `most` characters, at a word's end where there is one.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let mut one_line = String::new();
    for c in text.trim().chars() {
        if !c.is_whitespace() && !c.is_control() {
            one_line.push(c);
        } else if c.is_whitespace() && !one_line.ends_with(' ') {
            one_line.push(' ');
        }
    }
    let mut places = one_line.char_indices().skip(most.saturating_sub(1));
    let limit = places.next().map_or(0, |(at, _)| at);
    if places.next().is_none() {
        return one_line;
    }
    let head = &one_line[..limit];
    let end = head.rfind(' ').filter(|end| *end * 2 > limit).unwrap_or(limit);
    format!("{}…", head[..end].trim_end_matches([',', ';', ' ']))
}

/// Whether a line was pasted from a program: a trace, a log, JSON, code.
pub(crate) fn is_machine(line: &str) -> bool {
    let line = line.trim();
    let frame = line.starts_with("at ") && line.contains(['(', ':', '/'])
        || line.starts_with("File \"")
        || line.starts_with("Traceback")
        || line.starts_with("Caused by:")
        || line.starts_with("```");
    let first = line.split([' ', ':']).next().unwrap_or("");
    let typed = (first.ends_with("Error") || first.ends_with("Exception")) && first.len() > 5
        || matches!(first, "Uncaught" | "ERROR" | "WARN" | "FATAL" | "INFO" | "DEBUG");
    let signs = line
        .chars()
        .filter(|c| matches!(c, '{' | '}' | '[' | ']' | '<' | '>' | '=' | ';' | '_' | '|' | '\\'))
        .count();
    let open = line.starts_with(['{', '}', '<', '[', '$', '#']) && signs > 1;
    let stamped = line.len() > 19
        && line.as_bytes()[..10].iter().filter(|b| b.is_ascii_digit()).count() >= 6
        && line.contains(':');
    // "12:04:33" or one word without a space that is longer than words are.
    frame
        || typed
        || open
        || stamped
        || signs * 12 > line.len()
        || !line.contains(' ') && line.len() > 40 && line.is_ascii()
}
