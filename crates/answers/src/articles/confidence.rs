//! How sure a hit is.

/// What speaks for a hit; shares of what the question's words are worth.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// What of the question the article holds at all.
    pub coverage: f32,
    /// What of the question its title or tags hold.
    pub title: f32,
    /// What of the question the passage and the title hold.
    pub passage: f32,
    /// What of the title the question holds.
    pub titled: f32,
    /// How much better it is than the next: 0 if they are alike, 1 if there is none.
    pub margin: f32,
    /// How many things the question asks about.
    pub concepts: f32,
}

/// From this confidence on an answer is worth showing.
pub const THRESHOLD: f32 = 0.5;

/// Learned by logistic regression; see `tests/articles.rs`.
const BIAS: f32 = -5.0;
const WEIGHTS: [f32; 6] = [2.0, 2.0, 2.0, 2.0, 1.0, 0.0];

impl Evidence {
    /// The probability that this article answers the question, 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        let sum: f32 = self.features().iter().zip(WEIGHTS).map(|(x, weight)| x * weight).sum();
        1.0 / (1.0 + (-(BIAS + sum)).exp())
    }

    /// What the regression sees.
    #[must_use]
    pub fn features(&self) -> [f32; 6] {
        let long = (1.0 + self.concepts).ln();
        [self.coverage, self.title, self.passage, self.titled, self.margin, long]
    }
}
