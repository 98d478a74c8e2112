//! Mirror, enlarge and rotate packed pixels of `N` bytes. Integer throughout.

use crate::display::DisplayGeometry;

/// Bits of a position's fraction between two pixels.
const FRACTION: u32 = 16;

/// Applies `geometry` to a stored RGB24 picture of exactly its size.
pub(super) fn arrange(mut pixels: Vec<u8>, geometry: DisplayGeometry) -> Vec<u8> {
    let (width, height) = (geometry.width as usize, geometry.height as usize);
    if geometry.mirrored {
        mirror::<3>(&mut pixels, width);
    }
    let (wide, high) = geometry.squared();
    let (wide, high) = (wide as usize, high as usize);
    if wide != width {
        pixels = widen::<3>(&pixels, width, wide);
    } else if high != height {
        pixels = heighten::<3>(&pixels, width, height, high);
    }
    rotate::<3>(pixels, wide, high, geometry.rotation)
}

/// Mirrors every row left to right.
pub(crate) fn mirror<const N: usize>(pixels: &mut [u8], width: usize) {
    let (pixels, _) = pixels.as_chunks_mut::<N>();
    pixels.chunks_exact_mut(width).for_each(<[_]>::reverse);
}

/// Rotates clockwise by 0, 90, 180 or 270 degrees; a permutation of pixels. Other angles do nothing.
pub(crate) fn rotate<const N: usize>(
    pixels: Vec<u8>,
    width: usize,
    height: usize,
    degrees: u16,
) -> Vec<u8> {
    match degrees {
        90 => transpose::<N>(&pixels, width, height, |x, y| (height - 1 - y, x)),
        270 => transpose::<N>(&pixels, width, height, |x, y| (y, width - 1 - x)),
        180 => {
            let mut pixels = pixels;
            pixels.as_chunks_mut::<N>().0.reverse();
            pixels
        }
        _ => pixels,
    }
}

/// Moves the pixel at (x, y) to `to(x, y)` of a picture `height` wide, in tiles that stay in cache.
fn transpose<const N: usize>(
    pixels: &[u8],
    width: usize,
    height: usize,
    to: impl Fn(usize, usize) -> (usize, usize),
) -> Vec<u8> {
    const TILE: usize = 32;
    let (from, _) = pixels.as_chunks::<N>();
    let mut turned = vec![0; pixels.len()];
    let (into, _) = turned.as_chunks_mut::<N>();
    for top in (0..height).step_by(TILE) {
        for left in (0..width).step_by(TILE) {
            for y in top..(top + TILE).min(height) {
                for x in left..(left + TILE).min(width) {
                    let (to_x, to_y) = to(x, y);
                    into[to_y * height + to_x] = from[y * width + x];
                }
            }
        }
    }
    turned
}

/// A place on the stored axis: the pixel at or before it, the next, and the next one's weight.
#[derive(Clone, Copy)]
struct Tap {
    before: usize,
    after: usize,
    weight: u32,
}

/// For each of `to` pixels, where its centre falls among `from` pixels.
fn taps(from: usize, to: usize) -> Vec<Tap> {
    let last = from - 1;
    (0..to as u64)
        .map(|at| {
            // Centre of the pixel is (2·at + 1)·from / (2·to) - 1/2 on the stored axis.
            let twice = (2 * at + 1) * from as u64;
            let place = ((twice << FRACTION) / (2 * to as u64)).saturating_sub(1 << (FRACTION - 1));
            let before = ((place >> FRACTION) as usize).min(last);
            let weight = (place & ((1 << FRACTION) - 1)) as u32;
            Tap {
                before,
                after: (before + 1).min(last),
                weight,
            }
        })
        .collect()
}

/// Linear mix of two samples, rounded half up.
fn mix(before: u8, after: u8, weight: u32) -> u8 {
    let one = 1u32 << FRACTION;
    let sum = u32::from(before) * (one - weight) + u32::from(after) * weight;
    ((sum + one / 2) >> FRACTION) as u8
}

/// Enlarges every row from `width` to `wide` pixels.
fn widen<const N: usize>(pixels: &[u8], width: usize, wide: usize) -> Vec<u8> {
    let taps = taps(width, wide);
    let mut out = Vec::with_capacity(pixels.len() / width * wide);
    for row in pixels.chunks_exact(width * N) {
        let (row, _) = row.as_chunks::<N>();
        for tap in &taps {
            let (before, after) = (row[tap.before], row[tap.after]);
            out.extend((0..N).map(|c| mix(before[c], after[c], tap.weight)));
        }
    }
    out
}

/// Enlarges the picture from `height` to `high` rows.
fn heighten<const N: usize>(pixels: &[u8], width: usize, height: usize, high: usize) -> Vec<u8> {
    let stride = width * N;
    let mut out = Vec::with_capacity(stride * high);
    for tap in taps(height, high) {
        let before = &pixels[tap.before * stride..][..stride];
        let after = &pixels[tap.after * stride..][..stride];
        out.extend(
            before
                .iter()
                .zip(after)
                .map(|(&b, &a)| mix(b, a, tap.weight)),
        );
    }
    out
}
