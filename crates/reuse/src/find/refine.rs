//! The line that a run follows, told finer than by votes.

use std::collections::HashMap;

use super::evidence::{FAR, Pair, Turned};
use super::line::Line;
use super::run::Run;
use super::track::Track;

/// Speeds tried: coarse, then fine about the best, in factors.
const COARSE: f64 = 1.02;
const FINE: f64 = 1.0025;
const SPEEDS: std::ops::RangeInclusive<f64> = 0.47..=2.13;

/// Shifts tried in the middle of the run, in seconds either way, and how far apart: coarse, then fine.
const SHIFT: (f64, f64) = (1.0, 0.1);
const FINE_SHIFT: (f64, f64) = (0.1, 0.02);

/// What another place must gain: mean bits. So much is chance.
const ELSEWHERE: f32 = 0.5;

/// Frames of a reference that are all looked at for that.
const FRAMES: usize = 20_000;

/// Step in which other places are tried, in seconds.
const STRIDE: f64 = 0.2;

/// Steps from each sample: those of a still picture lie a second apart.
const STRIDES: u32 = 5;

/// Samples of a run that are laid against others at most, spread over it: an hour has thousands.
const ROWS: usize = 96;

/// What another speed than 1 must gain, likewise.
const GAIN: f32 = 0.5;

/// All that two videos have in common, plain or mirrored: what lines are weighed by.
pub(super) struct Compared<'a> {
    views: [&'a Track<'a>; 2],
    points: [&'a Track<'a>; 2],
    /// The views of either.
    pub(super) turned: [Vec<Turned>; 2],
    shared: HashMap<(usize, usize), f32>,
    mirrored: bool,
}

impl<'a> Compared<'a> {
    /// Of query and reference, each; `pairs` are those of the points.
    pub(super) fn new(
        views: [&'a Track<'a>; 2],
        points: [&'a Track<'a>; 2],
        pairs: &[Pair],
        mirrored: bool,
    ) -> Self {
        let turned = |track: &Track<'_>, mirrored| -> Vec<Turned> {
            let views = track.views.iter();
            views.map(|views| Turned::new(views, mirrored)).collect()
        };
        let shared = pairs
            .iter()
            .map(|pair| ((pair.query, pair.reference), pair.weight));
        Self {
            views,
            points,
            turned: [turned(views[0], mirrored), turned(views[1], false)],
            shared: shared.collect(),
            mirrored,
        }
    }

    /// A line anywhere in the reference, as fast as the run's or at speed 1, along which less differs
    /// than along the run's. Where a camera stands still, much looks alike at many times; what little
    /// moves tells them apart.
    pub(super) fn elsewhere(&self, run: &Run) -> Option<Line> {
        let span = run.extent()?;
        let anywhere = (f64::NEG_INFINITY, f64::INFINITY);
        // In a long reference, its samples must do.
        let frames = if self.views[1].frame_from(f64::INFINITY) <= FRAMES {
            anywhere
        } else {
            (0.0, 0.0)
        };
        let sheets = [
            self.views(span, anywhere),
            self.points(span, anywhere),
            self.frames(span, frames),
        ];
        let mut best = (cost(&sheets, &run.line) - ELSEWHERE, None);
        // Times may be absurd: what is tried is counted by samples, not by seconds.
        for (slope, &time, stride) in [run.line.slope, 1.0].into_iter().flat_map(|slope| {
            let times = sheets[0].times.iter();
            times.flat_map(move |time| (0..STRIDES).map(move |stride| (slope, time, stride)))
        }) {
            let begins = time + f64::from(stride) * STRIDE;
            let line = Line {
                offset: begins - slope * span.0,
                slope,
            };
            let cost = cost(&sheets, &line);
            if cost < best.0 {
                best = (cost, Some(line));
            }
        }
        best.1
    }

    /// The line through about the middle of a run that brings together what differs least.
    pub(super) fn line(&self, run: &Run) -> Option<Line> {
        let (head, tail) = run.extent()?;
        let (start, end) = (run.line.at(head), run.line.at(tail));
        let about = |(from, to): (f64, f64), length: f64| {
            let (middle, reach) = (
                f64::midpoint(from, to),
                length / 2.0 * SPEEDS.end() + SHIFT.0,
            );
            (middle - reach, middle + reach)
        };
        let (span, within) = ((head, tail), about((start, end), tail - head));
        let (back, back_within) = ((start, end), about((head, tail), end - start));
        let sheets = [
            self.views(span, within),
            self.frames(span, within),
            self.backwards(back, back_within),
            self.points(span, within),
        ];
        cheapest(&sheets, run)
    }

    fn views(&self, span: (f64, f64), within: (f64, f64)) -> Sheet {
        let [ours, theirs] = &self.turned;
        Sheet::new(span, within, self.views, Times::Samples, |i, j| {
            near(ours[i].distance(&theirs[j]))
        })
    }

    fn frames(&self, span: (f64, f64), within: (f64, f64)) -> Sheet {
        let (ours, reference) = (&self.turned[0], self.views[1]);
        Sheet::new(span, within, self.views, Times::Frames, |i, frame| {
            near(ours[i].distance_to(reference.whole(frame)))
        })
    }

    /// Samples of the reference against frames of the query. Mirroring either is mirroring the other.
    fn backwards(&self, span: (f64, f64), within: (f64, f64)) -> Sheet {
        let (theirs, [query, reference]) = (&self.turned[1], self.views);
        let tracks = [reference, query];
        let sheet = Sheet::new(span, within, tracks, Times::Frames, |j, frame| {
            let whole = query.whole(frame);
            let turned = if self.mirrored {
                whole.mirrored()
            } else {
                whole
            };
            near(theirs[j].distance_to(turned))
        });
        Sheet {
            is_backwards: true,
            ..sheet
        }
    }

    fn points(&self, span: (f64, f64), within: (f64, f64)) -> Sheet {
        Sheet::new(span, within, self.points, Times::Samples, |i, j| {
            FAR * (1.0 - self.shared.get(&(i, j)).copied().unwrap_or(0.0))
        })
    }
}

fn near(distance: Option<u32>) -> f32 {
    distance.map_or(FAR, |bits| (bits as f32).min(FAR))
}

/// What samples are laid against.
#[derive(Clone, Copy)]
enum Times {
    Samples,
    Frames,
}

/// Distances between the samples of a run in one video and all that may lie on its line in the other.
struct Sheet {
    /// Time in the one, weight, and the distance to each time of the other from the first.
    rows: Vec<(f64, f32, Vec<f32>)>,
    /// In the other.
    times: Vec<f64>,
    /// Whether the one is the reference.
    is_backwards: bool,
}

impl Sheet {
    /// `spans` are those of the run in either, `distance` is that of a sample of the one and a sample
    /// or a frame of the other, up to [`FAR`].
    fn new(
        span: (f64, f64),
        within: (f64, f64),
        [one, other]: [&Track<'_>; 2],
        times: Times,
        distance: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let (from, past) = match times {
            Times::Samples => (other.sample_from(within.0), other.sample_from(within.1)),
            Times::Frames => (other.frame_from(within.0), other.frame_from(within.1)),
        };
        let time = |j: usize| match times {
            Times::Samples => other.sample_at(j),
            Times::Frames => other.starts(j),
        };
        let row = |i: usize| {
            let distances = (from..past).map(|j| distance(i, j)).collect();
            (one.sample_at(i), one.held(i).min(1.0) as f32, distances)
        };
        // The last sample of the run counts.
        let (first, last) = (one.sample_from(span.0), one.sample_from(span.1 + 1e-6));
        Self {
            rows: (first..last)
                .step_by((last - first).div_ceil(ROWS).max(1))
                .map(row)
                .collect(),
            times: (from..past).map(time).collect(),
            is_backwards: false,
        }
    }

    /// Weighted sum of the bits by which what the line brings together differs, and the weights' sum.
    fn cost(&self, line: &Line) -> (f32, f32) {
        let (mut sum, mut mass) = (0.0, 0.0);
        for (at, weight, distances) in &self.rows {
            let other = if self.is_backwards {
                (at - line.offset) / line.slope
            } else {
                line.at(*at)
            };
            sum += weight * self.between(distances, other);
            mass += weight;
        }
        (sum, mass)
    }

    /// A row's distance at a time between samples.
    fn between(&self, distances: &[f32], at: f64) -> f32 {
        let next = self.times.partition_point(|&time| time <= at);
        match (next.checked_sub(1), distances.get(next)) {
            (Some(before), Some(after)) => {
                let (from, to) = (self.times[before], self.times[next]);
                let share = ((at - from) / (to - from)) as f32;
                distances[before] * (1.0 - share) + after * share
            }
            // A little past the ends the first and the last picture may still be on screen.
            (Some(last), None) if at - self.times[last] < SHIFT.1 * 2.0 => distances[last],
            (None, Some(first)) if self.times[0] - at < SHIFT.1 * 2.0 => *first,
            _ => FAR,
        }
    }
}

/// Mean bits by which what the line brings together differs, over several sheets.
fn cost(sheets: &[Sheet], line: &Line) -> f32 {
    let costs = sheets.iter().map(|sheet| sheet.cost(line));
    let (sum, mass) = costs.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    sum / mass.max(f32::MIN_POSITIVE)
}

/// The line through about the middle of the run that costs least; one of speed 1 where that costs
/// hardly more.
fn cheapest(sheets: &[Sheet], run: &Run) -> Option<Line> {
    let (head, tail) = run.extent()?;
    let middle = f64::midpoint(head, tail);
    let through = |slope: f64, shift: f64| Line {
        slope,
        offset: run.line.at(middle) + shift - slope * middle,
    };
    let best = |slopes: &[f64], about: f64, (reach, step): (f64, f64)| {
        let steps = (reach / step).round() as i32;
        let mut best: Option<(f32, f64, f64)> = None;
        for &slope in slopes {
            for k in -steps..=steps {
                let shift = about + f64::from(k) * step;
                let cost = cost(sheets, &through(slope, shift));
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, slope, shift));
                }
            }
        }
        best
    };
    let around = |slope: f64, factor: f64, steps: i32| -> Vec<f64> {
        let all = (-steps..=steps).map(|k| slope * factor.powi(k));
        all.filter(|slope| SPEEDS.contains(slope)).collect()
    };
    let (_, slope, shift) = best(&around(1.0, COARSE, 37), 0.0, SHIFT)?;
    let (least, slope, shift) = best(&around(slope, FINE, 8), shift, FINE_SHIFT)?;
    let (_, _, level) = best(&[1.0], 0.0, SHIFT)?;
    let (unchanged, _, level) = best(&[1.0], level, FINE_SHIFT)?;
    Some(if unchanged <= least + GAIN {
        through(1.0, level)
    } else {
        through(slope, shift)
    })
}
