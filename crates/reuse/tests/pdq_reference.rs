//! PDQ beside an independent, direct formulation: running sums as in the published algorithm, plain
//! matrix products, and a median by Torben's bisection. Nothing is shared with the crate.

use reuse::Luma;
use reuse::pdq::{self, Dihedral};

/// One box pass over `n` samples `step` apart, as a running sum with shrinking ends.
fn box_pass(input: &[f32], output: &mut [f32], start: usize, n: usize, step: usize, window: usize) {
    let half = (window + 2) / 2;
    let (grow, full, shrink) = (half - 1, n - window, half - 1);
    let (mut left, mut right, mut out) = (start, start, start);
    let (mut sum, mut held) = (0.0f32, 0.0f32);
    for _ in 0..grow {
        sum += input[right];
        held += 1.0;
        right += step;
    }
    for _ in 0..window - half + 1 {
        sum += input[right];
        held += 1.0;
        output[out] = sum / held;
        right += step;
        out += step;
    }
    for _ in 0..full {
        sum += input[right];
        sum -= input[left];
        output[out] = sum / held;
        left += step;
        right += step;
        out += step;
    }
    for _ in 0..shrink {
        sum -= input[left];
        held -= 1.0;
        output[out] = sum / held;
        left += step;
        out += step;
    }
}

fn blurred(luma: &[u8], width: usize, height: usize) -> Vec<f32> {
    let mut a: Vec<f32> = luma.iter().map(|&s| f32::from(s)).collect();
    let mut b = vec![0.0; a.len()];
    for _ in 0..2 {
        (0..height).for_each(|y| box_pass(&a, &mut b, y * width, width, 1, width.div_ceil(128)));
        (0..width).for_each(|x| box_pass(&b, &mut a, x, height, width, height.div_ceil(128)));
    }
    a
}

fn decimated(luma: &[u8], width: usize, height: usize) -> Vec<Vec<f32>> {
    let blurred = if (width, height) == (64, 64) {
        luma.iter().map(|&s| f32::from(s)).collect()
    } else {
        blurred(luma, width, height)
    };
    let at = |i: usize, side: usize| ((i as f64 + 0.5) * side as f64 / 64.0) as usize;
    (0..64)
        .map(|i| {
            (0..64)
                .map(|j| blurred[at(i, height) * width + at(j, width)])
                .collect()
        })
        .collect()
}

fn transformed(small: &[Vec<f32>]) -> Vec<f32> {
    let scale = (2.0f64 / 64.0).sqrt() as f32;
    let cosine = |i: usize, j: usize| {
        let angle = std::f64::consts::PI / 2.0 / 64.0 * (i as f64 + 1.0) * (2.0 * j as f64 + 1.0);
        (f64::from(scale) * angle.cos()) as f32
    };
    let mut out = Vec::new();
    for i in 0..16 {
        let half: Vec<f32> = (0..64)
            .map(|c| (0..64).map(|k| cosine(i, k) * small[k][c]).sum())
            .collect();
        out.extend((0..16).map(|j| (0..64).map(|k| half[k] * cosine(j, k)).sum::<f32>()));
    }
    out
}

/// Lower median without sorting (Torben Mogensen).
fn torben(values: &[f32]) -> f32 {
    let mut low = values.iter().copied().fold(f32::INFINITY, f32::min);
    let mut high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    loop {
        let guess = (low + high) / 2.0;
        let less = values.iter().filter(|&&v| v < guess).count();
        let greater = values.iter().filter(|&&v| v > guess).count();
        let equal = values.len() - less - greater;
        let below = values
            .iter()
            .copied()
            .filter(|&v| v < guess)
            .fold(low, f32::max);
        let above = values
            .iter()
            .copied()
            .filter(|&v| v > guess)
            .fold(high, f32::min);
        let half = values.len().div_ceil(2);
        if less <= half && greater <= half {
            return if less >= half {
                below
            } else if less + equal >= half {
                guess
            } else {
                above
            };
        } else if less > greater {
            high = below;
        } else {
            low = above;
        }
    }
}

fn bits(coefficients: &[f32]) -> String {
    let median = torben(coefficients);
    let nibble = |n: usize| {
        (0..4).fold(0, |sum, k| {
            sum | u32::from(coefficients[4 * n + k] > median) << k
        })
    };
    (0..64).rev().map(|n| format!("{:x}", nibble(n))).collect()
}

fn quality(small: &[Vec<f32>]) -> u8 {
    let mut sum = 0;
    for i in 0..64 {
        for j in 0..64 {
            let step = |v: f32| (((small[i][j] - v) * 100.0 / 255.0) as i32).abs();
            sum += if i < 63 { step(small[i + 1][j]) } else { 0 };
            sum += if j < 63 { step(small[i][j + 1]) } else { 0 };
        }
    }
    (sum / 90).min(100) as u8
}

/// Picture `seed` of noise over soft blobs: nothing repeats, nothing ties.
fn picture(width: usize, height: usize, seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut noise = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 31)
    };
    let blobs: Vec<[f64; 4]> = (0..24)
        .map(|_| [noise(), noise(), 0.02 + 0.2 * noise(), noise() - 0.5])
        .collect();
    let mut out = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f64 / width as f64, y as f64 / height as f64);
            let glow = |b: &[f64; 4]| {
                b[3] * (-((u - b[0]).powi(2) + (v - b[1]).powi(2)) / (b[2] * b[2])).exp()
            };
            let value = 0.5 + 0.5 * blobs.iter().map(glow).sum::<f64>() + 0.15 * (noise() - 0.5);
            out.push((value.clamp(0.0, 1.0) * 255.0) as u8);
        }
    }
    out
}

/// Bits for bits, in all sizes at which windows change their width, even and odd, and their shape.
#[test]
fn hashes_and_quality_equal_the_direct_formulation() {
    let sizes = [
        (5, 5),
        (63, 64),
        (64, 63),
        (64, 64),
        (65, 127),
        (128, 128),
        (129, 128),
        (176, 144),
        (256, 257),
        (320, 180),
        (352, 288),
        (385, 512),
        (512, 512),
        (641, 359),
        (720, 405),
        (1280, 720),
        (1080, 1920),
        (1920, 1080),
        (2560, 97),
    ];
    for (width, height) in sizes {
        for seed in 0..if width * height > 300_000 { 1 } else { 3 } {
            let luma = picture(width, height, seed);
            let small = decimated(&luma, width, height);
            let ours = pdq::hash(Luma {
                data: &luma,
                width,
                height,
                stride: width,
            });
            assert_eq!(
                ours.to_string(),
                bits(&transformed(&small)),
                "{width}x{height}, picture {seed}"
            );
            assert_eq!(
                ours.quality,
                quality(&small),
                "quality of {width}x{height}, picture {seed}"
            );
        }
    }
}

/// Where the sample of a row and column of the turned picture comes from.
type Place = fn(usize, usize) -> (usize, usize);

/// Each orientation's hash, from the one spectrum, is that of the picture turned in pixels.
#[test]
fn orientations_are_those_of_turned_pictures() {
    // At 64×64 nothing is filtered; a box of even width would reach further to one side than the other.
    let (side, luma) = (64, picture(64, 64, 9));
    let turned = |from: Place| -> Vec<u8> {
        let at = |y: usize, x: usize| {
            let (v, u) = from(y, x);
            luma[v * 64 + u]
        };
        (0..side)
            .flat_map(|y| (0..side).map(move |x| (y, x)))
            .map(|(y, x)| at(y, x))
            .collect()
    };
    let cases: [(Dihedral, Place); 8] = [
        (Dihedral::Original, |y, x| (y, x)),
        (Dihedral::Rotate90, |y, x| (x, 63 - y)),
        (Dihedral::Rotate180, |y, x| (63 - y, 63 - x)),
        (Dihedral::Rotate270, |y, x| (63 - x, y)),
        (Dihedral::FlipX, |y, x| (63 - y, x)),
        (Dihedral::FlipY, |y, x| (y, 63 - x)),
        (Dihedral::FlipPlus1, |y, x| (x, y)),
        (Dihedral::FlipMinus1, |y, x| (63 - x, 63 - y)),
    ];
    let spectrum = pdq::spectrum(Luma {
        data: &luma,
        width: side,
        height: side,
        stride: side,
    });
    for (orientation, from) in cases {
        let pixels = turned(from);
        let direct = pdq::hash(Luma {
            data: &pixels,
            width: side,
            height: side,
            stride: side,
        });
        assert_eq!(spectrum.hash(orientation), direct, "{orientation:?}");
    }
    let mirror = spectrum.hash(Dihedral::FlipY);
    assert!(
        spectrum
            .hash(Dihedral::Original)
            .mirrored()
            .distance(&mirror)
            <= 16
    );
}

#[test]
fn stride_does_not_matter_and_bad_planes_hash_to_nothing() {
    let luma = picture(200, 100, 3);
    let mut padded = Vec::new();
    for row in luma.chunks(200) {
        padded.extend_from_slice(row);
        padded.extend_from_slice(&[255; 24]);
    }
    let plain = pdq::hash(Luma {
        data: &luma,
        width: 200,
        height: 100,
        stride: 200,
    });
    assert_eq!(
        pdq::hash(Luma {
            data: &padded,
            width: 200,
            height: 100,
            stride: 224
        }),
        plain
    );
    for (width, height, stride) in [
        (4, 100, 200),
        (200, 101, 200),
        (200, 100, 199),
        (0, 0, 0),
        (200, usize::MAX, 200),
    ] {
        let nothing = pdq::hash(Luma {
            data: &luma,
            width,
            height,
            stride,
        });
        assert_eq!(
            (nothing.bits, nothing.quality),
            ([0; 4], 0),
            "{width}x{height}+{stride}"
        );
    }
}
