//! Corners of a picture with binary descriptors: what is left to recognise when most of the picture
//! is cut away or it is shrunk into another.
//!
//! Corners are found by Harris's measure on a pyramid of reduced pictures; each is described by
//! brightness comparisons about it (upright BRIEF). Half of the comparisons mirror the other half, so
//! the descriptor of the mirrored picture is the two halves swapped.

mod corners;
mod level;

use std::sync::LazyLock;

use crate::views::Small;
use level::Level;

/// Levels of the pyramid, each this much smaller than the last.
pub(crate) const LEVELS: u8 = 6;
pub(crate) const RATIO: f32 = 1.3;

/// Corners kept at each level.
const KEPT: usize = 32;

/// Comparisons reach this far from the corner, in samples of its level.
const REACH: i32 = 13;

/// A described corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Point {
    /// Place in the reduced picture.
    pub(crate) x: u16,
    pub(crate) y: u16,
    /// Level of the pyramid, 0 the finest.
    pub(crate) level: u8,
    pub(crate) bits: [u64; 4],
}

impl Point {
    /// Bits that differ, 0 to 256.
    pub(crate) fn distance(&self, other: &[u64; 4]) -> u32 {
        self.bits
            .iter()
            .zip(other)
            .map(|(a, b)| (a ^ b).count_ones())
            .sum()
    }

    /// The descriptor of the same corner in the mirrored picture.
    pub(crate) fn mirrored(&self) -> [u64; 4] {
        let [a, b, c, d] = self.bits;
        [c, d, a, b]
    }
}

/// The corners of a picture, level by level, the strongest of each first.
pub(crate) fn of(small: &Small) -> Vec<Point> {
    let mut out = Vec::new();
    let mut level = Level::first(small);
    for number in 0..LEVELS {
        let scale = RATIO.powi(i32::from(number));
        for (x, y) in corners::strongest(&level, REACH as usize + 1, KEPT) {
            let place = |at: usize| ((at as f32 + 0.5) * scale) as u16;
            out.push(Point {
                x: place(x),
                y: place(y),
                level: number,
                bits: describe(&level, x, y),
            });
        }
        level = level.next(RATIO);
    }
    out
}

/// Offsets compared: the first is brighter than the second, or not.
type Comparison = [(i32, i32); 2];

/// 128 comparisons, drawn once from a fixed sequence, denser about the middle.
static PATTERN: LazyLock<Vec<Comparison>> = LazyLock::new(|| {
    let mut state = 0x0046_5750_5249_4e54_u64;
    let mut coordinate = move || {
        let mut sum = 0;
        for _ in 0..3 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sum += (state >> 33) as i64 % i64::from(2 * REACH + 1);
        }
        // Three dice spread 1.7 times less than one; stretch a little and stay within reach.
        ((sum - 3 * i64::from(REACH)) as i32 / 2).clamp(-REACH, REACH)
    };
    (0..128)
        .map(|_| [(coordinate(), coordinate()), (coordinate(), coordinate())])
        .collect()
});

fn describe(level: &Level, x: usize, y: usize) -> [u64; 4] {
    let mut bits = [0; 4];
    for (k, [(ax, ay), (bx, by)]) in PATTERN.iter().enumerate() {
        let plain = level.about(x, y, *ax, *ay) > level.about(x, y, *bx, *by);
        let mirror = level.about(x, y, -ax, *ay) > level.about(x, y, -bx, *by);
        bits[k / 64] |= u64::from(plain) << (k % 64);
        bits[2 + k / 64] |= u64::from(mirror) << (k % 64);
    }
    bits
}
