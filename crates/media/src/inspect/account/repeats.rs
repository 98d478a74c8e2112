//! Frames that show the very planes of the frame before.

use super::{finding, plural, some, spanning};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;

pub(super) const REPEATS: &str = "repeat/frame-hash";

const LIMITS: (&str, &str) = (
    REPEATS,
    "Compares decoded planes bit by bit: what was coded again is seen only where the coder left it \
     untouched. Changes of frame rate, title cards and screen recordings repeat frames too.",
);

/// Repetitions in a row that make a standstill.
const LONG: u32 = 5;
/// Runs that are told one by one; more are told together.
const MOST: usize = 12;
/// Runs that make a beat at least.
const BEAT: usize = 6;

/// A run of frames that repeat the one before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first: u32,
    last: u32,
}

impl Run {
    fn frames(self) -> u32 {
        self.last - self.first + 1
    }
}

/// Repeated frames, without those that are black; `scanned` is what was seen in the pictures.
/// Standstill found there gives way where it is the same to the last bit.
pub(super) fn repeats(frames: &FrameIndex, scanned: &mut Vec<Finding>) -> Vec<Finding> {
    let runs = runs(frames);
    scanned.retain(|it| it.kind != FindingKind::Freeze || !mostly_identical(it, &runs));
    let inside = |run: &Run| {
        scanned
            .iter()
            .filter(|it| matches!(it.kind, FindingKind::Black | FindingKind::Freeze))
            .filter_map(|it| it.span)
            .any(|span| span.first.0 <= run.first && run.last <= span.last.0)
    };
    let (long, short): (Vec<_>, Vec<_>) = runs
        .into_iter()
        .filter(|run| !inside(run))
        .partition(|run| run.frames() >= LONG);
    let mut found = tell(frames, FindingKind::Freeze, &long);
    found.extend(tell(frames, FindingKind::Repeated, &short));
    found
}

fn runs(frames: &FrameIndex) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for pair in frames.frames.windows(2) {
        let [before, this] = pair else { continue };
        if before.hash != this.hash {
            continue;
        }
        let no = this.no.0;
        match runs.last_mut() {
            Some(run) if run.last + 1 == no => run.last = no,
            _ => runs.push(Run {
                first: no,
                last: no,
            }),
        }
    }
    runs
}

/// Whether one run takes up four fifths of a standstill.
fn mostly_identical(still: &Finding, runs: &[Run]) -> bool {
    let Some(span) = still.span else { return false };
    let length = span.last.0 - span.first.0 + 1;
    runs.iter()
        .filter(|run| span.first.0 <= run.last && run.first <= span.last.0)
        .map(|run| run.last.min(span.last.0) - run.first.max(span.first.0) + 1)
        .any(|shared| shared * 5 >= length * 4)
}

/// One finding for each run; one for all where they come at an even beat or are many.
fn tell(frames: &FrameIndex, kind: FindingKind, runs: &[Run]) -> Vec<Finding> {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
        return Vec::new();
    };
    let beat = beat(runs);
    if beat.is_none() && runs.len() <= MOST {
        return runs.iter().map(|run| one(frames, kind, *run)).collect();
    }
    let frames_in_all: u32 = runs.iter().map(|run| run.frames()).sum();
    let firsts: Vec<u32> = runs.iter().map(|run| run.first).collect();
    let how = beat.map_or_else(String::new, |beat| format!(", {beat} frames apart"));
    vec![finding(
        kind,
        format!(
            "{} show exactly the frame before, in {}{how}: from frame {}.",
            plural(frames_in_all as usize, "frame"),
            plural(runs.len(), "place"),
            some(&firsts)
        ),
        spanning(frames, first.first, last.last),
        LIMITS,
        &[
            ("repeated", f64::from(frames_in_all)),
            ("places", runs.len() as f64),
            ("beat_frames", f64::from(beat.unwrap_or(0))),
        ],
    )]
}

fn one(frames: &FrameIndex, kind: FindingKind, run: Run) -> Finding {
    let (first, last, shown) = (run.first, run.last, run.first.saturating_sub(1));
    let summary = if first == last {
        format!("Frame {first} shows exactly frame {shown} again.")
    } else {
        format!("Frames {first} to {last} show exactly frame {shown} again.")
    };
    finding(
        kind,
        summary,
        spanning(frames, first, last),
        LIMITS,
        &[("repeated", f64::from(run.frames()))],
    )
}

/// The distance at which four in five of the runs follow each other, give or take a frame.
fn beat(runs: &[Run]) -> Option<u32> {
    let mut apart: Vec<u32> = runs
        .windows(2)
        .map(|pair| pair[1].first - pair[0].first)
        .collect();
    if apart.len() + 1 < BEAT {
        return None;
    }
    apart.sort_unstable();
    let middle = apart[apart.len() / 2];
    let even = apart.iter().filter(|it| it.abs_diff(middle) <= 1).count();
    (even * 5 >= apart.len() * 4).then_some(middle)
}
