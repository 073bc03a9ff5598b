//! What the name of a value says about it: `apiKey`, `X-Auth-Token` and
//! `password_confirmation` name secrets, `keyboard`, `author` and `token_count`
//! do not.

use super::placeholder::Kind;
use super::random::{Shape, looks_random};

/// How a value is to be judged, from its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Any value.
    Always(Kind),
    /// Any value but words such as `required` or `null`.
    Secret(Kind),
    /// In program text like `Secret`; in prose only what looks random.
    Named(Kind),
    /// Any value but a plain word: `state` is a secret of a sign-in, or a county.
    Opaque(Kind),
    /// Only what looks random.
    Random(Kind),
    /// A few digits: one-time codes, PINs, card verification codes.
    Digits(Kind),
    /// A telephone number, in national form, too.
    Phone,
    /// `Authorization`: a scheme and credentials.
    Authorization,
    /// `Cookie`: pairs to the end of the line.
    Cookie,
}

impl Rule {
    /// Whether it masks personal data rather than a secret.
    pub fn is_personal(self) -> bool {
        matches!(self, Rule::Phone | Rule::Always(Kind::Email | Kind::Phone))
    }
}

/// Where a name was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After `?`, `&` or `#` of an address.
    Url,
    /// Anywhere else.
    Text,
}

/// Lower-case words of a name, separated by one space: `apiKey`, `API-KEY` and
/// `api_key` are all `api key`. Digits separate nothing and are dropped.
pub fn words(name: &[u8], out: &mut String) {
    out.clear();
    let is_capital = |at: usize| name.get(at).is_some_and(u8::is_ascii_uppercase);
    let is_lower = |at: usize| name.get(at).is_some_and(u8::is_ascii_lowercase);
    let mut plain: Vec<u8> = Vec::with_capacity(name.len() + 4);
    for (at, &byte) in name.iter().enumerate() {
        let begins = is_capital(at) && at > 0 && (is_lower(at - 1) || is_lower(at + 1));
        let separates = !(byte.is_ascii_alphanumeric() || byte >= 0x80);
        if (begins || separates) && plain.last().is_some_and(|last| *last != b' ') {
            plain.push(b' ');
        }
        if byte.is_ascii_alphabetic() || byte >= 0x80 {
            plain.push(byte.to_ascii_lowercase());
        }
    }
    out.push_str(String::from_utf8_lossy(&plain).trim_end());
}

/// The rule for a name, given as [`words`].
pub fn rule(words: &str, place: Place) -> Option<Rule> {
    if place == Place::Url {
        if contains_word(URL_PASSWORDS, words) {
            return Some(Rule::Always(Kind::Password));
        }
        match words {
            "email" | "e mail" | "mail" => return Some(Rule::Always(Kind::Email)),
            "phone" | "tel" | "mobile" => return Some(Rule::Always(Kind::Phone)),
            _ => {}
        }
        let squeezed = squeezed(words);
        for (names, rule) in [
            (URL_SESSIONS, Rule::Opaque(Kind::Session)),
            (URL_OPAQUE, Rule::Opaque(Kind::Token)),
            (URL_TOKENS, Rule::Always(Kind::Token)),
        ] {
            if contains_word(names, &squeezed) {
                return Some(rule);
            }
        }
    }
    let (mut before, mut last) = split_last(words);
    while contains_word(TRAILING, last) && !before.is_empty() {
        (before, last) = split_last(before);
    }
    rule_of(before, last)
}

/// Values of the address keys that open a door, spaces removed.
const URL_TOKENS: &str = " accesstoken refreshtoken idtoken token authorization apikey key secret \
    clientsecret nonce jwt ticket otp magiclink signature sig hmac xamzsignature xamzcredential xamzsecuritytoken xgoogsignature \
    xgoogcredential samlresponse samlrequest assertion codeverifier ";
const URL_OPAQUE: &str = " auth code state invite reset magic se sp ";
const URL_SESSIONS: &str = " session sessionid sessiontoken sid ";
const URL_PASSWORDS: &str = " password passwd pwd pass passphrase passcode ";
const PASSWORDS: &str = " password passwd passwort kennwort pwd pw psw mdp passphrase passcode senha \
    contraseña contrasena wachtwoord hasło haslo пароль Пароль motdepasse masterpass ";
/// What may follow the name of a secret without changing what it names.
const TRAILING: &str = " value confirmation confirm again repeat hash hashed raw plain plaintext \
    encrypted old new current number base ";
const SECRETS: &str = " secret secrets credential credentials creds passkey jwt bearer \
    csrfmiddlewaretoken mnemonic ";
const SESSIONS: &str = " sessid phpsessid jsessionid cfid cftoken ";
/// What these begin with a hash ends.
const SESSION_COOKIES: [&str; 3] = ["wordpress logged in", "wordpress sec", "remember web"];
const RANDOM_SESSIONS: &str = " session sessions sid ";
const RANDOM: &str = " auth csrf xsrf nonce sig signature hmac ticket ";
const DIGITS: &str = " otp totp cvv cvc csc cvn pin mfa ";
const PHONES: &str = " phone telephone tel mobile cellphone fax telefon handy mobil téléphone \
    telefone teléfono móvil telefono ";
/// What makes a `token`, a `key`, an `id` or a `code` a secret one.
const QUALIFIERS: &str = " access api app auth authentication authorization bearer bot client csrf \
    deploy device encryption functions github gitlab id identity jwt license login master oauth \
    openai personal private push refresh registration reset secret security service session \
    shared signing slack sso ssh storage stripe subscription user verification webhook xsrf account \
    aws hmac stream upload ";
const HARMLESS_TOKENS: &str = " page continuation next cursor cancel cancellation design sync \
    unexpected syntax last first total max color colour theme ";
const CODES: &str = " auth authentication authorization otp verification security mfa fa login \
    recovery backup sms reset access pin ";

fn rule_of(before: &str, last: &str) -> Option<Rule> {
    let (_, qualifier) = split_last(before);
    if before.starts_with("public") {
        return None;
    }
    if SESSION_COOKIES.iter().any(|name| before.starts_with(name)) {
        return Some(Rule::Secret(Kind::Session));
    }
    if contains_word(PASSWORDS, last) || last.ends_with("password") {
        return Some(Rule::Secret(Kind::Password));
    }
    if contains_word(SECRETS, last) || last.ends_with("secret") {
        return Some(Rule::Secret(Kind::Token));
    }
    match last {
        "pass" => return Some(Rule::Named(Kind::Password)),
        "passe" if qualifier == "de" => return Some(Rule::Secret(Kind::Password)),
        "authorization" => return Some(Rule::Authorization),
        "cookie" | "cookies" => return Some(Rule::Cookie),
        "sid" if !before.is_empty() => return Some(Rule::Secret(Kind::Session)),
        _ if last.starts_with("aspsessionid") => return Some(Rule::Secret(Kind::Session)),
        "ssn" => return Some(Rule::Digits(Kind::NationalId)),
        _ => {}
    }
    for (names, rule) in [
        (SESSIONS, Rule::Secret(Kind::Session)),
        (RANDOM_SESSIONS, Rule::Random(Kind::Session)),
        (RANDOM, Rule::Random(Kind::Token)),
        (DIGITS, Rule::Digits(Kind::Token)),
        (PHONES, Rule::Phone),
    ] {
        if contains_word(names, last) {
            return Some(rule);
        }
    }
    // `accesstoken` is `access token`.
    let (qualifier, noun) = ["token", "key", "id", "code", "codes", "answer"]
        .into_iter()
        .find_map(|noun| {
            let glued = last.strip_suffix(noun)?;
            Some((if glued.is_empty() { qualifier } else { glued }, noun))
        })
        .filter(|(qualifier, noun)| *noun == last || contains_word(QUALIFIERS, qualifier))?;
    let is_secret = contains_word(QUALIFIERS, qualifier);
    match noun {
        "token" | "id" | "key" if qualifier == "session" => Some(Rule::Named(Kind::Session)),
        "token" if is_secret => Some(Rule::Secret(Kind::Token)),
        "token" if contains_word(HARMLESS_TOKENS, qualifier) => None,
        "token" => Some(Rule::Named(Kind::Token)),
        "key"
            if is_secret && !matches!(qualifier, "id" | "user" | "app" | "device" | "account") =>
        {
            Some(Rule::Secret(Kind::Token))
        }
        "key" if matches!(qualifier, "account" | "app") => Some(Rule::Random(Kind::Token)),
        "id" if before.ends_with("access key") => Some(Rule::Secret(Kind::Token)),
        "answer" if qualifier == "security" => Some(Rule::Secret(Kind::Token)),
        "code" | "codes" if contains_word(CODES, qualifier) => Some(Rule::Digits(Kind::Token)),
        _ => None,
    }
}

/// Whether this value, known by that rule, is a secret, and of which kind.
/// `exact` means that it stands in quotes or right after `=`, as in data and
/// program text; otherwise it may be a word of a sentence.
pub fn judge(rule: Rule, value: &str, exact: bool) -> Option<Kind> {
    let value = value.trim();
    let bytes = value.as_bytes();
    if value.is_empty() {
        return None;
    }
    // No word is that long; and what is not masked is read again from inside.
    if bytes.len() > LONGEST_WORD {
        return Some(match rule {
            Rule::Always(kind)
            | Rule::Secret(kind)
            | Rule::Named(kind)
            | Rule::Opaque(kind)
            | Rule::Random(kind) => kind,
            Rule::Cookie => Kind::Session,
            Rule::Phone => return None,
            Rule::Digits(_) | Rule::Authorization => Kind::Token,
        });
    }
    match rule {
        Rule::Always(kind) => Some(kind),
        Rule::Secret(kind) => (!is_ordinary(value, exact)).then_some(kind),
        Rule::Named(kind) if exact => {
            (value.len() >= 4 && !is_ordinary(value, true)).then_some(kind)
        }
        Rule::Named(kind) => {
            (looks_random(bytes) || (bytes.len() >= 8 && has_both(bytes))).then_some(kind)
        }
        Rule::Opaque(kind) => {
            let is_word = bytes.len() <= 12 && bytes.iter().all(u8::is_ascii_alphabetic);
            (!is_word).then_some(kind)
        }
        Rule::Random(kind) => (looks_random(bytes) && !is_date(bytes)).then_some(kind),
        Rule::Phone => {
            let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
            let fits = (6..=15).contains(&digits) && bytes.iter().all(|byte| is_dialled(*byte));
            fits.then_some(Kind::Phone)
        }
        Rule::Digits(kind) => {
            let shape = Shape::of(bytes);
            let is_code = shape.digits >= 3 && value.len() <= 12 && shape.letters < shape.digits;
            (is_code || looks_random(bytes)).then_some(kind)
        }
        Rule::Authorization => {
            let is_secret = if exact { !is_ordinary(value, true) } else { has_both(bytes) };
            (is_secret || looks_random(bytes)).then_some(Kind::Token)
        }
        Rule::Cookie => value.contains('=').then_some(Kind::Session),
    }
}

/// What a telephone number is written with.
pub fn is_dialled(byte: u8) -> bool {
    byte.is_ascii_digit() || b" +-.()/".contains(&byte)
}

/// Longest value that may still be harmless, in bytes.
pub const LONGEST_WORD: usize = 512;

/// `2026-11-24T21:05:20Z` looks random to a machine.
fn is_date(value: &[u8]) -> bool {
    value.len() <= 32
        && matches!(value, [b'1' | b'2', _, _, _, b'-', _, _, b'-', ..])
        && value[..4].iter().all(u8::is_ascii_digit)
}

fn has_both(value: &[u8]) -> bool {
    let shape = Shape::of(value);
    shape.digits > 0 && shape.letters > 0
}

/// Values that say something about a secret instead of being one.
const STATES: &str = " true false null undefined none nil nan required missing invalid incorrect \
    wrong empty expired optional hidden masked redacted string number boolean object unknown yes no \
    ok failed must is are can't cannot can should too please has have does doesn't may not was \
    weak strong mismatch changed updated reset malformed include same-origin omit ";
/// Words that go on with a sentence.
const PROSE: &str = " the this that a an it i we my you your in of for at on to from and or but \
    when if after before as with without enter type use forgot forgotten change field fields \
    minimum maximum min max at error default text password token accepted rejected denied granted \
    valid refreshed saved stored loaded created revoked sent rotated disabled enabled click \
    here go see link via ";

fn is_ordinary(value: &str, exact: bool) -> bool {
    let hidden = |c: char| matches!(c, '*' | '•' | '●' | '.' | '…' | '-');
    if value.chars().all(hidden) || value.starts_with("[object ") {
        return true;
    }
    let first = value.split(|c: char| c.is_whitespace() || c == ',' || c == '.').next();
    let first = first.unwrap_or(value).trim_end_matches('!').to_ascii_lowercase();
    contains_word(STATES, &first) || (!exact && contains_word(PROSE, &first))
}

/// Whether a list, its words parted by spaces, has this one. Searched for as text, it
/// would take five times as long, and every word of a page is asked about.
fn contains_word(list: &str, word: &str) -> bool {
    let mut words = list.as_bytes().split(|byte| *byte == b' ');
    !word.is_empty() && words.any(|known| known == word.as_bytes())
}

fn split_last(words: &str) -> (&str, &str) {
    words.rsplit_once(' ').unwrap_or(("", words))
}

fn squeezed(words: &str) -> String {
    words.chars().filter(|c| *c != ' ').collect()
}
