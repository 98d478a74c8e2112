//! Borrowed pictures as they come out of the decoder process.

/// An 8-bit luma plane. For formats that hold more bits, or RGB, a grey rendering made by the decoder.
#[derive(Clone, Copy, Debug)]
pub struct Luma<'a> {
    /// Rows of `stride` bytes; at least `stride * (height - 1) + width` long.
    pub data: &'a [u8],
    /// Width in pixels, at least 1.
    pub width: usize,
    /// Height in pixels, at least 1.
    pub height: usize,
    /// Bytes from one row to the next, at least `width`.
    pub stride: usize,
}

impl<'a> Luma<'a> {
    /// Row `y` without padding.
    ///
    /// # Panics
    /// If `y >= height`.
    pub fn row(&self, y: usize) -> &'a [u8] {
        &self.data[y * self.stride..][..self.width]
    }
}
