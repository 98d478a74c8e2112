//! Samples on the item's clock, which starts at the first frame, or with the sound where there is none.

use std::ops::Range;

use media::sound::Waveform;
use media::time::{Pts, TimeBase};

use crate::case::Examined;

const SECOND: i128 = 1_000_000_000;

/// The time base of nanoseconds.
const NANOSECONDS: TimeBase = TimeBase {
    num: 1,
    den: 1_000_000_000,
};

/// Smaller gaps and overlaps are rounding and drift, and are played through.
const GAP: i128 = SECOND / 100;

pub(super) struct Clock<'a> {
    sound: &'a Waveform,
    /// Nanoseconds of the container's clock at which this one starts.
    zero: i128,
}

/// A part of what sounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// So many samples of nothing.
    Silence(u64),
    /// These samples.
    Samples(Range<u64>),
}

impl<'a> Clock<'a> {
    pub(super) fn new(examined: &Examined, sound: &'a Waveform) -> Self {
        let frames = &examined.frames;
        let shown = frames.frames.iter().find_map(|frame| frame.pts);
        let zero = shown
            .map(|pts| media::sound::nanoseconds(pts, frames.time_base))
            .or_else(|| sound.nanoseconds(0));
        Self {
            sound,
            zero: zero.unwrap_or(0),
        }
    }

    /// Nanoseconds of the container's clock at `seconds`.
    pub(super) fn at(&self, seconds: f64) -> i128 {
        // Whole microseconds, as times are shown; no footage comes near the limits.
        self.zero + (seconds.clamp(-1e9, 1e9) * 1e6).round() as i128 * 1000
    }

    /// Seconds at which a sample begins.
    pub(super) fn seconds(&self, sample: u64) -> f64 {
        let after = self.begins(sample) - self.zero;
        (after as f64 / 1e3).round() / 1e6
    }

    /// The sample that sounds at a time of the container's clock.
    pub(super) fn find(&self, at: i128) -> Option<u64> {
        if self.sound.anchors.all().is_empty() {
            let sample = (at - self.zero)
                .checked_mul(self.rate())?
                .div_euclid(SECOND);
            return u64::try_from(sample)
                .ok()
                .filter(|sample| *sample < self.sound.samples);
        }
        // A sample begins at a whole nanosecond rounded down, and must be found there.
        let at = i64::try_from(at.checked_add(1)?).ok()?;
        self.sound.sample_at(Pts(at), NANOSECONDS)
    }

    /// The first sample that sounds at a time or after it; the number of samples if none does.
    pub(super) fn first_from(&self, at: i128) -> u64 {
        self.find(at).unwrap_or_else(|| {
            let anchors = self.sound.anchors.all().iter().map(|anchor| anchor.sample);
            let later = |sample: &u64| self.begins(*sample) >= at;
            anchors
                .filter(later)
                .min()
                .unwrap_or(if self.begins(0) >= at {
                    0
                } else {
                    self.sound.samples
                })
        })
    }

    /// The first sample of a column that begins at `seconds`.
    pub(super) fn edge(&self, seconds: f64) -> u64 {
        self.first_from(self.at(seconds))
    }

    /// What sounds between two times, gaps filled with silence.
    pub(super) fn lay_out(&self, from_s: f64, to_s: f64) -> Vec<Part> {
        let (mut at, end) = (self.at(from_s), self.at(to_s));
        let mut left = self.samples(end - at);
        let mut parts = Vec::new();
        while left > 0 {
            let (part, count) = match self.find(at) {
                Some(first) => {
                    let last = self.break_after(first).min(first.saturating_add(left));
                    (Part::Samples(first..last), last - first)
                }
                None => {
                    let next = self.first_from(at);
                    let gap = self.samples(self.begins(next) - at).max(1);
                    let none = next >= self.sound.samples;
                    let count = if none { left } else { gap.min(left) };
                    (Part::Silence(count), count)
                }
            };
            parts.push(part);
            left -= count;
            at += i128::from(count) * SECOND / self.rate();
        }
        parts
    }

    /// The sample after `first` before which there is a real gap or overlap; else the number of all.
    fn break_after(&self, first: u64) -> u64 {
        let anchors = self.sound.anchors.all();
        let start = anchors.partition_point(|anchor| anchor.sample <= first);
        let breaks = anchors[start..].iter().find(|anchor| {
            let counted = self.begins(anchor.sample - 1) + SECOND / self.rate();
            (self.begins(anchor.sample) - counted).abs() >= GAP
        });
        breaks.map_or(self.sound.samples, |anchor| anchor.sample)
    }

    /// Nanosecond of the container's clock at which a sample begins.
    pub(super) fn begins(&self, sample: u64) -> i128 {
        let counted = || self.zero + i128::from(sample) * SECOND / self.rate();
        self.sound.nanoseconds(sample).unwrap_or_else(counted)
    }

    /// Whole samples in a length of time.
    fn samples(&self, nanoseconds: i128) -> u64 {
        let samples = (nanoseconds * self.rate() + SECOND / 2) / SECOND;
        u64::try_from(samples).unwrap_or(0)
    }

    fn rate(&self) -> i128 {
        self.sound.form.rate.into()
    }
}
