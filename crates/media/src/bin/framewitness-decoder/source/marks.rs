//! Sync samples that a later pass can go on from, and the one that this pass goes on from.

use media::protocol::{Begin, Mark, Task};

use crate::clock::Clock;

/// Samples from one mark to the next at least: of video whose every sample is a sync sample few are
/// enough.
const APART: u32 = 16;

#[derive(Default)]
pub(super) struct Marks {
    /// Where decoding is to begin, until it has.
    pub(super) from: Option<Mark>,
    wanted: bool,
    passed: Vec<Mark>,
    next: u32,
}

impl Marks {
    pub(super) fn new(begin: &Begin) -> Self {
        Self {
            from: begin.from.clone(),
            wanted: matches!(begin.task, Task::Pass(_)),
            ..Self::default()
        }
    }

    /// Whether the sample comes before decoding begins. Sets the clock for the one that does not.
    pub(super) fn is_before(&mut self, sample: u32, clock: &mut Clock) -> bool {
        match &self.from {
            Some(from) if sample < from.sample => true,
            Some(from) => {
                clock.set(from);
                self.from = None;
                false
            }
            None => false,
        }
    }

    /// A sync sample arrives.
    pub(super) fn pass(&mut self, sample: u32, clock: &Clock) {
        if self.wanted && sample >= self.next {
            self.next = sample.saturating_add(APART);
            self.passed.push(clock.mark(sample));
        }
    }

    /// Those passed since the last call.
    pub(super) fn take(&mut self) -> Vec<Mark> {
        std::mem::take(&mut self.passed)
    }
}
