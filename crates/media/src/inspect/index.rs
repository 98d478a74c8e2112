//! The frame index out of what the pass heard.

use super::join::Stored;
use super::kept::Frame;
use super::pass::Pass;
use crate::facts::{CoderNote, Facts, Layout, MOST_CHANGES, Presentation, ScanningFrom, Shift};
use crate::index::{FrameEntry, FrameIndex};
use crate::time::{FrameNo, Pts, SampleNo, TimeBase};

/// Time base of an index without frames.
const MICROSECONDS: TimeBase = TimeBase {
    num: 1,
    den: 1_000_000,
};

/// One entry for each frame, in presentation order.
pub(super) fn build(pass: &Pass, stored: &Stored<'_>) -> FrameIndex {
    let frames = pass
        .frames
        .iter()
        .zip(&pass.hashes)
        .zip(0..)
        .map(|((frame, hash), no)| FrameEntry {
            no: FrameNo(no),
            pts: frame.pts.map(Pts),
            duration: duration(frame, pass.frames.get(no as usize + 1)),
            picture: frame.picture,
            key: frame.key,
            damaged: frame.damaged,
            sample: frame
                .sample
                .and_then(|read| stored.number(read))
                .map(SampleNo),
            position: frame.position,
            size: frame.size,
            width: frame.layout.width,
            height: frame.layout.height,
            hash: *hash,
        })
        .collect();
    FrameIndex {
        time_base: pass
            .video()
            .map_or(MICROSECONDS, |(stream, _)| stream.time_base),
        frames,
    }
}

/// Ticks until the next frame; by the container where that is not known.
fn duration(frame: &Frame, next: Option<&Frame>) -> i64 {
    let until_next = next
        .and_then(|next| next.pts)
        .zip(frame.pts)
        .and_then(|(next, this)| next.checked_sub(this));
    match until_next {
        Some(ticks @ 1..) => ticks,
        _ => frame.duration.max(0),
    }
}

/// Notes that are kept: some coders write one at each key frame.
const MOST_NOTES: usize = 256;

/// What coders wrote of themselves, each time with its frame.
pub(super) fn coder_notes(frames: &[Frame]) -> Vec<CoderNote> {
    let note = |(frame, no): (&Frame, u32)| {
        let text = frame.coder_note.as_deref()?.to_owned();
        Some(CoderNote {
            frame: FrameNo(no),
            text,
        })
    };
    let notes = frames.iter().zip(0..).filter_map(note);
    notes.take(MOST_NOTES).collect()
}

/// What a listing needs beside the index.
pub(super) fn presentation(facts: &Facts, frames: &[Frame]) -> Option<Presentation> {
    let video = facts.streams.get(facts.video?)?.video.as_ref()?;
    let first = frames.first()?;
    let mut presentation = Presentation {
        rate: video.guessed_rate,
        sample_aspect: first.layout.sample_aspect,
        layouts: Vec::new(),
        shifts: Vec::new(),
        scanning: Vec::new(),
    };
    let mut before: Option<&Frame> = None;
    for (frame, no) in frames.iter().zip(0..) {
        let layout = &frame.layout;
        let same_layout = before.is_some_and(|before| {
            let before = &before.layout;
            (before.width, before.height) == (layout.width, layout.height)
                && before.pixel_format == layout.pixel_format
        });
        if !same_layout {
            presentation.layouts.push(Layout {
                first: FrameNo(no),
                width: layout.width,
                height: layout.height,
                pixel_format: layout.pixel_format.clone(),
                bytes: layout.bytes,
            });
        }
        if before.is_none_or(|before| before.shift != frame.shift) {
            presentation.shifts.push(Shift {
                first: FrameNo(no),
                ticks: frame.shift,
            });
        }
        before = Some(frame);
    }
    presentation.scanning = scanning(frames);
    Some(presentation)
}

fn scanning(frames: &[Frame]) -> Vec<ScanningFrom> {
    let runs = frames.chunk_by(|a, b| a.scanning == b.scanning);
    let mut first = 0;
    let from = runs.map(|run| {
        let from = ScanningFrom {
            first: FrameNo(first),
            scanning: run[0].scanning,
        };
        first += run.len() as u32;
        from
    });
    from.take(MOST_CHANGES).collect()
}
