//! Which samples of two videos look alike, and how much.

use super::track::Track;
use crate::pdq::Pdq;
use crate::prints::Window;

/// Distance at which likeness counts nothing. Of unrelated frame pairs about one in a thousand lies
/// under 102 bits for one pair of hashes; the least of many views comes lower by chance.
pub(super) const FAR: f32 = 90.0;

/// Pictures plainer than this are no evidence: black, fog, a fade.
pub(super) const PLAIN: u8 = 10;

/// Likenesses kept of one query sample.
pub(super) const KEPT: usize = 48;

/// Bits over the best likeness of its row at which a likeness counts half.
const RIVAL: f32 = 14.0;

/// Samples of a moving picture lie at most so far apart, in seconds: twice as far as they are taken.
const APART: f64 = 0.5;

/// A query sample that looks like a reference sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    /// Positions among the samples of either.
    pub(super) query: usize,
    pub(super) reference: usize,
    /// Seconds of presentation.
    pub(super) query_at: f64,
    pub(super) reference_at: f64,
    /// Seconds for which each picture stayed much the same, longer than samples of a moving one lie apart.
    pub(super) still: (f64, f64),
    /// 0 to 1.
    pub(super) weight: f32,
}

impl Pair {
    pub(super) fn new(
        [query, reference]: [&Track<'_>; 2],
        (i, j): (usize, usize),
        weight: f32,
    ) -> Self {
        let still = |track: &Track<'_>, sample| (track.held(sample) - APART).max(0.0);
        Self {
            query: i,
            reference: j,
            query_at: query.sample_at(i),
            reference_at: reference.sample_at(j),
            still: (still(query, i), still(reference, j)),
            weight,
        }
    }
}

/// The pairs that look alike, by query sample, then reference sample.
pub(super) fn pairs(tracks: [&Track<'_>; 2], [ours, theirs]: &[Vec<Turned>; 2]) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut row = Vec::new();
    for (i, turned) in ours.iter().enumerate() {
        row.clear();
        row.extend(theirs.iter().enumerate().filter_map(|(j, other)| {
            let distance = turned.distance(other)?;
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
        out.extend(row.iter().map(|&(distance, j)| {
            let weight = weighed(distance) / rivals.sqrt().sqrt();
            Pair::new(tracks, (i, j), weight)
        }));
    }
    out
}

/// Views of one sample as compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Views<'a> {
    /// The whole picture, and the picture inside its borders.
    pub(super) whole: [Pdq; 2],
    pub(super) crops: [Pdq; 3],
    pub(super) windows: &'a [Window],
}

/// Views as they are compared, mirrored or not.
pub(super) struct Turned {
    whole: Vec<Pdq>,
    parts: Vec<Pdq>,
}

impl Turned {
    pub(super) fn new(views: &Views<'_>, mirrored: bool) -> Self {
        let turn = |view: &Pdq| if mirrored { view.mirrored() } else { *view };
        let telling = |view: &&Pdq| view.quality >= PLAIN;
        let windows = views.windows.iter().map(|window| &window.print);
        Self {
            whole: views.whole.iter().filter(telling).map(turn).collect(),
            parts: views
                .crops
                .iter()
                .chain(windows)
                .filter(telling)
                .map(turn)
                .collect(),
        }
    }

    /// The least distance between a view and a whole picture.
    pub(super) fn distance_to(&self, whole: Pdq) -> Option<u32> {
        let views = self.whole.iter().chain(&self.parts);
        (whole.quality >= PLAIN)
            .then(|| views.map(|view| view.distance(&whole)).min())
            .flatten()
    }

    /// The least distance between a view of one and a view of the other, where at least one of the two
    /// is a whole: a part of a part shows less than either.
    pub(super) fn distance(&self, other: &Self) -> Option<u32> {
        let least = |some: &[Pdq], others: &[Pdq]| {
            let distances = some
                .iter()
                .flat_map(|a| others.iter().map(|b| a.distance(b)));
            distances.min()
        };
        let all = [
            least(&self.whole, &other.whole),
            least(&self.whole, &other.parts),
            least(&self.parts, &other.whole),
        ];
        all.into_iter().flatten().min()
    }
}
