//! The last few frames as they were shown, repetitions included.

use std::collections::VecDeque;

use super::Place;
use super::glance::Glance;

/// Frames kept: one in question and those around it.
const KEPT: usize = 24;

/// A frame among the last few.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Where it is.
    pub(super) place: Place,
    /// What it looks like.
    pub(super) glance: Glance,
    /// Sum of the cell differences from the frame before, in luma steps; 0 for the first.
    pub(super) step: u32,
}

/// Frames by serial number from 0.
#[derive(Debug, Default)]
pub(super) struct Recent {
    shown: VecDeque<Shown>,
    next: usize,
}

impl Recent {
    /// Takes the next frame and gives its step.
    pub(super) fn push(&mut self, place: Place, glance: Glance) -> u32 {
        let step = self
            .shown
            .back()
            .map_or(0, |last| last.glance.difference(&glance));
        if self.shown.len() == KEPT {
            self.shown.pop_front();
        }
        self.shown.push_back(Shown {
            place,
            glance,
            step,
        });
        self.next += 1;
        step
    }

    /// One more than the serial number of the newest frame.
    pub(super) fn end(&self) -> usize {
        self.next
    }

    /// The frame with a serial number, if it is still, or already, here.
    pub(super) fn get(&self, serial: usize) -> Option<&Shown> {
        self.shown
            .get(serial.checked_sub(self.next - self.shown.len())?)
    }
}

/// The median of a few numbers; 0 of none.
pub(super) fn median(numbers: impl Iterator<Item = u32>) -> u32 {
    let mut numbers: Vec<_> = numbers.collect();
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().unwrap_or(0)
}
