//! What the tests of models share.
#![allow(missing_docs, dead_code)]

use baton_answers::ai::{Article, Question, Said, Triage};

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
