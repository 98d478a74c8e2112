//! What a pass keeps of each frame until its end.

use std::sync::Arc;

use crate::facts::{Quantiser, Scanning};
use crate::index::PictureType;
use crate::protocol::{FrameRecord, PictureLayout};

/// What is kept of a [`FrameRecord`]: about 100 bytes, so that hours of footage fit in memory.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) pts: Option<i64>,
    pub(super) shift: i64,
    pub(super) duration: i64,
    pub(super) picture: PictureType,
    pub(super) key: bool,
    pub(super) damaged: bool,
    pub(super) sample: Option<u32>,
    pub(super) position: Option<u64>,
    pub(super) size: u32,
    pub(super) scanning: Scanning,
    pub(super) quantiser: Option<Quantiser>,
    /// Shared with the frames before, mostly.
    pub(super) layout: Arc<PictureLayout>,
    pub(super) coder_note: Option<Box<str>>,
}

impl Frame {
    /// What is kept of `record`, the frame after `before`.
    pub(super) fn after(before: Option<&Self>, record: FrameRecord) -> Self {
        let layout = before
            .map(|before| &before.layout)
            .filter(|layout| ***layout == record.layout)
            .cloned();
        Self {
            pts: record.pts,
            shift: record.shift,
            duration: record.duration,
            picture: record.picture,
            key: record.key,
            damaged: record.damaged,
            sample: record.sample,
            position: record.position,
            size: record.size,
            scanning: record.scanning,
            quantiser: record.quantiser,
            layout: layout.unwrap_or_else(|| Arc::new(record.layout)),
            coder_note: record.coder_note.map(Into::into),
        }
    }
}
