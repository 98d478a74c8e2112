//! DCT, median and orientations.

use std::sync::LazyLock;

use super::Pdq;
use super::tent::SIDE;

/// Frequencies kept per axis.
const KEPT: usize = 16;

/// The sixteen cosine rows of the DCT without its constant one.
static COSINES: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let scale = f64::from((2.0f64 / SIDE as f64).sqrt() as f32);
    let step = std::f64::consts::PI / 2.0 / SIDE as f64;
    let at = |i: usize, j: usize| (scale * (step * ((i + 1) * (2 * j + 1)) as f64).cos()) as f32;
    (0..KEPT)
        .flat_map(|i| (0..SIDE).map(move |j| at(i, j)))
        .collect()
});

/// The cosines column by column.
static TURNED: LazyLock<Vec<f32>> = LazyLock::new(|| {
    (0..SIDE)
        .flat_map(|j| (0..KEPT).map(move |i| COSINES[i * SIDE + j]))
        .collect()
});

/// Orientation of the picture whose hash is wanted; names as in the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dihedral {
    /// As it is.
    Original,
    /// Turned a quarter counter-clockwise.
    Rotate90,
    /// Turned by half.
    Rotate180,
    /// Turned three quarters counter-clockwise.
    Rotate270,
    /// Top to bottom.
    FlipX,
    /// Left to right: the mirror.
    FlipY,
    /// Transposed.
    FlipPlus1,
    /// Transposed about the other diagonal.
    FlipMinus1,
}

impl Dihedral {
    /// All eight, in the reference's order.
    pub const ALL: [Self; 8] = [
        Self::Original,
        Self::Rotate90,
        Self::Rotate180,
        Self::Rotate270,
        Self::FlipX,
        Self::FlipY,
        Self::FlipPlus1,
        Self::FlipMinus1,
    ];
}

/// The 16×16 coefficients of one picture, row by row (vertical frequency first), and its quality.
#[derive(Clone, Debug)]
pub struct Spectrum {
    coefficients: [f32; KEPT * KEPT],
    quality: u8,
}

impl Default for Spectrum {
    fn default() -> Self {
        Self {
            coefficients: [0.0; KEPT * KEPT],
            quality: 0,
        }
    }
}

impl Spectrum {
    /// Transforms a 64×64 picture.
    pub(super) fn of(picture: &[f32]) -> Self {
        let mut half = [[0.0f32; SIDE]; KEPT];
        for (row, cosines) in half.iter_mut().zip(COSINES.chunks_exact(SIDE)) {
            for (line, &cosine) in picture.chunks_exact(SIDE).zip(cosines) {
                row.iter_mut()
                    .zip(line)
                    .for_each(|(sum, &sample)| *sum += cosine * sample);
            }
        }
        // Sums run upwards from the first sample, as the reference's do, over all columns at once.
        let mut coefficients = [0.0f32; KEPT * KEPT];
        for (row, half) in coefficients.chunks_exact_mut(KEPT).zip(&half) {
            for (&sample, cosines) in half.iter().zip(TURNED.chunks_exact(KEPT)) {
                row.iter_mut()
                    .zip(cosines)
                    .for_each(|(sum, &cosine)| *sum += sample * cosine);
            }
        }
        Self {
            coefficients,
            quality: quality(picture),
        }
    }

    /// The hash of the picture turned or flipped as said.
    pub fn hash(&self, orientation: Dihedral) -> Pdq {
        let (turned, median) = self.halved(orientation);
        let mut bits = [0; 4];
        for (at, &coefficient) in turned.iter().enumerate() {
            bits[at / 64] |= u64::from(coefficient > median) << (at % 64);
        }
        Pdq {
            bits,
            quality: self.quality,
        }
    }

    /// How far each coefficient lies over the median, by bit of the hash. A bit whose coefficient lies
    /// near it turns over at the least change.
    pub(crate) fn margins(&self, orientation: Dihedral) -> [f32; KEPT * KEPT] {
        let (turned, median) = self.halved(orientation);
        turned.map(|coefficient| coefficient - median)
    }

    /// The coefficients of the turned picture and their lower median.
    fn halved(&self, orientation: Dihedral) -> ([f32; KEPT * KEPT], f32) {
        let turned: [f32; KEPT * KEPT] =
            std::array::from_fn(|at| self.turned(orientation, at / KEPT, at % KEPT));
        let mut sorted = turned;
        let median = *sorted
            .select_nth_unstable_by(KEPT * KEPT / 2 - 1, f32::total_cmp)
            .1;
        (turned, median)
    }

    /// Coefficient (i, j) of the turned picture.
    fn turned(&self, orientation: Dihedral, i: usize, j: usize) -> f32 {
        let (straight, transposed) = (
            self.coefficients[i * KEPT + j],
            self.coefficients[j * KEPT + i],
        );
        let negate_if = |negate: bool, value: f32| if negate { -value } else { value };
        match orientation {
            Dihedral::Original => straight,
            Dihedral::Rotate90 => negate_if(i.is_multiple_of(2), transposed),
            Dihedral::Rotate180 => negate_if((i + j) % 2 == 1, straight),
            Dihedral::Rotate270 => negate_if(j.is_multiple_of(2), transposed),
            Dihedral::FlipX => negate_if(i.is_multiple_of(2), straight),
            Dihedral::FlipY => negate_if(j.is_multiple_of(2), straight),
            Dihedral::FlipPlus1 => transposed,
            Dihedral::FlipMinus1 => negate_if((i + j) % 2 == 1, transposed),
        }
    }
}

/// Sum of coarse gradients between neighbours, scaled to 0..=100 as the reference does.
fn quality(picture: &[f32]) -> u8 {
    let step = |a: f32, b: f32| u64::from((((a - b) * 100.0 / 255.0) as i32).unsigned_abs());
    let down: u64 = picture
        .iter()
        .zip(&picture[SIDE..])
        .map(|(&a, &b)| step(a, b))
        .sum();
    let across: u64 = picture
        .chunks_exact(SIDE)
        .flat_map(|row| row.windows(2))
        .map(|w| step(w[0], w[1]))
        .sum();
    ((down + across) / 90).min(100) as u8
}
