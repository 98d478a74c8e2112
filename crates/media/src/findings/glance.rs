//! What is remembered of a picture: a coarse grid of means and the share of dark pixels.

mod columns;
mod detail;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use columns::Columns;
use detail::Detail;

use crate::picture::Luma;

/// Columns of the grid.
pub(super) const COLUMNS: usize = 32;
/// Rows of the grid.
pub(super) const ROWS: usize = 18;
/// Cells of the grid.
pub(crate) const CELLS: usize = COLUMNS * ROWS;
/// Rows of pixels that are read for each row of cells, spread evenly over it.
const READ: usize = 8;
/// Stretches of a row whose means tell its detail: finer than cells, coarser than noise.
const BINS: usize = 160;

/// Luma up to this is dark: video black is 16, and noise and ringing reach a little above.
pub(super) const DARK: u8 = 32;

/// A picture at a glance: all that the methods on pictures see of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    /// Mean luma of each cell, row by row.
    #[serde(serialize_with = "write_cells", deserialize_with = "read_cells")]
    pub(crate) cells: [u8; CELLS],
    /// Pixels read that are no brighter than [`DARK`], in 1/1000.
    pub(crate) dark: u32,
    /// Mean squared difference of neighbours among [`BINS`] means a row, in 1/16 of a squared step:
    /// how much edge and texture there is.
    pub(crate) detail: u32,
}

impl Glance {
    /// Reads at most eight rows of pixels for each row of cells, all columns.
    pub fn of(luma: Luma<'_>) -> Self {
        let mut cells = [0; CELLS];
        let mut columns = Columns::new(luma.width);
        let (mut dark, mut read) = (0u64, 0u64);
        let mut detail = Detail::new(luma.width);
        for (row, cells) in cells.as_chunks_mut::<COLUMNS>().0.iter_mut().enumerate() {
            let (top, bottom) = stretch(luma.height, ROWS, row);
            let step = ((bottom - top) / READ).max(1);
            columns.clear();
            let mut lines = 0;
            // Fewer than 2 * READ rows, since a step is rounded down.
            for y in (top..bottom).step_by(step) {
                let pixels = luma.row(y);
                columns.add(pixels);
                detail.add(pixels);
                lines += 1;
            }
            dark += columns.dark();
            read += u64::from(lines) * luma.width as u64;
            for (column, cell) in cells.iter_mut().enumerate() {
                let (left, right) = stretch(luma.width, COLUMNS, column);
                let sum = columns.sum(left, right);
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

/// Two hexadecimal digits a cell: a tenth of the time that a list of numbers takes.
fn write_cells<S: Serializer>(cells: &[u8; CELLS], to: S) -> Result<S::Ok, S::Error> {
    let mut text = String::with_capacity(2 * CELLS);
    for cell in cells {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        text.extend([digit(cell >> 4), digit(cell & 15)]);
    }
    to.serialize_str(&text)
}

fn read_cells<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; CELLS], D::Error> {
    let text = <std::borrow::Cow<'_, str>>::deserialize(from)?;
    let (digits, rest) = text.as_bytes().as_chunks::<2>();
    let half = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let cells = digits
        .iter()
        .map(|[high, low]| Some(half(*high)? << 4 | half(*low)?));
    let cells: Option<Vec<u8>> = cells.collect();
    cells
        .filter(|_| rest.is_empty())
        .and_then(|cells| cells.try_into().ok())
        .ok_or_else(|| D::Error::custom("cells are two hexadecimal digits each"))
}

/// The `at`-th of `parts` stretches of `length` pixels; at least one pixel, so that stretches of a
/// picture smaller than the grid overlap.
fn stretch(length: usize, parts: usize, at: usize) -> (usize, usize) {
    let start = at * length / parts;
    (start, ((at + 1) * length / parts).max(start + 1))
}
