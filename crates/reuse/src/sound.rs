//! Fingerprints of sound: Chromaprint, as AcoustID uses it.

use rusty_chromaprint::{Configuration, Fingerprinter};

/// Samples at the rate to which Chromaprint brings everything, from one item to the next.
const STEP: f64 = 1365.0;
const RATE: f64 = 11_025.0;

/// Seconds from one item to the next: 0.124.
pub(crate) const ITEM: f64 = STEP / RATE;

/// How far an item may lie from where the last anchor puts it, in seconds.
const DRIFT: f64 = 0.02;

/// Channels that are mixed; more are passed over.
const CHANNELS: u32 = 2;

/// Takes the samples of a sound, in order, and makes its fingerprint: 32 bits for each 0.124 s.
///
/// Of more than two channels the first two are heard. Memory grows by 32 bytes a second of sound.
pub struct SoundPrinter {
    maker: Fingerprinter,
    channels: usize,
    kept: Vec<i16>,
}

impl std::fmt::Debug for SoundPrinter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoundPrinter").finish_non_exhaustive()
    }
}

impl SoundPrinter {
    /// A printer of sound with `rate` samples a second in `channels` channels; `None` where Chromaprint
    /// takes no such sound.
    pub fn new(rate: u32, channels: u32) -> Option<Self> {
        let mut maker = Fingerprinter::new(&Configuration::preset_test2());
        let heard = channels.min(CHANNELS);
        maker.start(rate, heard).ok()?;
        Some(Self {
            maker,
            channels: channels as usize,
            kept: Vec::new(),
        })
    }

    /// Takes samples, channels interleaved, full scale ±1.
    pub fn push(&mut self, samples: &[f32]) {
        self.kept.clear();
        let heard = self.channels.min(CHANNELS as usize);
        for frame in samples.chunks_exact(self.channels) {
            let whole = |sample: &f32| (sample * 32_767.0).clamp(-32_768.0, 32_767.0) as i16;
            self.kept.extend(frame[..heard].iter().map(whole));
        }
        self.maker.consume(&self.kept);
    }

    /// The fingerprint. `second` tells when a second of the samples pushed is heard on the clock of the
    /// pictures, where that is known.
    pub fn finish(mut self, second: impl Fn(f64) -> Option<f64>) -> SoundPrints {
        self.maker.finish();
        let mut prints = SoundPrints {
            items: self.maker.fingerprint().to_vec(),
            anchors: Vec::new(),
        };
        for item in 0..prints.items.len() {
            let Some(at) = second(item as f64 * ITEM) else {
                continue;
            };
            let expected = prints.second(item);
            if expected.is_none_or(|expected| (expected - at).abs() > DRIFT) {
                let micros = (at * 1e6).round() as i64;
                prints.anchors.push((item as u32, micros));
            }
        }
        prints
    }
}

/// The fingerprint of a sound, and when it is heard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundPrints {
    pub(crate) items: Vec<u32>,
    /// Items from which on time runs evenly, rising, and when they are heard, in microseconds.
    pub(crate) anchors: Vec<(u32, i64)>,
}

impl SoundPrints {
    /// Seconds of sound.
    pub fn seconds(&self) -> f64 {
        self.items.len() as f64 * ITEM
    }

    /// When an item begins to be heard, in seconds of presentation.
    pub(crate) fn second(&self, item: usize) -> Option<f64> {
        let later = self
            .anchors
            .partition_point(|&(first, _)| first as usize <= item);
        let (first, micros) = *self.anchors.get(later.checked_sub(1)?)?;
        Some(micros as f64 / 1e6 + (item - first as usize) as f64 * ITEM)
    }
}
