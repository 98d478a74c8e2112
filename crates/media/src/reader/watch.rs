//! Frames in a row, reduced, for watching.

use std::fs::File;
use std::sync::Arc;

use super::seat::{Lost, Seat};
use super::{Footage, Shelf, Wanted, Way};
use crate::decoder::{Decoder, Error};
use crate::display::DisplayGeometry;
use crate::facts::{Facts, VideoFacts};
use crate::index::FrameIndex;
use crate::time::FrameNo;
use crate::watch::Reduced;

/// One jailed process that decodes on and on. Where it begins, the frame is recognised by its hash;
/// from there on each is the one that the frame index names for its sample or timestamp.
pub struct WatchReader {
    footage: Footage,
    video: VideoFacts,
    seat: Option<Seat>,
    threads: u32,
    width: u32,
}

impl WatchReader {
    /// For a file that was inspected to `facts` and `frames`, to be shown at most `width` pixels wide.
    /// The process is started by [`WatchReader::go`].
    ///
    /// # Errors
    /// [`Error::NoSuchFrame`] if `facts` name no video stream.
    pub fn open(
        decoder: &Decoder,
        file: File,
        facts: Facts,
        frames: Arc<FrameIndex>,
        width: u32,
    ) -> Result<Self, Error> {
        let (footage, video, threads) = Footage::of(decoder, file, facts, frames)?;
        Ok(Self {
            footage,
            video,
            seat: None,
            threads,
            width,
        })
    }

    /// Decodes frame `no`, wherever it is.
    ///
    /// # Errors
    /// [`Error::NoSuchFrame`] beyond the end, [`Error::NotReproduced`] if no way leads to the recorded
    /// hash, or that the process cannot be started or dies twice over the frame.
    pub fn go(&mut self, no: FrameNo) -> Result<(), Error> {
        let count = self.footage.index.frames.len();
        if no.0 as usize >= count {
            return Err(Error::NoSuchFrame { no, count });
        }
        let reached = match self.reach(no) {
            Err(Lost::Gone(_)) => {
                self.seat = None;
                self.reach(no)
            }
            Err(Lost::Elsewhere) if self.threads > 1 => {
                (self.seat, self.threads) = (None, 1);
                self.reach(no)
            }
            other => other,
        };
        reached.map_err(|lost| self.lose(lost, no))
    }

    /// Decodes the next frame and says which it is; `None` when no more come. A frame that does not
    /// come again is passed over.
    ///
    /// # Errors
    /// The process ended, or was never led anywhere.
    pub fn advance(&mut self) -> Result<Option<FrameNo>, Error> {
        let Some(seat) = &mut self.seat else {
            return Ok(None);
        };
        let here = seat.place().unwrap_or_default();
        let next = here.saturating_add(1);
        match seat.advance(&self.footage.locator, next, next) {
            Ok(place) => Ok(place
                .filter(|place| (*place as usize) < self.footage.index.frames.len())
                .map(FrameNo)),
            Err(lost) => Err(self.lose(lost, FrameNo(here))),
        }
    }

    /// The frame decoded last, as displayed but reduced.
    ///
    /// # Errors
    /// The process ended, or none was decoded.
    pub fn picture(&mut self) -> Result<Reduced, Error> {
        let width = self.width;
        self.sized(|geometry| Reduced::stored_size(geometry, width))
    }

    /// The same, of the size that `size` makes of its width and height on a display: smaller or larger,
    /// and of any shape.
    ///
    /// # Errors
    /// As [`WatchReader::picture`].
    pub fn picture_of(
        &mut self,
        size: impl FnOnce((u32, u32)) -> (u32, u32),
    ) -> Result<Reduced, Error> {
        self.sized(|geometry| {
            let (width, height) = size(geometry.displayed());
            match geometry.turns_sideways() {
                true => (height, width),
                false => (width, height),
            }
        })
    }

    fn sized(
        &mut self,
        stored: impl FnOnce(DisplayGeometry) -> (u32, u32),
    ) -> Result<Reduced, Error> {
        let no = self.seat.as_ref().and_then(Seat::place).unwrap_or_default();
        self.reduce(FrameNo(no), stored)
            .map_err(|lost| self.lose(lost, FrameNo(no)))
    }

    /// The first frame of the group that can be decoded on its own and holds frame `no`.
    pub fn group_of(&self, no: FrameNo) -> FrameNo {
        let sync = self.footage.locator.sync_before(no.0).next();
        FrameNo(sync.map_or(0, |(sync, _)| sync))
    }

    fn reach(&mut self, no: FrameNo) -> Result<(), Lost> {
        let seat = match self.seat.take() {
            Some(seat) => seat,
            None => self.footage.sit_down(&self.footage.decoder, self.threads)?,
        };
        // Kept by nobody: its hash is looked at, and the decoder still holds it.
        let shelf = Shelf::new(0);
        let seat = self.seat.insert(seat);
        let way = Way {
            footage: &self.footage,
            shelf: &shelf,
            kept: no.0..=no.0,
            wanted: &Wanted::default(),
        };
        way.reach(seat)
    }

    fn reduce(
        &mut self,
        no: FrameNo,
        stored: impl FnOnce(DisplayGeometry) -> (u32, u32),
    ) -> Result<Reduced, Lost> {
        let seat = self.seat.as_mut().ok_or(Lost::Elsewhere)?;
        let layout = seat.layout().ok_or(Lost::Elsewhere)?;
        let geometry =
            DisplayGeometry::from(&self.video).with_stored_size(layout.width, layout.height);
        let size = stored(geometry);
        let rgb = seat.reduce(size.0, size.1)?.ok_or(Lost::Elsewhere)?;
        let entry = self.footage.index.frames.get(no.0 as usize);
        let pts = entry.and_then(|entry| entry.pts);
        Ok(Reduced::from_stored(no, pts, rgb, size, geometry))
    }

    fn lose(&mut self, lost: Lost, no: FrameNo) -> Error {
        if !matches!(lost, Lost::Elsewhere) {
            self.seat = None;
        }
        lost.explain(no)
    }
}
