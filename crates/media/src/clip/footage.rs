//! The pictures that go into a clip: decoded, compared with their recorded hash, masked where masks lie.

use std::sync::Arc;

use super::{Clip, ClipError, Masking, Refused};
use crate::decoder::Error;
use crate::display::DisplayGeometry;
use crate::facts::VideoFacts;
use crate::index::FrameEntry;
use crate::mask::Canvas;
use crate::protocol::PictureLayout;
use crate::reader::{FrameReader, Planes};

/// Frames of a span, one after the other.
pub(super) struct Footage<'a> {
    pub(super) facts: &'a VideoFacts,
    reader: FrameReader,
    masks: Option<(&'a Masking<'a>, Canvas)>,
    layout: PictureLayout,
    /// A picture with its masks.
    masked: Vec<u8>,
    /// The first, which was decoded to see how all lie.
    first: Option<Arc<Planes>>,
}

impl<'a> Footage<'a> {
    pub(super) fn open(clip: &'a Clip<'a>, frames: &[FrameEntry]) -> Result<Self, ClipError> {
        let video = clip.facts.video.and_then(|at| clip.facts.streams.get(at));
        let facts = video.and_then(|stream| stream.video.as_ref());
        let (Some(facts), Some(first)) = (facts, frames.first()) else {
            return Err(Refused::Empty { from: 0, to: 0 }.into());
        };
        let file = clip.file.try_clone().map_err(Error::io("open the file"))?;
        let mut reader =
            FrameReader::onward(clip.decoder, file, clip.facts.clone(), clip.frames.clone())?;
        let first = reader.planes(first.no)?;
        let layout = first.layout.clone();
        let canvas = |masks| {
            let canvas = Canvas::new(DisplayGeometry::from(facts), &layout);
            let canvas = canvas.ok_or_else(|| Refused::Masked {
                pixel_format: layout.pixel_format.clone(),
            });
            Ok::<_, Refused>((masks, canvas?))
        };
        Ok(Self {
            facts,
            masks: clip.masks.as_ref().map(canvas).transpose()?,
            reader,
            layout,
            masked: Vec::new(),
            first: Some(first),
        })
    }

    /// How every picture is laid out.
    pub(super) fn layout(&self) -> &PictureLayout {
        &self.layout
    }

    /// The planes of a frame as they go into the clip; each frame is asked for once, in order.
    pub(super) fn planes(&mut self, frame: &FrameEntry) -> Result<Shown<'_>, ClipError> {
        let planes = match self.first.take() {
            Some(first) => first,
            None => self.reader.planes(frame.no)?,
        };
        if planes.layout != self.layout {
            return Err(Refused::Changes { no: frame.no }.into());
        }
        if let Some((masks, canvas)) = &mut self.masks {
            let laid = (masks.on)(frame.no);
            if !laid.is_empty() {
                self.masked.clone_from(&planes.bytes);
                canvas.lay(&laid, &mut self.masked);
                return Ok(Shown::Masked(&self.masked));
            }
        }
        Ok(Shown::Whole(planes))
    }
}

/// Planes with masks laid on, or as they were decoded.
pub(super) enum Shown<'a> {
    Masked(&'a [u8]),
    Whole(Arc<Planes>),
}

impl std::ops::Deref for Shown<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Masked(bytes) => bytes,
            Self::Whole(planes) => &planes.bytes,
        }
    }
}
