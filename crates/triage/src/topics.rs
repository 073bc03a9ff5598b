//! Sensitive subjects, by what the model scored and by phrases that must not be
//! missed. Lists are written as in `phrases`.

use baton_packet::{CustomerState, Intent, Topic};

use crate::phrases::first;

pub(crate) const SECURITY: &str = "hacked|a hacker|hackers|compromised|phish*|leaked|vulnerabilit*|xss|sql injection|\
data breach|stolen laptop|laptop stolen|phone stolen|was stolen|got stolen|api key in a public|\
public repo*|someone is in my account|someone elses account|not my account|unknown login|\
gehackt|phishing|datenleck|piraté*|piratage|hackead*|hackearon|violato|violata|hackerat*|włama*|\
乗っ取*|不正アクセス|被盗|泄露|黑客|اختراق|*مخترق|हैक";
pub(crate) const LEGAL: &str = "lawyer*|attorney*|solicitor*|legal action|legal team|our legal|our counsel|sue you|\
suing|lawsuit|in court|small claims|breach of contract|regulator*|ombudsman|subpoena|cease and desist|\
liability|liable|trading standards|consumer protection|court order|takedown|take down notice|\
copyright|dmca|contract says|in breach|anwalt*|rechtsanwalt|klage|gericht|abmahnung|\
avocat*|tribunal|mise en demeure|abogad*|demanda|advogad*|processo judicial|procon|avvocat*|diffida|\
advocaat|juridische stappen|prawnik*|sąd|sądu|pozew|avukat*|dava|弁護士|訴訟|法的|律师|起诉|法院|*محام*|*قانون*|\
वकील|अदालत";
pub(crate) const PRIVACY: &str = "gdpr|ccpa|hipaa|personal data|my data deleted|erase my|erase all|erase everything|\
right to be forgotten|data subject|subject access|data protection|privacy|dpa|\
data processing|subprocessor*|sub processor*|data residency|where is our data stored|\
dsgvo|datenschutz*|personenbezogen*|rgpd|données personnelles|datos personales|protección de datos|lgpd|\
dados pessoais|dati personali|persoonsgegevens|avg verzoek|rodo|dane osobowe|danych osobowych|kvkk|\
kişisel veri*|個人情報|个人信息|隐私|*البيانات الشخصية|*بياناتي|व्यक्तिगत डेटा|निजी डेटा";
/// What others must not see is private, too.
const OTHERS_DATA: &str = "another company|other company*|another customer*|other customer*|another firm*|\
someone elses|somebody elses|other peoples|another tenant*|another patient*|other patient*|\
wrong customer*|strangers data|not ours";
pub(crate) const BILLING_EXCEPTION: &str = "waive*|waiver|goodwill|good will|exception|one off credit|\
one time credit|just this once|as a courtesy|courtesy credit|outside the policy|outside of policy|\
past the refund window|after the refund window|past the 30 days|outside the terms|hardship|partial credit|\
prorated refund|credit us|credit for the down*|kulanz|ausnahme|geste commercial|exceptionnel*|\
excepción|excepcion|cortesía|exceção|cortesia|eccezione|buona volontà|uitzondering|coulance|wyjątek|\
wyjątkowo|istisna|一次だけ|特例|例外|特批|破例|通融|*استثناء|अपवाद|एक बार छूट";
const ACCESS_DISPUTE: &str = "removed me from|kicked me out|threw me out|kicked us out|took over our account|locked me out of my own|\
locked me out of the company|took me off|ex partner|cofounder removed|cofounder locked|cofounder kicked|co founder removed|business partner removed|business partner locked|appeal the ban|appeal the suspension|\
former employee|ex employee|former partner|previous owner|refuses to hand|refuses to give|\
wont hand over|who owns the account|ownership dispute|disputed ownership|rightful owner|\
removed as owner|removed as admin|took my admin|stripped my|revoked my access|ex husband|ex wife|\
rausgeworfen|mitgründer|ehemaliger mitarbeiter|ancien associé|mon associé|exclu|antiguo socio|mi socio|\
me expulsó|ex sócio|meu sócio|ex socio|mio socio|compagnon heeft|oud medewerker|wspólnik*|ortağım|\
共同創業者|外され|合伙人|前员工|*شريكي|साझेदार";
pub(crate) const CHURN: &str = "cancel my subscription|cancel our subscription|cancel my plan|cancel our plan|\
switching to|moving to a competitor|going with another|going with a different|a competitor|\
closing my account|close my account|close our account|leaving for|we are leaving|were leaving|\
im leaving|im done with you|not renewing|wont renew|will not renew|dont renew|take our business|\
kündig*|wechseln zu|zur konkurrenz|résili*|concurrent|cancelar mi|darme de baja|competencia|\
cancelar minha|concorrente|disdett*|disdire|concorrenza|opzeggen|concurrent|wypowiedz*|konkurencj*|\
aboneliğimi iptal|rakip*|解約|退会|乗り換え|退订|注销账户|竞品|*إلغاء الاشتراك|*المنافس|रद्द कर";
pub(crate) const DATA_LOSS: &str = "data loss|lost all|lost our|lost my work|lost everything|lost my data|\
everything is gone|all gone|is all gone|are all gone|are gone|is gone|has vanished|have vanished|\
vanished|disappeared|wiped|erased our|deleted all our|emptied our|no backup*|overwritten|\
restore a backup|restore our data|missing records|alles weg|sind weg|verschwunden|datenverlust|gelöscht worden|\
disparu*|perdu tout*|desaparec*|perdimos|perdí todo|sumiram|sumiu|perdemos|spariti|sparito|sparite|\
perso tutto|verdwenen|kwijt|znikn*|przepad*|kaybold*|silinmiş|消え|消失|丢了|不见了|没了|*اختف*|*ضاع*|गायब|डिलीट हो";
pub(crate) const OUTAGE: &str = "is down|are down|went down|completely down|outage|nobody can log in|\
nobody can open|no one can access|nothing loads|nothing works|502|503|504|status page|whole site|\
entire site|störung|ausgefallen|en panne|caído|caida|fora do ar|non funziona nulla|plat ligt|ligt plat|\
nie działa nic|çöktü|落ちて|障害|宕机|挂了|崩了|*معطل|डाउन|ठप";

/// Probability of a subject of which a phrase was found.
const BY_PHRASE: f64 = 0.85;

/// Least probability of the subject of the chosen intent.
const BY_CHOICE: f64 = 0.5;

/// What the model said that bears on the topics.
pub(crate) struct Scored<'a> {
    /// Probabilities by place in [`Intent::ALL`].
    pub intent: &'a [f64],
    /// Probabilities by place in [`CustomerState::ALL`].
    pub state: &'a [f64],
    /// The intent that was chosen.
    pub chosen: Intent,
}

impl Scored<'_> {
    /// Of an intent; at least [`BY_CHOICE`] if it was chosen.
    fn intent(&self, intent: Intent) -> f64 {
        let own = self.intent.get(intent as usize).copied().unwrap_or(0.0);
        if intent == self.chosen { own.max(BY_CHOICE) } else { own }
    }

    fn leaving(&self) -> f64 {
        let state = self.state.get(CustomerState::ChurnRisk as usize).copied().unwrap_or(0.0);
        state.max(self.intent(Intent::Cancel))
    }
}

/// The lists of the topics in the order of [`Topic::ALL`], and what others must
/// not see. A model has the same lists, as its first ones.
pub const LISTS: [&str; 9] = [
    SECURITY,
    LEGAL,
    PRIVACY,
    BILLING_EXCEPTION,
    ACCESS_DISPUTE,
    CHURN,
    DATA_LOSS,
    OUTAGE,
    OTHERS_DATA,
];
/// Place of the list that is no topic's.
const OTHERS: usize = 8;

/// Which lists a text has a phrase of. The text is one made by
/// [`crate::phrases::plain`].
pub(crate) fn found(text: &str) -> [Option<String>; LISTS.len()] {
    LISTS.map(|list| first(list, text).map(str::to_owned))
}

/// The probability of a topic by rule, from the phrases that were found.
pub(crate) fn topic(
    topic: Topic,
    found: &[Option<String>; LISTS.len()],
    scored: &Scored<'_>,
) -> f64 {
    // Of the two subjects of that intent, personal data is the usual one.
    let privacy = match scored.intent(Intent::PrivacyLegal) {
        likely if found[Topic::Legal as usize].is_some() => 0.5 * likely,
        likely => likely,
    };
    // Some words only mean the subject where the model does not see another.
    let (learned, alone) = match topic {
        Topic::Security => (scored.intent(Intent::Security), true),
        Topic::Legal => (0.3 * scored.intent(Intent::PrivacyLegal), true),
        Topic::Privacy => (privacy, true),
        Topic::BillingException => (0.4 * scored.intent(Intent::Refund), true),
        Topic::AccessDispute => (0.0, true),
        Topic::Churn => (scored.leaving(), false),
        Topic::DataLoss => (0.0, scored.intent(Intent::Bug) > 0.15),
        Topic::Outage => (scored.intent(Intent::Outage), false),
    };
    let by_phrase = match found[topic as usize] {
        Some(_) if alone => BY_PHRASE,
        Some(_) if topic == Topic::DataLoss => 0.35,
        Some(_) => 0.5 * learned + 0.4,
        None => 0.0,
    };
    let others = topic == Topic::Privacy
        && scored.intent(Intent::Security) >= BY_CHOICE
        && found[OTHERS].is_some();
    let by_others = if others { 0.7 } else { 0.0 };
    by_phrase.max(learned).max(by_others)
}
