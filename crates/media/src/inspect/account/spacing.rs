//! Time without a frame in a stream of constant rate.

use super::{finding, plural, some, spanning};
use crate::finding::{Finding, FindingKind};
use crate::index::FrameIndex;

pub(super) const SPACING: &str = "timing/spacing";

const LIMITS: (&str, &str) = (
    SPACING,
    "Looks only at streams of which nine in ten frames come at the same distance. Cameras leave gaps \
     by themselves, when they start or are short of light, and so do broken transmissions.",
);

/// Frames that tell a rate at least.
const FRAMES: usize = 12;
/// Gaps that are told one by one; more are told together.
const MOST: usize = 12;

/// A gap: frame after it, ticks, and frames that would fit.
struct Gap {
    after: u32,
    ticks: i64,
    missing: i64,
}

/// Gaps of at least one and three quarters of the usual distance.
pub(super) fn gaps(frames: &FrameIndex) -> Vec<Finding> {
    let steps: Vec<(u32, i64)> = frames
        .frames
        .windows(2)
        .filter_map(|pair| {
            let ticks = pair[1].pts?.0.checked_sub(pair[0].pts?.0)?;
            (ticks > 0).then_some((pair[1].no.0, ticks))
        })
        .collect();
    let Some(usual) = usual(&steps) else {
        return Vec::new();
    };
    let gap = |&(after, ticks): &(u32, i64)| Gap {
        after,
        ticks,
        missing: (ticks + usual / 2) / usual - 1,
    };
    let wide = |step: &&(u32, i64)| step.1.saturating_mul(4) >= usual.saturating_mul(7);
    let gaps: Vec<_> = steps.iter().filter(wide).map(gap).collect();
    if gaps.len() <= MOST {
        gaps.iter().map(|gap| one(frames, gap, usual)).collect()
    } else {
        vec![all(frames, &gaps, usual)]
    }
}

/// The distance of nine in ten frames, give or take a tick or a twentieth.
fn usual(steps: &[(u32, i64)]) -> Option<i64> {
    let mut ticks: Vec<i64> = steps.iter().map(|step| step.1).collect();
    ticks.sort_unstable();
    let middle = *ticks.get(ticks.len() / 2)?;
    let slack = u64::try_from((middle / 20).max(1)).ok()?;
    let even = ticks
        .iter()
        .filter(|it| it.abs_diff(middle) <= slack)
        .count();
    (ticks.len() + 1 >= FRAMES && even * 10 >= ticks.len() * 9).then_some(middle)
}

fn one(frames: &FrameIndex, gap: &Gap, usual: i64) -> Finding {
    let missing = usize::try_from(gap.missing).unwrap_or(0);
    finding(
        FindingKind::Gap,
        format!(
            "Between frames {} and {} lies time for {}.",
            gap.after - 1,
            gap.after,
            plural(missing, "more frame")
        ),
        spanning(frames, gap.after - 1, gap.after),
        LIMITS,
        &[
            ("ticks", gap.ticks as f64),
            ("usual_ticks", usual as f64),
            ("frames_that_fit", gap.missing as f64),
        ],
    )
}

fn all(frames: &FrameIndex, gaps: &[Gap], usual: i64) -> Finding {
    let places: Vec<u32> = gaps.iter().map(|gap| gap.after).collect();
    let missing: i64 = gaps.iter().map(|gap| gap.missing).sum();
    let (first, last) = (places[0], places[places.len() - 1]);
    finding(
        FindingKind::Gap,
        format!(
            "Time for {} lies in {}: before frame {}.",
            plural(usize::try_from(missing).unwrap_or(0), "more frame"),
            plural(gaps.len(), "gap"),
            some(&places)
        ),
        spanning(frames, first - 1, last),
        LIMITS,
        &[
            ("gaps", gaps.len() as f64),
            ("usual_ticks", usual as f64),
            ("frames_that_fit", missing as f64),
        ],
    )
}
