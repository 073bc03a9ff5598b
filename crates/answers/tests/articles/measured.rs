//! How often the answer is right, and how often there is one where none should be.

use super::*;

/// Shares of questions.
#[derive(Debug)]
struct Figures {
    /// The right article comes first, whatever its confidence.
    recall_at_1: f32,
    /// The right article is among the first three.
    recall_at_3: f32,
    /// A question that has an article gets an answer.
    answered: f32,
    /// Of the answers to those, the right ones.
    right: f32,
    /// A question that has no article gets an answer nevertheless.
    false_answers: f32,
}

fn measure(questions: &[Question], index: &Index, threshold: f32, tell: bool) -> Figures {
    let share = |count: usize, of: usize| count as f32 / of.max(1) as f32;
    let (mut first, mut among, mut answered, mut right) = (0, 0, 0, 0);
    let (mut known, mut wrongly) = (0, 0);
    for question in questions {
        let hits = index.search(question.text, Some(question.language), 3);
        let best = hits.first().filter(|hit| hit.confidence >= threshold);
        if tell {
            let right = hits.iter().position(|hit| is_right(hit, question));
            let told: Vec<String> = hits
                .iter()
                .map(|hit| {
                    format!(
                        "{} {:.2} {:.1?}",
                        hit.article.id,
                        hit.confidence,
                        hit.evidence.features()
                    )
                })
                .collect();
            if right != Some(0) || best.is_none() {
                println!("{:?} {} -> {told:#?}", question.answers, question.text);
            }
        }
        if question.answers.is_empty() {
            wrongly += usize::from(best.is_some());
            continue;
        }
        known += 1;
        first += usize::from(hits.first().is_some_and(|hit| is_right(hit, question)));
        among += usize::from(hits.iter().any(|hit| is_right(hit, question)));
        answered += usize::from(best.is_some());
        right += usize::from(best.is_some_and(|hit| is_right(hit, question)));
    }
    Figures {
        recall_at_1: share(first, known),
        recall_at_3: share(among, known),
        answered: share(answered, known),
        right: share(right, answered),
        false_answers: share(wrongly, questions.len() - known),
    }
}

/// Every second question of each kind.
pub(super) fn half(odd: bool) -> Vec<Question> {
    let (with, without): (Vec<_>, Vec<_>) =
        questions().into_iter().partition(|question| !question.answers.is_empty());
    let half = |questions: Vec<Question>| {
        questions
            .into_iter()
            .enumerate()
            .filter(move |(at, _)| (at % 2 == 1) == odd)
            .map(|(_, q)| q)
    };
    half(with).chain(half(without)).collect()
}

#[test]
fn answers_are_right_and_rarely_given_where_there_is_none() {
    let index = help();
    let figures = measure(&half(true), &index, THRESHOLD, std::env::var_os("TELL").is_some());
    println!("held out: {figures:?}");
    println!("learned from: {:?}", measure(&half(false), &index, THRESHOLD, false));
    assert!(figures.recall_at_1 >= 0.87, "{figures:?}");
    assert!(figures.recall_at_3 >= 0.95, "{figures:?}");
    assert!(figures.answered >= 0.78, "{figures:?}");
    assert!(figures.right >= 0.95, "{figures:?}");
    assert!(figures.false_answers <= 0.1, "{figures:?}");
}
