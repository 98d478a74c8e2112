//! What carries a match, and what was done to the picture.

use super::consensus::{Fit, Shared, arrangement};
use super::line::Line;
use super::run::Run;
use super::track::Track;

/// Frame pairs told of one match.
const TOLD: usize = 8;

/// Pairs of pictures whose corners are compared.
const COMPARED: usize = 12;

/// How far from the line pictures with corners may lie, in seconds.
const NEAR: f64 = 0.35;

/// Descriptors further apart are no corner in both pictures.
const ALIKE: u32 = 56;

/// A frame of the query and the frame of the reference that it looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FramePair {
    /// Number of the query's frame.
    pub query: u32,
    /// Number of the reference's frame.
    pub reference: u32,
    /// What it counts as evidence, 0 to 1.
    pub likeness: f32,
}

/// A part of a picture, in shares of its width and height from its left and top: 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Left side.
    pub x: f32,
    /// Top side.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Where either picture lies in the other, by corners that both show: a crop, an inset, a reframe. An
/// estimate; whole pictures come out within a few hundredths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alteration {
    /// Where in the query's picture the reference's lies.
    pub in_query: Part,
    /// Which part of the reference's picture the query shows.
    pub in_reference: Part,
}

/// The strongest pairs of a run, spread over it, in order of time.
pub(super) fn pairs(run: &Run, [query, reference]: [&Track<'_>; 2]) -> Vec<FramePair> {
    let share = run.inliers.len().div_ceil(TOLD).max(1);
    let strongest = run.inliers.chunks(share).filter_map(|some| {
        some.iter().reduce(|best, pair| {
            if pair.weight > best.weight {
                pair
            } else {
                best
            }
        })
    });
    strongest
        .map(|pair| FramePair {
            query: query.number(pair.query),
            reference: reference.number(pair.reference),
            likeness: pair.weight.min(1.0),
        })
        .collect()
}

/// Where either picture lies in the other; `None` where too few corners agree. Tracks are of samples
/// with corners.
pub(super) fn alteration(
    run: &Run,
    [query, reference]: [&Track<'_>; 2],
    mirrored: bool,
) -> Option<Alteration> {
    let (head, tail) = run.extent()?;
    let (first, past) = (query.sample_from(head), query.sample_from(tail + 1e-6));
    let step = (past - first).div_ceil(COMPARED).max(1);
    let mut fits: Vec<Fit> = (first..past)
        .step_by(step)
        .filter_map(|i| fit(i, &run.line, query, reference, mirrored))
        .collect();
    fits.sort_by(|a, b| a.scale.total_cmp(&b.scale));
    let middle = fits.get(fits.len() / 2)?;
    let (size, other) = (query.size(), reference.size());
    // A mirrored reference's columns count leftwards from 0.
    let left = if mirrored { -other.0 } else { 0.0 };
    let placed = |x: f32, y: f32| {
        (
            middle.scale * x + middle.shift.0,
            middle.scale * y + middle.shift.1,
        )
    };
    let (from, to) = (placed(left, 0.0), placed(left + other.0, other.1));
    let in_query = part(from, to, size)?;
    let back = |x: f32, y: f32| {
        (
            (x - middle.shift.0) / middle.scale - left,
            (y - middle.shift.1) / middle.scale,
        )
    };
    let mut in_reference = part(back(0.0, 0.0), back(size.0, size.1), other)?;
    if mirrored {
        in_reference.x = 1.0 - in_reference.x - in_reference.width;
    }
    Some(Alteration {
        in_query,
        in_reference,
    })
}

/// The part of a picture of a size that a box covers.
fn part(from: (f32, f32), to: (f32, f32), size: (f32, f32)) -> Option<Part> {
    let within = |at: f32, side: f32| (at / side).clamp(0.0, 1.0);
    let (x, y) = (within(from.0, size.0), within(from.1, size.1));
    let (width, height) = (within(to.0, size.0) - x, within(to.1, size.1) - y);
    (width > 0.0 && height > 0.0).then_some(Part {
        x,
        y,
        width,
        height,
    })
}

/// The shift and scale on which the corners of a sample and of its fellow on the line agree.
fn fit(
    i: usize,
    line: &Line,
    query: &Track<'_>,
    reference: &Track<'_>,
    mirrored: bool,
) -> Option<Fit> {
    let at = line.at(query.sample_at(i));
    let after = reference.sample_from(at);
    let away = |j: usize| (reference.sample_at(j) - at).abs();
    let j = [after.checked_sub(1), Some(after)]
        .into_iter()
        .flatten()
        .filter(|&j| j < reference.views.len() && away(j) <= NEAR)
        .min_by(|&a, &b| away(a).total_cmp(&away(b)))?;
    let mut shared = Vec::new();
    for point in &query.sample(i).points {
        let bits = if mirrored {
            point.mirrored()
        } else {
            point.bits
        };
        let fellows = reference.sample(j).points.iter();
        let nearest = fellows
            .map(|fellow| (fellow.distance(&bits), fellow))
            .min_by_key(|(distance, _)| *distance);
        if let Some((distance, fellow)) = nearest.filter(|(distance, _)| *distance <= ALIKE) {
            shared.push(Shared::new(point, fellow, distance, mirrored));
        }
    }
    arrangement(&mut shared)
}
