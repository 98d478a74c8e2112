//! Corners shared by two pictures, and how many agree on one shift and scale.

use crate::points::{Point, RATIO};

/// Fewest corners that must agree. Five of forty chance likenesses seldom do, within [`OFF`].
const FEWEST: usize = 5;

/// Corners beyond the fewest at which the evidence is whole.
const PLENTY: f32 = 6.0;

/// How far a corner may lie from where the others place it, in samples of the query's picture.
const OFF: f32 = 5.0;

/// Likenesses weighed of one pair of pictures, the closest first.
const WEIGHED: usize = 40;

/// How far scale may lie from what the levels of a corner say: levels are 1.3 apart.
const SLACK: f32 = 1.3;

/// Least distance, in either picture, of two corners that define a fit.
const APART: f32 = 16.0;

/// Least part of the reduced picture, in samples, that agreeing corners must span in the query: a
/// station's logo is no footage.
const SPAN: f32 = 1800.0;

/// One corner in both pictures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    query: (f32, f32),
    reference: (f32, f32),
    /// Scale by the levels.
    scale: f32,
    distance: u32,
}

impl Shared {
    /// Of a mirrored reference, places count leftwards.
    pub(super) fn new(query: &Point, reference: &Point, distance: u32, mirrored: bool) -> Self {
        let place = |point: &Point| (f32::from(point.x), f32::from(point.y));
        let (x, y) = place(reference);
        Self {
            query: place(query),
            reference: (if mirrored { -x } else { x }, y),
            scale: RATIO.powi(i32::from(query.level) - i32::from(reference.level)),
            distance,
        }
    }
}

/// How much evidence the corners are: 0 to 1 and over, none where they do not agree.
pub(super) fn agreement(shared: &mut Vec<Shared>) -> Option<f32> {
    let (most, _) = best(shared)?;
    Some((most - FEWEST + 1) as f32 / PLENTY)
}

/// What the corners agree on.
pub(super) fn arrangement(shared: &mut Vec<Shared>) -> Option<Fit> {
    best(shared).map(|(_, fit)| fit)
}

/// The fit that most corners agree on, enough of them, and how many.
fn best(shared: &mut Vec<Shared>) -> Option<(usize, Fit)> {
    if shared.len() < FEWEST {
        return None;
    }
    shared.sort_by(|a, b| {
        let place = |s: &Shared| (s.query.1, s.query.0, s.reference.1, s.reference.0);
        let ((a1, a2, a3, a4), (b1, b2, b3, b4)) = (place(a), place(b));
        let closer = a.distance.cmp(&b.distance);
        closer
            .then(a1.total_cmp(&b1))
            .then(a2.total_cmp(&b2))
            .then(a3.total_cmp(&b3))
            .then(a4.total_cmp(&b4))
    });
    shared.truncate(WEIGHED);
    let mut best: Option<(usize, Fit)> = None;
    for (k, a) in shared.iter().enumerate() {
        for b in &shared[k + 1..] {
            let Some(fit) = Fit::through(a, b) else {
                continue;
            };
            let agreeing = shared.iter().filter(|s| fit.miss_squared(s) <= OFF * OFF);
            let count = distinct(agreeing.clone());
            let most = best.as_ref().map_or(FEWEST - 1, |(most, _)| *most);
            if count > most && spans(agreeing) {
                best = Some((count, fit));
            }
        }
    }
    best
}

/// A shift and a scale from reference to query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fit {
    pub(super) scale: f32,
    pub(super) shift: (f32, f32),
}

impl Fit {
    /// The fit through two corners, where it is one: no turn, and a scale as their levels say.
    fn through(a: &Shared, b: &Shared) -> Option<Self> {
        let (qx, qy) = (b.query.0 - a.query.0, b.query.1 - a.query.1);
        let (rx, ry) = (b.reference.0 - a.reference.0, b.reference.1 - a.reference.1);
        let length = rx * rx + ry * ry;
        let scale = (qx * rx + qy * ry) / length;
        let fits = |s: &Shared| scale > s.scale / SLACK && scale < s.scale * SLACK;
        if length < APART * APART || qx * qx + qy * qy < APART * APART || !fits(a) || !fits(b) {
            return None;
        }
        let shift = (
            a.query.0 - scale * a.reference.0,
            a.query.1 - scale * a.reference.1,
        );
        let fit = Self { scale, shift };
        (fit.miss_squared(b) <= OFF * OFF).then_some(fit)
    }

    /// Square of how far from its place a corner lies; far where its levels say another scale.
    fn miss_squared(&self, shared: &Shared) -> f32 {
        if self.scale > shared.scale * SLACK || self.scale < shared.scale / SLACK {
            return f32::INFINITY;
        }
        let x = shared.query.0 - self.scale * shared.reference.0 - self.shift.0;
        let y = shared.query.1 - self.scale * shared.reference.1 - self.shift.1;
        x * x + y * y
    }
}

/// Corners that lie apart: one found at several levels counts once.
fn distinct<'a>(shared: impl Iterator<Item = &'a Shared>) -> usize {
    let mut places: Vec<(i32, i32)> = shared
        .map(|s| ((s.query.0 / 6.0) as i32, (s.query.1 / 6.0) as i32))
        .collect();
    places.sort_unstable();
    places.dedup();
    places.len()
}

/// Whether corners span enough of the query's picture.
fn spans<'a>(shared: impl Iterator<Item = &'a Shared>) -> bool {
    let mut extent = [f32::MAX, f32::MIN, f32::MAX, f32::MIN];
    for Shared { query: (x, y), .. } in shared {
        extent = [
            extent[0].min(*x),
            extent[1].max(*x),
            extent[2].min(*y),
            extent[3].max(*y),
        ];
    }
    (extent[1] - extent[0]) * (extent[3] - extent[2]) >= SPAN
}
