//! Undo and redo.

/// Steps that can be undone; the oldest are forgotten beyond.
pub const MOST: usize = 100;

/// What was, and what was undone.
#[derive(Debug, Clone)]
pub struct History<T> {
    past: Vec<T>,
    future: Vec<T>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { past: Vec::new(), future: Vec::new() }
    }
}

impl<T> History<T> {
    /// Keeps what was before a change. What had been undone can no longer come back.
    pub fn keep(&mut self, before: T) {
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(before);
        self.future.clear();
    }

    /// Goes back one step; tells whether there was one.
    pub fn undo(&mut self, now: &mut T) -> bool {
        let Some(before) = self.past.pop() else { return false };
        self.future.push(std::mem::replace(now, before));
        true
    }

    /// Takes one undo back; tells whether there was one.
    pub fn redo(&mut self, now: &mut T) -> bool {
        let Some(after) = self.future.pop() else { return false };
        self.past.push(std::mem::replace(now, after));
        true
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_walk_the_same_way() {
        let (mut history, mut now) = (History::default(), 0);
        for next in 1..=3 {
            history.keep(now);
            now = next;
        }
        assert!(history.undo(&mut now) && history.undo(&mut now));
        assert_eq!(now, 1);
        assert!(history.redo(&mut now));
        assert_eq!(now, 2);
        history.keep(now);
        now = 9;
        assert!(!history.redo(&mut now), "a new change ends what was undone");
        while history.undo(&mut now) {}
        assert_eq!(now, 0);
    }

    #[test]
    fn it_is_bounded() {
        let (mut history, mut now) = (History::default(), 0);
        for next in 1..=MOST + 20 {
            history.keep(now);
            now = next;
        }
        let mut steps = 0;
        while history.undo(&mut now) {
            steps += 1;
        }
        assert_eq!((steps, now), (MOST, 20));
    }
}
