//! Jumps along a movement: the step between two frames is as long as several steps beside it and
//! leads the same way, as where frames were left out before the video was coded.

mod beat;

use super::glance::{CELLS, Glance};
use super::recent::{Recent, Shown, median};
use super::{Place, finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// Frames looked at on each side.
const BESIDE: usize = 5;
/// Sum of cell differences that a jump is at least.
const STEP: u32 = 480;
/// How many times the largest step beside it a jump is at least, in 1/10.
const TIMES: u32 = 16;
/// The same where the movement before and after does not lead the same way.
const TIMES_ASTRAY: u32 = 30;
/// Median step on each side at least: what stands still cannot jump along.
const MOVES: u32 = 70;
/// How far the next frame must lie from the last frame before the jump, in 1/100 of the jump.
const ONWARD: u32 = 102;
/// Cosine between the jump and the movement on each side at least, in 1/10.
const ALONG: i64 = 3;
/// The same for a jump of [`TIMES_ASTRAY`].
const ASTRAY: i64 = -1;
/// Frames over which the direction on each side is taken.
const DIRECTION: usize = 3;
/// Sum of cell differences up to which a frame repeats the one before.
const REPEAT: u32 = 57;
/// Frames within which a repetition explains a jump.
const REPEAT_NEAR: usize = 2;
/// Frames within which a cut explains a jump.
const CUT_NEAR: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Jumps {
    next: usize,
    found: Vec<Jump>,
}

/// A jump with what speaks for it.
#[derive(Clone, Debug)]
struct Jump {
    before: Place,
    place: Place,
    step: u32,
    largest: u32,
    median: u32,
}

pub(super) fn method() -> Method {
    named(
        "jump/step",
        1,
        &[
            ("frames_beside", BESIDE as f64),
            ("step_at_least", f64::from(STEP)),
            ("times_any_step_beside", f64::from(TIMES) / 10.0),
            (
                "times_any_step_beside_astray",
                f64::from(TIMES_ASTRAY) / 10.0,
            ),
            ("cosine_at_least", ALONG as f64 / 10.0),
            ("cosine_astray_at_least", ASTRAY as f64 / 10.0),
            ("step_beside_at_least", f64::from(MOVES)),
        ],
        "Needs even movement of a good part of the picture: misses frames left out where little \
         moves, or all moves unevenly, and single frames. A jerk of the camera, something that \
         suddenly enters, and a camera that lost a frame by itself look the same to it.",
    )
}

impl Jumps {
    /// Looks at every frame that has enough others after it.
    pub(super) fn look(&mut self, recent: &Recent) {
        while self.next + BESIDE < recent.end() {
            let at = self.next;
            self.next += 1;
            self.found.extend(judge(recent, at));
        }
    }

    /// What is left when transitions that were `found` are taken out, single or as one beat.
    pub(super) fn finish(self, found: &[Finding]) -> Vec<Finding> {
        let explained = |jump: &Jump| {
            found.iter().filter_map(|it| it.span).any(|span| {
                let no = jump.place.no.0;
                no + CUT_NEAR >= span.first.0 && no <= span.last.0.saturating_add(CUT_NEAR)
            })
        };
        let mut jumps = self.found;
        jumps.retain(|jump| !explained(jump));
        let (beats, single) = beat::part(jumps);
        single.iter().map(describe).chain(beats).collect()
    }
}

fn judge(recent: &Recent, at: usize) -> Option<Jump> {
    let here = recent.get(at)?;
    if here.step < STEP || at <= BESIDE {
        return None;
    }
    let get = |serial: usize| recent.get(serial);
    let step = |serial: usize| get(serial).map_or(0, |it| it.step);
    let (before, after) = (at - BESIDE..at, at + 1..at + 1 + BESIDE);
    let largest = before.clone().chain(after.clone()).map(step).max()?;
    let repeats = (at - REPEAT_NEAR..=at + REPEAT_NEAR).any(|serial| step(serial) <= REPEAT);
    let moves = median(before.clone().map(step)).min(median(after.clone().map(step)));
    if here.step * 10 < largest.saturating_mul(TIMES) || repeats || moves < MOVES {
        return None;
    }
    let (last, next) = (get(at - 1)?, get(at + 1)?);
    let onward = last.glance.difference(&next.glance);
    if onward * 100 < here.step * ONWARD || !in_time(recent, at) {
        return None;
    }
    let jump = Way::between(&last.glance, &here.glance);
    let lead = Way::between(&get(at - 1 - DIRECTION)?.glance, &last.glance);
    let follow = Way::between(&here.glance, &get(at + DIRECTION)?.glance);
    let along = |least: i64| jump.along(&lead, least) && jump.along(&follow, least);
    let far = here.step * 10 >= largest.saturating_mul(TIMES_ASTRAY);
    (along(ALONG) || far && along(ASTRAY)).then_some(Jump {
        before: last.place,
        place: here.place,
        step: here.step,
        largest,
        median: moves,
    })
}

/// Whether no more time passes before frame `at` than before its neighbours: else time explains it.
fn in_time(recent: &Recent, at: usize) -> bool {
    let passes = |serial: usize| {
        let pts = |shown: Option<&Shown>| shown?.place.pts;
        let (before, this) = (pts(recent.get(serial - 1))?, pts(recent.get(serial))?);
        this.0.checked_sub(before.0)
    };
    let beside = (at - BESIDE..at).chain(at + 1..at + 1 + BESIDE);
    let longest = beside.filter_map(passes).max();
    match (passes(at), longest) {
        (Some(here), Some(longest)) => here > 0 && here <= longest.saturating_mul(5) / 4,
        _ => true,
    }
}

/// The way from one picture to another in the space of the cells.
struct Way([i16; CELLS]);

impl Way {
    fn between(a: &Glance, b: &Glance) -> Self {
        let mut way = [0; CELLS];
        for (to, (&a, &b)) in way.iter_mut().zip(a.cells.iter().zip(&b.cells)) {
            *to = i16::from(b) - i16::from(a);
        }
        Self(way)
    }

    fn dot(&self, other: &Self) -> i64 {
        let pairs = self.0.iter().zip(&other.0);
        pairs.map(|(&a, &b)| i64::from(a) * i64::from(b)).sum()
    }

    /// Whether the cosine between both is at least `least` tenths. Squares stay below 2⁵² · 100.
    fn along(&self, other: &Self, least: i64) -> bool {
        let dot = self.dot(other);
        let cosine = 100 * i128::from(dot) * i128::from(dot.abs());
        let bound = i128::from(least * least.abs());
        cosine >= bound * i128::from(self.dot(self)) * i128::from(other.dot(other))
    }
}

fn describe(jump: &Jump) -> Finding {
    let times = (jump.step + jump.median / 2) / jump.median.max(1);
    finding(
        FindingKind::MotionJump,
        format!(
            "The movement jumps from frame {} to {}: the step is {times} times those beside it.",
            jump.before.no, jump.place.no
        ),
        span(jump.before, jump.place),
        method(),
        &[
            ("step", f64::from(jump.step)),
            ("largest_step_beside", f64::from(jump.largest)),
            ("median_step_beside", f64::from(jump.median)),
        ],
    )
}
