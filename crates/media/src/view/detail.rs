//! Steps that look at the neighbours of a pixel.

use super::picture::Picture;

/// Unsharp mask.
pub(super) fn sharpen(picture: &Picture, amount: f32, sigma: f32) -> Picture {
    let soft = blurred(picture, sigma);
    let pixels = picture.pixels.iter().zip(&soft.pixels);
    let pixels = pixels
        .map(|(rgb, soft)| std::array::from_fn(|at| rgb[at] + amount * (rgb[at] - soft[at])))
        .collect();
    Picture { pixels, ..*picture }
}

/// Magnitude of the Sobel gradient of luma: 255 where a sharp edge from black to white is.
pub(super) fn edges(picture: &Picture) -> Picture {
    let luma = picture.luma();
    let (width, height) = (picture.width, picture.height);
    let at = |x: usize, y: usize| luma[y.min(height - 1) * width + x.min(width - 1)];
    let strength = |x: usize, y: usize| {
        let (left, right, up, down) = (x.saturating_sub(1), x + 1, y.saturating_sub(1), y + 1);
        let across = at(right, up) + 2.0 * at(right, y) + at(right, down)
            - at(left, up)
            - 2.0 * at(left, y)
            - at(left, down);
        let along = at(left, down) + 2.0 * at(x, down) + at(right, down)
            - at(left, up)
            - 2.0 * at(x, up)
            - at(right, up);
        across.hypot(along) / 4.0
    };
    picture.grey(
        (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| strength(x, y)),
    )
}

/// A Gaussian blur; beyond the edge the edge pixel goes on.
fn blurred(picture: &Picture, sigma: f32) -> Picture {
    let reach = (sigma * 3.0).ceil() as usize;
    let weights: Vec<f32> = (0..=2 * reach)
        .map(|at| {
            let distance = at as f32 - reach as f32;
            (-distance * distance / (2.0 * sigma * sigma)).exp()
        })
        .collect();
    let sum: f32 = weights.iter().sum();
    let weights: Vec<f32> = weights.iter().map(|weight| weight / sum).collect();
    let (width, height) = (picture.width, picture.height);
    let across = along(&picture.pixels, &weights, (width, height), |x, y| {
        y * width + x
    });
    // The second pass walks down the columns of the first.
    let down = along(&across, &weights, (height, width), |y, x| x + y * width);
    let mut pixels = vec![[0.0; 3]; down.len()];
    for x in 0..width {
        for y in 0..height {
            pixels[y * width + x] = down[x * height + y];
        }
    }
    Picture {
        width,
        height,
        pixels,
    }
}

/// Blurs lines of `count` pixels; `place` says where pixel `at` of a line lies.
fn along(
    pixels: &[[f32; 3]],
    weights: &[f32],
    (count, lines): (usize, usize),
    place: impl Fn(usize, usize) -> usize,
) -> Vec<[f32; 3]> {
    let reach = weights.len() / 2;
    let mut out = Vec::with_capacity(pixels.len());
    let mut padded = Vec::with_capacity(count + 2 * reach);
    for line in 0..lines {
        padded.clear();
        padded.extend((0..count + 2 * reach).map(|at| {
            let at = at.saturating_sub(reach).min(count - 1);
            pixels[place(at, line)]
        }));
        out.extend(padded.windows(weights.len()).map(|window| {
            let mut sum = [0.0; 3];
            for (pixel, weight) in window.iter().zip(weights) {
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += weight * value;
                }
            }
            sum
        }));
    }
    out
}
