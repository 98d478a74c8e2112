//! Procedural footage: drifting soft blobs, another arrangement in each shot. Different seeds share
//! nothing; the same seed always gives the same pictures.
#![allow(dead_code)] // Each test program uses a part of it.

use std::ops::Range;

use reuse::{Fingerprinter, Luma, Prints};

pub(crate) const WIDTH: usize = 160;
pub(crate) const HEIGHT: usize = 96;
pub(crate) const RATE: f64 = 20.0;

/// A picture as rows of samples.
pub(crate) type Picture = Vec<u8>;

pub(crate) struct Scene {
    seed: u64,
    shot_seconds: f64,
}

impl Scene {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            shot_seconds: 3.0 + (seed % 3) as f64,
        }
    }

    /// The picture at a time in seconds.
    pub(crate) fn at(&self, seconds: f64) -> Picture {
        let shot = (seconds / self.shot_seconds).floor();
        let mut state = (self.seed << 16 | shot as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u32 << 24) as f32
        };
        let since = (seconds - shot * self.shot_seconds) as f32;
        let mut sums = vec![110.0f32; WIDTH * HEIGHT];
        for _ in 0..40 {
            let [x, y, size, level, u, v] = std::array::from_fn(|_| next());
            let (x, y) = (x + 0.16 * (u - 0.5) * since, y + 0.16 * (v - 0.5) * since);
            splat(&mut sums, x, y, 0.02 + 0.10 * size, 220.0 * (level - 0.5));
        }
        sums.into_iter()
            .map(|s| s.clamp(0.0, 255.0) as u8)
            .collect()
    }

    /// Every picture of a range of seconds, at [`RATE`].
    pub(crate) fn pictures(&self, seconds: Range<f64>) -> Vec<Picture> {
        let frames = ((seconds.end - seconds.start) * RATE).round() as usize;
        (0..frames)
            .map(|k| self.at(seconds.start + k as f64 / RATE))
            .collect()
    }

    pub(crate) fn prints(&self, seconds: Range<f64>) -> Prints {
        prints(&self.pictures(seconds))
    }
}

/// Adds a soft blob; sides are taken as 1.
fn splat(sums: &mut [f32], x: f32, y: f32, size: f32, level: f32) {
    for (row, line) in sums.chunks_exact_mut(WIDTH).enumerate() {
        let v = (row as f32 / HEIGHT as f32 - y) / size;
        if v.abs() < 2.0 {
            for (column, sum) in line.iter_mut().enumerate() {
                let u = (column as f32 / WIDTH as f32 - x) / size;
                *sum += level * (1.0 - (u * u + v * v) / 4.0).max(0.0);
            }
        }
    }
}

/// Prints of pictures shown at [`RATE`], with times in milliseconds.
pub(crate) fn prints(pictures: &[Picture]) -> Prints {
    let mut maker = Fingerprinter::new((1, 1000));
    for (frame, picture) in pictures.iter().enumerate() {
        let pts = (frame as f64 * 1000.0 / RATE).round() as i64;
        maker.push(
            frame as u32,
            pts,
            Luma {
                data: picture,
                width: WIDTH,
                height: HEIGHT,
                stride: WIDTH,
            },
        );
    }
    maker.finish()
}

/// The picture with each sample taken from where `from` says (column, row), and black elsewhere.
pub(crate) fn warped(picture: &Picture, from: impl Fn(f32, f32) -> (f32, f32)) -> Picture {
    let mut out = Vec::with_capacity(picture.len());
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let (u, v) = from(x as f32, y as f32);
            let inside = (0.0..WIDTH as f32).contains(&u) && (0.0..HEIGHT as f32).contains(&v);
            out.push(if inside {
                picture[v as usize * WIDTH + u as usize]
            } else {
                16
            });
        }
    }
    out
}
