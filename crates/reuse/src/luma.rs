/// The luma plane of one picture: rows of 8-bit samples, top to bottom, `stride` bytes apart.
///
/// Samples are taken as they are: neither limited to full range nor linearised. A plane whose `data`
/// does not cover its stated size counts as an empty picture.
#[derive(Clone, Copy, Debug)]
pub struct Luma<'a> {
    /// Samples. The last row may end after `width` bytes.
    pub data: &'a [u8],
    /// Samples in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Bytes from one row to the next, at least `width`.
    pub stride: usize,
}

impl<'a> Luma<'a> {
    /// Whether the data covers the stated size and there is at least one sample.
    pub fn is_whole(&self) -> bool {
        let needed = self
            .height
            .checked_sub(1)
            .and_then(|rows| rows.checked_mul(self.stride))
            .and_then(|bytes| bytes.checked_add(self.width));
        self.width > 0 && self.stride >= self.width && needed.is_some_and(|n| n <= self.data.len())
    }

    /// The samples of row `y`; empty when there are none.
    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        let start = y * self.stride;
        self.data.get(start..start + self.width).unwrap_or_default()
    }

    /// The part from column `x` and row `y`, as large as asked and as fits.
    pub(crate) fn part(&self, x: usize, y: usize, width: usize, height: usize) -> Luma<'a> {
        let x = x.min(self.width);
        let y = y.min(self.height);
        let start = (y * self.stride + x).min(self.data.len());
        Luma {
            data: &self.data[start..],
            width: width.min(self.width - x),
            height: height.min(self.height - y),
            stride: self.stride,
        }
    }
}
