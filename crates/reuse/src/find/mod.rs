//! Which spans of a query show the same footage as which spans of references.

mod consensus;
mod constellation;
mod edges;
mod evidence;
mod explain;
mod heard;
mod learned;
mod line;
mod refine;
mod run;
mod track;

use std::ops::Range;

use rayon::prelude::*;

use crate::prints::Prints;
use crate::sound::SoundPrints;
pub(crate) use constellation::Index;
use evidence::Pair;
use heard::Heard;
use line::Line;
use refine::Compared;
use run::Run;
use track::Track;

pub use explain::{Alteration, FramePair, Part};
pub use learned::{Described, described_frames, find_described};

/// Spans taken from one pair of videos, at most, for each of plain and mirrored.
const SPANS: usize = 8;

/// Share of the best strength that a run at unchanged speed must reach to be preferred.
const NEARLY: f32 = 0.9;

/// Alignments scoring less are not reported.
const LEAST_SCORE: f32 = 0.4;

/// Two spans found to show the same footage.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Position of the reference in the list given to [`find`].
    pub reference: usize,
    /// Where in the query.
    pub query: Side,
    /// Where in the reference.
    pub reference_side: Side,
    /// How sure, 0 to 1; `docs/reuse.md` says how often it errs.
    pub score: f32,
    /// Whether one is the left-to-right mirror of the other.
    pub mirrored: bool,
    /// How many times faster the query plays than the reference, about 0.5 to 2.
    pub speed: f64,
    /// What it was found by.
    pub evidence: Evidence,
    /// Frame pairs that carry it, at most eight, in order of time.
    pub pairs: Vec<FramePair>,
    /// Where either picture lies in the other, where corners tell.
    pub alteration: Option<Alteration>,
}

/// What two spans have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Pictures alone: other sound, or none.
    Picture,
    /// Sound alone: other pictures, or none that tell.
    Sound,
    /// Pictures and the sound with them.
    Both,
    /// Pictures, by vectors that were handed in alone: [`find_described`].
    Learned,
}

/// One side of an alignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// Number of the first frame.
    pub first: u32,
    /// Number of the last frame, itself included.
    pub last: u32,
    /// Presentation time of the first frame, in ticks of the video's time base.
    pub start: i64,
    /// Presentation time at which the last frame ends; not part of the span.
    pub end: i64,
}

/// Finds the footage that `query` shares with each of `references`.
///
/// The result is sorted by score, the surest first, then by reference and place. It depends on the
/// prints alone: not on threads, nor on the order of references but for [`Alignment::reference`]
/// and the order of equals. A video compared with itself matches itself; leaving it out is the
/// caller's.
pub fn find(query: &Prints, references: &[&Prints]) -> Vec<Alignment> {
    let query = Query::new(query);
    let mut found: Vec<Alignment> = references
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, reference)| query.align(at, reference))
        .collect();
    sort(&mut found);
    found
}

/// The surest first, then by reference and place.
fn sort(found: &mut [Alignment]) {
    found.sort_by(|a, b| {
        let place = |x: &Alignment| {
            (
                x.reference,
                x.query.first,
                x.reference_side.first,
                x.mirrored,
            )
        };
        b.score
            .total_cmp(&a.score)
            .then_with(|| place(a).cmp(&place(b)))
    });
}

/// Samples of query and reference.
type Tracks<'a> = [&'a Track<'a>; 2];

/// A query, prepared once for all references.
struct Query<'a> {
    sound: &'a SoundPrints,
    views: Track<'a>,
    points: Track<'a>,
    plain: Index,
    mirrored: Index,
}

/// A run, what it was found in, and whether mirrored.
struct Found {
    run: Run,
    by_points: bool,
    mirrored: bool,
}

impl<'a> Query<'a> {
    fn new(prints: &'a Prints) -> Self {
        let points = Track::with_points(prints);
        let (plain, mirrored) = (Index::new(&points, false), Index::new(&points, true));
        Self {
            views: Track::new(prints),
            sound: prints.sound(),
            points,
            plain,
            mirrored,
        }
    }

    /// All alignments with one reference: of pictures, with the sound that goes with them, and of sound
    /// that goes with none.
    fn align(&self, at: usize, reference: &Prints) -> Vec<Alignment> {
        let (views, points) = (Track::new(reference), Track::with_points(reference));
        let (views, points) = ([&self.views, &views], [&self.points, &points]);
        let seen = self.pictured(views, points);
        let heard = heard::shared(self.sound, reference.sound());
        let pictured = seen.iter().filter_map(|one| {
            let tracks = if one.by_points { points } else { views };
            let (query, reference_side) = edges::sides(&one.run, tracks[0], tracks[1])?;
            let sound = heard.iter().filter(|heard| heard.belongs(&one.run));
            let sound = sound.map(|heard| heard.strength).sum::<f32>();
            Some(Alignment {
                reference: at,
                query,
                reference_side,
                score: one.run.score_with(sound),
                mirrored: one.mirrored,
                speed: one.run.line.slope,
                evidence: if sound > 0.0 {
                    Evidence::Both
                } else {
                    Evidence::Picture
                },
                pairs: explain::pairs(&one.run, tracks),
                alteration: explain::alteration(&one.run, points, one.mirrored),
            })
        });
        let alone = heard
            .iter()
            .filter(|heard| !seen.iter().any(|one| heard.belongs(&one.run)));
        pictured
            .chain(alone.filter_map(|heard| sound_alone(heard, at, views)))
            .filter(|alignment| alignment.score >= LEAST_SCORE)
            .collect()
    }

    /// Runs of like views and of shared corners; the stronger one where they speak of the same time.
    fn pictured(&self, views: Tracks<'_>, points: Tracks<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        for mirrored in [false, true] {
            let index = if mirrored {
                &self.mirrored
            } else {
                &self.plain
            };
            let shared = constellation::pairs(index, points[0], points[1], mirrored);
            let compared = Compared::new(views, points, &shared, mirrored);
            let alike = evidence::pairs(views, &compared.turned);
            for (pairs, by_points) in [(alike, false), (shared, true)] {
                let tracks = if by_points { points } else { views };
                found.extend(runs(pairs, &compared, tracks).into_iter().map(|run| Found {
                    run,
                    by_points,
                    mirrored,
                }));
            }
        }
        found.sort_by(|a, b| b.run.strength.total_cmp(&a.run.strength));
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            if kept
                .iter()
                .all(|better| !one.run.mostly_within(&better.run))
            {
                kept.push(one);
            }
        }
        kept
    }
}

/// The alignment of a stretch of sound whose pictures are others.
fn sound_alone(heard: &Heard, at: usize, [query, reference]: Tracks<'_>) -> Option<Alignment> {
    let side = |track: &Track<'_>, span: &Range<f64>| {
        track.side(track.frame_at(span.start), track.frame_at(span.end))
    };
    Some(Alignment {
        reference: at,
        query: side(query, &heard.query)?,
        reference_side: side(reference, &heard.reference)?,
        score: heard.score(),
        mirrored: false,
        speed: 1.0,
        evidence: Evidence::Sound,
        pairs: Vec::new(),
        alteration: None,
    })
}

/// Runs taken one after another, each explaining its pairs away.
fn runs(mut pairs: Vec<Pair>, compared: &Compared<'_>, tracks: Tracks<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    while runs.len() < SPANS {
        let Some(run) = best_run(&pairs, tracks[0], tracks[1]) else {
            break;
        };
        let run = straightened(run, &pairs, compared, tracks);
        pairs.retain(|pair| !run.explains(pair));
        runs.push(run);
    }
    runs
}

/// A run along a finer line, where that holds what the coarse one did.
fn straightened(run: Run, pairs: &[Pair], compared: &Compared<'_>, tracks: Tracks<'_>) -> Run {
    if run.score() < LEAST_SCORE {
        return run;
    }
    let strength = run.strength;
    let follow = |line: Option<Line>| {
        let other = line.and_then(|line| run::along(line, pairs, tracks[0], tracks[1]))?;
        (other.strength >= NEARLY * strength).then_some(other)
    };
    let run = follow(compared.elsewhere(&run)).unwrap_or(run);
    follow(compared.line(&run)).unwrap_or(run)
}

/// The strongest run of evidence along one line; along one of speed 1 where that is nearly as strong.
fn best_run(pairs: &[Pair], query: &Track<'_>, reference: &Track<'_>) -> Option<Run> {
    let follow = |line| run::along(line, pairs, query, reference);
    let first = line::strongest(pairs).and_then(follow)?;
    let refined = line::fitted(&first.inliers).and_then(follow);
    let level = line::unchanged(&first.inliers).and_then(follow);
    let free = refined.into_iter().fold(first, |best, run| {
        if run.strength >= best.strength {
            run
        } else {
            best
        }
    });
    match level {
        Some(level) if level.strength >= NEARLY * free.strength => Some(level),
        _ => Some(free),
    }
}
