//! Error level analysis: what JPEG quantisation changes.
//!
//! Entropy coding loses nothing, so it is left out. A region that was compressed otherwise than its
//! surroundings, or later, may show another level; so do edges, texture and noise. It is a hint at
//! where to look, never a proof (Krawetz 2007).

use std::f32::consts::PI;

use super::picture::Picture;

const SIDE: usize = 8;
const BLOCK: usize = SIDE * SIDE;

/// ITU-T T.81, table K.1, row by row.
const LUMA: [u16; BLOCK] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

/// ITU-T T.81, table K.2, row by row.
const CHROMA: [u16; BLOCK] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

pub(super) fn error_level(picture: &Picture, quality: u32, gain: f32) -> Picture {
    let rounded: Vec<[f32; 3]> = picture
        .pixels
        .iter()
        .map(|rgb| rgb.map(|value| value.clamp(0.0, 255.0).round()))
        .collect();
    let original = Picture {
        pixels: rounded,
        ..*picture
    };
    let again = requantised(&original, quality);
    let pixels = original.pixels.iter().zip(&again);
    let pixels = pixels
        .map(|(one, other)| std::array::from_fn(|c| (one[c] - other[c]).abs() * gain))
        .collect();
    Picture { pixels, ..original }
}

/// The picture as it comes out of a JPEG of `quality`, planes not subsampled.
fn requantised(picture: &Picture, quality: u32) -> Vec<[f32; 3]> {
    let tables = [&LUMA, &CHROMA, &CHROMA].map(|table| scaled(table, quality));
    let waves = waves();
    let (width, height) = (picture.width, picture.height);
    let mut out = vec![[0.0; 3]; picture.pixels.len()];
    for top in (0..height).step_by(SIDE) {
        for left in (0..width).step_by(SIDE) {
            // Blocks at the edge go on with the edge pixel.
            let place = |at: usize| {
                let (x, y) = (left + at % SIDE, top + at / SIDE);
                y.min(height - 1) * width + x.min(width - 1)
            };
            let block: [[f32; 3]; BLOCK] =
                std::array::from_fn(|at| to_ycbcr(picture.pixels[place(at)]));
            let planes: [[f32; BLOCK]; 3] = std::array::from_fn(|c| {
                quantised(&std::array::from_fn(|at| block[at][c]), &tables[c], &waves)
            });
            for at in 0..BLOCK {
                if left + at % SIDE < width && top + at / SIDE < height {
                    out[place(at)] = to_rgb(std::array::from_fn(|c| planes[c][at]));
                }
            }
        }
    }
    out
}

/// The table for a quality, as the Independent JPEG Group scales it.
fn scaled(table: &[u16; BLOCK], quality: u32) -> [f32; BLOCK] {
    let scale = if quality < 50 {
        5000 / quality
    } else {
        200 - 2 * quality
    };
    table.map(|step| ((u32::from(step) * scale + 50) / 100).clamp(1, 255) as f32)
}

/// The basis of the discrete cosine transform: frequency by place.
fn waves() -> [[f32; SIDE]; SIDE] {
    std::array::from_fn(|frequency| {
        let size = if frequency == 0 { 0.125f32.sqrt() } else { 0.5 };
        std::array::from_fn(|at| size * ((2 * at + 1) as f32 * frequency as f32 * PI / 16.0).cos())
    })
}

fn quantised(
    block: &[f32; BLOCK],
    steps: &[f32; BLOCK],
    waves: &[[f32; SIDE]; SIDE],
) -> [f32; BLOCK] {
    let forward = |values: &[f32; BLOCK]| product(waves, values);
    let spectrum = turned(&forward(&turned(&forward(block))));
    let kept = std::array::from_fn(|at| (spectrum[at] / steps[at]).round() * steps[at]);
    let back: [[f32; SIDE]; SIDE] =
        std::array::from_fn(|at| std::array::from_fn(|frequency| waves[frequency][at]));
    let inverse = |values: &[f32; BLOCK]| product(&back, values);
    let values = turned(&inverse(&turned(&inverse(&kept))));
    values.map(f32::round)
}

/// Matrix product, 8 × 8.
fn product(matrix: &[[f32; SIDE]; SIDE], values: &[f32; BLOCK]) -> [f32; BLOCK] {
    std::array::from_fn(|at| {
        let (row, column) = (at / SIDE, at % SIDE);
        (0..SIDE)
            .map(|k| matrix[row][k] * values[k * SIDE + column])
            .sum()
    })
}

fn turned(values: &[f32; BLOCK]) -> [f32; BLOCK] {
    std::array::from_fn(|at| values[at % SIDE * SIDE + at / SIDE])
}

/// ITU-T T.871, rounded, less 128.
fn to_ycbcr(rgb: [f32; 3]) -> [f32; 3] {
    let y = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
    let (cb, cr) = ((rgb[2] - y) / 1.772, (rgb[0] - y) / 1.402);
    [y.round() - 128.0, cb.round(), cr.round()]
}

fn to_rgb([y, cb, cr]: [f32; 3]) -> [f32; 3] {
    let y = y + 128.0;
    let green = y - 0.344_136 * cb - 0.714_136 * cr;
    [y + 1.402 * cr, green, y + 1.772 * cb].map(|value| value.round().clamp(0.0, 255.0))
}
