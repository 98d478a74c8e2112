//! Whether sound and picture begin and end together.

use super::{Pass, at, finding};
use crate::facts::{Stream, StreamKind};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;
use crate::time::Pts;

pub(super) const LENGTHS: &str = "structure/lengths";

const LIMITS: (&str, &str) = (
    LENGTHS,
    "Takes the sound's start and length from the container's word. Recorders start and stop both at \
     slightly different times, and uploads are cut at key frames.",
);

/// Seconds that starts or ends may differ.
const APART: f64 = 0.5;

/// A finding for each sound that begins or ends at another time than the picture.
pub(super) fn lengths(pass: &Pass, frames: &FrameIndex) -> Vec<Finding> {
    let sounds = pass
        .facts
        .streams
        .iter()
        .filter(|stream| stream.kind == StreamKind::Audio);
    let Some((start, end)) = picture(frames).filter(|_| pass.complete()) else {
        return Vec::new();
    };
    sounds
        .filter_map(|sound| compare(frames, sound, start, end))
        .collect()
}

/// Seconds from the first frame to the end of the last.
fn picture(frames: &FrameIndex) -> Option<(f64, f64)> {
    let (first, last) = (frames.frames.first()?, frames.frames.last()?);
    let end = last.pts?.0.checked_add(last.duration)?;
    let seconds = |pts| frames.time_base.seconds(pts);
    // One picture is a cover or a still, which lasts as long as one likes.
    (frames.frames.len() > 1).then_some((seconds(first.pts?), seconds(Pts(end))))
}

fn compare(frames: &FrameIndex, sound: &Stream, start: f64, end: f64) -> Option<Finding> {
    let (from, length) = (sound.start?, sound.duration.filter(|length| *length > 0)?);
    let until = Pts(from.0.checked_add(length)?);
    let from = sound.time_base.seconds(from);
    let until = sound.time_base.seconds(until);
    let (head, tail) = (from - start, until - end);
    let mut words = Vec::new();
    if head.abs() >= APART {
        words.push(format!("begins {}", side(head)));
    }
    if tail.abs() >= APART {
        words.push(format!("ends {}", side(tail)));
    }
    if words.is_empty() {
        return None;
    }
    let last = frames.frames.len() - 1;
    Some(finding(
        FindingKind::Lengths,
        format!(
            "The sound (stream {}) {} the picture.",
            sound.index,
            words.join(" and ")
        ),
        at(frames, if tail.abs() >= APART { last } else { 0 }),
        LIMITS,
        &[("begins_after_s", head), ("ends_after_s", tail)],
    ))
}

fn side(seconds: f64) -> String {
    let how = if seconds < 0.0 { "before" } else { "after" };
    format!("{:.2} s {how}", seconds.abs())
}
