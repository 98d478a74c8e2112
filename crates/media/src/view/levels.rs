//! Steps that change how bright each pixel is by itself.

use super::picture::{Picture, luma};

pub(super) fn levels(picture: Picture, black: f32, white: f32) -> Picture {
    let scale = 255.0 / (white - black);
    picture.each(|rgb| rgb.map(|value| ((value - black) * scale).clamp(0.0, 255.0)))
}

pub(super) fn gamma(picture: Picture, gamma: f32) -> Picture {
    let power = gamma.recip();
    picture.each(|rgb| rgb.map(|value| (value.clamp(0.0, 255.0) / 255.0).powf(power) * 255.0))
}

/// Levels at which `percent` of luma is cut off at each end.
pub(super) fn stretch(picture: Picture, percent: f32) -> Picture {
    let mut counts = [0usize; 256];
    for &rgb in &picture.pixels {
        counts[(luma(rgb) + 0.5).clamp(0.0, 255.0) as usize] += 1;
    }
    let cut = (picture.pixels.len() as f64 * f64::from(percent) / 100.0) as usize;
    let black = beyond(counts.iter(), cut);
    let white = 255 - beyond(counts.iter().rev(), cut);
    if black >= white {
        // One level only: there is nothing to stretch.
        return picture;
    }
    levels(picture, black as f32, white as f32)
}

/// How many levels from the start hold at most `cut` pixels.
fn beyond<'a>(counts: impl Iterator<Item = &'a usize>, cut: usize) -> usize {
    counts
        .scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        })
        .take_while(|&sum| sum <= cut)
        .count()
}
