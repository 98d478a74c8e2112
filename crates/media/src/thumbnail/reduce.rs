//! Area averages: every pixel counts once or in part, none is skipped.

use crate::picture::Luma;

/// The picture at `width` × `height`, each pixel the mean of the area it covers.
///
/// A target larger than the picture on an axis repeats pixels on that axis.
pub(super) fn reduce(luma: Luma<'_>, width: usize, height: usize) -> Vec<u8> {
    let columns = spans(luma.width, width);
    let rows = spans(luma.height, height);
    let mut grey = Vec::with_capacity(width * height);
    let mut sums = vec![0u32; luma.width];
    for (top, bottom) in rows {
        sums.fill(0);
        for y in top..bottom {
            for (sum, &pixel) in sums.iter_mut().zip(luma.row(y)) {
                *sum += u32::from(pixel);
            }
        }
        for &(left, right) in &columns {
            let sum: u64 = sums[left..right].iter().map(|&sum| u64::from(sum)).sum();
            let area = ((right - left) * (bottom - top)) as u64;
            grey.push(((sum + area / 2) / area) as u8);
        }
    }
    grey
}

/// Splits `from` pixels into `to` spans of at least one pixel.
fn spans(from: usize, to: usize) -> Vec<(usize, usize)> {
    (0..to)
        .map(|at| {
            let start = at * from / to;
            (start, ((at + 1) * from / to).max(start + 1))
        })
        .collect()
}
