//! Where what a box holds on one frame lies on the next: a proposal for somebody to look at.
//!
//! A pattern is cut out of the luma of the first frame and looked for around where it was going, by normalised
//! correlation, first in a reduced picture, then in the full one. It is renewed slowly by what was found. Where nothing is
//! like it any more, following ends. It keeps the size of the box: what comes nearer outgrows it.

use crate::picture::Luma;

/// Name and version of the method.
pub const METHOD: &str = "mask-follow/1";

/// Longer side of the reduced pattern, in samples.
const PATTERN: usize = 24;
/// How far it is looked for in the reduced picture: in parts of the pattern's longer side.
const REACH: usize = 2;
/// Least correlation of what counts as found.
const FOUND: f32 = 0.55;
/// Correlation from which on the pattern is renewed, and by how much.
const SURE: f32 = 0.75;
const RENEWED: f32 = 0.1;
/// Most samples of a row or column that are compared in the full picture.
const COMPARED: usize = 48;

/// Follows what a box holds from frame to frame, in either direction.
pub struct Follower {
    /// Left, top, width and height.
    at: [i64; 4],
    /// Pixels that it moved lately.
    pace: [i64; 2],
    reduction: usize,
    pattern: Vec<f32>,
    size: [usize; 2],
    /// The same in the full picture, every few samples.
    fine: Vec<f32>,
    stride: usize,
}

impl Follower {
    /// From a frame on which the box `[left, top, width, height]` was drawn; `None` where it lies outside, or what it
    /// holds is all alike.
    pub fn new(luma: Luma<'_>, region: [u32; 4]) -> Option<Self> {
        let [left, top, width, height] = region.map(|it| it as usize);
        if left + width > luma.width || top + height > luma.height || width < 4 || height < 4 {
            return None;
        }
        let longer = width.max(height);
        let reduction = (longer / PATTERN).max(1);
        let size = [width / reduction, height / reduction];
        let at = region.map(i64::from);
        let mut follower = Self {
            at,
            pace: [0, 0],
            reduction,
            pattern: Vec::new(),
            size,
            fine: Vec::new(),
            stride: longer.div_ceil(COMPARED).max(1),
        };
        follower.pattern = follower.coarse(&luma, at[0], at[1])?;
        follower.fine = follower.full(&luma, at[0], at[1])?;
        let varied = spread(&follower.pattern) > 1.0;
        varied.then_some(follower)
    }

    /// Where it lies on the next frame, within the picture; `None` where it is lost.
    pub fn step(&mut self, luma: Luma<'_>) -> Option<[u32; 4]> {
        let reach = (self.size[0].max(self.size[1]) / REACH).max(6) as i64;
        let reduction = self.reduction as i64;
        let going = [self.at[0] + self.pace[0], self.at[1] + self.pace[1]];
        let look = |steps: i64,
                    unit: i64,
                    around: [i64; 2],
                    likeness: &dyn Fn(i64, i64) -> Option<f32>| {
            let mut best: Option<(f32, i64, i64)> = None;
            for down in -steps..=steps {
                for across in -steps..=steps {
                    let (x, y) = (around[0] + across * unit, around[1] + down * unit);
                    let found = likeness(x, y);
                    if let Some(found) = found.filter(|it| best.is_none_or(|(most, ..)| *it > most))
                    {
                        best = Some((found, x, y));
                    }
                }
            }
            best
        };
        let coarse = |x: i64, y: i64| Some(alike(&self.pattern, &self.coarse(&luma, x, y)?));
        let (_, x, y) = look(reach, reduction, going, &coarse)?;
        let fine = |x: i64, y: i64| Some(alike(&self.fine, &self.full(&luma, x, y)?));
        let (likeness, x, y) = look(reduction, 1, [x, y], &fine)?;
        if likeness < FOUND {
            return None;
        }
        self.pace = [x - self.at[0], y - self.at[1]];
        (self.at[0], self.at[1]) = (x, y);
        if likeness > SURE {
            let (pattern, full) = (self.coarse(&luma, x, y)?, self.full(&luma, x, y)?);
            renew(&mut self.pattern, &pattern);
            renew(&mut self.fine, &full);
        }
        let within = self.at.map(|it| u32::try_from(it).ok());
        Some([within[0]?, within[1]?, within[2]?, within[3]?])
    }

    /// The reduced pattern at a place; `None` where it does not lie within.
    fn coarse(&self, luma: &Luma<'_>, x: i64, y: i64) -> Option<Vec<f32>> {
        let (x, y) = self.within(luma, x, y)?;
        let reduction = self.reduction;
        let mut pattern = Vec::with_capacity(self.size[0] * self.size[1]);
        for row in 0..self.size[1] {
            for column in 0..self.size[0] {
                let (left, top) = (x + column * reduction, y + row * reduction);
                let rows = (top..top + reduction).map(|y| &luma.data[y * luma.stride..]);
                let sum: u32 = { rows }
                    .flat_map(|row| &row[left..left + reduction])
                    .map(|it| u32::from(*it))
                    .sum();
                pattern.push(sum as f32 / (reduction * reduction) as f32);
            }
        }
        Some(pattern)
    }

    /// Every few samples at a place.
    fn full(&self, luma: &Luma<'_>, x: i64, y: i64) -> Option<Vec<f32>> {
        let (x, y) = self.within(luma, x, y)?;
        let [.., width, height] = self.at;
        let rows = (0..height as usize).step_by(self.stride);
        let samples = rows.flat_map(|row| {
            let row = &luma.data[(y + row) * luma.stride + x..][..width as usize];
            row.iter().step_by(self.stride).map(|it| f32::from(*it))
        });
        Some(samples.collect())
    }

    fn within(&self, luma: &Luma<'_>, x: i64, y: i64) -> Option<(usize, usize)> {
        let [.., width, height] = self.at;
        let inside =
            x >= 0 && y >= 0 && x + width <= luma.width as i64 && y + height <= luma.height as i64;
        inside.then(|| (x.unsigned_abs() as usize, y.unsigned_abs() as usize))
    }
}

fn renew(known: &mut [f32], found: &[f32]) {
    for (known, found) in known.iter_mut().zip(found) {
        *known += (found - *known) * RENEWED;
    }
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// Root mean square about the mean.
fn spread(values: &[f32]) -> f32 {
    let middle = mean(values);
    let sum: f32 = values.iter().map(|it| (it - middle) * (it - middle)).sum();
    (sum / values.len().max(1) as f32).sqrt()
}

/// Normalised correlation.
fn alike(one: &[f32], other: &[f32]) -> f32 {
    let (own, their) = (mean(one), mean(other));
    let both: f32 = one
        .iter()
        .zip(other)
        .map(|(a, b)| (a - own) * (b - their))
        .sum();
    let scale = spread(one) * spread(other) * one.len() as f32;
    if scale > 0.0 { both / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 320;
    const HEIGHT: usize = 200;

    /// A textured patch at a place, before a textured background that stays.
    fn scene(left: usize, top: usize) -> Vec<u8> {
        let texture = |x: usize, y: usize, seed: usize| {
            ((((x / 5 * 73 + y / 5 * 151 + seed) * 2_654_435_761) >> 7) & 127) as u8
        };
        { 0..WIDTH * HEIGHT }
            .map(|at| {
                let (x, y) = (at % WIDTH, at / WIDTH);
                match (
                    x.checked_sub(left).filter(|it| *it < 60),
                    y.checked_sub(top).filter(|it| *it < 40),
                ) {
                    (Some(x), Some(y)) => 100 + texture(x, y, 7),
                    _ => texture(x, y, 99),
                }
            })
            .collect()
    }

    fn luma(data: &[u8]) -> Luma<'_> {
        Luma {
            data,
            width: WIDTH,
            height: HEIGHT,
            stride: WIDTH,
        }
    }

    #[test]
    fn what_moves_is_followed_to_the_pixel_and_lost_when_it_is_gone() {
        let first = scene(50, 60);
        let mut follower = Follower::new(luma(&first), [50, 60, 60, 40]).expect("a pattern");
        for step in 1..20 {
            let (left, top) = (50 + 9 * step, 60 + step * step / 8);
            let found = follower.step(luma(&scene(left, top)));
            assert_eq!(found, Some([left as u32, top as u32, 60, 40]), "{step}");
        }
        let flat = vec![90; WIDTH * HEIGHT];
        assert_eq!(follower.step(luma(&flat)), None);
        assert!(Follower::new(luma(&flat), [50, 60, 60, 40]).is_none());
        assert!(Follower::new(luma(&first), [300, 60, 60, 40]).is_none());
    }
}
