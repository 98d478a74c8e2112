//! Which sample sounds when: timestamps of a few samples, and even counting between them.

use crate::time::{Pts, TimeBase};

/// A sample whose time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its number.
    pub sample: u64,
    /// Its timestamp.
    pub pts: Pts,
}

/// A timestamp that is not where counting from the ones before leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The sample that has it.
    pub sample: u64,
    /// Samples missing before it; negative where they overlap.
    pub missing: i64,
}

/// Known samples by rising number, one for each time that counting from the one before no longer
/// gives the timestamps of the stream to a tick and a sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors(Vec<Anchor>);

/// Most anchors that are kept: hours of a stream whose every timestamp is off.
pub(super) const MOST: usize = 1 << 20;

impl Anchors {
    /// From a list by rising number.
    pub(super) fn of(list: Vec<Anchor>) -> Option<Self> {
        let rising = list.is_sorted_by(|a, b| a.sample < b.sample);
        (rising && list.len() <= MOST).then_some(Self(list))
    }

    /// All of them, by rising number.
    pub fn all(&self) -> &[Anchor] {
        &self.0
    }

    /// The last anchor at or before a sample; the first for a sample before it.
    pub fn before(&self, sample: u64) -> Option<Anchor> {
        let past = self.0.partition_point(|anchor| anchor.sample <= sample);
        self.0.get(past.saturating_sub(1)).copied()
    }

    /// Takes the timestamp of a sample and tells how far it is from where counting leads.
    pub fn take(&mut self, sample: u64, pts: Pts, rate: u32, base: TimeBase) -> Option<Jump> {
        let Some(last) = self.0.last() else {
            self.0.push(Anchor { sample, pts });
            return None;
        };
        let (num, den) = (i128::from(base.num), i128::from(base.den));
        // In units of 1 / (den × rate) seconds: a tick is num × rate of them, a sample den.
        let stated = (i128::from(pts.0) - i128::from(last.pts.0)) * num * i128::from(rate);
        let counted = (i128::from(sample) - i128::from(last.sample)) * den;
        let off = stated - counted;
        if off.abs() <= num * i128::from(rate) + den {
            return None;
        }
        if self.0.len() < MOST {
            self.0.push(Anchor { sample, pts });
        }
        let missing = i64::try_from(off / den).unwrap_or(i64::MAX);
        Some(Jump { sample, missing })
    }

    /// The sample at a time, of which `after` tells how many samples it is after an anchor: the last
    /// stretch that holds it, where stretches overlap.
    pub(super) fn find(&self, samples: u64, after: impl Fn(&Anchor) -> i128) -> Option<u64> {
        let list = &self.0;
        let end = |at: usize| list.get(at + 1).map_or(samples, |next| next.sample);
        let within = |at: usize| {
            let anchor = list.get(at)?;
            let sample = anchor
                .sample
                .checked_add(u64::try_from(after(anchor)).ok()?)?;
            (sample < end(at)).then_some(sample)
        };
        if list.is_sorted_by_key(|anchor| anchor.pts) {
            let past = list.partition_point(|anchor| after(anchor) >= 0);
            return within(past.checked_sub(1)?);
        }
        (0..list.len()).rev().find_map(within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: TimeBase = TimeBase { num: 1, den: 1000 };

    #[test]
    fn rounded_timestamps_are_no_jumps() {
        let mut anchors = Anchors::default();
        // 1024 samples at 44.1 kHz are 23.22 ms, written in whole ones.
        for piece in 0..500_u64 {
            let pts = Pts((piece as f64 * 1024.0 / 44.1).round() as i64);
            assert_eq!(
                anchors.take(piece * 1024, pts, 44_100, BASE),
                None,
                "{piece}"
            );
        }
        assert_eq!(anchors.all().len(), 1);
    }

    #[test]
    fn gaps_and_overlaps_are_counted_in_samples() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.take(0, Pts(100), 48_000, BASE), None);
        let gap = anchors.take(48_000, Pts(1200), 48_000, BASE);
        assert_eq!(
            gap,
            Some(Jump {
                sample: 48_000,
                missing: 4800
            })
        );
        let overlap = anchors.take(96_000, Pts(2150), 48_000, BASE);
        assert_eq!(
            overlap,
            Some(Jump {
                sample: 96_000,
                missing: -2400
            })
        );
        assert_eq!(anchors.before(50_000).map(|it| it.sample), Some(48_000));
    }
}
