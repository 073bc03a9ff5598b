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

/// Endings, the first that fits is taken: each, behind `>` what stands for it instead,
/// and before them how many letters must stand before the following ones.
type Endings = &'static str;

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
    let mut least = 0;
    for entry in endings.split(' ') {
        if let Some(number) = entry.chars().next().and_then(|first| first.to_digit(10)) {
            least = number as usize;
            continue;
        }
        let (ending, instead) = entry.split_once('>').unwrap_or((entry, ""));
        if let Some(before) = stem.strip_suffix(ending)
            && before.chars().count() >= least
        {
            stem.truncate(before.len());
            stem.push_str(instead);
            return true;
        }
    }
    false
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

const ENGLISH_PLURALS: Endings = "\
1 sses>ss 2 ies>y xes>x 1 shes>sh ches>ch 4 uses>us 0 ss>ss 1 us>us 2 is>is s";
const ENGLISH_VERBS: Endings = "0 eed>eed 2 ied>y 3 ed 2 ying>y 3 ing";
const ENGLISH_ADVERBS: Endings = "3 ically>ic 4 ally>al ly";
const ENGLISH_NOUNS: Endings = "\
2 ification>ify 3 isation>iz ization>iz 5 ation atic 4 ion 6 ment 5 at 4 is>iz";

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

const GERMAN: Endings = "\
4 ungen ung 1 euer>eu 4 ern 2 ern>er 3 em en 4 er 3 es e bs>b ds>d gs>g ks>k ls>l ms>m ns>n \
ps>p ts>t";
const GERMAN_SECOND: Endings = "4 ung 3 est 4 er 3 en 4 st";

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

const FRENCH: Endings = "\
2 ifications>ifi ification>ifi 4 issements issement ations ation atrices atrice ateurs ateur \
ements ement 3 euses>eu euse>eu 4 ables able ances ance ences ence 2 eaux>eau aux>al 4 ions \
ion 3 ives>if ive>if eurs>eur erez eront ees ee ers er ez es 4 ant ent 3 e s x";

const SPANISH: Endings = "\
2 ificaciones>ific ificacion>ific 3 amientos amiento imientos imiento 4 aciones acion 3 \
iciones icion ciones>c cion>c adores adoras ador adora 4 idades idad mente 3 iendo ando \
ieron aron ados adas ado ada idos idas ido ida arse erse irse ar er ir os as es o a e s";

const PORTUGUESE: Endings = "\
3 amentos amento imentos imento 4 acoes acao 3 icoes icao 2 coes>c cao>c 3 adores ador 4 \
idades idade mente 3 ando endo indo ados adas ado ada idos idas ido ida 2 oes>ao aes>ao \
ais>al eis>el ns>m 3 ar er ir os as es o a e s";

const ITALIAN: Endings = "\
4 azioni azione 3 izioni izione amenti amento imenti imento atori atore 4 mente 3 ando endo \
ati ate ato ata iti ite ito ita are ere ire arsi che>c chi>c ghe>g ghi>g ie io ia i e o a";

const DUTCH: Endings = "2 heden>heid 4 ingen ing 3 en e s";

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

const ARABIC_ENDINGS: Endings = "2 ها ان ات ون ين يه ه ي";

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
