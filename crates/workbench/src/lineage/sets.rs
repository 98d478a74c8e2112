//! What hangs together, directly or through others.

/// Disjoint sets of the numbers below some count.
pub(super) struct Sets {
    above: Vec<usize>,
}

impl Sets {
    /// Each number in a set of its own.
    pub(super) fn new(count: usize) -> Self {
        Self {
            above: (0..count).collect(),
        }
    }

    /// The smallest number of the set that `one` is in.
    pub(super) fn of(&mut self, one: usize) -> usize {
        let mut top = one;
        while self.above[top] != top {
            // Halving the way keeps it short for the next question.
            self.above[top] = self.above[self.above[top]];
            top = self.above[top];
        }
        top
    }

    /// Makes one set of the sets of `one` and `other`.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        self.above[one.max(other)] = one.min(other);
    }
}
