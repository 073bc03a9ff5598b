//! The text of a block into runs, links and line breaks.
//!
//! One pass makes pieces, deciding what each mark of emphasis pairs with; a second one
//! writes the runs, with marks that found no partner as text.

use super::url::{MAX_BYTES, safe_url};
use super::{Inline, Run, Style};

/// Longer rows of backticks are text.
const MAX_TICKS: usize = 8;

/// What an address in running text does not hold.
const ENDS: &str = "<>\"`*[]|";
/// What ends a sentence rather than an address.
const SENTENCE: &str = ".,;:!?'_…。、）」";

pub(super) fn read(text: &str) -> Vec<Inline> {
    let mut reader = Reader { text, ..Reader::default() };
    reader.split();
    write(reader.pieces)
}

/// What pieces of text turn on and off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strong,
    Emphasis,
}

enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
    Break,
    /// As text until it has found its partner.
    Mark {
        mark: Mark,
        text: &'a str,
        is_paired: bool,
    },
    /// `[` or `![`, as text until its link is complete. No picture is shown: to load it
    /// would tell a stranger who reads this.
    Open {
        text: &'a str,
        url: Option<&'a str>,
    },
    Close,
    /// An address that stands by itself.
    Address(&'a str),
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    /// Where we are, in bytes.
    at: usize,
    /// Where the text begins that is no piece yet.
    plain: usize,
    pieces: Vec<Piece<'a>>,
    /// The pieces of the marks that are open, the newest last; one of a kind at most.
    marks: Vec<(Mark, char, usize)>,
    /// The pieces of brackets that are open.
    brackets: Vec<usize>,
    /// So many backticks in a row (and one more) are not to come any more.
    unclosed: [bool; MAX_TICKS],
}

impl<'a> Reader<'a> {
    fn split(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let taken = match c {
                '\n' => self.piece(1, Piece::Break),
                '\\' => self.escape(),
                '`' => self.code(),
                '*' | '_' => self.marks(c),
                '!' | '[' => self.open(),
                ']' => self.close(),
                '<' => self.angle(),
                'h' | 'H' => self.address(),
                _ => false,
            };
            if !taken {
                self.at += c.len_utf8();
            }
        }
        self.flush();
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// What has been passed over becomes text.
    fn flush(&mut self) {
        if self.plain < self.at {
            self.pieces.push(Piece::Text(&self.text[self.plain..self.at]));
        }
        self.plain = self.at;
    }

    /// A piece of so many bytes, from here on.
    fn piece(&mut self, bytes: usize, piece: Piece<'a>) -> bool {
        self.flush();
        self.pieces.push(piece);
        self.at += bytes;
        self.plain = self.at;
        true
    }

    /// A backslash makes the mark behind it text.
    fn escape(&mut self) -> bool {
        match self.rest()[1..].chars().next() {
            Some(next) if next.is_ascii_punctuation() => {
                let text = &self.rest()[1..2];
                self.piece(2, Piece::Text(text))
            }
            _ => false,
        }
    }

    fn code(&mut self) -> bool {
        let after = self.rest().trim_start_matches('`');
        let ticks = self.rest().len() - after.len();
        let start = self.at + ticks;
        let is_in_vain = ticks > MAX_TICKS || self.unclosed[ticks - 1];
        let end = if is_in_vain { None } else { closing_ticks(after, ticks) };
        match end {
            Some(end) => self.piece(ticks + end + ticks, Piece::Code(unpadded(&after[..end]))),
            None => {
                if let Some(unclosed) = self.unclosed.get_mut(ticks - 1) {
                    *unclosed = true;
                }
                self.at = start;
                true
            }
        }
    }

    /// A row of `*` or `_`: closes what it can, then opens what it can.
    fn marks(&mut self, c: char) -> bool {
        let after = self.rest().trim_start_matches(c);
        let mut left = self.rest().len() - after.len();
        let (before, next) = (self.before(), after.chars().next());
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        // 5*3 and snake_case are no emphasis; languages without spaces have it within words.
        let is_inner = match c {
            '_' => is_word(before) && is_word(next),
            _ => left == 1 && is_ascii(before) && is_ascii(next),
        };
        let opens = !is_blank(next) && !is_inner && (c == '*' || !is_word(before));
        let closes = !is_blank(before) && !is_inner && (c == '*' || !is_word(next));
        if left > 3 || !(opens || closes) {
            self.at += left;
            return true;
        }
        while left > 0 {
            let closed = self.marks.iter().rposition(|&(mark, by, at)| {
                // Nothing between the two is nothing to mark.
                closes
                    && by == c
                    && length(mark) <= left
                    && at + 1 < self.pieces.len() + usize::from(self.plain < self.at)
            });
            let mark = match closed {
                Some(nth) => self.marks[nth].0,
                None if opens && left >= 2 && !self.is_open(Mark::Strong) => Mark::Strong,
                None if opens && !self.is_open(Mark::Emphasis) => Mark::Emphasis,
                None => {
                    self.at += left;
                    return true;
                }
            };
            let bytes = length(mark);
            let text = &self.rest()[..bytes];
            self.piece(bytes, Piece::Mark { mark, text, is_paired: closed.is_some() });
            match closed {
                Some(nth) => {
                    if let Some(Piece::Mark { is_paired, .. }) =
                        self.pieces.get_mut(self.marks[nth].2)
                    {
                        *is_paired = true;
                    }
                    // What was opened within and not closed is text.
                    self.marks.truncate(nth);
                }
                None => self.marks.push((mark, c, self.pieces.len() - 1)),
            }
            left -= bytes;
        }
        true
    }

    fn is_open(&self, mark: Mark) -> bool {
        self.marks.iter().any(|&(open, ..)| open == mark)
    }

    fn open(&mut self) -> bool {
        let bytes = match self.rest() {
            rest if rest.starts_with("![") => 2,
            rest if rest.starts_with('[') => 1,
            _ => return false,
        };
        let text = &self.rest()[..bytes];
        self.piece(bytes, Piece::Open { text, url: None });
        self.brackets.push(self.pieces.len() - 1);
        true
    }

    /// `](address)` completes a link, if the address is safe.
    fn close(&mut self) -> bool {
        let Some(open) = self.brackets.pop() else { return false };
        let Some(target) = self.rest().strip_prefix("](").and_then(target) else { return false };
        let address = target.strip_prefix('<').and_then(|t| t.strip_suffix('>')).unwrap_or(target);
        let address = address.split([' ', '\n']).next().and_then(safe_url);
        let Some(address) = address else { return false };
        self.piece("](".len() + target.len() + ")".len(), Piece::Close);
        if let Some(Piece::Open { url, .. }) = self.pieces.get_mut(open) {
            *url = Some(address);
        }
        // What was left open around it must not become a link that holds a link.
        self.brackets.clear();
        true
    }

    /// `<https://example.com>`
    fn angle(&mut self) -> bool {
        let inner = &self.rest()[1..];
        let end =
            inner.bytes().take(MAX_BYTES).position(|b| matches!(b, b'>' | b'<' | b' ' | b'\n'));
        match end.map(|end| inner.split_at(end)) {
            Some((url, rest)) if rest.starts_with('>') && safe_url(url).is_some() => {
                self.piece(url.len() + 2, Piece::Address(url))
            }
            _ => false,
        }
    }

    fn address(&mut self) -> bool {
        let head: &[u8] = &self.rest().as_bytes()[..self.rest().len().min(8)];
        let is_web = |scheme: &str| {
            head.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme.as_bytes()))
        };
        if self.before().is_some_and(char::is_alphanumeric)
            || !(is_web("http://") || is_web("https://"))
        {
            return false;
        }
        let ends =
            |&(at, c): &(usize, char)| at >= MAX_BYTES || c.is_whitespace() || ENDS.contains(c);
        let end = self.rest().char_indices().find(ends).map_or(self.rest().len(), |(at, _)| at);
        let url = standing_alone(&self.rest()[..end]);
        if end < MAX_BYTES && safe_url(url).is_some() {
            return self.piece(url.len(), Piece::Address(url));
        }
        // All of it is text: no part is looked through again.
        self.at += end;
        true
    }
}

fn length(mark: Mark) -> usize {
    if mark == Mark::Strong { 2 } else { 1 }
}

/// Where exactly so many backticks are in a row.
fn closing_ticks(text: &str, ticks: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('`')?;
        let row = text[at..].bytes().take_while(|&b| b == b'`').count();
        if row == ticks {
            return Some(at);
        }
        at += row;
    }
}

/// Code that begins or ends with a backtick has a space around it that is none of it.
fn unpadded(code: &str) -> &str {
    let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
    inner.filter(|inner| !inner.trim().is_empty()).unwrap_or(code)
}

/// What stands before the parenthesis that closes. A further bracket ends the search, so
/// that no text is looked through twice.
fn target(text: &str) -> Option<&str> {
    let mut depth = 0;
    for (at, b) in text.bytes().enumerate().take(MAX_BYTES) {
        match b {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(&text[..at]),
            b')' => depth -= 1,
            b'[' | b']' | b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// An address in running text, without the marks of the sentence around it.
fn standing_alone(text: &str) -> &str {
    let count = |c| text.matches(c).count();
    let mut unopened = count(')').saturating_sub(count('('));
    let mut url = text;
    loop {
        let shorter = url.trim_end_matches(|c| SENTENCE.contains(c));
        url = match shorter.strip_suffix(')').filter(|_| unopened > 0) {
            Some(shorter) => shorter,
            None => return shorter,
        };
        unopened -= 1;
    }
}

fn write(pieces: Vec<Piece<'_>>) -> Vec<Inline> {
    let mut written = Vec::new();
    let mut style = Style::default();
    let mut link: Option<(&str, Vec<Run>)> = None;
    for piece in pieces {
        let run = |text: &str, code| Run { text: text.to_owned(), style: Style { code, ..style } };
        let run = match piece {
            Piece::Text(text) => run(text, false),
            Piece::Code(code) => run(code, true),
            Piece::Mark { mark, is_paired: true, .. } => {
                match mark {
                    Mark::Strong => style.strong = !style.strong,
                    Mark::Emphasis => style.emphasis = !style.emphasis,
                }
                continue;
            }
            Piece::Mark { text, .. } | Piece::Open { text, url: None, .. } => run(text, false),
            Piece::Open { url: Some(url), .. } => {
                link = Some((url, Vec::new()));
                continue;
            }
            Piece::Close => {
                if let Some((url, runs)) = link.take() {
                    written.push(linked(url, runs, style));
                }
                continue;
            }
            // In a link's text, an address is text.
            Piece::Address(url) if link.is_some() => run(url, false),
            Piece::Address(url) => {
                written.push(Inline::Link { url: url.to_owned(), runs: vec![run(url, false)] });
                continue;
            }
            Piece::Break if link.is_some() => run(" ", false),
            Piece::Break => {
                written.push(Inline::Break);
                continue;
            }
        };
        match (&mut link, written.last_mut()) {
            (Some((_, runs)), _) => match runs.last_mut() {
                Some(last) if last.style == run.style => last.text.push_str(&run.text),
                _ => runs.push(run),
            },
            (None, Some(Inline::Run(last))) if last.style == run.style => {
                last.text.push_str(&run.text);
            }
            (None, _) => written.push(Inline::Run(run)),
        }
    }
    written
}

/// A link shows its address where it has no words of its own.
fn linked(url: &str, runs: Vec<Run>, style: Style) -> Inline {
    let is_blank = runs.iter().all(|run| run.text.trim().is_empty());
    let runs = match is_blank {
        true => vec![Run { text: url.to_owned(), style }],
        false => runs,
    };
    Inline::Link { url: url.to_owned(), runs }
}
