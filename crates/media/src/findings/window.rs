//! The last few pictures that differ from the one before them.

use std::collections::VecDeque;

use super::Place;
use super::glance::{CELLS, Glance};
use super::unlike::unlike;

/// Pictures kept: the longest mix, what goes before it and what comes after.
const KEPT: usize = 128;

/// Sum of cell differences, in luma steps, under which a picture repeats the one before: a tenth of
/// a step a cell. Rate conversion repeats frames, and the coder may touch up a repetition.
const REPEAT: u32 = CELLS as u32 / 10;

/// A picture in the window.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The first frame that shows it.
    pub(super) place: Place,
    /// What it looks like.
    pub(super) glance: Glance,
    /// How unlike the one before it is, in 1/16 of a luma step; 0 for the first.
    pub(super) jump: u32,
}

/// Pictures by serial number, counted from 0 over those that are no repetition.
#[derive(Debug, Default)]
pub(super) struct Window {
    seen: VecDeque<Seen>,
    next: usize,
}

impl Window {
    /// Takes the next frame; false if it repeats the last picture and nothing changed.
    pub(super) fn push(&mut self, place: Place, glance: Glance) -> bool {
        let jump = match self.seen.back() {
            Some(last) if last.glance.difference(&glance) <= REPEAT => return false,
            Some(last) => unlike(&last.glance, &glance),
            None => 0,
        };
        if self.seen.len() == KEPT {
            self.seen.pop_front();
        }
        self.seen.push_back(Seen {
            place,
            glance,
            jump,
        });
        self.next += 1;
        true
    }

    /// One more than the serial number of the newest picture.
    pub(super) fn end(&self) -> usize {
        self.next
    }

    /// Serial number of the oldest picture still here.
    pub(super) fn start(&self) -> usize {
        self.next - self.seen.len()
    }

    /// The picture with a serial number, if it is still, or already, here.
    pub(super) fn get(&self, serial: usize) -> Option<&Seen> {
        self.seen.get(serial.checked_sub(self.start())?)
    }
}
