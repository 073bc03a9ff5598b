//! Words without their endings, so that `invoices` finds `invoice`: light stemmers,
//! which take off inflection and a few endings that make nouns of verbs. The tables
//! are our own, drawn up after the published ones: Savoy, "Light Stemming Approaches
//! for the French, Portuguese, German and Hungarian Languages" (SAC 2006), for de, fr,
//! es, it, pt; Porter, "An algorithm for suffix stripping" (1980), steps 1 and parts
//! of 2 to 4, for en; Kraaij and Pohlmann's for nl, in part; Larkey, Ballesteros and
//! Connell's light10 (SIGIR 2002) for ar.
//!
//! A stem begins with the letter its word begins with, but in Arabic.

use super::language::Language;

/// An ending, what stands for it, and how many letters must stand before it. The
/// first that fits is taken.
type Endings = &'static [(&'static str, &'static str, usize)];

/// The stem of a folded word.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let mut stem = word.to_owned();
    if word.len() < 3 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return stem;
    }
    match language {
        Language::En => english(&mut stem),
        Language::De => german(&mut stem),
        Language::Fr => _ = take_off(&mut stem, FRENCH),
        Language::Es => _ = take_off(&mut stem, SPANISH),
        Language::Pt => _ = take_off(&mut stem, PORTUGUESE),
        Language::It => _ = take_off(&mut stem, ITALIAN),
        Language::Nl => dutch(&mut stem),
        Language::Ar => arabic(&mut stem),
        Language::Other => {}
    }
    stem
}

fn take_off(stem: &mut String, endings: Endings) -> bool {
    let fitting = endings.iter().find(|(ending, _, least)| {
        stem.strip_suffix(ending).is_some_and(|before| before.chars().count() >= *least)
    });
    let Some((ending, instead, _)) = fitting else { return false };
    stem.truncate(stem.len() - ending.len());
    stem.push_str(instead);
    true
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Takes one of two equal last consonants.
fn undouble(stem: &mut String) {
    if let [.., first, last] = stem.as_bytes()
        && first == last
        && !is_vowel(*last)
    {
        stem.pop();
    }
}

const ENGLISH_PLURALS: Endings = &[
    ("sses", "ss", 1),
    ("ies", "y", 2),
    ("xes", "x", 2),
    ("shes", "sh", 1),
    ("ches", "ch", 1),
    ("uses", "us", 4),
    ("ss", "ss", 0),
    ("us", "us", 1),
    ("is", "is", 2),
    ("s", "", 2),
];
const ENGLISH_VERBS: Endings =
    &[("eed", "eed", 0), ("ied", "y", 2), ("ed", "", 3), ("ying", "y", 2), ("ing", "", 3)];
const ENGLISH_ADVERBS: Endings = &[("ically", "ic", 3), ("ally", "al", 4), ("ly", "", 4)];
const ENGLISH_NOUNS: Endings = &[
    ("ification", "ify", 2),
    ("isation", "iz", 3),
    ("ization", "iz", 3),
    ("ation", "", 5),
    ("atic", "", 5),
    ("ion", "", 4),
    ("ment", "", 6),
    ("at", "", 5),
    ("is", "iz", 4),
];

fn english(stem: &mut String) {
    take_off(stem, ENGLISH_PLURALS);
    let whole = stem.len();
    let with_ending = stem.clone();
    if take_off(stem, ENGLISH_VERBS) && stem.len() < whole {
        if !stem.bytes().any(is_vowel) {
            *stem = with_ending;
        } else if stem.len() > 3 && !stem.ends_with(['l', 's', 'z']) {
            undouble(stem);
        }
    }
    take_off(stem, ENGLISH_ADVERBS);
    silent_e(stem);
    take_off(stem, ENGLISH_NOUNS);
    silent_e(stem);
    if stem.len() > 4 && stem.ends_with("ll") {
        stem.pop();
    }
}

fn silent_e(stem: &mut String) {
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
}

const GERMAN: Endings = &[
    ("ungen", "", 4),
    ("ung", "", 4),
    ("ern", "", 3),
    ("em", "", 3),
    ("en", "", 3),
    ("er", "", 3),
    ("es", "", 3),
    ("e", "", 3),
    ("bs", "b", 3),
    ("ds", "d", 3),
    ("gs", "g", 3),
    ("ks", "k", 3),
    ("ls", "l", 3),
    ("ms", "m", 3),
    ("ns", "n", 3),
    ("ps", "p", 3),
    ("ts", "t", 3),
];
const GERMAN_SECOND: Endings =
    &[("ung", "", 4), ("est", "", 3), ("er", "", 3), ("en", "", 3), ("st", "", 4)];

fn german(stem: &mut String) {
    // `ae`, `oe`, `ue` are how umlauts are typed without their keys.
    let mut plain = String::with_capacity(stem.len());
    for letter in stem.chars() {
        let mut before = plain.chars().rev();
        let umlaut = letter == 'e'
            && matches!(before.next(), Some('a' | 'o' | 'u'))
            && !before.next().is_some_and(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'q'));
        if !umlaut {
            plain.push(letter);
        }
    }
    *stem = plain;
    // Participles: `gekündigt` is of `kündigen`.
    if stem.len() >= 7 && stem.starts_with("ge") && stem.ends_with('t') {
        stem.pop();
        stem.drain(..2);
    }
    take_off(stem, GERMAN);
    take_off(stem, GERMAN_SECOND);
}

const FRENCH: Endings = &[
    ("ifications", "ifi", 2),
    ("ification", "ifi", 2),
    ("issements", "", 4),
    ("issement", "", 4),
    ("ations", "", 4),
    ("ation", "", 4),
    ("atrices", "", 4),
    ("atrice", "", 4),
    ("ateurs", "", 4),
    ("ateur", "", 4),
    ("ements", "", 4),
    ("ement", "", 4),
    ("euses", "eu", 3),
    ("euse", "eu", 3),
    ("ables", "", 4),
    ("able", "", 4),
    ("ances", "", 4),
    ("ance", "", 4),
    ("ences", "", 4),
    ("ence", "", 4),
    ("eaux", "eau", 2),
    ("aux", "al", 2),
    ("ions", "", 4),
    ("ion", "", 4),
    ("ives", "if", 3),
    ("ive", "if", 3),
    ("eurs", "eur", 3),
    ("erez", "", 3),
    ("eront", "", 3),
    ("ees", "", 3),
    ("ee", "", 3),
    ("ers", "", 3),
    ("er", "", 3),
    ("ez", "", 3),
    ("es", "", 3),
    ("ant", "", 4),
    ("ent", "", 4),
    ("e", "", 3),
    ("s", "", 3),
    ("x", "", 3),
];

const SPANISH: Endings = &[
    ("ificaciones", "ific", 2),
    ("ificacion", "ific", 2),
    ("amientos", "", 3),
    ("amiento", "", 3),
    ("imientos", "", 3),
    ("imiento", "", 3),
    ("aciones", "", 4),
    ("acion", "", 4),
    ("iciones", "", 3),
    ("icion", "", 3),
    ("ciones", "c", 3),
    ("cion", "c", 3),
    ("adores", "", 3),
    ("adoras", "", 3),
    ("ador", "", 3),
    ("adora", "", 3),
    ("idades", "", 4),
    ("idad", "", 4),
    ("mente", "", 4),
    ("iendo", "", 3),
    ("ando", "", 3),
    ("ieron", "", 3),
    ("aron", "", 3),
    ("ados", "", 3),
    ("adas", "", 3),
    ("ado", "", 3),
    ("ada", "", 3),
    ("idos", "", 3),
    ("idas", "", 3),
    ("ido", "", 3),
    ("ida", "", 3),
    ("arse", "", 3),
    ("erse", "", 3),
    ("irse", "", 3),
    ("ar", "", 3),
    ("er", "", 3),
    ("ir", "", 3),
    ("os", "", 3),
    ("as", "", 3),
    ("es", "", 3),
    ("o", "", 3),
    ("a", "", 3),
    ("e", "", 3),
    ("s", "", 3),
];

const PORTUGUESE: Endings = &[
    ("amentos", "", 3),
    ("amento", "", 3),
    ("imentos", "", 3),
    ("imento", "", 3),
    ("acoes", "", 4),
    ("acao", "", 4),
    ("icoes", "", 3),
    ("icao", "", 3),
    ("coes", "c", 2),
    ("cao", "c", 2),
    ("adores", "", 3),
    ("ador", "", 3),
    ("idades", "", 4),
    ("idade", "", 4),
    ("mente", "", 4),
    ("ando", "", 3),
    ("endo", "", 3),
    ("indo", "", 3),
    ("ados", "", 3),
    ("adas", "", 3),
    ("ado", "", 3),
    ("ada", "", 3),
    ("idos", "", 3),
    ("idas", "", 3),
    ("ido", "", 3),
    ("ida", "", 3),
    ("oes", "ao", 2),
    ("aes", "ao", 2),
    ("ais", "al", 2),
    ("eis", "el", 2),
    ("ns", "m", 2),
    ("ar", "", 3),
    ("er", "", 3),
    ("ir", "", 3),
    ("os", "", 3),
    ("as", "", 3),
    ("es", "", 3),
    ("o", "", 3),
    ("a", "", 3),
    ("e", "", 3),
    ("s", "", 3),
];

const ITALIAN: Endings = &[
    ("azioni", "", 4),
    ("azione", "", 4),
    ("izioni", "", 3),
    ("izione", "", 3),
    ("amenti", "", 3),
    ("amento", "", 3),
    ("imenti", "", 3),
    ("imento", "", 3),
    ("atori", "", 3),
    ("atore", "", 3),
    ("mente", "", 4),
    ("ando", "", 3),
    ("endo", "", 3),
    ("ati", "", 3),
    ("ate", "", 3),
    ("ato", "", 3),
    ("ata", "", 3),
    ("iti", "", 3),
    ("ite", "", 3),
    ("ito", "", 3),
    ("ita", "", 3),
    ("are", "", 3),
    ("ere", "", 3),
    ("ire", "", 3),
    ("arsi", "", 3),
    ("che", "c", 3),
    ("chi", "c", 3),
    ("ghe", "g", 3),
    ("ghi", "g", 3),
    ("ie", "", 3),
    ("io", "", 3),
    ("ia", "", 3),
    ("i", "", 3),
    ("e", "", 3),
    ("o", "", 3),
    ("a", "", 3),
];

const DUTCH: Endings = &[
    ("heden", "heid", 2),
    ("ingen", "", 4),
    ("ing", "", 4),
    ("en", "", 3),
    ("e", "", 3),
    ("s", "", 3),
];

fn dutch(stem: &mut String) {
    take_off(stem, DUTCH);
    undouble(stem);
    // `factuur` and `facturen`: an open syllable is written with one vowel.
    if let [.., first, second, last] = stem.as_bytes()
        && first == second
        && matches!(first, b'a' | b'e' | b'o' | b'u')
        && !is_vowel(*last)
    {
        stem.remove(stem.len() - 2);
    }
}

const ARABIC_ENDINGS: Endings = &[
    ("ها", "", 2),
    ("ان", "", 2),
    ("ات", "", 2),
    ("ون", "", 2),
    ("ين", "", 2),
    ("يه", "", 2),
    ("ه", "", 2),
    ("ي", "", 2),
];

fn arabic(stem: &mut String) {
    for prefix in ["وال", "بال", "كال", "فال", "لل", "ال", "و"] {
        let least = if prefix == "و" { 3 } else { 2 };
        if let Some(rest) = stem.strip_prefix(prefix)
            && rest.chars().count() >= least
        {
            *stem = rest.to_owned();
            break;
        }
    }
    while take_off(stem, ARABIC_ENDINGS) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of each line share a stem, and no other line has it.
    fn check(language: Language, lines: &str) {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for line in lines.lines() {
            let stems: Vec<String> =
                line.split_whitespace().map(|word| stem(word, language)).collect();
            assert!(stems.iter().all(|other| *other == stems[0]), "{line}: {stems:?}");
            let twin = seen.iter().find(|(other, _)| *other == stems[0]);
            assert!(twin.is_none(), "{line} and {twin:?}");
            seen.push((stems[0].clone(), line));
        }
    }

    #[test]
    fn english() {
        check(
            Language::En,
            "invoice invoices invoiced invoicing
invite invites invited inviting invitation invitations
cancel cancels canceled cancelled cancelling cancellation
notify notified notification notifications notifying
export exports exported exporting
setting settings
bill billed billing bills
migrate migration migrating
integrate integrations integrating
manage managed managing management
add adds added adding
company companies
address addresses
status statuses
automate automatic automatically automation
access
month monthly
form forms
format formats formatted formatting
string strings
copy copied copies copying",
        );
    }

    #[test]
    fn other_languages() {
        check(
            Language::De,
            "einstellung einstellungen einstellen\nkundigen gekundigt kundigung kuendigung kuendigen
projekt projekte projekten projekts\nandern anderung geandert aendern\nneue neuer neuen neues",
        );
        check(
            Language::Fr,
            "facture factures facturer facturation\ninviter invitation invite invitee invites
annuler annulation annulez\nmodifier modification modifications\njournal journaux",
        );
        check(
            Language::Es,
            "factura facturas facturar facturacion\ncancelar cancelacion cancelado cancelada
usuario usuarios\ncontrasena contrasenas",
        );
        check(Language::Pt, "fatura faturas\ncancelar cancelamento cancelado\nopcao opcoes");
        check(Language::It, "fattura fatture fatturare fatturazione\nutente utenti");
        check(Language::Nl, "factuur facturen\ninstelling instellingen instellen");
        check(Language::Ar, "فاتوره الفاتوره والفاتوره\nالحساب حساب بالحساب");
    }

    #[test]
    fn short_words_and_codes_stay() {
        for word in ["id", "2fas", "v2s", "日本"] {
            assert_eq!(stem(word, Language::En), word);
        }
    }
}
