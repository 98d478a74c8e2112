//! How much of a pass is done: an estimate, good enough for a bar.

use super::watch::Stage;
use crate::facts::Facts;

/// A fraction, in millionths.
const WHOLE: u64 = 1_000_000;

/// Nanoseconds that decoding takes of common video for each pixel, of sound for each sample, and
/// reading for each byte. Only their ratios matter.
const PIXEL: u64 = 3;
const SAMPLE: u64 = 25;
const BYTE: u64 = 1;

/// What the stages of one pass weigh, and how far it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Effort {
    size: u64,
    /// In microseconds.
    duration: Option<u64>,
    /// In the order of [`Stage`].
    weights: [u64; 4],
    /// Part of the pictures that an earlier pass has done.
    done: u64,
    furthest: u64,
}

impl Effort {
    /// For a pass over a file; `gone_on` is the byte position that an earlier pass came to.
    pub(super) fn new(facts: &Facts, gone_on: Option<u64>) -> Self {
        let duration = facts.duration_us.and_then(|us| u64::try_from(us).ok());
        let duration = duration.filter(|&us| us > 0);
        let approach = gone_on.unwrap_or(0);
        let done = fraction(approach, facts.size);
        let part = |whole: u64| (u128::from(whole) * u128::from(WHOLE - done) / 1_000_000) as u64;
        Self {
            size: facts.size,
            duration,
            weights: [
                approach.saturating_mul(BYTE),
                part(pictures(facts, duration)),
                facts.size.saturating_mul(BYTE),
                sound(facts, duration),
            ],
            done,
            furthest: 0,
        }
    }

    /// How far a stage is, from a byte position and a time in microseconds since the start, whichever
    /// is less: headers lie about durations, and not all bytes are alike.
    pub(super) fn within(&self, position: Option<u64>, time: Option<u64>) -> u64 {
        let by_position = position.map(|at| fraction(at, self.size));
        let by_time = time.zip(self.duration).map(|(at, all)| fraction(at, all));
        let least = by_position.into_iter().chain(by_time).min();
        least.unwrap_or(0)
    }

    /// The share of the whole pass that is done, in 1/10,000, when a stage has come this far. Never
    /// less than before.
    pub(super) fn share(&mut self, stage: Stage, within: u64) -> u32 {
        let at = stage as usize;
        let within = if stage == Stage::Pictures {
            within.saturating_sub(self.done) * WHOLE / (WHOLE - self.done).max(1)
        } else {
            within
        };
        let sum = |weights: &[u64]| weights.iter().map(|&it| u128::from(it)).sum::<u128>();
        let before = sum(&self.weights[..at]);
        let now = u128::from(self.weights[at]) * u128::from(within) / u128::from(WHOLE);
        let share = (before + now) * 10_000 / sum(&self.weights).max(1);
        self.furthest = self.furthest.max(share as u64);
        self.furthest as u32
    }
}

/// `part` of `whole`, in millionths, at most all of it.
fn fraction(part: u64, whole: u64) -> u64 {
    let fraction = u128::from(part) * u128::from(WHOLE) / u128::from(whole.max(1));
    (fraction as u64).min(WHOLE)
}

fn pictures(facts: &Facts, duration: Option<u64>) -> u64 {
    let Some((_, video)) = facts.examined() else {
        return 0;
    };
    let pixels = u64::from(video.width) * u64::from(video.height);
    let rate = video.guessed_rate;
    let frames = match (duration, u64::try_from(rate.num), u64::try_from(rate.den)) {
        (Some(us), Ok(num @ 1..), Ok(den @ 1..)) => {
            (u128::from(us) * u128::from(num) / u128::from(den) / 1_000_000) as u64
        }
        // A byte for every ten pixels is usual.
        _ => facts.size.saturating_mul(10) / pixels.max(1),
    };
    frames.saturating_mul(pixels).saturating_mul(PIXEL)
}

fn sound(facts: &Facts, duration: Option<u64>) -> u64 {
    let audio = facts
        .audio
        .and_then(|at| facts.streams.get(at)?.audio.as_ref());
    let Some(audio) = audio else {
        return 0;
    };
    let each_second = u64::from(audio.sample_rate) * u64::from(audio.channels) * SAMPLE;
    match duration {
        Some(us) => (u128::from(us) * u128::from(each_second) / 1_000_000) as u64,
        None => facts.size.saturating_mul(SAMPLE) / 10,
    }
}
