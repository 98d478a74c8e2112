//! What is found in the samples themselves: silence, clipping, clicks. `docs/findings.md` says how
//! and how well. One pass, little memory, the same for any size of the pieces that arrive.

pub(crate) mod click;
pub(crate) mod clip;
pub(crate) mod quiet;

use super::SoundForm;

/// Most places that are kept of each kind; the rest are counted.
const MOST: usize = 1000;

/// Something found, by number of its samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    /// First sample.
    pub(crate) first: u64,
    /// Last sample, inclusive.
    pub(crate) last: u64,
    /// What was measured; what it is depends on the method.
    pub(crate) value: f64,
}

/// Places of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spots {
    /// The first of them, by number.
    pub(crate) spots: Vec<Spot>,
    /// Places beyond those.
    pub(crate) more: usize,
}

/// Everything found in a sound.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) silences: Spots,
    pub(crate) zeros: Spots,
    pub(crate) clips: Spots,
    pub(crate) clicks: Spots,
}

/// Looks while the sound goes by.
pub(crate) struct Scan {
    quiet: quiet::Quiet,
    clip: clip::Clips,
    click: click::Clicks,
}

impl Scan {
    pub(crate) fn new(form: &SoundForm) -> Self {
        Self {
            quiet: quiet::Quiet::new(form),
            clip: clip::Clips::new(form),
            click: click::Clicks::new(form),
        }
    }

    /// Takes samples, channels interleaved.
    pub(crate) fn take(&mut self, samples: &[f32]) {
        self.quiet.take(samples);
        self.clip.take(samples);
        self.click.take(samples);
    }

    pub(crate) fn finish(self) -> Found {
        let (silences, zeros) = self.quiet.finish();
        Found {
            silences,
            zeros,
            clips: self.clip.finish(),
            clicks: self.click.finish(),
        }
    }
}

impl Spots {
    fn push(&mut self, spot: Spot) {
        if self.spots.len() < MOST {
            self.spots.push(spot);
        } else {
            self.more += 1;
        }
    }
}

#[cfg(test)]
mod tests;
