//! Clipping: several samples in a row at full scale.

use super::{Spot, Spots};
use crate::sound::SoundForm;

/// Full scale: the largest number of 16 bits, or more.
pub(crate) const FULL: f32 = 32766.5 / 32768.0;
/// Fewest samples in a row.
pub(crate) const RUN: u32 = 4;
/// Runs closer than this many milliseconds are one place.
pub(crate) const TOGETHER_MS: u32 = 500;

/// Follows every channel.
pub(crate) struct Clips {
    runs: Vec<(f32, u32)>,
    together: u64,
    at: u64,
    /// The place at hand; its value counts the runs.
    place: Option<Spot>,
    found: Spots,
}

impl Clips {
    pub(crate) fn new(form: &SoundForm) -> Self {
        Self {
            runs: vec![(0.0, 0); form.channels as usize],
            together: u64::from(form.rate) * u64::from(TOGETHER_MS) / 1000,
            at: 0,
            place: None,
            found: Spots::default(),
        }
    }

    pub(crate) fn take(&mut self, samples: &[f32]) {
        let channels = self.runs.len();
        for sample in samples.chunks_exact(channels) {
            // Most samples are not at full scale, and no run is under way.
            for (channel, &size) in sample.iter().enumerate() {
                let run = &mut self.runs[channel];
                if size.abs() < FULL {
                    run.1 = 0;
                    continue;
                }
                let sign = size.signum();
                *run = if run.0 == sign {
                    (sign, run.1 + 1)
                } else {
                    (sign, 1)
                };
                let length = run.1;
                if length >= RUN {
                    self.clipped(length);
                }
            }
            self.at += 1;
        }
    }

    /// The sample at hand is the `length`th of a run.
    fn clipped(&mut self, length: u32) {
        let new = f64::from(u8::from(length == RUN));
        let near = |place: &Spot| self.at - place.last <= self.together;
        if let Some(mut place) = self.place.filter(near) {
            place.last = self.at;
            place.value += new;
            self.place = Some(place);
            return;
        }
        self.close();
        self.place = Some(Spot {
            first: (self.at + 1).saturating_sub(u64::from(length)),
            last: self.at,
            value: new.max(1.0),
        });
    }

    fn close(&mut self) {
        if let Some(place) = self.place.take() {
            self.found.push(place);
        }
    }

    pub(crate) fn finish(mut self) -> Spots {
        self.close();
        self.found
    }
}
