//! What is remembered of a picture: a coarse grid of means and the share of dark pixels.

use crate::picture::Luma;

/// Columns of the grid.
pub(super) const COLUMNS: usize = 32;
/// Rows of the grid.
pub(super) const ROWS: usize = 18;
/// Cells of the grid.
pub(super) const CELLS: usize = COLUMNS * ROWS;
/// Rows of pixels that are read for each row of cells, spread evenly over it.
const READ: usize = 8;
/// Stretches of a row whose means tell its detail: finer than cells, coarser than noise.
const BINS: usize = 160;

/// Luma up to this is dark: video black is 16, and noise and ringing reach a little above.
pub(super) const DARK: u8 = 32;

/// A picture at a glance.
#[derive(Clone, Debug)]
pub(super) struct Glance {
    /// Mean luma of each cell, row by row.
    pub(super) cells: [u8; CELLS],
    /// Pixels read that are no brighter than [`DARK`], in 1/1000.
    pub(super) dark: u32,
    /// Mean squared difference of neighbours among [`BINS`] means a row, in 1/16 of a squared step:
    /// how much edge and texture there is.
    pub(super) detail: u32,
}

impl Glance {
    /// Reads at most eight rows of pixels for each row of cells, all columns.
    pub(super) fn of(luma: Luma<'_>) -> Self {
        let mut cells = [0; CELLS];
        let mut sums = vec![0u32; luma.width];
        let (mut dark, mut read) = (0u64, 0u64);
        let mut detail = Detail::new(luma.width);
        for (row, cells) in cells.as_chunks_mut::<COLUMNS>().0.iter_mut().enumerate() {
            let (top, bottom) = stretch(luma.height, ROWS, row);
            let step = ((bottom - top) / READ).max(1);
            sums.fill(0);
            let mut lines = 0;
            for y in (top..bottom).step_by(step) {
                let pixels = luma.row(y);
                for (sum, &pixel) in sums.iter_mut().zip(pixels) {
                    *sum += u32::from(pixel);
                }
                dark += pixels
                    .iter()
                    .map(|&pixel| u64::from(pixel <= DARK))
                    .sum::<u64>();
                read += pixels.len() as u64;
                detail.add(pixels);
                lines += 1;
            }
            for (column, cell) in cells.iter_mut().enumerate() {
                let (left, right) = stretch(luma.width, COLUMNS, column);
                let sum: u32 = sums[left..right].iter().sum();
                let area = lines * (right - left) as u32;
                *cell = ((sum + area / 2) / area) as u8;
            }
        }
        Self {
            cells,
            dark: (dark * 1000 / read) as u32,
            detail: detail.mean(),
        }
    }

    /// Sum of the absolute differences of cells, in luma steps.
    pub(super) fn difference(&self, other: &Self) -> u32 {
        self.cells
            .iter()
            .zip(&other.cells)
            .map(|(&a, &b)| u32::from(a.abs_diff(b)))
            .sum()
    }

    /// Mean luma, in 1/16 of a step.
    pub(super) fn mean(&self) -> u32 {
        self.cells.iter().map(|&cell| u32::from(cell)).sum::<u32>() * 16 / CELLS as u32
    }
}

/// Gathers [`Glance::detail`].
struct Detail {
    width: usize,
    /// 2^32 / width, rounded up: multiplying is quicker than dividing, and exact for pictures up to
    /// 300,000 wide.
    share: u64,
    sum: u64,
    count: u64,
}

impl Detail {
    fn new(width: usize) -> Self {
        let width = (width / BINS).max(1);
        Self {
            width,
            share: (1u64 << 32).div_ceil(width as u64),
            sum: 0,
            count: 0,
        }
    }

    fn add(&mut self, pixels: &[u8]) {
        let bins = pixels.chunks_exact(self.width);
        let mut means = bins.map(|bin| {
            let sum: u32 = bin.iter().map(|&p| u32::from(p)).sum();
            ((u64::from(sum * 4) * self.share) >> 32) as u32
        });
        let Some(mut before) = means.next() else {
            return;
        };
        for mean in means {
            self.sum += u64::from(mean.abs_diff(before).pow(2));
            self.count += 1;
            before = mean;
        }
    }

    fn mean(&self) -> u32 {
        (self.sum / self.count.max(1)) as u32
    }
}

/// The `at`-th of `parts` stretches of `length` pixels; at least one pixel, so that stretches of a
/// picture smaller than the grid overlap.
fn stretch(length: usize, parts: usize, at: usize) -> (usize, usize) {
    let start = at * length / parts;
    (start, ((at + 1) * length / parts).max(start + 1))
}
