//! Windows in a picture: an inset, a video between blurred bars, a player's or a browser's frame.
//!
//! What is shown in a window moves, and so does what is around it, but the straight line between the
//! two stays: over the pictures of a shot it is where neighbouring samples differ again and again,
//! and those a little to either side do not.

use crate::views::{Rect, Small};

/// Windows kept of one shot.
pub(crate) const WINDOWS: usize = 3;

/// Differences above this count alike, so that a few black and white places do not make a line.
const MOST: u8 = 32;

/// Lines considered in each direction, the strongest, besides the sides of the picture.
const LINES: usize = 12;

/// Least strength of the weakest side of a window: of 1.5, were all samples along it to differ much.
const LEAST: f32 = 0.15;

/// What a side of the picture counts as, where it is the side of a window.
const BORDER: f32 = 0.25;

/// What a window in the middle of the picture counts more: pictures are put into others that way.
const CENTRED: f32 = 0.3;

/// How uneven what is left on both sides may be then, in samples.
const EVEN: usize = 2;

/// Least part of either side of the picture that a window takes, and of its area at least and at most,
/// in percent.
const SIDE: usize = 15;
const AREA: std::ops::RangeInclusive<usize> = 4..=85;

/// Two windows that share more than this part of what they cover together are one.
const SAME: f32 = 0.5;

/// The windows inside a box of the pictures of one shot, the surest first. All pictures must be of one
/// size, and the box within them.
pub(crate) fn of(shot: &[&Small], within: Rect) -> Vec<Rect> {
    let (width, height) = (within.width, within.height);
    if width * SIDE < 8 * 100 || height * SIDE < 8 * 100 {
        return Vec::new();
    }
    let across = Boundaries::new(shot, height, width, |picture, row, column| {
        picture.sample(within.x + column, within.y + row)
    });
    let down = Boundaries::new(shot, width, height, |picture, column, row| {
        picture.sample(within.x + column, within.y + row)
    });
    let mut found = candidates(&across, &down);
    found.sort_by(|a, b| {
        let place = |r: &Rect| (r.x, r.y, r.width, r.height);
        b.0.total_cmp(&a.0).then(place(&a.1).cmp(&place(&b.1)))
    });
    let mut kept: Vec<Rect> = Vec::new();
    for (_, window) in found {
        if kept.len() < WINDOWS && kept.iter().all(|other| !is_same(other, &window)) {
            kept.push(window);
        }
    }
    for window in &mut kept {
        (window.x, window.y) = (window.x + within.x, window.y + within.y);
    }
    kept
}

/// Every box between two lines of either direction that may be a window, with its strength.
fn candidates(across: &Boundaries, down: &Boundaries) -> Vec<(f32, Rect)> {
    let (width, height) = (across.places, down.places);
    let (columns, rows) = (across.strongest(), down.strongest());
    let mut found = Vec::new();
    for (left, right) in pairs(&columns, width * SIDE / 100) {
        for (top, bottom) in pairs(&rows, height * SIDE / 100) {
            let part = (right - left) * (bottom - top) * 100 / (width * height);
            let sides = usize::from(left > 0)
                + usize::from(top > 0)
                + usize::from(right < width)
                + usize::from(bottom < height);
            if !AREA.contains(&part) || sides < 2 {
                continue;
            }
            let mut strengths = [
                across.mean(left, top, bottom),
                across.mean(right, top, bottom),
                down.mean(top, left, right),
                down.mean(bottom, left, right),
            ];
            strengths.sort_unstable_by(f32::total_cmp);
            let [weakest, second, ..] = strengths;
            let centred =
                (width - right).abs_diff(left) <= EVEN && (height - bottom).abs_diff(top) <= EVEN;
            if second >= LEAST {
                let window = Rect {
                    x: left,
                    y: top,
                    width: right - left,
                    height: bottom - top,
                };
                let bonus = if centred { CENTRED } else { 0.0 };
                found.push((weakest + second + bonus, window));
            }
        }
    }
    found
}

/// All pairs of places at least so far apart.
fn pairs(places: &[usize], apart: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
    places.iter().enumerate().flat_map(move |(at, &first)| {
        let later = places[at + 1..].iter();
        later
            .filter(move |&&second| second - first >= apart)
            .map(move |&second| (first, second))
    })
}

fn is_same(a: &Rect, b: &Rect) -> bool {
    let shared = |from: usize, to: usize, other: usize, until: usize| {
        to.min(until).saturating_sub(from.max(other)) as f32
    };
    let common = shared(a.x, a.x + a.width, b.x, b.x + b.width)
        * shared(a.y, a.y + a.height, b.y, b.y + b.height);
    let area = |r: &Rect| (r.width * r.height) as f32;
    common > SAME * (area(a) + area(b) - common)
}

/// How much of a straight line lies at each place between two neighbouring lines of samples.
struct Boundaries {
    /// Samples along a boundary, and boundaries but the first: place 0 and the last are the picture's sides.
    length: usize,
    places: usize,
    /// Strengths summed along the boundary: of the first so many samples, for each place.
    sums: Vec<f32>,
}

impl Boundaries {
    /// `sample` takes the place along a boundary, then the place across.
    fn new(
        shot: &[&Small],
        length: usize,
        places: usize,
        sample: impl Fn(&Small, usize, usize) -> u8,
    ) -> Self {
        let row = places + 1;
        let mut sums = vec![0.0; (length + 1) * row];
        let mut steps = vec![0u32; row];
        let full = (shot.len().max(1) * usize::from(MOST)) as f32;
        for at in 0..length {
            steps.fill(0);
            for picture in shot {
                let mut before = sample(picture, at, 0);
                for (place, step) in (1..places).zip(&mut steps[1..]) {
                    let here = sample(picture, at, place);
                    *step += u32::from(here.abs_diff(before).min(MOST));
                    before = here;
                }
            }
            for place in 0..row {
                let strength = strength(&steps, place) / full;
                sums[(at + 1) * row + place] = sums[at * row + place] + strength;
            }
        }
        Self {
            length,
            places,
            sums,
        }
    }

    /// Mean strength at a place, from one sample along it up to but not including another.
    fn mean(&self, place: usize, from: usize, to: usize) -> f32 {
        if place == 0 || place == self.places {
            return BORDER;
        }
        self.inner(place, from, to)
    }

    fn inner(&self, place: usize, from: usize, to: usize) -> f32 {
        let row = self.places + 1;
        (self.sums[to * row + place] - self.sums[from * row + place]) / (to - from) as f32
    }

    /// The places with the strongest stretches, and the picture's sides, in order.
    fn strongest(&self) -> Vec<usize> {
        let mut best: Vec<f32> = (0..=self.places).map(|place| self.longest(place)).collect();
        let mut places = vec![0, self.places];
        for _ in 0..LINES {
            let most =
                (1..self.places).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a)));
            let Some(place) = most.filter(|&place| best[place] >= LEAST) else {
                break;
            };
            // The other side of a window in the middle may be hard to see.
            places.extend([place, self.places - place]);
            best[place.saturating_sub(2)..(place + 3).min(self.places)].fill(0.0);
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Mean strength of the strongest stretch at a place, over several lengths.
    fn longest(&self, place: usize) -> f32 {
        let least = (self.length * SIDE / 100).max(1);
        let mut most = 0.0f32;
        for length in [least, least * 3 / 2, least * 2, least * 3] {
            for from in 0..=self.length.saturating_sub(length) {
                let to = (from + length).min(self.length);
                most = most.max(self.inner(place, from, to));
            }
        }
        most
    }
}

/// How much a place stands out of its surroundings: a line that scaling blurred spreads over two.
fn strength(steps: &[u32], place: usize) -> f32 {
    let last = steps.len() - 1;
    let at = |away: isize| steps[place.saturating_add_signed(away).min(last)];
    let here = at(0) as f32 + 0.5 * at(-1).max(at(1)) as f32;
    let around: u32 = [-5, -4, -3, 3, 4, 5].into_iter().map(at).sum();
    (here - around as f32 / 4.0).max(0.0)
}
