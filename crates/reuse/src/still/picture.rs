//! A picture to look for, in several sizes.

use crate::Luma;
use crate::pdq::{Reducer, Spectrum};
use crate::resample::{Taps, reduce};

/// Longest sides to which it is reduced; a smaller picture is kept as it is, once.
const SIDES: [usize; 3] = [384, 768, 1536];

/// Longest side, in samples, that a part should have to be hashed: more tells no more.
const ENOUGH: f32 = 256.0;

/// Part of a picture, in its samples; it may reach beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    /// Of its left, top, right and bottom edge.
    pub(super) fn new([left, top, right, bottom]: [f32; 4]) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// Left, top, right and bottom edge.
    pub(super) fn edges(&self) -> [f32; 4] {
        [self.left, self.top, self.right, self.bottom]
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub(super) fn times(&self, factor: f32) -> Self {
        Self {
            left: self.left * factor,
            top: self.top * factor,
            right: self.right * factor,
            bottom: self.bottom * factor,
        }
    }

    /// The area of which this one is the centre, with this share of each side.
    pub(super) fn around(&self, share: f32) -> Self {
        let grown = (1.0 / share - 1.0) / 2.0;
        let (x, y) = (self.width() * grown, self.height() * grown);
        Self {
            left: self.left - x,
            top: self.top - y,
            right: self.right + x,
            bottom: self.bottom + y,
        }
    }

    /// What two areas share, as a part of what they cover together.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let along = |a: f32, b: f32, c: f32, d: f32| (b.min(d) - a.max(c)).max(0.0);
        let shared = along(self.left, self.right, other.left, other.right)
            * along(self.top, self.bottom, other.top, other.bottom);
        let size = |area: &Self| area.width() * area.height();
        shared / (size(self) + size(other) - shared)
    }
}

/// The picture in one size.
#[derive(Clone, Debug)]
pub(super) struct Size {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Samples of the given picture for each sample of this one.
    pub(super) ratio: f32,
    samples: Vec<u8>,
}

impl Size {
    pub(super) fn luma(&self) -> Luma<'_> {
        Luma {
            data: &self.samples,
            width: self.width,
            height: self.height,
            stride: self.width,
        }
    }

    /// The sample at a place, between four; none beyond the picture. The middle of the first sample is
    /// at one half.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<f32> {
        let (width, height) = (self.width as f32, self.height as f32);
        if x < 0.0 || y < 0.0 || x > width || y > height {
            return None;
        }
        let (x, y) = (
            (x - 0.5).clamp(0.0, width - 1.0),
            (y - 0.5).clamp(0.0, height - 1.0),
        );
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = (
            (left + 1).min(self.width - 1),
            (top + 1).min(self.height - 1),
        );
        let (across, down) = (x - left as f32, y - top as f32);
        let sample = |x: usize, y: usize| f32::from(self.samples[y * self.width + x]);
        let upper = sample(left, top) * (1.0 - across) + sample(right, top) * across;
        let lower = sample(left, bottom) * (1.0 - across) + sample(right, bottom) * across;
        Some(upper * (1.0 - down) + lower * down)
    }

    /// The samples of an area to the nearest one; beyond the picture its outermost go on.
    fn cut(&self, area: &Area) -> (Vec<u8>, usize, usize) {
        let (left, top) = (area.left.round() as i32, area.top.round() as i32);
        let width = (area.right.round() as i32 - left).max(1) as usize;
        let height = (area.bottom.round() as i32 - top).max(1) as usize;
        let within = |at: i32, side: usize| at.clamp(0, side as i32 - 1) as usize;
        let mut out = Vec::with_capacity(width * height);
        for y in 0..height as i32 {
            let row = self.luma().row(within(top + y, self.height));
            out.extend((0..width as i32).map(|x| row[within(left + x, self.width)]));
        }
        (out, width, height)
    }
}

/// A picture to look for.
#[derive(Clone, Debug)]
pub(super) struct Picture<'a> {
    pub(super) full: Luma<'a>,
    /// From the smallest up.
    pub(super) sizes: Vec<Size>,
    pub(super) whole: Area,
}

impl<'a> Picture<'a> {
    /// None of a plane that is not whole.
    pub(super) fn of(luma: Luma<'a>) -> Option<Self> {
        if !luma.is_whole() {
            return None;
        }
        let longest = luma.width.max(luma.height);
        let smaller = SIDES.iter().filter(|&&side| side < longest);
        let mut sizes: Vec<Size> = smaller.map(|&side| reduced(luma, side)).collect();
        if sizes.len() < SIDES.len() {
            sizes.push(reduced(luma, longest));
        }
        Some(Self {
            full: luma,
            sizes,
            whole: Area {
                left: 0.0,
                top: 0.0,
                right: luma.width as f32,
                bottom: luma.height as f32,
            },
        })
    }

    /// The coefficients of an area, from the smallest size in which it is large enough.
    pub(super) fn spectrum(&self, area: &Area, reducer: &mut Reducer) -> Spectrum {
        let longest = area.width().max(area.height());
        let enough = |size: &&Size| longest / size.ratio >= ENOUGH;
        let Some(size) = self.sizes.iter().find(enough).or(self.sizes.last()) else {
            return Spectrum::default();
        };
        let (data, width, height) = size.cut(&area.times(1.0 / size.ratio));
        reducer.spectrum(Luma {
            data: &data,
            width,
            height,
            stride: width,
        })
    }
}

/// The picture with its longest side reduced to `side`.
fn reduced(luma: Luma<'_>, side: usize) -> Size {
    let longest = luma.width.max(luma.height);
    reduced_by(luma, longest as f32 / side as f32)
}

/// The picture with its sides reduced by `ratio`, at least 1. The plane must be whole.
pub(super) fn reduced_by(luma: Luma<'_>, ratio: f32) -> Size {
    let to = |length: usize| ((length as f32 / ratio).round() as usize).clamp(1, length);
    let (width, height) = (to(luma.width), to(luma.height));
    let (rows, columns) = (
        Taps::area(luma.height, height),
        Taps::area(luma.width, width),
    );
    let (mut line, mut out) = (Vec::new(), Vec::new());
    reduce(luma, &rows, &columns, &mut line, &mut out);
    Size {
        width,
        height,
        ratio,
        samples: out.iter().map(|&s| (s + 0.5) as u8).collect(),
    }
}
