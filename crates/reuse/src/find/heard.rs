//! Which stretches of two sounds are the same.

use std::collections::HashMap;
use std::ops::Range;

use super::run::Run;
use crate::sound::{ITEM, SoundPrints};

/// Items are looked up by this many of their bits, those that change least.
const KEY: u32 = 12;

/// A key that more items have tells nothing.
const CROWD: usize = 400;

/// Offsets followed, those that most items agree on.
const OFFSETS: usize = 8;

/// Bits at which an item tells neither for nor against. Unrelated items differ in about 14 of 32.
const EVEN: f64 = 10.0;

/// Least length of a stretch in seconds, and most bits by which it may differ on average.
const LEAST: f64 = 3.0;
const MOST: f64 = 8.5;

/// Bits by which items must change from one to the next on average, on both sides: neither silence
/// nor a hum says anything.
const LIVELY: f64 = 1.0;

/// Strength in seconds at which the score of sound alone reaches one half.
const HALF: f32 = 2.5;

/// An item is made of some two seconds of sound, whose middle lies so far after its start.
const MIDDLE: f64 = 0.95;

/// How far from the line of pictures the line of their sound may lie, in seconds.
const NEAR: f64 = 0.5;

/// A stretch of the same sound.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    /// In seconds of presentation.
    pub(super) query: Range<f64>,
    pub(super) reference: Range<f64>,
    /// Seconds, weighed by how alike they are.
    pub(super) strength: f32,
}

impl Heard {
    /// 0 to 1, of the sound alone.
    pub(super) fn score(&self) -> f32 {
        self.strength / (self.strength + HALF)
    }

    /// Whether this is the sound of the pictures of a run.
    pub(super) fn belongs(&self, run: &Run) -> bool {
        let Some((head, tail)) = run.extent() else {
            return false;
        };
        let (from, to) = (head.max(self.query.start), tail.min(self.query.end));
        let middle = f64::midpoint(from, to);
        let offset = self.reference.start - self.query.start;
        to > from && (run.line.at(middle) - middle - offset).abs() <= NEAR
    }
}

/// The stretches that two sounds share at unchanged speed, the strongest first.
pub(super) fn shared(query: &SoundPrints, reference: &SoundPrints) -> Vec<Heard> {
    let mut found: Vec<Heard> = offsets(query, reference)
        .into_iter()
        .flat_map(|offset| stretches(query, reference, offset))
        .collect();
    found.sort_by(|a, b| {
        let start = |heard: &Heard| (heard.query.start, heard.reference.start);
        let earlier = start(a).partial_cmp(&start(b));
        b.strength
            .total_cmp(&a.strength)
            .then(earlier.unwrap_or(std::cmp::Ordering::Equal))
    });
    let mut kept: Vec<Heard> = Vec::new();
    for heard in found {
        let overlaps = |other: &Heard| {
            heard.query.start < other.query.end && other.query.start < heard.query.end
        };
        if !kept.iter().any(overlaps) {
            kept.push(heard);
        }
    }
    kept
}

/// Differences of position that most equal keys agree on, with their neighbours.
fn offsets(query: &SoundPrints, reference: &SoundPrints) -> Vec<i64> {
    let key = |item: u32| item >> (32 - KEY);
    let mut places: HashMap<u32, Vec<i64>> = HashMap::new();
    for (at, item) in (0..).zip(&reference.items) {
        places.entry(key(*item)).or_default().push(at);
    }
    let mut votes: HashMap<i64, u32> = HashMap::new();
    for (at, item) in (0i64..).zip(&query.items) {
        let same = places.get(&key(*item)).filter(|same| same.len() <= CROWD);
        for place in same.into_iter().flatten() {
            *votes.entry(place - at).or_default() += 1;
        }
    }
    let mut votes: Vec<(u32, i64)> = votes.into_iter().map(|(at, votes)| (votes, at)).collect();
    votes.sort_unstable_by_key(|&(votes, at)| (std::cmp::Reverse(votes), at));
    votes.into_iter().take(OFFSETS).map(|(_, at)| at).collect()
}

/// The stretches along one offset.
fn stretches(query: &SoundPrints, reference: &SoundPrints, offset: i64) -> Vec<Heard> {
    let first = (-offset).max(0) as usize;
    let past = (reference.items.len() as i64 - offset).min(query.items.len() as i64);
    let Ok(past) = usize::try_from(past) else {
        return Vec::new();
    };
    let other = |at: usize| (at as i64 + offset) as usize;
    let bits = |at: usize| (query.items[at] ^ reference.items[other(at)]).count_ones();
    let mut found = Vec::new();
    let (mut start, mut sum, mut best) = (first, 0.0, (0.0, first));
    let mut close = |start: usize, end: usize| {
        let heard = stretch(query, reference, start..end, offset);
        found.extend(heard);
    };
    for at in first..past {
        sum += EVEN - f64::from(bits(at));
        if sum > best.0 {
            best = (sum, at + 1);
        }
        // Two seconds of other sound end a stretch.
        if sum <= 0.0 || best.0 - sum > (14.0 - EVEN) * 2.0 / ITEM {
            close(start, best.1);
            (start, sum, best) = (at + 1, 0.0, (0.0, at + 1));
        }
    }
    close(start, best.1);
    found
}

/// A stretch, if it is long, alike and lively enough.
fn stretch(
    query: &SoundPrints,
    reference: &SoundPrints,
    items: Range<usize>,
    offset: i64,
) -> Option<Heard> {
    let count = items.len();
    if (count as f64) * ITEM < LEAST {
        return None;
    }
    let others = (items.start as i64 + offset) as usize..(items.end as i64 + offset) as usize;
    let (ours, theirs) = (
        &query.items[items.clone()],
        &reference.items[others.clone()],
    );
    let mean = |sum: u32| f64::from(sum) / count as f64;
    let apart = mean(
        ours.iter()
            .zip(theirs)
            .map(|(a, b)| (a ^ b).count_ones())
            .sum(),
    );
    let change = |some: &[u32]| mean(some.windows(2).map(|w| (w[0] ^ w[1]).count_ones()).sum());
    if apart > MOST || change(ours).min(change(theirs)) < LIVELY {
        return None;
    }
    let span = |prints: &SoundPrints, items: &Range<usize>| {
        let (start, last) = (prints.second(items.start)?, prints.second(items.end - 1)?);
        Some(start + MIDDLE..last + ITEM + MIDDLE)
    };
    Some(Heard {
        query: span(query, &items)?,
        reference: span(reference, &others)?,
        strength: (count as f64 * ITEM * (1.0 - apart / 14.0)) as f32,
    })
}
