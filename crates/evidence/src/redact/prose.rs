//! Text that needs no look: most of a page is words and marks.

/// Longest word that is none but that, in bytes.
const LONGEST: usize = 15;

/// Whether nothing in the text could be masked, whatever the words: no digit, no sign
/// that joins a name to a value, nothing that a machine made. Says no where in doubt;
/// an embedder's own patterns may still find something, and some states
/// write the numbers of people in letters.
pub fn is_prose(text: &str) -> bool {
    let (mut length, mut is_lower, mut is_over) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {
                (length, is_lower, is_over) = (0, false, false);
                continue;
            }
            // Marks or mixed case within a word may be those of a key.
            _ if is_over => return false,
            b'.' | b',' => is_over = true,
            b'A'..=b'Z' if is_lower => return false,
            b'a'..=b'z' | b'A'..=b'Z' => is_lower = byte.is_ascii_lowercase(),
            // Letters of Latin script (U+00C0 to U+017F), of two bytes.
            0xc3..=0xc5 | 0x80..=0xbf => {}
            _ => return false,
        }
        length += 1;
        if length > LONGEST {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Policy, Redactor, Scope};
    use super::is_prose;

    #[test]
    fn words_are_prose_and_what_may_be_a_secret_is_not() {
        for text in ["", "Save invoice", "Übersicht, größer, neu", "Are you sure\n  Yes."] {
            assert!(is_prose(text), "{text}");
        }
        for text in [
            "Order 7",
            "password=x",
            "pin: abc",
            "aBcDeFgH",
            "a@b.c",
            "https://x",
            "-----BEGIN",
            "abcdefghijklmnop",
            "密码",
            "“quoted”",
        ] {
            assert!(!is_prose(text), "{text}");
        }
    }

    fn word() -> impl Strategy<Value = String> {
        let told = prop::sample::select(vec![
            "password",
            "Password",
            "passwort",
            "PIN",
            "pin",
            "token",
            "key",
            "API",
            "api",
            "secret",
            "bearer",
            "Bearer",
            "Basic",
            "basic",
            "Digest",
            "cookie",
            "session",
            "code",
            "id",
            "is",
            "ist",
            "est",
            "number",
            "Authorization",
            "csrf",
            "private",
            "AKIA",
            "xoxb",
            "sk",
            "ghp",
            "login",
            "user",
            "name",
            "value",
            "iban",
            "IBAN",
            "DE",
            "phone",
            "card",
            "mot",
            "de",
            "passe",
        ]);
        prop_oneof![
            told.prop_map(str::to_owned),
            "[a-z]{1,15}",
            "[A-Z]{1,15}",
            "[A-Z][a-z]{0,14}",
            "[a-zà-ÿ]{1,9}[.,]?",
        ]
    }

    proptest! {
        #[test]
        fn no_scanner_masks_anything_in_prose(
            words in prop::collection::vec((word(), prop::sample::select(vec![" ", "  ", "\n", "\t"])), 1..12),
        ) {
            let text: String = words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect();
            prop_assume!(is_prose(&text));
            let redactor = Redactor::new(Policy::default());
            for scope in [Scope::Secrets, Scope::All] {
                prop_assert_eq!(redactor.mask(text.clone(), scope), &*text);
            }
        }
    }
}
