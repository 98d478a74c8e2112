//! How a stored picture is laid out on a display: the one place that knows.
//!
//! The order is fixed: mirror, then enlarge one axis for pixels that are not square, then rotate.
//! Sample aspect describes *stored* pixels, so it comes before the rotation, as in ffmpeg's autorotate
//! and in players.

use serde::{Deserialize, Serialize};

use crate::facts::VideoFacts;
use crate::time::Rational;

/// Sample aspects beyond 16:1 and 1:16 are damage or an attack, not an optic.
const MAX_ASPECT: i64 = 16;

/// Longest side a display picture may take by aspect, in pixels.
const MAX_SIDE: u64 = 32_768;

/// Size of a stored picture and what a display does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DisplayGeometry {
    /// Stored width in pixels.
    pub width: u32,
    /// Stored height in pixels.
    pub height: u32,
    /// Width of a stored pixel over its height, as the file says; implausible values count as 1/1.
    pub sample_aspect: Rational,
    /// Clockwise rotation in degrees: 0, 90, 180 or 270. Anything else counts as 0.
    pub rotation: u16,
    /// Whether the picture is mirrored left to right, before rotating.
    pub mirrored: bool,
}

impl From<&VideoFacts> for DisplayGeometry {
    fn from(facts: &VideoFacts) -> Self {
        Self {
            width: facts.width,
            height: facts.height,
            sample_aspect: facts.sample_aspect,
            rotation: facts.rotation,
            mirrored: facts.mirrored,
        }
    }
}

impl DisplayGeometry {
    /// The same display rules for a frame whose stored size differs from the stream's.
    pub fn with_stored_size(self, width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            ..self
        }
    }

    /// Width and height on the display, in square pixels.
    pub fn displayed(&self) -> (u32, u32) {
        let (width, height) = self.squared();
        if self.turns_sideways() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Width and height in square pixels before the rotation. One axis grows, none ever shrinks.
    pub fn squared(&self) -> (u32, u32) {
        let Rational { num, den } = self.applied_aspect();
        if num > den {
            (scale(self.width, num, den), self.height)
        } else {
            (self.width, scale(self.height, den, num))
        }
    }

    /// The sample aspect that is applied: the file's where it is plausible and the enlarged side
    /// stays under 32,768 pixels, else 1/1.
    pub fn applied_aspect(&self) -> Rational {
        let (num, den) = (
            i64::from(self.sample_aspect.num),
            i64::from(self.sample_aspect.den),
        );
        let plausible = num > 0 && den > 0 && num <= den * MAX_ASPECT && den <= num * MAX_ASPECT;
        let square = Rational { num: 1, den: 1 };
        if !plausible || num == den {
            return square;
        }
        let (side, over, under) = if num > den {
            (self.width, num, den)
        } else {
            (self.height, den, num)
        };
        let enlarged = u64::from(side) * over.unsigned_abs() / under.unsigned_abs();
        if enlarged < MAX_SIDE {
            self.sample_aspect
        } else {
            square
        }
    }

    /// Whether rotation swaps width and height.
    pub fn turns_sideways(&self) -> bool {
        matches!(self.rotation, 90 | 270)
    }
}

/// `side * num / den`, rounded half up, for `num >= den > 0` within the bounds checked above.
fn scale(side: u32, num: i32, den: i32) -> u32 {
    let (num, den) = (u64::from(num.unsigned_abs()), u64::from(den.unsigned_abs()));
    let scaled = (u64::from(side) * num + den / 2) / den;
    u32::try_from(scaled).unwrap_or(side)
}
