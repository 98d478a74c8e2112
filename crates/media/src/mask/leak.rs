//! Whether a masked copy shows or tells what it must not: looked at in what is decoded of it, frame by frame.
//!
//! What is expected of each frame is the original's with the masks laid on anew. Where a copy was coded without loss, it must
//! be that to the byte. Where not, coding changes every sample a little, and what counts is how much of the original
//! is in it: of the difference between original and expectation, the part that the copy shows. It is measured in
//! squares of [`CELL`] samples and along the edges of each mask, where one that is a pixel aside shows first.

mod fields;
mod picture;
mod sound;
mod words;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Canvas, Laid, Muffled};
use crate::decoder::{Decoder, Error};
use crate::display::DisplayGeometry;
use crate::facts::Facts;
use crate::index::FrameIndex;
use crate::reader::FrameReader;
use crate::sound::Waveform;
use crate::time::FrameNo;

pub use fields::FieldsRead;
pub use picture::CELL;

/// Name and version of the method.
pub const METHOD: &str = "mask-leaks/2";

/// Most leaks that are told one by one.
const MOST: usize = 10_000;

/// A file as it was inspected.
pub struct Side<'a> {
    /// The file.
    pub file: &'a File,
    /// What it says of itself.
    pub facts: &'a Facts,
    /// Its frames.
    pub frames: Arc<FrameIndex>,
    /// Its sound.
    pub sound: Option<&'a Waveform>,
}

/// A copy to look at, and what must not be in it.
pub struct Check<'a> {
    /// Starts the processes that decode.
    pub decoder: &'a Decoder,
    /// The original.
    pub original: Side<'a>,
    /// The copy.
    pub copy: Side<'a>,
    /// The masks on each frame.
    pub masks: &'a dyn Fn(FrameNo) -> Vec<Laid>,
    /// The samples of the original that must not be heard.
    pub muffled: &'a [Muffled],
    /// Which sample of the original is the first of the copy.
    pub sound_from: u64,
    /// Whether the copy was coded without loss.
    pub lossless: bool,
    /// Samples of the first examined stream that the copy holds, presented or not.
    pub stored_samples: u32,
    /// Where exiftool is, which then reads the copy as well.
    pub exiftool: Option<&'a Path>,
    /// Words of the original that must not be in the copy, beside those that its facts state: its name.
    pub words: Vec<String>,
}

/// What the check came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LeakReport {
    /// Name and version of the method.
    pub method: String,
    /// Frames of the copy that were compared with the original.
    pub frames: u32,
    /// Those of them that a mask lies on.
    pub masked_frames: u32,
    /// Sound samples that must not be heard.
    pub muffled_samples: u64,
    /// What leaks, frames first, in their order; at most 10,000.
    pub leaks: Vec<Leak>,
    /// Leaks that are not listed.
    pub more: u32,
    /// Whether exiftool read the copy too, or why not; absent in a look of a version that did not ask it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exiftool: Option<FieldsRead>,
}

/// Something that the copy shows or tells and must not, or that it lost on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Leak {
    /// What it is.
    pub kind: LeakKind,
    /// The frame, where it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<u32>,
    /// First sample of the original's sound and the one after the last, where it is of some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub samples: Option<[u64; 2]>,
    /// In words.
    pub says: String,
}

/// Kinds of leaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeakKind {
    /// What is under a mask is seen.
    Picture,
    /// A frame is masked, or otherwise changed, where no mask lies.
    Changed,
    /// Frames are missing or too many, or are shown at another time.
    Timing,
    /// What must not be heard is.
    Sound,
    /// Sound is missing, too long or out of step.
    SoundTiming,
    /// The file says more than it must.
    Metadata,
    /// The file holds pictures that are not shown, or other streams.
    Hidden,
}

impl LeakReport {
    /// Whether nothing leaks.
    pub fn is_clean(&self) -> bool {
        self.leaks.is_empty()
    }

    fn add(&mut self, leak: Leak) {
        match self.leaks.len() < MOST {
            true => self.leaks.push(leak),
            false => self.more += 1,
        }
    }

    fn tell(&mut self, kind: LeakKind, frame: Option<u32>, says: String) {
        self.add(Leak {
            kind,
            frame,
            samples: None,
            says,
        });
    }
}

impl Check<'_> {
    /// Looks at everything; `progress` hears how many frames are done.
    ///
    /// # Errors
    /// A file cannot be decoded again to what its index records, or `progress` cancelled.
    pub fn run(
        &self,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<LeakReport, Error> {
        let mut report = LeakReport {
            method: METHOD.to_owned(),
            frames: 0,
            masked_frames: 0,
            muffled_samples: 0,
            leaks: Vec::new(),
            more: 0,
            exiftool: None,
        };
        self.frames(&mut report, progress)?;
        self.timing(&mut report);
        self.sound(&mut report)?;
        self.words(&mut report)?;
        self.fields(&mut report)?;
        Ok(report)
    }

    fn frames(
        &self,
        report: &mut LeakReport,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let count = |side: &Side<'_>| u32::try_from(side.frames.frames.len()).unwrap_or(u32::MAX);
        let both = count(&self.original).min(count(&self.copy));
        let (mut original, mut copy) = (self.reader(&self.original)?, self.reader(&self.copy)?);
        let geometry = self
            .original
            .facts
            .examined()
            .map(|(_, video)| DisplayGeometry::from(video));
        let mut canvas = None;
        for no in (0..both).map(FrameNo) {
            let (source, shown) = (original.planes(no)?, copy.planes(no)?);
            let masks = (self.masks)(no);
            report.masked_frames += u32::from(!masks.is_empty());
            let known = &mut canvas;
            let fresh = || geometry.and_then(|geometry| Canvas::new(geometry, &source.layout));
            let Some(canvas) = known.get_or_insert_with(fresh).as_mut() else {
                report.tell(
                    LeakKind::Picture,
                    Some(no.0),
                    "its pixel format cannot be compared".to_owned(),
                );
                return Ok(());
            };
            if source.bytes.len() != shown.bytes.len() {
                report.tell(
                    LeakKind::Changed,
                    Some(no.0),
                    "its size or pixel format is another".to_owned(),
                );
                continue;
            }
            let around = [
                no.0.checked_sub(1),
                no.0.checked_add(1).filter(|it| *it < both),
            ];
            let around = around
                .into_iter()
                .flatten()
                .map(|no| (self.masks)(FrameNo(no)));
            let look = picture::Look {
                source: &source.bytes,
                shown: &shown.bytes,
                masks: &masks,
                around: around.collect(),
                lossless: self.lossless,
            };
            for (kind, says) in look.leaks(canvas) {
                report.tell(kind, Some(no.0), says);
            }
            report.frames += 1;
            if progress(report.frames).is_break() {
                return Err(Error::Cancelled);
            }
        }
        Ok(())
    }

    fn reader(&self, side: &Side<'_>) -> Result<FrameReader, Error> {
        let file = side.file.try_clone().map_err(Error::io("open the file"))?;
        FrameReader::onward(self.decoder, file, side.facts.clone(), side.frames.clone())
    }

    /// Whether every frame is there once and at its time, counted from the first.
    fn timing(&self, report: &mut LeakReport) {
        let (own, copy) = (&self.original.frames, &self.copy.frames);
        if own.frames.len() != copy.frames.len() {
            let says = format!(
                "it has {} frames, the original {}",
                copy.frames.len(),
                own.frames.len()
            );
            report.tell(LeakKind::Timing, None, says);
        }
        let since = |index: &FrameIndex, at: usize| {
            let pts = |at: usize| index.frames.get(at)?.pts;
            let ticks = i128::from(pts(at)?.0) - i128::from(pts(0)?.0);
            let (num, den) = (
                i128::from(index.time_base.num),
                i128::from(index.time_base.den),
            );
            Some((ticks * num * 1_000_000_000).div_euclid(den))
        };
        for at in 0..own.frames.len().min(copy.frames.len()) {
            let (one, other) = (since(own, at), since(copy, at));
            let apart = one.zip(other).map(|(one, other)| (one - other).abs());
            // Half a tick of either clock is rounding.
            let tick = |index: &FrameIndex| {
                i128::from(index.time_base.num) * 1_000_000_000
                    / i128::from(index.time_base.den)
                    / 2
            };
            if apart.is_none_or(|apart| apart > 1 + tick(own).max(tick(copy))) {
                let no = u32::try_from(at).unwrap_or(u32::MAX);
                report.tell(
                    LeakKind::Timing,
                    Some(no),
                    "it is shown at another time".to_owned(),
                );
            }
        }
    }
}
