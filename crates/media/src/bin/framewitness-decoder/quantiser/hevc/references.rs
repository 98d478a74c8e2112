//! Sets of short-term reference pictures (7.3.7, 7.4.8), of which later headers need numbers and signs.

use super::super::bits::Bits;

/// Pictures on one side of the current one.
const MOST: u32 = 16;

/// A picture by its distance in order, and whether the current one may refer to it.
type Reference = (i32, bool);

/// Pictures before the current one, nearest first, and behind it.
#[derive(Clone, Debug, Default)]
pub(super) struct Set {
    before: Vec<Reference>,
    behind: Vec<Reference>,
}

impl Set {
    /// Pictures that the current one may refer to.
    pub(super) fn used(&self) -> u32 {
        let all = self.before.iter().chain(&self.behind);
        all.map(|(_, used)| u32::from(*used)).sum()
    }

    /// Reads the set behind `known`, those of a sequence; in the head of a slice it may be predicted
    /// from any of them.
    pub(super) fn read(bits: &mut Bits<'_>, known: &[Self], in_slice: bool) -> Option<Self> {
        if !known.is_empty() && bits.flag()? {
            return Self::predicted(bits, known, in_slice);
        }
        let counts = [bits.ue_to(MOST)?, bits.ue_to(MOST)?];
        let [before, behind] = [(counts[0], -1), (counts[1], 1)].map(|(count, sign)| {
            let mut at = 0;
            let reference = |_| {
                at += sign * bits.ue_to(1 << 15)?.cast_signed().saturating_add(1);
                Some((at, bits.flag()?))
            };
            (0..count).map(reference).collect::<Option<Vec<_>>>()
        });
        Some(Self {
            before: before?,
            behind: behind?,
        })
    }

    fn predicted(bits: &mut Bits<'_>, known: &[Self], in_slice: bool) -> Option<Self> {
        let back = if in_slice {
            bits.ue()?.checked_add(1)? as usize
        } else {
            1
        };
        let from = &known[known.len().checked_sub(back)?];
        let negative = bits.flag()?;
        let far = bits.ue_to(1 << 15)?.cast_signed() + 1;
        let far = if negative { -far } else { far };
        let (before, behind) = (from.before.iter(), from.behind.iter());
        let count = before.len() + behind.len();
        // One for each picture of that set, and the last for that set's own picture.
        let mut flags = Vec::with_capacity(count + 1);
        for _ in 0..=count {
            let used = bits.flag()?;
            flags.push((used, used || bits.flag()?));
        }
        let (own, flags) = flags.split_last()?;
        let moved = |((at, _), (used, kept)): (&Reference, &(bool, bool))| {
            kept.then_some((at.saturating_add(far), *used))
        };
        let (first, second) = flags.split_at(before.len());
        let before: Vec<_> = before.zip(first).filter_map(moved).collect();
        let behind: Vec<_> = behind.zip(second).filter_map(moved).collect();
        let own = own.1.then_some((far, own.0));
        let side = |back: &[Reference], along: &[Reference], sign: i32| -> Vec<Reference> {
            let all = back.iter().rev().chain(&own).chain(along);
            all.copied().filter(|(at, _)| at * sign > 0).collect()
        };
        let set = Self {
            before: side(&behind, &before, -1),
            behind: side(&before, &behind, 1),
        };
        let possible = set.before.len().max(set.behind.len()) <= MOST as usize;
        possible.then_some(set)
    }
}
