//! Which characters make up words, and their lower case, for the languages that
//! are read. The standard library knows every script, by tables that would be a
//! good part of what a page has to download.

/// Lower case of ASCII, Latin-1, Latin Extended-A, Greek, Cyrillic and full-width
/// letters; other characters as they are. Letter by letter: `İ` becomes `i`.
pub(crate) fn fold(c: char) -> char {
    let code = c as u32;
    let folded = match code {
        0x41..=0x5A => code + 32,
        0..=0xBF => code,
        0xC0..=0xDE if code != 0xD7 => code + 32,
        0x0130 => 0x69,
        0x0178 => 0xFF,
        0x0138 | 0x0149 | 0x017F => code,
        0x0100..=0x0137 | 0x014A..=0x0177 => code | 1,
        0x0139..=0x0148 | 0x0179..=0x017E => code + (code & 1),
        0x0370..=0x03FF => greek(code),
        0x0400..=0x040F => code + 80,
        0x0410..=0x042F => code + 32,
        0x04C0 => 0x04CF,
        0x04C1..=0x04CE => code + (code & 1),
        0x0460..=0x0481 | 0x048A..=0x04BF | 0x04D0..=0x052F => code | 1,
        0x1E9E => 0xDF,
        0xFF21..=0xFF3A => code + 32,
        _ => code,
    };
    char::from_u32(folded).unwrap_or(c)
}

fn greek(code: u32) -> u32 {
    match code {
        0x03D8..=0x03EF => code | 1,
        0x0370 | 0x0372 | 0x0376 | 0x03F7 | 0x03FA => code + 1,
        0x037F => 0x03F3,
        0x0386 => 0x03AC,
        0x0388..=0x038A => code + 37,
        0x038C => 0x03CC,
        0x038E..=0x038F => code + 63,
        0x0391..=0x03A1 | 0x03A3..=0x03AB => code + 32,
        0x03CF => 0x03D7,
        0x03F4 => 0x03B8,
        0x03F9 => 0x03F2,
        0x03FD..=0x03FF => code - 130,
        _ => code,
    }
}

/// Whether the character is part of a word: a letter, a digit, or a vowel sign
/// of Arabic or an Indic script.
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || matches!(c, '٠'..='٩' | '०'..='९' | '０'..='９')
}

/// Whether the character is part of a word and no digit. Of scripts that no list
/// here is written in, whole blocks are taken.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || c > '\u{A9}'
            && matches!(c as u32,
                0xAA | 0xB5 | 0xBA | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x02C1
                | 0x0370..=0x0374 | 0x0376..=0x0377 | 0x037A..=0x037D | 0x037F | 0x0386
                | 0x0388..=0x03A1 | 0x03A3..=0x03F5 | 0x03F7..=0x0481 | 0x048A..=0x0559 | 0x0560..=0x0588 | 0x05D0..=0x05F2
                | 0x0620..=0x065F | 0x066E..=0x06D3 | 0x06D5..=0x06DC | 0x06E1..=0x06E8
                | 0x06ED..=0x06FC | 0x0900..=0x0963 | 0x0971..=0x0E3A | 0x0E40..=0x0E4E
                | 0x0E80..=0x1FFF | 0x3005..=0x3007 | 0x3041..=0x3096 | 0x309D..=0x309F
                | 0x30A1..=0x30FA | 0x30FC..=0x318E | 0x3400..=0x4DBF | 0x4E00..=0xD7FB
                | 0xF900..=0xFAFF | 0xFB1D..=0xFBFF | 0xFE70..=0xFEFC | 0xFF21..=0xFF3A
                | 0xFF41..=0xFF5A | 0xFF66..=0xFFDC | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_is_that_of_the_standard_library() {
        for code in (0..=0x017F).chain(0x0370..=0x052F).chain([0x1E9E]).chain(0xFF00..=0xFF5F) {
            let Some(c) = char::from_u32(code).filter(|c| *c != 'İ') else { continue };
            assert!(c.to_lowercase().eq([fold(c)]), "{code:04x} {c} {}", fold(c));
        }
        assert_eq!(fold('İ'), 'i');
        assert_eq!(fold('私'), '私');
    }

    #[test]
    fn letters_of_every_language_are_word_characters_and_marks_are_not() {
        let letters = "azAZ09äöüßÄÖÜéèêëàâîïôûùçœæñáíóúãõàìòĳłżźćńśęąóğışİöüçひらがなカタカナー々\
漢字发票登录请求한국어العربيةأإآىؤئءةपासवर्डक़ाीुूेैोौं्ЖжёЁΩωάעברไทยąćęłńóśźżАЯ";
        for c in letters.chars() {
            assert!(is_word_char(c), "{c} {:04x}", c as u32);
        }
        let marks = " \t\n.,;:!?'\"()[]{}<>/\\|@#$%^&*-_=+`~©®°×÷«»¿¡–—…‘’“”„•€₺。、！？「」・，：；（）،؛؟।॥🎉\u{202E}\u{200B}";
        for c in marks.chars() {
            assert!(!is_word_char(c), "{c} {:04x}", c as u32);
        }
    }

    #[test]
    fn european_letters_are_those_of_the_standard_library() {
        for code in (0..=0xAF).chain(0xBA..=0xBB).chain(0xBF..=0x024F).chain(0x0390..=0x0481) {
            let Some(c) = char::from_u32(code) else { continue };
            assert_eq!(is_word_char(c), c.is_alphanumeric(), "{code:04x} {c}");
        }
    }
}
