//! Corners shared by a picture and a sample of a video, and the one place and scale they agree on.

use super::picture::Area;

/// Fewest corners that must agree.
const FEWEST: usize = 4;

/// How far a corner may lie from where the others place it, in samples of the reduced picture.
const OFF: f32 = 4.0;

/// Likenesses weighed, the closest first.
const WEIGHED: usize = 64;

/// How far scale may lie from what the levels of a corner say.
const SLACK: f32 = 1.35;

/// Least distance in the reduced picture of two corners that define a fit.
const APART: f32 = 24.0;

/// Least part of the reduced picture's area that agreeing corners must span: a logo is no footage.
const SPAN: f32 = 0.03;

/// One corner in both pictures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    /// In samples of the picture looked for.
    pub(super) query: (f32, f32),
    /// In samples of the reduced picture, made square; mirrored where the fit is to be.
    pub(super) reference: (f32, f32),
    /// Samples of the former for one of the latter, by the levels.
    pub(super) scale: f32,
    /// Bits by which the descriptors differ.
    pub(super) distance: u32,
}

/// Where corners agree that a sample is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Agreed {
    pub(super) corners: usize,
    pub(super) area: Area,
}

/// The place on which the most corners agree, of a reduced picture of this size.
pub(super) fn agreement(mut shared: Vec<Shared>, size: (f32, f32)) -> Option<Agreed> {
    if shared.len() < FEWEST {
        return None;
    }
    shared.sort_by(|a, b| {
        let place = |s: &Shared| [s.query.1, s.query.0, s.reference.1, s.reference.0];
        let places = place(a).into_iter().zip(place(b));
        places.fold(a.distance.cmp(&b.distance), |order, (a, b)| {
            order.then(a.total_cmp(&b))
        })
    });
    shared.truncate(WEIGHED);
    let mut best: Option<(usize, Fit)> = None;
    for (k, a) in shared.iter().enumerate() {
        for b in &shared[k + 1..] {
            let Some(fit) = Fit::through(a, b) else {
                continue;
            };
            let count = fit.supporters(&shared, size);
            if count > best.map_or(FEWEST - 1, |best| best.0) {
                best = Some((count, fit));
            }
        }
    }
    let (_, fit) = best?;
    let fit = fit.settled(&shared);
    let corners = fit.supporters(&shared, size);
    (corners >= FEWEST).then_some(Agreed {
        corners,
        area: Area {
            left: fit.shift.0,
            top: fit.shift.1,
            right: fit.shift.0 + fit.scale * size.0,
            bottom: fit.shift.1 + fit.scale * size.1,
        },
    })
}

/// A shift and a scale from the reduced picture to the one looked for.
#[derive(Clone, Copy)]
struct Fit {
    scale: f32,
    shift: (f32, f32),
}

impl Fit {
    fn through(a: &Shared, b: &Shared) -> Option<Self> {
        let (qx, qy) = (b.query.0 - a.query.0, b.query.1 - a.query.1);
        let (rx, ry) = (b.reference.0 - a.reference.0, b.reference.1 - a.reference.1);
        let length = rx * rx + ry * ry;
        if length < APART * APART {
            return None;
        }
        let fit = Self::at((qx * rx + qy * ry) / length, a.query, a.reference);
        (fit.keeps(a) && fit.keeps(b)).then_some(fit)
    }

    /// The fit of this scale that takes `reference` to `query`.
    fn at(scale: f32, query: (f32, f32), reference: (f32, f32)) -> Self {
        Self {
            scale,
            shift: (query.0 - scale * reference.0, query.1 - scale * reference.1),
        }
    }

    /// Whether a corner lies where it should, at a scale that its levels allow.
    fn keeps(&self, shared: &Shared) -> bool {
        let allowed = shared.scale / SLACK..shared.scale * SLACK;
        let x = shared.query.0 - self.scale * shared.reference.0 - self.shift.0;
        let y = shared.query.1 - self.scale * shared.reference.1 - self.shift.1;
        allowed.contains(&self.scale) && x * x + y * y <= (OFF * self.scale).powi(2)
    }

    /// Corners kept that lie apart, none where they span too little.
    fn supporters(&self, shared: &[Shared], size: (f32, f32)) -> usize {
        let mut places: Vec<(i32, i32)> = shared
            .iter()
            .filter(|it| self.keeps(it))
            .map(|it| ((it.reference.0 / 6.0) as i32, (it.reference.1 / 6.0) as i32))
            .collect();
        places.sort_unstable();
        places.dedup();
        let extent = |side: fn(&(i32, i32)) -> i32| {
            let (low, high) = places
                .iter()
                .map(side)
                .fold((i32::MAX, i32::MIN), |it, at| (it.0.min(at), it.1.max(at)));
            high.saturating_sub(low) as f32 * 6.0
        };
        let spanned = extent(|it| it.0) * extent(|it| it.1);
        if places.len() >= FEWEST && spanned >= SPAN * size.0 * size.1 {
            places.len()
        } else {
            0
        }
    }

    /// The fit by least squares to the corners it keeps.
    fn settled(&self, shared: &[Shared]) -> Self {
        let kept: Vec<&Shared> = shared.iter().filter(|it| self.keeps(it)).collect();
        let many = kept.len().max(1) as f32;
        let mean = |of: fn(&Shared) -> f32| kept.iter().map(|it| of(it)).sum::<f32>() / many;
        let query = (mean(|it| it.query.0), mean(|it| it.query.1));
        let reference = (mean(|it| it.reference.0), mean(|it| it.reference.1));
        let (mut product, mut square) = (0.0, 0.0);
        for it in &kept {
            let (x, y) = (it.reference.0 - reference.0, it.reference.1 - reference.1);
            product += x * (it.query.0 - query.0) + y * (it.query.1 - query.1);
            square += x * x + y * y;
        }
        if square > 0.0 && product > 0.0 {
            Self::at(product / square, query, reference)
        } else {
            *self
        }
    }
}
