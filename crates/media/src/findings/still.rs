//! Freezes: the picture stands still amid movement, whatever the coder touched up in it.

use super::recent::median;
use super::{Place, finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// Sum of cell differences up to which a frame stands still: a tenth of a luma step a cell.
const STILL: u32 = 57;
/// The same for a single frame that the coder touched up, as at a key frame.
const TOUCHED: u32 = 600;
/// Frames that stand still at least.
const LEAST: usize = 8;
/// Frames before and after that must move.
const BESIDE: usize = 5;
/// Median step of those frames at least.
const MOVES: u32 = 150;
/// How many times that median the step into the standstill may be: more is a cut to a still picture.
const ENTRY: u32 = 4;

/// The steps of all frames: four bytes beside what the frame index holds of each.
#[derive(Debug, Default)]
pub(super) struct Freezes {
    steps: Vec<u32>,
    /// Where runs of frames that stand still begin and end, by number in `steps`: no standstill begins
    /// or ends elsewhere.
    edges: Vec<(usize, Place)>,
    last: Option<Place>,
}

pub(super) fn method() -> Method {
    named(
        "freeze/still-cells",
        1,
        &[
            ("step_at_most", f64::from(STILL)),
            ("single_step_at_most", f64::from(TOUCHED)),
            ("frames_at_least", LEAST as f64),
            ("frames_moving_beside", BESIDE as f64),
            ("step_beside_at_least", f64::from(MOVES)),
            ("times_step_into_it_at_most", f64::from(ENTRY)),
        ],
        "Compares 576 mean values a frame, so that what moves within a small part of the picture may \
         go unseen, and a scene that comes to rest at once looks the same to it. Standstill at cuts \
         and at the start of a file is left out, as title cards have it.",
    )
}

impl Freezes {
    pub(super) fn look(&mut self, place: Place, step: u32) {
        let at = self.steps.len();
        // The first frame has no step; the standstill may begin with the second.
        let still_before = at > 1 && self.steps[at - 1] <= STILL;
        if still_before != (step <= STILL) {
            if still_before {
                self.end();
            } else {
                self.edges.push((at, place));
            }
        }
        self.steps.push(step);
        self.last = Some(place);
    }

    /// The frame looked at last is the last of its run.
    fn end(&mut self) {
        let at = self.steps.len().saturating_sub(1);
        if let Some(place) = self.last {
            self.edges.push((at, place));
        }
    }

    /// Where a frame is that begins or ends a run.
    fn edge(&self, at: usize) -> Option<Place> {
        let found = self.edges.binary_search_by_key(&at, |edge| edge.0).ok()?;
        Some(self.edges[found].1)
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.end();
        let mut found = Vec::new();
        let mut at = 1;
        while at < self.steps.len() {
            let end = self.still_until(at);
            if end - at >= LEAST {
                found.extend(self.judge(at, end));
            }
            at = end + 1;
        }
        found
    }

    fn step(&self, at: usize) -> u32 {
        self.steps.get(at).copied().unwrap_or(u32::MAX)
    }

    /// One after the last frame of the standstill that begins at `at`.
    fn still_until(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            if self.step(end) <= STILL {
                end += 1;
            } else if end > at
                && self.step(end) <= TOUCHED
                && self.step(end - 1) <= STILL
                && self.step(end + 1) <= STILL
            {
                end += 2;
            } else {
                return end;
            }
        }
    }

    fn judge(&self, first: usize, end: usize) -> Option<Finding> {
        let steps = |range: std::ops::Range<usize>| {
            median(self.steps.get(range).into_iter().flatten().copied())
        };
        let before = steps(first.checked_sub(BESIDE + 1)?.max(1)..first);
        let after = steps(end..(end + BESIDE).min(self.steps.len()));
        let moves_after = after >= MOVES || end == self.steps.len();
        let entry = self.step(first - 1);
        if before < MOVES || !moves_after || entry > before.saturating_mul(ENTRY) {
            return None;
        }
        let (from, to) = (self.edge(first)?, self.edge(end - 1)?);
        Some(finding(
            FindingKind::Freeze,
            format!(
                "The picture of frame {} stands still over frames {} to {}, amid movement.",
                from.no.0 - 1,
                from.no,
                to.no
            ),
            span(from, to),
            method(),
            &[
                ("frames", (end - first) as f64),
                ("step_before", f64::from(before)),
                ("step_after", f64::from(after)),
            ],
        ))
    }
}
