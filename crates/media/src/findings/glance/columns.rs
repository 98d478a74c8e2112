//! Sums down the columns of a few rows.
#![allow(unsafe_code)]

use super::DARK;

/// What is gathered of each column, of less than 16 rows.
pub(super) struct Columns {
    sums: Vec<u16>,
    dark: Vec<u8>,
}

impl Columns {
    pub(super) fn new(width: usize) -> Self {
        Self {
            sums: vec![0; width],
            dark: vec![0; width],
        }
    }

    pub(super) fn clear(&mut self) {
        self.sums.fill(0);
        self.dark.fill(0);
    }

    /// Takes in a row.
    pub(super) fn add(&mut self, pixels: &[u8]) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2.
            return unsafe { self.add_wide(pixels) };
        }
        self.add_plainly(pixels);
    }

    /// The same, compiled to wider registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_wide(&mut self, pixels: &[u8]) {
        self.add_plainly(pixels);
    }

    #[inline(always)]
    fn add_plainly(&mut self, pixels: &[u8]) {
        for (sum, pixel) in self.sums.iter_mut().zip(pixels) {
            *sum += u16::from(*pixel);
        }
        for (dark, pixel) in self.dark.iter_mut().zip(pixels) {
            *dark += u8::from(*pixel <= DARK);
        }
    }

    /// Sum of all pixels in columns `left` up to but without `right`.
    pub(super) fn sum(&self, left: usize, right: usize) -> u32 {
        self.sums[left..right]
            .iter()
            .map(|sum| u32::from(*sum))
            .sum()
    }

    /// Dark pixels.
    pub(super) fn dark(&self) -> u64 {
        // Few enough that a chunk fits 16 bits.
        let chunks = self.dark.chunks(4096);
        let count = |chunk: &[u8]| chunk.iter().map(|dark| u16::from(*dark)).sum::<u16>();
        chunks.map(|chunk| u64::from(count(chunk))).sum()
    }
}
