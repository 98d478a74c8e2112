//! A coder of AAC (ISO/IEC 14496-3), low complexity.

use std::ffi::c_int;
use std::ptr;

use ffmpeg_the_third::ffi;
use media::protocol::SoundEncoderForm;

use super::encoder::Context;
use super::{AvError, Frame, Packet};

/// An open coder.
pub(crate) struct Aac {
    context: Context,
    form: SoundEncoderForm,
    /// Samples that it was given.
    given: i64,
}

impl Aac {
    /// Opens the coder for sound of one form. `UNSUPPORTED` if it cannot hold its rate or channels.
    pub(crate) fn open(form: &SoundEncoderForm) -> Result<Self, AvError> {
        // SAFETY: gives a static coder or null.
        let coder = unsafe { ffi::avcodec_find_encoder(ffi::AVCodecID::AAC).as_ref() };
        let coder = coder.ok_or(AvError(ffi::AVERROR_ENCODER_NOT_FOUND))?;
        let mut context = Context::new(coder)?;
        let number = |number: u32| c_int::try_from(number).map_err(|_| AvError::UNSUPPORTED);
        let (rate, channels) = (number(form.sound.rate)?, number(form.sound.channels)?);
        // SAFETY: fresh context, exclusively owned; the layout is within it.
        unsafe {
            let inner = context.0.as_mut();
            inner.sample_fmt = ffi::AVSampleFormat::FLTP;
            inner.sample_rate = rate;
            inner.bit_rate = form.bits_a_second.into();
            inner.thread_count = 1;
            inner.time_base = ffi::AVRational { num: 1, den: rate };
            inner.flags |=
                (ffi::AV_CODEC_FLAG_GLOBAL_HEADER | ffi::AV_CODEC_FLAG_BITEXACT) as c_int;
            let layout = &raw mut inner.ch_layout;
            let mask = u64::from(form.sound.mask);
            if mask.count_ones() != form.sound.channels
                || ffi::av_channel_layout_from_mask(layout, mask) < 0
            {
                ffi::av_channel_layout_default(layout, channels);
            }
            let code = ffi::avcodec_open2(context.0.as_ptr(), coder, ptr::null_mut());
            AvError::check(code)?;
        }
        Ok(Self {
            context,
            form: *form,
            given: 0,
        })
    }

    /// The `AudioSpecificConfig`.
    pub(crate) fn header(&self) -> Vec<u8> {
        self.context.header()
    }

    /// Samples that come out before the first that was given.
    pub(crate) fn priming(&self) -> u32 {
        // SAFETY: valid from `open` to `drop`.
        unsafe { self.context.0.as_ref() }
            .initial_padding
            .max(0)
            .unsigned_abs()
    }

    /// Takes samples, channels interleaved: as many as a block has, fewer at the end only.
    pub(crate) fn send(&mut self, samples: &[u8]) -> Result<(), AvError> {
        let (sound, mut numbers) = (&self.form.sound, Vec::new());
        sound.pcm.read(samples, &mut numbers);
        let channels = sound.channels as usize;
        let count = numbers.len() / channels;
        let mut frame = Frame::new()?;
        // SAFETY: fresh frame with memory for `count` samples of each channel, a plane for each, which the pointers
        // behind `extended_data` are to; the coder keeps its own reference to it.
        unsafe {
            let inner = frame.get_mut();
            inner.format = ffi::AVSampleFormat::FLTP.0;
            inner.nb_samples = c_int::try_from(count).map_err(|_| AvError::UNSUPPORTED)?;
            inner.sample_rate = sound.rate.cast_signed();
            inner.pts = self.given;
            let own = &raw const self.context.0.as_ref().ch_layout;
            AvError::check(ffi::av_channel_layout_copy(&raw mut inner.ch_layout, own))?;
            AvError::check(ffi::av_frame_get_buffer(inner, 0))?;
            for channel in 0..channels {
                let plane = (*inner.extended_data.add(channel)).cast::<f32>();
                for (at, sample) in numbers.chunks_exact(channels).enumerate() {
                    plane.add(at).write(sample[channel]);
                }
            }
            let code = ffi::avcodec_send_frame(self.context.0.as_ptr(), frame.as_mut_ptr());
            AvError::check(code)?;
        }
        self.given += count as i64;
        Ok(())
    }

    /// Takes no more.
    pub(crate) fn end(&mut self) -> Result<(), AvError> {
        // SAFETY: valid context; null says that nothing follows.
        let code = unsafe { ffi::avcodec_send_frame(self.context.0.as_ptr(), ptr::null()) };
        AvError::check(code).map(drop)
    }

    /// The next coded block; `None` until more was given.
    pub(crate) fn receive(&mut self, packet: &mut Packet) -> Result<Option<Vec<u8>>, AvError> {
        let ready = self.context.receive(packet)?;
        Ok(ready.then(|| packet.payload().to_vec()))
    }
}
