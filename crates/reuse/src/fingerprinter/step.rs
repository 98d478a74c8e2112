//! What was made of one frame, and its byte form.

use crate::pdq::Pdq;
use crate::points::Point;
use crate::prints::Window;
use crate::prints::bytes::{BadPrints, Input, put_pdq, put_points, put_windows};
use crate::views::VIEWS;

/// What a [`Fingerprinter`](crate::Fingerprinter) made of one frame. With the steps of all frames
/// another one gets to where the first was, but for the pictures that it still held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub(super) whole: Pdq,
    /// What was seen of the picture, where it was taken as a sample.
    pub(super) sample: Option<Seen>,
    /// What became of the pictures that were held until then.
    pub(super) settled: Vec<Settled>,
}

/// What is known of a sampled picture at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Of the reduced picture.
    pub(super) size: (u16, u16),
    pub(super) points: Vec<Point>,
}

/// What is known of a sampled picture once its shot is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) views: [Pdq; VIEWS],
    pub(super) windows: Vec<Window>,
}

/// A step that cannot have been made of a frame at this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was kept of a frame does not follow from the frames before it")]
pub struct BadStep;

impl From<BadPrints> for BadStep {
    fn from(_: BadPrints) -> Self {
        Self
    }
}

impl Step {
    pub(super) fn of(whole: Pdq) -> Self {
        Self {
            whole,
            sample: None,
            settled: Vec::new(),
        }
    }

    /// Appends the byte form, which [`Step::from_bytes`] reads. It lives as long as this version of
    /// the crate: nothing but what is to be continued should keep it.
    pub fn write(&self, out: &mut Vec<u8>) {
        put_pdq(out, &self.whole);
        let Some(Seen { size, points }) = &self.sample else {
            return;
        };
        out.extend_from_slice(&size.0.to_le_bytes());
        out.extend_from_slice(&size.1.to_le_bytes());
        put_points(out, points);
        for Settled { views, windows } in &self.settled {
            views.iter().for_each(|view| put_pdq(out, view));
            put_windows(out, windows);
        }
    }

    /// Reads the byte form.
    ///
    /// # Errors
    /// The bytes are no step.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadStep> {
        let mut input = Input(bytes);
        let mut step = Self::of(input.pdq()?);
        if input.0.is_empty() {
            return Ok(step);
        }
        step.sample = Some(Seen {
            size: (input.u16()?, input.u16()?),
            points: input.points()?,
        });
        while !input.0.is_empty() {
            step.settled.push(Settled {
                views: input.views()?,
                windows: input.windows()?,
            });
        }
        Ok(step)
    }
}
