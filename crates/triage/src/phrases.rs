//! Whether a person is asked for, by phrases: the ways of asking, the ways of
//! declining, and things of a product that only sound like it.
//!
//! A list is one string of phrases between bars. A phrase is matched at word
//! borders; `*` at an end lets the word go on there. Apostrophes are left out.

use crate::words::{fold, is_skipped, is_word_char, one_by_one, parts};

/// A list whose phrases score for an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scored<'l> {
    /// Place of the answer in a row of scores.
    pub answer: usize,
    /// What a phrase of the list adds.
    pub score: f32,
    /// The phrases.
    pub list: &'l str,
}

/// Ways to ask for a person.
const ASKING: &str = "real person|real human|actual person|actual human|human please|person please|\
human pls|a human|a live person|live agent|live person|live human|human agent|human being|\
speak to someone|speak to somebody|speak with someone|speak to a person|speak to an agent|\
talk to someone|talk to somebody|talk to a person|talk with a person|talk with someone|talk to support|\
talk to an agent|talk to a real|speak to a real|speak to a manager|talk to a manager|a manager|\
your manager|your supervisor|a supervisor|supervisor|real agent|an agent please|agent please|\
connect me to|connect me with|put me through|put me thru|transfer me|escalate this|escalate to|\
call me|call us|ring me|ring us|phone me|give me a call|get a call|set up a call|by phone|phone call|\
contact me|contact us directly|call back|callback|customer service rep*|speak to a rep*|\
talk to a rep*|representative please|someone real|somebody real|anyone real|no more bots|no bots|\
no bot|not a bot|dont want the bot|dont want a bot|dont want to talk to a bot|stop the bot|not another bot|no more auto*|no more canned|manual review|\
review it manually|reviewed by a person|reviewed by a human|get me a person|get me someone|\
get me somebody|is anyone there|is anybody there|anyone human|a person to look|human eye*|\
speak to support|speak with support|phone line|phone number to call|operator please|\
mit einem menschen|mit einem mitarbeiter|mitarbeiter sprechen|jemandem sprechen|jemanden sprechen|\
echter mensch|echten menschen|echte person|einen menschen|bitte um ruckruf|bitte um rückruf|\
ruckruf|rückruf|rufen sie mich|ruft mich|zuruckrufen|zurückrufen|kein bot|keinen bot|keine bots|\
mensch bitte|ansprechpartner|vorgesetzte*|\
parler a quelquun|parler à quelquun|un humain|une vraie personne|un conseiller|une conseillere|\
une conseillère|parler a un|parler à un|vrai humain|rappelez moi|me rappeler|quelquun me rappelle|\
etre rappele*|être rappelé*|un responsable|pas un robot|pas un bot|\
hablar con alguien|hablar con una persona|persona real|un humano|un agente|un asesor|una persona|\
llamenme|llámenme|me llamen|que me llame*|un encargado|un supervisor|no un bot|atencion humana|\
falar com alguém|falar com alguem|falar com uma pessoa|um humano|um atendente|atendente|pessoa real|\
uma pessoa|me liguem|me ligar|alguém me liga*|um gerente|falar com um|\
parlare con qualcuno|parlare con una persona|un operatore|operatore umano|persona vera|\
persona reale|un umano|richiamatemi|essere richiamat*|un responsabile|chiamatemi|\
een mens|echt mens|een medewerker|echte persoon|iemand spreken|iemand bellen|bel me|bellen jullie|\
terugbellen|teruggebeld|een leidinggevende|vlees en bloed|\
z czlowiekiem|z człowiekiem|z konsultantem|konsultant|zywy czlowiek|żywy człowiek|żywym człowiekiem|\
prawdziwy człowiek|rozmowy z kims|rozmawiać z kimś|porozmawiać z|proszę o telefon|prosze o telefon|\
oddzwo*|proszę zadzwon*|z przełożonym|\
gerçek biri|gerçek bir insan|insanla gorusmek|insanla görüşmek|yetkiliye bağla|temsilciye|\
beni arayın|biri arasın|canlı destek|müşteri temsilcisi|biriyle konuş*|biriyle görüş*|biriyle telefonda|\
オペレーター|担当者|担当の方|人と話|人に代わ|有人|電話をください|電話いただ|折り返し|お電話|責任者|中の人|\
人工|真人|客服人员|转接|找个人|给我打电话|给我回电话|回个电话|回电|你们经理|的经理|负责人|叫人来|\
موظف*|*التحدث إلى شخص|*التحدث مع شخص|*اتكلم مع شخص|*شخص حقيقي|*أكلم أحد*|*اكلم احد*|*اتصلوا بي*|*كلموني*|*يتصل بي*|*مسؤول|*انسان حقيقي|*إنسان*|\
*بشر|*خدمة العملاء|*يتواصل معي|\
इंसान से|किसी इंसान|असली इंसान|एजेंट से|किसी से बात|आदमी से बात|व्यक्ति से बात|मैनेजर से|\
फोन कर*|फ़ोन कर*|कॉल कर*|कॉल बैक|अधिकारी से|प्रतिनिधि";

/// Words that ask for a person when they are all there is.
const ASKING_ALONE: &str = "agent|human|operator|representative|person|advisor|manager|support agent|\
real one|someone|mensch|mitarbeiter|humain|conseiller|agente|humano|persona|pessoa|umano|operatore|\
mens|medewerker|medewerker spreken|człowiek|insan|temsilci";
/// Things of a product, and ways of speaking, that are no request.
const SOUNDS_LIKE: &str = "call to action|calls to action|agent report*|agent desktop|agent dashboard|\
agent seat*|agent role*|agent view|user agent|support agent role|per agent|api call*|function call|\
call log*|call history|call record*|call center|call centre|conference call|video call|\
human resources|human readable|human error|human language|representative role|sales representative role|\
sales representative field|manager role|manager field|manager view|manager permission*|\
password manager|tag manager|project manager|account manager field|manager approval|\
contact us form|contact us page|contact us button|contact me form|callback url|call back url|\
callback endpoint|callback error|callback function|callback uri|oauth callback|redirect callback|\
a manager can|a manager sees|a manager role|make me a manager|add a manager|bot detection|not a bot check|\
not a bot box|im not a robot|i am not a bot|im not a bot|as a human|a human can read|phone call log*|\
人工智能|担当者フィールド|担当者欄|担当者を変更|担当者の変更|担当者を追加|担当者別";

/// Ways to decline. They count in the few words before a phrase of asking.
const DECLINING: &str = "dont need|do not need|dont want|do not want|no need|doesnt need|not asking|\
didnt ask|never asked|without|rather not|instead of|dont have to|not necessary|neednt|\
dont think i need|before i|brauche keinen|keinen|brauche nicht|ohne|pas besoin|sans|\
no necesito|no quiero|sin|nao preciso|não preciso|sem|non ho bisogno|non serve|senza|geen|zonder|\
niet nodig|nie potrzebuj*|bez|لا أحتاج|لا احتاج|مش محتاج|नहीं चाहिए|ज़रूरत नहीं";
/// Ways to decline that stand behind it, in languages with the verb last.
const DECLINING_AFTER: &str = "dont need one|not necessary|istemiyorum|gerek yok|不要です|必要ありません|いりません|は不要|は結構|नहीं चाहिए|की ज़रूरत नहीं|की जरूरत नहीं";
/// 不需要人工: the verb stands directly before.
const DECLINING_DIRECT: &str = "不需要|不用|不要|无需";
/// What ends the reach of a decline.
const TURNING: &str = "but|sondern|mais|pero|sino|mas|ma|maar|ale|tylko|bot|bots|robot|chatbot";

/// The text in the form phrases are written in: lower case, single spaces.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(4096) + 2);
    out.push(' ');
    for part in parts(text) {
        for c in part.chars().map(fold) {
            if is_skipped(c) {
            } else if is_word_char(c) {
                out.push(c);
            } else if !out.ends_with(' ') {
                out.push(' ');
            }
        }
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Where phrases of a list occur: the phrase, its start and its end.
pub(crate) fn occurrences<'l, 't>(
    list: &'l str,
    text: &'t str,
) -> impl Iterator<Item = (&'l str, usize, usize)> + use<'l, 't> {
    list.split('|').flat_map(move |entry| {
        let phrase = entry.trim_matches('*');
        let free_before = entry.starts_with('*') || phrase.chars().next().is_some_and(one_by_one);
        let free_after = entry.ends_with('*') || phrase.chars().next_back().is_some_and(one_by_one);
        text.match_indices(phrase).filter_map(move |(start, _)| {
            let end = start + phrase.len();
            let before = free_before || text[..start].ends_with(' ');
            let after = free_after || text[end..].starts_with(' ');
            (before && after).then_some((phrase, start, end))
        })
    })
}

/// The first phrase of a list that occurs.
pub(crate) fn first<'l>(list: &'l str, text: &str) -> Option<&'l str> {
    occurrences(list, text).next().map(|(phrase, ..)| phrase)
}

/// What the phrases say of the wish for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Asked for, in these words.
    Asked(&'static str),
    /// Declined, or only sounds like a request.
    Declined,
    /// Nothing is said.
    Silent,
}

/// Reads the wish for a person from a text made by [`plain`].
pub(crate) fn wish(text: &str) -> Wish {
    let whole = text.trim();
    let asked = whole.strip_suffix(" please").unwrap_or(whole);
    if let Some(word) = ASKING_ALONE.split('|').find(|word| *word == asked) {
        return Wish::Asked(word);
    }
    let traps: Vec<(usize, usize)> =
        occurrences(SOUNDS_LIKE, text).map(|(_, start, end)| (start, end)).collect();
    let mut answer = if traps.is_empty() { Wish::Silent } else { Wish::Declined };
    for (phrase, start, end) in occurrences(ASKING, text) {
        if traps.iter().any(|trap| start < trap.1 && end > trap.0) {
            continue;
        }
        if declined(text, start, end) {
            answer = Wish::Declined;
        } else {
            return Wish::Asked(phrase);
        }
    }
    answer
}

fn declined(text: &str, start: usize, end: usize) -> bool {
    let from = text.ceil_char_boundary(start.saturating_sub(28));
    let before = format!(" {} ", text[from..start].trim());
    let until = text.floor_char_boundary((end + 42).min(text.len()));
    let after = format!(" {} ", text[end..until].trim());
    let direct = DECLINING_DIRECT.split('|').any(|word| before.trim_end().ends_with(word));
    let last = occurrences(DECLINING, &before).map(|(_, _, end)| end).max();
    let reaches = last.is_some_and(|end| first(TURNING, &before[end - 1..]).is_none());
    direct || reaches || first(DECLINING_AFTER, &after).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Wish {
        wish(&plain(text))
    }

    #[test]
    fn a_request_for_a_person_is_found_in_each_language() {
        for text in [
            "Can I talk to a real person, please?",
            "GET ME A MANAGER. A manager, now",
            "Ich möchte mit einem Menschen sprechen",
            "Je veux parler à quelqu’un",
            "Quiero hablar con una persona",
            "Quero falar com um atendente",
            "Vorrei parlare con un operatore",
            "Ik wil een medewerker spreken",
            "Chcę rozmawiać z człowiekiem",
            "yetkiliye bağla",
            "オペレーターお願いします",
            "转人工",
            "أريد موظف من فضلك",
            "يظهر خطأ في كل مرة. أريد التحدث إلى شخص",
            "मुझे किसी इंसान से बात करनी है",
        ] {
            assert!(matches!(of(text), Wish::Asked(_)), "{text}");
        }
    }

    #[test]
    fn declining_a_person_is_no_request() {
        for text in [
            "I don't need a human, just the link.",
            "No need to speak to someone about it",
            "Ich brauche keinen Rückruf",
            "pas besoin d'un conseiller, pas besoin de parler à un agent",
            "不需要人工",
            "オペレーターは不要です",
        ] {
            assert_eq!(of(text), Wish::Declined, "{text}");
        }
    }

    #[test]
    fn a_decline_of_the_bot_is_still_a_request() {
        assert!(matches!(of("I don't want a bot, I want a human"), Wish::Asked(_)));
        assert!(matches!(of("Ich will keinen Bot sondern einen Menschen"), Wish::Asked(_)));
    }

    #[test]
    fn words_of_a_product_are_no_request() {
        for text in [
            "The agent report is empty",
            "Where do I edit the call to action?",
            "The OAuth callback URL is rejected",
            "Can I rename the manager role",
        ] {
            assert!(!matches!(of(text), Wish::Asked(_)), "{text}");
        }
    }
}
