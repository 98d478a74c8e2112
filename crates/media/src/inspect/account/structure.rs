//! Whether header, samples and timestamps agree with what is presented.

use super::super::join::Stored;
use super::super::pass::Pass;
use super::{at, finding, plural, some};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;

pub(super) const EDITS: &str = "structure/edit-list";
pub(super) const COUNT: &str = "structure/frame-count";
pub(super) const TIMESTAMPS: &str = "structure/timestamps";

const EDITS_LIMITS: (&str, &str) = (
    EDITS,
    "Edit lists are also made by ordinary trimming and by encoders' start-up delay; says nothing of \
     who made one or why.",
);
const COUNT_LIMITS: (&str, &str) = (
    COUNT,
    "Some recorders and formats count fields, samples or fragments in the header.",
);
const TIMESTAMPS_LIMITS: (&str, &str) = (
    TIMESTAMPS,
    "Looks at order and presence of timestamps, not at their spacing, which may vary lawfully.",
);

/// Samples that are stored and never presented.
pub(super) fn hidden(stored: &Stored<'_>, frames: &FrameIndex) -> Option<Finding> {
    let (first, last) = (stored.hidden.first()?, stored.hidden.last()?);
    let hidden = stored.hidden.len();
    Some(finding(
        FindingKind::HiddenFrames,
        format!(
            "{} of {} stored that the file says not to show, numbered {}.",
            plural(hidden, "sample"),
            stored.count(),
            some(&stored.hidden)
        ),
        None,
        EDITS_LIMITS,
        &[
            ("hidden", hidden as f64),
            ("stored", f64::from(stored.count())),
            ("presented", frames.frames.len() as f64),
            ("first", f64::from(*first)),
            ("last", f64::from(*last)),
        ],
    ))
}

/// The header's number of frames is another than was presented.
pub(super) fn count(pass: &Pass, stored: &Stored<'_>, frames: &FrameIndex) -> Option<Finding> {
    let header = pass.video()?.0.header_frames?;
    let presented = frames.frames.len();
    if u64::try_from(header) == Ok(presented as u64) {
        return None;
    }
    Some(finding(
        FindingKind::FrameCount,
        format!(
            "The header says {header}, {} stored, {presented} presented.",
            plural(stored.count() as usize, "sample")
        ),
        None,
        COUNT_LIMITS,
        &[
            ("header", header as f64),
            ("stored", f64::from(stored.count())),
            ("presented", presented as f64),
        ],
    ))
}

/// Timestamps that run back, repeat or are missing.
pub(super) fn timestamps(frames: &FrameIndex) -> Option<Finding> {
    let (mut back, mut repeated, mut missing) = (0_usize, 0_usize, 0_usize);
    let mut first = None;
    let mut before = None;
    for (no, frame) in frames.frames.iter().enumerate() {
        let count = match (before, frame.pts) {
            (_, None) => &mut missing,
            (Some(before), Some(pts)) if pts < before => &mut back,
            (Some(before), Some(pts)) if pts == before => &mut repeated,
            (_, pts) => {
                before = pts;
                continue;
            }
        };
        *count += 1;
        first.get_or_insert(no);
        before = frame.pts.or(before);
    }
    let first = first?;
    let parts: Vec<_> = [
        (back, "runs back"),
        (repeated, "repeats"),
        (missing, "is missing"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{what} {count}×"))
    .collect();
    Some(finding(
        FindingKind::Timestamps,
        format!(
            "The timestamp {}, first at frame {first}.",
            parts.join(", ")
        ),
        at(frames, first),
        TIMESTAMPS_LIMITS,
        &[
            ("back", back as f64),
            ("repeated", repeated as f64),
            ("missing", missing as f64),
        ],
    ))
}
