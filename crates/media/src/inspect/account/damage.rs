//! What could not be read or decoded.

use super::super::pass::Pass;
use super::{at, finding, plural};
use crate::facts::StreamKind;
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;
use crate::protocol::Stage;

pub(super) const READING: &str = "structure/reading";
pub(super) const DECODING: &str = "structure/decoding";

const READING_LIMITS: (&str, &str) = (
    READING,
    "Says how far this decoder came, not why the file is as it is; another program may read more.",
);
const DECODING_LIMITS: (&str, &str) = (
    DECODING,
    "Counts what FFmpeg reports; damage that yields a valid stream is not seen, and a recorder's \
     harmless quirks may be counted.",
);

/// Nothing was recognised, nothing can decode it, or there is nothing in it.
pub(super) fn unreadable(pass: &Pass) -> Option<Finding> {
    let barren = pass.complete() && pass.frames.is_empty();
    let sounds = (pass.facts.streams.iter()).any(|stream| stream.kind == StreamKind::Audio);
    let summary = match (&pass.unreadable, pass.video()) {
        (Some(reason), Some((stream, _))) => {
            format!(
                "The video stream ({}) cannot be decoded: {reason}.",
                stream.codec
            )
        }
        (Some(_), None) if pass.facts.size == 0 => "The file is empty.".to_owned(),
        (Some(reason), None) => format!("No known container was recognised: {reason}."),
        (None, Some((stream, _))) if barren => {
            format!("The video stream ({}) gave no picture.", stream.codec)
        }
        (None, None) if barren && !sounds => {
            format!(
                "The container ({}) holds neither pictures nor sound.",
                pass.facts.format
            )
        }
        _ => return None,
    };
    Some(finding(
        FindingKind::Unreadable,
        summary,
        None,
        READING_LIMITS,
        &[("bytes", pass.facts.size as f64)],
    ))
}

/// Reading stopped before the end.
pub(super) fn incomplete(pass: &Pass) -> Option<Finding> {
    let reason = match (&pass.gone, pass.end) {
        (Some(gone), _) => format!("the decoder process stopped: {gone}"),
        (None, Some(end)) if !end.whole => {
            format!("the container breaks off after {} bytes", end.read)
        }
        _ => return None,
    };
    let frames = pass.frames.len();
    Some(finding(
        FindingKind::Incomplete,
        format!(
            "Reading ended early after {}: {reason}.",
            plural(frames, "frame")
        ),
        None,
        READING_LIMITS,
        &[("frames", frames as f64), ("bytes", pass.facts.size as f64)],
    ))
}

/// Errors that the demuxer or decoder reported, and pictures it marked.
pub(super) fn damage(pass: &Pass, frames: &FrameIndex) -> Option<Finding> {
    let troubles = &pass.troubles;
    let marked = frames.frames.iter().filter(|frame| frame.damaged).count();
    let counts = [
        (troubles.demux, "container error"),
        (troubles.decode, "decoding error"),
        (marked, "damaged frame"),
    ];
    let parts: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| plural(count, what))
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(finding(
        FindingKind::Damage,
        parts.join(", ") + &first_words(pass) + ".",
        first_frame(pass, frames).and_then(|no| at(frames, no)),
        DECODING_LIMITS,
        &[
            ("container_errors", troubles.demux as f64),
            ("decoding_errors", troubles.decode as f64),
            ("damaged_frames", marked as f64),
        ],
    ))
}

/// What was reported first, and where.
fn first_words(pass: &Pass) -> String {
    let Some(first) = &pass.troubles.first else {
        return String::new();
    };
    let stage = match first.stage {
        Stage::Demux => "container",
        Stage::Decode => "decoder",
    };
    let place = first.position.map_or_else(String::new, |byte| {
        format!(", in the sample at byte {byte}")
    });
    format!("; the first, from the {stage}: {}{place}", first.message)
}

/// The first frame that is marked, or that was decoded after the first error.
fn first_frame(pass: &Pass, frames: &FrameIndex) -> Option<usize> {
    let marked = frames.frames.iter().position(|frame| frame.damaged);
    marked.or_else(|| {
        let sample = pass.troubles.first.as_ref()?.sample?;
        pass.frames
            .iter()
            .position(|frame| frame.sample.is_some_and(|it| it >= sample))
    })
}
