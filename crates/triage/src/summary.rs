//! The case in a few lines, in the customer's own words: nothing is invented,
//! and each line says where it was written.

use baton_packet::{Excerpt, FactKind, Intent, Source, Summary};

use crate::{
    Facts, extract,
    facts::Chars,
    mail::{offset, own, without_closing},
    phrases::{first, plain},
    sentences::{cut, is_machine, sentences, without_greeting},
    triage::triage,
    wish::{Wish, wish},
    words::is_word_char,
};

/// Longest title, in characters.
const TITLE_CHARS: usize = 120;
/// Longest problem, in characters. What is longer is told by its sentences that
/// say most.
const PROBLEM_CHARS: usize = 600;
/// Longest extracted sentence, in characters.
const LINE_CHARS: usize = 300;
/// Most sentences told of what was tried.
const MOST_TRIED: usize = 5;
/// Most sentences that are looked at.
const SENTENCES_READ: usize = 400;
/// The title where the customer wrote nothing that could be one.
const NO_WORDS: &str = "No description given";

const TRIED: &str = "i tried|ive tried|weve tried|we tried|i have tried|already tried|tried to|tried a|tried both|tried it|tried again|tried all|tried every*|\
tried another|tried different|i have looked|ive looked|i looked in|looked everywhere|ive checked|i checked|already checked|i already|i have checked|weve checked|ive changed my|ive clicked through|i counted|ive done the|i did the|ive replied|i swapped|ive asked|tried in|tried with|tried from|tried the|tried on|tried clear*|tried re*|i cleared|cleared my|cleared the|cleared cookies|cleared cache|\
i restarted|restarted|rebooted|reinstalled|i reset|i reloaded|refreshed|hard refresh|logged out and|\
signed out and|another browser|different browser|incognito|private window|checked my spam|checked spam|turned it off|\
switched it off|even after|habe schon|schon versucht|schon probiert|neu gestartet|cache geleert|anderen browser|\
déjà essayé|jai essayé|vidé le cache|redémarré|autre navigateur|ya probé|he probado|ya intenté|reinicié|otro navegador|já tentei|\
tentei|reiniciei|outro navegador|ho provato|già provato|riavviato|altro browser|al geprobeerd|heb geprobeerd|herstart|andere browser|próbowałem|próbowałam|\
wyczyściłem|wyczyściłam|denedim|試しました|試した|再起動|试过|试了|重启|清除缓存|换了浏览器|جربت|حاولت|أعدت تشغيل|कोशिश की|करके देखा";
const IMPACT: &str = "blocked|blocking|cant work|cannot work|cant do any*|losing money|losing sales|losing customers|deadline|payroll|production|\
our customers|our clients|our staff|whole school|standing still|is waiting|are waiting|have to send|goes live|go live|audit|\
bloqué*|bloquead*|bloccat*|stillstand|steht still|業務が止|无法工作|影响业务|काम रुक*";
const NOW: &str = "immediately|right away|right now|at once|end of the month|end of this month|next renewal|as soon as possible|asap|\
sofort|monatsende|ende des monats|immédiatement|fin du mois|inmediatamente|fin de mes|imediatamente|fim do mês|subito|fine mese|per direct|einde van de maand|natychmiast";
/// What tells that it goes on.
const GOING_ON: &str = "still|right now|at this moment|as we speak|keeps|every minute|is in my account|immer noch|gerade|toujours|encore|todavía|sigue|ainda|ancora|nog steeds|nadal|wciąż|まだ|还在|还能|لا يزال|لسه|अभी भी";
/// What tells that something is wrong or wanted.
const TELLING: &str = "cant|cannot|could not|couldnt|doesnt|does not|didnt|dont work|wont|not working|isnt|arent|error*|fail*|broken|crash*|wrong|missing|\
empty|gone|lost|stuck|blank|hung|unavailable|it says|took|taken|sideways|suspended|forgot|renewal|frozen|slow|down|charged|charge|invoice|refund|cancel*|delete|close|locked|password|login|log in|access|hacked|\
please|need|want|would like|how do|how can|how to|where|can you|could you|can i|is there|why|stopped|keeps|never|nothing|still|blocked|billed|\
kann nicht|geht nicht|funktioniert|fehler*|bitte|brauche|möchte|wie|wo|warum|impossible|erreur|ne marche|ne fonctionne|besoin|comment|pourquoi|voudrais|\
no puedo|no funciona|error|necesito|quiero|cómo|não consigo|não funciona|preciso|quero|como|non riesco|non funziona|vorrei|come|kan niet|werkt niet|\
hoe|wil|nie mogę|nie działa|proszę|jak|できません|できない|エラー|不能|无法|怎么|خطأ|لا أستطيع|كيف|नहीं|कैसे";
/// What leads up to it.
const LEADING: &str = "i hope|hope you|hope this|hope youre|hope all|we have been|weve been|ive been a|i have been a|been a customer|long time|love|first of all|let me|\
just wanted|i wanted to|i am writing|im writing|writing to|sorry to|not sure if|dont know if|quick question|quick one|quick story|daydream|question from|as you know|following up|my name is|this is|here is|see below|\
thanks|thank you|good morning|i know youre|i know the|i know its|bear with|so basically|ich hoffe|mein name|jespère|je mappelle|espero|me llamo|meu nome|spero|mi chiamo|\
guten tag|お世話|いつも";

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
    summarize_with(intent, messages, &extract(messages, &[]))
}

/// As [`summarize_about`], with the facts as [`extract`] found them: what they
/// answer is not asked again.
#[must_use]
pub fn summarize_with(intent: Intent, messages: &[&str], facts: &Facts) -> Summary {
    let mut sum = Summing { messages, lines: lines(messages), summary: Summary::default() };
    sum.title(facts);
    sum.problem();
    let mut tried = 0;
    for at in 0..sum.lines.len() {
        if tried < MOST_TRIED && sum.says(at, TRIED) {
            let text = sum.tell(["/tried/", &tried.to_string()].concat(), at);
            sum.summary.tried.push(text);
            tried += 1;
        }
    }
    if let Some(at) = sum.line_of(facts, FactKind::Expected) {
        sum.summary.expected = Some(sum.tell("/expected".to_owned(), at));
    }
    let hit = sum.line_of(facts, FactKind::PeopleAffected);
    if let Some(at) = hit.or_else(|| (0..sum.lines.len()).find(|at| sum.says(*at, IMPACT))) {
        sum.summary.impact = Some(sum.tell("/impact".to_owned(), at));
    }
    let told = |list| (0..sum.lines.len()).any(|at| sum.says(at, list));
    let said = Said {
        now: told(NOW),
        going_on: told(GOING_ON),
        number: sum.lines.iter().any(|line| line.text.contains(|c: char| c.is_ascii_digit())),
    };
    let mut summary = sum.summary;
    summary.open_questions = open_questions(intent, &summary, facts, &said);
    summary.facts = facts.all().to_vec();
    summary
}

/// A sentence of the customer's own.
struct Line<'a> {
    message: usize,
    text: &'a str,
    /// Code, a trace, a log: pasted, not written.
    machine: bool,
}

fn lines<'a>(messages: &[&'a str]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for (message, text) in messages.iter().enumerate() {
        for text in own(text).flat_map(|own| sentences(without_closing(own))) {
            if lines.len() < SENTENCES_READ {
                lines.push(Line { message, text, machine: is_machine(text) });
            }
        }
    }
    lines
}

struct Summing<'m, 'a> {
    messages: &'m [&'a str],
    lines: Vec<Line<'a>>,
    summary: Summary,
}

impl Summing<'_, '_> {
    fn says(&self, at: usize, list: &str) -> bool {
        let line = &self.lines[at];
        !line.machine && first(list, &plain(line.text)).is_some()
    }

    /// The sentence, cut to a line, with a note of where it is from.
    fn tell(&mut self, line: String, at: usize) -> String {
        self.note(line, self.lines[at].message, self.lines[at].text);
        cut(self.lines[at].text, LINE_CHARS)
    }

    fn note(&mut self, line: String, message: usize, said: &str) {
        let text = self.messages[message];
        let start = Chars::new(text).before(offset(text, said));
        let end = start + said.chars().count() as u32;
        let at = Excerpt { message: message as u32, start, end };
        self.summary.sources.push(Source { line, at, extra: Default::default() });
    }

    /// The sentence in which a fact of the kind was said first.
    fn line_of(&self, facts: &Facts, kind: FactKind) -> Option<usize> {
        let fact = facts.of(kind).next()?;
        let message = fact.at.message as usize;
        let text = *self.messages.get(message)?;
        let place = text.char_indices().nth(fact.at.start as usize)?.0;
        self.lines.iter().position(|line| {
            let start = offset(text, line.text);
            line.message == message && start <= place && place < start + line.text.len()
        })
    }

    /// How much a sentence says of the case.
    fn weight(&self, at: usize) -> i32 {
        let line = &self.lines[at];
        let said = without_greeting(line.text);
        let letters = said.chars().filter(|c| is_word_char(*c)).count();
        if letters <= 3 {
            return -9;
        }
        let plain = plain(said);
        let words = plain.split(' ').count() - 2;
        let telling = first(TELLING, &plain).is_some();
        // Whom somebody wants to speak to is told elsewhere.
        let asks = matches!(wish(&plain), Wish::Asked(_));
        let mut weight = if telling { 3 } else { 0 } - if asks { 5 } else { 0 };
        weight -= if first(LEADING, &plain).is_some() { 2 } else { 0 };
        weight -= i32::from(words < 3 && letters < 12) + i32::from(words > 35);
        weight -= i32::from(words < 6 && !telling && line.text.is_ascii());
        weight - if line.machine { 12 } else { 0 }
    }

    /// The first sentence, or a later one that says clearly more; a bare greeting
    /// or pasted code only if there is nothing else.
    fn title(&mut self, facts: &Facts) {
        let mut best: Option<(usize, i32)> = None;
        // People come to the point within some sentences.
        for at in 0..self.lines.len().min(60) {
            let later = best.is_some();
            let weight = self.weight(at) - if later { 2 } else { 0 };
            if best.is_none_or(|(_, most)| weight > most + i32::from(later)) {
                best = Some((at, weight + if later { 2 } else { 0 }));
            }
        }
        let Some((at, _)) = best else {
            self.summary.title = NO_WORDS.to_owned();
            return;
        };
        let line = &self.lines[at];
        let bare = without_greeting(line.text);
        let mut said = if bare.is_empty() { line.text } else { bare };
        // Of nothing but a trace, what it says.
        let told = facts.of(FactKind::ErrorMessage).chain(facts.of(FactKind::ErrorCode)).next();
        if let (true, Some(fact)) = (line.machine, told) {
            said = within(self.messages, fact.at).unwrap_or(said);
        }
        self.note("/title".to_owned(), line.message, said);
        self.summary.title = cut(said, TITLE_CHARS);
    }

    /// What was written without politeness and but one line of what was pasted, if
    /// that is short; else what says most, in order.
    fn problem(&mut self) {
        let mut weights: Vec<i32> = (0..self.lines.len()).map(|at| self.weight(at)).collect();
        if let Some(pasted) = self.lines.iter().position(|line| line.machine) {
            weights[pasted] += 12;
        }
        let most = weights.iter().copied().max().unwrap_or(0);
        let mut chosen: Vec<usize> =
            (0..weights.len()).filter(|at| weights[*at] > (-2).min(most - 1)).collect();
        let length = |line: &Line<'_>| line.text.chars().count().min(LINE_CHARS) + 3;
        let mut total: usize = chosen.iter().map(|at| length(&self.lines[*at])).sum();
        // The weakest go first, of equals the last.
        while total > PROBLEM_CHARS && chosen.len() > 1 {
            let mut weakest = 0;
            for place in 1..chosen.len() {
                if weights[chosen[place]] <= weights[chosen[weakest]] {
                    weakest = place;
                }
            }
            total -= length(&self.lines[chosen.remove(weakest)]);
        }
        let mut problem = String::new();
        let mut last: Option<usize> = None;
        for at in chosen {
            if let Some(last) = last {
                let same = self.lines[last].message == self.lines[at].message;
                problem.push_str(if last + 1 != at {
                    " … "
                } else if same {
                    " "
                } else {
                    "\n"
                });
            }
            let line = &self.lines[at];
            problem.push_str(&cut(without_greeting(line.text), LINE_CHARS));
            self.note("/problem".to_owned(), self.lines[at].message, self.lines[at].text);
            last = Some(at);
        }
        if problem.is_empty() {
            problem =
                self.lines.first().map_or_else(String::new, |line| cut(line.text, LINE_CHARS));
        }
        self.summary.problem = problem;
    }
}

/// The words at a place.
fn within<'a>(messages: &[&'a str], at: Excerpt) -> Option<&'a str> {
    let text = messages.get(at.message as usize)?;
    let mut places = text.char_indices().map(|(place, _)| place).chain([text.len()]);
    let start = places.nth(at.start as usize)?;
    let end = if at.end > at.start { places.nth((at.end - at.start - 1) as usize)? } else { start };
    text.get(start..end)
}

/// What the words answer without naming a fact.
struct Said {
    now: bool,
    going_on: bool,
    number: bool,
}

fn open_questions(intent: Intent, summary: &Summary, facts: &Facts, said: &Said) -> Vec<String> {
    if summary.title == NO_WORDS {
        return vec!["What is it about?".to_owned()];
    }
    let has = |kinds: &[FactKind]| kinds.iter().any(|kind| facts.has(*kind));
    let when = has(&[FactKind::Since, FactKind::Date]);
    let charge = has(&[FactKind::Amount, FactKind::InvoiceId, FactKind::OrderId]) || said.number;
    let since = ("Since when does it happen?", when);
    let who = ("Who is affected?", summary.impact.is_some());
    let expected = ("What was expected instead?", has(&[FactKind::Expected, FactKind::Actual]));
    let tried = ("What was tried already?", !summary.tried.is_empty());
    let asked: &[(&str, bool)] = &match intent {
        Intent::Bug => vec![expected, since, who, tried],
        Intent::Integration => vec![since, expected, tried],
        Intent::Outage => vec![since, who],
        Intent::Security => {
            vec![("When was it noticed?", when), ("Is it still going on?", said.going_on)]
        }
        Intent::PrivacyLegal => vec![("By when is an answer due?", when)],
        Intent::Refund => {
            vec![("Which charge, and how much?", charge), ("When was it taken?", when)]
        }
        Intent::Billing => vec![("Which invoice or payment?", charge || when)],
        Intent::Access => vec![since, tried],
        Intent::Cancel => vec![("From which day?", when || said.now)],
        Intent::Other => vec![("What is it about?", has(&[FactKind::ProductArea]))],
        Intent::AccountChange | Intent::FeatureRequest | Intent::HowTo | Intent::Feedback => {
            Vec::new()
        }
    };
    asked.iter().filter(|(_, answered)| !answered).map(|(text, _)| (*text).to_owned()).collect()
}
