//! The sound of an item: which sample sounds when, exact pieces of it, and its outline.

use std::ops::Range;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use journal::ContentId;
use media::sound::{Pcm, SoundReader, Waveform, dat, wav};
use media::time::{Pts, TimeBase};
use store::record::Item;

use crate::case::{Case, Examined, lock};
use crate::error::{Error, Result};
use crate::place::Place;
use crate::standing::Standing;
use crate::timeline::Timeline;
use crate::view::{SoundAt, SoundColumns, SoundLane, SoundPiece, SoundSummary};

mod beside;
mod clock;

use clock::{Clock, Part};

pub(crate) use beside::beside;

/// Decoder processes kept standing for sound.
const KEPT_READERS: usize = 2;

/// Longest sound that is laid out at once, in seconds.
const LONGEST_S: f64 = 30.0;

/// Most columns of an outline.
const MOST_COLUMNS: u32 = 8192;

/// The standing decoder processes.
pub(crate) type Sounds = Standing<ContentId, SoundReader, KEPT_READERS>;

/// A place in the sound, as typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SoundPlace {
    /// `sample:1234`: the sample with that number.
    Sample(u64),
    /// Frame, seconds, clock time or timestamp: the sample that sounds then.
    Shown(Place),
}

impl FromStr for SoundPlace {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix("sample:") {
            None => text.parse().map(Self::Shown),
            Some(number) => number.parse().map(Self::Sample).map_err(|_| {
                Error::usage(format!("{number:?} is no number of a sample")).hint(
                    "write sample:48000, or a place in the video (37, 12.5s, 1:02.5, pts:9000)",
                )
            }),
        }
    }
}

impl Case {
    /// The sound at a glance; `None` where there is none that could be decoded.
    ///
    /// # Errors
    /// The item was not inspected.
    pub fn sound(&self, item: &Item) -> Result<Option<SoundSummary>> {
        Ok(summary(&*self.examined(item)?))
    }

    /// The sample that sounds at a place: when a frame appears, or at a time after the first frame.
    ///
    /// # Errors
    /// The item has no sound, no such place, or nothing sounds then.
    pub fn sound_at(&self, item: &Item, place: SoundPlace) -> Result<SoundAt> {
        let examined = self.examined(item)?;
        let sound = sound(item, &examined)?;
        let clock = Clock::new(&examined, sound);
        let sample = match place {
            SoundPlace::Sample(sample) => Some(sample).filter(|sample| *sample < sound.samples),
            SoundPlace::Shown(Place::Seconds(seconds)) => clock.find(clock.at(seconds)),
            SoundPlace::Shown(place) => {
                let (pts, base) = shown(&examined, place)?;
                sound.sample_at(pts, base)
            }
        };
        let sample = sample.ok_or_else(|| {
            Error::missing(format!("nothing sounds in {} then", item.number)).hint(format!(
                "samples go from 0 to {}; `framewitness sound {}` says from when to when",
                sound.samples.saturating_sub(1),
                item.number
            ))
        })?;
        let at_s = clock.seconds(sample);
        let timeline = Timeline::new(&examined.frames);
        let shown = match place {
            SoundPlace::Shown(place) => timeline.find(place),
            SoundPlace::Sample(_) => timeline.find(Place::Seconds(at_s)),
        };
        Ok(SoundAt {
            item: item.number,
            sample,
            at_s,
            frame: shown.ok().map(|no| no.0),
            rate: sound.form.rate,
        })
    }

    /// The samples from the first that sounds at `from` or after it, up to the one that does so for
    /// `to`, which is not among them, as a WAVE file in the form in which they were decoded.
    ///
    /// # Errors
    /// The item has no sound, the places are in the wrong order, or it is too much at once.
    pub fn sound_piece(
        &self,
        item: &Item,
        from: SoundPlace,
        to: SoundPlace,
    ) -> Result<(SoundPiece, Vec<u8>)> {
        let examined = self.examined(item)?;
        let sound = sound(item, &examined)?;
        let clock = Clock::new(&examined, sound);
        let first = |place| match place {
            SoundPlace::Sample(sample) => Ok(sample.min(sound.samples)),
            SoundPlace::Shown(place) => {
                Ok::<_, Error>(clock.first_from(nanoseconds(&examined, &clock, place)?))
            }
        };
        let (from, to) = (first(from)?, first(to)?);
        if from >= to {
            return Err(Error::usage(format!(
                "no sound lies between sample {from} and sample {to}"
            )));
        }
        let samples = self.samples(item, sound, from..to)?;
        let file = wav::file(&sound.form, &samples)
            .ok_or_else(|| Error::usage("this is more sound than a WAVE file can hold"))?;
        let piece = SoundPiece {
            item: item.number,
            from,
            to,
            start_s: clock.seconds(from),
            end_s: clock.seconds(to),
            form: sound.form,
            hash: ContentId::of(&samples).hex(),
        };
        Ok((piece, file))
    }

    /// What sounds from `from_s` to `to_s` seconds after the first frame, as a WAVE file: silence
    /// where nothing does.
    ///
    /// # Errors
    /// The item has no sound, or the span is empty or longer than half a minute.
    pub fn sound_between(&self, item: &Item, from_s: f64, to_s: f64) -> Result<Vec<u8>> {
        let examined = self.examined(item)?;
        let sound = sound(item, &examined)?;
        if !(from_s >= 0.0 && to_s > from_s && to_s - from_s <= LONGEST_S) {
            return Err(
                Error::usage(format!("{from_s} s to {to_s} s is no span of sound"))
                    .hint(format!("ask for at most {LONGEST_S} s at once")),
            );
        }
        let clock = Clock::new(&examined, sound);
        let quiet = if sound.form.pcm == Pcm::U8 { 128 } else { 0 };
        let mut samples = Vec::new();
        for part in clock.lay_out(from_s, to_s) {
            match part {
                Part::Silence(count) => {
                    let bytes = usize::try_from(count).unwrap_or(0) * sound.form.frame_bytes();
                    samples.resize(samples.len() + bytes, quiet);
                }
                Part::Samples(range) => samples.extend(self.samples(item, sound, range)?),
            }
        }
        wav::file(&sound.form, &samples)
            .ok_or_else(|| Error::usage("this is too much sound at once"))
    }

    /// The outline of what sounds from `from_s` to `to_s` seconds after the first frame, in `width`
    /// columns of equal length.
    ///
    /// # Errors
    /// The item has no sound.
    pub fn sound_columns(
        &self,
        item: &Item,
        from_s: f64,
        to_s: f64,
        width: u32,
    ) -> Result<SoundColumns> {
        let examined = self.examined(item)?;
        let sound = sound(item, &examined)?;
        let clock = Clock::new(&examined, sound);
        let width = width.clamp(1, MOST_COLUMNS);
        let edges: Vec<u64> = (0..=width)
            .map(|edge| clock.edge(from_s + (to_s - from_s) * f64::from(edge) / f64::from(width)))
            .collect();
        let lane = |lane| {
            let peaks = edges
                .windows(2)
                .map(|pair| outline(sound, lane, pair[0]..pair[1]));
            SoundLane {
                peaks: peaks.collect(),
            }
        };
        Ok(SoundColumns {
            from_s,
            to_s,
            rate: sound.form.rate,
            lanes: (0..sound.peaks.lanes.count()).map(lane).collect(),
        })
    }

    /// The outline as the BBC's audiowaveform writes it, `zoom` times 256 samples to a pair.
    ///
    /// # Errors
    /// The item has no sound.
    pub fn sound_dat(&self, item: &Item, zoom: u32) -> Result<Vec<u8>> {
        let examined = self.examined(item)?;
        Ok(dat(sound(item, &examined)?, zoom))
    }

    fn samples(&self, item: &Item, sound: &Waveform, range: Range<u64>) -> Result<Vec<u8>> {
        let reader = self.sound_reader(item, sound)?;
        let samples = lock(&reader).read(range.start, range.end);
        if samples.is_err() {
            self.sounds.forget(&item.id);
        }
        let samples = samples?;
        let whole = (range.end - range.start).saturating_mul(sound.form.frame_bytes() as u64);
        if samples.len() as u64 == whole {
            Ok(samples)
        } else {
            Err(Error::new(
                crate::Kind::Failed,
                format!(
                    "the sound of {} does not decode to as many samples as before",
                    item.number
                ),
            )
            .hint("inspect the item again with this decoder, and compare the versions recorded"))
        }
    }

    fn sound_reader(&self, item: &Item, sound: &Waveform) -> Result<Arc<Mutex<SoundReader>>> {
        self.sounds.of(item.id, || {
            let (decoder, file) = (self.decoder()?, self.original(item)?);
            Ok(SoundReader::new(decoder, file, sound.form))
        })
    }
}

/// The sound at a glance, where there is any.
pub(crate) fn summary(examined: &Examined) -> Option<SoundSummary> {
    let sound = examined.sound.as_ref()?;
    let facts = &examined.examination.facts;
    let clock = Clock::new(examined, sound);
    let hundredths = |number: Option<i32>| number.map(|number| f64::from(number) / 100.0);
    Some(SoundSummary {
        stream: sound.stream,
        codec: facts
            .streams
            .get(sound.stream as usize)
            .map(|stream| stream.codec.clone())
            .unwrap_or_default(),
        rate: sound.form.rate,
        channels: sound.form.channels,
        pcm: sound.form.pcm,
        samples: sound.samples,
        start_pts: sound.start().map(|pts| pts.0),
        time_base: sound.time_base,
        start_s: clock.seconds(0),
        end_s: clock.seconds(sound.samples),
        loudness_lufs: hundredths(sound.loudness.integrated),
        range_lu: hundredths(sound.loudness.range),
        peak_dbfs: hundredths(sound.loudness.peak),
        hash: ContentId(sound.hash).hex(),
    })
}

fn sound<'a>(item: &Item, examined: &'a Examined) -> Result<&'a Waveform> {
    examined.sound.as_ref().ok_or_else(|| {
        Error::missing(format!("{} has no sound that was examined", item.number)).hint(format!(
            "`framewitness inspect {}` examines it, where there is any",
            item.number
        ))
    })
}

/// When a place is, on the container's clock.
fn nanoseconds(examined: &Examined, clock: &Clock<'_>, place: Place) -> Result<i128> {
    if let Place::Seconds(seconds) = place {
        return Ok(clock.at(seconds));
    }
    let (pts, base) = shown(examined, place)?;
    Ok(media::sound::nanoseconds(pts, base))
}

/// When the frame at a place appears.
fn shown(examined: &Examined, place: Place) -> Result<(Pts, TimeBase)> {
    let no = Timeline::new(&examined.frames).find(place)?;
    let frame = &examined.frames.frames[no.0 as usize];
    let missing = || Error::missing(format!("frame {no} has no timestamp"));
    Ok((frame.pts.ok_or_else(missing)?, examined.frames.time_base))
}

/// Smallest, largest and mean size of a range of samples; `None` where there are none.
fn outline(sound: &Waveform, lane: usize, samples: Range<u64>) -> Option<[i32; 3]> {
    if samples.is_empty() {
        return None;
    }
    let pair =
        |sample: u64| usize::try_from(sample / u64::from(media::sound::PAIR)).unwrap_or(usize::MAX);
    let peak = sound
        .peaks
        .outline(lane, pair(samples.start), pair(samples.end - 1) + 1)?;
    Some([peak.min.into(), peak.max.into(), peak.rms.into()])
}
