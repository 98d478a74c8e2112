//! Pictures of stored samples, presented or not.

use std::collections::HashSet;
use std::fs::File;

use super::cache::Cache;
use super::seat::{Lost, Seat};
use super::{PLANES_KEPT, Planes, applied};
use crate::decoder::{Decoder, Error, Session};
use crate::facts::{Facts, VideoFacts};
use crate::index::{FrameHash, FrameIndex};
use crate::protocol::{FrameRecord, Task};
use crate::still::{Still, Which};
use crate::stored::{StoredSample, samples};
use crate::time::SampleNo;

/// Gives pictures with edit lists ignored: those that `ffmpeg -ignore_editlist 1` shows.
///
/// No index records the hash of a picture that is not presented, so that nothing could tell a wrong
/// picture from the right one. The stream is therefore decoded from its start, by one thread: what
/// comes is what any decoder makes of it that follows the standard. That takes as long as it takes. The
/// process is kept where it stands, and of the pictures it passes those that are not presented, so
/// that looking at one after the other costs one walk.
pub struct StoredReader {
    decoder: Decoder,
    file: File,
    video: VideoFacts,
    samples: Vec<StoredSample>,
    seat: Option<Seat>,
    /// Samples whose pictures came since the start.
    passed: HashSet<u32>,
    kept: Cache<Planes>,
}

impl StoredReader {
    /// For a file that was inspected to `facts` and `index`; lists its samples.
    ///
    /// # Errors
    /// [`Error::NoPicture`] if `facts` name no video stream; the file cannot be read, or the decoder
    /// process cannot be started or ends early.
    pub fn open(
        decoder: &Decoder,
        file: File,
        facts: &Facts,
        index: &FrameIndex,
    ) -> Result<Self, Error> {
        let video = facts
            .video
            .and_then(|stream| facts.streams.get(stream))
            .and_then(|stream| stream.video.clone());
        let (track, video) = facts
            .track()
            .zip(video)
            .ok_or(Error::NoPicture { no: SampleNo(0) })?;
        Ok(Self {
            samples: samples(decoder, &file, facts, index)?,
            decoder: decoder.on(track),
            file,
            video,
            seat: None,
            passed: HashSet::new(),
            kept: Cache::new(PLANES_KEPT),
        })
    }

    /// The samples in decode order.
    pub fn samples(&self) -> &[StoredSample] {
        &self.samples
    }

    /// The picture of a sample as displayed.
    ///
    /// # Errors
    /// [`Error::NoPicture`] if there is no such sample or none comes of it, or that the process cannot
    /// be started or dies.
    pub fn still(&mut self, no: SampleNo) -> Result<Still, Error> {
        let made = self.make(no);
        made.map_err(|lost| {
            self.seat = None;
            match lost {
                Lost::Elsewhere => Error::NoPicture { no },
                Lost::Gone(gone) => gone.into(),
                Lost::Error(error) => error,
            }
        })
    }

    fn make(&mut self, no: SampleNo) -> Result<Still, Lost> {
        let sample = self.samples.get(no.0 as usize).ok_or(Lost::Elsewhere)?;
        let which = Which::Stored {
            sample: no,
            frames: sample.frames.clone(),
        };
        if self.kept.get(no.0).is_none() {
            self.reach(no.0)?;
        }
        let (Some(seat), Some(planes)) = (&mut self.seat, self.kept.get(no.0)) else {
            return Err(Lost::Elsewhere);
        };
        let (rgb, conversion) = seat.convert(planes)?;
        let applied = applied(&self.video, &planes.layout, conversion);
        Still::from_stored(which, FrameHash::of(&planes.bytes), rgb, applied)
            .map_err(|_| Lost::Elsewhere)
    }

    /// Decodes on to the picture of a sample; from the start where it was passed before.
    fn reach(&mut self, no: u32) -> Result<(), Lost> {
        if self.seat.is_none() || self.passed.contains(&no) {
            self.begin()?;
        }
        let Some(seat) = &mut self.seat else {
            return Err(Lost::Elsewhere);
        };
        while let Some(frame) = seat.step()? {
            let Some(sample) = of(&frame, &self.samples) else {
                continue;
            };
            self.passed.insert(sample.no.0);
            let wanted = sample.no.0 == no;
            if wanted || sample.frames.is_empty() {
                let planes = seat.fetch()?;
                let weight = planes.bytes.len();
                self.kept.put(sample.no.0, planes, weight);
            }
            if wanted {
                return Ok(());
            }
        }
        Err(Lost::Elsewhere)
    }

    fn begin(&mut self) -> Result<(), Lost> {
        self.seat = None;
        self.passed.clear();
        let metadata = self.file.metadata();
        let size = metadata.map_err(Error::io("look at the file"))?.len();
        let session = Session::start(&self.decoder, &self.file, size, Task::ReadStored, 1)?;
        self.seat = Some(Seat::take(session)?);
        Ok(())
    }
}

/// The sample that a picture comes from, by the sample's number and place in the file.
fn of<'a>(frame: &FrameRecord, samples: &'a [StoredSample]) -> Option<&'a StoredSample> {
    let sample = samples.get(frame.sample? as usize)?;
    let place = (frame.position, frame.size) == (sample.position, sample.size);
    place.then_some(sample)
}
