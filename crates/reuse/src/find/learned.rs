//! Alignment by vectors of pictures that something outside this crate made: a learned descriptor.
//!
//! What a vector means is not known here, only that pictures are alike where the cosine of theirs is near
//! one. Lines, runs and ends are those of [`super::find`]; likeness is all that differs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::evidence::{KEPT, PLAIN, Pair};
use super::track::Track;
use super::{Alignment, Evidence, LEAST_SCORE, SPANS, best_run, edges, explain};
use crate::prints::{Prints, Sample};

/// Shortest time between pictures that are described, in seconds: half of it is the most that the frame
/// which shows the same in another video may lie off, and less than what a line forgives.
const APART: f64 = 0.4;

/// Share of what lies between `alike` and 1 by which a likeness below the best of its row counts half.
const RIVAL: f32 = 0.15;

/// A video's prints with vectors of some of its frames.
pub struct Described<'a> {
    track: Track<'a>,
    /// Of unit length, one for each sample of the track.
    vectors: Vec<Vec<f32>>,
}

impl<'a> Described<'a> {
    /// Takes vectors of frames by number. Those of frames that [`described_frames`] does not name are left
    /// out, and those without a direction: of zeros, or with a number that is none.
    pub fn new(prints: &'a Prints, vectors: &BTreeMap<u32, Vec<f32>>) -> Self {
        let number = |sample: &Sample| prints.frames[sample.index as usize].frame;
        let (samples, vectors) = chosen(prints)
            .into_iter()
            .filter_map(|sample| Some((sample, unit(vectors.get(&number(sample))?)?)))
            .unzip();
        Self {
            track: Track::with(prints, samples),
            vectors,
        }
    }
}

/// Numbers of the frames of a video that are to be described, in order: some two a second where the picture
/// changes, one a second where it stands still, none that are plain.
pub fn described_frames(prints: &Prints) -> Vec<u32> {
    let number = |sample: &Sample| prints.frames[sample.index as usize].frame;
    chosen(prints).into_iter().map(number).collect()
}

/// Finds the footage that `query` shares with each of `references`, by vectors alone.
///
/// Pictures count as evidence where the cosine of their vectors is over `alike` (below 1), the more the
/// nearer to 1. Vectors of different lengths are unlike. Sorted as by [`super::find`]; what that finds is
/// found here again where vectors tell.
pub fn find_described(
    query: &Described<'_>,
    references: &[&Described<'_>],
    alike: f32,
) -> Vec<Alignment> {
    let mut found: Vec<Alignment> = references
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, reference)| align(query, reference, at, alike))
        .collect();
    super::sort(&mut found);
    found
}

fn align(
    query: &Described<'_>,
    reference: &Described<'_>,
    at: usize,
    alike: f32,
) -> Vec<Alignment> {
    let tracks = [&query.track, &reference.track];
    let mut pairs = pairs(query, reference, alike);
    let mut found = Vec::new();
    for _ in 0..SPANS {
        let Some(run) = best_run(&pairs, tracks[0], tracks[1]) else {
            break;
        };
        pairs.retain(|pair| !run.explains(pair));
        let Some((query, reference_side)) = edges::sides(&run, tracks[0], tracks[1]) else {
            continue;
        };
        found.push(Alignment {
            reference: at,
            query,
            reference_side,
            score: run.score(),
            mirrored: false,
            speed: run.line.slope,
            evidence: Evidence::Learned,
            pairs: explain::pairs(&run, tracks),
            alteration: None,
        });
    }
    found.retain(|alignment| alignment.score >= LEAST_SCORE);
    found
}

/// The pairs of samples that are alike, by query sample, each weaker the more rivals it has.
fn pairs(query: &Described<'_>, reference: &Described<'_>, alike: f32) -> Vec<Pair> {
    let tracks = [&query.track, &reference.track];
    let mut out = Vec::new();
    let mut row: Vec<(f32, usize)> = Vec::new();
    for (i, ours) in query.vectors.iter().enumerate() {
        row.clear();
        row.extend(
            reference
                .vectors
                .iter()
                .enumerate()
                .filter_map(|(j, theirs)| {
                    let likeness = (cosine(ours, theirs)? - alike) / (1.0 - alike);
                    (likeness > 0.0).then_some((likeness.min(1.0), j))
                }),
        );
        row.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        row.truncate(KEPT);
        let Some(&(nearest, _)) = row.first() else {
            continue;
        };
        let weighed = |likeness: f32| likeness * ((likeness - nearest) / RIVAL).exp2();
        let rivals: f32 = row.iter().map(|&(one, _)| weighed(one) / nearest).sum();
        out.extend(row.iter().map(|&(one, j)| {
            let weight = weighed(one) / rivals.sqrt().sqrt();
            Pair::new(tracks, (i, j), weight)
        }));
    }
    out
}

/// The samples that are to be described.
fn chosen(prints: &Prints) -> Vec<&Sample> {
    let seconds = prints.seconds();
    let mut next = f64::NEG_INFINITY;
    let mut chosen = Vec::new();
    for sample in &prints.samples {
        let at = seconds[sample.index as usize];
        // Times come from integers of some time base: a hair under is as good.
        if at + 1e-6 >= next && sample.views[0].quality >= PLAIN {
            chosen.push(sample);
            next = at + APART;
        }
    }
    chosen
}

fn unit(vector: &[f32]) -> Option<Vec<f32>> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let unit = || vector.iter().map(|x| x / length).collect();
    (length.is_finite() && length > 0.0).then(unit)
}

fn cosine(a: &[f32], b: &[f32]) -> Option<f32> {
    let dot = || a.iter().zip(b).map(|(x, y)| x * y).sum();
    (a.len() == b.len()).then(dot)
}
