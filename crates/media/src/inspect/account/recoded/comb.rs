//! Whether the strongest frames around lie on the teeth of a comb.

use std::ops::Range;

/// Distances tried, in frames. Shorter ones are those of patterns within a group of pictures.
const PERIODS: Range<usize> = 9..65;
/// Teeth on which a frame must be the strongest around at least.
pub(super) const LEAST: usize = 4;
/// Strength at least of a frame that counts, in usual deviations.
const STRONG: f64 = 0.5;
/// By chance a comb as good must be rarer than this, of all that have its period.
pub(super) const CHANCE: f64 = 1e-5;

/// A comb and how well it fits.
#[derive(Clone, Debug)]
pub(super) struct Comb {
    /// Distance of the teeth, in frames.
    pub(super) period: usize,
    /// Number of the first frame on a tooth.
    pub(super) phase: usize,
    /// Frames on teeth that are the strongest within half a period on each side.
    pub(super) hits: Vec<usize>,
    /// Frames on teeth that can be judged.
    pub(super) places: usize,
    /// How likely chance alone fits some comb of this period as well.
    pub(super) chance: f64,
}

impl Comb {
    /// The least likely comb among those frames of `pulse`, if it is unlikely enough. `usual` is the
    /// present distance of key frames: what is a multiple or a whole part of it is its own.
    pub(super) fn best(
        pulse: &[Option<f64>],
        frames: Range<usize>,
        usual: Option<u32>,
    ) -> Option<Self> {
        let reach = reaches(pulse, frames.clone());
        let own = |period: usize| {
            usual.is_some_and(|usual| {
                let usual = usual as usize;
                usual.is_multiple_of(period) || period.is_multiple_of(usual)
            })
        };
        let mut best: Option<Self> = None;
        for period in PERIODS.filter(|period| period * LEAST <= frames.len() && !own(*period)) {
            for phase in 0..period {
                let comb = Self::judge(pulse, &reach, frames.clone(), period, phase);
                let enough = comb.hits.len() >= LEAST && comb.hits.len() * 2 >= comb.places;
                if enough && best.as_ref().is_none_or(|best| comb.chance < best.chance) {
                    best = Some(comb);
                }
            }
        }
        best.filter(|comb| comb.chance < CHANCE)
    }

    /// One comb over those frames.
    pub(super) fn over(
        pulse: &[Option<f64>],
        frames: Range<usize>,
        period: usize,
        phase: usize,
    ) -> Self {
        let reach = reaches(pulse, frames.clone());
        Self::judge(pulse, &reach, frames, period, phase)
    }

    pub(super) fn same_beat(&self, other: &Self) -> bool {
        (self.period, self.phase) == (other.period, other.phase)
    }

    fn judge(
        pulse: &[Option<f64>],
        reach: &[usize],
        frames: Range<usize>,
        period: usize,
        phase: usize,
    ) -> Self {
        let half = (period - 1) / 2;
        let first = frames.start.next_multiple_of(period) + phase;
        let first = if first >= frames.start + period {
            first - period
        } else {
            first
        };
        let (mut hits, mut places) = (Vec::new(), 0);
        for at in (first..frames.end).step_by(period) {
            let Some(strength) = pulse[at] else { continue };
            places += 1;
            if strength > STRONG && reach[at - frames.start] >= half {
                hits.push(at);
            }
        }
        let share = 1.0 / (2 * half + 1) as f64;
        let chance = at_least(hits.len(), places, share) * period as f64;
        Self {
            period,
            phase,
            hits,
            places,
            chance,
        }
    }
}

/// For each of those frames, how many frames on both sides are no stronger, up to half the longest
/// period; 0 where it cannot be judged.
fn reaches(pulse: &[Option<f64>], frames: Range<usize>) -> Vec<usize> {
    let strength = |at: usize| pulse.get(at).copied().flatten();
    let reach = |at: usize| {
        let Some(own) = strength(at) else { return 0 };
        let stronger = |by: &usize| {
            let before = at.checked_sub(*by).and_then(strength);
            before.is_some_and(|it| it > own) || strength(at + by).is_some_and(|it| it > own)
        };
        (1..=PERIODS.end / 2).find(stronger).unwrap_or(PERIODS.end) - 1
    };
    frames.map(reach).collect()
}

/// How likely it is that of `places` at least `hits` come true, each with likelihood `share`. Plain
/// sums and products, so that every machine gets the same.
fn at_least(hits: usize, places: usize, share: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 0.0);
    for _ in 0..places {
        term *= share;
    }
    for count in (hits..=places).rev() {
        sum += term;
        term *= count as f64 / (places - count + 1) as f64 * (1.0 - share) / share;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likelihood_is_that_of_throwing_dice() {
        assert!((at_least(2, 2, 1.0 / 6.0) - 1.0 / 36.0).abs() < 1e-12);
        assert!((at_least(1, 3, 0.5) - 7.0 / 8.0).abs() < 1e-12);
        assert!((at_least(0, 9, 0.2) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_beat_is_found_where_it_is_and_only_there() {
        let noise = |at: usize| (at * 7919 % 97) as f64 / 97.0;
        let beat = |at: usize| noise(at) + if at % 15 == 4 { 2.0 } else { 0.0 };
        let even: Vec<_> = (0..300).map(|at| Some(noise(at))).collect();
        let pulse: Vec<_> = (0..300).map(|at| Some(beat(at))).collect();
        assert!(Comb::best(&even, 0..300, None).is_none());
        let comb = Comb::best(&pulse, 0..300, None).expect("a comb");
        assert_eq!((comb.period, comb.phase, comb.hits.len()), (15, 4, 20));
        assert!(Comb::best(&pulse, 0..300, Some(30)).is_none_or(|comb| comb.period != 15));
    }
}
