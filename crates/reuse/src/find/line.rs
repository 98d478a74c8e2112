//! The line in time, reference over query, that most evidence lies near.

use super::evidence::Pair;

/// Speeds tried: each this much more than the last, from half to double. One lies at 1 exactly.
const STEP: f64 = 1.02;
const STEPS: i32 = 35;

/// Width of the band of offsets summed, in seconds.
const BAND: f64 = 0.3;

/// What a speed other than 1 must make up for: most reuse plays at its own speed.
const CHANGED_SPEED: f32 = 0.92;

/// `reference_at = offset + slope * query_at`, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) offset: f64,
    pub(super) slope: f64,
}

impl Line {
    pub(super) fn at(&self, query_at: f64) -> f64 {
        self.offset + self.slope * query_at
    }

    /// How far a pair lies from the line, in seconds of the reference. A still picture lies where it
    /// begins and all along.
    pub(super) fn miss(&self, pair: &Pair) -> f64 {
        let ahead = self.at(pair.query_at) - pair.reference_at;
        (ahead - pair.still.1)
            .max(-ahead - pair.still.0 * self.slope)
            .max(0.0)
    }
}

/// The best line over all speeds, by a Hough vote; none without pairs.
pub(super) fn strongest(pairs: &[Pair]) -> Option<Line> {
    let mut best: Option<(f32, Line)> = None;
    let mut votes: Vec<(f64, f32)> = Vec::with_capacity(pairs.len());
    for step in -STEPS..=STEPS {
        let slope = STEP.powi(step);
        votes.clear();
        votes.extend(
            pairs
                .iter()
                .map(|pair| (pair.reference_at - slope * pair.query_at, pair.weight)),
        );
        votes.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let Some((sum, offset)) = heaviest_band(&votes) else {
            continue;
        };
        let sum = if step == 0 { sum } else { sum * CHANGED_SPEED };
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, Line { offset, slope }));
        }
    }
    best.map(|(_, line)| line)
}

/// The weight and the centre of the heaviest band of sorted offsets.
fn heaviest_band(votes: &[(f64, f32)]) -> Option<(f32, f64)> {
    let (mut best, mut first, mut sum) = (None, 0, 0.0f32);
    for (last, &(offset, weight)) in votes.iter().enumerate() {
        sum += weight;
        while offset - votes[first].0 > BAND {
            sum -= votes[first].1;
            first += 1;
        }
        if best.is_none_or(|(most, _, _)| sum > most) {
            best = Some((sum, first, last));
        }
    }
    let (sum, first, last) = best?;
    let mass: f64 = votes[first..=last].iter().map(|v| f64::from(v.1)).sum();
    let centre: f64 = votes[first..=last]
        .iter()
        .map(|v| v.0 * f64::from(v.1))
        .sum();
    Some((sum, centre / mass.max(f64::MIN_POSITIVE)))
}

/// The least-squares line through weighted pairs, kept at speed 1 where that fits nearly as well;
/// none where the pairs are too few or the speed is beyond what is searched.
pub(super) fn fitted(pairs: &[Pair]) -> Option<Line> {
    let mass: f64 = pairs.iter().map(|p| f64::from(p.weight)).sum();
    if pairs.len() < 4 || mass <= 0.0 {
        return None;
    }
    let mean = |value: fn(&Pair) -> f64| {
        pairs
            .iter()
            .map(|p| f64::from(p.weight) * value(p))
            .sum::<f64>()
            / mass
    };
    let (x, y) = (mean(|p| p.query_at), mean(|p| p.reference_at));
    let sum = |value: &dyn Fn(&Pair) -> f64| {
        pairs
            .iter()
            .map(|p| f64::from(p.weight) * value(p))
            .sum::<f64>()
    };
    let spread = sum(&|p| (p.query_at - x).powi(2));
    let slope = sum(&|p| (p.query_at - x) * (p.reference_at - y)) / spread;
    let slope = if (slope - 1.0).abs() < 0.015 {
        1.0
    } else {
        slope
    };
    let line = Line {
        offset: y - slope * x,
        slope,
    };
    (0.45..=2.2)
        .contains(&slope)
        .then_some(line)
        .filter(|l| l.offset.is_finite())
}

/// The line of speed 1 in whose band of offsets most of the pairs lie; none without pairs.
pub(super) fn unchanged(pairs: &[Pair]) -> Option<Line> {
    let mut votes: Vec<(f64, f32)> = pairs
        .iter()
        .map(|pair| (pair.reference_at - pair.query_at, pair.weight))
        .collect();
    votes.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    heaviest_band(&votes).map(|(_, offset)| Line { offset, slope: 1.0 })
}
