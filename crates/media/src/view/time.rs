//! Steps that take other frames of the video.

use super::Step;
use super::picture::Picture;
use crate::still::Still;

/// Whether a step takes other frames, and so works on exact pixels only.
pub(super) fn is_over(step: &Step) -> bool {
    matches!(
        step,
        Step::Average(..) | Step::Denoise(..) | Step::Difference(..)
    )
}

/// A picture being made of several, one of which is held at a time.
pub(super) struct Mix {
    step: Step,
    picture: Picture,
    /// Weighted sums, and the weights.
    sums: Vec<([f32; 3], [f32; 3])>,
}

impl Mix {
    pub(super) fn new(step: &Step, picture: Picture) -> Self {
        let own = match step {
            Step::Denoise(..) => [1.0; 3],
            _ => [0.0; 3],
        };
        let sums = picture.pixels.iter();
        let sums = sums.map(|rgb| (std::array::from_fn(|c| rgb[c] * own[c]), own));
        Self {
            step: *step,
            sums: sums.collect(),
            picture,
        }
    }

    /// Takes another frame. Pixels beyond the size of this one do not count: frames of one video may
    /// differ in size.
    pub(super) fn take(&mut self, other: &Still) {
        let width = self.picture.width;
        let rows = other.rgb.chunks_exact(other.width as usize * 3);
        for (y, row) in rows.take(self.picture.height).enumerate() {
            let here = y * width..(y + 1) * width;
            let (theirs, _) = row.as_chunks::<3>();
            let own = self.picture.pixels[here.clone()].iter();
            for ((sum, own), their) in self.sums[here].iter_mut().zip(own).zip(theirs) {
                add(&self.step, sum, own, their.map(f32::from));
            }
        }
    }

    pub(super) fn finish(self) -> Picture {
        let pixels = self.sums.iter().zip(&self.picture.pixels);
        let pixels = pixels
            .map(|((sum, weight), own)| {
                std::array::from_fn(|c| match self.step {
                    Step::Difference(..) => sum[c],
                    // No frame of the mean reaches this place.
                    _ if weight[c] == 0.0 => own[c],
                    _ => sum[c] / weight[c],
                })
            })
            .collect();
        Picture {
            pixels,
            ..self.picture
        }
    }
}

fn add(step: &Step, (sum, weights): &mut ([f32; 3], [f32; 3]), own: &[f32; 3], their: [f32; 3]) {
    for c in 0..3 {
        let apart = their[c] - own[c];
        let (value, weight) = match *step {
            Step::Difference(_, gain) => (apart.abs() * gain, 1.0),
            Step::Denoise(_, strength) => (
                their[c],
                (-apart * apart / (2.0 * strength * strength)).exp(),
            ),
            _ => (their[c], 1.0),
        };
        sum[c] += value * weight;
        weights[c] += weight;
    }
}
