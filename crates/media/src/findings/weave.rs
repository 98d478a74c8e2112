//! What rows of pixels tell that coarse cells cannot: how much of the picture stands to the pixel
//! from one frame to the next, and whether its even and odd rows belong together.

use serde::{Deserialize, Serialize};

use crate::picture::Luma;

/// Rows of a strip, and columns of a block: the smallest square that coders transform.
const SIDE: usize = 8;
/// Strips that are read, spread evenly over the picture and in line with its blocks.
const STRIPS: usize = 12;
/// Rows of a strip that are held against those above and below: an odd and an even one.
const COMBED: [usize; 2] = [3, 4];
/// Pixels whose distances add up within 16 bits, which is what makes that quick. What is left over at
/// the end of a row is not read.
const CHUNK: usize = 64;
/// Sum of the differences of a block's 64 pixels up to which it stands: what a coder that skips it
/// leaves, and a little noise.
const STANDS: u16 = 16;

/// One frame beside the one before. Means over the pixels read are in 1/16 of a luma step, those of combs doubled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weave {
    /// Blocks that stand, in 1/10,000.
    pub standing: u16,
    /// How far even rows are from the middle of the rows above and below.
    pub even: u16,
    /// The same of odd rows.
    pub odd: u16,
    /// How far odd rows of the frame before are from the middle of even rows of this one, beside `odd`.
    pub top_after_bottom: u16,
    /// The same of even rows of the frame before and odd rows of this one, beside `even`.
    pub bottom_after_top: u16,
    /// How far even rows moved.
    pub top_moved: u16,
    /// How far odd rows moved.
    pub bottom_moved: u16,
}

/// Measures frame after frame; remembers the strips of the last.
#[derive(Debug, Default)]
pub struct Weaver {
    width: usize,
    height: usize,
    last: Vec<u8>,
    now: Vec<u8>,
    /// How far each column of a strip moved, in even and in odd rows.
    columns: [Vec<u16>; 2],
}

impl Weaver {
    /// Measures the next presented frame. `None` for the first, after a change of size, and for pictures
    /// smaller than a strip.
    pub fn frame(&mut self, luma: Luma<'_>) -> Option<Weave> {
        let same = (self.width, self.height) == (luma.width, luma.height);
        (self.width, self.height) = (luma.width, luma.height);
        std::mem::swap(&mut self.last, &mut self.now);
        self.now.clear();
        for top in tops(luma.height) {
            for y in top..top + SIDE {
                self.now.extend_from_slice(luma.row(y));
            }
        }
        (same && self.width >= SIDE && !self.now.is_empty()).then(|| self.weave())
    }

    fn weave(&mut self) -> Weave {
        let width = self.width;
        let strip = SIDE * width;
        let (mut standing, mut blocks) = (0u64, 0u64);
        let mut sums = Sums::default();
        let strips = self.now.chunks_exact(strip);
        for (now, last) in strips.zip(self.last.chunks_exact(strip)) {
            for columns in &mut self.columns {
                columns.clear();
                columns.resize(width, 0);
            }
            let rows = now.chunks_exact(width).zip(last.chunks_exact(width));
            for (y, (now, last)) in rows.enumerate() {
                moved(&mut self.columns[y % 2], now, last);
            }
            let [even, odd] = &self.columns;
            let (even, odd) = (even.as_chunks::<SIDE>().0, odd.as_chunks::<SIDE>().0);
            for (even, odd) in even.iter().zip(odd) {
                let [even, odd] = [even, odd].map(|half| half.iter().sum::<u16>());
                standing += u64::from(even + odd <= STANDS);
                blocks += 1;
                sums.moved[0] += u64::from(even);
                sums.moved[1] += u64::from(odd);
            }
            for y in COMBED {
                let row = |y: usize| &now[y * width..][..width];
                let beside = (row(y - 1), row(y + 1));
                sums.own[y % 2] += comb(beside, row(y));
                sums.woven[y % 2] += comb(beside, &last[y * width..][..width]);
            }
        }
        Weave {
            standing: (standing * 10_000 / blocks.max(1)) as u16,
            ..sums.means((self.now.len() / strip) as u64, width)
        }
    }
}

/// Sums over the pixels of even and odd rows.
#[derive(Default)]
struct Sums {
    own: [u64; 2],
    woven: [u64; 2],
    moved: [u64; 2],
}

impl Sums {
    /// Over so many strips of that width.
    fn means(&self, strips: u64, width: usize) -> Weave {
        let mean = |sum: u64, rows: usize, whole: usize| {
            let pixels = strips * (rows * (width / whole * whole)) as u64;
            u16::try_from(sum * 16 / pixels.max(1)).unwrap_or(u16::MAX)
        };
        Weave {
            standing: 0,
            even: mean(self.own[0], 1, CHUNK),
            odd: mean(self.own[1], 1, CHUNK),
            bottom_after_top: mean(self.woven[0], 1, CHUNK),
            top_after_bottom: mean(self.woven[1], 1, CHUNK),
            top_moved: mean(self.moved[0], SIDE / 2, SIDE),
            bottom_moved: mean(self.moved[1], SIDE / 2, SIDE),
        }
    }
}

/// Adds the difference of two rows to each column.
fn moved(columns: &mut [u16], now: &[u8], last: &[u8]) {
    for (column, (&now, &last)) in columns.iter_mut().zip(now.iter().zip(last)) {
        *column += u16::from(now.abs_diff(last));
    }
}

/// Sum of the distances of a row from the middle of those above and below, doubled; over whole chunks.
fn comb((above, below): (&[u8], &[u8]), row: &[u8]) -> u64 {
    let (above, below) = (above.as_chunks::<CHUNK>().0, below.as_chunks::<CHUNK>().0);
    let chunks = above.iter().zip(below).zip(row.as_chunks::<CHUNK>().0);
    let sum = |((above, below), row): ((&[u8; CHUNK], &[u8; CHUNK]), &[u8; CHUNK])| {
        let mut sum = 0;
        for x in 0..CHUNK {
            let beside = u16::from(above[x]) + u16::from(below[x]);
            sum += beside.abs_diff(2 * u16::from(row[x]));
        }
        u64::from(sum)
    };
    chunks.map(sum).sum()
}

/// The first row of each strip.
fn tops(height: usize) -> impl Iterator<Item = usize> {
    let blocks = height / SIDE;
    let strips = blocks.min(STRIPS);
    (0..strips).map(move |strip| strip * blocks / strips * SIDE)
}
