//! How much edge and texture there is.

use super::BINS;

/// Gathers [`super::Glance::detail`].
pub(super) struct Detail {
    width: usize,
    /// 2^32 / width, rounded up: multiplying is quicker than dividing, and exact for pictures up to
    /// 300,000 wide.
    share: u64,
    sum: u64,
    count: u64,
}

impl Detail {
    pub(super) fn new(width: usize) -> Self {
        let width = (width / BINS).max(1);
        Self {
            width,
            share: (1u64 << 32).div_ceil(width as u64),
            sum: 0,
            count: 0,
        }
    }

    pub(super) fn add(&mut self, pixels: &[u8]) {
        let bins = pixels.chunks_exact(self.width);
        let mut means = bins.map(|bin| ((u64::from(sum(bin) * 4) * self.share) >> 32) as u32);
        let Some(mut before) = means.next() else {
            return;
        };
        for mean in means {
            self.sum += u64::from(mean.abs_diff(before).pow(2));
            self.count += 1;
            before = mean;
        }
    }

    pub(super) fn mean(&self) -> u32 {
        (self.sum / self.count.max(1)) as u32
    }
}

/// Sum of bytes, eight at a time in one register.
fn sum(bytes: &[u8]) -> u32 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let eights = eights
        .iter()
        .map(|eight| sum_of_eight(u64::from_le_bytes(*eight)));
    let (fours, rest) = rest.as_chunks::<4>();
    let fours = fours
        .iter()
        .map(|four| sum_of_eight(u32::from_le_bytes(*four).into()));
    let ones = rest.iter().map(|one| u32::from(*one));
    eights.sum::<u32>() + fours.sum::<u32>() + ones.sum::<u32>()
}

fn sum_of_eight(bytes: u64) -> u32 {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    let pairs = (bytes & EVEN) + ((bytes >> 8) & EVEN);
    // The top of the product is the sum of all four pairs.
    (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as u32
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn sums_any_number_of_bytes() {
        let bytes: Vec<u8> = (0..64).map(|at: u32| (at * 97 + 250) as u8).collect();
        for length in 0..=bytes.len() {
            let expected: u32 = bytes[..length].iter().map(|one| u32::from(*one)).sum();
            assert_eq!(sum(&bytes[..length]), expected);
        }
        assert_eq!(sum(&[255; 24]), 255 * 24);
    }
}
