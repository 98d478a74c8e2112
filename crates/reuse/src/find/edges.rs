//! Where a run begins and ends, to the frame.

use super::Side;
use super::run::Run;
use super::track::Track;

/// How far before the first and after the last supporting sample a boundary is looked for, and how
/// far inside, in query seconds.
const OUTSIDE: f64 = 1.0;
const INSIDE: f64 = 0.35;

/// The spans of a run in query and reference. Footage that is cut in begins and ends at a cut of the
/// query; without one nearby, at the samples that support it.
pub(super) fn sides(run: &Run, query: &Track<'_>, reference: &Track<'_>) -> Option<(Side, Side)> {
    let (head, tail) = (run.inliers.first()?, run.inliers.last()?);
    let tail_end = tail.query_at + query.held(tail.query);
    let first = query
        .cut_near(
            head.query_at,
            head.query_at - OUTSIDE,
            head.query_at + INSIDE,
        )
        .unwrap_or_else(|| query.frame_at(head.query_at));
    let past = query
        .cut_near(tail_end, tail.query_at - INSIDE, tail_end + OUTSIDE)
        .unwrap_or_else(|| query.frame_at(tail_end));
    let from = reference.frame_at(run.line.at(query.starts(first)));
    let to = reference.frame_at(run.line.at(query.starts(past)));
    Some((query.side(first, past)?, reference.side(from, to)?))
}
