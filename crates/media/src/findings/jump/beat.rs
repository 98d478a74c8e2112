//! Jumps that come at an even beat, as a change of frame rate makes them.

use super::{Jump, finding, method, span};
use crate::finding::{Finding, FindingKind};

/// Beats tried, in frames.
const BEATS: std::ops::RangeInclusive<u32> = 4..=120;
/// Jumps that make a beat at least.
const LEAST: usize = 5;
/// How many times as many as chance would put on a beat.
const TIMES: usize = 4;

/// Takes the jumps on the best beat, if there is one, together as one finding.
pub(super) fn part(jumps: Vec<Jump>) -> (Option<Finding>, Vec<Jump>) {
    let Some((beat, phase)) = best(&jumps) else {
        return (None, jumps);
    };
    let (on, off): (Vec<_>, Vec<_>) = jumps
        .into_iter()
        .partition(|jump| jump.place.no.0 % beat == phase);
    (describe(&on, beat), off)
}

/// The longest of the beats that most jumps share, and where in it they fall.
fn best(jumps: &[Jump]) -> Option<(u32, u32)> {
    let mut best = (0, 0, 0);
    for beat in BEATS {
        for first in jumps {
            let phase = first.place.no.0 % beat;
            let count = jumps
                .iter()
                .filter(|jump| jump.place.no.0 % beat == phase)
                .count();
            if count >= best.0 {
                best = (count, beat, phase);
            }
        }
    }
    let (count, beat, phase) = best;
    let by_chance = jumps.len() / beat.max(1) as usize + 1;
    (count >= LEAST && count >= TIMES * by_chance).then_some((beat, phase))
}

fn describe(on: &[Jump], beat: u32) -> Option<Finding> {
    let (first, last) = (on.first()?, on.last()?);
    Some(finding(
        FindingKind::MotionJump,
        format!(
            "The movement jumps {} times at multiples of {beat} frames, first at frame {}, last at \
             {}, as when a lower frame rate leaves out every {}th.",
            on.len(),
            first.place.no,
            last.place.no,
            beat + 1,
        ),
        span(first.place, last.place),
        method(),
        &[("jumps", on.len() as f64), ("beat_frames", f64::from(beat))],
    ))
}
