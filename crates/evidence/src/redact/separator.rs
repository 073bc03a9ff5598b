//! What stands between a name and its value.

use super::rewrite::{has_word, run};
use super::unit::unit;

/// A separator.
pub struct Separator {
    /// Where the value begins, a quote included.
    pub value: usize,
    /// How often the separator was percent-encoded; deeper characters belong to
    /// the value.
    pub depth: u8,
    /// `=` and nothing else.
    pub is_equals: bool,
    /// Nothing but `=` between name and value, or a command-line flag.
    pub is_tight: bool,
    /// The word “is”, or only a space before a value in quotes.
    pub is_verb: bool,
    /// Only a space, `PIN 4711`, or the comma of a pair, `["password", "…"]`.
    pub is_gap: bool,
    /// The value ends at the next `<`.
    pub is_tag: bool,
}

/// The separator after a name that ends here. `lead` is the byte before the
/// name; `flag` tells that the name begins with two dashes.
pub fn separator(bytes: &[u8], name_end: usize, lead: u8, flag: bool) -> Option<Separator> {
    let mut found = Separator {
        value: name_end,
        depth: 0,
        is_equals: false,
        is_tight: false,
        is_verb: false,
        is_gap: false,
        is_tag: false,
    };
    let mut reader = Reader { bytes, at: name_end, depth: 0 };
    reader.backslashes();
    let quoted = reader.take(|byte| matches!(byte, b'"' | b'\'' | b'`')).is_some();
    let bracketed = reader.take(|byte| byte == b']').is_some();
    let plain = !quoted && !bracketed;
    if lead == b'<' && plain && reader.tag() {
        found.is_tag = true;
        found.is_tight = true;
    } else {
        let before = reader.at;
        reader.spaces();
        let spaced = reader.at > before;
        match reader.take(|byte| matches!(byte, b'=' | b':') || (quoted && byte == b',')) {
            Some(b',') => found.is_gap = true,
            Some(b'=') => {
                let rest = reader.at;
                while reader.take(|byte| matches!(byte, b'=' | b'>')).is_some() {}
                found.is_equals = rest == reader.at;
            }
            Some(_) => {
                // `Auth::Token`, `token://…`
                let rest = &bytes[reader.at..];
                if rest.starts_with(b":") || rest.starts_with(b"//") {
                    return None;
                }
                while reader.take(|byte| byte == b'=').is_some() {}
            }
            None if flag && spaced && bytes.get(reader.at) != Some(&b'-') => found.is_tight = true,
            None if spaced && plain => {
                let next = *bytes.get(reader.at)?;
                let verb = VERBS.into_iter().find(|verb| has_word(bytes, reader.at, verb));
                reader.at += verb.map_or(0, str::len);
                // `PASSWORD 'hunter2'`, as SQL has it.
                found.is_verb = verb.is_some() || matches!(next, b'\'' | b'"');
                found.is_gap = !found.is_verb && next.is_ascii_alphanumeric();
                if !(found.is_verb || found.is_gap) {
                    return None;
                }
            }
            None => return None,
        }
        let sign = reader.at;
        reader.spaces();
        found.is_tight |= found.is_equals && !spaced && sign == reader.at;
    }
    found.value = reader.at;
    found.depth = reader.depth;
    (found.value < bytes.len()).then_some(found)
}

/// “is” in the languages whose words for passwords are known.
const VERBS: [&str; 6] = ["is ", "ist ", "lautet ", "est ", "es ", "är "];

/// Reads units and remembers the deepest encoding.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u8,
}

impl Reader<'_> {
    fn take(&mut self, wanted: impl Fn(u8) -> bool) -> Option<u8> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let unit = unit(self.bytes, self.at);
        wanted(unit.byte).then(|| {
            self.at += unit.len;
            self.depth = self.depth.max(unit.depth);
            unit.byte
        })
    }

    /// The rest of an opening tag, with attributes perhaps.
    fn tag(&mut self) -> bool {
        const LONGEST: usize = 160;
        if !matches!(self.bytes.get(self.at), Some(b'>' | b' ')) {
            return false;
        }
        let bounded = &self.bytes[..self.bytes.len().min(self.at + LONGEST)];
        let end = run(bounded, self.at, |byte| !matches!(byte, b'<' | b'>'));
        let is_tag = bounded.get(end) == Some(&b'>') && bounded[end - 1] != b'/';
        if is_tag {
            self.at = end + 1;
        }
        is_tag
    }

    /// Encoded ones, too; `+` is one after an encoded separator and before a
    /// quote or the end.
    fn spaces(&mut self) {
        while self.at < self.bytes.len() {
            let unit = unit(self.bytes, self.at);
            let next = self.bytes.get(self.at + 1);
            let is_space = match unit.byte {
                b' ' | b'\t' => true,
                b'+' if unit.len == 1 => {
                    self.depth > 0 || matches!(next, None | Some(b'"' | b'\''))
                }
                _ => false,
            };
            if !is_space {
                break;
            }
            self.at += unit.len;
        }
    }

    /// Those before an escaped quote; if there is none, the caller finds no
    /// separator.
    fn backslashes(&mut self) {
        while self.bytes.get(self.at) == Some(&b'\\')
            && matches!(self.bytes.get(self.at + 1), Some(b'\\' | b'"' | b'\''))
        {
            self.at += 1;
        }
    }
}
