//! The pictures of a clip: one is decoded while the one before it is coded.

use super::coder::{Coded, Coder};
use super::footage::Footage;
use super::track::VideoTrack;
use super::{Clip, ClipError, Refused};
use crate::index::FrameEntry;
use crate::protocol::{EncoderForm, PictureLayout, Request};

/// The frames of a span on their way through two processes.
pub(super) struct Pictures<'a> {
    pub(super) footage: Footage<'a>,
    frames: &'a [FrameEntry],
    coder: Coder,
    request: Request,
    /// The first, which had to be coded before anything could be written.
    first: Option<Vec<u8>>,
    /// Frames handed to the coder.
    given: usize,
}

impl<'a> Pictures<'a> {
    /// Codes the first picture, and says what a decoder must know beforehand.
    pub(super) fn start(
        clip: &'a Clip<'a>,
        frames: &'a [FrameEntry],
    ) -> Result<(Self, Vec<u8>), ClipError> {
        let mut footage = Footage::open(clip, frames)?;
        let form = EncoderForm {
            layout: footage.layout().clone(),
            upper_field_first: VideoTrack::upper_field_first(footage.facts),
            lossy: None,
        };
        let mut coder = Coder::start(clip.decoder, form.layout.bytes)?;
        let request = Request::Encode(form);
        if let Some(first) = frames.first() {
            coder.give(&footage.planes(first)?, &request)?;
        }
        let refused = || Refused::PixelFormat {
            pixel_format: footage.layout().pixel_format.clone(),
        };
        let Coded { bytes, header, .. } = coder.take()?.ok_or_else(refused)?;
        let pictures = Self {
            footage,
            frames,
            coder,
            request,
            first: Some(bytes),
            given: 1,
        };
        Ok((pictures, header.unwrap_or_default()))
    }

    /// How every picture is laid out.
    pub(super) fn layout(&self) -> &PictureLayout {
        self.footage.layout()
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
        let planes = self.footage.planes(ahead)?;
        let ready = match ready {
            Some(ready) => ready,
            None => coded(self.coder.take()?)?,
        };
        self.coder.give(&planes, &self.request)?;
        self.given += 1;
        Ok(ready)
    }
}

fn coded(coded: Option<Coded>) -> Result<Vec<u8>, ClipError> {
    Ok(coded.ok_or(Refused::Altered)?.bytes)
}
