//! The pictures of a clip: one is decoded while the one before it is coded.

use super::coder::{Coded, Coder};
use super::track::VideoTrack;
use super::{Clip, ClipError, Refused};
use crate::decoder::Error;
use crate::facts::VideoFacts;
use crate::index::FrameEntry;
use crate::protocol::{EncoderForm, PictureLayout};
use crate::reader::FrameReader;

/// The frames of a span on their way through two processes.
pub(super) struct Pictures<'a> {
    pub(super) facts: &'a VideoFacts,
    frames: &'a [FrameEntry],
    reader: FrameReader,
    coder: Coder,
    layout: PictureLayout,
    /// The first, which had to be coded before anything could be written.
    first: Option<Vec<u8>>,
    /// Frames handed to the coder.
    given: usize,
}

impl<'a> Pictures<'a> {
    /// Codes the first picture, and says what a decoder must know beforehand.
    pub(super) fn start(
        clip: &Clip<'a>,
        frames: &'a [FrameEntry],
    ) -> Result<(Self, Vec<u8>), ClipError> {
        let video = clip.facts.video.and_then(|at| clip.facts.streams.get(at));
        let facts = video.and_then(|stream| stream.video.as_ref());
        let (Some(facts), Some(first)) = (facts, frames.first()) else {
            return Err(Refused::Empty { from: 0, to: 0 }.into());
        };
        let file = clip.file.try_clone().map_err(Error::io("open the file"))?;
        let mut reader =
            FrameReader::onward(clip.decoder, file, clip.facts.clone(), clip.frames.clone())?;
        let planes = reader.planes(first.no)?;
        let layout = planes.layout.clone();
        let form = EncoderForm {
            layout: layout.clone(),
            upper_field_first: VideoTrack::upper_field_first(facts),
        };
        let mut coder = Coder::start(clip.decoder, form)?;
        coder.give(&planes.bytes)?;
        let refused = || Refused::PixelFormat {
            pixel_format: layout.pixel_format.clone(),
        };
        let Coded { bytes, header } = coder.take()?.ok_or_else(refused)?;
        let pictures = Self {
            facts,
            frames,
            reader,
            coder,
            layout,
            first: Some(bytes),
            given: 1,
        };
        Ok((pictures, header.unwrap_or_default()))
    }

    /// How every picture is laid out.
    pub(super) fn layout(&self) -> &PictureLayout {
        &self.layout
    }

    /// The next picture, coded.
    pub(super) fn next(&mut self) -> Result<Vec<u8>, ClipError> {
        let ready = self.first.take();
        let Some(ahead) = self.frames.get(self.given) else {
            return match ready {
                Some(ready) => Ok(ready),
                None => coded(self.coder.take()?),
            };
        };
        let planes = self.reader.planes(ahead.no)?;
        if planes.layout != self.layout {
            return Err(Refused::Changes { no: ahead.no }.into());
        }
        let ready = match ready {
            Some(ready) => ready,
            None => coded(self.coder.take()?)?,
        };
        self.coder.give(&planes.bytes)?;
        self.given += 1;
        Ok(ready)
    }
}

fn coded(coded: Option<Coded>) -> Result<Vec<u8>, ClipError> {
    Ok(coded.ok_or(Refused::Altered)?.bytes)
}
