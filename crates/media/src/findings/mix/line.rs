//! The straight line between two pictures, taken as points with a coordinate for each cell.

use crate::findings::glance::{CELLS, Glance};

/// Steps along the line are in 1/1024 of it.
const WHOLE: i64 = 1024;
/// How far from an end a picture is clear of it.
const CLEAR: i64 = 40;
/// How far a picture may fall back on the line.
const BACK: i64 = 40;
/// How many times an even step the largest may be, in 1/10.
const UNEVEN: i64 = 25;

/// How the pictures of a span lie along the line between its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Root mean square over cells between the ends, in 1/16 of a luma step.
    pub(super) length: u32,
    /// Mean distance from the line of the pictures between, likewise.
    pub(super) off: u32,
    /// Pictures between, from 0: the first that is clear of `a` and the last that is clear of `b`.
    pub(super) mixed: (usize, usize),
}

impl Line {
    /// `None` unless the pictures between advance from `a` to `b` without falling back and in steps
    /// that are roughly even.
    pub(super) fn through(a: &Glance, b: &Glance, between: Vec<&Glance>) -> Option<Self> {
        let square = dot(a, b, b);
        if square == 0 {
            return None;
        }
        let largest = WHOLE * UNEVEN / 10 / (between.len() as i64 + 1);
        let advances = |before: i64, at: i64| at - before >= -BACK && at - before <= largest;
        let (mut before, mut off) = (0, 0);
        let (mut first, mut last) = (0, 0);
        let count = between.len() as u64;
        for (place, glance) in between.into_iter().enumerate() {
            let along = dot(a, b, glance);
            let at = along * WHOLE / square;
            if !advances(before, at) {
                return None;
            }
            before = at;
            if at <= CLEAR {
                first = place + 1;
            }
            if at < WHOLE - CLEAR {
                last = place;
            }
            // Distance squared, by Pythagoras; products stay below 2⁵² · CELLS.
            let own = dot(a, glance, glance);
            let beside = own - along * at / WHOLE;
            off += root(beside);
        }
        let off = u32::try_from(off / count.max(1)).ok()?;
        let length = u32::try_from(root(square)).ok()?;
        (advances(before, WHOLE) && first <= last).then_some(Self {
            length,
            off,
            mixed: (first, last),
        })
    }
}

/// Product of the vectors from `origin` to `x` and to `y`.
fn dot(origin: &Glance, x: &Glance, y: &Glance) -> i64 {
    let mut sum = 0i32;
    for cell in 0..CELLS {
        let from = i32::from(origin.cells[cell]);
        sum += (i32::from(x.cells[cell]) - from) * (i32::from(y.cells[cell]) - from);
    }
    i64::from(sum)
}

/// Root mean square over cells of a sum of squares, in 1/16 of a step.
fn root(square: i64) -> u64 {
    (square.max(0) as u64 * 256 / CELLS as u64).isqrt()
}
