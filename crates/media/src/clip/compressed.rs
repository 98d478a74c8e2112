//! A span as a file that loses some and that everything plays: H.264 and AAC in MP4.
//!
//! The bytes are the same in every run with the same versions of the coders and the same number of threads, which is
//! a parameter and not that of the machine: libx264 codes alike whenever it codes with as many.

use std::io::Write;
use std::ops::{ControlFlow, Range};

use super::clock::Clock;
use super::coder::{Coded, Coder};
use super::footage::Footage;
use super::matroska::Patch;
use super::mp4::{self, Mp4};
use super::{Clip, ClipError, Refused};
use crate::decoder::Error;
use crate::index::FrameEntry;
use crate::mask::Muffler;
use crate::protocol::{EncoderForm, LossyForm, Request, SoundEncoderForm};
use crate::sound::{SoundReader, Waveform};

/// Samples of a block of AAC.
const BLOCK: u64 = 1024;

/// Nanoseconds by which a stated time of sound may differ from the counted one: what no ear notices.
const STEP: i128 = 25_000_000;

/// How pictures and sound are coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compression {
    /// Constant rate factor of libx264, 0 to 51: 18 looks like the original.
    pub quality: u32,
    /// Preset of libx264.
    pub preset: String,
    /// Threads that code.
    pub threads: u32,
    /// Most pictures from one that can be decoded by itself to the next.
    pub key_every: u32,
    /// Bits a second of a channel of sound.
    pub channel_bits: u32,
}

impl Default for Compression {
    fn default() -> Self {
        Self {
            quality: 18,
            preset: "veryfast".to_owned(),
            threads: 2,
            key_every: 48,
            channel_bits: 96_000,
        }
    }
}

impl Clip<'_> {
    /// Writes the span as MP4. The patches that come back must be put over the beginning. Tags are not written.
    ///
    /// # Errors
    /// As [`Clip::write`]; what H.264, AAC or MP4 cannot hold is refused.
    pub fn write_compressed<W: Write>(
        &self,
        out: W,
        how: &Compression,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<(W, Vec<Patch>), ClipError> {
        let frames = self.frames()?;
        let clock = Clock::of(self.frames.time_base, frames)?;
        let lasts = self.lasts(frames)?;
        let mut pictures = Pictures::open(self, frames, how)?;
        let mut sound = { self.sound.as_ref() }
            .map(|(form, samples)| Sound::open(self, form, samples.clone(), &clock, how))
            .transpose()?;
        let mut file = Mp4::begin(out)?;
        for (no, (frame, lasts)) in frames.iter().zip(lasts).enumerate() {
            let (coded, key) = pictures.next(no)?;
            if let Some(sound) = &mut sound {
                sound.until(clock.at(frame), &mut file)?;
            }
            file.picture(&coded, lasts, key)?;
            if progress(u32::try_from(no + 1).unwrap_or(u32::MAX)).is_break() {
                return Err(Error::Cancelled.into());
            }
        }
        if let Some(sound) = &mut sound {
            sound.end(&mut file)?;
        }
        let shown = frames.first().map_or(0, |first| clock.at(first));
        let heard = sound.as_ref().map_or(shown, |sound| sound.start);
        let zero = shown.min(heard);
        let facts = pictures.footage.facts;
        let layout = pictures.footage.layout().clone();
        let header = mp4::Pictures {
            facts,
            width: layout.width,
            height: layout.height,
            header: pictures.header,
            time_base: self.frames.time_base,
            start: shown - zero,
        };
        let sounds = sound.map(|sound| sound.stated(zero));
        Ok(file.finish(&header, sounds.as_ref())?)
    }

    /// Ticks of the time base's denominator that each frame lasts: up to the next, the last as long as it says.
    fn lasts(&self, frames: &[FrameEntry]) -> Result<Vec<u32>, Refused> {
        let base = self.frames.time_base;
        let refused = || Refused::Clock { time_base: base };
        let next = frames.iter().skip(1).map(|frame| frame.pts);
        let ticks = { frames.iter().zip(next) }.map(|(frame, next)| Some(next?.0 - frame.pts?.0));
        let last = frames.last().map(|frame| Some(frame.duration.max(1)));
        let stated = |ticks: Option<i64>| {
            let ticks = u64::try_from(ticks?).ok()?.checked_mul(base.num.into())?;
            u32::try_from(ticks).ok()
        };
        { ticks.chain(last) }
            .map(|ticks| stated(ticks).ok_or_else(refused))
            .collect()
    }
}

/// The pictures on their way: some are decoded ahead of the one that is taken, since the coder looks ahead.
struct Pictures<'a> {
    footage: Footage<'a>,
    frames: &'a [FrameEntry],
    coder: Coder,
    request: Request,
    header: Vec<u8>,
    given: usize,
    /// Whether the coder owes an answer.
    asked: bool,
    ready: std::collections::VecDeque<(Vec<u8>, bool)>,
}

impl<'a> Pictures<'a> {
    fn open(
        clip: &'a Clip<'a>,
        frames: &'a [FrameEntry],
        how: &Compression,
    ) -> Result<Self, ClipError> {
        let footage = Footage::open(clip, frames)?;
        let (layout, facts) = (footage.layout().clone(), footage.facts);
        let rate = facts.average_rate;
        let rate = i64::from(rate.num) / i64::from(rate.den.max(1));
        let form = EncoderForm {
            layout: layout.clone(),
            upper_field_first: None,
            lossy: Some(LossyForm {
                quality: how.quality,
                preset: how.preset.clone(),
                threads: how.threads,
                key_every: how.key_every,
                pictures_a_second: u32::try_from(rate).unwrap_or(25).clamp(1, 1000),
                primaries: facts.color_primaries.clone(),
                transfer: facts.color_transfer.clone(),
            }),
        };
        Ok(Self {
            coder: Coder::start(clip.decoder, layout.bytes)?,
            footage,
            frames,
            request: Request::Encode(form),
            header: Vec::new(),
            given: 0,
            asked: false,
            ready: Default::default(),
        })
    }

    /// Picture `no`, coded, and whether it can be decoded by itself.
    fn next(&mut self, no: usize) -> Result<(Vec<u8>, bool), ClipError> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Ok(ready);
            }
            match self.frames.get(self.given) {
                Some(frame) => {
                    // Decoded while the coder works on the one before.
                    let planes = self.footage.planes(frame)?;
                    if std::mem::take(&mut self.asked) {
                        take(&mut self.coder, &mut self.header, &mut self.ready)?;
                    }
                    self.coder.give(&planes, &self.request)?;
                    self.given += 1;
                    self.asked = true;
                }
                None => {
                    let fresh = std::mem::take(&mut self.asked);
                    if !fresh {
                        self.coder.finish()?;
                    }
                    take(&mut self.coder, &mut self.header, &mut self.ready)?;
                    if !fresh && self.ready.is_empty() {
                        let no = self
                            .frames
                            .get(no)
                            .map_or(crate::time::FrameNo(0), |it| it.no);
                        return Err(Refused::Lost { no }.into());
                    }
                }
            }
        }
    }
}

fn take(
    coder: &mut Coder,
    header: &mut Vec<u8>,
    ready: &mut std::collections::VecDeque<(Vec<u8>, bool)>,
) -> Result<(), ClipError> {
    let Coded {
        bytes,
        header: first,
        key,
        ..
    } = coder.take()?.ok_or(Refused::Compressed)?;
    if let Some(first) = first {
        *header = first;
    }
    if !bytes.is_empty() {
        ready.push_back((bytes, key));
    }
    Ok(())
}

/// The sound, in step with the pictures.
struct Sound<'a> {
    waveform: &'a Waveform,
    reader: SoundReader,
    left: Range<u64>,
    clock: &'a Clock,
    coder: Coder,
    form: SoundEncoderForm,
    muffler: Option<Muffler>,
    header: Vec<u8>,
    priming: u32,
    samples: u64,
    /// Nanoseconds of the clip at which it begins.
    start: u64,
}

impl<'a> Sound<'a> {
    fn open(
        clip: &Clip<'_>,
        waveform: &'a Waveform,
        samples: Range<u64>,
        clock: &'a Clock,
        how: &Compression,
    ) -> Result<Self, ClipError> {
        even(waveform, &samples)?;
        let file = clip.file.try_clone().map_err(Error::io("open the file"))?;
        let form = waveform.form;
        let at = waveform.nanoseconds(samples.start).unwrap_or_default();
        Ok(Self {
            waveform,
            reader: SoundReader::new(clip.decoder, file, form),
            clock,
            coder: Coder::start(clip.decoder, BLOCK * form.frame_bytes() as u64)?,
            form: SoundEncoderForm {
                sound: form,
                bits_a_second: how.channel_bits.saturating_mul(form.channels),
            },
            muffler: clip.muffler(&form),
            header: Vec::new(),
            priming: 0,
            samples: samples.end - samples.start,
            start: clock.of_sound(at),
            left: samples,
        })
    }

    /// Writes what begins before a time.
    fn until<W: Write>(&mut self, at: u64, file: &mut Mp4<W>) -> Result<(), ClipError> {
        while !self.left.is_empty() && self.begins(self.left.start) < at {
            let end = (self.left.start + BLOCK).min(self.left.end);
            let mut samples = self.reader.read(self.left.start, end)?;
            if samples.len() as u64
                != (end - self.left.start) * self.form.sound.frame_bytes() as u64
            {
                return Err(Error::SoundNotReproduced.into());
            }
            if let Some(muffler) = &mut self.muffler {
                muffler.muffle(self.left.start, &mut samples);
            }
            let request = Request::EncodeSound {
                form: self.form,
                bytes: samples.len() as u64,
            };
            self.coder.give(&samples, &request)?;
            self.write(file)?;
            self.left.start = end;
        }
        Ok(())
    }

    fn end<W: Write>(&mut self, file: &mut Mp4<W>) -> Result<(), ClipError> {
        self.until(u64::MAX, file)?;
        loop {
            self.coder.finish()?;
            if !self.write(file)? {
                return Ok(());
            }
        }
    }

    /// Writes what the coder gives; whether it gave something.
    fn write<W: Write>(&mut self, file: &mut Mp4<W>) -> Result<bool, ClipError> {
        let coded = self.coder.take()?.ok_or(Refused::CompressedSound)?;
        if let Some(header) = coded.header {
            (self.header, self.priming) = (header, coded.priming);
        }
        if coded.bytes.is_empty() {
            return Ok(false);
        }
        file.sound(&coded.bytes, BLOCK as u32)?;
        Ok(true)
    }

    fn begins(&self, sample: u64) -> u64 {
        let at = self.waveform.nanoseconds(sample).unwrap_or_default();
        self.clock.of_sound(at)
    }

    fn stated(self, zero: u64) -> mp4::Sounds {
        mp4::Sounds {
            header: self.header,
            rate: self.form.sound.rate,
            channels: self.form.sound.channels,
            priming: self.priming,
            samples: self.samples,
            start: self.start - zero,
        }
    }
}

/// Refuses sound with gaps: samples of AAC follow on each other.
fn even(waveform: &Waveform, samples: &Range<u64>) -> Result<(), Refused> {
    let start = waveform.nanoseconds(samples.start);
    let anchors = waveform.anchors.all().iter();
    for anchor in anchors.filter(|it| samples.contains(&it.sample)) {
        let counted = i128::from(anchor.sample - samples.start) * 1_000_000_000
            / i128::from(waveform.form.rate);
        let stated = waveform.nanoseconds(anchor.sample).zip(start);
        if stated.is_some_and(|(at, start)| (at - start - counted).abs() > STEP) {
            return Err(Refused::Gap);
        }
    }
    Ok(())
}
