//! Searching the demo's help centre with the questions of its customers.

#[path = "articles/learned.rs"]
mod learned;
#[path = "articles/measured.rs"]
mod measured;
#[path = "articles/strangers.rs"]
mod strangers;

use baton_answers::articles::{Hit, Index, THRESHOLD, read_markdown};

const HELP: &str = include_str!("../../../www/demo/articles.md");
const QUESTIONS: &str = include_str!("articles/questions.txt");

struct Question {
    /// The articles that answer; none if there is none.
    answers: Vec<&'static str>,
    language: &'static str,
    text: &'static str,
}

fn help() -> Index {
    let built = Index::build(read_markdown(HELP));
    assert_eq!(built.skipped, [""; 0]);
    built.index
}

fn questions() -> Vec<Question> {
    let lines = QUESTIONS.lines().filter(|line| !line.starts_with('#'));
    let questions = lines.map(|line| {
        let [answers, language, text] = line.splitn(3, " | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let answers = answers.split_whitespace().filter(|answer| *answer != "-").collect();
        Question { answers, language, text }
    });
    questions.collect()
}

fn is_right(hit: &Hit<'_>, question: &Question) -> bool {
    question.answers.contains(&&*hit.article.id) && hit.article.language == question.language
}

#[test]
fn what_is_expected_of_a_question_is_in_the_help_centre() {
    let index = help();
    for question in questions() {
        for answer in question.answers {
            let known = index.articles().iter().any(|article| article.id == answer);
            assert!(known, "{answer}");
        }
    }
}
