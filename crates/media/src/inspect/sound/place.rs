//! Samples as times and frames.

use crate::finding::FrameSpan;
use crate::index::FrameIndex;
use crate::sound::{Waveform, nanoseconds};
use crate::time::{FrameNo, Pts};

/// One clock for sound and picture: nanoseconds of the container's.
pub(super) struct Clock<'a> {
    sound: &'a Waveform,
    frames: &'a FrameIndex,
    /// When each frame with a timestamp appears, in order.
    shown: Vec<(i128, FrameNo)>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(sound: &'a Waveform, frames: &'a FrameIndex) -> Self {
        let at = |pts: Pts| nanoseconds(pts, frames.time_base);
        let mut shown: Vec<_> = frames
            .frames
            .iter()
            .filter_map(|frame| Some((at(frame.pts?), frame.no)))
            .collect();
        shown.sort_unstable();
        Self {
            sound,
            frames,
            shown,
        }
    }

    /// When the first frame appears and when the last one ends.
    pub(super) fn pictures(&self) -> Option<(i128, i128)> {
        let (first, (last, no)) = (self.shown.first()?.0, *self.shown.last()?);
        let length = Pts(self.frames.frames.get(no.0 as usize)?.duration);
        Some((first, last + nanoseconds(length, self.frames.time_base)))
    }

    /// When the first sample sounds and when the last one ends.
    pub(super) fn sound(&self) -> Option<(i128, i128)> {
        Some((
            self.sound.nanoseconds(0)?,
            self.sound.nanoseconds(self.sound.samples)?,
        ))
    }

    /// When a sample sounds, as people read it: after the first frame, or the first sample where
    /// there is no picture.
    pub(super) fn seconds(&self, sample: u64) -> f64 {
        let zero = self
            .pictures()
            .or(self.sound())
            .map_or(0, |(start, _)| start);
        match self.sound.nanoseconds(sample) {
            Some(at) => (at - zero) as f64 / 1e9,
            None => sample as f64 / f64::from(self.sound.form.rate),
        }
    }

    /// The frames shown while samples `first` to `last` sound; `None` where no picture is shown.
    pub(super) fn span(&self, first: u64, last: u64) -> Option<FrameSpan> {
        let (_, end) = self.pictures()?;
        let (from, to) = (
            self.sound.nanoseconds(first)?,
            self.sound.nanoseconds(last)?,
        );
        if to < self.shown.first()?.0 || from >= end {
            return None;
        }
        let frame = |at: i128| {
            let past = self.shown.partition_point(|(shown, _)| *shown <= at);
            self.shown.get(past.saturating_sub(1)).map(|(_, no)| *no)
        };
        let (first, last) = (frame(from)?, frame(to)?);
        let (first, last) = (first.min(last), first.max(last));
        let entry = |no: FrameNo| self.frames.frames.get(no.0 as usize);
        Some(FrameSpan {
            first,
            last,
            start: entry(first)?.pts,
            end: entry(last)
                .filter(|frame| frame.duration > 0)
                .and_then(|frame| frame.pts?.0.checked_add(frame.duration))
                .map(Pts),
        })
    }
}
