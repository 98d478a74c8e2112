//! Blur and decimation as one separable operator with weights cached by size: the short way.

use super::{SMALLEST, Spectrum};
use crate::Luma;
use crate::resample::{Taps, reduce};

/// Side of the picture that the transform takes.
pub(super) const SIDE: usize = 64;

/// Sizes remembered before all are forgotten. A video has one, its views a handful a border.
const CACHED: usize = 48;

/// Reduces planes to 64×64 and remembers the weights of the sizes it has seen.
#[derive(Debug, Default)]
pub(crate) struct Reducer {
    known: Vec<(usize, Taps)>,
    line: Vec<f32>,
    small: Vec<f32>,
}

impl Reducer {
    /// The coefficients of a plane's PDQ; all zero for a plane too small or not whole.
    pub(crate) fn spectrum(&mut self, luma: Luma<'_>) -> Spectrum {
        if !luma.is_whole() || luma.width < SMALLEST || luma.height < SMALLEST {
            return Spectrum::default();
        }
        if luma.width == SIDE && luma.height == SIDE {
            self.small.clear();
            self.small
                .extend((0..SIDE).flat_map(|y| luma.row(y)).map(|&s| f32::from(s)));
        } else {
            if self.known.len() >= CACHED {
                self.known.clear();
            }
            let (rows, columns) = (self.taps(luma.height), self.taps(luma.width));
            reduce(
                luma,
                &self.known[rows].1,
                &self.known[columns].1,
                &mut self.line,
                &mut self.small,
            );
        }
        Spectrum::of(&self.small)
    }

    /// Index of the weights for a side, which are worked out when new.
    fn taps(&mut self, side: usize) -> usize {
        let known = self.known.iter().position(|(s, _)| *s == side);
        known.unwrap_or_else(|| {
            self.known.push((side, tent(side)));
            self.known.len() - 1
        })
    }
}

/// First and last input of the box filter around `at`, clipped at the ends: even windows reach one
/// further to the right, as in the reference.
fn window(at: usize, width: usize, side: usize) -> (usize, usize) {
    let half = width.div_ceil(2).max(1) - 1;
    let reach = width / 2;
    (at.saturating_sub(half), (at + reach).min(side - 1))
}

/// Weights of two box passes sampled at the 64 positions the reference keeps.
fn tent(side: usize) -> Taps {
    let width = side.div_ceil(128);
    let run = |i: usize| {
        let centre = ((i as f64 + 0.5) * side as f64 / SIDE as f64) as usize;
        let (from, to) = window(centre, width, side);
        let (first, last) = (window(from, width, side).0, window(to, width, side).1);
        let mut weights = vec![0.0f64; last - first + 1];
        for middle in from..=to {
            let (a, b) = window(middle, width, side);
            let share = 1.0 / ((to - from + 1) as f64 * (b - a + 1) as f64);
            weights[a - first..=b - first]
                .iter_mut()
                .for_each(|w| *w += share);
        }
        (first, weights.into_iter().map(|w| w as f32).collect())
    };
    Taps::new((0..SIDE).map(run).collect())
}
