//! The reference's blur and decimation operation by operation, for equal bits in every picture.
//!
//! The reference filters the whole plane with a box along the rows, along the columns, and both once
//! more, each as a running sum in `f32` that carries its rounding on, then keeps 64×64 samples. Sums
//! of the first pass are whole numbers and exact in any order; the running sums of the second go down
//! the columns, a row of them at a time; those of the third go along eight rows side by side; of the
//! fourth only the 64 columns kept are made. Every sum and quotient that is kept is rounded like the
//! reference's, so the result is the same on every instruction set.

mod sums;

use fearless_simd::{Level, dispatch};

use super::tent::SIDE;
use crate::Luma;
use sums::RowSums;

/// Rows whose running sums go side by side.
const ABREAST: usize = 8;

/// One axis of a picture.
#[derive(Debug, Default)]
struct Axis {
    length: usize,
    /// Samples under the box, at least 1.
    window: usize,
    /// The samples kept.
    kept: Vec<usize>,
    /// Samples under the box at each place: fewer at the ends.
    held: Vec<f32>,
}

impl Axis {
    fn new(length: usize) -> Self {
        let window = length.div_ceil(2 * SIDE);
        let kept = (0..SIDE).map(|i| ((i as f64 + 0.5) * length as f64 / SIDE as f64) as usize);
        let held = (0..length).map(|at| {
            let (from, to) = (at.saturating_sub((window - 1) / 2), at + window / 2);
            (to.min(length - 1) - from + 1) as f32
        });
        Self {
            length,
            window,
            kept: kept.collect(),
            held: held.collect(),
        }
    }

    /// How far the box reaches on from its place.
    fn reach(&self) -> usize {
        self.window / 2
    }

    /// The last place of one pass that the next still needs.
    fn last(&self) -> usize {
        self.kept[SIDE - 1] + self.reach()
    }
}

/// Blurs planes and keeps 64×64 samples; remembers the last size, and its memory.
#[derive(Debug)]
pub(super) struct Jarosz {
    level: Level,
    rows: Axis,
    columns: Axis,
    sums: RowSums,
    /// The last rows of the first pass, as many as the box is high.
    ring: Vec<f32>,
    /// Running sums of the second pass.
    running: Vec<f32>,
    /// Rows of the second pass that wait for the third.
    abreast: Vec<f32>,
    /// The third pass, at the columns kept.
    narrow: Vec<f32>,
}

impl Jarosz {
    pub(super) fn new(level: Level) -> Self {
        Self {
            level,
            rows: Axis::default(),
            columns: Axis::default(),
            sums: RowSums::default(),
            ring: Vec::new(),
            running: Vec::new(),
            abreast: Vec::new(),
            narrow: Vec::new(),
        }
    }

    /// The 64×64 picture, row by row. The plane must be whole.
    pub(super) fn reduce(&mut self, luma: Luma<'_>, out: &mut [f32; SIDE * SIDE]) {
        if self.rows.length != luma.height || self.columns.length != luma.width {
            self.rows = Axis::new(luma.height);
            self.columns = Axis::new(luma.width);
        }
        let width = luma.width;
        for (room, size) in [
            (&mut self.ring, self.rows.window * width),
            (&mut self.running, width),
            (&mut self.abreast, ABREAST * width),
        ] {
            room.clear();
            room.resize(size, 0.0);
        }
        let rows = (self.rows.last() + 1).next_multiple_of(ABREAST);
        self.narrow.resize(rows * SIDE, 0.0);
        let level = self.level;
        dispatch!(level, _simd => self.passes(luma, out));
    }

    #[inline(always)]
    fn passes(&mut self, luma: Luma<'_>, out: &mut [f32; SIDE * SIDE]) {
        let (width, reach) = (luma.width, self.rows.reach());
        let last = self.rows.last();
        for place in 0..=last + reach {
            let slot = place % self.rows.window * width;
            let old = &mut self.ring[slot..slot + width];
            if place < luma.height {
                let sums = self.sums.of(luma.row(place), self.columns.window);
                down(&mut self.running, old, sums, &self.columns.held);
            } else {
                leave(&mut self.running, old);
            }
            let Some(row) = place.checked_sub(reach) else {
                continue;
            };
            let line = row % ABREAST * width;
            let line = &mut self.abreast[line..line + width];
            share(line, &self.running, self.rows.held[row]);
            if row % ABREAST == ABREAST - 1 || row == last {
                let first = (row - row % ABREAST) * SIDE;
                let narrow = &mut self.narrow[first..first + ABREAST * SIDE];
                along(&self.abreast, &self.columns, narrow);
            }
        }
        keep(&self.narrow, &self.rows, out);
    }
}

/// The first pass's row of means joins the running sums of the second, and takes the place of the
/// row that leaves them.
#[inline(always)]
fn down(running: &mut [f32], old: &mut [f32], sums: &[f32], held: &[f32]) {
    let means = sums.iter().zip(held).map(|(sum, held)| sum / held);
    for ((running, old), mean) in running.iter_mut().zip(old).zip(means) {
        let sum = *running + mean;
        *running = sum - *old;
        *old = mean;
    }
}

/// Below the picture rows only leave the running sums.
#[inline(always)]
fn leave(running: &mut [f32], old: &[f32]) {
    for (running, old) in running.iter_mut().zip(old) {
        *running -= old;
    }
}

#[inline(always)]
fn share(line: &mut [f32], running: &[f32], held: f32) {
    for (mean, sum) in line.iter_mut().zip(running) {
        *mean = sum / held;
    }
}

/// The third pass over rows side by side, at the columns kept.
#[inline(always)]
fn along(abreast: &[f32], columns: &Axis, narrow: &mut [f32]) {
    let (width, window) = (columns.length, columns.window);
    let rows: [&[f32]; ABREAST] = std::array::from_fn(|row| &abreast[row * width..][..width]);
    let mut sums = [0.0f32; ABREAST];
    for (sum, row) in sums.iter_mut().zip(rows) {
        row[..window].iter().for_each(|sample| *sum += sample);
    }
    let held = window as f32;
    let mut next = window;
    for (column, kept) in columns.kept.iter().enumerate() {
        let end = kept + columns.reach() + 1;
        if next < end {
            let count = end - next;
            let joins = rows.map(|row| &row[next..][..count]);
            let leaves = rows.map(|row| &row[next - window..][..count]);
            for at in 0..count {
                for row in 0..ABREAST {
                    sums[row] += joins[row][at];
                    sums[row] -= leaves[row][at];
                }
            }
            next = end;
        }
        for row in 0..ABREAST {
            narrow[row * SIDE + column] = sums[row] / held;
        }
    }
}

/// The fourth pass, down the columns kept, at the rows kept.
#[inline(always)]
fn keep(narrow: &[f32], rows: &Axis, out: &mut [f32; SIDE * SIDE]) {
    let (lines, _) = narrow.as_chunks::<SIDE>();
    let mut sums = [0.0f32; SIDE];
    let held = rows.window as f32;
    let mut next = 0;
    for (kept, line) in rows.kept.iter().zip(out.as_chunks_mut::<SIDE>().0) {
        let end = kept + rows.reach() + 1;
        for at in next..end {
            for (sum, sample) in sums.iter_mut().zip(&lines[at]) {
                *sum += sample;
            }
            if let Some(left) = at.checked_sub(rows.window) {
                for (sum, sample) in sums.iter_mut().zip(&lines[left]) {
                    *sum -= sample;
                }
            }
        }
        next = next.max(end);
        *line = sums.map(|sum| sum / held);
    }
}
