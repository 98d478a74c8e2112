//! The fingerprints of one video.

pub(crate) mod bytes;

pub use bytes::BadPrints;

use crate::pdq::Pdq;
use crate::points::Point;
use crate::sound::SoundPrints;
use crate::views::{Rect, VIEWS};

/// Fingerprints of one video: a hash of every frame, and views of sampled frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prints {
    pub(crate) time_base: (u32, u32),
    /// Width and height of the reduced picture of the first sample; 0 and 0 where there is none.
    pub(crate) size: (u16, u16),
    /// In order of presentation; frame numbers rise.
    pub(crate) frames: Vec<FramePrint>,
    /// In order; each names a frame by its position in `frames`.
    pub(crate) samples: Vec<Sample>,
    /// Of the sound beside the pictures.
    pub(crate) sound: SoundPrints,
}

/// One presented frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FramePrint {
    pub(crate) frame: u32,
    pub(crate) pts: i64,
    pub(crate) whole: Pdq,
}

/// Views of one frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// Position in `frames`.
    pub(crate) index: u32,
    /// The picture inside its borders, then centre crops of that.
    pub(crate) views: [Pdq; VIEWS],
    /// What windows in the picture show; most have none.
    pub(crate) windows: Vec<Window>,
    /// Corners, of about two samples a second; none of the others, nor of a plain picture.
    pub(crate) points: Vec<Point>,
}

/// A window in a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Its place in the reduced picture.
    pub(crate) place: Rect,
    pub(crate) print: Pdq,
}

impl Prints {
    pub(crate) fn empty(time_base: (u32, u32)) -> Self {
        let sound = time_base.0 > 0 && time_base.1 > 0;
        Self {
            time_base: if sound { time_base } else { (1, 1) },
            size: (0, 0),
            frames: Vec::new(),
            samples: Vec::new(),
            sound: SoundPrints::default(),
        }
    }

    /// The same with the fingerprint of the sound beside the pictures.
    #[must_use]
    pub fn with_sound(self, sound: SoundPrints) -> Self {
        Self { sound, ..self }
    }

    /// The fingerprint of the sound; of no seconds where there is none.
    pub fn sound(&self) -> &SoundPrints {
        &self.sound
    }

    /// The duration of one tick of presentation time, in seconds: numerator and denominator.
    pub fn time_base(&self) -> (u32, u32) {
        self.time_base
    }

    /// Frames fingerprinted.
    pub fn frame_count(&self) -> usize {
        self.frames.len()
    }

    /// Number and PDQ hash of each whole frame, in order of presentation.
    pub fn whole(&self) -> impl ExactSizeIterator<Item = (u32, Pdq)> + '_ {
        self.frames.iter().map(|frame| (frame.frame, frame.whole))
    }

    /// Presentation times in seconds that never run back, one per frame.
    pub(crate) fn seconds(&self) -> Vec<f64> {
        let mut clock = Seconds::new(self.time_base);
        self.frames
            .iter()
            .map(|frame| clock.of(frame.pts))
            .collect()
    }
}

/// Turns presentation times into seconds that never run back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seconds {
    tick: f64,
    latest: i64,
}

impl Seconds {
    pub(crate) fn new((num, den): (u32, u32)) -> Self {
        Self {
            tick: f64::from(num) / f64::from(den),
            latest: i64::MIN,
        }
    }

    pub(crate) fn of(&mut self, pts: i64) -> f64 {
        self.latest = self.latest.max(pts);
        self.latest as f64 * self.tick
    }
}
