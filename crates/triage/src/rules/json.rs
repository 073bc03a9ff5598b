//! A small reader of JSON that keeps where each value stands, so that whoever
//! wrote a rules file is told the line: `serde_json` keeps no places. It reads
//! what RFC 8259 allows, less deep.

/// Values may stand this deep in one another.
const DEEPEST: usize = 32;

/// A value and the byte it begins at.
#[derive(Debug, Clone, PartialEq)]
pub struct Json {
    /// Byte of the text at which it begins.
    pub at: usize,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `[…]`
    List(Vec<Json>),
    /// `{…}`, in the order of the text.
    Object(Vec<(String, Json)>),
}

/// Where a text is no JSON, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed {
    /// Byte of the text.
    pub at: usize,
    /// What is wrong there.
    pub message: &'static str,
}

impl Json {
    /// Reads a whole text. Linear in its length.
    ///
    /// # Errors
    /// If it is no JSON, deeper than 32 values, or followed by more.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.blank();
        if reader.at < text.len() { reader.fail("more follows the document") } else { Ok(value) }
    }

    /// A member of an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members().iter().find_map(|(key, value)| (key == name).then_some(value))
    }

    /// The members of an object; none of anything else.
    #[must_use]
    pub fn members(&self) -> &[(String, Json)] {
        if let Value::Object(members) = &self.value { members } else { &[] }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn fail<T>(&self, message: &'static str) -> Result<T, Malformed> {
        Err(Malformed { at: self.at, message })
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn takes(&mut self, byte: u8) -> bool {
        let taken = self.peek() == byte;
        self.at += usize::from(taken);
        taken
    }

    fn blank(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, Malformed> {
        self.blank();
        if depth > DEEPEST {
            return self.fail("too deep");
        }
        let at = self.at;
        let value = match self.peek() {
            b'{' => self.object(depth)?,
            b'[' => self.list(depth)?,
            b'"' => Value::Text(self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            _ => self.word()?,
        };
        Ok(Json { at, value })
    }

    fn word(&mut self) -> Result<Value, Malformed> {
        let words =
            [("true", Value::Bool(true)), ("false", Value::Bool(false)), ("null", Value::Null)];
        for (word, value) in words {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        self.fail("a value is missing")
    }

    fn object(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.at += 1;
        let mut members = Vec::new();
        self.blank();
        if self.takes(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.blank();
            if self.peek() != b'"' {
                return self.fail("a name in quotes is missing");
            }
            let name = self.string()?;
            self.blank();
            if !self.takes(b':') {
                return self.fail("a colon is missing");
            }
            members.push((name, self.value(depth + 1)?));
            self.blank();
            if self.takes(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.takes(b',') {
                return self.fail("a comma or } is missing");
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Malformed> {
        self.at += 1;
        let mut entries = Vec::new();
        self.blank();
        if self.takes(b']') {
            return Ok(Value::List(entries));
        }
        loop {
            entries.push(self.value(depth + 1)?);
            self.blank();
            if self.takes(b']') {
                return Ok(Value::List(entries));
            }
            if !self.takes(b',') {
                return self.fail("a comma or ] is missing");
            }
        }
    }

    fn string(&mut self) -> Result<String, Malformed> {
        self.at += 1;
        let mut read = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.bytes().take_while(|byte| !matches!(byte, 0..0x20 | b'"' | b'\\'));
            let length = plain.count();
            read.push_str(&rest[..length]);
            self.at += length;
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(read);
                }
                b'\\' => read.push(self.escape()?),
                _ => return self.fail("a text does not end"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Malformed> {
        self.at += 1;
        let c = self.peek();
        self.at += 1;
        Ok(match c {
            b'"' | b'\\' | b'/' => char::from(c),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let paired =
                    (0xD800..0xDC00).contains(&first) && self.text[self.at..].starts_with("\\u");
                let mut code = first;
                if paired {
                    let before = self.at;
                    self.at += 2;
                    let second = self.unit()?;
                    match second {
                        0xDC00..0xE000 => code = 0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF),
                        _ => self.at = before,
                    }
                }
                // Half of a pair stands for nothing.
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => {
                self.at -= 1;
                return self.fail("no such escape");
            }
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Malformed> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return self.fail("no such escape");
        };
        self.at += 4;
        Ok(code)
    }

    /// Exact for what people write (fifteen digits); the code that is exact for all
    /// numbers would be larger than the rest of this file.
    fn number(&mut self) -> Result<Value, Malformed> {
        let negative = self.takes(b'-');
        let leading_zero = self.peek() == b'0';
        let (mut number, digits) = self.digits(0.0);
        if digits == 0 || leading_zero && digits > 1 {
            return self.fail("no number");
        }
        let mut scale = 0i32;
        if self.takes(b'.') {
            let (longer, digits) = self.digits(number);
            if digits == 0 {
                return self.fail("no number");
            }
            (number, scale) = (longer, -(digits as i32));
        }
        if self.takes(b'e') || self.takes(b'E') {
            let down = self.takes(b'-');
            if !down {
                self.takes(b'+');
            }
            let (exponent, digits) = self.digits(0.0);
            if digits == 0 {
                return self.fail("no number");
            }
            let exponent = exponent.min(400.0) as i32;
            scale += if down { -exponent } else { exponent };
        }
        let factor = (0..scale.unsigned_abs().min(400)).fold(1.0, |factor: f64, _| factor * 10.0);
        number = if scale < 0 { number / factor } else { number * factor };
        if !number.is_finite() {
            return self.fail("the number is too large");
        }
        Ok(Value::Number(if negative { -number } else { number }))
    }

    /// Appends the digits that stand here; tells how many there were.
    fn digits(&mut self, mut number: f64) -> (f64, usize) {
        let from = self.at;
        while let digit @ b'0'..=b'9' = self.peek() {
            number = number * 10.0 + f64::from(digit - b'0');
            self.at += 1;
        }
        (number, self.at - from)
    }
}
