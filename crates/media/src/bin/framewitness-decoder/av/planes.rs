//! Where the planes of a decoded picture lie.

use std::ffi::c_int;

use ffmpeg_the_third::ffi;
use media::picture::Luma;
use media::sha256::Pieces;

use super::Frame;
use super::frame::descriptor;

impl Frame {
    /// The planes without padding, in pieces that together are what ffmpeg's `rawvideo` encoder writes:
    /// rows, or whole planes where rows have no padding. `None` for formats that are not planes of
    /// bytes, such as those with a palette.
    pub(crate) fn pieces(&self) -> Option<Pieces<'_>> {
        let frame = self.get();
        let planes = plane_rows(self.format(), frame.width, frame.height.unsigned_abs())?;
        let mut pieces = Vec::new();
        for (plane, (row, rows)) in planes.into_iter().enumerate() {
            self.rows(plane, row, rows, &mut pieces)?;
        }
        Some(Pieces(pieces))
    }

    /// The rows of a plane; the whole plane where they follow each other.
    fn rows<'a>(
        &'a self,
        plane: usize,
        row: usize,
        rows: usize,
        pieces: &mut Vec<&'a [u8]>,
    ) -> Option<()> {
        let start = self.get().data[plane];
        let stride = self.get().linesize[plane] as isize;
        if start.is_null() || stride.unsigned_abs() < row {
            return None;
        }
        // SAFETY: libav's planes have `rows` rows of at least `row` bytes, `stride` bytes apart, which
        // nobody writes once a decoder has given the frame away; they live as long as the frame.
        unsafe {
            if stride.cast_unsigned() == row {
                pieces.push(std::slice::from_raw_parts(start, row * rows));
            } else {
                let rows = (0..rows.cast_signed()).map(|at| start.offset(at * stride));
                pieces.extend(rows.map(|start| std::slice::from_raw_parts(start, row)));
            }
        }
        Some(())
    }

    /// The 8-bit luma plane that the picture starts with, if it does, from the top down.
    pub(crate) fn luma(&self) -> Option<Luma<'_>> {
        let frame = self.get();
        let (width, height) = (
            frame.width.unsigned_abs() as usize,
            frame.height.unsigned_abs() as usize,
        );
        let stride = usize::try_from(frame.linesize[0])
            .ok()
            .filter(|stride| *stride >= width)?;
        if !starts_with_luma(self.format()) || frame.data[0].is_null() || height == 0 {
            return None;
        }
        // SAFETY: as for any plane; the last row may end at the end of the memory.
        let data =
            unsafe { std::slice::from_raw_parts(frame.data[0], stride * (height - 1) + width) };
        Some(Luma {
            data,
            width,
            height,
            stride,
        })
    }
}

/// Bytes of a row without padding, and rows, of each plane of a picture. `None` for formats that are not
/// planes of bytes, such as those with a palette.
pub(super) fn plane_rows(
    format: ffi::AVPixelFormat,
    width: c_int,
    height: u32,
) -> Option<Vec<(usize, usize)>> {
    let it = descriptor(format)?;
    let other =
        ffi::AV_PIX_FMT_FLAG_PAL | ffi::AV_PIX_FMT_FLAG_BITSTREAM | ffi::AV_PIX_FMT_FLAG_HWACCEL;
    if it.flags & u64::from(other.cast_unsigned()) != 0 {
        return None;
    }
    let mut planes = Vec::new();
    for plane in 0..4usize {
        // SAFETY: plain computation.
        let row = unsafe { ffi::av_image_get_linesize(format, width, plane as c_int) };
        let row = usize::try_from(row).ok()?;
        if row == 0 {
            break;
        }
        let shift = if matches!(plane, 1 | 2) {
            it.log2_chroma_h
        } else {
            0
        };
        planes.push((row, height.div_ceil(1 << shift) as usize));
    }
    Some(planes)
}

/// Whether plane 0 is an 8-bit luma plane of full size.
fn starts_with_luma(format: ffi::AVPixelFormat) -> bool {
    let Some(it) = descriptor(format) else {
        return false;
    };
    let other = ffi::AV_PIX_FMT_FLAG_RGB
        | ffi::AV_PIX_FMT_FLAG_PAL
        | ffi::AV_PIX_FMT_FLAG_BITSTREAM
        | ffi::AV_PIX_FMT_FLAG_HWACCEL
        | ffi::AV_PIX_FMT_FLAG_BAYER;
    let first = &it.comp[0];
    it.flags & u64::from(other.cast_unsigned()) == 0
        && (
            first.plane,
            first.step,
            first.offset,
            first.shift,
            first.depth,
        ) == (0, 1, 0, 0, 8)
        && (it.nb_components < 3 || it.comp[1].plane != 0)
}
