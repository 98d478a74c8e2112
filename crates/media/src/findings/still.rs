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

/// The steps of all frames: a few bytes beside what the frame index holds of each.
#[derive(Debug, Default)]
pub(super) struct Freezes {
    steps: Vec<(Place, u32)>,
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
        self.steps.push((place, step));
    }

    pub(super) fn finish(self) -> Vec<Finding> {
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
        self.steps.get(at).map_or(u32::MAX, |&(_, step)| step)
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
            median(self.steps.get(range).into_iter().flatten().map(|it| it.1))
        };
        let before = steps(first.checked_sub(BESIDE + 1)?.max(1)..first);
        let after = steps(end..(end + BESIDE).min(self.steps.len()));
        let moves_after = after >= MOVES || end == self.steps.len();
        let entry = self.step(first - 1);
        if before < MOVES || !moves_after || entry > before.saturating_mul(ENTRY) {
            return None;
        }
        let (from, to) = (self.steps.get(first)?.0, self.steps.get(end - 1)?.0);
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
