//! Area averages: every pixel counts once or in part, none is skipped.

use crate::picture::Luma;

/// The picture at `width` × `height`, each pixel the mean of the area it covers.
///
/// A target larger than the picture on an axis repeats pixels on that axis.
pub(super) fn reduce(luma: Luma<'_>, width: usize, height: usize) -> Vec<u8> {
    average::<1>((luma.width, luma.height), |y| luma.row(y), (width, height))
}

/// As [`reduce`], for a picture of `N` samples to a pixel whose rows `row` gives.
pub(crate) fn average<'a, const N: usize>(
    from: (usize, usize),
    row: impl Fn(usize) -> &'a [u8],
    to: (usize, usize),
) -> Vec<u8> {
    let columns = spans(from.0, to.0);
    let rows = spans(from.1, to.1);
    let mut pixels = Vec::with_capacity(to.0 * to.1 * N);
    let mut sums = vec![0u32; from.0 * N];
    for (top, bottom) in rows {
        sums.fill(0);
        for y in top..bottom {
            for (sum, &sample) in sums.iter_mut().zip(row(y)) {
                *sum += u32::from(sample);
            }
        }
        let (sums, _) = sums.as_chunks::<N>();
        for &(left, right) in &columns {
            let area = ((right - left) * (bottom - top)) as u64;
            for sample in 0..N {
                let covered = sums[left..right].iter();
                let sum: u64 = covered.map(|sums| u64::from(sums[sample])).sum();
                pixels.push(((sum + area / 2) / area) as u8);
            }
        }
    }
    pixels
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
