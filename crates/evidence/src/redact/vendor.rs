//! Keys known by the form that their vendor gave them.

use super::random::{Shape, looks_random};
use super::rewrite::{has_word, run};
use super::shapes::is_base64url;

/// Prefixes of the vendors' keys that share the shape of their tails.
struct Vendors {
    /// Shortest tail.
    shortest: usize,
    /// What a tail may have besides letters and digits.
    punctuation: &'static [u8],
    /// The prefix alone is not telling enough: the tail must look random.
    is_weak: bool,
    /// Separated by one space.
    prefixes: &'static str,
}

const fn vendors(
    shortest: usize,
    punctuation: &'static [u8],
    is_weak: bool,
    prefixes: &'static str,
) -> Vendors {
    Vendors { shortest, punctuation, is_weak, prefixes }
}

const VENDORS: [Vendors; 11] = [
    vendors(
        10,
        b"",
        false,
        "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ rzp_live_ rzp_test_",
    ),
    vendors(
        20,
        b"",
        false,
        "gho_ ghp_ ghr_ ghs_ ghu_ shpat_ shpca_ shppa_ shpss_ lin_api_ lin_oauth_ gsk_ dop_v1_ \
        doo_v1_ dor_v1_ NRAK- HRKU-",
    ),
    vendors(30, b"", false, "hf_ npm_ api_org_ ntn_ sk- r8_ ATBB"),
    vendors(20, b"_", false, "github_pat_ pscale_tkn_ pscale_pw_ glc_ glsa_ sbp_ sb_secret_"),
    vendors(
        16,
        b"-_.",
        false,
        "glpat- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- gloas- glffct- hvs. hvb. \
        dp.pt. v2.local. v4.local. v4.public.",
    ),
    vendors(
        16,
        b"-_",
        false,
        "sk-admin- sk-ant- sk-or- sk-proj- sk-svcacct- GOCSPX- dckr_pat_ ya29. sq0atp- sq0csp- \
        tskey- xkeysib- sntrys_ sntryu_ ATATT3 FLWSECK figd_ PMAK-",
    ),
    vendors(30, b"-_", true, "AIza pypi- EAAA EAAG EAAC sess-"),
    vendors(10, b"-", false, "xoxa- xoxb- xoxc- xoxd- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp-"),
    vendors(16, b"+/=-_", false, "whsec_"),
    vendors(
        8,
        b"/_-",
        false,
        "hooks.slack.com/services/ hooks.slack.com/triggers/ hooks.slack.com/workflows/ \
        discord.com/api/webhooks/ discordapp.com/api/webhooks/",
    ),
    vendors(32, b"-_.", true, "SG."),
];
/// Followed by 16 capitals and digits, and by nothing else.
const ACCESS_KEY_IDS: &str = "AKIA ASIA ABIA ACCA";
/// Followed by 32 hexadecimal digits, and by nothing else: Mailgun, Twilio,
/// Databricks.
const HEX_KEYS: &str = "key- SK dapi";

/// Longer than any key of these vendors' kinds has to be to be known as one.
const LONGEST_LOOK: usize = 256;
/// Shorter than any of them with its prefix.
const SHORTEST_KEY: usize = 16;

/// The end of a key that begins with a vendor's prefix.
pub fn vendor(bytes: &[u8], at: usize) -> Option<usize> {
    let head = &bytes[at..bytes.len().min(at + SHORTEST_KEY)];
    // Nearly all words end before.
    let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./+=".contains(byte);
    if head.len() < SHORTEST_KEY || !head.iter().all(is_key) {
        return None;
    }
    let starts = |list: &'static str| list.split(' ').find(|prefix| has_word(bytes, at, prefix));
    let is_letter_or_digit = |byte: u8| byte.is_ascii_alphanumeric();
    if let Some(prefix) = starts(ACCESS_KEY_IDS) {
        let end = run(bytes, at, is_letter_or_digit);
        let same_case = bytes[at..end].iter().all(|byte| !byte.is_ascii_lowercase())
            || bytes[at..end].iter().all(|byte| !byte.is_ascii_uppercase());
        return (end == at + prefix.len() + 16 && same_case).then_some(end);
    }
    if let Some(prefix) = starts(HEX_KEYS) {
        let end = run(bytes, at + prefix.len(), |byte| byte.is_ascii_hexdigit());
        let goes_on = bytes.get(end).is_some_and(|byte| is_letter_or_digit(*byte));
        if end == at + prefix.len() + 32 && !goes_on {
            return Some(end);
        }
    }
    VENDORS.iter().find_map(|vendors| {
        let prefix = starts(vendors.prefixes)?;
        let tail = at + prefix.len();
        let belongs = |byte: u8| is_letter_or_digit(byte) || vendors.punctuation.contains(&byte);
        // A tail that does not fit may be looked at again from inside itself, so
        // only its beginning is.
        let mut end = run(&bytes[..bytes.len().min(tail + LONGEST_LOOK)], tail, belongs);
        while end > tail && bytes[end - 1] == b'.' {
            end -= 1;
        }
        let key = &bytes[tail..end];
        let shape = Shape::of(key);
        // In another case than the vendor's, a log has changed it or it is a word.
        let is_exact = bytes[at..].starts_with(prefix.as_bytes());
        let fits = key.len() >= vendors.shortest
            && (!vendors.is_weak || looks_random(key))
            && (is_exact || (shape.digits > 2 && shape.letters > 0))
            && (prefix != "SG." || key.contains(&b'.'));
        fits.then(|| run(bytes, end, |byte| byte != b'.' && belongs(byte)))
    })
}

/// Telegram's bot tokens and Firebase's server keys: digits or an id, a colon,
/// and a telling beginning. From the colon on, since what is before is no secret.
pub fn after_colon(bytes: &[u8], colon: usize) -> Option<usize> {
    let start = colon + 1;
    if !(bytes[start..].starts_with(b"AA") || bytes[start..].starts_with(b"APA91b")) {
        return None;
    }
    let end = run(bytes, start, is_base64url);
    (end - start >= 30 && looks_random(&bytes[start..end])).then_some(end)
}

/// Discord's bot tokens: an id, a time and a signature, each base64url.
pub fn discord(bytes: &[u8], at: usize) -> Option<usize> {
    if !matches!(bytes[at], b'M' | b'N' | b'O') {
        return None;
    }
    let mut end = at;
    for (fewest, most) in [(23, 28), (6, 7), (27, 45)] {
        let start = if end == at { at } else { end + 1 };
        if start > at && bytes.get(end) != Some(&b'.') {
            return None;
        }
        end = run(&bytes[..bytes.len().min(start + most + 1)], start, is_base64url);
        if !(fewest..=most).contains(&(end - start)) {
            return None;
        }
    }
    Some(end)
}
