//! Samples of two videos that share corners in one arrangement: shifted, scaled, perhaps mirrored.

use std::collections::BTreeMap;

use super::consensus::{Shared, agreement};
use super::evidence::{KEPT, Pair};
use super::track::Track;
use crate::points::Point;

/// Descriptors this far apart may still be one corner. Unrelated ones lie about 128 apart.
const ALIKE: u32 = 48;

/// Each table of the index finds descriptors by sixteen bits of their own.
const TABLES: usize = 16;
const KEY_BITS: usize = 16;

/// A key shared by more query corners than this tells nothing: rails, foliage, print.
const CROWD: usize = 64;

/// The corners of a query, found by parts of their descriptors.
pub(crate) struct Index {
    /// Sample, corner within it, and the descriptor (of the mirrored picture where asked for).
    entries: Vec<(u32, Point, [u64; 4])>,
    /// For each table: where the entries of each key begin, and the entries in order of key.
    tables: Vec<(Vec<u32>, Vec<u32>)>,
}

impl Index {
    pub(super) fn new(query: &Track<'_>, mirrored: bool) -> Self {
        let samples = (0..).zip(query.samples());
        let points = samples.flat_map(|(at, sample)| sample.points.iter().map(move |p| (at, *p)));
        Self::of(points, mirrored)
    }

    /// Of corners, each with the number of the picture it is in.
    pub(crate) fn of(points: impl Iterator<Item = (u32, Point)>, mirrored: bool) -> Self {
        let described = |point: &Point| {
            if mirrored {
                point.mirrored()
            } else {
                point.bits
            }
        };
        let entries: Vec<_> = points
            .map(|(at, point)| (at, point, described(&point)))
            .collect();
        let tables = (0..TABLES)
            .map(|table| by_key(entries.iter().map(|entry| key(&entry.2, table))))
            .collect();
        Self { entries, tables }
    }

    /// Positions of the entries alike to a descriptor that share a key with it, each once, and how
    /// many bits they are apart.
    pub(crate) fn alike(&self, point: &Point, out: &mut Vec<(u32, u32)>) {
        out.clear();
        for (table, (starts, order)) in self.tables.iter().enumerate() {
            let key = key(&point.bits, table);
            let bucket = &order[starts[key] as usize..starts[key + 1] as usize];
            if bucket.len() <= CROWD {
                out.extend(bucket.iter().filter_map(|&at| {
                    let distance = point.distance(&self.entries[at as usize].2);
                    (distance <= ALIKE).then_some((at, distance))
                }));
            }
        }
        out.sort_unstable();
        out.dedup();
    }
}

/// The sixteen bits of a descriptor by which one table finds it.
fn key(bits: &[u64; 4], table: usize) -> usize {
    (bits[table / 4] >> (KEY_BITS * (table % 4))) as usize & 0xffff
}

/// Counting sort: where each key begins, and the positions in order of key.
fn by_key(keys: impl Iterator<Item = usize> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; (1 << KEY_BITS) + 1];
    keys.clone().for_each(|key| starts[key + 1] += 1);
    (0..1 << KEY_BITS).for_each(|key| starts[key + 1] += starts[key]);
    let mut next = starts.clone();
    let mut order = vec![0; starts[1 << KEY_BITS] as usize];
    for (at, key) in (0..).zip(keys) {
        order[next[key] as usize] = at;
        next[key] += 1;
    }
    (starts, order)
}

/// The pairs of samples whose shared corners agree on one place and scale, by query sample.
pub(super) fn pairs(
    index: &Index,
    query: &Track<'_>,
    reference: &Track<'_>,
    mirrored: bool,
) -> Vec<Pair> {
    let mut rows: BTreeMap<u32, Vec<(f32, usize)>> = BTreeMap::new();
    let mut alike = Vec::new();
    for (j, sample) in reference.samples().enumerate() {
        let mut shared: BTreeMap<u32, Vec<Shared>> = BTreeMap::new();
        for point in &sample.points {
            index.alike(point, &mut alike);
            for &(at, distance) in &alike {
                let (i, other, _) = &index.entries[at as usize];
                shared
                    .entry(*i)
                    .or_default()
                    .push(Shared::new(other, point, distance, mirrored));
            }
        }
        for (i, mut matches) in shared {
            if let Some(agreed) = agreement(&mut matches) {
                rows.entry(i).or_default().push((agreed, j));
            }
        }
    }
    rows.into_iter()
        .flat_map(|(i, row)| weighed(i as usize, row, query, reference))
        .collect()
}

/// A row of likenesses as pairs, weaker the more rivals there are that are as good.
fn weighed(
    i: usize,
    mut row: Vec<(f32, usize)>,
    query: &Track<'_>,
    reference: &Track<'_>,
) -> Vec<Pair> {
    row.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    row.truncate(KEPT);
    let best = row.first().map_or(1.0, |first| first.0);
    let share = |agreed: f32| agreed.min(1.0) * (agreed / best).powi(2);
    let rivals: f32 = row
        .iter()
        .map(|&(agreed, _)| share(agreed) / share(best))
        .sum();
    let pair = |&(agreed, j): &(f32, usize)| {
        let weight = share(agreed) / rivals.sqrt().sqrt();
        Pair::new([query, reference], (i, j), weight)
    };
    row.iter().map(pair).collect()
}
