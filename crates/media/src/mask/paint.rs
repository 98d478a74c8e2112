//! What is put in the place of covered samples.

use super::Paint;
use super::coverage::Coverage;
use super::planes::Plane;

/// Squares along the longer side of a pixelated region.
const SQUARES: usize = 6;
/// Least side of a square, in pixels.
const LEAST_SQUARE: usize = 16;
/// A blurred region's shorter side over the reach of a mean.
const REACH: usize = 4;
/// Least reach of a mean, in pixels.
const LEAST_REACH: usize = 8;
/// Means one over the other.
const MEANS: usize = 3;

/// Puts something in the place of the covered samples of one plane of a picture.
pub(super) fn paint(plane: &Plane, coverage: &Coverage, paint: Paint, picture: &mut [u8]) {
    match paint {
        Paint::Solid => solid(plane, coverage, picture),
        Paint::Pixelate => {
            for component in 0..plane.black.len() {
                pixelate(plane, coverage, component, picture);
            }
        }
        Paint::Blur => {
            for component in 0..plane.black.len() {
                blur(plane, coverage, component, picture);
            }
        }
    }
}

fn solid(plane: &Plane, coverage: &Coverage, picture: &mut [u8]) {
    let black: Vec<u8> = { plane.black.iter() }
        .flat_map(|value| value.to_le_bytes().into_iter().take(plane.bytes))
        .collect();
    for (y, from, to) in coverage.runs() {
        let row = plane.offset + y * plane.stride();
        let run = &mut picture[row + from * black.len()..row + to * black.len()];
        match black.as_slice() {
            [one] => run.fill(*one),
            many => run
                .chunks_exact_mut(many.len())
                .for_each(|it| it.copy_from_slice(many)),
        }
    }
}

/// One component of a plane as numbers.
struct Samples<'a> {
    plane: &'a Plane,
    component: usize,
    picture: &'a mut [u8],
}

impl Samples<'_> {
    fn place(&self, x: usize, y: usize) -> usize {
        self.plane.offset
            + y * self.plane.stride()
            + x * self.plane.sample()
            + self.component * self.plane.bytes
    }

    fn get(&self, x: usize, y: usize) -> u32 {
        let at = self.place(x, y);
        match self.plane.bytes {
            1 => self.picture[at].into(),
            _ => u16::from_le_bytes([self.picture[at], self.picture[at + 1]]).into(),
        }
    }

    fn set(&mut self, x: usize, y: usize, value: u32) {
        let at = self.place(x, y);
        let bytes = value.to_le_bytes();
        self.picture[at..at + self.plane.bytes].copy_from_slice(&bytes[..self.plane.bytes]);
    }
}

fn pixelate(plane: &Plane, coverage: &Coverage, component: usize, picture: &mut [u8]) {
    let (across, down) = plane.shift;
    let longer = (coverage.width << across).max(coverage.height << down);
    let square = longer.div_ceil(SQUARES).max(LEAST_SQUARE);
    let (wide, high) = ((square >> across).max(1), (square >> down).max(1));
    let columns = coverage.width.div_ceil(wide).max(1);
    let of = |x: usize, y: usize| (y - coverage.top) / high * columns + (x - coverage.left) / wide;
    let mut sums = vec![(0_u64, 0_u64); columns * coverage.height.div_ceil(high).max(1)];
    let mut samples = Samples {
        plane,
        component,
        picture,
    };
    for (y, from, to) in coverage.runs() {
        for x in from..to {
            let sum = &mut sums[of(x, y)];
            *sum = (sum.0 + u64::from(samples.get(x, y)), sum.1 + 1);
        }
    }
    for (y, from, to) in coverage.runs() {
        for x in from..to {
            let (sum, count) = sums[of(x, y)];
            let mean = (sum + count / 2) / count.max(1);
            samples.set(x, y, u32::try_from(mean).unwrap_or_default());
        }
    }
}

fn blur(plane: &Plane, coverage: &Coverage, component: usize, picture: &mut [u8]) {
    let (across, down) = plane.shift;
    let shorter = (coverage.width << across).min(coverage.height << down);
    let reach = (shorter / REACH).max(LEAST_REACH);
    let (width, height) = (coverage.width, coverage.height);
    let mut samples = Samples {
        plane,
        component,
        picture,
    };
    let mut smeared: Vec<u32> = { 0..width * height }
        .map(|at| samples.get(coverage.left + at % width, coverage.top + at / width))
        .collect();
    for _ in 0..MEANS {
        for y in 0..height {
            mean(&mut smeared, y * width, 1, width, reach >> across);
        }
        for x in 0..width {
            mean(&mut smeared, x, width, height, reach >> down);
        }
    }
    for (y, from, to) in coverage.runs() {
        for x in from..to {
            let at = (y - coverage.top) * width + x - coverage.left;
            samples.set(x, y, smeared[at]);
        }
    }
}

/// Replaces each of `count` values, `step` apart, by the mean of those up to `reach` away; the ends go on.
fn mean(values: &mut [u32], first: usize, step: usize, count: usize, reach: usize) {
    let line: Vec<u64> = { 0..count }
        .map(|at| values[first + at * step].into())
        .collect();
    let at = |place: isize| line[place.clamp(0, count.cast_signed() - 1).unsigned_abs()];
    let (signed, over) = (reach.cast_signed(), 2 * reach as u64 + 1);
    let mut sum: u64 = { -signed..=signed }.map(at).sum();
    for place in 0..count {
        let mean = (sum + over / 2) / over;
        values[first + place * step] = u32::try_from(mean).unwrap_or_default();
        let here = place.cast_signed();
        sum = sum + at(here + signed + 1) - at(here - signed);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Area, Canvas, Laid};
    use super::*;
    use crate::display::DisplayGeometry;
    use crate::protocol::PictureLayout;
    use crate::time::Rational;

    fn canvas(pixel_format: &str, bytes: u64) -> Canvas {
        let square = Rational { num: 1, den: 1 };
        let geometry = DisplayGeometry {
            width: 64,
            height: 48,
            sample_aspect: square,
            rotation: 0,
            mirrored: false,
        };
        let layout = PictureLayout {
            width: 64,
            height: 48,
            pixel_format: pixel_format.to_owned(),
            depth: 8,
            bytes,
            sample_aspect: square,
            matrix: String::new(),
            range: "tv".to_owned(),
        };
        Canvas::new(geometry, &layout).expect("planes")
    }

    #[test]
    fn black_is_put_on_covered_samples_and_nowhere_else() {
        for (format, sample) in [("yuv420p", 1), ("yuv420p10le", 2)] {
            let pixels = 64 * 48;
            let mut planes = vec![200; pixels * 3 / 2 * sample];
            let area = Area::Box([10, 7, 3, 2]);
            let paint = Paint::Solid;
            canvas(format, planes.len() as u64).lay(&[Laid { area, paint }], &mut planes);
            let changed = |plane: &[u8]| plane.iter().filter(|it| **it != 200).count();
            let (luma, chroma) = planes.split_at(pixels * sample);
            assert_eq!(changed(luma), 6 * sample, "{format}");
            // Columns 5 and 6, rows 3 and 4 of each chroma plane.
            assert_eq!(changed(chroma), 8 * sample, "{format}");
            let at = (7 * 64 + 10) * sample;
            assert_eq!(
                luma[at..at + sample],
                [16_u16 * if sample == 2 { 4 } else { 1 }].map(u16::to_le_bytes)[0][..sample]
            );
        }
    }

    #[test]
    fn a_blur_and_squares_leave_the_mean_and_little_else() {
        let source: Vec<u8> = (0..64 * 48 * 3 / 2)
            .map(|at: u32| if (at / 3).is_multiple_of(2) { 20 } else { 220 })
            .collect();
        for paint in [Paint::Pixelate, Paint::Blur] {
            let mut planes = source.clone();
            let area = Area::Ellipse([8, 8, 40, 32]);
            canvas("yuv420p", planes.len() as u64).lay(&[Laid { area, paint }], &mut planes);
            let middle = &planes[24 * 64 + 20..24 * 64 + 36];
            let (least, most) = (middle.iter().min(), middle.iter().max());
            assert!(
                least >= Some(&100) && most <= Some(&140),
                "{paint:?} {middle:?}"
            );
            assert_eq!(planes[..8 * 64], source[..8 * 64]);
        }
    }
}
