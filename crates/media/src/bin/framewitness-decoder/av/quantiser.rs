//! The quantisers that a picture was coded with, as far as FFmpeg tells them: H.264, MPEG-1, -2 and
//! -4, H.263 and VP9.

use std::mem::offset_of;

use ffmpeg_the_third::ffi;

use super::Frame;

/// Head of the side data. `AVVideoEncParams` promises the order of its fields, not its size.
#[repr(C)]
struct Head {
    blocks: u32,
    blocks_at: usize,
    block_size: usize,
    kind: i32,
    base: i32,
}

/// Head of what it says of one block, by the same promise.
#[repr(C)]
struct Block {
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    above_base: i32,
}

impl Frame {
    /// Mean quantiser over the area of the picture, in tenths of a step of the codec's own scale.
    pub(crate) fn quantiser(&self) -> Option<u16> {
        let kind = ffi::AVFrameSideDataType::VIDEO_ENC_PARAMS;
        // SAFETY: gives null or side data that lives as long as the frame, `size` bytes at `data`.
        let bytes = unsafe {
            let data = ffi::av_frame_get_side_data(self.get(), kind).as_ref()?;
            std::slice::from_raw_parts(data.data.cast_const(), data.size)
        };
        mean(bytes)
    }
}

fn mean(bytes: &[u8]) -> Option<u16> {
    let base = i64::from(int(bytes, offset_of!(Head, base))?);
    let count = int(bytes, offset_of!(Head, blocks))?.cast_unsigned() as usize;
    let size = word(bytes, offset_of!(Head, block_size))?;
    let blocks = bytes.get(word(bytes, offset_of!(Head, blocks_at))?..)?;
    let (mut sum, mut area) = (0i64, 0i64);
    for block in blocks
        .chunks_exact(size.max(size_of::<Block>()))
        .take(count)
    {
        let side = |at| Some(i64::from(int(block, at)?.max(0)));
        let pixels = side(offset_of!(Block, width))? * side(offset_of!(Block, height))?;
        sum += pixels * (base + i64::from(int(block, offset_of!(Block, above_base))?));
        area += pixels;
    }
    (area > 0).then(|| u16::try_from((sum * 10 + area / 2) / area).ok())?
}

fn int(bytes: &[u8], at: usize) -> Option<i32> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(i32::from_ne_bytes(*four))
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(usize::from_ne_bytes(*word))
}
