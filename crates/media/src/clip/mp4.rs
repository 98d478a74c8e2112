//! An MP4 file (ISO/IEC 14496-12, -14 and -15), written from front to back: the samples, then what says where they are.
//! It states no times of making, no names and no words but those that the format asks for.

use std::io::{self, Write};

use super::boxes::{Bytes, plain};
use super::matroska::Patch;
use super::tables;
use crate::display::DisplayGeometry;
use crate::facts::VideoFacts;
use crate::time::TimeBase;

/// Least ticks a second of the clock of the whole.
const LEAST_CLOCK: u32 = 48_000;

/// Where the length of the samples is to be written, from the start of the file.
const LENGTH_AT: u64 = 8;

/// Samples of a track, as they were written.
#[derive(Default)]
pub(super) struct Written {
    pub(super) sizes: Vec<u32>,
    /// Ticks of each.
    pub(super) lasts: Vec<u32>,
    /// Numbers from 1 of those that can be decoded by themselves; of pictures only.
    pub(super) keys: Vec<u32>,
    /// Where each run of samples begins, and how many there are in it.
    pub(super) chunks: Vec<(u64, u32)>,
}

/// What is said of the pictures.
pub(super) struct Pictures<'a> {
    pub(super) facts: &'a VideoFacts,
    pub(super) width: u32,
    pub(super) height: u32,
    /// The body of `avcC`.
    pub(super) header: Vec<u8>,
    pub(super) time_base: TimeBase,
    /// Nanoseconds from the start of the file.
    pub(super) start: u64,
}

/// What is said of the sound.
pub(super) struct Sounds {
    /// The `AudioSpecificConfig`.
    pub(super) header: Vec<u8>,
    pub(super) rate: u32,
    pub(super) channels: u32,
    /// Samples that the coder puts before the first.
    pub(super) priming: u32,
    /// Samples after those.
    pub(super) samples: u64,
    /// Nanoseconds from the start of the file.
    pub(super) start: u64,
}

/// A file being written.
pub(super) struct Mp4<W> {
    out: W,
    written: u64,
    /// Pictures, then sound.
    tracks: [Written; 2],
    /// The track of the sample before.
    last: Option<usize>,
}

impl<W: Write> Mp4<W> {
    pub(super) fn begin(out: W) -> io::Result<Self> {
        let mut file = Self {
            out,
            written: 0,
            tracks: Default::default(),
            last: None,
        };
        let mut opening = Bytes::default();
        plain(&mut opening, b"ftyp", |it| {
            it.put(b"isom").u32(0x200);
            it.put(b"isom").put(b"iso2").put(b"avc1").put(b"mp41");
        });
        debug_assert_eq!(opening.0.len(), OPENING);
        // A length of 64 bits, which is known at the end.
        opening.u32(1).put(b"mdat").u64(0);
        file.put(&opening.0)?;
        Ok(file)
    }

    pub(super) fn picture(&mut self, coded: &[u8], lasts: u32, key: bool) -> io::Result<()> {
        let number = self.tracks[0].sizes.len() as u32 + 1;
        if key {
            self.tracks[0].keys.push(number);
        }
        self.sample(0, coded, lasts)
    }

    pub(super) fn sound(&mut self, coded: &[u8], lasts: u32) -> io::Result<()> {
        self.sample(1, coded, lasts)
    }

    fn sample(&mut self, track: usize, coded: &[u8], lasts: u32) -> io::Result<()> {
        let at = self.written;
        let samples = &mut self.tracks[track];
        samples
            .sizes
            .push(u32::try_from(coded.len()).map_err(|_| io::ErrorKind::FileTooLarge)?);
        samples.lasts.push(lasts);
        match samples
            .chunks
            .last_mut()
            .filter(|_| self.last == Some(track))
        {
            Some((_, count)) => *count += 1,
            None => samples.chunks.push((at, 1)),
        }
        self.last = Some(track);
        self.put(coded)
    }

    /// Writes what says where everything is. What comes back must be put over the beginning.
    pub(super) fn finish(
        mut self,
        pictures: &Pictures<'_>,
        sounds: Option<&Sounds>,
    ) -> io::Result<(W, Vec<Patch>)> {
        let length = self.written - OPENING as u64;
        let own = pictures.time_base.den;
        let clock = own * LEAST_CLOCK.div_ceil(own).max(1);
        let ticks = |nanoseconds: u64| {
            (u128::from(nanoseconds) * u128::from(clock) + 500_000_000) / 1_000_000_000
        };
        let ticks = |nanoseconds: u64| u64::try_from(ticks(nanoseconds)).unwrap_or(u64::MAX);
        let [shown, heard] = &self.tracks;
        let own_ticks: u64 = shown.lasts.iter().map(|it| u64::from(*it)).sum();
        let shown_lasts = own_ticks * u64::from(clock / own);
        let heard_lasts = sounds.map_or(0, |it| {
            ticks(it.samples * 1_000_000_000 / u64::from(it.rate))
        });
        let start = sounds.map_or(0, |it| ticks(it.start));
        let end = (ticks(pictures.start) + shown_lasts).max(start + heard_lasts);
        let mut moov = Bytes::default();
        plain(&mut moov, b"moov", |moov| {
            tables::movie(moov, clock, end, if sounds.is_some() { 3 } else { 2 });
            let edit = tables::Edit {
                before: ticks(pictures.start),
                skipped: 0,
                lasts: shown_lasts,
            };
            tables::pictures(moov, pictures, shown, &edit);
            if let Some(sounds) = sounds {
                let edit = tables::Edit {
                    before: start,
                    skipped: sounds.priming,
                    lasts: heard_lasts,
                };
                tables::sounds(moov, sounds, heard, &edit);
            }
        });
        self.put(&moov.0)?;
        self.out.flush()?;
        let patch = Patch {
            at: OPENING as u64 + LENGTH_AT,
            bytes: length.to_be_bytes().to_vec(),
        };
        Ok((self.out, vec![patch]))
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// Bytes of `ftyp`.
const OPENING: usize = 32;

impl Pictures<'_> {
    /// How the display turns them, as `tkhd` states it: mirrored, then turned clockwise.
    pub(super) fn matrix(&self) -> [i32; 9] {
        const ONE: i32 = 1 << 16;
        let geometry = DisplayGeometry::from(self.facts).with_stored_size(self.width, self.height);
        let flip = if self.facts.mirrored { -ONE } else { ONE };
        let [a, b, c, d] = match self.facts.rotation {
            90 => [0, flip, -ONE, 0],
            180 => [-flip, 0, 0, -ONE],
            270 => [0, -flip, ONE, 0],
            _ => [flip, 0, 0, ONE],
        };
        let (width, height) = geometry.displayed();
        let far = |side: u32| i32::try_from(side).unwrap_or_default().saturating_mul(ONE);
        // What is turned beyond the left or upper edge is moved back into sight.
        let x = if a + c < 0 { far(width) } else { 0 };
        let y = if b + d < 0 { far(height) } else { 0 };
        [a, b, 0, c, d, 0, x, y, 1 << 30]
    }
}
