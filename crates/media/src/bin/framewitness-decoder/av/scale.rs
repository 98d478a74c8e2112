//! Conversions by libswscale: luma for analysis, RGB for people.

use std::ffi::{CStr, c_int};
use std::ptr::{self, NonNull};

use ffmpeg_the_third::ffi;
use media::protocol::{Conversion, PictureLayout};

use super::names::dotted;
use super::{AvError, Frame, packed};

const FLAGS: c_int = ffi::SWS_BICUBIC
    | ffi::SWS_ACCURATE_RND
    | ffi::SWS_FULL_CHR_H_INT
    | ffi::SWS_FULL_CHR_H_INP
    | ffi::SWS_BITEXACT;

const FLAG_NAMES: &str = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";

/// For pictures that are watched: no pixel of them is cited, so that speed counts.
const WATCHING_FLAGS: c_int = ffi::SWS_BILINEAR;

/// A conversion context, kept from picture to picture of the same kind.
pub(crate) struct Scaler {
    /// Slices of a picture that are converted at the same time; the result is the same.
    threads: u32,
    context: Option<(Kind, NonNull<ffi::SwsContext>)>,
    /// Planes on the way to packed RGB.
    planar: Option<Frame>,
}

/// What a context is made for.
type Kind = (c_int, c_int, ffi::AVPixelFormat, Target);

impl Default for Scaler {
    fn default() -> Self {
        Self::with_threads(1)
    }
}

/// Matrix and range of one side of a conversion.
#[derive(Clone, Copy)]
pub(super) struct Colours {
    pub(super) matrix: c_int,
    pub(super) full_range: bool,
}

/// What a conversion ends in.
#[derive(Clone, Copy, PartialEq)]
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
    /// Converts so many slices of a picture at the same time, 1 to 16.
    pub(crate) fn with_threads(threads: u32) -> Self {
        Self {
            threads,
            context: None,
            planar: None,
        }
    }

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
        if bytes.len() != to.stride() * to.height.unsigned_abs() as usize {
            return Err(AvError(ffi::AVERROR(libc::EINVAL)));
        }
        self.convert_into(frame, from, to, &mut over(bytes, &to)?)
    }

    /// Packed RGB in the size of the frame, as libswscale itself writes it.
    pub(super) fn packed_directly(
        &mut self,
        frame: &Frame,
        from: Colours,
        bytes: &mut [u8],
    ) -> Result<(), AvError> {
        let to = Target::of(frame, ffi::AVPixelFormat::RGB24, 3);
        self.convert(frame, from, to, bytes)
    }

    /// The same, by the quicker way where there is one.
    pub(super) fn packed(
        &mut self,
        frame: &Frame,
        from: Colours,
        bytes: &mut [u8],
    ) -> Result<(), AvError> {
        if !packed::alike(frame.format()) {
            return self.packed_directly(frame, from, bytes);
        }
        let to = Target::of(frame, ffi::AVPixelFormat::GBRP, 1);
        let (width, height) = (to.width.unsigned_abs(), to.height.unsigned_abs());
        let kept = self.planar.take();
        let fits = |it: &Frame| (it.get().width, it.get().height) == (to.width, to.height);
        let mut planar = match kept.filter(fits) {
            Some(planar) => planar,
            None => Frame::with_planes(width, height, to.format)?,
        };
        self.convert_into(frame, from, to, &mut planar)?;
        let done = packed::pack(&planar, bytes);
        self.planar = Some(planar);
        done.ok_or(AvError(ffi::AVERROR(libc::EINVAL)))
    }

    fn convert_into(
        &mut self,
        frame: &Frame,
        from: Colours,
        to: Target,
        target: &mut Frame,
    ) -> Result<(), AvError> {
        let context = self.context(frame, to)?;
        // SAFETY: the context fits both pictures, and the coefficient tables are static.
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
            let rows = ffi::sws_scale_frame(context.as_ptr(), target.as_mut_ptr(), frame.get());
            AvError::check(rows).map(drop)
        }
    }

    fn context(&mut self, frame: &Frame, to: Target) -> Result<NonNull<ffi::SwsContext>, AvError> {
        let source = frame.get();
        let kind = (source.width, source.height, frame.format(), to);
        if let Some((_, context)) = self.context.filter(|(made_for, _)| *made_for == kind) {
            return Ok(context);
        }
        self.release();
        // SAFETY: plain allocation.
        let context = unsafe { ffi::sws_alloc_context() };
        let context = NonNull::new(context).ok_or(AvError::NO_MEMORY)?;
        // From here on it is freed with the scaler.
        self.context = Some((kind, context));
        prepare(context, kind, self.threads).inspect_err(|_| self.release())?;
        Ok(context)
    }

    fn release(&mut self) {
        if let Some((_, context)) = self.context.take() {
            // SAFETY: owned, freed once.
            unsafe { ffi::sws_freeContext(context.as_ptr()) }
        }
    }
}

/// Sets up a fresh context.
fn prepare(
    context: NonNull<ffi::SwsContext>,
    (width, height, format, to): Kind,
    threads: u32,
) -> Result<(), AvError> {
    let options = [
        (c"srcw", width),
        (c"srch", height),
        (c"src_format", format.0),
        (c"dstw", to.width),
        (c"dsth", to.height),
        (c"dst_format", to.format.0),
        (c"sws_flags", to.flags),
        (c"threads", threads.clamp(1, 16).cast_signed()),
    ];
    for (name, value) in options {
        // SAFETY: the context is an object with options, and the name a C string.
        let set =
            unsafe { ffi::av_opt_set_int(context.as_ptr().cast(), name.as_ptr(), value.into(), 0) };
        AvError::check(set)?;
    }
    // SAFETY: set up and not yet initialised; there are no filters.
    let ready =
        unsafe { ffi::sws_init_context(context.as_ptr(), ptr::null_mut(), ptr::null_mut()) };
    AvError::check(ready).map(drop)
}

/// A frame whose only plane is `bytes`, which must outlive it.
fn over(bytes: &mut [u8], to: &Target) -> Result<Frame, AvError> {
    unsafe extern "C" fn leave(_: *mut libc::c_void, _: *mut u8) {}
    let mut frame = Frame::new()?;
    let stride = c_int::try_from(to.stride()).map_err(|_| AvError::NO_MEMORY)?;
    // SAFETY: the buffer spans `bytes` and frees nothing; the fresh frame owns its reference.
    unsafe {
        let buffer = ffi::av_buffer_create(
            bytes.as_mut_ptr(),
            bytes.len(),
            Some(leave),
            ptr::null_mut(),
            0,
        );
        if buffer.is_null() {
            return Err(AvError::NO_MEMORY);
        }
        let inner = frame.get_mut();
        (inner.width, inner.height, inner.format) = (to.width, to.height, to.format.0);
        inner.data[0] = bytes.as_mut_ptr();
        inner.linesize[0] = stride;
        inner.buf[0] = buffer;
    }
    Ok(frame)
}

impl Drop for Scaler {
    fn drop(&mut self) {
        self.release();
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
    scaler.packed(&frame, from, bytes)?;
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

/// The pixel format of a layout.
pub(super) fn format_of(layout: &PictureLayout) -> Result<ffi::AVPixelFormat, AvError> {
    let name = std::ffi::CString::new(layout.pixel_format.as_str())
        .map_err(|_| AvError(ffi::AVERROR(libc::EINVAL)))?;
    // SAFETY: a C string; gives NONE for a name it does not know.
    Ok(unsafe { ffi::av_get_pix_fmt(name.as_ptr()) })
}

/// A frame from planes without padding.
pub(super) fn unpack(layout: &PictureLayout, planes: &[u8]) -> Result<Frame, AvError> {
    let invalid = AvError(ffi::AVERROR(libc::EINVAL));
    let format = format_of(layout)?;
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
pub(super) fn matrix(layout: &PictureLayout) -> (c_int, &'static str) {
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
