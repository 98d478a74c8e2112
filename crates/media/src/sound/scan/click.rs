//! Clicks: a sample that nothing before it announces, while everything around goes on as usual.
//!
//! Sound is foretold from the samples before it (linear prediction, autocorrelation method). Where
//! two pieces that do not belong together meet, the waveform or its slope jumps, and foretelling
//! fails at a few samples only; a blow or a shot goes on after its first sample, and is not one.

use super::{Spot, Spots};
use crate::sound::SoundForm;

/// Samples that foretell the next one.
pub(crate) const ORDER: usize = 16;
/// Samples that are looked at together.
pub(crate) const BLOCK: usize = 1024;
/// An error of foretelling this many times the mean one is a click.
pub(crate) const FACTOR: f64 = 24.0;
/// Smallest error that counts, as a share of full scale.
pub(crate) const SMALLEST: f64 = 0.02;
/// Samples around the largest error that may be off too.
const AROUND: usize = 12;
/// How much larger it is than any error elsewhere in the block.
pub(crate) const ALONE: f64 = 3.0;

/// Follows the mean of all channels.
pub(crate) struct Clicks {
    channels: usize,
    scale: f32,
    /// `ORDER` samples of the block before, and the block at hand.
    block: Vec<f64>,
    at: u64,
    found: Spots,
}

impl Clicks {
    pub(crate) fn new(form: &SoundForm) -> Self {
        Self {
            channels: form.channels as usize,
            scale: 1.0 / form.channels as f32,
            block: vec![0.0; ORDER],
            at: 0,
            found: Spots::default(),
        }
    }

    pub(crate) fn take(&mut self, samples: &[f32]) {
        for sample in samples.chunks_exact(self.channels) {
            self.block
                .push(f64::from(sample.iter().sum::<f32>() * self.scale));
            if self.block.len() == ORDER + BLOCK {
                self.look();
                self.block.drain(..BLOCK);
                self.at += BLOCK as u64;
            }
        }
    }

    /// What is left at the end is too short to tell what is usual.
    pub(crate) fn finish(self) -> Spots {
        self.found
    }

    fn look(&mut self) {
        // The first block would begin with silence that is not there.
        if self.at == 0 {
            return;
        }
        let Some(weights) = weights(&self.block[ORDER..]) else {
            return;
        };
        let errors: Vec<f64> = (ORDER..self.block.len())
            .map(|now| {
                let before = self.block[now - ORDER..now].iter().rev();
                let foretold: f64 = weights.iter().zip(before).map(|(w, x)| w * x).sum();
                (self.block[now] - foretold).abs()
            })
            .collect();
        if let Some((place, factor)) = alone(&errors) {
            let sample = self.at + place as u64;
            self.found.push(Spot {
                first: sample,
                last: sample,
                value: factor,
            });
        }
    }
}

/// The error that stands alone, and how many times the mean of the others it is.
fn alone(errors: &[f64]) -> Option<(usize, f64)> {
    let (place, largest) = errors
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    if largest < SMALLEST {
        return None;
    }
    let around = place.saturating_sub(AROUND)..(place + AROUND + 1).min(errors.len());
    let elsewhere = || errors[..around.start].iter().chain(&errors[around.end..]);
    let (sum, most) = elsewhere().fold((0.0, 0.0_f64), |(sum, most), &error| {
        (sum + error, most.max(error))
    });
    let mean = sum / (errors.len() - around.len()) as f64;
    let factor = largest / mean.max(1e-5);
    (factor >= FACTOR && largest >= ALONE * most).then_some((place, factor))
}

/// Weights of the samples before, the nearest first; `None` for silence.
fn weights(block: &[f64]) -> Option<[f64; ORDER]> {
    let mut correlation = [0.0; ORDER + 1];
    for (lag, sum) in correlation.iter_mut().enumerate() {
        *sum = block[lag..].iter().zip(block).map(|(a, b)| a * b).sum();
    }
    if correlation[0] < 1e-6 {
        return None;
    }
    // A little white noise keeps the recursion stable.
    correlation[0] *= 1.0 + 1e-9;
    let mut weights = [0.0; ORDER];
    let mut error = correlation[0];
    for order in 0..ORDER {
        let known: f64 = (0..order)
            .map(|k| weights[k] * correlation[order - k])
            .sum();
        let reflection = (correlation[order + 1] - known) / error;
        let before = weights;
        for k in 0..order {
            weights[k] = before[k] - reflection * before[order - 1 - k];
        }
        weights[order] = reflection;
        error *= 1.0 - reflection * reflection;
        if error <= 0.0 {
            return None;
        }
    }
    Some(weights)
}
