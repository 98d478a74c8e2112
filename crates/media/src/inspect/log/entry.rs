//! What the pieces of a log hold.

use serde::{Deserialize, Serialize};

use super::super::kept::Frame;
use crate::facts::{Quantiser, Scanning};
use crate::findings::Weave;
use crate::findings::glance::{CELLS, Glance};
use crate::index::{FrameHash, PictureType};
use crate::protocol::{Mark, PictureLayout, Seen};

/// One after the other in a piece.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::inspect) enum Entry {
    /// What the container says, as JSON. Before the first frame.
    Facts(Vec<u8>),
    /// A pass can go on from here.
    Mark(Mark),
    /// The next frame.
    Frame(Box<Logged>),
    /// Nothing of this log can be gone on with, and why.
    Void(String),
}

/// A frame, and everything that was made of its picture.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::inspect) struct Logged {
    pub(super) pts: i64,
    shift: i64,
    duration: i64,
    picture: PictureType,
    key: bool,
    sample: u32,
    position: Option<u64>,
    size: u32,
    scanning: Scanning,
    quantiser: Option<Quantiser>,
    coder_note: Option<Box<str>>,
    /// Absent where it is that of the frame before.
    pub(super) layout: Option<PictureLayout>,
    hash: [u8; 32],
    pub(in crate::inspect) woven: Option<Weave>,
    cells: Vec<u8>,
    dark: u32,
    detail: u32,
    /// The picture in the size of a thumbnail, where the collector kept it.
    pub(in crate::inspect) thumbnail: Option<Vec<u8>>,
    /// The watcher's own.
    pub(in crate::inspect) note: Vec<u8>,
}

impl Logged {
    /// The entry of a frame; `None` for one that a pass cannot go on
    /// after: damaged, without timestamp, or of an unknown sample.
    pub(super) fn of(frame: &Frame, seen: &Seen) -> Option<Self> {
        let glance = &seen.glance;
        if frame.damaged {
            return None;
        }
        Some(Self {
            pts: frame.pts?,
            shift: frame.shift,
            duration: frame.duration,
            picture: frame.picture,
            key: frame.key,
            sample: frame.sample?,
            position: frame.position,
            size: frame.size,
            scanning: frame.scanning,
            quantiser: frame.quantiser,
            coder_note: frame.coder_note.clone(),
            layout: None,
            hash: seen.hash.0,
            woven: seen.woven,
            cells: glance.cells.to_vec(),
            dark: glance.dark,
            detail: glance.detail,
            thumbnail: None,
            note: Vec::new(),
        })
    }

    /// The frame, behind `before`; `None` if its layout is missing.
    pub(in crate::inspect) fn frame(&self, before: Option<&Frame>) -> Option<Frame> {
        let layout = match &self.layout {
            Some(layout) => layout.clone().into(),
            None => before?.layout.clone(),
        };
        Some(Frame {
            pts: Some(self.pts),
            shift: self.shift,
            duration: self.duration,
            picture: self.picture,
            key: self.key,
            damaged: false,
            sample: Some(self.sample),
            position: self.position,
            size: self.size,
            scanning: self.scanning,
            quantiser: self.quantiser,
            layout,
            coder_note: self.coder_note.clone(),
        })
    }

    pub(in crate::inspect) fn hash(&self) -> FrameHash {
        FrameHash(self.hash)
    }

    /// What the methods look at.
    pub(in crate::inspect) fn glance(&self) -> Option<Glance> {
        let cells: [u8; CELLS] = self.cells.as_slice().try_into().ok()?;
        Some(Glance {
            cells,
            dark: self.dark,
            detail: self.detail,
        })
    }
}
