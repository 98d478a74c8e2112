//! A decoder for the examined stream.

use std::ptr::{self, NonNull};

use ffmpeg_the_third::ffi;
use media::time::Rational;

use super::stream::rational;
use super::{AvError, Frame, Outcome, Packet, Stream};

/// An open decoder.
pub(crate) struct Codec(NonNull<ffi::AVCodecContext>);

impl Codec {
    /// Opens the decoder for a stream with this many threads.
    pub(crate) fn open(stream: Stream<'_>, threads: u32, max_pixels: u64) -> Result<Self, AvError> {
        let missing = AvError(ffi::AVERROR_DECODER_NOT_FOUND);
        // SAFETY: gives a static decoder or null.
        let decoder = unsafe { ffi::avcodec_find_decoder(stream.parameters().codec_id) };
        if decoder.is_null() {
            return Err(missing);
        }
        // SAFETY: allocates a context for that decoder or gives null.
        let context = unsafe { ffi::avcodec_alloc_context3(decoder) };
        let mut codec = Self(NonNull::new(context).ok_or(AvError::NO_MEMORY)?);
        // SAFETY: fresh context, exclusively owned.
        unsafe {
            AvError::check(ffi::avcodec_parameters_to_context(
                codec.as_ptr(),
                stream.parameters(),
            ))?;
            let context = codec.0.as_mut();
            context.pkt_timebase = (*stream.as_ptr()).time_base;
            context.framerate = (*stream.as_ptr()).avg_frame_rate;
            context.max_pixels = i64::try_from(max_pixels).unwrap_or(i64::MAX);
            // An attached picture would wait for packets that never come.
            context.thread_count = if stream.attached_picture() {
                1
            } else {
                threads.clamp(1, 16).cast_signed()
            };
            AvError::check(ffi::avcodec_open2(codec.as_ptr(), decoder, ptr::null_mut()))?;
        }
        Ok(codec)
    }

    /// Opens the decoder for what an open coder makes. A picture comes out as soon as it is sent.
    pub(super) fn reversing(coder: &ffi::AVCodecContext, threads: u32) -> Result<Self, AvError> {
        // SAFETY: gives a static decoder or null; allocates a context for it, or gives null.
        let (decoder, context) = unsafe {
            let decoder = ffi::avcodec_find_decoder(coder.codec_id);
            (decoder, ffi::avcodec_alloc_context3(decoder))
        };
        let mut codec = Self(NonNull::new(context).ok_or(AvError::NO_MEMORY)?);
        // SAFETY: allocates parameters or gives null; they are freed whatever happens. The context is
        // fresh and exclusively owned.
        unsafe {
            let mut parameters = ffi::avcodec_parameters_alloc();
            if parameters.is_null() {
                return Err(AvError::NO_MEMORY);
            }
            let mut code = ffi::avcodec_parameters_from_context(parameters, coder);
            if code >= 0 {
                code = ffi::avcodec_parameters_to_context(codec.as_ptr(), parameters);
            }
            ffi::avcodec_parameters_free(&raw mut parameters);
            AvError::check(code)?;
            let context = codec.0.as_mut();
            context.thread_count = threads.clamp(1, 16).cast_signed();
            context.thread_type = ffi::FF_THREAD_SLICE;
            AvError::check(ffi::avcodec_open2(codec.as_ptr(), decoder, ptr::null_mut()))?;
        }
        Ok(codec)
    }

    fn as_ptr(&self) -> *mut ffi::AVCodecContext {
        self.0.as_ptr()
    }

    fn get(&self) -> &ffi::AVCodecContext {
        // SAFETY: valid from `open` to `drop`.
        unsafe { self.0.as_ref() }
    }

    /// Hands over a packet. Frames that come of it carry `ticket`.
    pub(crate) fn send(&mut self, packet: &mut Packet, ticket: i64) -> Result<(), AvError> {
        // SAFETY: both valid; the decoder keeps its own reference.
        let code = unsafe {
            self.0.as_mut().reordered_opaque = ticket;
            ffi::avcodec_send_packet(self.as_ptr(), packet.as_mut_ptr())
        };
        match AvError::check(code) {
            Ok(_) | Err(AvError::EOF) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Says that no packet follows.
    pub(crate) fn finish(&mut self) {
        // SAFETY: a null packet starts draining; repeating it is harmless.
        unsafe { ffi::avcodec_send_packet(self.as_ptr(), ptr::null()) };
    }

    /// Takes the next decoded frame.
    pub(crate) fn receive(&mut self, frame: &mut Frame) -> Result<Outcome, AvError> {
        // SAFETY: both valid; the frame is blank or replaced.
        AvError::outcome(unsafe { ffi::avcodec_receive_frame(self.as_ptr(), frame.as_mut_ptr()) })
    }

    /// Forgets everything, to continue elsewhere in the stream.
    pub(crate) fn flush(&mut self) {
        // SAFETY: open decoder.
        unsafe { ffi::avcodec_flush_buffers(self.as_ptr()) }
    }

    /// Whether pictures that no other is made from are left out, from the next packet on.
    pub(crate) fn only_references(&mut self, only: bool) {
        let discard = if only {
            ffi::AVDiscard::NONREF
        } else {
            ffi::AVDiscard::DEFAULT
        };
        // SAFETY: open decoder, exclusively borrowed; the field may change between packets.
        unsafe { self.0.as_mut().skip_frame = discard };
    }

    /// Frames that the decoder holds back to put them in order.
    pub(crate) fn reordered(&self) -> i32 {
        self.get().has_b_frames
    }

    /// Frame rate by the decoder, 0/x where unknown.
    pub(crate) fn frame_rate(&self) -> Rational {
        rational(self.get().framerate)
    }

    /// Ticks of the codec's clock in a frame: 2 where it counts fields.
    pub(crate) fn ticks_per_frame(&self) -> i32 {
        self.get().ticks_per_frame
    }
}

impl Drop for Codec {
    fn drop(&mut self) {
        let mut context = self.as_ptr();
        // SAFETY: made in `open`, dropped once.
        unsafe { ffi::avcodec_free_context(&raw mut context) }
    }
}
