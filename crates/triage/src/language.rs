//! Which language a text is in: by script, and among Latin ones by small words
//! and letters of their own.

use crate::words::{fold, is_letter, is_word_char, parts};

/// `und` of BCP 47.
pub(crate) const UNDETERMINED: &str = "und";

/// Small words by language, with a space on either side of each.
const SMALL_WORDS: [(&str, &str); 9] = [
    (
        "en",
        " the is are was i my you your we our to of and it not this that what how can for with \
have has from when please cant dont im its where do does who why will would could there any a be in on \
if but they all just get been after no me ",
    ),
    (
        "de",
        " der die das und ist nicht ich wir ihr ein eine mein unser bitte wie kann auf mit für den dem \
des es zu seit wird noch mehr habe haben sind kein auch wo was uns mir bei nach wenn werden man im ",
    ),
    (
        "fr",
        " le la les et est je nous vous un une des mon notre pas que qui dans pour avec sur ne plus \
comment bonjour merci ce cette il du au depuis mes vos sont ai être fait ça cest jai ",
    ),
    (
        "es",
        " el la los las y es yo nos un una mi nuestro no que en para con por se como hola gracias \
está de del al desde me lo le pero mis puedo son hay cuando ya todo quiero ",
    ),
    (
        "pt",
        " o a os as e é eu nós um uma meu minha nosso não que em para com por se como olá obrigado \
está do da no na desde me mas foi ao vocês consigo já tem quero isso preciso ",
    ),
    (
        "it",
        " il lo la gli e è io noi un una mio nostro non che in per con di del della come ciao grazie \
sono da al ma ho si mi vi nel questo posso più ci abbiamo dopo ",
    ),
    (
        "nl",
        " de het een en is ik wij we mijn onze niet dat in voor met op van hoe kan naar er zijn aan \
maar wat heb hebben jullie graag al bij nog geen of ook te dit kunnen ",
    ),
    (
        "pl",
        " i w na z się nie jest że do to jak czy mam moje nasz proszę dla od po ale co już dzień dobry \
mi za o są tego mogę wam u ",
    ),
    (
        "tr",
        " ve bir bu için ben biz ne nasıl var yok ile mi mı da de çok değil lütfen merhaba bana \
olarak gibi ama daha hesap hala hâlâ sizin bizim kadar ",
    ),
];

/// Letters that only few languages of the list use.
const LETTERS: [(&str, &str); 9] = [
    ("de", "ßäöü"),
    ("fr", "êëîïœùûçèàâ"),
    ("es", "ñ¿¡"),
    ("pt", "ãõçâê"),
    ("it", "òìèàù"),
    ("nl", "ĳ"),
    ("pl", "łżźćńśęą"),
    ("tr", "ğışİ"),
    ("tr", "öüç"),
];

/// Words of the text that are looked at.
const WORDS_READ: usize = 400;

/// The language, BCP 47 or `und`, and its probability.
pub(crate) fn detect<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> (&'static str, f64) {
    let mut scripts = [0u32; SCRIPTS.len()];
    let mut latin = 0u32;
    for c in texts.clone().flat_map(|text| parts(text)[0].chars()).take(WORDS_READ * 12) {
        if let Some(place) = SCRIPTS.iter().position(|script| (script.1)(c)) {
            scripts[place] += 1;
        } else if is_letter(c) {
            latin += 1;
        }
    }
    // Kana decide for Japanese, whatever the share of Chinese characters.
    let (kana, han) = (scripts[KANA], scripts[HAN]);
    if kana > 0 && kana * 5 >= han {
        scripts[KANA] += han;
        scripts[HAN] = 0;
    }
    let all = latin + scripts.iter().sum::<u32>();
    let (place, &most) =
        scripts.iter().enumerate().max_by_key(|(_, count)| **count).unwrap_or((0, &0));
    // A character of these scripts says more than a letter of a product name.
    if most > 0 && most * 3 >= latin {
        return (SCRIPTS[place].0, 0.6 + 0.4 * f64::from(most) / f64::from(all.max(1)));
    }
    if latin == 0 { (UNDETERMINED, 0.0) } else { by_words(texts) }
}

type Script = (&'static str, fn(char) -> bool);
const KANA: usize = 0;
const HAN: usize = 1;
const SCRIPTS: [Script; 9] = [
    ("ja", |c| matches!(c, '\u{3040}'..='\u{30FF}')),
    ("zh", |c| matches!(c, '\u{3400}'..='\u{9FFF}')),
    ("ko", |c| matches!(c, '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}')),
    ("ar", |c| matches!(c, '\u{0600}'..='\u{06FF}')),
    ("hi", |c| matches!(c, '\u{0900}'..='\u{097F}')),
    ("ru", |c| matches!(c, '\u{0400}'..='\u{04FF}')),
    ("el", |c| matches!(c, '\u{0370}'..='\u{03FF}')),
    ("he", |c| matches!(c, '\u{0590}'..='\u{05FF}')),
    ("th", |c| matches!(c, '\u{0E00}'..='\u{0E7F}')),
];

fn by_words<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> (&'static str, f64) {
    let mut scores = [0.0f64; SMALL_WORDS.len()];
    let mut padded = String::new();
    let words = texts
        .flat_map(|text| parts(text)[0].split(|c: char| !is_word_char(c) && c != '\''))
        .filter(|word| !word.is_empty());
    for word in words.take(WORDS_READ) {
        padded.clear();
        padded.push(' ');
        padded.extend(word.chars().map(fold).filter(|c| *c != '\''));
        padded.push(' ');
        for (score, (name, list)) in scores.iter_mut().zip(SMALL_WORDS) {
            if list.contains(&padded) {
                // One-letter words are shared by many.
                *score += if padded.len() > 3 { 1.0 } else { 0.4 };
            }
            if LETTERS
                .iter()
                .any(|(n, letters)| *n == name && word.contains(|c| letters.contains(c)))
            {
                *score += 0.6;
            }
        }
    }
    let total: f64 = scores.iter().sum();
    let mut best = 0;
    for place in 1..scores.len() {
        if scores[place] > scores[best] {
            best = place;
        }
    }
    let tied = scores.iter().enumerate().any(|(place, s)| place != best && *s == scores[best]);
    if scores[best] < 0.6 || tied {
        return (UNDETERMINED, 0.0);
    }
    // A little doubt that shrinks as evidence grows.
    (SMALL_WORDS[best].0, scores[best] / (total + 0.5))
}
