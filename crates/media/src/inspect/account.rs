//! Findings about the file's structure: do header, samples, timestamps and pictures agree?

mod bitrate;
mod container;
mod credentials;
mod damage;
mod fields;
mod keys;
mod lengths;
mod recoded;
mod repeats;
mod spacing;
mod structure;
mod traces;
mod tracks;

use std::collections::BTreeMap;

use super::join::Stored;
use super::pass::Pass;
use crate::finding::{Finding, FindingKind, FrameSpan, Method};
use crate::index::FrameIndex;
use crate::time::Pts;

/// Version of every method here; changes whenever a result may.
const VERSION: u32 = 1;

const METHODS: [&str; 22] = [
    damage::READING,
    damage::DECODING,
    structure::EDITS,
    structure::COUNT,
    structure::TIMESTAMPS,
    tracks::TRACKS,
    repeats::REPEATS,
    spacing::SPACING,
    lengths::LENGTHS,
    keys::KEYS,
    keys::GROUPS,
    bitrate::BITRATE,
    super::quantisers::QUANTISERS,
    recoded::PULSE,
    fields::FLAGS,
    fields::WOVEN,
    fields::CADENCE,
    container::PARTS,
    credentials::CREDENTIALS,
    traces::TAGS,
    traces::NOTES,
    traces::TIMES,
];

/// Names and versions of the methods.
pub(super) fn methods() -> BTreeMap<String, u32> {
    METHODS.map(|name| (name.to_owned(), VERSION)).into()
}

/// All findings about the structure, then those seen in the pictures, which are `scanned`.
pub(super) fn findings(
    pass: &Pass,
    stored: &Stored<'_>,
    frames: &FrameIndex,
    mut scanned: Vec<Finding>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(damage::unreadable(pass));
    findings.extend(damage::incomplete(pass));
    findings.extend(damage::damage(pass, frames));
    findings.extend(tracks::tracks(&pass.facts));
    findings.extend(structure::hidden(stored, frames));
    findings.extend(structure::count(pass, stored, frames));
    findings.extend(structure::timestamps(frames));
    let gaps = spacing::gaps(frames);
    findings.extend(lengths::lengths(pass, frames));
    findings.extend(container::container(&pass.facts));
    findings.extend(credentials::attached(&pass.facts));
    findings.extend(traces::tags(&pass.facts));
    findings.extend(traces::notes(&pass.facts, frames));
    findings.extend(traces::times(&pass.facts));
    findings.extend(keys::breaks(frames, &scanned, &gaps));
    findings.extend(gaps);
    findings.extend(keys::groups(frames, &pass.samples, &scanned));
    findings.extend(bitrate::outliers(frames, pass.facts.coding.as_ref()));
    findings.extend(recoded::pulses(frames, &pass.woven));
    findings.extend(fields::changes(frames, &pass.frames));
    findings.extend(fields::contradictions(frames, &pass.frames, &pass.woven));
    findings.extend(fields::cadence(frames, &pass.woven));
    let repeats = repeats::repeats(frames, &mut scanned);
    scanned.extend(repeats);
    scanned.sort_by_key(|finding| finding.span.map(|span| (span.first, span.last)));
    findings.extend(scanned);
    findings
}

/// Leaves out what is of the whole file: the pass over the examined track has told it.
pub(super) fn keep_of_track(findings: &mut Vec<Finding>) {
    let of_file = [traces::TAGS, tracks::TRACKS, lengths::LENGTHS];
    findings.retain(|finding| !of_file.contains(&finding.method.name.as_str()));
}

fn finding(
    kind: FindingKind,
    summary: String,
    span: Option<FrameSpan>,
    (name, limits): (&str, &str),
    values: &[(&str, f64)],
) -> Finding {
    Finding {
        kind,
        summary,
        span,
        method: Method {
            name: name.to_owned(),
            version: VERSION,
            parameters: BTreeMap::new(),
            limits: limits.to_owned(),
        },
        values: values
            .iter()
            .map(|&(name, value)| (name.to_owned(), value))
            .collect(),
        reproduce: None,
    }
}

/// The span from one frame to another; `None` if there is no such frame.
fn spanning(frames: &FrameIndex, first: u32, last: u32) -> Option<FrameSpan> {
    let (first, last) = (at(frames, first as usize)?, at(frames, last as usize)?);
    Some(FrameSpan {
        last: last.last,
        end: last.end,
        ..first
    })
}

/// The span of one frame; `None` if there is no such frame.
fn at(frames: &FrameIndex, no: usize) -> Option<FrameSpan> {
    let frame = frames.frames.get(no)?;
    Some(FrameSpan {
        first: frame.no,
        last: frame.no,
        start: frame.pts,
        end: frame
            .pts
            .filter(|_| frame.duration > 0)
            .and_then(|pts| pts.0.checked_add(frame.duration))
            .map(Pts),
    })
}

/// `1 frame`, `2 frames`.
fn plural(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

/// A few numbers for a sentence: runs are shortened, and the rest is left out.
fn some(numbers: &[u32]) -> String {
    const MOST: usize = 8;
    let mut words: Vec<_> = numbers
        .chunk_by(|a, b| a.checked_add(1) == Some(*b))
        .take(MOST + 1)
        .map(|run| match run {
            [] => String::new(),
            [only] => only.to_string(),
            [first, .., last] => format!("{first}–{last}"),
        })
        .collect();
    if words.len() > MOST {
        words[MOST] = "…".to_owned();
    }
    words.join(", ")
}
