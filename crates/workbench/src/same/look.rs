//! One frame as it is compared: by the hash of its planes, else by its print.

use media::index::{FrameHash, FrameIndex};
use reuse::Prints;
use reuse::pdq::Pdq;

use crate::hashes::RADIUS;

/// Most bits of 256 by which prints of alike pictures differ.
pub(super) const ALIKE: u32 = RADIUS;

/// Prints of lower quality are of plain pictures and say little: what PDQ's authors advise.
pub(super) const PLAIN: u8 = 50;

/// A frame's hash and print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) hash: FrameHash,
    pub(super) print: Pdq,
}

impl Look {
    /// Of every frame of an index.
    pub(super) fn of(frames: &FrameIndex, prints: &Prints) -> Vec<Self> {
        let mut looks: Vec<Self> = frames
            .frames
            .iter()
            .map(|frame| Self {
                hash: frame.hash,
                print: Pdq::default(),
            })
            .collect();
        for (no, print) in prints.whole() {
            if let Some(look) = looks.get_mut(no as usize) {
                look.print = print;
            }
        }
        looks
    }

    /// Whether the planes are the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.hash == other.hash
    }

    /// Whether the picture has too little in it for its print to tell it from others.
    pub(super) fn plain(&self) -> bool {
        self.print.quality < PLAIN
    }

    /// Bits by which two alike pictures differ, 0 for equal ones; `None` if they are not alike. Two
    /// plain pictures cannot be told apart.
    pub(super) fn bits(&self, other: &Self) -> Option<u32> {
        if self.equals(other) {
            return Some(0);
        }
        let bits = self.print.distance(&other.print);
        if self.plain() && other.plain() {
            return Some(bits.min(ALIKE));
        }
        Some(bits).filter(|bits| *bits <= ALIKE)
    }
}
