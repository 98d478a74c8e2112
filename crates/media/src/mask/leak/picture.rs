//! What of one frame shows through.

use super::super::coverage::Coverage;
use super::super::planes::Plane;
use super::super::{Canvas, Laid};
use super::LeakKind;

/// Samples of the side of a square that is looked at by itself.
pub const CELL: usize = 8;

/// What a square may show: the share of the difference between original and expectation, and how much that is in
/// 1/256 of full scale, root mean square. What coding with loss leaves is less than either.
const SEEN: Most = Most {
    share: 0.15,
    amount: 4.0,
};

/// The same of a run of samples along an edge of a mask, which is coded together with what is beside it.
const SEEN_AT_EDGE: Most = Most {
    share: 0.5,
    amount: 16.0,
};

/// Samples that are looked at together at least, where a mask has so many, within it and along an edge: coding leaves
/// more in a few at a corner.
const FEW: u64 = (CELL * CELL / 2) as u64;
const FEW_AT_EDGE: u64 = CELL as u64;

/// Samples from the edge of a mask over which coding smears what is beside it.
const SMEARED: usize = 2;

/// What is not told yet.
#[derive(Clone, Copy)]
struct Most {
    share: f64,
    amount: f64,
}

/// One frame of an original and of its copy.
pub(super) struct Look<'a> {
    pub(super) source: &'a [u8],
    pub(super) shown: &'a [u8],
    pub(super) masks: &'a [Laid],
    /// The masks on the frame before and on the one after.
    pub(super) around: Vec<Vec<Laid>>,
    pub(super) lossless: bool,
}

impl Look<'_> {
    /// What leaks, at most once of each kind.
    pub(super) fn leaks(&self, canvas: &mut Canvas) -> Vec<(LeakKind, String)> {
        let mut expected = self.source.to_vec();
        canvas.lay(self.masks, &mut expected);
        if self.shown == expected {
            return Vec::new();
        }
        let covered: Vec<_> = { self.masks.iter() }
            .map(|mask| canvas.covered(&mask.area).planes)
            .collect();
        let mut leaks = Vec::new();
        let mut open = Tally::default();
        for (at, plane) in canvas.planes.iter().enumerate() {
            for coverage in covered.iter().map(|planes| &planes[at]) {
                open.add(&self.seen(plane, coverage, &expected));
            }
        }
        if open.samples > 0 {
            leaks.push((LeakKind::Picture, open.says()));
        }
        if self.lossless {
            let changed = self.changed(canvas, &covered);
            leaks.extend(changed.map(|says| (LeakKind::Changed, says)));
        } else if self.overruns(canvas) {
            let says = "it is masked, and no mask lies on it".to_owned();
            leaks.push((LeakKind::Changed, says));
        }
        leaks
    }

    /// What of `coverage` is as in the original rather than as expected.
    fn seen(&self, plane: &Plane, coverage: &Coverage, expected: &[u8]) -> Tally {
        let part = |samples: &mut dyn Iterator<Item = (usize, usize)>| {
            let mut part = Part::default();
            for (x, y) in samples {
                for at in places(plane, x, y) {
                    let value = |picture: &[u8]| value(plane, picture, at);
                    part.add(value(self.source), value(expected), value(self.shown));
                }
            }
            part
        };
        let mut tally = Tally::default();
        if self.lossless {
            for (y, from, to) in coverage.runs() {
                let part = part(&mut (from..to).map(|x| (x, y)));
                tally.count(&part, part.unlike > 0, part.unlike);
            }
            return tally;
        }
        let (right, bottom) = (
            coverage.left + coverage.width,
            coverage.top + coverage.height,
        );
        let mut inner = Parts::of(FEW);
        for top in (coverage.top..bottom).step_by(CELL) {
            for left in (coverage.left..right).step_by(CELL) {
                let rows = top..(top + CELL).min(bottom);
                let mut cell =
                    rows.flat_map(|y| (left..(left + CELL).min(right)).map(move |x| (x, y)));
                inner.add(part(
                    &mut cell.by_ref().filter(|&(x, y)| within(coverage, x, y)),
                ));
            }
        }
        for part in inner.looked_at() {
            tally.count(&part, part.shows(SEEN, plane.bytes), part.samples);
        }
        for edge in edges(coverage) {
            let mut runs = Parts::of(FEW_AT_EDGE);
            for run in edge.chunks(2 * CELL) {
                runs.add(part(&mut run.iter().copied()));
            }
            for part in runs.looked_at() {
                tally.count(&part, part.shows(SEEN_AT_EDGE, plane.bytes), part.samples);
            }
        }
        tally
    }

    /// What differs from the original outside of every mask, without loss.
    fn changed(&self, canvas: &Canvas, covered: &[Vec<Coverage>]) -> Option<String> {
        let mut samples = 0_u64;
        for (at, plane) in canvas.planes.iter().enumerate() {
            for y in 0..plane.height {
                let row =
                    plane.offset + y * plane.stride()..plane.offset + (y + 1) * plane.stride();
                if self.source[row.clone()] == self.shown[row] {
                    continue;
                }
                let masked = |x: usize| covered.iter().any(|planes| planes[at].covers(x, y));
                let differs = |x: &usize| {
                    let mut at = places(plane, *x, y);
                    at.any(|at| value(plane, self.source, at) != value(plane, self.shown, at))
                };
                samples += { 0..plane.width }
                    .filter(differs)
                    .filter(|x| !masked(*x))
                    .count() as u64;
            }
        }
        (samples > 0)
            .then(|| format!("{samples} samples differ from the original where no mask lies"))
    }

    /// Whether a mask of the frame before or after lies on this one too, on which none should.
    fn overruns(&self, canvas: &mut Canvas) -> bool {
        if !self.masks.is_empty() {
            return false;
        }
        self.around
            .iter()
            .filter(|masks| !masks.is_empty())
            .any(|masks| {
                let mut masked = self.source.to_vec();
                canvas.lay(masks, &mut masked);
                let mut part = Part::default();
                let plane = &canvas.planes[0];
                for mask in masks {
                    for (y, from, to) in canvas.covered(&mask.area).planes[0].runs() {
                        for at in (from..to).flat_map(|x| places(plane, x, y)) {
                            let value = |picture: &[u8]| value(plane, picture, at);
                            // Turned about: what is expected is the original.
                            part.add(value(&masked), value(self.source), value(self.shown));
                        }
                    }
                }
                part.shows(SEEN_AT_EDGE, plane.bytes)
            })
    }
}

/// How much of the original is in some samples.
#[derive(Default)]
struct Part {
    samples: u64,
    /// Samples that are not as expected, where the original is not either.
    unlike: u64,
    /// Sum of the products of what the copy and what the original differ from the expectation by.
    both: f64,
    /// Sum of the squares of the latter.
    hidden: f64,
}

impl Part {
    fn add(&mut self, source: f64, expected: f64, shown: f64) {
        let (hidden, seen) = (source - expected, shown - expected);
        self.samples += 1;
        self.unlike += u64::from(seen != 0.0);
        self.both += hidden * seen;
        self.hidden += hidden * hidden;
    }

    /// Looked at together with `other` from now on.
    fn join(&mut self, other: &Self) {
        self.samples += other.samples;
        self.unlike += other.unlike;
        self.both += other.both;
        self.hidden += other.hidden;
    }

    /// The share of what is hidden that is seen.
    fn share(&self) -> f64 {
        if self.hidden > 0.0 {
            self.both / self.hidden
        } else {
            0.0
        }
    }

    /// Whether more is seen than may be. Samples of two bytes are taken for those of ten bits.
    fn shows(&self, most: Most, bytes: usize) -> bool {
        let full = if bytes == 1 { 1.0 } else { 4.0 };
        let hidden = (self.hidden / self.samples.max(1) as f64).sqrt();
        self.share() > most.share && self.share() * hidden >= most.amount * full
    }
}

/// The parts of a mask, from left to right and down, those of few samples with one beside them.
struct Parts {
    few: u64,
    parts: Vec<Part>,
}

impl Parts {
    fn of(few: u64) -> Self {
        let parts = Vec::new();
        Self { few, parts }
    }

    fn add(&mut self, part: Part) {
        match self.parts.last_mut() {
            Some(last) if last.samples < self.few => last.join(&part),
            _ => self.parts.push(part),
        }
    }

    fn looked_at(mut self) -> Vec<Part> {
        if let Some(few) = self.parts.pop_if(|last| last.samples < self.few) {
            match self.parts.last_mut() {
                Some(last) => last.join(&few),
                None => self.parts.push(few),
            }
        }
        self.parts
    }
}

/// What leaks of a frame.
#[derive(Default)]
struct Tally {
    samples: u64,
    most: f64,
}

impl Tally {
    fn count(&mut self, part: &Part, leaks: bool, samples: u64) {
        if leaks {
            self.samples += samples;
            self.most = self.most.max(part.share());
        }
    }

    fn add(&mut self, other: &Self) {
        self.samples += other.samples;
        self.most = self.most.max(other.most);
    }

    fn says(&self) -> String {
        let most = (self.most * 100.0).round().clamp(0.0, 100.0);
        format!(
            "{} samples under a mask show up to {most} % of the original",
            self.samples
        )
    }
}

/// Whether a sample is covered, and no edge is near.
fn within(coverage: &Coverage, x: usize, y: usize) -> bool {
    let covers = |x: Option<usize>, y: Option<usize>| match (x, y) {
        (Some(x), Some(y)) => coverage.covers(x, y),
        _ => false,
    };
    let (left, top) = (x.checked_sub(SMEARED), y.checked_sub(SMEARED));
    coverage.covers(x, y)
        && covers(left, Some(y))
        && covers(Some(x), top)
        && coverage.covers(x + SMEARED, y)
        && coverage.covers(x, y + SMEARED)
}

/// Where the components of a sample are in the planes.
fn places(plane: &Plane, x: usize, y: usize) -> impl Iterator<Item = usize> + use<> {
    let (from, bytes) = (
        plane.offset + y * plane.stride() + x * plane.sample(),
        plane.bytes,
    );
    (0..plane.black.len()).map(move |component| from + component * bytes)
}

fn value(plane: &Plane, picture: &[u8], at: usize) -> f64 {
    match plane.bytes {
        1 => f64::from(picture[at]),
        _ => f64::from(u16::from_le_bytes([picture[at], picture[at + 1]])),
    }
}

/// The outermost covered samples on each of the four sides, each side by itself, in order.
fn edges(coverage: &Coverage) -> [Vec<(usize, usize)>; 4] {
    let mut edges: [Vec<(usize, usize)>; 4] = Default::default();
    for (y, from, to) in coverage.runs() {
        edges[0].push((from, y));
        edges[1].push((to - 1, y));
        for x in from..to {
            if y == 0 || !coverage.covers(x, y - 1) {
                edges[2].push((x, y));
            }
            if !coverage.covers(x, y + 1) {
                edges[3].push((x, y));
            }
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of which the copy shows so much, in levels, of the eight that the original is off.
    fn part(samples: u64, levels: f64) -> Part {
        let mut part = Part::default();
        for _ in 0..samples {
            part.add(24.0, 16.0, 16.0 + levels);
        }
        part
    }

    fn leaking(parts: impl IntoIterator<Item = Part>) -> usize {
        let mut all = Parts::of(FEW);
        for part in parts {
            all.add(part);
        }
        let looked_at = all.looked_at();
        looked_at.iter().filter(|part| part.shows(SEEN, 1)).count()
    }

    #[test]
    fn a_few_samples_at_a_corner_are_looked_at_with_what_is_beside_them() {
        // Seen in ten minutes of film: four samples, half of what is under them.
        assert!(part(4, 4.0).shows(SEEN, 1));
        assert_eq!(leaking([part(64, 0.0), part(64, 0.1), part(4, 4.0)]), 0);
        assert_eq!(leaking([part(4, 4.0), part(64, 0.0)]), 0);
        // What is open farther than that is told, and so is a mask that has no more.
        assert_eq!(leaking([part(64, 0.0), part(32, 4.0), part(64, 0.0)]), 1);
        assert_eq!(leaking([part(4, 4.0)]), 1);
    }

    #[test]
    fn the_parts_of_a_narrow_mask_stay_small() {
        let narrow = (0..40).map(|row| part(16, if row == 20 { 8.0 } else { 0.0 }));
        assert_eq!(leaking(narrow), 1);
    }
}
