//! One level of the pyramid, blurred.

use crate::Luma;
use crate::resample::{Taps, reduce};
use crate::views::Small;

/// A blurred picture.
#[derive(Debug)]
pub(super) struct Level {
    pub(super) width: usize,
    pub(super) height: usize,
    sharp: Vec<u8>,
    blurred: Vec<u8>,
}

impl Level {
    pub(super) fn first(small: &Small) -> Self {
        Self::new(small.width, small.height, small.samples().to_vec())
    }

    fn new(width: usize, height: usize, sharp: Vec<u8>) -> Self {
        let blurred = blur(&sharp, width);
        Self {
            width,
            height,
            sharp,
            blurred,
        }
    }

    /// The next level, smaller by `ratio`.
    pub(super) fn next(&self, ratio: f32) -> Self {
        let side = |s: usize| ((s as f32 / ratio) as usize).max(1);
        let (width, height) = (side(self.width), side(self.height));
        let (rows, columns) = (
            Taps::area(self.height, height),
            Taps::area(self.width, width),
        );
        let luma = Luma {
            data: &self.sharp,
            width: self.width,
            height: self.height,
            stride: self.width,
        };
        let (mut line, mut out) = (Vec::new(), Vec::new());
        reduce(luma, &rows, &columns, &mut line, &mut out);
        Self::new(
            width,
            height,
            out.into_iter().map(|s| (s + 0.5) as u8).collect(),
        )
    }

    /// A blurred row.
    pub(super) fn row(&self, y: usize) -> &[u8] {
        &self.blurred[y * self.width..(y + 1) * self.width]
    }

    /// The blurred sample `dx`, `dy` from a place; the caller keeps within the picture.
    pub(super) fn about(&self, x: usize, y: usize, dx: i32, dy: i32) -> u8 {
        let (x, y) = (
            x.wrapping_add_signed(dx as isize),
            y.wrapping_add_signed(dy as isize),
        );
        self.blurred[y * self.width + x]
    }
}

/// Binomial blur over five samples along both axes.
fn blur(samples: &[u8], width: usize) -> Vec<u8> {
    let along = |samples: &[u8], step: usize| -> Vec<u8> {
        let mut out = samples.to_vec();
        for at in 2 * step..samples.len().saturating_sub(2 * step) {
            let s = |back: usize, on: usize| u16::from(samples[at + on * step - back * step]);
            out[at] =
                ((s(2, 0) + 4 * s(1, 0) + 6 * s(0, 0) + 4 * s(0, 1) + s(0, 2) + 8) / 16) as u8;
        }
        out
    };
    along(&along(samples, 1), width)
}
