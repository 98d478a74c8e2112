//! Which samples of two videos look alike, and how much.

use super::track::Track;
use crate::pdq::Pdq;

/// Distance at which likeness counts nothing. Of unrelated frame pairs about one in a thousand lies
/// under 102 bits for one pair of hashes; the least of many views comes lower by chance.
const FAR: f32 = 90.0;

/// Pictures plainer than this are no evidence: black, fog, a fade.
const PLAIN: u8 = 10;

/// Likenesses kept of one query sample.
pub(super) const KEPT: usize = 48;

/// Bits over the best likeness of its row at which a likeness counts half.
const RIVAL: f32 = 14.0;

/// A query sample that looks like a reference sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    /// Positions among the samples of either.
    pub(super) query: usize,
    pub(super) reference: usize,
    /// Seconds of presentation.
    pub(super) query_at: f64,
    pub(super) reference_at: f64,
    /// 0 to 1.
    pub(super) weight: f32,
}

/// The pairs that look alike, by query sample, then reference sample.
pub(super) fn pairs(query: &Track<'_>, reference: &Track<'_>, mirrored: bool) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut row = Vec::new();
    for (i, views) in query.views.iter().enumerate() {
        let turned = views.map(|view| if mirrored { view.mirrored() } else { view });
        row.clear();
        row.extend(reference.views.iter().enumerate().filter_map(|(j, other)| {
            let distance = least_distance(&turned, other)?;
            ((distance as f32) < FAR).then_some((distance, j))
        }));
        row.sort_unstable();
        row.truncate(KEPT);
        let Some(&(nearest, _)) = row.first() else {
            continue;
        };
        let weighed = |distance: u32| {
            let likeness = (FAR - distance as f32) / FAR;
            likeness * (-((distance - nearest) as f32) / RIVAL).exp2()
        };
        let rivals: f32 = row
            .iter()
            .map(|&(distance, _)| weighed(distance) / weighed(nearest))
            .sum();
        out.extend(row.iter().map(|&(distance, j)| Pair {
            query: i,
            reference: j,
            query_at: query.sample_at(i),
            reference_at: reference.sample_at(j),
            weight: weighed(distance) / rivals.sqrt().sqrt(),
        }));
    }
    out
}

/// Views of one sample as compared: the whole picture, the picture inside its borders, three crops.
pub(super) type Views = [Pdq; 5];

/// The least distance between a view of one and a view of the other, where at least one of the two is
/// not a crop: a crop of a crop shows less than either.
fn least_distance(a: &Views, b: &Views) -> Option<u32> {
    let mut least = None;
    for (i, x) in a.iter().enumerate().filter(|(_, x)| x.quality >= PLAIN) {
        for (j, y) in b.iter().enumerate().filter(|(_, y)| y.quality >= PLAIN) {
            if i < 2 || j < 2 {
                let distance = x.distance(y);
                least = Some(least.map_or(distance, |l: u32| l.min(distance)));
            }
        }
    }
    least
}
