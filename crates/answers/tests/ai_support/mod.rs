//! What the tests of models share.
#![allow(missing_docs, dead_code)]

use baton_answers::ai::{Article, Json, Question, Said, Triage};
use serde_json::Value;

/// `serde_json` in the place of the browser's parser.
#[derive(Debug)]
pub struct Read(pub Value);

impl Json for Read {
    fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    fn get(&self, name: &str) -> Option<Self> {
        self.0.get(name).filter(|value| !value.is_null()).cloned().map(Self)
    }

    fn text(&self) -> Option<String> {
        self.0.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn flag(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Vec<Self> {
        self.0.as_array().into_iter().flatten().cloned().map(Self).collect()
    }
}

pub fn article(title: &str, text: &str) -> Article {
    let url = format!("https://help.example/{}", title.to_lowercase());
    Article { title: title.to_owned(), url, text: text.to_owned() }
}

pub fn question() -> Question {
    let said = |author: &str, text: &str| Said { author: author.to_owned(), text: text.to_owned() };
    Question {
        question: "How do I download an invoice?".to_owned(),
        transcript: vec![said("customer", "Hello"), said("bot", "Hi, what is it about?")],
        triage: Triage {
            intent: "how_to".to_owned(),
            urgency: "normal".to_owned(),
            customer_state: "calm".to_owned(),
            topics: vec!["privacy".to_owned()],
            language: "en".to_owned(),
        },
        language: "en".to_owned(),
        locale: "en-GB".to_owned(),
        page: "https://app.example/invoices".to_owned(),
        articles: vec![
            article("Invoices", "Open Billing and choose Download."),
            article("Receipts", "Receipts are sent by mail."),
        ],
    }
}
