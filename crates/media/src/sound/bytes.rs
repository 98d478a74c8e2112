//! A waveform as bytes: `docs/formats/waveform.md`, version 1.

use super::{Anchor, Anchors, Lanes, Loudness, PAIR, Pcm, Peak, Peaks, SoundForm, Waveform};
use crate::time::{Pts, TimeBase};

const MAGIC: [u8; 8] = *b"FWSOUND\0";
const VERSION: u16 = 1;

/// Stands for a loudness that could not be told.
const UNKNOWN: i32 = i32::MIN;

/// Why bytes are not a waveform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadWaveform {
    /// They do not begin as one.
    #[error("not a waveform")]
    Magic,
    /// Written by a newer program.
    #[error("waveforms of version {0} are not known here")]
    Version(u16),
    /// Cut short, with bytes left over, or with values that are never written.
    #[error("the waveform is damaged")]
    Damaged,
}

impl Waveform {
    /// The byte form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (anchors, peaks) = (self.anchors.all(), &self.peaks.peaks);
        let mut bytes = Vec::with_capacity(104 + 16 * anchors.len() + 6 * peaks.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.push(pcm_code(self.form.pcm));
        bytes.push(self.peaks.lanes.count() as u8);
        let numbers = [
            self.stream,
            self.form.rate,
            self.form.channels,
            self.form.mask,
            self.time_base.num,
            self.time_base.den,
        ];
        numbers
            .iter()
            .for_each(|number| bytes.extend(number.to_le_bytes()));
        bytes.extend(self.samples.to_le_bytes());
        bytes.extend(self.hash);
        let Loudness {
            integrated,
            range,
            peak,
        } = self.loudness;
        for loudness in [integrated, range, peak] {
            bytes.extend(loudness.unwrap_or(UNKNOWN).to_le_bytes());
        }
        bytes.extend((anchors.len() as u32).to_le_bytes());
        for anchor in anchors {
            bytes.extend(anchor.sample.to_le_bytes());
            bytes.extend(anchor.pts.0.to_le_bytes());
        }
        for peak in peaks {
            bytes.extend(peak.min.to_le_bytes());
            bytes.extend(peak.max.to_le_bytes());
            bytes.extend(peak.rms.to_le_bytes());
        }
        bytes
    }

    /// Reads the byte form. Allocates only for what is there.
    ///
    /// # Errors
    /// [`BadWaveform`] for anything that [`Waveform::to_bytes`] would not have given.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadWaveform> {
        let mut rest = Rest(bytes);
        if rest.take() != Some(MAGIC) {
            return Err(BadWaveform::Magic);
        }
        let version = rest
            .take()
            .map(u16::from_le_bytes)
            .ok_or(BadWaveform::Damaged)?;
        if version != VERSION {
            return Err(BadWaveform::Version(version));
        }
        body(&mut rest).ok_or(BadWaveform::Damaged)
    }
}

fn body(rest: &mut Rest<'_>) -> Option<Waveform> {
    let [pcm, lanes] = rest.take()?;
    let pcm = pcm_of(pcm)?;
    let (stream, rate, channels) = (rest.number()?, rest.number()?, rest.number()?);
    let form = SoundForm {
        rate,
        channels,
        mask: rest.number()?,
        pcm,
    };
    let time_base = TimeBase {
        num: rest.number()?,
        den: rest.number()?,
    };
    let samples = u64::from_le_bytes(rest.take()?);
    let hash = rest.take()?;
    let loudness = Loudness {
        integrated: rest.loudness()?,
        range: rest.loudness()?,
        peak: rest.loudness()?,
    };
    let anchors = rest.anchors(samples)?;
    let peaks = Peaks {
        lanes: Lanes::of(channels),
        peaks: rest.peaks(),
    };
    let sane = form.is_sane()
        && time_base.num > 0
        && time_base.den > 0
        && usize::from(lanes) == peaks.lanes.count()
        && rest.0.is_empty()
        && peaks.peaks.len().is_multiple_of(peaks.lanes.count())
        && peaks.len() as u64 == samples.div_ceil(u64::from(PAIR));
    sane.then_some(Waveform {
        stream,
        form,
        time_base,
        samples,
        hash,
        anchors,
        loudness,
        peaks,
    })
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, after) = self.0.split_first_chunk::<N>()?;
        self.0 = after;
        Some(*field)
    }

    fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    /// An unknown one is `Some(None)`.
    fn loudness(&mut self) -> Option<Option<i32>> {
        let number = i32::from_le_bytes(self.take()?);
        Some((number != UNKNOWN).then_some(number))
    }

    fn anchors(&mut self, samples: u64) -> Option<Anchors> {
        let count = self.number()? as usize;
        if count > self.0.len() / 16 {
            return None;
        }
        let mut list = Vec::with_capacity(count);
        for _ in 0..count {
            let sample = u64::from_le_bytes(self.take()?);
            let pts = Pts(i64::from_le_bytes(self.take()?));
            list.push(Anchor { sample, pts });
        }
        let inside = list.last().is_none_or(|last| last.sample < samples);
        Anchors::of(list).filter(|_| inside)
    }

    /// Every whole peak that is left.
    fn peaks(&mut self) -> Vec<Peak> {
        let (peaks, left) = self.0.as_chunks::<6>();
        self.0 = left;
        let peak = |&[a, b, c, d, e, f]: &[u8; 6]| Peak {
            min: i16::from_le_bytes([a, b]),
            max: i16::from_le_bytes([c, d]),
            rms: u16::from_le_bytes([e, f]),
        };
        peaks.iter().map(peak).collect()
    }
}

fn pcm_code(pcm: Pcm) -> u8 {
    match pcm {
        Pcm::U8 => 1,
        Pcm::S16 => 2,
        Pcm::S32 => 3,
        Pcm::F32 => 4,
        Pcm::F64 => 5,
    }
}

fn pcm_of(code: u8) -> Option<Pcm> {
    [Pcm::U8, Pcm::S16, Pcm::S32, Pcm::F32, Pcm::F64]
        .into_iter()
        .find(|&pcm| pcm_code(pcm) == code)
}
