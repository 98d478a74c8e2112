//! What follows from ratings: scores, diagnosticity, and the evidence that the order rests on.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use store::number::HypothesisNo;
use store::vocabulary::Bearing;

use crate::view::{Analysis, Matrix, Score, Weight};

/// One analyst's ratings of a piece of evidence, a cell for each hypothesis.
pub(super) struct Rated<'a> {
    pub(super) evidence: &'a str,
    pub(super) cells: Vec<Option<Bearing>>,
}

/// What follows from the ratings of each analyst who made any, by name.
pub(super) fn by_analyst(matrix: &Matrix) -> Vec<Analysis> {
    let cells = matrix.evidence.iter().flat_map(|row| &row.cells);
    let actors: BTreeSet<&str> = cells
        .flat_map(|cell| &cell.standing)
        .map(|link| link.origin.actor.as_str())
        .collect();
    let hypotheses: Vec<HypothesisNo> = matrix.hypotheses.iter().map(|one| one.number).collect();
    actors
        .into_iter()
        .map(|actor| analyse(actor, &hypotheses, &rated(matrix, actor)))
        .collect()
}

/// The rows of which `actor` rated at least one cell.
fn rated<'a>(matrix: &'a Matrix, actor: &str) -> Vec<Rated<'a>> {
    let rows = matrix.evidence.iter().map(|row| Rated {
        evidence: &row.evidence,
        cells: (row.cells.iter())
            .map(|cell| {
                let own = cell.standing.iter().find(|one| one.origin.actor == actor);
                own.map(|link| link.bearing)
            })
            .collect(),
    });
    rows.filter(|row| row.cells.iter().any(Option::is_some))
        .collect()
}

pub(super) fn analyse(actor: &str, hypotheses: &[HypothesisNo], rows: &[Rated<'_>]) -> Analysis {
    let scores = scores(hypotheses.len(), rows.iter());
    let unrated = |at: usize| rows.iter().filter(|row| row.cells[at].is_none()).count();
    let mut order: Vec<Score> = hypotheses
        .iter()
        .enumerate()
        .map(|(at, number)| Score {
            hypothesis: *number,
            inconsistency: scores[at],
            unrated: u32::try_from(unrated(at)).unwrap_or(u32::MAX),
        })
        .collect();
    order.sort_by_key(|one| (one.inconsistency, one.hypothesis));
    let mut weight: Vec<Weight> = (0..rows.len())
        .map(|at| weigh(hypotheses, rows, at, &scores))
        .collect();
    weight.sort_by_key(|one| Reverse(one.diagnosticity));
    Analysis {
        actor: actor.to_owned(),
        order,
        weight,
    }
}

/// Inconsistency of each hypothesis.
fn scores<'a>(count: usize, rows: impl Iterator<Item = &'a Rated<'a>>) -> Vec<u32> {
    let mut scores = vec![0; count];
    for row in rows {
        for (score, cell) in scores.iter_mut().zip(&row.cells) {
            *score += cell.map_or(0, against);
        }
    }
    scores
}

fn weigh(hypotheses: &[HypothesisNo], rows: &[Rated<'_>], at: usize, with: &[u32]) -> Weight {
    let others = rows.iter().enumerate().filter(|(other, _)| *other != at);
    let without = scores(hypotheses.len(), others.map(|(_, row)| row));
    let (mut flips, mut parts) = (Vec::new(), Vec::new());
    for one in 0..hypotheses.len() {
        for other in 0..hypotheses.len() {
            // Each pair once, the one that is ahead first.
            if with[one] < with[other] {
                let pair = [hypotheses[one], hypotheses[other]];
                match without[one].cmp(&without[other]) {
                    Ordering::Less => {}
                    Ordering::Equal => parts.push(pair),
                    Ordering::Greater => flips.push(pair),
                }
            }
        }
    }
    Weight {
        evidence: rows[at].evidence.to_owned(),
        diagnosticity: diagnosticity(&rows[at].cells),
        flips,
        parts,
    }
}

/// What a rating counts against a hypothesis.
fn against(bearing: Bearing) -> u32 {
    match bearing {
        Bearing::StronglyInconsistent => 2,
        Bearing::Inconsistent => 1,
        _ => 0,
    }
}

/// Where a rating lies between consistent and inconsistent; nowhere if it does not apply.
fn level(bearing: Bearing) -> Option<i64> {
    match bearing {
        Bearing::StronglyConsistent => Some(2),
        Bearing::Consistent => Some(1),
        Bearing::Neutral => Some(0),
        Bearing::Inconsistent => Some(-1),
        Bearing::StronglyInconsistent => Some(-2),
        Bearing::NotApplicable => None,
    }
}

/// Population standard deviation of the levels in thousandths, rounded down.
fn diagnosticity(cells: &[Option<Bearing>]) -> Option<u32> {
    let levels: Vec<i64> = cells
        .iter()
        .flatten()
        .filter_map(|one| level(*one))
        .collect();
    let count = i64::try_from(levels.len())
        .ok()
        .filter(|count| *count > 1)?;
    let (sum, squares) = (
        levels.iter().sum::<i64>(),
        levels.iter().map(|one| one * one).sum::<i64>(),
    );
    // count² times the variance, which is a whole number and not negative.
    let spread = u64::try_from(count * squares - sum * sum).ok()?;
    let root = (spread * 1_000_000).isqrt();
    u32::try_from(root / count.unsigned_abs()).ok()
}
