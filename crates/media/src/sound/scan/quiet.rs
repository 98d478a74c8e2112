//! Spans without sound: quiet ones, and runs of exact zeros with sound right before and behind.

use super::{Spot, Spots};
use crate::sound::SoundForm;

/// Quiet is up to this share of full scale: −60 dB.
pub(crate) const QUIET: f32 = 0.001;
/// Shortest silence in milliseconds.
pub(crate) const SILENCE_MS: u32 = 2000;
/// Shortest run of zeros in milliseconds.
pub(crate) const ZEROS_MS: u32 = 20;
/// Sound beside a run of zeros is at least this share of full scale: −40 dB.
pub(crate) const BESIDE: f32 = 0.01;
/// How near it must be, in milliseconds.
pub(crate) const BESIDE_MS: u32 = 10;

/// Follows both.
pub(crate) struct Quiet {
    channels: usize,
    at: u64,
    silence: Run,
    zeros: Run,
    beside: u64,
    /// Sample after the last one that was loud enough to be beside zeros.
    loud: Option<u64>,
    /// A run of zeros that had sound before it and waits for sound behind it.
    waiting: Option<Spot>,
    silences: Spots,
    inserted: Spots,
}

/// A run of samples that fulfil a condition.
struct Run {
    start: Option<u64>,
    shortest: u64,
}

impl Quiet {
    pub(crate) fn new(form: &SoundForm) -> Self {
        let samples = |ms: u32| u64::from(form.rate) * u64::from(ms) / 1000;
        let run = |ms| Run {
            start: None,
            shortest: samples(ms).max(2),
        };
        Self {
            channels: form.channels as usize,
            at: 0,
            silence: run(SILENCE_MS),
            zeros: run(ZEROS_MS),
            beside: samples(BESIDE_MS),
            loud: None,
            waiting: None,
            silences: Spots::default(),
            inserted: Spots::default(),
        }
    }

    pub(crate) fn take(&mut self, samples: &[f32]) {
        for sample in samples.chunks_exact(self.channels) {
            let size = sample.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
            self.step(size);
            self.at += 1;
        }
    }

    fn step(&mut self, size: f32) {
        if let Some(spot) = self.silence.step(self.at, size <= QUIET) {
            self.silences.push(spot);
        }
        if let Some(spot) = self.zeros.step(self.at, size == 0.0) {
            let before = self
                .loud
                .is_some_and(|loud| spot.first - loud <= self.beside);
            self.waiting = before.then_some(spot);
        }
        if size >= BESIDE {
            let near = |spot: &Spot| self.at - spot.last <= self.beside;
            if let Some(spot) = self.waiting.take().filter(near) {
                self.inserted.push(spot);
            }
            self.loud = Some(self.at + 1);
        }
    }

    /// Silences and inserted zeros.
    pub(crate) fn finish(mut self) -> (Spots, Spots) {
        if let Some(spot) = self.silence.step(self.at, false) {
            self.silences.push(spot);
        }
        (self.silences, self.inserted)
    }
}

impl Run {
    /// A run that ended with the sample before, if it was long enough.
    fn step(&mut self, at: u64, inside: bool) -> Option<Spot> {
        if inside {
            self.start.get_or_insert(at);
            return None;
        }
        let first = self.start.take()?;
        (at - first >= self.shortest).then(|| Spot {
            first,
            last: at - 1,
            value: 0.0,
        })
    }
}
