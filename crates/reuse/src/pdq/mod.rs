//! PDQ, the 256-bit perceptual picture hash of Meta's ThreatExchange (`pdq/` in
//! <https://github.com/facebook/ThreatExchange>, and its paper `hashing.pdf`), from a luma plane.
//!
//! The reference blurs with two box passes per axis, takes every n-th sample down to 64×64, keeps
//! 16×16 low frequencies of a DCT and compares each with their median. The blur and the decimation
//! are one linear operator with a short triangular kernel, so here each input sample is read about
//! once; the weights are worked out once per size. Bits equal the reference's unless a coefficient
//! ties with the median to within floating-point rounding, as in synthetic flat or ruled pictures.

mod spectrum;
mod tent;

use std::fmt;

pub use spectrum::{Dihedral, Spectrum};
pub(crate) use tent::Reducer;

use crate::Luma;

/// A PDQ hash and the quality of the picture it was made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pdq {
    /// Bit `16 * i + j` (from the least significant bit of word 0) says whether the coefficient of
    /// vertical frequency `i + 1` and horizontal frequency `j + 1` lies above the median.
    pub bits: [u64; 4],
    /// 0 (flat) to 100: sum of gradients, as the reference computes it. Under 50 the reference
    /// advises not to trust a hash on its own.
    pub quality: u8,
}

/// Bits of even horizontal index within each row of sixteen: those that a mirror inverts.
const MIRRORED: u64 = 0x5555_5555_5555_5555;

impl Pdq {
    /// Number of bits that differ, 0 to 256; about 128 for unrelated pictures.
    pub fn distance(&self, other: &Pdq) -> u32 {
        let mut sum = 0;
        for k in 0..4 {
            sum += (self.bits[k] ^ other.bits[k]).count_ones();
        }
        sum
    }

    /// About the hash of the left-to-right mirrored picture, from the bits alone.
    ///
    /// A mirror negates the coefficients of odd horizontal frequency. Their bits invert exactly when
    /// the median is zero, which natural pictures miss by a few bits only. [`Spectrum::hash`] is exact.
    pub fn mirrored(&self) -> Pdq {
        Pdq {
            bits: self.bits.map(|word| word ^ MIRRORED),
            quality: self.quality,
        }
    }
}

/// The reference's text form: 64 hexadecimal digits, bit 255 first.
impl fmt::Display for Pdq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bits
            .iter()
            .rev()
            .try_for_each(|word| write!(f, "{word:016x}"))
    }
}

/// The PDQ hash of a luma plane. A picture with a side under 5, or a plane that is not whole, has the
/// zero hash and quality 0, as in the reference.
pub fn hash(luma: Luma<'_>) -> Pdq {
    spectrum(luma).hash(Dihedral::Original)
}

/// The coefficients behind the hash, from which the hashes of all eight orientations follow.
pub fn spectrum(luma: Luma<'_>) -> Spectrum {
    Reducer::default().spectrum(luma)
}
