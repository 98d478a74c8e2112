//! From a rough place to an exact one, and to the frame.

use std::ops::Range;

use super::picture::{Area, Picture};
use super::windows;
use crate::pdq::{Dihedral, Pdq, Reducer};
use crate::prints::FramePrint;

/// Steps by which the edges of a place are moved, as parts of its sides.
const STEPS: [f32; 4] = [0.03, 0.015, 0.007, 0.0035];

/// Times that each step is tried all over.
const ROUNDS: usize = 4;

/// Bits by which frames may be farther and count as equally like.
const EQUAL: f32 = 1.0;

/// Frames told as nearly as like, and the bits by which they may be farther.
const NEAR: usize = 48;
const NEARLY: f32 = 12.0;

/// What a place shares at least with a window that may be it.
const BOUND: f32 = 0.88;

/// Bits by which such a window may be farther than a place that is bounded by nothing.
const PREFERRED: f32 = 8.0;

/// A hash in which each bit counts as much as it is sure.
pub(super) struct Template {
    hash: Pdq,
    weights: [f32; 256],
}

impl Template {
    pub(super) fn of(
        picture: &Picture<'_>,
        area: &Area,
        mirrored: bool,
        reducer: &mut Reducer,
    ) -> Self {
        let way = if mirrored {
            Dihedral::FlipY
        } else {
            Dihedral::Original
        };
        let spectrum = picture.spectrum(area, reducer);
        let margins = spectrum.margins(way).map(f32::abs);
        let mut sorted = margins;
        let usual = *sorted.select_nth_unstable_by(128, f32::total_cmp).1;
        let weights = margins.map(|margin| {
            if usual > 0.0 {
                (margin / usual).min(1.0)
            } else {
                1.0
            }
        });
        let sum: f32 = weights.iter().sum();
        Self {
            hash: spectrum.hash(way),
            weights: weights.map(|weight| weight * 256.0 / sum),
        }
    }

    /// 0 for the same hash, about 128 for unrelated ones.
    pub(super) fn distance(&self, other: &Pdq) -> f32 {
        let mut sum = 0.0;
        for word in 0..4 {
            let mut differing = self.hash.bits[word] ^ other.bits[word];
            while differing != 0 {
                sum += self.weights[word * 64 + differing.trailing_zeros() as usize];
                differing &= differing - 1;
            }
        }
        sum
    }

    /// Position of the nearest frame of a range; the first of equals.
    fn nearest(&self, frames: &[FramePrint], range: Range<usize>) -> usize {
        let start = range.start;
        let distances = range.map(|at| (self.distance(&frames[at].whole), at));
        distances
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            .map_or(start, |best| best.1)
    }

    /// Positions of the nearest frames, at most [`NEAR`].
    fn near(&self, frames: &[FramePrint]) -> Vec<usize> {
        let distances = frames.iter().map(|frame| self.distance(&frame.whole));
        let mut all: Vec<(f32, usize)> = distances.zip(0..).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let most = all.first().map_or(0.0, |best| best.0) + NEARLY;
        let near = all.iter().take_while(|it| it.0 <= most).take(NEAR);
        near.map(|it| it.1).collect()
    }
}

/// A place moved to where the picture is most like a frame.
pub(super) struct Settled {
    pub(super) area: Area,
    /// Whether straight edges bound it.
    pub(super) bound: bool,
    /// Position of the frame.
    pub(super) frame: usize,
    /// The frames about it that are as like.
    pub(super) alike: Range<usize>,
    /// The frames nearly as like, the nearest first.
    pub(super) near: Vec<usize>,
    /// Bits that differ.
    pub(super) distance: u32,
}

impl Settled {
    /// Begins with the frames of the range `near`, ends with the nearest of all. A place that `windows`
    /// has about there is preferred to one that is bounded by nothing.
    pub(super) fn of(
        picture: &Picture<'_>,
        area: Area,
        mirrored: bool,
        frames: &[FramePrint],
        near: Range<usize>,
        windows: &[Area],
    ) -> Self {
        let mut reducer = Reducer::default();
        let mut template = |area: &Area| Template::of(picture, area, mirrored, &mut reducer);
        let first = template(&area).nearest(frames, near);
        let (_, area) = climbed(area, &STEPS, |area| {
            template(area).distance(&frames[first].whole)
        });
        let second = template(&area).nearest(frames, 0..frames.len());
        let (_, area) = climbed(area, &STEPS, |area| {
            template(area).distance(&frames[second].whole)
        });
        let mut at = |area: &Area| {
            let template = template(area);
            let frame = template.nearest(frames, 0..frames.len());
            template.distance(&frames[frame].whole)
        };
        let bound = windows.iter().filter(|it| it.overlap(&area) >= BOUND);
        let best = bound
            .map(|window| (at(window), *window))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let (area, bound) = match best {
            Some((distance, window)) if distance <= at(&area) + PREFERRED => {
                (windows::sharpened(picture, &window), true)
            }
            _ => (area, false),
        };
        let settled = template(&area);
        let frame = settled.nearest(frames, 0..frames.len());
        let most = settled.distance(&frames[frame].whole) + EQUAL;
        let like = |at: &usize| settled.distance(&frames[*at].whole) <= most;
        let before = (0..frame).rev().take_while(like).count();
        let after = (frame + 1..frames.len()).take_while(like).count();
        Self {
            area,
            bound,
            frame,
            alike: frame - before..frame + after + 1,
            near: settled.near(frames),
            distance: settled.hash.distance(&frames[frame].whole),
        }
    }
}

/// The area shifted, grown and moved edge by edge by `steps`, as parts of its sides, as long as
/// `distance` falls; and how far that fell.
pub(super) fn climbed(
    mut area: Area,
    steps: &[f32],
    mut distance: impl FnMut(&Area) -> f32,
) -> (f32, Area) {
    let mut least = distance(&area);
    for &step in steps {
        for _ in 0..ROUNDS {
            let before = least;
            for [left, top, right, bottom] in MOVES {
                for way in [step, -step] {
                    let (x, y) = (area.width() * way, area.height() * way);
                    let moved = Area {
                        left: area.left + x * left,
                        top: area.top + y * top,
                        right: area.right + x * right,
                        bottom: area.bottom + y * bottom,
                    };
                    let at = distance(&moved);
                    if at < least {
                        (least, area) = (at, moved);
                    }
                }
            }
            if least >= before {
                break;
            }
        }
    }
    (least, area)
}

/// How the four edges move together.
const MOVES: [[f32; 4]; 7] = [
    [1.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 1.0],
    [-0.5, -0.5, 0.5, 0.5],
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
];
