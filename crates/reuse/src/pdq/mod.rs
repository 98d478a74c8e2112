//! PDQ, the 256-bit perceptual picture hash of Meta's ThreatExchange (`pdq/` in
//! <https://github.com/facebook/ThreatExchange>, and its paper `hashing.pdf`), from a luma plane.
//!
//! The reference blurs with two box passes per axis, takes every n-th sample down to 64×64, keeps
//! 16×16 low frequencies of a DCT and compares each with their median. [`Hasher`] rounds wherever the
//! reference rounds, so that hash and quality equal its own in every picture, flat and ruled ones too.
//!
//! The fingerprinter takes a shorter way: blur and decimation are one linear operator with a
//! triangular kernel. Its bits differ where a coefficient ties with the median to within rounding.

mod jarosz;
pub mod list;
mod spectrum;
mod tent;

use std::fmt;

use fearless_simd::Level;

pub use spectrum::{Dihedral, Spectrum};
pub(crate) use tent::Reducer;

use crate::Luma;
use jarosz::Jarosz;
use tent::SIDE;

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

/// Smallest side that the reference hashes.
const SMALLEST: usize = 5;

/// Hashes luma planes one after the other and keeps its memory: about 16 rows as `f32`, and 300 bytes
/// a row. Whoever has more than one picture is quicker with this than with [`hash`].
#[derive(Debug)]
pub struct Hasher {
    jarosz: Jarosz,
    small: Box<[f32; SIDE * SIDE]>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self::on(Level::new())
    }
}

impl Hasher {
    /// A hasher for the widest vector instructions that this machine has.
    pub fn new() -> Self {
        Self::default()
    }

    /// A hasher for the instructions given. All give the same bits; `Level` is `fearless_simd`'s.
    pub fn on(level: Level) -> Self {
        Self {
            jarosz: Jarosz::new(level),
            small: Box::new([0.0; SIDE * SIDE]),
        }
    }

    /// The PDQ hash of a luma plane; as [`hash`].
    pub fn hash(&mut self, luma: Luma<'_>) -> Pdq {
        self.spectrum(luma).hash(Dihedral::Original)
    }

    /// The coefficients behind the hash; as [`spectrum`].
    pub fn spectrum(&mut self, luma: Luma<'_>) -> Spectrum {
        if !luma.is_whole() || luma.width < SMALLEST || luma.height < SMALLEST {
            return Spectrum::default();
        }
        if luma.width == SIDE && luma.height == SIDE {
            let samples = (0..SIDE).flat_map(|y| luma.row(y));
            for (small, &sample) in self.small.iter_mut().zip(samples) {
                *small = f32::from(sample);
            }
        } else {
            self.jarosz.reduce(luma, &mut self.small);
        }
        Spectrum::of(&self.small[..])
    }
}

/// The PDQ hash of a luma plane. A picture with a side under 5, or a plane that is not whole, has the
/// zero hash and quality 0, as in the reference.
pub fn hash(luma: Luma<'_>) -> Pdq {
    Hasher::new().hash(luma)
}

/// The coefficients behind the hash, from which the hashes of all eight orientations follow.
pub fn spectrum(luma: Luma<'_>) -> Spectrum {
    Hasher::new().spectrum(luma)
}
