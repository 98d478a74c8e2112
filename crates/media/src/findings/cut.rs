//! Hard cuts.

use super::glance::{CELLS, Glance};
use super::{Place, finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// Mean difference of cells, in 1/16 of a luma step, that a cut exceeds.
const FLOOR: u32 = 16 * 12;
/// How many times the difference of its neighbours a cut's is.
const RATIO: u32 = 3;

#[derive(Debug, Default)]
pub(super) struct Cuts {
    before: Option<Glance>,
    last_change: u32,
    candidate: Option<(Place, u32)>,
    found: Vec<Finding>,
}

pub(super) fn method() -> Method {
    named(
        "cut/cell-difference",
        1,
        &[
            ("difference_over", f64::from(FLOOR) / 16.0),
            ("times_neighbours", f64::from(RATIO)),
        ],
        "Gradual transitions are not cuts to it; a cut between like pictures may be missed.",
    )
}

impl Cuts {
    pub(super) fn frame(&mut self, place: Place, glance: Glance) {
        let change = self
            .before
            .as_ref()
            .map_or(0, |before| difference(before, &glance));
        if let Some((at, jump)) = self.candidate.take()
            && jump > RATIO * change
        {
            self.found.push(finding(
                FindingKind::Cut,
                format!("The picture changes at once at frame {}.", at.no),
                span(at, at),
                method(),
                &[("difference", f64::from(jump) / 16.0)],
            ));
        }
        if change > FLOOR && change > RATIO * self.last_change {
            self.candidate = Some((place, change));
        }
        self.last_change = change;
        self.before = Some(glance);
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        self.found
    }
}

/// Mean absolute difference of cells in 1/16 of a luma step.
fn difference(a: &Glance, b: &Glance) -> u32 {
    let sum: u32 = a
        .cells
        .iter()
        .zip(&b.cells)
        .map(|(&a, &b)| u32::from(a.abs_diff(b)))
        .sum();
    sum * 16 / CELLS as u32
}
