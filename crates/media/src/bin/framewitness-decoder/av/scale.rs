//! Conversions by libswscale: luma for analysis, RGB for people.

use std::ffi::{CStr, c_int};
use std::ptr::{self, NonNull};

use ffmpeg_the_third::ffi;
use media::protocol::{Conversion, PictureLayout};

use super::names::dotted;
use super::{AvError, Frame};

const FLAGS: c_int = ffi::SWS_BICUBIC
    | ffi::SWS_ACCURATE_RND
    | ffi::SWS_FULL_CHR_H_INT
    | ffi::SWS_FULL_CHR_H_INP
    | ffi::SWS_BITEXACT;

const FLAG_NAMES: &str = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

/// For pictures that are watched: no pixel of them is cited, so that speed counts.
const WATCHING_FLAGS: c_int = ffi::SWS_BILINEAR;

/// A conversion context, kept from picture to picture.
#[derive(Default)]
pub(crate) struct Scaler(Option<NonNull<ffi::SwsContext>>);

/// Matrix and range of one side of a conversion.
#[derive(Clone, Copy)]
struct Colours {
    matrix: c_int,
    full_range: bool,
}

/// What a conversion ends in.
#[derive(Clone, Copy)]
struct Target {
    format: ffi::AVPixelFormat,
    bytes_per_pixel: usize,
    width: c_int,
    height: c_int,
    full_range: bool,
    flags: c_int,
}

impl Target {
    /// The size of the frame itself.
    fn of(frame: &Frame, format: ffi::AVPixelFormat, bytes_per_pixel: usize) -> Self {
        Self {
            format,
            bytes_per_pixel,
            width: frame.get().width,
            height: frame.get().height,
            full_range: true,
            flags: FLAGS,
        }
    }

    fn stride(&self) -> usize {
        self.width.unsigned_abs() as usize * self.bytes_per_pixel
    }
}

impl Scaler {
    /// Writes an 8-bit luma plane, rows without padding, made from any pixel format. Levels are
    /// those of the frame; RGB is taken to full-range BT.601 luma.
    pub(crate) fn luma(&mut self, frame: &Frame, grey: &mut [u8]) -> Result<(), AvError> {
        let format = frame.format();
        let full = full_range(frame, format);
        let from = Colours {
            matrix: ffi::SWS_CS_DEFAULT,
            full_range: full,
        };
        let to = Target {
            full_range: full,
            ..Target::of(frame, ffi::AVPixelFormat::GRAY8, 1)
        };
        self.convert(frame, from, to, grey)
    }

    fn convert(
        &mut self,
        frame: &Frame,
        from: Colours,
        to: Target,
        bytes: &mut [u8],
    ) -> Result<(), AvError> {
        let source = frame.get();
        if bytes.len() != to.stride() * to.height.unsigned_abs() as usize {
            return Err(AvError(ffi::AVERROR(libc::EINVAL)));
        }
        let context = self.context(frame, &to)?;
        let stride = c_int::try_from(to.stride()).map_err(|_| AvError::NO_MEMORY)?;
        let planes = [
            bytes.as_mut_ptr(),
            ptr::null_mut(),
            ptr::null_mut(),
            ptr::null_mut(),
        ];
        // SAFETY: the context fits both pictures; the destination holds `to.height` rows of `stride`
        // bytes, checked above; the coefficient tables are static.
        unsafe {
            ffi::sws_setColorspaceDetails(
                context.as_ptr(),
                ffi::sws_getCoefficients(from.matrix),
                from.full_range.into(),
                ffi::sws_getCoefficients(from.matrix),
                to.full_range.into(),
                0,
                1 << 16,
                1 << 16,
            );
            let rows = ffi::sws_scale(
                context.as_ptr(),
                source.data.as_ptr().cast(),
                source.linesize.as_ptr(),
                0,
                source.height,
                planes.as_ptr(),
                [stride, 0, 0, 0].as_ptr(),
            );
            AvError::check(rows).map(drop)
        }
    }

    fn context(&mut self, frame: &Frame, to: &Target) -> Result<NonNull<ffi::SwsContext>, AvError> {
        let source = frame.get();
        let old = self.0.take().map_or(ptr::null_mut(), NonNull::as_ptr);
        // SAFETY: takes over the old context, and gives it back, another, or null.
        let context = unsafe {
            ffi::sws_getCachedContext(
                old,
                source.width,
                source.height,
                frame.format(),
                to.width,
                to.height,
                to.format,
                to.flags,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null(),
            )
        };
        self.0 = NonNull::new(context);
        self.0.ok_or(AvError(ffi::AVERROR(libc::ENOSYS)))
    }
}

impl Drop for Scaler {
    fn drop(&mut self) {
        if let Some(context) = self.0.take() {
            // SAFETY: owned, dropped once.
            unsafe { ffi::sws_freeContext(context.as_ptr()) }
        }
    }
}

/// Converts planes without padding to RGB24 without padding, and says how.
pub(crate) fn rgb(
    scaler: &mut Scaler,
    layout: &PictureLayout,
    planes: &[u8],
    bytes: &mut [u8],
) -> Result<Conversion, AvError> {
    let frame = unpack(layout, planes)?;
    let (from, name) = colours(&frame, layout);
    let to = Target::of(&frame, ffi::AVPixelFormat::RGB24, 3);
    scaler.convert(&frame, from, to, bytes)?;
    // SAFETY: plain query.
    let version = dotted(unsafe { ffi::swscale_version() });
    Ok(Conversion {
        offset: 0,
        matrix: name.to_owned(),
        range: if from.full_range { "pc" } else { "tv" }.to_owned(),
        converter: format!("libswscale {version} {FLAG_NAMES}"),
    })
}

/// Converts a decoded frame to RGB24 of another size, in the same colours as [`rgb`], for watching.
pub(crate) fn reduced(
    scaler: &mut Scaler,
    frame: &Frame,
    layout: &PictureLayout,
    (width, height): (u32, u32),
    bytes: &mut [u8],
) -> Result<(), AvError> {
    let side = |side| c_int::try_from(side).map_err(|_| AvError::NO_MEMORY);
    let to = Target {
        width: side(width)?,
        height: side(height)?,
        flags: WATCHING_FLAGS,
        ..Target::of(frame, ffi::AVPixelFormat::RGB24, 3)
    };
    scaler.convert(frame, colours(frame, layout).0, to, bytes)
}

/// Matrix and range that the samples of a picture are taken to have, and the matrix by name.
fn colours(frame: &Frame, layout: &PictureLayout) -> (Colours, &'static str) {
    let (matrix, name) = matrix(layout);
    let full_range = match layout.range.as_str() {
        "pc" => true,
        "tv" => false,
        _ => full_range(frame, frame.format()),
    };
    (Colours { matrix, full_range }, name)
}

/// A frame from planes without padding.
pub(super) fn unpack(layout: &PictureLayout, planes: &[u8]) -> Result<Frame, AvError> {
    let invalid = AvError(ffi::AVERROR(libc::EINVAL));
    let name = std::ffi::CString::new(layout.pixel_format.as_str()).map_err(|_| invalid)?;
    // SAFETY: a C string; gives NONE for a name it does not know.
    let format = unsafe { ffi::av_get_pix_fmt(name.as_ptr()) };
    let mut frame = Frame::with_planes(layout.width, layout.height, format)?;
    let (width, height) = (frame.get().width, frame.get().height);
    let mut data = [ptr::null_mut(); 4];
    let mut strides = [0; 4];
    // SAFETY: the first call lays pointers over `planes`, whose size is compared with what it needs
    // before the second reads through them; the frame has planes of the same layout.
    unsafe {
        let needed = ffi::av_image_fill_arrays(
            data.as_mut_ptr(),
            strides.as_mut_ptr(),
            planes.as_ptr(),
            format,
            width,
            height,
            1,
        );
        if AvError::check(needed)?.unsigned_abs() as usize > planes.len() {
            return Err(invalid);
        }
        let target = frame.get_mut();
        ffi::av_image_copy(
            target.data.as_mut_ptr(),
            target.linesize.as_mut_ptr(),
            data.as_mut_ptr().cast(),
            strides.as_ptr(),
            format,
            width,
            height,
        );
    }
    Ok(frame)
}

/// The matrix of a picture: its own, else BT.601 below 720 lines and BT.709 from there on.
fn matrix(layout: &PictureLayout) -> (c_int, &'static str) {
    match layout.matrix.as_str() {
        "bt709" => (ffi::SWS_CS_ITU709, "bt709"),
        "fcc" => (ffi::SWS_CS_FCC, "fcc"),
        "bt470bg" => (ffi::SWS_CS_ITU601, "bt470bg"),
        "smpte170m" => (ffi::SWS_CS_SMPTE170M, "smpte170m"),
        "smpte240m" => (ffi::SWS_CS_SMPTE240M, "smpte240m"),
        "bt2020nc" | "bt2020c" => (ffi::SWS_CS_BT2020, "bt2020nc"),
        "gbr" => (ffi::SWS_CS_DEFAULT, "gbr"),
        _ if layout.height < 720 => (ffi::SWS_CS_ITU601, "smpte170m"),
        _ => (ffi::SWS_CS_ITU709, "bt709"),
    }
}

/// Whether samples span 0 to 255: said by the frame, or by a pixel format that is always so.
fn full_range(frame: &Frame, format: ffi::AVPixelFormat) -> bool {
    let always_full = ffi::AV_PIX_FMT_FLAG_RGB | ffi::AV_PIX_FMT_FLAG_PAL;
    // SAFETY: static descriptor or null, with a static name.
    let (rgb, name) = unsafe {
        match ffi::av_pix_fmt_desc_get(format).as_ref() {
            Some(it) => (
                it.flags & u64::from(always_full.cast_unsigned()) != 0,
                CStr::from_ptr(it.name).to_bytes(),
            ),
            None => (false, &b""[..]),
        }
    };
    frame.get().color_range == ffi::AVColorRange::JPEG || rgb || name.starts_with(b"yuvj")
}
