//! Which language a text is in: by script, and among Latin ones by small words
//! and letters of their own.

use std::sync::OnceLock;

use crate::words::{fold, is_letter, is_skipped, is_word_char, parts};

/// `und` of BCP 47.
pub(crate) const UNDETERMINED: &str = "und";

/// Small words by language, with a space on either side of each. Hindi is often
/// written in Latin letters.
const SMALL_WORDS: [(&str, &str); 10] = [
    (
        "en",
        " the is are was i my you your we our to of and it not this that what how can for with \
have has from when please cant dont im its where do does who why will would could there \
any a be in on if but they all just get been after no so at or by as an one only out up \
now then about still says got see need want make more like than them their some other \
did had should too thanks hi hello two every nothing page email bill invoice broken days \
which never keep add remove change delete account password works working doesnt didnt \
wont ive isnt again day down help name users user error login export file card charged \
cancel refund gone lost very here were he she his her twice money send put people us me \
off over into same time back know way even going last new guests comment files team each \
screen billed ",
    ),
    (
        "de",
        " der die das und ist nicht ich wir ihr ein eine mein unser bitte wie kann auf mit für den \
dem des es zu seit wird noch mehr habe haben sind kein auch wo was uns mir bei nach wenn \
werden man im danke aber oder nur von sich hab mal schon jetzt euch eure euer meine \
unsere keine einen einem einer vom zum zur aus dass immer wieder heute gestern rechnung \
konto hallo geht gibt hat war mich dich sie warum welche neue neuer alle alles durch \
über statt ans am an als so da doch gar sehr diese dieser dieses bedeutet diesen meldung \
jedes jeden nichts kommt machen lassen gerne darf dürfen können könnt unter ",
    ),
    (
        "fr",
        " le la les et est je nous vous un une des mon notre pas que qui dans pour avec sur ne \
plus comment bonjour merci ce cette il du au depuis mes vos sont ai être fait ça cest \
jai de en on se sa son ses ou où par mais tout tous toute votre nos ma leur si quand \
sans encore peut peux veux faire dun dune quelquun compte facture mot passe svp bien \
alors même aussi très était avez avons suis deux serait pouvoir erreur malgré jarrive \
remet non fois rien quel quelle aux chez après avant cela chaque sera arrive toujours \
elle elles ils peuvent mois cet leurs ici là ",
    ),
    (
        "es",
        " el la los las y es yo nos un una mi nuestro no que en para con por se como hola gracias \
está de del al desde me lo le pero mis puedo son hay cuando ya todo quiero su sus más \
mas si sin qué cómo dónde porque muy esta este esto ese eso hasta donde tengo tiene \
necesito cuenta factura usar puede pueden fue ser hacer favor quien sobre nada ni o \
también ahora otra otro siempre sale estaría nombre contraseña significa hace días dos \
veces mes vez cada ir irse después salir va van dan hoy ayer ninguna ningún entrar unos \
unas otros mal bien les tu tus pasa cobraron cambiar equipo ",
    ),
    (
        "pt",
        " o a os as e é eu nós um uma meu minha nosso não que em para com por se como olá obrigado \
está do da no na desde me mas foi ao vocês consigo já tem quero isso preciso pra pro dos \
das nos nas de ou mais muito sem só tá vc vcs você até quando ele ela seu sua meus \
minhas nossa são ser ter fazer conta fatura senha boa bom dia obrigada cadê aqui também \
esse essa este pelo pela sobre nada ainda agora hoje ontem dá alguém pode podia ajuda \
amei versao desculpa usuários nota nem depois porque mês onde esta bem funciona celular \
podem vez vezes cada nesta neste nessa dois duas foram entrar sai equipe mudar antes ",
    ),
    (
        "it",
        " il lo la gli e è io noi un una mio nostro non che in per con di del della come ciao \
grazie sono da al ma ho si mi vi nel questo posso più ci abbiamo dopo i le dei delle \
alla allo sul sulla nella dal dalla se anche già ancora perché quando dove cosa chi \
quale ogni tutto tutti mia nostra vostro vostra ha hanno fare fatto vuol dire va niente \
aiuto buongiorno salve vorrei fattura ieri oggi due anno mese solo senza era sta essere \
stato o ed ne nn potete possono file miei tuoi suoi indietro aggiungere volta volte bene \
male nostri vostri siamo stati questa quello quella togliere cambiare entrare ",
    ),
    (
        "nl",
        " de het een en is ik wij we mijn onze niet dat in voor met op van hoe kan naar er zijn \
aan maar wat heb hebben jullie graag al bij nog geen of ook te dit kunnen waar staan wel \
om die als dan door uit over worden wordt werd moet mag wil zou hij zij ze mij me ons \
hun uw u je jij heeft had was waren meer veel hier daar nu sinds gisteren vandaag \
factuur account wachtwoord bedankt alvast iemand iets niets alles toch weer omdat zo na \
tot per steeds export alweer elke keer staat alstublieft melding ",
    ),
    (
        "pl",
        " i w na z się nie jest że do to jak czy mam moje nasz proszę dla od po ale co już dzień \
dobry mi za o są tego mogę wam u jestem przez tylko bo gdzie kiedy który która które ten \
ta te tak nam mnie mój moja nasze naszej konto konta faktura fakturę hasło dziękuję \
jeszcze też był była było może można bardzo teraz wczoraj dziś żeby albo lub a ze we by \
być pod przy nic nas dwa razy raz miesiącu tym zapomniałem zapomniałam znowu dwie każdym \
wszystko dobrze chcę muszę mogą ",
    ),
    (
        "tr",
        " ve bir bu için ben biz ne nasıl var yok ile mi mı da de çok değil lütfen merhaba bana \
olarak gibi ama daha hesap hala hâlâ sizin bizim kadar mu mü şu o her sonra önce şifre \
fatura neden nerede kim hiç hiçbir en iki olmuyor oldu olan acaba artık bende benim bunu \
beni sayfa beyaz ekran ki ya diye sadece teşekkürler yardım geliyor açılmıyor yine geri \
istiyorum arkadaşım sorunsuz çalışıyor ekle ekleyebilir misiniz miyim mısınız unuttum \
adres yanlış param paramı zaman bugün dün içinde ",
    ),
    (
        "hi",
        " hai hain nahi nahin nhi ka ki ke ko se mein aur kya kaise raha rahi rahe rahaa mera mere \
meri aap aapke aapka aapki kar karo karna karne karke karlo kare bhi pe wala wale wali \
abhi tak bhai hu hoon diya gaya gayi gaye kal aaj sab hue hua hui tha thi kuch kab kitne \
kyu kyun jo jab yeh ye wo woh hamare humare mujhe hum naam paise baar din ek h phir saal \
chal jata jaata theek liye sakte milta dikh dikha yahan apna apne baje kat dono ",
    ),
];

/// Letters in a row that one of the languages has more often than the others, in
/// the order of [`SMALL_WORDS`].
const SEQUENCES: [&str; 10] = [
    "th|wh|ough|ould|ight|tion|sh|ck|ee|oo|ing |ed |ly |'|ew | wr|ts ",
    "sch|ung|ich|cht|tz|eit|ß|ä|ö|ü|en | ge|isch|ier|nnt|äs|üs| zer|lich| ver|ten ",
    "eau|aux|eux|ê|ë|î|ï|œ|ù|û|ç|è|à|oir|ois|ette|aire|é|que |ons |ez |ent |tre |ment | qu",
    "ción|ciones|ñ|¿|¡|iendo|ando|dad|ría|ll|ó|í|ron |amos |ar |ado |os | des|ue|zo ",
    "ção|ções|lh|nh|ã|õ|ç|â|ê|eir|mento|amos |ram |ório|ado |os | con|em |ou |rr",
    "zione|zioni|gli|cch|zz|tt|ggi|ò|ì|è|à|ù|ario|ivo|ono |are |ere |iamo |ato |ete |cc|ll|nn|ti |pp",
    "ij|aa|sch|uur|cht|oek|eer|ijk|eld|oo|ee|uu|en | ge|ui|tte|kk|dt ",
    "cz|sz|rz|dz|ł|ż|ź|ć|ń|ś|ę|ą|ów|ie|yw|ch |ych|nie|owa|ego |ała ",
    "yor|lar|ler|ğ|ı|ş|ç|ö|ü|iyo|mak|mek|sın|dim|dım|ım |im |um |üm |aki |den |dan |dık|bil|miz |mız |ini |ünü|nda |nde |iz |unu|siz",
    "aa|kh|bh|dh|hai|ee|ye ",
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

/// Small words by a hash of their letters, each with the languages it is of, a bit
/// each.
struct SmallWords {
    words: Vec<Vec<(&'static str, u16)>>,
    /// Sequences by their first letter, each with its number and its language.
    sequences: Vec<Vec<(&'static str, usize, usize)>>,
}

const SHELVES: usize = 256;

fn shelf(word: &str) -> usize {
    word.bytes().fold(0usize, |hash, byte| hash.wrapping_mul(31) + usize::from(byte)) % SHELVES
}

impl SmallWords {
    fn new() -> Self {
        let mut shelves: Vec<Vec<(&str, u16)>> = vec![Vec::new(); SHELVES];
        for (place, (_, list)) in SMALL_WORDS.iter().enumerate() {
            for word in list.split(' ').filter(|word| !word.is_empty()) {
                let shelf = &mut shelves[shelf(word)];
                match shelf.iter_mut().find(|(known, _)| *known == word) {
                    Some((_, languages)) => *languages |= 1 << place,
                    None => shelf.push((word, 1 << place)),
                }
            }
        }
        let mut sequences = vec![Vec::new(); SHELVES];
        let all = SEQUENCES.iter().enumerate();
        let all =
            all.flat_map(|(place, list)| list.split('|').map(move |letters| (letters, place)));
        for (number, (letters, place)) in all.enumerate() {
            sequences[usize::from(letters.as_bytes()[0])].push((letters, number, place));
        }
        Self { words: shelves, sequences }
    }

    /// The languages that a word is a small word of.
    fn languages(&self, word: &str) -> u16 {
        let known = self.words[shelf(word)].iter().find(|(known, _)| *known == word);
        known.map_or(0, |(_, languages)| *languages)
    }

    /// How many sequences of each language stand in a word, each counted once.
    fn sequences(&self, word: &str) -> [u8; SEQUENCES.len()] {
        let (mut counts, mut seen) = ([0; SEQUENCES.len()], [0u64; 8]);
        for (at, first) in word.bytes().enumerate() {
            for &(letters, number, place) in &self.sequences[usize::from(first)] {
                let (part, bit) = (number / 64 % 8, 1 << (number % 64));
                if word.as_bytes()[at..].starts_with(letters.as_bytes()) && seen[part] & bit == 0 {
                    seen[part] |= bit;
                    counts[place] += 1;
                }
            }
        }
        counts
    }
}

fn by_words<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> (&'static str, f64) {
    static SMALL: OnceLock<SmallWords> = OnceLock::new();
    let small = SMALL.get_or_init(SmallWords::new);
    let mut scores = [0.0f64; SMALL_WORDS.len()];
    let mut padded = String::new();
    let mut read = 0;
    // A word of a program's name or code says nothing.
    let words = texts
        .flat_map(|text| parts(text)[0].split(|c: char| !is_word_char(c) && !is_skipped(c)))
        .filter(|word| !word.is_empty() && !word.contains(|c: char| c.is_ascii_digit()));
    for word in words.take(WORDS_READ) {
        read += 1;
        padded.clear();
        padded.push(' ');
        padded.extend(word.chars().map(fold).filter(|c| !is_skipped(*c)));
        let bare = padded.len();
        padded.push(' ');
        // A word of few languages says more than one of many.
        let of = small.languages(padded.trim());
        let shared = of.count_ones();
        let told =
            if shared == 0 && bare > 2 { small.sequences(&padded) } else { Default::default() };
        for (place, score) in scores.iter_mut().enumerate() {
            if of & (1 << place) != 0 {
                // One-letter words are shared by many.
                let length = if bare > 3 { 1.0 } else { 0.6 };
                *score += length * if shared == 1 { 1.3 } else { 0.8 };
            } else {
                *score += 0.3 * f64::from(told[place].min(2));
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
    let mut second = 0.0f64;
    for (place, score) in scores.iter().enumerate() {
        if place != best {
            second = second.max(*score);
        }
    }
    // Few words must say it clearly.
    let (least, lead) = if read < 4 { (1.2, 0.8) } else { (0.9, 0.2) };
    if read < 2 || scores[best] < least || scores[best] - second < lead {
        return (UNDETERMINED, 0.0);
    }
    // A little doubt that shrinks as evidence grows.
    (SMALL_WORDS[best].0, scores[best] / (total + 0.5))
}
