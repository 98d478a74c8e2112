//! Parts of a picture bounded by straight edges: where a player, a browser or a phone may show a video.
//!
//! There is one picture, and no motion to tell a window from what is drawn within it, as in
//! [`crate::windows`]: every part that may be one is tried.

use super::picture::{Area, Picture, Size};
use crate::border;
use crate::views::{Rect, Shrinker};

/// Difference of neighbouring samples that counts as an edge, in 8-bit steps.
const STEP: u8 = 9;

/// What a sample without an edge costs a line of samples with one.
const GAP: f32 = 1.5;

/// Lines kept of either direction, the clearest first.
const LINES: usize = 20;

/// Lines this near to a clearer one are the same.
const SAME: usize = 2;

/// Least part of the picture's sides that a window has.
const LEAST: f32 = 0.12;

/// Width over height of windows.
const SHAPES: std::ops::Range<f32> = 0.4..3.2;

/// Least part of each side that is an edge, and of all four on average.
const ANY: f32 = 0.3;
const MEAN: f32 = 0.55;

/// Least part of a line near the picture's own edge that makes it the window's edge.
const CLEAR: f32 = 0.75;

/// Windows kept, the best bounded first.
const KEPT: usize = 120;

/// A line between two rows, or two columns.
struct Line {
    at: usize,
    /// Number of samples before each that differ across the line.
    edges: Vec<u32>,
    clear: f32,
}

impl Line {
    /// Part of a stretch that is an edge.
    fn covered(&self, from: usize, to: usize) -> f32 {
        (self.edges[to] - self.edges[from]) as f32 / (to - from).max(1) as f32
    }
}

/// The whole picture, what is inside its bars, and windows in it, in samples of the picture.
pub(super) fn of(picture: &Picture<'_>) -> Vec<Area> {
    let Some(size) = picture.sizes.get(1).or(picture.sizes.first()) else {
        return Vec::new();
    };
    let mut found = vec![picture.whole];
    found.extend(inside_bars(size));
    found.extend(bounded(size));
    found
}

/// A window with each edge where most of the full picture changes: reduced, it lay within a sample. The
/// whole picture stays as it is.
pub(super) fn sharpened(picture: &Picture<'_>, window: &Area) -> Area {
    if *window == picture.whole {
        return *window;
    }
    let (luma, ratio) = (
        picture.full,
        picture.sizes.get(1).map_or(1.0, |size| size.ratio),
    );
    let within = |at: f32, side: usize| (at.round().max(0.0) as usize).min(side);
    let (left, right) = (
        within(window.left, luma.width),
        within(window.right, luma.width),
    );
    let (top, bottom) = (
        within(window.top, luma.height),
        within(window.bottom, luma.height),
    );
    let across = |y: usize| {
        let changes = |x: &usize| luma.row(y - 1)[*x].abs_diff(luma.row(y)[*x]) > STEP;
        (left..right).filter(changes).count() as f32 / (right - left).max(1) as f32
    };
    let down = |x: usize| {
        let changes = |y: &usize| luma.row(*y)[x - 1].abs_diff(luma.row(*y)[x]) > STEP;
        (top..bottom).filter(changes).count() as f32 / (bottom - top).max(1) as f32
    };
    Area {
        left: clearest(left, luma.width, ratio, down),
        top: clearest(top, luma.height, ratio, across),
        right: clearest(right, luma.width, ratio, down),
        bottom: clearest(bottom, luma.height, ratio, across),
    }
}

/// The line about `at` with the most changes across it, nearest where several have; `at` where none has
/// any. The picture's own edge stays unless a line near it is clear.
fn clearest(at: usize, side: usize, ratio: f32, changes: impl Fn(usize) -> f32) -> f32 {
    let reach = ratio.ceil() as usize + 1;
    let (at, least) = if at < reach {
        (0, CLEAR)
    } else if at + reach > side {
        (side, CLEAR)
    } else {
        (at, 0.0)
    };
    let lines = at.saturating_sub(reach).max(1)..(at + reach + 1).min(side);
    let (mut best, mut most) = (at, least);
    for line in lines {
        let here = changes(line);
        if here > most || (here == most && most > least && line.abs_diff(at) < best.abs_diff(at)) {
            (best, most) = (line, here);
        }
    }
    best as f32
}

/// The part inside the bars around the whole, where there are any.
fn inside_bars(size: &Size) -> Option<Area> {
    let small = Shrinker::default().shrink(size.luma());
    let rect = border::inside(&[&small]);
    let whole = Rect {
        x: 0,
        y: 0,
        width: small.width,
        height: small.height,
    };
    let ratio = size.ratio * size.width as f32 / small.width as f32;
    (rect != whole).then(|| {
        Area {
            left: rect.x as f32,
            top: rect.y as f32,
            right: (rect.x + rect.width) as f32,
            bottom: (rect.y + rect.height) as f32,
        }
        .times(ratio)
    })
}

/// Windows by the part of their four sides that is an edge.
fn bounded(size: &Size) -> Vec<Area> {
    let luma = size.luma();
    let across = lines(size.height, size.width, |y, x| luma.row(y)[x]);
    let down = lines(size.width, size.height, |x, y| luma.row(y)[x]);
    let mut found = Vec::new();
    for (top, bottom) in pairs(&across, size.height) {
        for (left, right) in pairs(&down, size.width) {
            let shape = (right.at - left.at) as f32 / (bottom.at - top.at) as f32;
            let sides = [
                top.covered(left.at, right.at),
                bottom.covered(left.at, right.at),
                left.covered(top.at, bottom.at),
                right.covered(top.at, bottom.at),
            ];
            let mean = sides.iter().sum::<f32>() / 4.0;
            if SHAPES.contains(&shape) && mean >= MEAN && sides.iter().all(|&side| side >= ANY) {
                let area = Area {
                    left: left.at as f32,
                    top: top.at as f32,
                    right: right.at as f32,
                    bottom: bottom.at as f32,
                };
                found.push((mean, area));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(KEPT);
    found.into_iter().map(|it| it.1.times(size.ratio)).collect()
}

/// Two lines, the first before the second, far enough apart; in the order of the lines.
fn pairs(lines: &[Line], side: usize) -> impl Iterator<Item = (&Line, &Line)> {
    let far = move |a: &Line, b: &Line| b.at > a.at && (b.at - a.at) as f32 >= LEAST * side as f32;
    lines
        .iter()
        .flat_map(move |a| lines.iter().map(move |b| (a, b)))
        .filter(move |(a, b)| far(a, b))
}

/// The clearest lines between `count` rows of `length` samples, and the picture's two ends.
fn lines(count: usize, length: usize, at: impl Fn(usize, usize) -> u8) -> Vec<Line> {
    let mut all: Vec<Line> = (1..count)
        .map(|row| line(row, length, |k| at(row - 1, k).abs_diff(at(row, k)) > STEP))
        .filter(|line| line.clear >= LEAST * length as f32)
        .collect();
    all.sort_by(|a, b| b.clear.total_cmp(&a.clear).then(a.at.cmp(&b.at)));
    let end = |at| line(at, length, |_| true);
    let mut kept = vec![end(0), end(count)];
    for line in all {
        if kept.len() < LINES && kept.iter().all(|it| it.at.abs_diff(line.at) > SAME) {
            kept.push(line);
        }
    }
    kept
}

fn line(at: usize, length: usize, is_edge: impl Fn(usize) -> bool) -> Line {
    let (mut edges, mut sum, mut clear) = (vec![0], 0.0f32, 0.0f32);
    let mut count = 0;
    for k in 0..length {
        let edge = is_edge(k);
        count += u32::from(edge);
        edges.push(count);
        sum = (sum + if edge { 1.0 } else { -GAP }).max(0.0);
        clear = clear.max(sum);
    }
    Line { at, edges, clear }
}
