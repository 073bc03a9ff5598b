//! Headers by their name, bodies by their form, fields by what they are called.

use baton_evidence::redact::{Policy, Redactor};
use serde_json::{Value, json};

const SECTION: &str = "evidence.network";

fn header(name: &str, value: &str) -> String {
    twice(|redactor, value| redactor.header(SECTION, name, value), value)
}

fn body(media_type: &str, text: &str) -> String {
    twice(|redactor, text| redactor.body(SECTION, media_type, text), text)
}

/// Redacts, and makes sure that redacting again changes and counts nothing.
fn twice(redact: impl Fn(&mut Redactor, &str) -> String, text: &str) -> String {
    let mut redactor = Redactor::new(Policy::default());
    let once = redact(&mut redactor, text);
    assert_eq!(once != text, !redactor.into_report().is_empty(), "{text} -> {once}");
    let mut redactor = Redactor::new(Policy::default());
    assert_eq!(redact(&mut redactor, &once), once, "redacting {text} twice");
    assert!(redactor.into_report().is_empty(), "{once} is counted again");
    once
}

#[test]
fn headers_are_judged_by_their_name() {
    for (name, value, want) in [
        ("authorization", "Bearer abc", "Bearer [token]"),
        ("Authorization", "secret", "[token]"),
        ("proxy-authorization", "Basic dTpw", "Basic [token]"),
        ("authorization", "Digest username=\"ann\", nonce=\"x\"", "Digest [token]"),
        ("cookie", "theme=dark; a=b", "[session]"),
        ("Set-Cookie", "opaque", "[session]"),
        ("X-Api-Key", "abcdef", "[token]"),
        ("x-goog-api-key", "required for the call", "required for the call"),
        ("x-csrf-token", "abcdef", "[token]"),
        ("X-XSRF-TOKEN", "abcdef", "[token]"),
        ("x-auth-token", "a b c", "[token]"),
        ("x-amz-security-token", "FwoG", "[token]"),
        ("ocp-apim-subscription-key", "0123456789abcdef0123456789abcdef", "[token]"),
        ("x-session-id", "abcd1234", "[session]"),
        ("stripe-signature", "t=1795554320,v1=5257a869e7ecebeda32affa62cdca3fa", "[token]"),
        ("x-hub-signature-256", "sha256=5257a869e7ecebeda32affa62cdca3fa", "[token]"),
        ("referer", "https://a.example/?token=abc123&b=1", "https://a.example/?token=[token]&b=1"),
        ("from", "ann@example.com", "[e-mail]"),
        ("x-phone", "030 901820", "[phone]"),
    ] {
        assert_eq!(header(name, value), want, "{name}");
    }
}

#[test]
fn harmless_headers_stay() {
    for (name, value) in [
        ("content-type", "application/json; charset=utf-8"),
        ("accept", "*/*"),
        ("etag", "W/\"33a64df551425fcc55e4d42a148795d9\""),
        ("x-request-id", "7f9c2ba4-e88f-4f7b-9a61-1d5f0a6b8c3d"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("www-authenticate", "Bearer realm=\"api\", error=\"invalid_token\""),
        ("content-length", "4242"),
        ("cookie", "[session]"),
        ("authorization", "Bearer [token]"),
        ("date", "Tue, 24 Nov 2026 21:05:20 GMT"),
        ("", ""),
    ] {
        assert_eq!(header(name, value), value, "{name}");
    }
}

#[test]
fn json_bodies_are_masked_by_name_and_stay_as_they_were() {
    for (text, want) in [
        (
            "{ \"user\" : \"ann\",\n  \"password\" : \"hunter2\" }",
            "{ \"user\" : \"ann\",\n  \"password\" : \"[password]\" }",
        ),
        ("{\"pin\":4711,\"n\":1}", "{\"pin\":\"[token]\",\"n\":1}"),
        ("{\"password\":12,\"b\":null}", "{\"password\":\"[password]\",\"b\":null}"),
        (
            "{\"credentials\":{\"login\":\"ann\",\"list\":[\"x\",7,{\"y\":-1.5e3}],\"ok\":true}}",
            "{\"credentials\":{\"login\":\"[token]\",\"list\":[\"[token]\",\"[token]\",\
             {\"y\":\"[token]\"}],\"ok\":true}}",
        ),
        ("{\"tokens\":3,\"apiKeys\":{}}", "{\"tokens\":3,\"apiKeys\":{}}"),
        (
            "[{\"value\":\"abc\",\"name\":\"x-api-key\"},{\"name\":\"accept\",\"value\":\"a\"}]",
            "[{\"value\":\"[token]\",\"name\":\"x-api-key\"},{\"name\":\"accept\",\"value\":\"a\"}]",
        ),
        ("{\"pan\":4242424242424242}", "{\"pan\":\"[card ••4242]\"}"),
        ("{\"to\":\"ann@example.com\"}", "{\"to\":\"[e-mail]\"}"),
        ("{\"phone\":\"030 901820\"}", "{\"phone\":\"[phone]\"}"),
        (
            "{\"a\":\"{\\\"password\\\":\\\"x\\\"}\"}",
            "{\"a\":\"{\\\"password\\\":\\\"[password]\\\"}\"}",
        ),
        ("{\"\\u0070assword\":\"hunter2\"}", "{\"\\u0070assword\":\"[password]\"}"),
        ("{\"password\":\"a\\\\\",\"b\":\"c\"}", "{\"password\":\"[password]\",\"b\":\"c\"}"),
        ("{\"a\":1}\n{\"token\":\"abcd\"}\n", "{\"a\":1}\n{\"token\":\"[token]\"}\n"),
        (")]}',\n{\"token\":\"abcd\"}", ")]}',\n{\"token\":\"[token]\"}"),
    ] {
        assert_eq!(body("application/json", text), want);
        // Servers often say something else.
        if text.starts_with(['{', '[']) {
            assert_eq!(body("text/plain", text), want);
        }
    }
}

#[test]
fn json_that_was_cut_off_hides_what_was_begun() {
    let text = "{\"user\":\"ann\",\"card\":{\"cvc\":\"737\"},\"password\":\"hunter2 and more\"}";
    for end in 0..text.len() {
        let masked = body("application/json", &text[..end]);
        assert!(!masked.contains("hunter") && !masked.contains("737"), "{masked}");
    }
    let cut = "{\"a\":{\"password\":\"hunt… [cut, 12 characters]";
    assert_eq!(body("application/json", cut), "{\"a\":{\"password\":\"[password]");
}

#[test]
fn json_stays_json_with_the_same_members() {
    let secrets = json!({
        "password": "hunter2", "pin": 4711, "list": [{"token": 1}, {"token": "x", "n": [1, 2]}],
        "secrets": ["a", 2, null, {"b": [3]}], "mail": "ann@example.com", "ok": false,
        "nested": {"authorization": "Bearer abcdef123456", "cookie": "a=b", "depth": {"pwd": ""}},
        "cards": [4_242_424_242_424_242_u64, "5555555555554444"], "ä\"\\": "\n\t\u{7}",
        "iban": "DE89370400440532013000", "phone": "+49 30 901820",
    });
    let masked = body("application/json", &secrets.to_string());
    let masked: Value = serde_json::from_str(&masked).expect("JSON");
    assert!(same_shape(&secrets, &masked), "{masked}");
}

fn same_shape(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same_shape(a, b)))
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_shape(a, b))
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => false,
        _ => true,
    }
}

#[test]
fn forms_are_masked_by_name() {
    const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";
    for (text, want) in [
        ("password=hunter2&user=ann", "password=[password]&user=ann"),
        ("user=ann&pass%77ord=a%26b", "user=ann&pass%77ord=[password]"),
        (
            "code=4%2F0AX4&grant_type=authorization_code",
            "code=[token]&grant_type=authorization_code",
        ),
        ("state=Bavaria&zip=80331", "state=Bavaria&zip=80331"),
        ("email=ann%40example.com&phone=030901820", "email=[e-mail]&phone=[phone]"),
        ("user[password]=x&commit=Save", "user[password]=[password]&commit=Save"),
        ("a=1&b=2", "a=1&b=2"),
    ] {
        assert_eq!(body(FORM, text), want);
    }
}

#[test]
fn parts_of_a_multipart_form_are_masked_by_name() {
    let form = |value: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMy token\r\n--b\r\n\
             Content-Disposition: form-data; name=\"password\"\r\n\r\n{value}\r\n--b--\r\n"
        )
    };
    for value in ["open sesame", "rabbit", "with \"quotes\" inside"] {
        let masked = body("multipart/form-data; boundary=b", &form(value));
        assert_eq!(masked, form("[password]"));
    }
}

#[test]
fn what_was_entered_is_judged_by_what_the_field_is_called() {
    let field = |kind: &str, names: &[&str], value: &str| {
        twice(|redactor, value| redactor.field("evidence.steps", kind, names, value), value)
    };
    assert_eq!(field("text", &["Security code"], "737"), "[token]");
    assert_eq!(field("text", &["Passwort"], "Sommer"), "[password]");
    assert_eq!(field("text", &["Field", "css=[name=\"api_key\"]"], "abcdef"), "[token]");
    assert_eq!(field("email", &["Contact"], "ann@exa"), "[e-mail]");
    assert_eq!(field("tel", &[], "030 901820"), "[phone]");
    assert_eq!(field("text", &["Mobile"], "0171 1234567"), "[phone]");
    assert_eq!(field("text", &["Title"], "Q3 report"), "Q3 report");
    assert_eq!(field("text", &["Title"], "mail ann@example.com"), "mail [e-mail]");
    assert_eq!(field("search", &[], "keyboard"), "keyboard");
}
