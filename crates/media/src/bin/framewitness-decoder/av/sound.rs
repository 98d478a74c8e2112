//! Decoded sound within a frame.

use ffmpeg_the_third::ffi;
use media::sound::{Pcm, SoundForm};

use super::Frame;

impl Frame {
    /// Samples of each channel; 0 for a picture.
    pub(crate) fn sound_count(&self) -> u32 {
        self.get().nb_samples.max(0).unsigned_abs()
    }

    /// Timestamp of the first sample: the decoder's own, since guessing from decoding times is for
    /// pictures.
    pub(crate) fn sound_pts(&self) -> i64 {
        self.get().pts
    }

    /// Form of the sound; `None` for one that is not taken.
    pub(crate) fn sound_form(&self) -> Option<SoundForm> {
        use ffi::AVSampleFormat as Format;
        let frame = self.get();
        let pcm = match ffi::AVSampleFormat(frame.format) {
            Format::U8 | Format::U8P => Pcm::U8,
            Format::S16 | Format::S16P => Pcm::S16,
            Format::S32 | Format::S32P => Pcm::S32,
            Format::FLT | Format::FLTP => Pcm::F32,
            Format::DBL | Format::DBLP => Pcm::F64,
            _ => return None,
        };
        let layout = &frame.ch_layout;
        let mask = if layout.order == ffi::AVChannelOrder::NATIVE {
            // SAFETY: the mask is what the union holds in this order.
            u32::try_from(unsafe { layout.u.mask }).unwrap_or(0)
        } else {
            0
        };
        let form = SoundForm {
            rate: frame.sample_rate.max(0).unsigned_abs(),
            channels: layout.nb_channels.max(0).unsigned_abs(),
            mask,
            pcm,
        };
        form.is_sane().then_some(form)
    }

    /// Appends the samples, channels interleaved, in the form that [`Frame::sound_form`] told.
    pub(crate) fn append_sound(&self, form: &SoundForm, to: &mut Vec<u8>) {
        let (count, size) = (self.sound_count() as usize, form.pcm.bytes());
        let channels = form.channels as usize;
        let planar = self.sound_is_planar() && channels > 1;
        if !planar {
            to.extend_from_slice(self.plane(0, count * channels * size));
            return;
        }
        let start = to.len();
        to.resize(start + count * channels * size, 0);
        for channel in 0..channels {
            let plane = self.plane(channel, count * size);
            let into = &mut to[start + channel * size..];
            match size {
                1 => interleave::<1>(plane, into, channels),
                2 => interleave::<2>(plane, into, channels),
                4 => interleave::<4>(plane, into, channels),
                _ => interleave::<8>(plane, into, channels),
            }
        }
    }

    fn sound_is_planar(&self) -> bool {
        // SAFETY: plain query, for any value.
        unsafe { ffi::av_sample_fmt_is_planar(ffi::AVSampleFormat(self.get().format)) != 0 }
    }

    /// The first `length` bytes of a plane of sound.
    fn plane(&self, plane: usize, length: usize) -> &[u8] {
        // SAFETY: a decoded frame has a plane for each channel, or one for all, of as many bytes as
        // its samples need: `length` is counted from the frame's own channels, samples and format.
        unsafe { std::slice::from_raw_parts(*self.get().extended_data.add(plane), length) }
    }
}

/// Puts the samples of one channel `channels` samples apart.
fn interleave<const SIZE: usize>(plane: &[u8], into: &mut [u8], channels: usize) {
    let samples = plane.as_chunks::<SIZE>().0;
    for (sample, place) in samples.iter().zip(into.chunks_mut(SIZE * channels)) {
        place[..SIZE].copy_from_slice(sample);
    }
}
