//! The case in a few lines, in the customer's own words: nothing is invented.

use baton_packet::{Intent, Summary};

use crate::{
    phrases::{first, plain},
    sentences::{cut, sentences, without_greeting},
    triage::triage,
    words::is_word_char,
};

/// Longest title, in characters.
const TITLE_CHARS: usize = 120;
/// Longest problem, in characters.
const PROBLEM_CHARS: usize = 2000;
/// Longest extracted sentence, in characters.
const LINE_CHARS: usize = 300;
/// Most sentences told of what was tried.
const MOST_TRIED: usize = 5;
/// Most sentences that are looked at.
const SENTENCES_READ: usize = 400;
/// The title where the customer wrote nothing that could be one.
const NO_WORDS: &str = "No description given";

const TRIED: &str = "i tried|ive tried|weve tried|we tried|i have tried|already tried|tried to|tried a|\
tried another|tried different|tried in|tried with|i cleared|cleared my|cleared the|cleared cookies|\
i restarted|restarted|rebooted|reinstalled|i reset|i reloaded|refreshed|hard refresh|logged out and|\
signed out and|another browser|different browser|incognito|private window|checked my spam|checked spam|\
even after|habe schon|schon versucht|neu gestartet|cache geleert|déjà essayé|jai essayé|vidé le cache|\
redémarré|ya probé|ya intenté|reinicié|já tentei|reiniciei|ho provato|già provato|riavviato|\
al geprobeerd|herstart|próbowałem|próbowałam|試しました|試した|再起動|试过|重启|清除缓存|جربت|حاولت|कोशिश की";
const EXPECTED: &str = "should|shouldnt|expected|expecting|supposed to|used to|id expect|i would expect|\
sollte|sollten|erwartet|devrait|attendais|debería|deberia|esperaba|deveria|esperava|dovrebbe|aspettavo|\
zou moeten|verwachtte|powinno|powinien|はず|べき|应该|应当|*يجب|चाहिए था|होना चाहिए";
const IMPACT: &str = "all of us|whole team|entire team|our team|whole company|everyone|everybody|nobody|\
no one|our customers|our clients|our users|just me|only me|blocked|blocking|cant work|cannot work|\
losing money|losing sales|deadline|payroll|production|our staff|whole office|whole school|\
das ganze team|alle kollegen|niemand|nur bei mir|toute léquipe|tout le monde|personne|bloqué*|\
todo el equipo|todos|nadie|bloquead*|toda a equipe|ninguém|tutto il team|tutti|nessuno|bloccat*|\
hele team|iedereen|niemand|cały zespół|wszyscy|nikt|全員|業務が止|全公司|所有人|都无法|الجميع|كل الفريق|\
पूरी टीम|सभी";
const WHEN: &str = "today|yesterday|this morning|since|last week|this week|last night|tonight|monday|tuesday|\
wednesday|thursday|friday|saturday|sunday|ago|just now|after the update|every time|always|seit|gestern|\
heute|depuis|hier|desde|ayer|ontem|hoje|ieri|oggi|sinds|gisteren|od wczoraj|昨日|今日|今朝|昨天|今天|أمس|اليوم|कल|आज";

/// Sums the case up from the customer's messages, oldest first. The title is
/// never empty and has at most 120 characters; what is unknown stays empty and
/// is asked under `open_questions`.
///
/// What is still to ask depends on the intent, which the rules alone tell here;
/// who has a [`triage()`] at hand takes [`summarize_about`].
#[must_use]
pub fn summarize(messages: &[&str]) -> Summary {
    summarize_about(triage(None, messages).intent, messages)
}

/// As [`summarize`], of a case whose intent is known.
#[must_use]
pub fn summarize_about(intent: Intent, messages: &[&str]) -> Summary {
    let lines: Vec<&str> =
        messages.iter().flat_map(|text| sentences(text)).take(SENTENCES_READ).collect();
    let matching = |list: &'static str| {
        lines
            .iter()
            .filter(move |line| first(list, &plain(line)).is_some())
            .map(|line| cut(line, LINE_CHARS))
    };
    let title = title(&lines);
    let problem = problem(messages);
    let tried: Vec<String> = matching(TRIED).take(MOST_TRIED).collect();
    let expected = matching(EXPECTED).next();
    let impact = matching(IMPACT).next();
    let known = Known {
        when: matching(WHEN).next().is_some(),
        number: lines.iter().any(|line| line.contains(|c: char| c.is_ascii_digit())),
        expected: expected.is_some(),
        impact: impact.is_some(),
        tried: !tried.is_empty(),
        words: title != NO_WORDS,
    };
    let open_questions = open_questions(intent, &known);
    Summary { title, problem, tried, expected, impact, open_questions, extra: Default::default() }
}

/// The first sentence that says something; a bare greeting only if there is no other.
fn title(lines: &[&str]) -> String {
    let said = |line: &&&str| {
        let rest = without_greeting(line);
        rest.chars().filter(|c| is_word_char(*c)).count() > 3
    };
    let Some(line) = lines.iter().find(said) else {
        return lines.first().map_or_else(|| NO_WORDS.to_owned(), |line| cut(line, TITLE_CHARS));
    };
    let title = cut(without_greeting(line), TITLE_CHARS);
    if title.is_empty() { NO_WORDS.to_owned() } else { title }
}

fn problem(messages: &[&str]) -> String {
    let mut joined = String::new();
    for text in messages {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if !joined.is_empty() {
            joined.push('\n');
        }
        joined.extend(text.chars().take(PROBLEM_CHARS + 1));
        if joined.chars().count() > PROBLEM_CHARS {
            let kept: String = joined.chars().take(PROBLEM_CHARS - 1).collect();
            return kept + "…";
        }
    }
    joined
}

struct Known {
    when: bool,
    number: bool,
    expected: bool,
    impact: bool,
    tried: bool,
    words: bool,
}

fn open_questions(intent: Intent, known: &Known) -> Vec<String> {
    let since = ("Since when does it happen?", known.when);
    let who = ("Who is affected?", known.impact);
    let expected = ("What was expected instead?", known.expected);
    let tried = ("What was tried already?", known.tried);
    let asked: &[(&str, bool)] = &match intent {
        Intent::Bug => vec![expected, since, who, tried],
        Intent::Integration => vec![since, expected, tried],
        Intent::Outage => vec![since, who],
        Intent::Security => {
            vec![("When was it noticed?", known.when), ("Is it still going on?", false)]
        }
        Intent::PrivacyLegal => vec![("By when is an answer due?", known.when || known.number)],
        Intent::Refund => vec![
            ("Which charge, and how much?", known.number),
            ("When was it taken?", known.when || known.number),
        ],
        Intent::Billing => vec![("Which invoice or payment?", known.number)],
        Intent::Access => vec![since, tried],
        Intent::Cancel => vec![("From which day?", known.when || known.number)],
        Intent::Other => vec![("What is it about?", false)],
        Intent::AccountChange | Intent::FeatureRequest | Intent::HowTo | Intent::Feedback => {
            Vec::new()
        }
    };
    if !known.words {
        return vec!["What is it about?".to_owned()];
    }
    asked.iter().filter(|(_, answered)| !answered).map(|(text, _)| (*text).to_owned()).collect()
}
