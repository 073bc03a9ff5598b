//! Words and phrases that mean the same. Articles and questions are read alike: a
//! phrase of a group counts as the group's own term beside its words.

use std::borrow::Cow;

use super::article::limits;
use super::language::Language;
use super::stem::stem;
use super::words::words;

/// A phrase as stems, and its group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase {
    pub words: Vec<String>,
    pub group: u16,
}

/// All phrases of a language, sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Phrases(Vec<Phrase>);

/// Words of a phrase at most.
const LONGEST: usize = 4;
/// Small words that may stand between two words of a phrase: `reset [my] password`.
const BETWEEN: usize = 2;

/// The term that stands for a group. No word begins so.
pub(crate) fn group_name(group: u16) -> String {
    let mut name = String::from("\u{1}");
    name.extend(char::from_u32(0x100 + u32::from(group)));
    name
}

impl Phrases {
    pub(crate) fn new(language: Language, own: &[Vec<String>]) -> Self {
        let mut phrases = Self::default();
        let shipped = shipped(language).lines().map(|line| line.split('|'));
        let mut groups = 0;
        for group in shipped {
            phrases.add(group, groups, language);
            groups += 1;
        }
        for group in own.iter().take(limits::SYNONYMS) {
            phrases.add(group.iter().map(String::as_str), groups, language);
            groups += 1;
        }
        phrases.0.sort_unstable();
        phrases.0.dedup();
        phrases
    }

    fn add<'a>(&mut self, group: impl Iterator<Item = &'a str>, number: u16, language: Language) {
        for phrase in group {
            let mut stems = Vec::new();
            words(phrase, &mut |word, _| {
                stems.push(stem(word, language));
                stems.len() <= LONGEST
            });
            if (1..=LONGEST).contains(&stems.len()) {
                self.0.push(Phrase { words: stems, group: number });
            }
        }
    }

    /// The phrases of these groups.
    pub(crate) fn of(&self, groups: &[u16]) -> Self {
        Self(self.0.iter().filter(|phrase| groups.contains(&phrase.group)).cloned().collect())
    }

    pub(crate) fn first_words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|phrase| &*phrase.words[0])
    }

    /// Whether a phrase has this word.
    pub(crate) fn hold(&self, stem: &str) -> bool {
        self.0.iter().any(|phrase| phrase.words.iter().any(|word| *word == stem))
    }

    pub(crate) fn begins(&self, stem: &str) -> bool {
        !self.beginning(stem).is_empty()
    }

    fn beginning(&self, stem: &str) -> &[Phrase] {
        let start = self.0.partition_point(|phrase| *phrase.words[0] < *stem);
        let end = self.0.partition_point(|phrase| *phrase.words[0] <= *stem);
        &self.0[start..end]
    }

    /// The longest phrase that begins with word `at` of a text, once for each of its
    /// groups, and the word after its last.
    pub(crate) fn longest(&self, at: usize, told: &Told<'_>) -> Option<(&[Phrase], usize)> {
        let (first, _) = told(at)?;
        let phrases = self.beginning(&first);
        let mut best: Option<(Range, usize)> = None;
        for (place, phrase) in phrases.iter().enumerate() {
            if let Some((range, _)) = &mut best
                && phrases[range.start].words == phrase.words
            {
                range.end = place + 1;
                continue;
            }
            let Some(end) = end_of(&phrase.words, at, told) else { continue };
            let longer = best
                .as_ref()
                .is_none_or(|(range, _)| phrases[range.start].words.len() < phrase.words.len());
            if longer {
                best = Some((place..place + 1, end));
            }
        }
        best.map(|(range, end)| (&phrases[range], end))
    }
}

type Range = std::ops::Range<usize>;

/// The stem of a word of a text, and whether it is a small one.
pub(crate) type Told<'a> = dyn Fn(usize) -> Option<(Cow<'a, str>, bool)> + 'a;

fn end_of(phrase: &[String], at: usize, told: &Told<'_>) -> Option<usize> {
    let mut next = at + 1;
    for wanted in &phrase[1..] {
        let mut passed = 0;
        loop {
            let (stem, is_small) = told(next)?;
            next += 1;
            if stem == *wanted {
                break;
            }
            passed += 1;
            if !is_small || passed > BETWEEN {
                return None;
            }
        }
    }
    Some(next)
}

/// What customers and help centres call the same thing, a group a line.
fn shipped(language: Language) -> &'static str {
    match language {
        Language::En => ENGLISH,
        Language::De => GERMAN,
        Language::Fr => FRENCH,
        Language::Es => SPANISH,
        _ => "",
    }
}

const ENGLISH: &str = "\
sign in|log in|login|log on|logon|log into|sign into|logging on
sign out|log out|logout|sign off|log off
sign up|register|registration|create account|open account|new account
reset password|forgot password|forgotten password|forget password|lost password|change password|recover password|new password|lost my password|remember password
two factor|two step|2fa|mfa|authenticator|multi factor|second factor|verification code|one time code
single sign on|sso|saml
delete|remove|erase|get rid of|take away|take out
cancel|terminate|unsubscribe|end subscription|stop subscription|close account|quit
refund|money back|reimburse|reimbursement|give back
invoice|bill|receipt
pay|payment|charge
credit card|debit card|card|payment method|visa|mastercard
plan|subscription|tier|package
upgrade|move up|bigger plan|higher plan|switch plan|change plan|downgrade|lower plan|smaller plan|cheaper plan
price|pricing|cost|how much|fee|expensive
free trial|trial|test period|try for free
discount|coupon|voucher|promo code|promotion code
member|colleague|teammate|coworker|co worker|team member|employee|staff|user
invite|invitation|add user|add people|add member|add colleague|add person|bring in
role|permission|access right|access level|privilege|rights
owner|ownership|transfer ownership|hand over account
export|download|save as|extract
import|upload|bring over|load
email|e mail|mail address
notification|alert|reminder|notify|remind
mobile|phone|iphone|android|ios|ipad|tablet|smartphone|app store
api key|api token|access token|secret key|token|api credentials
webhook|callback
integration|integrate|connect|connector|link with|hook up|sync
dark mode|dark theme|night mode
language|locale|translation
time zone|timezone|wrong time
currency|euro|dollar|pound|foreign currency
tax|vat|gst|sales tax
backup|back up|restore|recover|undelete|bring back|undo delete
duplicate|copy|clone
archive|archived|close project|put away
share|sharing|public link|shared link|guest
template|preset|boilerplate
recurring|repeat|repeating|every month|automatically
overdue|late payment|unpaid|outstanding|not paid|dunning
browser|chrome|firefox|safari
shortcut|hotkey|keyboard
privacy|gdpr|data protection|personal data
security log|audit log|audit trail|activity log|history
limit|maximum|quota|how many|cap
logo|branding|brand|colours|colors
attachment|file|document
track time|time tracking|timesheet|log hours|hours|timer
estimate|quote|quotation|proposal
edit|change|modify|update|amend|correct|rename|alter
create|new|make|set up|setup|start|begin
turn on|enable|activate|switch on
turn off|disable|deactivate|switch off|mute
search|find|look for|look up|filter
customer|client
report|chart|dashboard|statistics|analytics
";

const GERMAN: &str = "\
anmelden|einloggen|login|anmeldung|einwählen
abmelden|ausloggen|logout
registrieren|konto anlegen|konto erstellen
passwort|kennwort|zugangsdaten
passwort vergessen|passwort zurücksetzen|kennwort vergessen|passwort ändern|neues passwort|neues kennwort|kennwort zurücksetzen
kündigen|kündigung|abbestellen|beenden|stornieren|abo beenden
rechnung|faktura|beleg
erstatten|erstattung|rückerstattung|geld zurück
zahlung|bezahlen|zahlen|zahlungsart|zahlungsmittel
kreditkarte|karte|zahlungsmittel|zahlungsart
tarif|abo|abonnement|paket|plan
einladen|einladung|hinzufügen|mitglied hinzufügen
mitglied|kollege|kollegin|mitarbeiter|nutzer|benutzer
rolle|berechtigung|rechte|zugriffsrechte
löschen|entfernen
exportieren|export|herunterladen|download
importieren|import|hochladen|upload
ändern|bearbeiten|anpassen|umstellen
erstellen|anlegen|neu|neue
einschalten|aktivieren
ausschalten|deaktivieren
benachrichtigung|mitteilung|erinnerung
handy|smartphone|mobil|app|iphone|android
steuer|mehrwertsteuer|mwst|umsatzsteuer|ust
datenschutz|dsgvo|personenbezogene daten
zwei faktor|2fa|bestätigungscode
preis|kosten|kostet|teuer
";

const FRENCH: &str = "\
se connecter|connexion|identifier|connecter
mot de passe|identifiants
mot de passe oublié|réinitialiser mot de passe|changer mot de passe|nouveau mot de passe
résilier|résiliation|annuler|arrêter
facture|reçu|justificatif
rembourser|remboursement
paiement|payer|règlement|régler
carte bancaire|carte de crédit|moyen de paiement|carte bleue
abonnement|forfait|formule|offre
inviter|invitation|ajouter
membre|collègue|utilisateur|collaborateur
supprimer|effacer|enlever|retirer
exporter|télécharger|export
importer|import
modifier|changer|éditer
créer|nouvelle|nouveau|faire
activer|désactiver
tva|taxe|impôt
prix|tarif|coût|combien
";

const SPANISH: &str = "\
iniciar sesión|entrar|acceder|inicio de sesión
contraseña olvidada|restablecer contraseña|olvidé contraseña|cambiar contraseña|nueva contraseña|recuperar contraseña
cancelar|dar de baja|anular|baja
factura|recibo
reembolso|devolución|devolver
pago|pagar|cobro
tarjeta de crédito|tarjeta|método de pago|forma de pago
plan|suscripción|tarifa
invitar|invitación|añadir|agregar
miembro|compañero|usuario|colega
eliminar|borrar|quitar
exportar|descargar|exportación
importar|subir|cargar
cambiar|modificar|editar
crear|nueva|nuevo|hacer|hago
iva|impuesto
precio|costo|coste|cuánto cuesta
";

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that the longest phrase at the beginning takes.
    fn taken(text: &str, own: &[&[&str]]) -> usize {
        let own: Vec<Vec<String>> = own
            .iter()
            .map(|group| group.iter().map(|&phrase| phrase.to_owned()).collect())
            .collect();
        let phrases = Phrases::new(Language::En, &own);
        let mut line = Vec::new();
        words(text, &mut |word, _| {
            line.push((stem(word, Language::En), Language::En.is_small_word(word)));
            true
        });
        let told = |at: usize| {
            line.get(at).map(|(stem, is_small): &(String, bool)| (Cow::from(&**stem), *is_small))
        };
        phrases.longest(0, &told).map_or(0, |(_, end)| end)
    }

    #[test]
    fn phrases_may_hold_small_words() {
        assert_eq!(taken("log in", &[]), 2);
        assert_eq!(taken("logging in", &[]), 2);
        assert_eq!(taken("reset my password", &[]), 3);
        assert_eq!(taken("reset the blue password", &[]), 0);
        assert_eq!(taken("reset", &[]), 0);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let own: &[&[&str]] = &[&["quick books", "ledger"], &["quick books online", "qbo"]];
        assert_eq!(taken("Quick Books online", own), 3);
        assert_eq!(taken("quick books", own), 2);
    }

    #[test]
    fn a_phrase_of_two_groups_has_both() {
        let phrases = Phrases::new(Language::De, &[]);
        let word = stem("zahlungsart", Language::De);
        let (both, end) =
            phrases.longest(0, &|at| (at == 0).then(|| (Cow::from(&*word), false))).unwrap();
        assert_eq!((both.len(), end), (2, 1));
    }

    #[test]
    fn shipped_phrases_are_short_enough() {
        for language in [Language::En, Language::De, Language::Fr, Language::Es] {
            for phrase in shipped(language).lines().flat_map(|line| line.split('|')) {
                let count = phrase.split_whitespace().count();
                assert!((1..=LONGEST).contains(&count), "{phrase}");
            }
        }
        assert_ne!(group_name(0), group_name(1));
    }
}
