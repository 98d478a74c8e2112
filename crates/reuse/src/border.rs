//! Bars around a picture: letterbox, pillarbox, or both, judged over the pictures of one shot.

use crate::views::{Rect, Small};

/// Largest spread of samples across a bar, in 8-bit steps: room for compression noise.
const SPREAD: u8 = 28;

/// Largest drift of a bar's level from the picture's outermost line.
const DRIFT: i32 = 10;

/// Smallest part of a side that must remain, in percent. A plainer picture has no bars but is dark.
const REMAINS: usize = 25;

/// The part of the pictures inside their common bars. All must be of one size.
pub(crate) fn inside(shot: &[&Small]) -> Rect {
    let Some(&Small { width, height, .. }) = shot.first().copied() else {
        return Rect::default();
    };
    let (top, bottom) = bars(shot, height, |picture, y| picture.level(0..width, y..y + 1));
    let rows = top..height - bottom;
    let (left, right) = bars(shot, width, |picture, x| {
        picture.level(x..x + 1, rows.clone())
    });
    Rect {
        x: left,
        y: top,
        width: width - left - right,
        height: height - top - bottom,
    }
}

/// How many lines from either end are bars in every picture; none where too little would remain.
/// `level` gives the spread and the mean of one line.
fn bars(
    shot: &[&Small],
    side: usize,
    level: impl Fn(&Small, usize) -> (u8, i32),
) -> (usize, usize) {
    let is_bar = |at: usize, outermost: usize| {
        shot.iter().all(|picture| {
            let ((spread, mean), (_, outer)) = (level(picture, at), level(picture, outermost));
            spread <= SPREAD && (mean - outer).abs() <= DRIFT
        })
    };
    let head = (0..side).take_while(|&at| is_bar(at, 0)).count();
    let tail = (0..side)
        .rev()
        .take_while(|&at| is_bar(at, side - 1))
        .count();
    if head + tail + side * REMAINS / 100 > side {
        (0, 0)
    } else {
        (head, tail)
    }
}
