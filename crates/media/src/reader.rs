//! Exact frames, at random: found by the frame index, believed only by their hash.

mod cache;
mod field;
mod locate;
mod seat;
mod stored;
mod surroundings;
mod wanted;
mod watch;

use std::fs::File;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::decoder::{Decoder, Error, Gone, Session};
use crate::facts::{Facts, VideoFacts};
use crate::index::{FrameHash, FrameIndex};
use crate::protocol::{Conversion, PictureLayout, Task};
use crate::still::{Applied, Still};
use crate::time::{FrameNo, Rational};

use cache::Cache;
use locate::Locator;
use seat::{Lost, Seat};

pub use stored::StoredReader;
pub use surroundings::{AROUND, Surroundings};
pub use wanted::Wanted;
pub use watch::WatchReader;

/// Bytes of decoded neighbours that are kept.
const PLANES_KEPT: usize = 192 << 20;

/// Bytes of finished stills that are kept.
const STILLS_KEPT: usize = 96 << 20;

/// Frames before the target that are kept while decoding towards it, so that a step back is quick.
const STEPS_BACK: u32 = 4;

/// The same where the target lies a few steps before the frame decoded last: further steps will follow.
const STEPS_FURTHER_BACK: u32 = 32;

/// Earlier sync samples that are tried before decoding from the start.
const EARLIER: usize = 3;

/// One jailed process kept alive for one file. It knows where it stands, and keeps what it decoded on
/// the way, so that stepping from frame to frame in either direction costs no seek.
pub struct FrameReader {
    footage: Arc<Footage>,
    video: VideoFacts,
    seat: Option<Seat>,
    threads: u32,
    planes: Shelf,
    stills: Cache<Arc<Still>>,
    /// Whether nobody will step back.
    onward: bool,
    wanted: Wanted,
}

/// A file, its index, and who decodes it.
struct Footage {
    decoder: Decoder,
    file: File,
    index: Arc<FrameIndex>,
    locator: Locator,
}

/// Decoded pictures, shared by all who decode one file.
#[derive(Clone)]
struct Shelf(Arc<Mutex<Cache<Arc<Planes>>>>);

/// A decoded picture as it left the decoder.
pub(crate) struct Planes {
    pub(crate) layout: PictureLayout,
    pub(crate) bytes: Vec<u8>,
    hash: OnceLock<FrameHash>,
}

impl Planes {
    pub(crate) fn new(layout: PictureLayout, bytes: Vec<u8>) -> Self {
        let hash = OnceLock::new();
        Self {
            layout,
            bytes,
            hash,
        }
    }

    /// SHA-256 of the planes; made when it is first asked for.
    pub(crate) fn hash(&self) -> FrameHash {
        *self.hash.get_or_init(|| FrameHash::of(&self.bytes))
    }
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
        let kept = (Shelf::new(PLANES_KEPT), Cache::new(STILLS_KEPT), false);
        Self::keeping(decoder, file, facts, frames, kept)
    }

    /// As [`FrameReader::open`], for a walk in one direction: no more is kept than the frame at hand.
    ///
    /// # Errors
    /// As [`FrameReader::open`].
    pub fn onward(
        decoder: &Decoder,
        file: File,
        facts: Facts,
        frames: Arc<FrameIndex>,
    ) -> Result<Self, Error> {
        // A cache always keeps its newest entry.
        let kept = (Shelf::new(0), Cache::new(0), true);
        Self::keeping(decoder, file, facts, frames, kept)
    }

    fn keeping(
        decoder: &Decoder,
        file: File,
        facts: Facts,
        frames: Arc<FrameIndex>,
        (planes, stills, onward): (Shelf, Cache<Arc<Still>>, bool),
    ) -> Result<Self, Error> {
        let (footage, video, threads) = Footage::of(decoder, file, facts, frames)?;
        Ok(Self {
            footage: Arc::new(footage),
            video,
            seat: None,
            threads,
            planes,
            stills,
            onward,
            wanted: Wanted::default(),
        })
    }

    /// Whatever is asked for from now on is decoded as long as it is wanted.
    pub fn decode_while(&mut self, wanted: Wanted) {
        self.wanted = wanted;
    }

    /// Keeps decoded pictures up to this many bytes; 192 MiB unless told otherwise.
    pub fn keep(&mut self, bytes: usize) {
        self.planes.lock().limit(bytes);
    }

    /// Decodes what lies around a frame into what this reader keeps, in a process of its own.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings::new(Arc::clone(&self.footage), self.planes.clone())
    }

    /// The frame as displayed. The planes it is made from have the hash that the index records: the
    /// frame is decoded from the sync sample before it, else from an earlier one, else from the start.
    ///
    /// # Errors
    /// [`Error::NoSuchFrame`] beyond the end, [`Error::NotReproduced`] if no way leads to the recorded
    /// hash, [`Error::Cancelled`] once it is not wanted any more, or that the process cannot be started
    /// or dies twice over the frame.
    pub fn still(&mut self, no: FrameNo) -> Result<Arc<Still>, Error> {
        let hash = self.recorded(no)?;
        if let Some(still) = self.stills.get(no.0) {
            return Ok(Arc::clone(still));
        }
        let still = self.attempt(no, |reader| reader.make(no, hash))?;
        self.stills.put(no.0, Arc::clone(&still), still.rgb.len());
        Ok(still)
    }

    /// The planes of a frame, which have the hash that the index records.
    ///
    /// # Errors
    /// As [`FrameReader::still`].
    pub(crate) fn planes(&mut self, no: FrameNo) -> Result<Arc<Planes>, Error> {
        let hash = self.recorded(no)?;
        self.attempt(no, |reader| reader.hold(no, hash))
    }

    /// The hash that the index records of a frame.
    fn recorded(&self, no: FrameNo) -> Result<FrameHash, Error> {
        let frames = &self.footage.index.frames;
        let entry = frames.get(no.0 as usize);
        entry.map(|entry| entry.hash).ok_or(Error::NoSuchFrame {
            no,
            count: frames.len(),
        })
    }

    /// Tries what may get further in another way.
    fn attempt<T>(
        &mut self,
        no: FrameNo,
        make: impl Fn(&mut Self) -> Result<T, Lost>,
    ) -> Result<T, Error> {
        let made = match make(self) {
            // Whatever ended the process, a fresh one may get further.
            Err(Lost::Gone(_)) => {
                self.seat = None;
                make(self)
            }
            // The pass may have met damage that no frame is marked with.
            Err(Lost::Elsewhere) if self.threads > 1 => {
                (self.seat, self.threads) = (None, 1);
                make(self)
            }
            other => other,
        };
        made.map_err(|lost| {
            if !matches!(lost, Lost::Elsewhere | Lost::Error(Error::Cancelled)) {
                self.seat = None;
            }
            lost.explain(no)
        })
    }

    fn make(&mut self, no: FrameNo, hash: FrameHash) -> Result<Arc<Still>, Lost> {
        let planes = self.hold(no, hash)?;
        let seat = self.seat.as_mut().ok_or(Lost::Elsewhere)?;
        let (rgb, conversion) = seat.convert(&planes)?;
        let applied = applied(&self.video, &planes.layout, conversion);
        Still::from_stored(no, hash, rgb, applied)
            .map(Arc::new)
            .map_err(|_| Lost::Elsewhere)
    }

    /// The planes of a frame, kept or decoded anew.
    fn hold(&mut self, no: FrameNo, hash: FrameHash) -> Result<Arc<Planes>, Lost> {
        if self.seat.is_none() {
            self.seat = Some(self.footage.sit_down(&self.footage.decoder, self.threads)?);
        }
        let Some(seat) = &mut self.seat else {
            return Err(Lost::Elsewhere);
        };
        let kept = self.planes.get(no.0);
        if let Some(planes) = kept.filter(|planes| planes.hash() == hash) {
            return Ok(planes);
        }
        let back = match seat.place().and_then(|place| place.checked_sub(no.0)) {
            _ if self.onward => 0,
            Some(steps) if steps <= STEPS_FURTHER_BACK + 1 => STEPS_FURTHER_BACK,
            _ => STEPS_BACK,
        };
        let way = Way {
            footage: &self.footage,
            shelf: &self.planes,
            kept: no.0.saturating_sub(back)..=no.0,
            wanted: &self.wanted,
        };
        way.reach(seat)?;
        self.planes.get(no.0).ok_or(Lost::Elsewhere)
    }
}

impl Footage {
    /// For a file that was inspected; with what its video is and how many threads decode it.
    fn of(
        decoder: &Decoder,
        file: File,
        facts: Facts,
        frames: Arc<FrameIndex>,
    ) -> Result<(Self, VideoFacts, u32), Error> {
        let track = facts.track();
        let video = facts
            .video
            .and_then(|stream| facts.streams.into_iter().nth(stream))
            .and_then(|stream| stream.video);
        let (track, video) = track.zip(video).ok_or(Error::NoSuchFrame {
            no: FrameNo(0),
            count: 0,
        })?;
        // As in the pass: damage is decoded by one thread.
        let damaged = frames.frames.iter().any(|frame| frame.damaged);
        let threads = if damaged { 1 } else { decoder.limits().threads };
        let footage = Self {
            decoder: decoder.on(track),
            file,
            locator: Locator::new(&frames),
            index: frames,
        };
        Ok((footage, video, threads))
    }

    /// A process that has opened the file, decoding with this many threads.
    fn sit_down(&self, decoder: &Decoder, threads: u32) -> Result<Seat, Lost> {
        let metadata = self.file.metadata();
        let size = metadata.map_err(Error::io("look at the file"))?.len();
        let session = Session::start(decoder, &self.file, size, Task::Read, threads)?;
        Seat::take(session)
    }
}

impl Shelf {
    fn new(budget: usize) -> Self {
        Self(Arc::new(Mutex::new(Cache::new(budget))))
    }

    fn lock(&self) -> MutexGuard<'_, Cache<Arc<Planes>>> {
        // A panic between two lines of the cache leaves at worst a wrong count of bytes.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, no: u32) -> Option<Arc<Planes>> {
        self.lock().get(no).cloned()
    }

    fn put(&self, no: u32, planes: Planes) {
        let weight = planes.bytes.len();
        self.lock().put(no, Arc::new(planes), weight);
    }
}

/// What is decoded onto the shelf: a frame, and those before it where they are on the way.
struct Way<'a> {
    footage: &'a Footage,
    shelf: &'a Shelf,
    /// Up to the frame that was asked for.
    kept: RangeInclusive<u32>,
    wanted: &'a Wanted,
}

impl Way<'_> {
    /// Goes by the shortest way that leads to the recorded hash of the frame.
    fn reach(&self, seat: &mut Seat) -> Result<(), Lost> {
        let (locator, no) = (&self.footage.locator, *self.kept.end());
        let ahead = |place: u32| place < no && !locator.sync_between(place, no);
        if let Some(place) = seat.place().filter(|place| ahead(*place)) {
            self.hurry(seat, place)?;
            if self.walk(seat)? {
                return Ok(());
            }
        }
        for (attempt, (sync, ticks)) in locator.sync_before(no).take(EARLIER).enumerate() {
            // Only once: whatever went wrong, what is left out is no help.
            if attempt == 0 {
                self.hurry(seat, sync)?;
            } else {
                seat.calm()?;
            }
            if seat.seek(ticks)? && self.walk(seat)? {
                return Ok(());
            }
        }
        if seat.restart()? && self.walk(seat)? {
            return Ok(());
        }
        Err(Lost::Elsewhere)
    }

    /// From frame `place` on, leaves out what is not needed on the way.
    fn hurry(&self, seat: &mut Seat, place: u32) -> Result<(), Lost> {
        let (first, no) = (*self.kept.start(), *self.kept.end());
        let needed = self.footage.index.frames.get(first as usize..=no as usize);
        // Until the first sample that is needed; unknown in a container without positions.
        match needed.and_then(|needed| needed.iter().map(|frame| frame.position).min()?) {
            Some(until) if place < first => seat.hurry(until),
            _ => seat.calm(),
        }
    }

    /// Decodes forward from where the process stands and keeps these frames. Whether it came to the last
    /// of them as recorded.
    fn walk(&self, seat: &mut Seat) -> Result<bool, Lost> {
        let (first, no) = (*self.kept.start(), *self.kept.end());
        let recorded = self.footage.index.frames[no as usize].hash;
        while let Some(place) = seat.advance(&self.footage.locator, no, first)? {
            if place > no {
                return Ok(false);
            }
            if self.kept.contains(&place) {
                seat.calm()?;
                let picture = seat.fetch()?;
                let found = place == no && picture.hash() == recorded;
                self.shelf.put(place, picture);
                if place == no {
                    return Ok(found);
                }
            }
            if self.wanted.given_up() {
                return Err(Error::Cancelled.into());
            }
        }
        Ok(false)
    }
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
