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

/// What another speed than 1 must gain: mean bits. So much is chance.
const GAIN: f32 = 0.5;

/// All that two videos have in common, plain or mirrored: what lines are weighed by.
pub(super) struct Compared<'a> {
    pub(super) views: [&'a Track<'a>; 2],
    pub(super) points: [&'a Track<'a>; 2],
    turned: [Vec<Turned>; 2],
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

    /// The line through about the middle of a run that brings together what differs least.
    pub(super) fn line(&self, run: &Run) -> Option<Line> {
        let (head, tail) = run.extent()?;
        let spans = [(head, tail), (run.line.at(head), run.line.at(tail))];
        let [ours, theirs] = &self.turned;
        let [query, reference] = self.views;
        let near = |distance: Option<u32>| distance.map_or(FAR, |bits| (bits as f32).min(FAR));
        let views = Sheet::new(spans, self.views, Times::Samples, |i, j| {
            near(ours[i].distance(&theirs[j]))
        });
        let frames = Sheet::new(spans, self.views, Times::Frames, |i, frame| {
            near(ours[i].distance_to(reference.whole(frame)))
        });
        // Mirroring either is mirroring the other.
        let turn = |frame: usize| {
            let whole = query.whole(frame);
            if self.mirrored {
                whole.mirrored()
            } else {
                whole
            }
        };
        let back = [spans[1], spans[0]];
        let mut backwards = Sheet::new(back, [reference, query], Times::Frames, |j, frame| {
            near(theirs[j].distance_to(turn(frame)))
        });
        backwards.is_backwards = true;
        let points = Sheet::new(spans, self.points, Times::Samples, |i, j| {
            FAR * (1.0 - self.shared.get(&(i, j)).copied().unwrap_or(0.0))
        });
        Sheets([views, frames, backwards, points]).line(run)
    }
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
        [span, other_span]: [(f64, f64); 2],
        [one, other]: [&Track<'_>; 2],
        times: Times,
        distance: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let middle = f64::midpoint(other_span.0, other_span.1);
        let reach = (span.1 - span.0) / 2.0 * SPEEDS.end() + SHIFT.0;
        let (from, past) = match times {
            Times::Samples => (
                other.sample_from(middle - reach),
                other.sample_from(middle + reach),
            ),
            Times::Frames => (
                other.frame_from(middle - reach),
                other.frame_from(middle + reach),
            ),
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
            rows: (first..last).map(row).collect(),
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

struct Sheets([Sheet; 4]);

impl Sheets {
    /// Mean bits by which what the line brings together differs.
    fn cost(&self, line: &Line) -> f32 {
        let costs = self.0.iter().map(|sheet| sheet.cost(line));
        let (sum, mass) = costs.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        sum / mass.max(f32::MIN_POSITIVE)
    }

    /// The line through about the middle of the run that costs least; one of speed 1 where that costs
    /// hardly more.
    fn line(&self, run: &Run) -> Option<Line> {
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
                    let cost = self.cost(&through(slope, shift));
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
}
