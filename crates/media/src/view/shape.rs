//! Steps that take pixels elsewhere.

use super::picture::Picture;
use super::{BadView, Field, MAX_SIDE};

/// One field; the rows of the other become the mean of their neighbours.
pub(super) fn field(mut picture: Picture, field: Field) -> Picture {
    let (width, height) = (picture.width, picture.height);
    let kept = usize::from(field == Field::Bottom);
    let row = |y: usize| y * width..(y + 1) * width;
    for y in (1 - kept..height).step_by(2) {
        let above = y.checked_sub(1).unwrap_or(y + 1).min(height - 1);
        let below = if y + 1 < height { y + 1 } else { above };
        for at in 0..width {
            let (a, b) = (
                picture.pixels[row(above)][at],
                picture.pixels[row(below)][at],
            );
            picture.pixels[y * width + at] = std::array::from_fn(|c| (a[c] + b[c]) / 2.0);
        }
    }
    picture
}

pub(super) fn crop(picture: &Picture, [x, y, width, height]: [u32; 4]) -> Result<Picture, BadView> {
    let [x, y, width, height] = [x, y, width, height].map(|value| value as usize);
    let inside =
        |from: usize, size: usize, all: usize| from.checked_add(size).is_some_and(|end| end <= all);
    if !inside(x, width, picture.width) || !inside(y, height, picture.height) {
        return Err(BadView(format!(
            "crop: the box reaches beyond the picture of {}x{}",
            picture.width, picture.height
        )));
    }
    let rows = picture.pixels.chunks_exact(picture.width);
    let rows = rows.skip(y).take(height);
    Ok(Picture {
        width,
        height,
        pixels: rows.flat_map(|row| &row[x..x + width]).copied().collect(),
    })
}

pub(super) fn zoom(picture: &Picture, times: u32) -> Result<Picture, BadView> {
    let times = times as usize;
    let (width, height) = (picture.width * times, picture.height * times);
    if width.max(height) > MAX_SIDE as usize {
        return Err(BadView(format!(
            "zoom: {width}x{height} is too large; crop first, to at most {MAX_SIDE} pixels a side"
        )));
    }
    let row = |y: usize| &picture.pixels[y / times * picture.width..][..picture.width];
    let wide = |pixel: &[f32; 3]| std::iter::repeat_n(*pixel, times);
    Ok(Picture {
        width,
        height,
        pixels: (0..height)
            .flat_map(|y| row(y).iter().flat_map(wide))
            .collect(),
    })
}
