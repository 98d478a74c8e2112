//! How unlike two pictures are, whatever the exposure and a little camera movement.

use super::glance::{CELLS, COLUMNS, Glance, ROWS};

/// Cells that the camera may have moved between the two, to each side and up or down.
const SHIFT_X: isize = 3;
const SHIFT_Y: isize = 2;

/// Below this no shift is tried, in 1/16 of a luma step: it is like enough already.
const LIKE: u32 = 16 * 3;

/// Root mean square of what the best gain, lift and shift leave unexplained, in 1/16 of a luma step:
/// 0 for the same picture, near the larger contrast for two that have nothing in common.
pub(super) fn unlike(a: &Glance, b: &Glance) -> u32 {
    let mut least = unlike_in_place(a, b);
    if least <= LIKE {
        return least;
    }
    for dy in -SHIFT_Y..=SHIFT_Y {
        for dx in -SHIFT_X..=SHIFT_X {
            least = least.min(overlap(a, b, dx, dy).unexplained());
        }
    }
    least
}

/// The same without shift.
pub(super) fn unlike_in_place(a: &Glance, b: &Glance) -> u32 {
    let mut moments = Moments::default();
    moments.add(&a.cells, &b.cells);
    moments.unexplained()
}

/// Moments where `b` moved by (`dx`, `dy`) cells lies over `a`.
fn overlap(a: &Glance, b: &Glance, dx: isize, dy: isize) -> Moments {
    let mut moments = Moments::default();
    let width = COLUMNS - dx.unsigned_abs();
    let (left_a, left_b) = (dx.max(0) as usize, (-dx).max(0) as usize);
    let (top_a, top_b) = (dy.max(0) as usize, (-dy).max(0) as usize);
    for y in 0..ROWS - dy.unsigned_abs() {
        let row_a = (top_a + y) * COLUMNS + left_a;
        let row_b = (top_b + y) * COLUMNS + left_b;
        moments.add(&a.cells[row_a..][..width], &b.cells[row_b..][..width]);
    }
    moments
}

/// Sums over pairs of cells.
#[derive(Default)]
struct Moments {
    count: i64,
    a: i64,
    b: i64,
    aa: i64,
    bb: i64,
    ab: i64,
}

impl Moments {
    fn add(&mut self, a: &[u8], b: &[u8]) {
        let (mut sa, mut sb, mut saa, mut sbb, mut sab) = (0u32, 0u32, 0u32, 0u32, 0u32);
        for (&a, &b) in a.iter().zip(b) {
            let (a, b) = (u32::from(a), u32::from(b));
            sa += a;
            sb += b;
            saa += a * a;
            sbb += b * b;
            sab += a * b;
        }
        // At most CELLS pairs in all, so that each sum stays below 576 · 255² < 2³².
        debug_assert!(a.len() <= CELLS);
        self.count += a.len() as i64;
        self.a += i64::from(sa);
        self.b += i64::from(sb);
        self.aa += i64::from(saa);
        self.bb += i64::from(sbb);
        self.ab += i64::from(sab);
    }

    /// Root mean square, in 1/16 step, of the more contrasted picture that is no multiple of the
    /// other. A negative does not count as explained: gain is never below zero.
    fn unexplained(&self) -> u32 {
        let n = self.count;
        // Variances and covariance in 1/16 of a squared step: at most 2²⁰, squared 2⁴⁰.
        let scaled = |xy: i64, x: i64, y: i64| (n * xy - x * y) * 16 / (n * n);
        let aa = scaled(self.aa, self.a, self.a);
        let bb = scaled(self.bb, self.b, self.b);
        let ab = scaled(self.ab, self.a, self.b).max(0);
        let (more, less) = (aa.max(bb), aa.min(bb));
        let explained = if less == 0 { 0 } else { ab * ab / less };
        let rest = u32::try_from(more - explained).unwrap_or(0);
        (rest * 16).isqrt()
    }
}
