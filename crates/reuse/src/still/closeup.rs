//! The exact frame, from pixels: hashes of neighbouring frames are too much alike.

use super::nearest::climbed;
use super::picture::{Area, Size, reduced_by};
use crate::Luma;
use crate::resample::{Taps, reduce};

/// Longest side of what is compared, in samples.
const LONGEST: f32 = 192.0;

/// Steps by which the edges of the place are moved, as parts of its sides.
pub(super) const STEPS: [f32; 4] = [0.016, 0.008, 0.004, 0.002];

/// Difference, in 8-bit steps, from which on a sample counts no more: a caption, a button, a logo.
pub(super) const STRANGE: f32 = 24.0;

/// Least part of the frame that the picture must show.
const SHOWN: f32 = 0.25;

/// Part by which the error of frames may be greater and count as equally like.
const EQUAL: f32 = 0.02;

/// Compares the place in a picture where a frame was found with frames themselves, one after the other.
#[derive(Clone, Debug)]
pub struct Closeup {
    /// The picture in the size in which it is compared.
    picture: Size,
    /// In samples of that.
    place: Area,
    /// Whether the place is exact. Else moving it and the camera are hard to tell apart.
    exact: bool,
    mirrored: bool,
    seen: Vec<Seen>,
}

/// How like a frame is, and where.
#[derive(Clone, Copy, Debug)]
struct Seen {
    frame: u32,
    error: f32,
    place: Area,
}

/// The frame that a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// Its number.
    pub frame: u32,
    /// First and last of the frames about it, among those compared, that are as good as equally like.
    pub alike: [u32; 2],
    /// As [`Sighting::place`](super::Sighting::place).
    pub place: [f32; 4],
}

impl Closeup {
    /// Of a picture, the place in it, whether that is exact and whether it is mirrored, as
    /// [`find`](super::find) told. None of a plane that is not whole, or a place without extent.
    pub fn new(picture: Luma<'_>, place: [f32; 4], exact: bool, mirrored: bool) -> Option<Self> {
        let place = Area::new(place);
        let longest = place.width().max(place.height());
        if !picture.is_whole() || place.width() < 2.0 || place.height() < 2.0 {
            return None;
        }
        let picture = reduced_by(picture, (longest / LONGEST).max(1.0));
        Some(Self {
            place: place.times(1.0 / picture.ratio),
            picture,
            exact,
            mirrored,
            seen: Vec::new(),
        })
    }

    /// Compares a frame: its picture as displayed, in square pixels. Passes over one not whole.
    pub fn show(&mut self, frame: u32, luma: Luma<'_>) {
        if !luma.is_whole() {
            return;
        }
        let grid = Grid::of(luma, &self.place, self.mirrored);
        let steps: &[f32] = if self.exact { &[] } else { &STEPS };
        let error = |place: &Area| grid.error(&self.picture, place);
        let (error, place) = climbed(self.place, steps, error);
        self.seen.push(Seen {
            frame,
            error,
            place,
        });
    }

    /// The frame most like the picture; none when none could be compared.
    pub fn chosen(mut self) -> Option<Chosen> {
        self.seen.sort_by_key(|seen| seen.frame);
        let error = |at: usize| self.seen[at].error;
        let best = (0..self.seen.len()).min_by(|&a, &b| error(a).total_cmp(&error(b)))?;
        let most = error(best) * (1.0 + EQUAL);
        let follows = |a: usize, b: usize| self.seen[a].frame + 1 == self.seen[b].frame;
        let (mut first, mut last) = (best, best);
        while first > 0 && error(first - 1) <= most && follows(first - 1, first) {
            first -= 1;
        }
        while last + 1 < self.seen.len() && error(last + 1) <= most && follows(last, last + 1) {
            last += 1;
        }
        let Seen { frame, place, .. } = self.seen[best];
        let place = place.times(self.picture.ratio);
        (error(best) < f32::MAX).then_some(Chosen {
            frame,
            alike: [self.seen[first].frame, self.seen[last].frame],
            place: place.edges(),
        })
    }
}

/// A frame reduced to about as many samples as the picture has of it.
pub(super) struct Grid {
    width: usize,
    height: usize,
    samples: Vec<f32>,
}

/// A sample of the frame and what the picture has there.
pub(super) struct Laid {
    /// Where, in samples of the picture.
    pub(super) at: (f32, f32),
    pub(super) frame: f32,
    pub(super) picture: f32,
}

impl Grid {
    pub(super) fn of(luma: Luma<'_>, place: &Area, mirrored: bool) -> Self {
        let side = |place: f32, frame: usize| (place.round() as usize).clamp(1, frame);
        let (width, height) = (
            side(place.width(), luma.width),
            side(place.height(), luma.height),
        );
        let (rows, columns) = (
            Taps::area(luma.height, height),
            Taps::area(luma.width, width),
        );
        let (mut line, mut samples) = (Vec::new(), Vec::new());
        reduce(luma, &rows, &columns, &mut line, &mut samples);
        if mirrored {
            samples.chunks_exact_mut(width).for_each(<[f32]>::reverse);
        }
        Self {
            width,
            height,
            samples,
        }
    }

    /// How far the picture is from the frame at a place: mean square of what no change of contrast and
    /// brightness explains. The greatest number where it shows too little of it.
    pub(super) fn error(&self, picture: &Size, place: &Area) -> f32 {
        let pairs = self.laid(picture, place);
        if (pairs.len() as f32) < SHOWN * self.samples.len() as f32 {
            return f32::MAX;
        }
        let (gain, offset) = line(pairs.iter().map(|laid| (laid.frame, laid.picture)));
        let strange = STRANGE * STRANGE;
        let errors = pairs.iter().map(|laid| {
            (laid.picture - gain * laid.frame - offset)
                .powi(2)
                .min(strange)
        });
        errors.sum::<f32>() / pairs.len() as f32
    }

    /// The samples of the frame that lie within the picture at a place.
    pub(super) fn laid(&self, picture: &Size, place: &Area) -> Vec<Laid> {
        let mut pairs = Vec::with_capacity(self.samples.len());
        let (across, down) = (
            place.width() / self.width as f32,
            place.height() / self.height as f32,
        );
        for y in 0..self.height {
            let at = place.top + (y as f32 + 0.5) * down;
            let row = &self.samples[y * self.width..(y + 1) * self.width];
            pairs.extend(row.iter().enumerate().filter_map(|(x, &frame)| {
                let across = place.left + (x as f32 + 0.5) * across;
                let picture = picture.at(across, at)?;
                Some(Laid {
                    at: (across, at),
                    frame,
                    picture,
                })
            }));
        }
        pairs
    }
}

/// Slope and offset of the second by the first, by least squares.
pub(super) fn line(pairs: impl Iterator<Item = (f32, f32)> + Clone) -> (f32, f32) {
    let (many, x, y) = pairs.clone().fold((0.0, 0.0, 0.0), |sum, pair| {
        (sum.0 + 1.0, sum.1 + pair.0, sum.2 + pair.1)
    });
    let (x, y) = (x / many, y / many);
    let (product, square) = pairs.fold((0.0, 0.0), |sum, pair| {
        let along = pair.0 - x;
        (sum.0 + along * (pair.1 - y), sum.1 + along * along)
    });
    let gain = if square > 0.0 { product / square } else { 0.0 };
    (gain, y - gain * x)
}
