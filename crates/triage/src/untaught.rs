//! What the rules alone say of a message, for as long as there is no model: a
//! few phrases that are sure of an intent, and otherwise what is usual. Lists
//! are written as in `phrases`.

use baton_packet::{CustomerState, Intent, Urgency};

use crate::{
    model::{INTENT, STATE, Scores, URGENCY, WANTS_HUMAN},
    phrases::Scored,
    topics::{BILLING_EXCEPTION, CHURN, DATA_LOSS, LEGAL, OUTAGE, PRIVACY, SECURITY},
};

const REFUND: &str = "refund*|money back|charged twice|double charge*|erstattung|geld zurück|\
rembours*|reembols*|estorno|rimbors*|terugbetal*|zwrot*|iade|返金|退款|*استرداد|रिफंड";
const BUG: &str = "crash*|error|bug|broken|doesnt work|does not work|not working|stopped working|fails|\
freezes|nothing happens|fehler|funktioniert nicht|erreur|ne marche pas|no funciona|não funciona|\
non funziona|werkt niet|nie działa|çalışmıyor|エラー|动不|报错|*خطأ|*لا يعمل|त्रुटि";
const ACCESS: &str = "password|cant log in|cannot log in|locked out|passwort|mot de passe|contraseña|\
senha|wachtwoord|hasł*|şifre*|パスワード|密码|*كلمة المرور|पासवर्ड";

/// The lists, with the intent they speak for and the score of a phrase.
const LISTS: [(Intent, f32, &str); 10] = [
    (Intent::Security, 2.4, SECURITY),
    (Intent::PrivacyLegal, 2.4, LEGAL),
    (Intent::PrivacyLegal, 2.4, PRIVACY),
    (Intent::Refund, 2.4, REFUND),
    (Intent::Refund, 1.2, BILLING_EXCEPTION),
    (Intent::Access, 2.0, ACCESS),
    (Intent::Cancel, 2.0, CHURN),
    (Intent::Outage, 2.0, OUTAGE),
    (Intent::Bug, 2.0, BUG),
    (Intent::Bug, 1.2, DATA_LOSS),
];

/// Scores of a text that says nothing: nobody is in a hurry, upset or asking for
/// a person, and what it is about is not known.
pub(crate) fn bias() -> Scores {
    let mut bias = Scores::default();
    bias[INTENT.start + Intent::Other as usize] = 0.5;
    bias[URGENCY.start + Urgency::Normal as usize] = 1.0;
    bias[STATE.start + CustomerState::Neutral as usize] = 2.0;
    bias[WANTS_HUMAN] = -4.0;
    bias
}

/// The lists of phrases that score.
pub(crate) fn lists() -> impl Iterator<Item = Scored<'static>> {
    LISTS.iter().map(|(intent, score, list)| Scored {
        answer: INTENT.start + *intent as usize,
        score: *score,
        list,
    })
}
