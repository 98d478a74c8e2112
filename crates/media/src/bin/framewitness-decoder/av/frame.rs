//! A decoded picture.

use std::ffi::c_int;
use std::ptr::NonNull;

use ffmpeg_the_third::ffi;
use media::facts::Scanning;
use media::index::PictureType;
use media::protocol::PictureLayout;
use media::time::Rational;

use super::AvError;
use super::stream::{or_unknown, pixel_format, rational};

/// An owned frame.
pub(crate) struct Frame(NonNull<ffi::AVFrame>);

// SAFETY: the structure belongs to this value alone, and libav counts references to the planes
// atomically: its decoders hand frames from thread to thread themselves.
unsafe impl Send for Frame {}

impl Frame {
    pub(crate) fn new() -> Result<Self, AvError> {
        // SAFETY: allocates a blank frame or gives null.
        let frame = unsafe { ffi::av_frame_alloc() };
        NonNull::new(frame).map(Self).ok_or(AvError::NO_MEMORY)
    }

    /// A picture of a known layout with memory for its planes.
    pub(super) fn with_planes(
        width: u32,
        height: u32,
        format: ffi::AVPixelFormat,
    ) -> Result<Self, AvError> {
        let mut frame = Self::new()?;
        let side = |side| c_int::try_from(side).map_err(|_| AvError::NO_MEMORY);
        // SAFETY: fresh frame, exclusively owned.
        unsafe {
            let inner = frame.0.as_mut();
            inner.width = side(width)?;
            inner.height = side(height)?;
            inner.format = format.0;
            AvError::check(ffi::av_frame_get_buffer(frame.as_mut_ptr(), 0))?;
        }
        Ok(frame)
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut ffi::AVFrame {
        self.0.as_ptr()
    }

    pub(super) fn get(&self) -> &ffi::AVFrame {
        // SAFETY: valid from `new` to `drop`.
        unsafe { self.0.as_ref() }
    }

    pub(super) fn get_mut(&mut self) -> &mut ffi::AVFrame {
        // SAFETY: valid from `new` to `drop`, exclusively borrowed.
        unsafe { self.0.as_mut() }
    }

    pub(super) fn format(&self) -> ffi::AVPixelFormat {
        ffi::AVPixelFormat(self.get().format)
    }

    /// The text that a coder wrote of itself into the stream at this frame: user data of H.264 and
    /// HEVC, which begin with the 16 bytes of an identifier.
    pub(crate) fn coder_note(&self) -> Option<String> {
        const IDENTIFIER: usize = 16;
        let kind = ffi::AVFrameSideDataType::SEI_UNREGISTERED;
        // SAFETY: gives null or side data that lives as long as the frame, `size` bytes at `data`.
        let bytes = unsafe {
            let data = ffi::av_frame_get_side_data(self.0.as_ptr(), kind).as_ref()?;
            std::slice::from_raw_parts(data.data.cast_const(), data.size)
        };
        crate::words::words(bytes.get(IDENTIFIER..)?)
    }

    /// libav's best guess at the timestamp.
    pub(crate) fn best_effort(&self) -> i64 {
        self.get().best_effort_timestamp
    }

    /// Duration in ticks by the container, 0 when unknown.
    pub(crate) fn duration(&self) -> i64 {
        self.get().pkt_duration
    }

    /// What [`super::Codec::send`] was given with the packet of this frame.
    pub(crate) fn ticket(&self) -> i64 {
        self.get().reordered_opaque
    }

    pub(crate) fn key(&self) -> bool {
        self.get().key_frame != 0
    }

    /// Whether the decoder says that the picture is not what was encoded.
    pub(crate) fn damaged(&self) -> bool {
        let frame = self.get();
        frame.flags & ffi::AV_FRAME_FLAG_CORRUPT != 0 || frame.decode_error_flags != 0
    }

    pub(crate) fn picture_type(&self) -> PictureType {
        use ffi::AVPictureType as Type;
        match self.get().pict_type {
            Type::I => PictureType::I,
            Type::P => PictureType::P,
            Type::B => PictureType::B,
            _ => PictureType::Other,
        }
    }

    /// How the decoder says that the picture was taken and is to be shown.
    pub(crate) fn scanning(&self) -> Scanning {
        let frame = self.get();
        Scanning {
            interlaced: frame.interlaced_frame != 0,
            top_first: frame.top_field_first != 0,
            repeat: u8::try_from(frame.repeat_pict).unwrap_or(0),
        }
    }

    /// Layout of the planes when written without padding; `aspect` is the stream's own, if any.
    pub(crate) fn layout(&self, aspect: Rational) -> Result<PictureLayout, AvError> {
        let frame = self.get();
        // SAFETY: plain computation.
        let bytes =
            unsafe { ffi::av_image_get_buffer_size(self.format(), frame.width, frame.height, 1) };
        let own = rational(frame.sample_aspect_ratio);
        let aspect = if aspect.num == 0 { own } else { aspect };
        // SAFETY: both give static strings or null for any value.
        let (matrix, range) = unsafe {
            (
                or_unknown(ffi::av_color_space_name(frame.colorspace)),
                or_unknown(ffi::av_color_range_name(frame.color_range)),
            )
        };
        Ok(PictureLayout {
            width: frame.width.unsigned_abs(),
            height: frame.height.unsigned_abs(),
            pixel_format: pixel_format(self.format()),
            depth: depth(self.format()),
            bytes: AvError::check(bytes)?.unsigned_abs().into(),
            sample_aspect: if aspect.den == 0 {
                Rational { num: 0, den: 1 }
            } else {
                aspect
            },
            matrix,
            range,
        })
    }

    /// Writes the planes without padding, as ffmpeg's `rawvideo` encoder does.
    pub(crate) fn copy_to(&self, bytes: &mut [u8]) -> Result<(), AvError> {
        let frame = self.get();
        let room = c_int::try_from(bytes.len()).unwrap_or(c_int::MAX);
        // SAFETY: the destination's true size is given; planes and strides are the frame's own.
        let code = unsafe {
            ffi::av_image_copy_to_buffer(
                bytes.as_mut_ptr(),
                room,
                frame.data.as_ptr().cast(),
                frame.linesize.as_ptr(),
                self.format(),
                frame.width,
                frame.height,
                1,
            )
        };
        AvError::check(code).map(drop)
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let mut frame = self.0.as_ptr();
        // SAFETY: made in `new`, dropped once.
        unsafe { ffi::av_frame_free(&raw mut frame) }
    }
}

pub(super) fn descriptor(format: ffi::AVPixelFormat) -> Option<&'static ffi::AVPixFmtDescriptor> {
    // SAFETY: gives a static descriptor or null.
    unsafe { ffi::av_pix_fmt_desc_get(format).as_ref() }
}

/// Bits of a sample of the first component.
fn depth(format: ffi::AVPixelFormat) -> u8 {
    descriptor(format).map_or(0, |it| it.comp[0].depth.clamp(0, 64) as u8)
}
