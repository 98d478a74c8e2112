//! Exact frames, at random: found by the frame index, believed only by their hash.

mod cache;
mod locate;
mod seat;
mod stored;

use std::fs::File;
use std::sync::Arc;

use crate::decoder::{Decoder, Error, Gone, Session};
use crate::facts::{Facts, VideoFacts};
use crate::index::{FrameHash, FrameIndex};
use crate::protocol::{Conversion, PictureLayout, Task};
use crate::still::{Applied, Still};
use crate::time::{FrameNo, Rational};

use cache::Cache;
use locate::Locator;
use seat::{Lost, Seat};

pub use stored::stored_still;

/// Bytes of decoded neighbours that are kept.
const PLANES_KEPT: usize = 192 << 20;

/// Bytes of finished stills that are kept.
const STILLS_KEPT: usize = 96 << 20;

/// Frames before the target that are kept while decoding towards it, so that stepping back is quick.
const STEPS_BACK: u32 = 48;

/// Earlier sync samples that are tried before decoding from the start.
const EARLIER: usize = 3;

/// One jailed process kept alive for one file. It knows where it stands, and keeps what it decoded on
/// the way, so that stepping from frame to frame in either direction costs no seek.
pub struct FrameReader {
    decoder: Decoder,
    file: File,
    video: VideoFacts,
    index: Arc<FrameIndex>,
    locator: Locator,
    seat: Option<Seat>,
    threads: u32,
    planes: Cache<Planes>,
    stills: Cache<Arc<Still>>,
}

/// A decoded picture as it left the decoder.
pub(crate) struct Planes {
    pub(crate) layout: PictureLayout,
    pub(crate) bytes: Vec<u8>,
}

impl FrameReader {
    /// For a file that was inspected to `facts` and `frames`. The process is started when the first
    /// frame is asked for.
    ///
    /// # Errors
    /// [`Error::NoSuchFrame`] if `facts` name no video stream.
    pub fn open(
        decoder: &Decoder,
        file: File,
        facts: Facts,
        frames: Arc<FrameIndex>,
    ) -> Result<Self, Error> {
        let video = facts
            .video
            .and_then(|stream| facts.streams.into_iter().nth(stream))
            .and_then(|stream| stream.video)
            .ok_or(Error::NoSuchFrame {
                no: FrameNo(0),
                count: 0,
            })?;
        // As in the pass: damage is decoded by one thread.
        let damaged = frames.frames.iter().any(|frame| frame.damaged);
        let threads = if damaged { 1 } else { decoder.limits().threads };
        Ok(Self {
            decoder: decoder.clone(),
            threads,
            file,
            video,
            locator: Locator::new(&frames),
            index: frames,
            seat: None,
            planes: Cache::new(PLANES_KEPT),
            stills: Cache::new(STILLS_KEPT),
        })
    }

    /// The frame as displayed. The planes it is made from have the hash that the index records: the
    /// frame is decoded from the sync sample before it, else from an earlier one, else from the start.
    ///
    /// # Errors
    /// [`Error::NoSuchFrame`] beyond the end, [`Error::NotReproduced`] if no way leads to the recorded
    /// hash, or that the process cannot be started or dies twice over the frame.
    pub fn still(&mut self, no: FrameNo) -> Result<Arc<Still>, Error> {
        let Some(entry) = self.index.frames.get(no.0 as usize) else {
            return Err(Error::NoSuchFrame {
                no,
                count: self.index.frames.len(),
            });
        };
        if let Some(still) = self.stills.get(no.0) {
            return Ok(Arc::clone(still));
        }
        let hash = entry.hash;
        let still = match self.make(no, hash) {
            // Whatever ended the process, a fresh one may get further.
            Err(Lost::Gone(_)) => {
                self.seat = None;
                self.make(no, hash)
            }
            // The pass may have met damage that no frame is marked with.
            Err(Lost::Elsewhere) if self.threads > 1 => {
                (self.seat, self.threads) = (None, 1);
                self.make(no, hash)
            }
            other => other,
        };
        let still = still.map_err(|lost| {
            if !matches!(lost, Lost::Elsewhere) {
                self.seat = None;
            }
            lost.explain(no)
        })?;
        self.stills.put(no.0, Arc::clone(&still), still.rgb.len());
        Ok(still)
    }

    fn make(&mut self, no: FrameNo, hash: FrameHash) -> Result<Arc<Still>, Lost> {
        if self.seat.is_none() {
            self.seat = Some(self.sit_down()?);
        }
        let (Some(seat), locator) = (&mut self.seat, &self.locator) else {
            return Err(Lost::Elsewhere);
        };
        let kept = self
            .planes
            .get(no.0)
            .is_some_and(|planes| is(hash, &planes.bytes));
        if !kept {
            reach(seat, locator, &self.index, &mut self.planes, no.0)?;
        }
        let planes = self.planes.get(no.0).ok_or(Lost::Elsewhere)?;
        let (rgb, conversion) = seat.convert(planes)?;
        let applied = applied(&self.video, &planes.layout, conversion);
        Still::from_stored(no, hash, rgb, applied)
            .map(Arc::new)
            .map_err(|_| Lost::Elsewhere)
    }

    fn sit_down(&self) -> Result<Seat, Lost> {
        let session = Session::start(
            &self.decoder,
            &self.file,
            self.size()?,
            Task::Read,
            self.threads,
        )?;
        Seat::take(session)
    }

    fn size(&self) -> Result<u64, Error> {
        let metadata = self.file.metadata();
        Ok(metadata.map_err(Error::io("look at the file"))?.len())
    }
}

/// Decodes frame `no` into `planes`, by the shortest way that leads to its recorded hash.
fn reach(
    seat: &mut Seat,
    locator: &Locator,
    index: &FrameIndex,
    planes: &mut Cache<Planes>,
    no: u32,
) -> Result<(), Lost> {
    let mut go = |seat: &mut Seat| walk(seat, locator, index, planes, no);
    let ahead = seat
        .place()
        .is_some_and(|place| place < no && !locator.sync_between(place, no));
    if ahead && go(seat)? {
        return Ok(());
    }
    for ticks in locator.sync_before(no).take(EARLIER) {
        if seat.seek(ticks)? && go(seat)? {
            return Ok(());
        }
    }
    if seat.restart()? && go(seat)? {
        return Ok(());
    }
    Err(Lost::Elsewhere)
}

/// Decodes forward from where the process stands. Whether it came to frame `no` as recorded.
fn walk(
    seat: &mut Seat,
    locator: &Locator,
    index: &FrameIndex,
    planes: &mut Cache<Planes>,
    no: u32,
) -> Result<bool, Lost> {
    let recorded = index.frames[no as usize].hash;
    while let Some(place) = seat.advance(locator, no)? {
        if place > no {
            return Ok(false);
        }
        if no - place <= STEPS_BACK {
            let picture = seat.fetch()?;
            let found = place == no && is(recorded, &picture.bytes);
            let weight = picture.bytes.len();
            planes.put(place, picture, weight);
            if place == no {
                return Ok(found);
            }
        }
    }
    Ok(false)
}

fn is(hash: FrameHash, bytes: &[u8]) -> bool {
    hash == FrameHash::of(bytes)
}

fn applied(video: &VideoFacts, layout: &PictureLayout, conversion: Conversion) -> Applied {
    let aspect = video.sample_aspect;
    Applied {
        rotation: video.rotation,
        mirrored: video.mirrored,
        sample_aspect: if aspect.num > 0 && aspect.den > 0 {
            aspect
        } else {
            Rational { num: 1, den: 1 }
        },
        stored_width: layout.width,
        stored_height: layout.height,
        pixel_format: layout.pixel_format.clone(),
        matrix: conversion.matrix,
        range: conversion.range,
        depth: layout.depth,
        converter: conversion.converter,
    }
}

impl Lost {
    fn explain(self, no: FrameNo) -> Error {
        match self {
            Self::Elsewhere => Error::NotReproduced { no },
            Self::Gone(gone) => gone.into(),
            Self::Error(error) => error,
        }
    }
}

impl From<Gone> for Lost {
    fn from(gone: Gone) -> Self {
        Self::Gone(gone)
    }
}

impl From<Error> for Lost {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}
