//! The browser's own model, as a stand-in with its interface: no browser here has one.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

#[path = "support/answering.rs"]
mod answering;

use answering::{Answers, HELP, Hurry, NO_NETWORK, eval, get, set, text};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// One of the browser's globals, replaced until it is dropped.
struct StandIn(&'static str);

impl StandIn {
    /// `availability` answers as told; what `create` makes has the method with this
    /// body, and remembers in `window.made` with which options and whether it was destroyed.
    fn new(name: &'static str, availability: &str, method: &str, body: &str) -> Self {
        let global = format!(
            "{{ availability: async options => {{ made.push({{ availability: options }}); return {availability} }},
               create: async options => {{
                 const one = {{ options, destroyed: 0 }}
                 made.push(one)
                 return {{ {method}: async (text, options) => {{ one.text = text; one.call = options; {body} }}, destroy() {{ one.destroyed++ }} }}
               }} }}"
        );
        set(&js_sys::global(), "made", &Array::new());
        set(&js_sys::global(), name, &eval(&global));
        Self(name)
    }

    /// What was made, as JSON of an expression over `one`.
    fn made(&self, expression: &str) -> String {
        let body = format!(
            "return JSON.stringify(made.filter(one => one.options).map(one => {expression}))"
        );
        Function::new_no_args(&body).call0(&JsValue::NULL).unwrap().as_string().unwrap()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        set(&js_sys::global(), self.0, &JsValue::UNDEFINED);
    }
}

const ALLOWED: &str = "{ browserModel: true }";
const SUMMARY: &str = "Export fails with HTTP 500 since 3 days.";
const BETTER: &str = "The export has failed with HTTP 500 for 3 days.";

async fn polish() -> JsValue {
    baton::answers::polish(SUMMARY.to_owned(), "en".to_owned()).await.unwrap()
}

async fn translate(from: &str, to: &str) -> JsValue {
    baton::answers::translate("Guten Tag".to_owned(), from.to_owned(), to.to_owned()).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_summary_is_polished_by_the_summarizer_or_the_language_model() {
    let answers = Answers::new(ALLOWED, NO_NETWORK);
    let summarizer =
        StandIn::new("Summarizer", "'available'", "summarize", &format!("return '{BETTER}'"));
    assert_eq!(polish().await, BETTER);
    assert_eq!(
        summarizer.made("[one.text, one.options.type, one.options.outputLanguage, one.destroyed]"),
        format!("[[\"{SUMMARY}\",\"tldr\",\"en\",1]]")
    );
    drop(summarizer);
    let body = format!("return JSON.stringify({{ summary: '{BETTER}' }})");
    let model = StandIn::new("LanguageModel", "'available'", "prompt", &body);
    assert_eq!(polish().await, BETTER);
    assert_eq!(model.made("[one.call.responseConstraint.required[0], one.options.expectedOutputs[0].languages, one.destroyed]"), "[[\"summary\",[\"en\"],1]]");
    drop(model);
    let liar = StandIn::new(
        "Summarizer",
        "'available'",
        "summarize",
        "return 'It has failed for 4 days.'",
    );
    assert!(polish().await.is_null(), "a number that was made up");
    drop(liar);
    assert!(polish().await.is_null(), "no model");
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn a_text_is_translated_from_a_language_that_is_known_or_detected() {
    let answers = Answers::new(ALLOWED, NO_NETWORK);
    let translator =
        StandIn::new("Translator", "'available'", "translate", "return 'Good day\\u202e'");
    assert_eq!(translate("de", "en").await, "Good day");
    assert_eq!(
        translator.made(
            "[one.options.sourceLanguage, one.options.targetLanguage, one.text, one.destroyed]"
        ),
        "[[\"de\",\"en\",\"Guten Tag\",1]]"
    );
    assert!(translate("en-GB", "en").await.is_null(), "the same language");
    assert!(translate("", "en").await.is_null(), "no detector");
    for (guess, is_sure) in [
        ("[{ detectedLanguage: 'de', confidence: 0.9 }]", true),
        ("[{ detectedLanguage: 'de', confidence: 0.3 }]", false),
        ("[{ detectedLanguage: 'und', confidence: 1 }]", false),
        ("[]", false),
        ("7", false),
    ] {
        let detector =
            StandIn::new("LanguageDetector", "'available'", "detect", &format!("return {guess}"));
        assert_eq!(translate("", "en").await.is_null(), !is_sure, "{guess}");
        assert_eq!(detector.made("one.destroyed").matches('1').count(), 1 + usize::from(is_sure));
    }
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn a_model_that_is_not_there_is_never_downloaded() {
    let answers = Answers::new(ALLOWED, NO_NETWORK);
    for state in ["'downloadable'", "'downloading'", "'unavailable'", "undefined"] {
        let one = StandIn::new("Summarizer", state, "summarize", "return 'x'");
        let _other = StandIn::new("LanguageModel", state, "prompt", "return '{}'");
        let _third = StandIn::new("Translator", state, "translate", "return 'x'");
        assert!(polish().await.is_null() && translate("de", "en").await.is_null(), "{state}");
        assert_eq!(one.made("1"), "[]", "{state}: nothing is created");
    }
    let _there =
        StandIn::new("Summarizer", "'available'", "summarize", &format!("return '{BETTER}'"));
    for config in ["{}", "{ browserModel: false }", "{ browserModel: 1 }"] {
        let not_allowed = Answers::new(config, NO_NETWORK);
        assert!(polish().await.is_null(), "{config}");
        assert_eq!(not_allowed.told(), "");
    }
    assert_eq!(answers.told(), "");
}

#[wasm_bindgen_test]
async fn a_model_that_throws_is_told_and_destroyed() {
    let throws = "throw new DOMException('filtered', 'NotReadableError')";
    for (state, body) in [("'available'", throws), ("Promise.reject(new Error('filtered'))", "")] {
        let answers = Answers::new(ALLOWED, NO_NETWORK);
        let model = StandIn::new("Summarizer", state, "summarize", body);
        assert!(polish().await.is_null());
        assert!(
            answers.told().starts_with("answers_browser_model: browser_model: ")
                && answers.told().contains("filtered"),
            "{}",
            answers.told()
        );
        assert!(!model.made("one.destroyed").contains('0'));
    }
    for odd in ["7", "{}", "{ availability: 7 }"] {
        let _answers = Answers::new(ALLOWED, NO_NETWORK);
        let _model = StandIn::new("Translator", "''", "translate", "");
        set(&js_sys::global(), "Translator", &eval(odd));
        assert!(translate("de", "en").await.is_null(), "{odd}");
    }
}

#[wasm_bindgen_test]
async fn every_wait_for_the_browsers_model_ends() {
    let never = "await new Promise(() => {})";
    for (state, body) in [("new Promise(() => {})", ""), ("'available'", never)] {
        let answers = Answers::new(ALLOWED, NO_NETWORK);
        let model = StandIn::new("Translator", state, "translate", body);
        let hurry = Hurry::times(20);
        assert!(translate("de", "en").await.is_null());
        drop(hurry);
        assert!(answers.told().contains("no answer in time"), "{}", answers.told());
        assert!(!model.made("one.destroyed || (one.options.signal.aborted ? 1 : 0)").contains('0'));
    }
}

#[wasm_bindgen_test]
async fn the_browsers_model_answers_from_the_articles_or_not_at_all() {
    let config = "{ articles: '/a.md', browserModel: true, answerOrder: ['browser_model'] }";
    let says = |known: bool, numbers: &str| {
        format!(
            "return JSON.stringify({{ known: {known}, articles: {numbers}, answer: 'Open Billing.' }})"
        )
    };
    let answers = Answers::new(config, &text(HELP));
    let model = StandIn::new("LanguageModel", "'available'", "prompt", &says(true, "[1]"));
    let answer = answers.answer("{ question: 'How do I download an invoice? My mail is ana@acme.example', language: 'de' }").await;
    assert_eq!(get(&answer, "provider"), "browser_model");
    assert_eq!(get(&answer, "text"), "Open Billing.");
    assert_eq!(
        (get(&answer, "grounded").as_bool(), get(&answer, "inferred").as_bool()),
        (Some(false), Some(true))
    );
    assert_eq!(get(&get(&get(&answer, "sources"), "0"), "title"), "Download an invoice");
    let made = model.made("[one.text, one.options.initialPrompts[0].role, one.options.expectedInputs, one.options.expectedOutputs, one.destroyed]");
    assert!(made.contains("open **Billing**") && !made.contains("acme.example"), "{made}");
    assert!(made.ends_with("\"system\",[{\"type\":\"text\",\"languages\":[\"en\",\"de\"]}],[{\"type\":\"text\",\"languages\":[\"de\"]}],1]]"), "{made}");
    drop(model);
    for body in
        [says(false, "[1]"), says(true, "[]"), says(true, "[9]"), "return 'Sure!'".to_owned()]
    {
        let _model = StandIn::new("LanguageModel", "'available'", "prompt", &body);
        assert!(answers.ask().await.is_null(), "{body}");
    }
    let model = StandIn::new("LanguageModel", "'available'", "prompt", &says(true, "[1]"));
    assert!(answers.answer("{ question: 'zzzz' }").await.is_null(), "no article");
    assert_eq!(model.made("1"), "[]");
    assert!(!answers.told().contains("browser_model"), "{}", answers.told());
    drop(model);
    let _never =
        StandIn::new("LanguageModel", "'available'", "prompt", "await new Promise(() => {})");
    let hurry = Hurry::times(20);
    assert!(answers.ask().await.is_null());
    drop(hurry);
    assert!(answers.told().contains("no answer in time"), "{}", answers.told());
}
