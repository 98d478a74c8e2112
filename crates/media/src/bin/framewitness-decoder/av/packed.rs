//! Packed RGB by way of its planes: libswscale writes planes of RGB by vector instructions, and pixels of 3 bytes
//! without them. Of planes of YUV it makes the same values either way.

use ffmpeg_the_third::ffi;

use super::Frame;
use super::frame::descriptor;

/// Whether planar RGB made of this format holds the values of packed RGB made of it: not where libswscale has
/// a way of its own from packed to packed, or from grey.
pub(super) fn alike(format: ffi::AVPixelFormat) -> bool {
    let others = u64::from(
        (ffi::AV_PIX_FMT_FLAG_RGB | ffi::AV_PIX_FMT_FLAG_PAL | ffi::AV_PIX_FMT_FLAG_BITSTREAM)
            .cast_unsigned(),
    );
    descriptor(format).is_some_and(|it| it.nb_components >= 3 && it.flags & others == 0)
}

/// Lays the planes of a GBRP picture side by side: R, G, B, with no padding. `None` if there is not room for
/// exactly that.
pub(super) fn pack(planar: &Frame, rgb: &mut [u8]) -> Option<()> {
    let pieces = planar.pieces()?.0;
    let each = pieces.len() / 3;
    let (greens, others) = pieces.split_at_checked(each)?;
    let (blues, reds) = others.split_at_checked(each)?;
    let mut rest = rgb;
    for ((green, blue), red) in greens.iter().zip(blues).zip(reds) {
        let (row, after) = rest.split_at_mut_checked(3 * red.len())?;
        for (((pixel, r), g), b) in row.chunks_exact_mut(3).zip(*red).zip(*green).zip(*blue) {
            pixel.copy_from_slice(&[*r, *g, *b]);
        }
        rest = after;
    }
    rest.is_empty().then_some(())
}

#[cfg(test)]
mod tests {
    use media::time::Rational;

    use super::super::scale::{Colours, Scaler, unpack};
    use super::*;

    #[test]
    fn planes_side_by_side_are_what_libswscale_packs_itself() {
        // SAFETY: a plain setting. Some formats are called deprecated for each context.
        unsafe { ffi::av_log_set_level(ffi::AV_LOG_QUIET) };
        let mut compared = Vec::new();
        for format in formats() {
            for (width, height) in [(33, 17), (64, 36), (5, 3)] {
                let empty = Frame::with_planes(width, height, format).expect("memory");
                let layout = empty.layout(Rational { num: 0, den: 1 }).expect("a layout");
                let frame = unpack(&layout, &noise(layout.bytes as usize)).expect("planes");
                for full_range in [false, true] {
                    let from = Colours {
                        matrix: ffi::SWS_CS_ITU709,
                        full_range,
                    };
                    let mut ways = [(); 2].map(|()| vec![0; (3 * width * height) as usize]);
                    let mut scaler = Scaler::with_threads(2);
                    scaler
                        .packed(&frame, from, &mut ways[0])
                        .expect("by planes");
                    scaler
                        .packed_directly(&frame, from, &mut ways[1])
                        .expect("at once");
                    assert!(
                        ways[0] == ways[1],
                        "{} {width}x{height} {full_range}",
                        layout.pixel_format
                    );
                    assert!(
                        ways[0].iter().any(|byte| *byte != ways[0][0]),
                        "{}",
                        layout.pixel_format
                    );
                }
                compared.push(layout.pixel_format);
            }
        }
        for usual in [
            "yuv420p",
            "yuvj420p",
            "yuv422p10le",
            "nv12",
            "p010le",
            "yuva444p",
            "yuyv422",
        ] {
            assert!(
                compared.iter().any(|format| format == usual),
                "{usual} is not among them"
            );
        }
    }

    /// Every format that goes by planes and that libswscale reads.
    fn formats() -> Vec<ffi::AVPixelFormat> {
        let mut formats = Vec::new();
        let mut at = std::ptr::null();
        loop {
            // SAFETY: walks over static descriptors, from null to null.
            at = unsafe { ffi::av_pix_fmt_desc_next(at) };
            if at.is_null() {
                return formats;
            }
            // SAFETY: one of them.
            let format = unsafe { ffi::av_pix_fmt_desc_get_id(at) };
            // SAFETY: plain query.
            if alike(format) && unsafe { ffi::sws_isSupportedInput(format) } > 0 {
                formats.push(format);
            }
        }
    }

    /// Bytes without a pattern, of a size.
    fn noise(bytes: usize) -> Vec<u8> {
        (0..bytes as u32)
            .map(|at| (at.wrapping_mul(2_654_435_761) >> 21) as u8)
            .collect()
    }
}
