//! Sound in the protocol. It lies in the ring as pictures do, slot by slot, credit by credit.

use serde::{Deserialize, Serialize};

use crate::sound::SoundForm;

/// A stretch of decoded sound in a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundChunk {
    /// Slot that holds it: channels interleaved in the form announced.
    pub slot: u32,
    /// The decoder's own pieces, one after the other.
    pub pieces: Vec<SoundPiece>,
    /// Bytes of the file read so far.
    pub read: u64,
}

/// What the decoder gave at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundPiece {
    /// Timestamp of its first sample in ticks of the stream.
    pub pts: Option<i64>,
    /// Number of samples in each channel.
    pub count: u32,
}

/// How the sound ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundEnd {
    /// Errors that demuxer and decoder reported.
    pub errors: u32,
    /// The first of them, in the library's words.
    pub first: Option<String>,
    /// Whether it ended because the form changed.
    pub changed: bool,
}

/// What a sound decoder announces before the first sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundStart {
    /// Index of the stream in the container.
    pub stream: u32,
    /// Form of the samples.
    pub form: SoundForm,
}
