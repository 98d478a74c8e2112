//! How coarsely each picture was coded, by the word of its own headers.
//!
//! Only headers are read, never the coded blocks: a few dozen bytes of each slice. A picture whose
//! header cannot be followed has no value, and the next is read as if nothing had happened.

mod av1;
mod bits;
mod h264;
mod hevc;
mod mpeg12;
mod mpeg4;
mod units;
mod vp8;
mod vp9;

use media::facts::Quantiser;

/// What is known of a stream from its headers so far.
trait Headers {
    /// Takes what the container keeps beside the packets.
    fn configure(&mut self, _extradata: &[u8]) {}

    /// The quantiser of the picture that this packet shows; `None` where it cannot be told.
    fn picture(&mut self, packet: &[u8]) -> Option<Quantiser>;
}

/// A reader of the headers of one stream.
pub(crate) struct Quantisers(Box<dyn Headers>);

impl Quantisers {
    /// A reader for a codec by libav's name; `None` for those that are not read.
    pub(crate) fn of(codec: &str, extradata: &[u8]) -> Option<Self> {
        let mut headers: Box<dyn Headers> = match codec {
            "h264" => Box::<h264::H264>::default(),
            "hevc" => Box::<hevc::Hevc>::default(),
            "mpeg1video" | "mpeg2video" => Box::<mpeg12::Mpeg12>::default(),
            "mpeg4" => Box::<mpeg4::Mpeg4>::default(),
            "vp8" => Box::new(vp8::Vp8),
            "vp9" => Box::<vp9::Vp9>::default(),
            "av1" => Box::<av1::Av1>::default(),
            _ => return None,
        };
        headers.configure(extradata);
        Some(Self(headers))
    }

    /// Takes the next packet in decoding order, and what the container keeps beside the packets where
    /// that is another from here on.
    pub(crate) fn picture(&mut self, packet: &[u8], renewed: &[u8]) -> Option<Quantiser> {
        if !renewed.is_empty() {
            self.0.configure(renewed);
        }
        self.0.picture(packet)
    }
}

/// The lowest and the highest of a picture's slices.
fn joined(values: impl Iterator<Item = i16>) -> Option<Quantiser> {
    values.fold(None, |sum: Option<Quantiser>, value| {
        Some(match sum {
            None => Quantiser::of(value),
            Some(sum) => sum.with(value),
        })
    })
}
