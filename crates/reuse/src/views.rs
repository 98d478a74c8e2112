//! The parts of a sampled picture that are hashed beside the whole.

use std::ops::Range;

use crate::Luma;
use crate::pdq::{Dihedral, Pdq, Reducer};
use crate::resample::{Taps, reduce};

/// Longest side of the reduced picture from which views are cut.
const LONGEST: usize = 384;

/// Kept shares of the trimmed picture's sides, in percent: the trimmed picture and three crops.
pub(crate) const KEPT: [usize; VIEWS] = [100, 86, 74, 62];

/// Views per sample, the whole picture not counted.
pub(crate) const VIEWS: usize = 4;

/// A box in a reduced picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
}

/// A picture reduced to at most [`LONGEST`] a side, rows without gaps.
#[derive(Clone, Debug)]
pub(crate) struct Small {
    pub(crate) width: usize,
    pub(crate) height: usize,
    samples: Vec<u8>,
}

impl Small {
    fn luma(&self) -> Luma<'_> {
        Luma {
            data: &self.samples,
            width: self.width,
            height: self.height,
            stride: self.width,
        }
    }

    /// The samples, row by row.
    pub(crate) fn samples(&self) -> &[u8] {
        &self.samples
    }

    /// The sample at a place, which must be within.
    pub(crate) fn sample(&self, x: usize, y: usize) -> u8 {
        self.samples[y * self.width + x]
    }

    /// The hash of a box.
    pub(crate) fn print(&self, part: Rect, reducer: &mut Reducer) -> Pdq {
        let luma = self.luma().part(part.x, part.y, part.width, part.height);
        reducer.spectrum(luma).hash(Dihedral::Original)
    }

    /// Spread (largest less smallest) and mean of the samples in a box.
    pub(crate) fn level(&self, columns: Range<usize>, rows: Range<usize>) -> (u8, i32) {
        let (mut low, mut high, mut sum) = (u8::MAX, 0, 0i64);
        let count = (columns.len() * rows.len()).max(1) as i64;
        for y in rows {
            for &sample in &self.luma().row(y)[columns.clone()] {
                (low, high) = (low.min(sample), high.max(sample));
                sum += i64::from(sample);
            }
        }
        (high.saturating_sub(low), (sum / count) as i32)
    }

    /// The hashes of the views within a box.
    pub(crate) fn views(&self, within: Rect, reducer: &mut Reducer) -> [Pdq; VIEWS] {
        KEPT.map(|percent| {
            let kept = |side: usize| (side * percent).div_ceil(100).max(1);
            let (width, height) = (kept(within.width), kept(within.height));
            let (x, y) = (
                within.x + (within.width - width) / 2,
                within.y + (within.height - height) / 2,
            );
            let part = Rect {
                x,
                y,
                width,
                height,
            };
            self.print(part, reducer)
        })
    }
}

/// Makes [`Small`] pictures, remembering the weights of the last size.
#[derive(Debug, Default)]
pub(crate) struct Shrinker {
    size: (usize, usize),
    taps: Option<(Taps, Taps)>,
    line: Vec<f32>,
    out: Vec<f32>,
}

impl Shrinker {
    /// The reduced picture, never enlarged. The plane must be whole.
    pub(crate) fn shrink(&mut self, luma: Luma<'_>) -> Small {
        let longest = luma.width.max(luma.height);
        let side = |s: usize| {
            if longest <= LONGEST {
                s
            } else {
                (s * LONGEST / longest).max(1)
            }
        };
        let (width, height) = (side(luma.width), side(luma.height));
        if self.size != (luma.width, luma.height) {
            self.size = (luma.width, luma.height);
            self.taps = None;
        }
        let (rows, columns) = self.taps.get_or_insert_with(|| {
            (
                Taps::area(luma.height, height),
                Taps::area(luma.width, width),
            )
        });
        reduce(luma, rows, columns, &mut self.line, &mut self.out);
        let samples = self.out.iter().map(|&s| (s + 0.5) as u8).collect();
        Small {
            width,
            height,
            samples,
        }
    }
}
