//! Which spans of a query show the same footage as which spans of references.

mod edges;
mod evidence;
mod line;
mod run;

use rayon::prelude::*;

use crate::prints::Prints;
use edges::Track;
use evidence::Pair;
use line::Line;
use run::Run;

/// Spans taken from one pair of videos, at most, for each of plain and mirrored.
const SPANS: usize = 8;

/// Alignments scoring less are not reported.
const LEAST_SCORE: f32 = 0.2;

/// Two spans found to show the same footage.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Position of the reference in the list given to [`find`].
    pub reference: usize,
    /// Where in the query.
    pub query: Side,
    /// Where in the reference.
    pub reference_side: Side,
    /// How sure, 0 to 1. Over one half, chance agreement was not seen in measurement.
    pub score: f32,
    /// Whether one is the left-to-right mirror of the other.
    pub mirrored: bool,
    /// How many times faster the query plays than the reference, about 0.5 to 2.
    pub speed: f64,
}

/// One side of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Number of the first frame.
    pub first: u32,
    /// Number of the last frame, itself included.
    pub last: u32,
    /// Presentation time of the first frame, in ticks of the video's time base.
    pub start: i64,
    /// Presentation time at which the last frame ends; not part of the span.
    pub end: i64,
}

/// Finds the footage that `query` shares with each of `references`.
///
/// The result is sorted by score, the surest first, then by reference and place. It depends on the
/// prints alone: not on threads, nor on the order of references but for [`Alignment::reference`]
/// and the order of equals. A video compared with itself matches itself; leaving it out is the
/// caller's.
pub fn find(query: &Prints, references: &[&Prints]) -> Vec<Alignment> {
    let query = Track::new(query);
    let mut found: Vec<Alignment> = references
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, reference)| align(&query, at, &Track::new(reference)))
        .collect();
    found.sort_by(|a, b| {
        let place = |x: &Alignment| {
            (
                x.reference,
                x.query.first,
                x.reference_side.first,
                x.mirrored,
            )
        };
        b.score
            .total_cmp(&a.score)
            .then_with(|| place(a).cmp(&place(b)))
    });
    found
}

/// All alignments of the query with one reference.
fn align(query: &Track<'_>, at: usize, reference: &Track<'_>) -> Vec<Alignment> {
    let mut runs: Vec<(Run, bool)> = Vec::new();
    for mirrored in [false, true] {
        let mut pairs = evidence::pairs(query, reference, mirrored);
        for _ in 0..SPANS {
            let Some(run) = best_run(&pairs, query, reference) else {
                break;
            };
            pairs.retain(|pair| !run.explains(pair));
            runs.push((run, mirrored));
        }
    }
    runs.sort_by(|a, b| b.0.strength.total_cmp(&a.0.strength));
    let mut kept: Vec<(Run, bool)> = Vec::new();
    for (run, mirrored) in runs {
        if kept.iter().all(|(better, _)| !run.mostly_within(better)) {
            kept.push((run, mirrored));
        }
    }
    kept.into_iter()
        .filter_map(|(run, mirrored)| alignment(&run, mirrored, query, at, reference))
        .filter(|alignment| alignment.score >= LEAST_SCORE)
        .collect()
}

/// The strongest run of evidence along one line.
fn best_run(pairs: &[Pair], query: &Track<'_>, reference: &Track<'_>) -> Option<Run> {
    let first = run::along(line::strongest(pairs)?, pairs, query, reference)?;
    let refined =
        line::fitted(&first.inliers).map(|line: Line| run::along(line, pairs, query, reference));
    match refined {
        Some(Some(second)) if second.strength >= first.strength => Some(second),
        _ => Some(first),
    }
}

fn alignment(
    run: &Run,
    mirrored: bool,
    query: &Track<'_>,
    at: usize,
    reference: &Track<'_>,
) -> Option<Alignment> {
    let (query_side, reference_side) = edges::sides(run, query, reference)?;
    Some(Alignment {
        reference: at,
        query: query_side,
        reference_side,
        score: run.score(),
        mirrored,
        speed: run.line.slope,
    })
}
