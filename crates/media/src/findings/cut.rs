//! Hard cuts: a jump that stands alone.

use super::unlike::unlike;
use super::window::{Seen, Window};
use super::{finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// How unlike the pictures on both sides are at least, in 1/16 of a luma step.
const FLOOR: u32 = 16 * 9;
/// Pictures on each side among which no other jump may come near.
const AROUND: usize = 4;
/// How many times a cut is as unlike as any jump around it, in 1/10.
const TIMES: u32 = 15;
/// Pictures on each side that must all be unlike those on the other: a flash ends sooner.
const LASTING: usize = 3;

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
            ("pictures_lasting", LASTING as f64),
        ],
        "Misses cuts between pictures that are alike but for exposure or a small shift, cuts to or \
         from a picture without contrast, and shots of fewer than three pictures.",
    )
}

impl Cuts {
    /// Looks at every picture that has enough others after it.
    pub(super) fn look(&mut self, window: &Window) {
        self.up_to(window.end().saturating_sub(AROUND), window);
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
            if let Some((seen, around, lasting)) = judge(window, at) {
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

/// The picture, the largest jump around it and the least difference across it, if it is a cut.
fn judge(window: &Window, at: usize) -> Option<(&Seen, u32, u32)> {
    let seen = window.get(at)?;
    if seen.jump < FLOOR {
        return None;
    }
    let around = (at.saturating_sub(AROUND)..=at + AROUND)
        .filter(|&other| other != at)
        .filter_map(|other| window.get(other))
        .map(|other| other.jump)
        .max()
        .unwrap_or(0);
    if seen.jump * 10 < around * TIMES {
        return None;
    }
    let lasting = across(window, at).unwrap_or(0);
    (lasting >= FLOOR && lasting * 10 >= around * TIMES).then_some((seen, around, lasting))
}

/// How unlike the most similar pair is of pictures just before and just after.
fn across(window: &Window, at: usize) -> Option<u32> {
    let before = (at.saturating_sub(LASTING)..at).filter_map(|serial| window.get(serial));
    before
        .flat_map(|before| {
            let after = (at..at + LASTING).filter_map(|serial| window.get(serial));
            after.map(|after| unlike(&before.glance, &after.glance))
        })
        .min()
}
