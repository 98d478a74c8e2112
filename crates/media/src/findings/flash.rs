//! Flashes: a few frames unlike those on both sides, which are alike.

use super::glance::Glance;
use super::recent::Recent;
use super::unlike::unlike;
use super::{Place, finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// Frames of the longest flash.
const LONGEST: usize = 4;
/// Frames before and after in which the light must be steady.
const STEADY: usize = 4;
/// Mean luma that a flash differs from both sides at least, in 1/16 of a step.
const EXCURSION: u32 = 16 * 10;
/// The most that mean luma may move within the steady frames, as a part of the excursion.
const STEADY_PART: u32 = 3;
/// How unlike a foreign picture is to both sides at least, in 1/16 of a step.
const FOREIGN: u32 = 16 * 20;
/// How unlike the two sides may be to each other, as a part of that.
const SAME_PART: u32 = 4;
/// Sum of cell differences from which a frame is looked at.
const WORTH: u32 = 3000;

#[derive(Debug, Default)]
pub(super) struct Flashes {
    next: usize,
    found: Vec<Finding>,
}

pub(super) fn method() -> Method {
    named(
        "flash/excursion",
        1,
        &[
            ("frames_at_most", LONGEST as f64),
            ("frames_steady_beside", STEADY as f64),
            ("luma_excursion_at_least", f64::from(EXCURSION) / 16.0),
            ("steady_within_part", f64::from(STEADY_PART)),
            ("foreign_unlike_at_least", f64::from(FOREIGN) / 16.0),
        ],
        "Sees a flash of up to four frames on a steady picture; photographers' flashes, lightning \
         and muzzle flashes look the same to it as a frame that was put in. Misses flashes in \
         changing light and near cuts.",
    )
}

/// What a flash is like.
enum Nature {
    Brighter(u32),
    Darker(u32),
    Foreign(u32),
}

impl Flashes {
    /// Looks at every frame that has enough others after it.
    pub(super) fn look(&mut self, recent: &Recent) {
        while self.next + LONGEST + STEADY < recent.end() {
            let at = self.next;
            self.next += 1;
            if let Some((length, nature)) =
                (1..=LONGEST).find_map(|length| Some((length, judge(recent, at, length)?)))
                && let (Some(first), Some(last)) = (recent.get(at), recent.get(at + length - 1))
            {
                self.next += length;
                self.found.push(describe(first.place, last.place, &nature));
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        self.found
    }
}

/// Whether the `length` frames from `at` stand out from steady ones on both sides.
fn judge(recent: &Recent, at: usize, length: usize) -> Option<Nature> {
    let start = at.checked_sub(STEADY)?;
    if recent.get(at)?.step < WORTH || recent.get(at + length)?.step < WORTH {
        return None;
    }
    let glance = |serial: usize| recent.get(serial).map(|shown| &shown.glance);
    let beside: Vec<u32> = (start..at)
        .chain(at + length..at + length + STEADY)
        .map(|serial| glance(serial).map(Glance::mean))
        .collect::<Option<_>>()?;
    let (low, high) = (*beside.iter().min()?, *beside.iter().max()?);
    let (before, after) = (glance(at - 1)?, glance(at + length)?);
    let inside: Vec<&Glance> = (at..at + length).map(glance).collect::<Option<_>>()?;
    let darkest = inside.iter().map(|it| it.mean()).min()?;
    let brightest = inside.iter().map(|it| it.mean()).max()?;
    let steady = |excursion: u32| {
        excursion >= EXCURSION
            && (high - low) * STEADY_PART <= excursion
            && unlike(before, after) < FOREIGN / 2
    };
    let (up, down) = (darkest.saturating_sub(high), low.saturating_sub(brightest));
    if steady(up) {
        return Some(Nature::Brighter(up));
    }
    if steady(down) {
        return Some(Nature::Darker(down));
    }
    let least = inside
        .iter()
        .map(|it| unlike(before, it).min(unlike(it, after)))
        .min()?;
    (least >= FOREIGN && unlike(before, after) * SAME_PART <= least)
        .then_some(Nature::Foreign(least))
}

fn describe(first: Place, last: Place, nature: &Nature) -> Finding {
    let place = if first == last {
        format!("Frame {} is", first.no)
    } else {
        format!("Frames {} to {} are", first.no, last.no)
    };
    let light = |more: u32, how: &str| {
        let steps = (more + 8) / 16;
        format!("{place} {steps} luma steps {how} than the frames before and after.")
    };
    let (summary, name, value) = match *nature {
        Nature::Brighter(more) => (light(more, "brighter"), "luma_excursion", more),
        Nature::Darker(less) => (light(less, "darker"), "luma_excursion", less),
        Nature::Foreign(unlike) => (
            format!("{place} unlike the frames before and after, which are alike."),
            "unlike",
            unlike,
        ),
    };
    let sign = if matches!(nature, Nature::Darker(_)) {
        -1.0
    } else {
        1.0
    };
    finding(
        FindingKind::Flash,
        summary,
        span(first, last),
        method(),
        &[
            ("frames", f64::from(last.no.0 - first.no.0 + 1)),
            (name, sign * f64::from(value) / 16.0),
        ],
    )
}
