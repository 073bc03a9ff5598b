//! Canonical JSON (RFC 8785) out of what serde_json writes: members sorted by
//! UTF-16 code units, numbers as ECMAScript writes them. Strings need nothing:
//! serde_json escapes exactly what the RFC asks for. Over text, because a packet
//! becomes text anyway, and a way from each type to a dynamic value would cost
//! the widget's module more than all of the integrity together.

/// The canonical form of JSON as serde_json writes it: well-formed, no spaces.
#[must_use]
pub fn canonical(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    Reader { json, at: 0 }.value(&mut out);
    out
}

/// The members of an object in canonical order: name (as text) and canonical value.
pub(super) fn members(json: &str) -> Vec<(String, String)> {
    let mut reader = Reader { json, at: 0 };
    let members = if reader.byte() == b'{' { reader.members() } else { Vec::new() };
    members
        .into_iter()
        .map(|member| (String::from_utf16_lossy(&member.order), member.value))
        .collect()
}

struct Member<'a> {
    /// The name in UTF-16, by which members are sorted.
    order: Vec<u16>,
    /// The name with its quotes and escapes.
    name: &'a str,
    value: String,
}

struct Reader<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// 0 at the end.
    fn byte(&self) -> u8 {
        self.json.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// Steps over the byte if it is the next.
    fn skip(&mut self, byte: u8) -> bool {
        let found = self.byte() == byte;
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, out: &mut String) {
        match self.byte() {
            b'{' => {
                out.push('{');
                for (index, member) in self.members().into_iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    out.push_str(member.name);
                    out.push(':');
                    out.push_str(&member.value);
                }
                out.push('}');
            }
            b'[' => {
                self.at += 1;
                out.push('[');
                while !matches!(self.byte(), b']' | 0) {
                    self.value(out);
                    if self.skip(b',') {
                        out.push(',');
                    }
                }
                self.skip(b']');
                out.push(']');
            }
            b'"' => out.push_str(self.string()),
            byte => {
                let start = self.at;
                while !matches!(self.byte(), b',' | b']' | b'}' | 0) {
                    self.at += 1;
                }
                let word = &self.json[start..self.at];
                if byte.is_ascii_alphabetic() { out.push_str(word) } else { number(word, out) }
            }
        }
    }

    fn members(&mut self) -> Vec<Member<'a>> {
        self.at += 1;
        let mut members: Vec<Member<'a>> = Vec::new();
        while self.byte() == b'"' {
            let name = self.string();
            self.skip(b':');
            let order = units(name);
            let mut value = String::new();
            self.value(&mut value);
            self.skip(b',');
            let place = members.partition_point(|member| member.order < order);
            members.insert(place, Member { order, name, value });
        }
        self.skip(b'}');
        members
    }

    /// With its quotes.
    fn string(&mut self) -> &'a str {
        let start = self.at;
        self.at += 1;
        loop {
            match self.byte() {
                b'\\' => self.at += 2,
                b'"' | 0 => break,
                _ => self.at += 1,
            }
        }
        self.skip(b'"');
        &self.json[start..self.at]
    }
}

/// The code units of a string that stands in quotes.
fn units(quoted: &str) -> Vec<u16> {
    let mut units = Vec::new();
    let mut rest = quoted[1..quoted.len().max(2) - 1].chars();
    while let Some(char) = rest.next() {
        let char = match char {
            '\\' => match rest.next().unwrap_or_default() {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                // serde_json escapes only control characters this way.
                'u' => {
                    let digits = rest.by_ref().take(4).filter_map(|digit| digit.to_digit(16));
                    char::from_u32(digits.fold(0, |code, digit| code * 16 + digit))
                        .unwrap_or_default()
                }
                other => other,
            },
            other => other,
        };
        units.extend_from_slice(char.encode_utf16(&mut [0; 2]));
    }
    units
}

/// Longest integer that every double holds exactly, in digits.
const EXACT_DIGITS: usize = 15;

/// Writes a number as ECMAScript does (`Number::toString`, radix 10). serde_json
/// gives the shortest digits that are the same double, as ECMAScript asks for;
/// what differs is where the point and the exponent stand. Larger integers become
/// doubles first.
fn number(text: &str, out: &mut String) {
    let is_integer = !text.contains(['.', 'e', 'E']);
    if is_integer && text.len() <= EXACT_DIGITS {
        return out.push_str(text);
    }
    if is_integer {
        let double = match text.parse::<i64>() {
            Ok(integer) => integer as f64,
            Err(_) => text.parse::<u64>().unwrap_or_default() as f64,
        };
        return match serde_json::to_string(&double) {
            Ok(double) => lay_out(&double, out),
            Err(_) => out.push('0'),
        };
    }
    lay_out(text, out);
}

/// Digits and exponent in ECMAScript's layout. The names are those of the
/// specification: the value is `0.digits × 10^n`.
fn lay_out(text: &str, out: &mut String) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.trim_start_matches('+').parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_start_matches('0');
    let n = exponent + whole.len() as i32 - (all.len() - digits.len()) as i32;
    let digits = digits.trim_end_matches('0');
    let k = digits.len() as i32;
    let zeros = |count: i32, out: &mut String| (0..count).for_each(|_| out.push('0'));
    if k == 0 {
        return out.push('0');
    }
    out.push_str(sign);
    match n {
        1..=21 if k <= n => {
            out.push_str(digits);
            zeros(n - k, out);
        }
        1..=21 => {
            out.push_str(&digits[..n as usize]);
            out.push('.');
            out.push_str(&digits[n as usize..]);
        }
        -5..=0 => {
            out.push_str("0.");
            zeros(-n, out);
            out.push_str(digits);
        }
        _ => {
            out.push_str(&digits[..1]);
            if k > 1 {
                out.push('.');
                out.push_str(&digits[1..]);
            }
            out.push_str(if n > 0 { "e+" } else { "e-" });
            out.push_str(&(n - 1).abs().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    fn check(json: &str, expected: &str) {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(canonical(&value.to_string()), expected);
    }

    #[test]
    fn the_examples_of_rfc_8785() {
        // Section 3.2.2 and 3.2.4: literals, numbers, strings.
        check(
            r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
                "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#,
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
             \"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
        );
        // Section 3.2.3: members by UTF-16 code units.
        check(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
                "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
                "\u00f6":"Latin Small Letter O With Diaeresis"}"#,
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
             \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\
             \"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}",
        );
    }

    #[test]
    fn the_numbers_of_rfc_8785_appendix_b() {
        for (bits, expected) in [
            (0x0000_0000_0000_0000_u64, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let json = serde_json::to_string(&f64::from_bits(bits)).unwrap();
            assert_eq!(canonical(&json), expected, "{json}");
        }
    }

    #[test]
    fn integers_become_doubles_as_in_every_other_language() {
        check("[9007199254740993, -9007199254740993]", "[9007199254740992,-9007199254740992]");
        check("[18446744073709551615, 0, -7]", "[18446744073709552000,0,-7]");
        check("[123456789012345, 123456789012345678]", "[123456789012345,123456789012345680]");
    }
}
