//! The alignment of least cost of two stretches, by prints: dynamic programming with affine gaps
//! (Gotoh), within a band around the diagonal that is widened as long as much stays alone in it.

use super::look::Look;

/// What a gap costs, in bits of a print, beside its frames: so much must be won before frames are
/// left out on one side and added elsewhere.
pub(super) const OPEN: u32 = 32;

/// What a frame without partner costs. Two of them cost more than any pair that is alike.
pub(super) const ALONE: u32 = 17;

/// Most cells of the table; one byte each.
const CELLS: usize = 1 << 26;

/// Frames that the band leaves on each side of the shortest way, at first and when widened.
const SPARE: [usize; 2] = [256, 2048];

const NEVER: u32 = u32::MAX / 2;

/// How the way to a cell ends.
const STATES: usize = 3;
const PAIR: usize = 0;
const ONLY_A: usize = 1;
const ONLY_B: usize = 2;

/// Whether the whole table can be had.
pub(super) fn fits(a: usize, b: usize) -> bool {
    (a + 1)
        .checked_mul(b + 1)
        .is_some_and(|cells| cells <= CELLS)
}

/// Pairs of frames that are alike, rising on both sides; `None` where even a narrow band is too large.
pub(super) fn align(a: &[Look], b: &[Look]) -> Option<Vec<(usize, usize)>> {
    let mut found = None;
    let most = a.len().max(b.len());
    for spare in SPARE.into_iter().chain([most]) {
        let spare = spare.min(most);
        let Some(table) = Table::new(a.len(), b.len(), spare) else {
            break;
        };
        let (ways, last) = table.fill(a, b);
        let pairs = table.walk_back(&ways, last);
        let alone = a.len() + b.len() - 2 * pairs.len();
        found = Some(pairs);
        // A way that leaves the band leaves at least four times this many alone beyond what must be.
        if spare == most || alone <= a.len().abs_diff(b.len()) + spare / 2 {
            break;
        }
    }
    found
}

/// Shape of the table: row `x`, column `y` at index `y - x - low`.
struct Table {
    rows: usize,
    columns: usize,
    low: i64,
    width: usize,
}

type Row = Vec<[u32; STATES]>;

impl Table {
    /// With this many frames to spare on each side; `None` where that is too large.
    fn new(a: usize, b: usize, spare: usize) -> Option<Self> {
        let shift = b as i64 - a as i64;
        let low = (shift.min(0) - spare as i64).max(-(a as i64));
        let high = (shift.max(0) + spare as i64).min(b as i64);
        let width = usize::try_from(high - low + 1).ok()?;
        let fits = width.checked_mul(a + 1).is_some_and(|cells| cells <= CELLS);
        fits.then_some(Self {
            rows: a + 1,
            columns: b + 1,
            low,
            width,
        })
    }

    fn column(&self, x: usize, at: usize) -> Option<usize> {
        usize::try_from(x as i64 + self.low + at as i64)
            .ok()
            .filter(|y| *y < self.columns)
    }

    /// For each cell, two bits for each state: the state before it. And the state of the last cell.
    fn fill(&self, a: &[Look], b: &[Look]) -> (Vec<u8>, usize) {
        let mut ways = vec![0_u8; self.rows * self.width];
        let mut above: Row = vec![[NEVER; STATES]; self.width + 1];
        for x in 0..self.rows {
            let mut row: Row = vec![[NEVER; STATES]; self.width + 1];
            for at in 0..self.width {
                let Some(y) = self.column(x, at) else {
                    continue;
                };
                if (x, y) == (0, 0) {
                    row[at][PAIR] = 0;
                    continue;
                }
                let mut way = 0;
                if x > 0
                    && y > 0
                    && let Some(bits) = a[x - 1].bits(&b[y - 1])
                {
                    // The same diagonal has the same index in the row above.
                    let (state, cost) = best(above[at]);
                    row[at][PAIR] = cost + bits + u32::from(bits > 0);
                    way |= state as u8;
                }
                if x > 0 {
                    let (state, cost) = best(opening(above[at + 1], ONLY_A));
                    row[at][ONLY_A] = cost + ALONE;
                    way |= (state as u8) << 2;
                }
                if y > 0 && at > 0 {
                    let (state, cost) = best(opening(row[at - 1], ONLY_B));
                    row[at][ONLY_B] = cost + ALONE;
                    way |= (state as u8) << 4;
                }
                ways[x * self.width + at] = way;
            }
            above = row;
        }
        let end = (self.columns as i64 - self.rows as i64 - self.low).unsigned_abs() as usize;
        (ways, best(above[end]).0)
    }

    fn walk_back(&self, ways: &[u8], mut state: usize) -> Vec<(usize, usize)> {
        let (mut x, mut y) = (self.rows - 1, self.columns - 1);
        let mut pairs = Vec::new();
        while (x, y) != (0, 0) {
            let at = (y as i64 - x as i64 - self.low).unsigned_abs() as usize;
            let before = usize::from(ways[x * self.width + at] >> (2 * state) & 3);
            match state {
                PAIR => {
                    (x, y) = (x - 1, y - 1);
                    pairs.push((x, y));
                }
                ONLY_A => x -= 1,
                _ => y -= 1,
            }
            state = before;
        }
        pairs.reverse();
        pairs
    }
}

/// Costs with that of opening a gap, but for a gap that goes on.
fn opening(costs: [u32; STATES], on: usize) -> [u32; STATES] {
    std::array::from_fn(|state| costs[state] + if state == on { 0 } else { OPEN })
}

/// The cheapest state, the first of equals, and its cost, which never grows past [`NEVER`].
fn best(costs: [u32; STATES]) -> (usize, u32) {
    let mut best = (PAIR, costs[PAIR]);
    for (state, cost) in costs.into_iter().enumerate().skip(1) {
        if cost < best.1 {
            best = (state, cost);
        }
    }
    (best.0, best.1.min(NEVER))
}
