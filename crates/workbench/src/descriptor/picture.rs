//! Frames as a model takes them: as displayed, in its size.

use media::watch::Reduced;

use super::description::{Fit, Input};

/// Most by which a side is longer than the part of it that is used: what is longer is scaled down.
const MOST_OVER: u32 = 8;

/// The size to which a picture of that size is scaled.
pub(super) fn scaled(input: &Input, (width, height): (u32, u32)) -> (u32, u32) {
    let (wide, high) = (input.width, input.height);
    if input.fit == Fit::Stretch {
        return (wide, high);
    }
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (across, down) = (u64::from(wide) * height, u64::from(high) * width);
    let side = |side: u64, least: u32| {
        let side = u32::try_from(side).unwrap_or(u32::MAX);
        side.clamp(least, least.saturating_mul(MOST_OVER))
    };
    if across >= down {
        (wide, side(across.div_ceil(width), high))
    } else {
        (side(down.div_ceil(height), wide), high)
    }
}

/// The part of a scaled picture that the model takes: RGB24.
pub(super) fn taken(input: &Input, picture: &Reduced) -> Vec<u8> {
    let (wide, high) = (input.width as usize, input.height as usize);
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (left, top) = (
        width.saturating_sub(wide) / 2,
        height.saturating_sub(high) / 2,
    );
    let rows = picture.rgb.chunks_exact(3 * width).skip(top).take(high);
    let mut rgb = Vec::with_capacity(3 * wide * high);
    for row in rows {
        rgb.extend_from_slice(&row[3 * left..3 * (left + wide)]);
    }
    rgb
}

/// A picture in which everything differs, to try a model on.
pub(super) fn trial(input: &Input) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let share = |at: u32, of: u32| (at * 255 / of.max(1)) as u8;
        [share(x, input.width), share(y, input.height), (x ^ y) as u8]
    };
    let rows = 0..input.height;
    rows.flat_map(|y| (0..input.width).flat_map(move |x| pixel(x, y)))
        .collect()
}
