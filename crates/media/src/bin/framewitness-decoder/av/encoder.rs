//! A coder of pictures without loss: FFV1, version 3, every picture by itself.

use std::ffi::{CStr, c_int};
use std::ptr::{self, NonNull};

use ffmpeg_the_third::ffi;
use media::protocol::{EncoderForm, PictureLayout};

use super::scale::unpack;
use super::stream::pixel_format;
use super::{AvError, Codec, Frame, Outcome, Packet};

/// Version of the format that carries checksums, RFC 9043.
const VERSION: c_int = 3;

/// Slices of a picture, and the least side that such a picture has: the first that the coder takes for
/// its size. Each slice has a checksum of its own, so that damage is told and stays small; in slices of
/// a few pixels the coder loses some.
const SLICES: [(&CStr, u32); 4] = [(c"16", 128), (c"9", 128), (c"4", 32), (c"1", 0)];

/// An open coder.
pub(crate) struct Encoder {
    context: Context,
    /// Decodes what was coded, to see that it comes back.
    decoder: Codec,
    frame: Frame,
    back: Vec<u8>,
    /// How planes lie, under the name by which the coder knows them.
    layout: PictureLayout,
    upper_field_first: Option<bool>,
}

impl Encoder {
    /// Opens the coder for pictures of one form. `UNSUPPORTED` if it cannot hold their samples as they
    /// are.
    pub(crate) fn open(form: &EncoderForm, threads: u32) -> Result<Self, AvError> {
        // SAFETY: gives a static coder or null.
        let coder = unsafe { ffi::avcodec_find_encoder(ffi::AVCodecID::FFV1).as_ref() };
        let coder = coder.ok_or(AvError(ffi::AVERROR_ENCODER_NOT_FOUND))?;
        let mut layout = form.layout.clone();
        layout.pixel_format = known(&layout.pixel_format).to_owned();
        let format = taken(coder, &layout.pixel_format).ok_or(AvError::UNSUPPORTED)?;
        let side = layout.width.min(layout.height);
        let mut fitting = SLICES.iter().filter(|(_, least)| side >= *least);
        let context = fitting
            .find_map(|(slices, _)| Context::open(coder, &layout, format, (slices, threads)).ok())
            .ok_or(AvError::UNSUPPORTED)?;
        Ok(Self {
            decoder: Codec::reversing(context.get(), threads)?,
            context,
            frame: Frame::new()?,
            back: Vec::new(),
            layout,
            upper_field_first: form.upper_field_first,
        })
    }

    /// What a container must hold for the decoder.
    pub(crate) fn header(&self) -> Vec<u8> {
        self.context.header()
    }

    /// Codes one picture, and decodes it again: what does not come back as it was is an error.
    pub(crate) fn encode(&mut self, planes: &[u8], packet: &mut Packet) -> Result<(), AvError> {
        let mut frame = unpack(&self.layout, planes)?;
        let picture = frame.get_mut();
        picture.sample_aspect_ratio = aspect(&self.layout);
        picture.interlaced_frame = self.upper_field_first.is_some().into();
        picture.top_field_first = self.upper_field_first.unwrap_or(false).into();
        packet.clear();
        let context = self.context.0.as_ptr();
        // SAFETY: all valid; the coder keeps its own reference to the picture.
        unsafe {
            AvError::check(ffi::avcodec_send_frame(context, frame.as_mut_ptr()))?;
            let code = ffi::avcodec_receive_packet(context, packet.as_mut_ptr());
            AvError::check(code)?;
        }
        self.decoder.send(packet, 0)?;
        match self.decoder.receive(&mut self.frame)? {
            Outcome::Ready => {}
            Outcome::Starved | Outcome::Ended => return Err(AvError::UNSUPPORTED),
        }
        self.back.resize(planes.len(), 0);
        self.frame.copy_to(&mut self.back)?;
        if self.back == planes {
            Ok(())
        } else {
            Err(AvError::UNSUPPORTED)
        }
    }
}

/// An owned context.
pub(super) struct Context(pub(super) NonNull<ffi::AVCodecContext>);

impl Context {
    /// A context for a coder, not opened.
    pub(super) fn new(coder: &ffi::AVCodec) -> Result<Self, AvError> {
        // SAFETY: allocates a context for that coder or gives null.
        let context = unsafe { ffi::avcodec_alloc_context3(coder) };
        NonNull::new(context).map(Self).ok_or(AvError::NO_MEMORY)
    }

    /// What a container must hold for the decoder.
    pub(super) fn header(&self) -> Vec<u8> {
        let context = self.get();
        let size = usize::try_from(context.extradata_size).unwrap_or(0);
        if context.extradata.is_null() || size == 0 {
            return Vec::new();
        }
        // SAFETY: the open coder keeps `extradata_size` bytes there.
        unsafe { std::slice::from_raw_parts(context.extradata, size).to_vec() }
    }

    /// Whether the coder had something to give.
    pub(super) fn receive(&mut self, packet: &mut Packet) -> Result<bool, AvError> {
        packet.clear();
        // SAFETY: both valid.
        let code = unsafe { ffi::avcodec_receive_packet(self.0.as_ptr(), packet.as_mut_ptr()) };
        Ok(AvError::outcome(code)? == Outcome::Ready)
    }

    fn open(
        coder: &ffi::AVCodec,
        layout: &PictureLayout,
        format: ffi::AVPixelFormat,
        (slices, threads): (&CStr, u32),
    ) -> Result<Self, AvError> {
        let side = |side: u32| c_int::try_from(side).map_err(|_| AvError::UNSUPPORTED);
        let (width, height) = (side(layout.width)?, side(layout.height)?);
        let mut context = Self::new(coder)?;
        // SAFETY: fresh context, exclusively owned; the options are freed whatever happens.
        unsafe {
            let inner = context.0.as_mut();
            (inner.width, inner.height) = (width, height);
            inner.pix_fmt = format;
            inner.sample_aspect_ratio = aspect(layout);
            inner.time_base = ffi::AVRational { num: 1, den: 1000 };
            inner.level = VERSION;
            inner.gop_size = 1;
            inner.thread_count = threads.clamp(1, 16).cast_signed();
            inner.thread_type = ffi::FF_THREAD_SLICE;
            let mut options = ptr::null_mut();
            for (name, value) in [(c"slices", slices), (c"slicecrc", c"1")] {
                ffi::av_dict_set(&raw mut options, name.as_ptr(), value.as_ptr(), 0);
            }
            let code = ffi::avcodec_open2(context.0.as_ptr(), coder, &raw mut options);
            ffi::av_dict_free(&raw mut options);
            AvError::check(code)?;
        }
        Ok(context)
    }

    fn get(&self) -> &ffi::AVCodecContext {
        // SAFETY: valid from `open` to `drop`.
        unsafe { self.0.as_ref() }
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        let mut context = self.0.as_ptr();
        // SAFETY: made in `open`, dropped once.
        unsafe { ffi::avcodec_free_context(&raw mut context) }
    }
}

/// The name under which the same planes are coded: `yuvj420p` is `yuv420p` with a range that the
/// container states.
pub(super) fn known(name: &str) -> &str {
    match name {
        "yuvj411p" => "yuv411p",
        "yuvj420p" => "yuv420p",
        "yuvj422p" => "yuv422p",
        "yuvj440p" => "yuv440p",
        "yuvj444p" => "yuv444p",
        other => other,
    }
}

/// The format of that name, if the coder lists it among those that it codes as they are.
pub(super) fn taken(coder: &ffi::AVCodec, name: &str) -> Option<ffi::AVPixelFormat> {
    let mut entry = coder.pix_fmts;
    // SAFETY: the static coder's list, where it has one, ends with NONE.
    unsafe {
        while !entry.is_null() && *entry != ffi::AVPixelFormat::NONE {
            if pixel_format(*entry) == name {
                return Some(*entry);
            }
            entry = entry.add(1);
        }
    }
    None
}

pub(super) fn aspect(layout: &PictureLayout) -> ffi::AVRational {
    ffi::AVRational {
        num: layout.sample_aspect.num,
        den: layout.sample_aspect.den.max(1),
    }
}
