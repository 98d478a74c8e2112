//! Sums of neighbouring samples along a row.

/// Widest box whose sums of 8-bit samples fit 16 bits.
const NARROW: usize = 257;

/// The sums under a box at every place of a row. They are whole numbers, below 2²⁴ for rows of up to
/// eight million samples, and so exact in `f32`.
#[derive(Debug, Default)]
pub(super) struct RowSums {
    /// Sums of 1, 2, 4, … samples from each place on, before and after a doubling.
    doubled: [Vec<u16>; 2],
    sums: Vec<u16>,
    out: Vec<f32>,
}

impl RowSums {
    /// The sums of a row; nothing lies beyond its ends.
    #[inline(always)]
    pub(super) fn of(&mut self, row: &[u8], window: usize) -> &[f32] {
        self.out.resize(row.len(), 0.0);
        if window > NARROW {
            self.run(row, window);
        } else {
            self.double(row, window);
        }
        &self.out
    }

    /// Puts the box together from boxes of powers of two, so that all places are summed at once.
    #[inline(always)]
    fn double(&mut self, row: &[u8], window: usize) {
        let (before, padded) = ((window - 1) / 2, row.len() + window - 1);
        let [ones, spare] = &mut self.doubled;
        for room in [&mut *ones, &mut *spare] {
            room.resize(padded, 0);
        }
        ones[..before].fill(0);
        ones[before + row.len()..].fill(0);
        for (one, &sample) in ones[before..].iter_mut().zip(row) {
            *one = u16::from(sample);
        }
        self.sums.clear();
        self.sums.resize(row.len(), 0);
        let (mut now, mut next, mut covered) = (ones, spare, 0);
        for bit in 0.. {
            let power = 1 << bit;
            if window & power != 0 {
                for (sum, part) in self.sums.iter_mut().zip(&now[covered..]) {
                    *sum = sum.wrapping_add(*part);
                }
                covered += power;
            }
            if covered == window {
                break;
            }
            // Beyond the last whole box lies what an earlier row left, which no place reads.
            let pairs = now.iter().zip(&now[power..]);
            for (pair, (a, b)) in next.iter_mut().zip(pairs) {
                *pair = a.wrapping_add(*b);
            }
            (now, next) = (next, now);
        }
        for (out, &sum) in self.out.iter_mut().zip(&self.sums) {
            *out = f32::from(sum);
        }
    }

    /// For boxes of any width.
    fn run(&mut self, row: &[u8], window: usize) {
        let reach = window / 2;
        let mut sum: u32 = row[..reach].iter().map(|&s| u32::from(s)).sum();
        for (at, out) in self.out.iter_mut().enumerate() {
            sum += row.get(at + reach).map_or(0, |&s| u32::from(s));
            let left = at.checked_sub(window - reach).map(|left| row[left]);
            sum -= left.map_or(0, u32::from);
            *out = sum as f32;
        }
    }
}
