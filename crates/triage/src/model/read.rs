//! The model's file: UTF-8 text, written by the example `build_model`.
//!
//! The first line is `baton-triage 1 ` and the FNV-1a hash, 64 bits in lower
//! hexadecimal, of all that follows. Then come, a line each unless said
//! otherwise: how many features there are; the biases in units of 0.2; the
//! features in byte order, one a line; for each feature a line of letters, `A`
//! for the first answer; the weights of all features, a character for each
//! letter, `P` being zero, in units of 0.2; and for each list of cues a line: the
//! answer's letter, the score in tenths, a space, the phrases between bars.
//! What is alike stands together, so that the file compresses well.

use super::{ANSWERS, Cue, Model, Row, STEP, Scores};

const MAGIC: &[u8] = b"baton-triage ";
/// The format that this build reads.
const FORMAT: u32 = 1;
const HASH_DIGITS: usize = 16;
/// Larger files are no model.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// A hit keeps its feature's place in 16 bits.
const MOST_ROWS: usize = u16::MAX as usize;

/// Why a file is no model that this build can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("this is not a triage model")]
    NotAModel,
    /// It has a newer format: the number, and only it, is known.
    #[error("the triage model has format {0}, newer than this build reads")]
    Newer(u32),
    /// It is not what was written: cut off or changed on the way.
    #[error("the triage model is damaged: its checksum does not match")]
    Damaged,
    /// It arrived as it was written, but was not written as a model is.
    #[error("the triage model is malformed: {0}")]
    Malformed(&'static str),
}

impl Model {
    /// Reads a model from the bytes of its file. A file that is not exactly as
    /// it was written is refused.
    ///
    /// # Errors
    ///
    /// If it is no model, of a newer format, damaged or malformed.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let (format, rest) = split_at_byte(rest, b' ').ok_or(ModelError::NotAModel)?;
        let format = std::str::from_utf8(format)
            .ok()
            .and_then(|digits| digits.parse::<u32>().ok())
            .ok_or(ModelError::NotAModel)?;
        if format > FORMAT {
            return Err(ModelError::Newer(format));
        }
        if format != FORMAT || bytes.len() > MOST_BYTES {
            return Err(ModelError::NotAModel);
        }
        let (hash, body) = split_at_byte(rest, b'\n').ok_or(ModelError::Damaged)?;
        if !is_hash(hash, fnv1a(body)) {
            return Err(ModelError::Damaged);
        }
        let body = std::str::from_utf8(body).map_err(|_| ModelError::Malformed("not UTF-8"))?;
        Body { text: body, at: 0 }.model().map_err(ModelError::Malformed)
    }
}

fn split_at_byte(bytes: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|b| *b == byte)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01B3);
    }
    hash
}

fn is_hash(digits: &[u8], hash: u64) -> bool {
    digits.len() == HASH_DIGITS
        && digits.iter().enumerate().all(|(place, digit)| {
            let nibble = (hash >> (60 - 4 * place)) as usize & 15;
            b"0123456789abcdef"[nibble] == *digit
        })
}

/// What of the body is read.
struct Body<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Body<'a> {
    fn model(mut self) -> Result<Model, &'static str> {
        let count: usize =
            self.line().and_then(|line| line.parse().ok()).ok_or("how many features")?;
        if count > MOST_ROWS {
            return Err("too many features");
        }
        let bias = self.line().and_then(biases).ok_or("biases")?;
        let rows = self.rows(count)?;
        let mut cues = Vec::new();
        while self.at < self.text.len() {
            let start = self.at;
            let line = self.line().ok_or("cue without an end")?;
            cues.push(cue(line, start).ok_or("cue")?);
        }
        Ok(Model { body: self.text.into(), bias, rows, cues })
    }

    /// The next line; it ends with a line break.
    fn line(&mut self) -> Option<&'a str> {
        let (line, _) = self.text.get(self.at..)?.split_once('\n')?;
        self.at += line.len() + 1;
        Some(line)
    }

    fn rows(&mut self, count: usize) -> Result<Vec<Row>, &'static str> {
        let mut rows: Vec<Row> = Vec::new();
        let mut before = "";
        for _ in 0..count {
            let name = self.at as u32;
            let line = self.line().ok_or("a feature is missing")?;
            if line <= before {
                return Err("features out of order");
            }
            rows.push(Row { name, letters: 0, weights: 0 });
            before = line;
        }
        let names_end = self.at as u32;
        let mut weights = 0;
        for row in &mut rows {
            row.letters = self.at as u32;
            row.weights = weights;
            let letters = self.line().ok_or("an answer is missing")?;
            if !letters.bytes().all(|letter| answer(letter).is_some()) {
                return Err("an unknown answer");
            }
            weights += letters.len() as u32;
        }
        let letters_end = self.at as u32;
        let start = self.at as u32;
        let line = self.line().ok_or("no weights")?;
        if !line.is_ascii() || line.len() != weights as usize {
            return Err("the weights do not fit the features");
        }
        for row in &mut rows {
            row.weights += start;
        }
        rows.push(Row { name: names_end, letters: letters_end, weights: start + weights });
        Ok(rows)
    }
}

fn answer(letter: u8) -> Option<usize> {
    let place = usize::from(letter.checked_sub(b'A')?);
    (place < ANSWERS).then_some(place)
}

fn biases(line: &str) -> Option<Scores> {
    let mut bias = [0.0; ANSWERS];
    let mut units = line.split(' ');
    for slot in &mut bias {
        *slot = f32::from(units.next()?.parse::<i8>().ok()?) * STEP;
    }
    units.next().is_none().then_some(bias)
}

fn cue(line: &str, start: usize) -> Option<Cue> {
    let (head, list) = line.split_once(' ')?;
    let answer = answer(*head.as_bytes().first()?)?;
    let tenths = head.get(1..)?.parse::<u8>().ok()?;
    // A phrase of no letters would occur everywhere.
    let named = list.split('|').all(|phrase| !phrase.trim_matches('*').is_empty());
    named.then_some(Cue {
        answer,
        score: f32::from(tenths) / 10.0,
        start: start + head.len() + 1,
        end: start + line.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(body: &str) -> Vec<u8> {
        format!("baton-triage 1 {:016x}\n{body}", fnv1a(body.as_bytes())).into_bytes()
    }

    fn biases_line() -> String {
        ["0"; ANSWERS].join(" ")
    }

    #[test]
    fn the_checksum_is_fnv_1a() {
        assert_eq!(fnv1a(b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xAF63_DC4C_8601_EC8C);
    }

    #[test]
    fn a_malformed_body_is_refused_although_its_checksum_is_right() {
        let zeros = biases_line();
        let good = format!("2\n{zeros}\nab\nb\nAB\nC\nQRS\nA24 hacked|stolen*\n");
        let model = Model::read(&file(&good)).expect("the body is well formed");
        assert_eq!(model.hits("ab B").len(), 2);
        assert_eq!(model.cues().next().map(|cue| cue.list), Some("hacked|stolen*"));
        for (body, what) in [
            (String::new(), "how many features"),
            (format!("-1\n{zeros}\n"), "how many features"),
            ("70000\n".to_owned(), "too many features"),
            ("0\n1 2 3\n".to_owned(), "biases"),
            (format!("0\n{zeros} 0\n\n"), "biases"),
            (format!("2\n{zeros}\nab\n"), "a feature is missing"),
            (good.replace("ab\nb", "b\nab"), "features out of order"),
            (good.replace("ab\nb", "b\nb"), "features out of order"),
            (format!("1\n{zeros}\nab\n"), "an answer is missing"),
            (good.replace("AB\n", "AX\n"), "an unknown answer"),
            (format!("0\n{zeros}\n"), "no weights"),
            (good.replace("QRS", "QR"), "the weights do not fit the features"),
            (good.replace("QRS", "Qé"), "the weights do not fit the features"),
            (good.replace("A24", "X24"), "cue"),
            (good.replace("A24", "A2400"), "cue"),
            (good.replace("stolen", ""), "cue"),
            (good.trim_end().to_owned(), "cue without an end"),
        ] {
            let refused = Model::read(&file(&body)).err();
            assert_eq!(refused, Some(ModelError::Malformed(what)), "{body}");
        }
    }

    #[test]
    fn a_body_that_is_no_text_is_refused() {
        let body = b"0\xFF\n";
        let mut bytes = format!("baton-triage 1 {:016x}\n", fnv1a(body)).into_bytes();
        bytes.extend_from_slice(body);
        assert_eq!(Model::read(&bytes).err(), Some(ModelError::Malformed("not UTF-8")));
    }
}
