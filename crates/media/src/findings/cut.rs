//! Hard cuts: a jump that stands alone.

use super::unlike::unlike;
use super::window::{Seen, Window};
use super::{finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// How unlike the pictures on both sides are at least, in 1/16 of a luma step.
const FLOOR: u32 = 16 * 21 / 2;
/// Pictures on each side among which no other jump may come near.
const AROUND: usize = 4;
/// How many times a cut is as unlike as any jump around it, in 1/10.
const TIMES: u32 = 15;
/// The same towards the busier side, where the calmer side moves less than a third of the cut.
const TIMES_BUSY: u32 = 12;
/// The same where one odd picture comes between the shots.
const TIMES_ODD: u32 = 20;
/// Pictures on each side that must all be unlike those on the other: a flash ends sooner.
const LASTING: usize = 3;
/// Frames within which pictures count as around; a still picture stands for many frames.
const AROUND_FRAMES: u32 = 12;
/// Frames within which a flash ends.
const LASTING_FRAMES: u32 = 8;

#[derive(Debug, Default)]
pub(super) struct Cuts {
    next: usize,
    found: Vec<Finding>,
}

pub(super) fn method() -> Method {
    named(
        "cut/unlike-cells",
        1,
        &[
            ("unlike_at_least", f64::from(FLOOR) / 16.0),
            ("pictures_around", AROUND as f64),
            ("times_any_jump_around", f64::from(TIMES) / 10.0),
            (
                "times_any_jump_around_from_calm",
                f64::from(TIMES_BUSY) / 10.0,
            ),
            (
                "times_any_jump_around_odd_picture",
                f64::from(TIMES_ODD) / 10.0,
            ),
            ("frames_around", f64::from(AROUND_FRAMES)),
            ("pictures_lasting", LASTING as f64),
            ("frames_lasting", f64::from(LASTING_FRAMES)),
        ],
        "Misses cuts between pictures that are alike but for exposure or a small shift, cuts to or \
         from a picture without contrast, and shots of fewer than three pictures.",
    )
}

impl Cuts {
    /// Looks at every picture that has enough others after it.
    pub(super) fn look(&mut self, window: &Window) {
        self.up_to(window.end().saturating_sub(AROUND + 1), window);
    }

    /// Looks at the last pictures too.
    pub(super) fn finish(mut self, window: &Window) -> Vec<Finding> {
        self.up_to(window.end(), window);
        self.found
    }

    fn up_to(&mut self, end: usize, window: &Window) {
        while self.next < end {
            let at = self.next;
            self.next += 1;
            if let Some(Jump {
                seen,
                around,
                lasting,
            }) = judge(window, at)
            {
                self.found.push(finding(
                    FindingKind::Cut,
                    format!("The picture changes at once at frame {}.", seen.place.no),
                    span(seen.place, seen.place),
                    method(),
                    &[
                        ("unlike", f64::from(seen.jump) / 16.0),
                        ("unlike_lasting", f64::from(lasting) / 16.0),
                        ("largest_jump_around", f64::from(around) / 16.0),
                    ],
                ));
            }
        }
    }
}

/// A cut, with what speaks for it.
struct Jump<'a> {
    seen: &'a Seen,
    /// Largest jump around it.
    around: u32,
    /// Least difference across it.
    lasting: u32,
}

/// Whether the picture begins a new shot, at once or after one odd picture: many a splice leaves a
/// blend of both sides or a black frame between them.
fn judge(window: &Window, at: usize) -> Option<Jump<'_>> {
    let seen = window.get(at).filter(|seen| seen.jump >= FLOOR)?;
    [at, at + 1].into_iter().find_map(|settled| {
        let odd = settled > at;
        let floor = if odd { 2 * FLOOR } else { FLOOR };
        let lasting = across(window, at, settled).filter(|&lasting| lasting >= floor)?;
        let least = seen.jump.min(lasting);
        let near = || near(window, at, AROUND, AROUND_FRAMES);
        let before = largest(near().filter(|&(serial, _)| serial < at));
        let after = largest(near().filter(|&(serial, _)| serial > settled));
        let (calm, around) = (before.min(after), before.max(after));
        let alone = least * 10 >= around * if odd { TIMES_ODD } else { TIMES };
        let from_calm =
            !odd && least >= (calm * 3).max(2 * FLOOR) && least * 10 >= around * TIMES_BUSY;
        (alone || from_calm).then_some(Jump {
            seen,
            around,
            lasting,
        })
    })
}

fn largest<'a>(pictures: impl Iterator<Item = (usize, &'a Seen)>) -> u32 {
    pictures.map(|(_, seen)| seen.jump).max().unwrap_or(0)
}

/// How unlike the most similar pair is of pictures before `at` and from `settled` on. The one just
/// before counts however long it has stood.
fn across(window: &Window, at: usize, settled: usize) -> Option<u32> {
    let before = || {
        near(window, at, LASTING, LASTING_FRAMES)
            .filter(|&(serial, _)| serial + 1 < at)
            .chain(
                at.checked_sub(1)
                    .and_then(|serial| Some((serial, window.get(serial)?))),
            )
    };
    near(window, settled, LASTING, LASTING_FRAMES)
        .filter(|&(serial, _)| serial >= settled)
        .flat_map(|(_, after)| before().map(|(_, before)| unlike(&before.glance, &after.glance)))
        .min()
}

/// Pictures up to `reach` away from one in number that were shown up to `frames` away from it.
fn near(
    window: &Window,
    at: usize,
    reach: usize,
    frames: u32,
) -> impl Iterator<Item = (usize, &Seen)> {
    let centre = window.get(at).map_or(0, |seen| seen.place.no.0);
    (at.saturating_sub(reach)..=at + reach)
        .filter_map(|serial| Some((serial, window.get(serial)?)))
        .filter(move |(_, seen)| seen.place.no.0.abs_diff(centre) <= frames)
}
