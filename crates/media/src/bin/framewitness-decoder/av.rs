//! Thin owners of libav's structures. Every pointer from libav stays in here.
#![allow(unsafe_code)]

mod aac;
mod codec;
mod encoder;
mod error;
mod field;
mod frame;
mod h264;
mod input;
mod io;
mod names;
mod packed;
mod packet;
mod planes;
mod scale;
mod sound;
mod stream;

pub(crate) use aac::Aac;
pub(crate) use codec::Codec;
pub(crate) use encoder::Encoder;
pub(crate) use error::{AvError, Outcome};
pub(crate) use field::FieldRows;
pub(crate) use frame::Frame;
pub(crate) use h264::H264;
pub(crate) use input::{EditLists, Input};
pub(crate) use io::read_at;
pub(crate) use names::versions;
pub(crate) use packet::Packet;
pub(crate) use scale::{Scaler, reduced, rgb};
pub(crate) use stream::Stream;

/// `AV_NOPTS_VALUE`: libav's "no timestamp".
pub(crate) const NO_PTS: i64 = i64::MIN;

/// A timestamp, or none.
pub(crate) fn known(ticks: i64) -> Option<i64> {
    (ticks != NO_PTS).then_some(ticks)
}

/// Turns libav's own messages off: they go to nobody, and errors come back as codes.
pub(crate) fn silence() {
    // SAFETY: sets a number.
    unsafe { ffmpeg_the_third::ffi::av_log_set_level(ffmpeg_the_third::ffi::AV_LOG_QUIET) }
}
