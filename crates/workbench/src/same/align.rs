//! Which frame of one file is which of the other, in order.
//!
//! Frames whose hash occurs once on both sides are anchors: the longest chain of them that rises on
//! both sides holds (patience diff). Between anchors, equal frames at both ends are taken as they are,
//! and what is left is aligned by prints, at the least cost.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use super::band;
use super::look::Look;
use super::straight::straighten;

/// Neighbours of an anchor of prints, on each side, that are asked whether it is in step with them.
const NEIGHBOURS: usize = 2;

/// For each frame of the first file its partner in the second; partners rise.
pub(super) struct Aligned {
    pub(super) partners: Vec<Option<u32>>,
    /// Frames of the first file in stretches that were too long to align.
    pub(super) passed_over: usize,
}

/// A stretch of both files.
type Stretch = (Range<usize>, Range<usize>);

/// Aligns two files.
pub(super) fn align(a: &[Look], b: &[Look]) -> Aligned {
    let mut aligned = Aligned {
        partners: vec![None; a.len()],
        passed_over: 0,
    };
    let mut stretches = vec![(0..a.len(), 0..b.len())];
    while let Some(stretch) = stretches.pop() {
        let (x, y) = aligned.trim(a, b, stretch);
        if x.is_empty() || y.is_empty() {
            continue;
        }
        let hash = |look: &Look| Some(look.hash);
        let anchors = rising(&once_in_both(&a[x.clone()], &b[y.clone()], hash));
        if anchors.is_empty() {
            aligned.fill(a, b, (x, y));
        } else {
            stretches.extend(aligned.hold(&anchors, (x, y)));
        }
    }
    straighten(&mut aligned.partners, a, b);
    aligned
}

impl Aligned {
    fn pair(&mut self, x: usize, y: usize) {
        self.partners[x] = u32::try_from(y).ok();
    }

    /// Pairs equal frames at both ends; what is left between them.
    fn trim(&mut self, a: &[Look], b: &[Look], (mut x, mut y): Stretch) -> Stretch {
        while !x.is_empty() && !y.is_empty() && a[x.start].equals(&b[y.start]) {
            self.pair(x.start, y.start);
            (x.start, y.start) = (x.start + 1, y.start + 1);
        }
        while !x.is_empty() && !y.is_empty() && a[x.end - 1].equals(&b[y.end - 1]) {
            self.pair(x.end - 1, y.end - 1);
            (x.end, y.end) = (x.end - 1, y.end - 1);
        }
        (x, y)
    }

    /// Pairs anchors, which count from the start of the stretch; the stretches between them.
    fn hold(&mut self, anchors: &[(usize, usize)], (x, y): Stretch) -> Vec<Stretch> {
        let mut between = Vec::with_capacity(anchors.len() + 1);
        let (mut from_x, mut from_y) = (x.start, y.start);
        for (at_x, at_y) in anchors {
            let (at_x, at_y) = (x.start + at_x, y.start + at_y);
            self.pair(at_x, at_y);
            between.push((from_x..at_x, from_y..at_y));
            (from_x, from_y) = (at_x + 1, at_y + 1);
        }
        between.push((from_x..x.end, from_y..y.end));
        between.retain(|(x, y)| !x.is_empty() && !y.is_empty());
        between
    }

    /// Aligns a stretch without equal frames that would hold it, by prints.
    fn fill(&mut self, a: &[Look], b: &[Look], (x, y): Stretch) {
        let stretches = if band::fits(x.len(), y.len()) {
            vec![(x, y)]
        } else {
            let print = |look: &Look| Some(look.print.bits).filter(|_| !look.plain());
            let anchors = rising(&once_in_both(&a[x.clone()], &b[y.clone()], print));
            self.hold(&in_step(&anchors), (x, y))
        };
        for (x, y) in stretches {
            match band::align(&a[x.clone()], &b[y.clone()]) {
                Some(pairs) => pairs
                    .into_iter()
                    .for_each(|(at_x, at_y)| self.pair(x.start + at_x, y.start + at_y)),
                None => self.passed_over += x.len(),
            }
        }
    }
}

/// Places of the keys that occur once in `a` and once in `b`, in the order of `a`.
fn once_in_both<K: Hash + Eq>(
    a: &[Look],
    b: &[Look],
    key: impl Fn(&Look) -> Option<K>,
) -> Vec<(usize, usize)> {
    let once = |looks: &[Look]| {
        let mut places: HashMap<K, Option<usize>> = HashMap::with_capacity(looks.len());
        for (at, look) in looks.iter().enumerate() {
            if let Some(key) = key(look) {
                places
                    .entry(key)
                    .and_modify(|place| *place = None)
                    .or_insert(Some(at));
            }
        }
        places
    };
    let (in_a, in_b) = (once(a), once(b));
    let mut found: Vec<_> = in_a
        .into_iter()
        .filter_map(|(key, at)| at.zip(in_b.get(&key).copied().flatten()))
        .collect();
    found.sort_unstable();
    found
}

/// The longest chain that rises on both sides, of pairs that rise on the first.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best chain of each length, and the pair before each pair.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, y)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *y);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.push(pairs[at]);
        next = before[at];
    }
    chain.reverse();
    chain
}

/// Anchors whose neighbours mostly lie as far apart on both sides as they do. In slow motion a print
/// may be that of a neighbour, and one frame out of step would look like two edits.
fn in_step(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let apart = |(x, y): (usize, usize)| y as i64 - x as i64;
    let steady = |at: &usize| {
        let near = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(anchors.len());
        let with = near
            .filter(|other| other != at && apart(anchors[*other]) == apart(anchors[*at]))
            .count();
        with + 1 >= 2 * NEIGHBOURS
    };
    (0..anchors.len())
        .filter(steady)
        .map(|at| anchors[at])
        .collect()
}
