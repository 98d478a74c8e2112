//! Contrast limited adaptive histogram equalisation (K. Zuiderveld, Graphics Gems IV, 1994), on luma.

use super::picture::{Picture, luma};

const LEVELS: usize = 256;

/// A table from level to level.
type Curve = [f32; LEVELS];

/// Equalises luma; colours keep their proportions.
pub(super) fn clahe(picture: Picture, clip: f32, tiles: usize) -> Picture {
    let (width, height) = (picture.width, picture.height);
    let (columns, rows) = (tiles.min(width), tiles.min(height));
    let levels: Vec<u8> = picture
        .luma()
        .iter()
        .map(|value| (value + 0.5).clamp(0.0, 255.0) as u8)
        .collect();
    let curves: Vec<Curve> = (0..columns * rows)
        .map(|tile| {
            let (across, down) = (tile % columns, tile / columns);
            let x = across * width / columns..(across + 1) * width / columns;
            let rows = (down * height / rows)..((down + 1) * height / rows);
            curve(rows.flat_map(|y| &levels[y * width..][x.clone()]), clip)
        })
        .collect();
    let mut at = 0;
    picture.each(|rgb| {
        // `each` goes row by row.
        let (x, y) = (at % width, at / width);
        at += 1;
        let level = usize::from(levels[y * width + x]);
        let (left, right, east) = between(x, width, columns);
        let (top, bottom, south) = between(y, height, rows);
        let value = |across: usize, down: usize| curves[down * columns + across][level];
        let mix = |a: f32, b: f32, share: f32| a + (b - a) * share;
        let upper = mix(value(left, top), value(right, top), east);
        let lower = mix(value(left, bottom), value(right, bottom), east);
        let factor = mix(upper, lower, south) / luma(rgb).max(1.0);
        rgb.map(|value| value * factor)
    })
}

/// The tiles whose centres a place lies between, and how far from the first to the second.
fn between(at: usize, size: usize, tiles: usize) -> (usize, usize, f32) {
    let place = (at as f32 + 0.5) * tiles as f32 / size as f32 - 0.5;
    let first = place.floor().max(0.0) as usize;
    let share = (place - first as f32).clamp(0.0, 1.0);
    (first.min(tiles - 1), (first + 1).min(tiles - 1), share)
}

/// The cumulative histogram, its bins cut at `clip` times their mean and the rest spread evenly.
fn curve<'a>(levels: impl Iterator<Item = &'a u8>, clip: f32) -> Curve {
    let mut counts = [0.0f32; LEVELS];
    let mut all = 0.0f32;
    for &level in levels {
        counts[usize::from(level)] += 1.0;
        all += 1.0;
    }
    let limit = (clip * all / LEVELS as f32).max(1.0);
    let over: f32 = counts.iter().map(|count| (count - limit).max(0.0)).sum();
    let share = over / LEVELS as f32;
    let mut sum = 0.0;
    counts.map(|count| {
        sum += count.min(limit) + share;
        sum * 255.0 / all.max(1.0)
    })
}
