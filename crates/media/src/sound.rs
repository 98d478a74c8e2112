//! Decoded sound: its form, its samples' place in time, its waveform and its loudness.
//!
//! A *sound sample* is one value for each channel; they are numbered from 0 in the order in which the
//! decoder gives them, as `ffmpeg -map 0:a:0` would write them to a file. What is kept of a file's
//! sound is a [`Waveform`]; its bytes are specified in `docs/formats/waveform.md`.

mod anchors;
mod bytes;
mod dat;
mod form;
mod loudness;
mod peaks;
mod reader;
pub(crate) mod scan;
pub mod wav;

use crate::time::{Pts, TimeBase};

pub use anchors::{Anchor, Anchors, Jump};
pub use bytes::BadWaveform;
pub use dat::dat;
pub use form::{MAX_CHANNELS, MAX_RATE, Pcm, SoundForm};
pub use loudness::{Loudness, Meter};
pub(crate) use peaks::Outline;
pub use peaks::{Lanes, PAIR, Peak, Peaks};
pub use reader::{MAX_READ, SoundReader};

/// What is kept of the examined audio stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waveform {
    /// Index of the stream in the container.
    pub stream: u32,
    /// Form of the decoded samples.
    pub form: SoundForm,
    /// Seconds per tick of the stream.
    pub time_base: TimeBase,
    /// Number of samples.
    pub samples: u64,
    /// SHA-256 of the decoded samples, channels interleaved, in their own form.
    pub hash: [u8; 32],
    /// Which sample sounds when.
    pub anchors: Anchors,
    /// How loud it is.
    pub loudness: Loudness,
    /// Its outline.
    pub peaks: Peaks,
}

impl Waveform {
    /// Timestamp of the first sample, where the stream gives one.
    pub fn start(&self) -> Option<Pts> {
        self.anchors.all().first().map(|anchor| anchor.pts)
    }

    /// The sample that sounds at `pts` of another stream that counts ticks of `time_base`. `None`
    /// before the first, after the last, within a gap, or where the stream has no timestamps.
    pub fn sample_at(&self, pts: Pts, time_base: TimeBase) -> Option<u64> {
        let tick = |ticks: i64, base: TimeBase| i128::from(ticks) * i128::from(base.num);
        self.anchors.find(self.samples, |anchor| {
            // Both times over one denominator; a sample lasts until the next begins.
            let (own, other) = (i128::from(self.time_base.den), i128::from(time_base.den));
            let since = tick(pts.0, time_base)
                .saturating_mul(own)
                .saturating_sub(tick(anchor.pts.0, self.time_base).saturating_mul(other));
            since
                .saturating_mul(i128::from(self.form.rate))
                .div_euclid(own.saturating_mul(other))
        })
    }

    /// When a sample sounds, in nanoseconds of the container's clock. `None` where the stream has no
    /// timestamps.
    pub fn nanoseconds(&self, sample: u64) -> Option<i128> {
        let anchor = self.anchors.before(sample)?;
        let after = i128::from(sample) - i128::from(anchor.sample);
        let base = nanoseconds(anchor.pts, self.time_base);
        Some(base + after * 1_000_000_000 / i128::from(self.form.rate))
    }

    /// Seconds that the samples last, without gaps; for display.
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / f64::from(self.form.rate)
    }
}

/// A timestamp as nanoseconds, rounded down.
pub fn nanoseconds(pts: Pts, time_base: TimeBase) -> i128 {
    let ticks = i128::from(pts.0) * i128::from(time_base.num);
    // At most 2^63 × 2^32 × 2^30.
    (ticks * 1_000_000_000).div_euclid(i128::from(time_base.den))
}
