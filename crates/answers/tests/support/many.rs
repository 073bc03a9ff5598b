//! As many articles as wanted, always the same: the demo's help centre, and from there
//! on sentences of it put together anew with words of no language.

use baton_answers::articles::{Article, Feed, read_markdown};

const HELP: &str = include_str!("../../../../www/demo/articles.md");

pub const QUESTIONS: [&str; 8] = [
    "How do I change the address on my invoices?",
    "where can i find the api key for the export",
    "invite a colleague who shoud only see reports",
    "I forgot my pasword and the reset mail does not arrive",
    "can we get the money back for last month",
    "zapier integation stopped sending invoices to quickboks",
    "two factor code lost new phone",
    "what happens to archived projects when the plan is downgraded",
];

/// A small generator of numbers: SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    fn word(&mut self) -> String {
        let syllables =
            ["ba", "ten", "kor", "mi", "sal", "ur", "vo", "ne", "dri", "pla", "esk", "o"];
        (0..2 + self.below(3)).map(|_| syllables[self.below(syllables.len())]).collect()
    }
}

/// Articles of about 250 words each.
pub fn feed(count: usize) -> Feed {
    let mut feed = read_markdown(HELP);
    let bodies: Vec<String> = feed.articles.iter().map(|article| article.body.clone()).collect();
    let sentences: Vec<&str> = bodies.iter().flat_map(|body| body.split_inclusive(". ")).collect();
    let mut numbers = Numbers(1);
    while feed.articles.len() < count {
        let own: Vec<String> = (0..12).map(|_| numbers.word()).collect();
        let mut body = String::new();
        while body.len() < 1_600 {
            body += sentences[numbers.below(sentences.len())];
            for _ in 0..4 {
                body += &own[numbers.below(own.len())];
                body.push(' ');
            }
            body += ".\n";
        }
        let title = [&*own[0], "and", &*own[1], "with", &*own[2]].join(" ");
        let id = feed.articles.len().to_string();
        feed.articles.push(Article { id, title, body, ..Article::default() });
    }
    feed.articles.truncate(count);
    feed
}
