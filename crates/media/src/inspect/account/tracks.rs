//! Whether there are more pictures than those of the examined track.

use super::finding;
use crate::facts::{Facts, Stream};
use crate::finding::{Finding, FindingKind};
use crate::time::TrackNo;

pub(super) const TRACKS: &str = "structure/video-tracks";

const LIMITS: (&str, &str) = (
    TRACKS,
    "Phones store a still beside a short film, files of sound a cover, and some players choose between \
     tracks themselves. Findings, matches and records are of the examined track alone.",
);

/// Tracks that a sentence names.
const NAMED: usize = 6;

/// Several video tracks, and which of them is examined.
pub(super) fn tracks(facts: &Facts) -> Option<Finding> {
    let all: Vec<(TrackNo, &Stream)> = facts.tracks().collect();
    let covers = all.iter().filter(|(_, it)| it.attached_picture).count();
    if all.len() < 2 {
        return None;
    }
    let examined = facts.track();
    let mut words: Vec<_> = all
        .iter()
        .take(NAMED)
        .map(|(no, stream)| word(*no, stream, Some(*no) == examined))
        .collect();
    if all.len() > NAMED {
        words.push("…".to_owned());
    }
    let summary = format!(
        "There are {} video tracks: {}.",
        all.len(),
        words.join("; ")
    );
    let values = [
        ("tracks", all.len() as f64),
        ("attached_pictures", covers as f64),
        ("examined", f64::from(examined.map_or(0, |no| no.0))),
    ];
    Some(finding(
        FindingKind::VideoTracks,
        summary,
        None,
        LIMITS,
        &values,
    ))
}

fn word(no: TrackNo, stream: &Stream, examined: bool) -> String {
    let size = stream.video.as_ref().map_or_else(String::new, |video| {
        format!(" {}×{}", video.width, video.height)
    });
    let what = match (examined, stream.attached_picture) {
        (true, false) => ", examined",
        (true, true) => ", an attached picture, examined",
        (false, true) => ", an attached picture",
        (false, false) => "",
    };
    format!(
        "track {no} (stream {}, {}{size}{what})",
        stream.index, stream.codec
    )
}
