//! The stretch of a line along which the evidence holds.

use super::evidence::Pair;
use super::line::Line;
use super::track::Track;

/// How far a pair may lie from the line and count, in seconds.
const NEAR: f64 = 0.3;

/// Likeness a second must show on average to lengthen a run.
const COST: f64 = 0.10;

/// Longest time that one sample speaks for, in seconds.
const REACH: f64 = 1.0;

/// Least change, in bits between samples of a run, on both sides: a still picture is no footage.
const LEAST_CHANGE: u32 = 24;

/// Strength at which the score reaches one half.
const HALF: f32 = 0.8;

/// A run of samples that lie near a line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) line: Line,
    /// The best pair of each supporting query sample, in order of time.
    pub(super) inliers: Vec<Pair>,
    /// Weighted seconds of evidence.
    pub(super) strength: f32,
}

impl Run {
    /// 0 to 1, one half at [`HALF`].
    pub(super) fn score(&self) -> f32 {
        self.score_with(0.0)
    }

    /// The same with the strength of the sound that goes with it.
    pub(super) fn score_with(&self, sound: f32) -> f32 {
        let strength = self.strength + sound;
        strength / (strength + HALF)
    }

    /// First and last query second supported.
    pub(super) fn extent(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.inliers.first()?, self.inliers.last()?);
        Some((first.query_at, last.query_at))
    }

    /// Whether the pair's query sample is accounted for by this run.
    pub(super) fn explains(&self, pair: &Pair) -> bool {
        let extent = self.extent();
        extent.is_some_and(|(start, end)| (start..=end).contains(&pair.query_at))
    }

    /// Whether more than half of this run's time in the query is taken by a better one.
    pub(super) fn mostly_within(&self, better: &Run) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.extent(), better.extent()) else {
            return false;
        };
        (b.min(d) - a.max(c)).max(0.0) >= 0.5 * (b - a)
    }
}

/// The best run along a line; none where nothing changes in it or nothing supports it.
pub(super) fn along(
    line: Line,
    pairs: &[Pair],
    query: &Track<'_>,
    reference: &Track<'_>,
) -> Option<Run> {
    let support = support(&line, pairs, query.views.len());
    let value = |i: usize| {
        let held = query.held(i).min(REACH);
        let likeness = support[i].map_or(0.0, |pair| f64::from(pair.weight));
        (likeness - COST) * held
    };
    let (first, last) = heaviest_run((0..support.len()).map(value))?;
    let inliers: Vec<Pair> = support[first..=last].iter().flatten().copied().collect();
    let strength = inliers
        .iter()
        .map(|p| f64::from(p.weight) * query.held(p.query).min(REACH))
        .sum::<f64>() as f32;
    // Seconds count on the side where the footage is shorter, and great changes of speed are rare.
    let strength = strength * line.slope.min(1.0 / line.slope) as f32;
    let change = |of: fn(&Pair) -> usize, track: &Track<'_>| -> u32 {
        inliers
            .windows(2)
            .map(|w| track.change(of(&w[0]), of(&w[1])))
            .sum()
    };
    let moves = change(|p| p.query, query).min(change(|p| p.reference, reference)) >= LEAST_CHANGE;
    (moves && inliers.len() >= 3).then_some(Run {
        line,
        inliers,
        strength,
    })
}

/// The best pair near the line for each query sample.
fn support(line: &Line, pairs: &[Pair], samples: usize) -> Vec<Option<Pair>> {
    let mut best: Vec<Option<Pair>> = vec![None; samples];
    for pair in pairs.iter().filter(|pair| line.miss(pair) <= NEAR) {
        let held = &mut best[pair.query];
        if held.is_none_or(|h| pair.weight > h.weight) {
            *held = Some(*pair);
        }
    }
    best
}

/// First and last position of the consecutive values with the greatest positive sum (Kadane).
fn heaviest_run(values: impl Iterator<Item = f64>) -> Option<(usize, usize)> {
    let (mut best, mut start, mut sum) = (None, 0, 0.0);
    for (at, value) in values.enumerate() {
        if sum <= 0.0 {
            (start, sum) = (at, 0.0);
        }
        sum += value;
        if sum > best.map_or(0.0, |(most, _, _)| most) {
            best = Some((sum, start, at));
        }
    }
    best.map(|(_, first, last)| (first, last))
}
