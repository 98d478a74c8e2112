//! Coding of exact pictures, and of sound.

use serde::{Deserialize, Serialize};

use super::PictureLayout;
use crate::sound::SoundForm;

/// What the coder must know of a picture. Every picture of one process has the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderForm {
    /// How its planes lie at the start of slot 0.
    pub layout: PictureLayout,
    /// For interlaced pictures whether the upper field is shown first.
    pub upper_field_first: Option<bool>,
    /// How it is coded with loss; absent to lose nothing (FFV1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lossy: Option<LossyForm>,
}

/// How pictures are coded as H.264.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossyForm {
    /// Constant rate factor, 0 to 51.
    pub quality: u32,
    /// Preset of libx264.
    pub preset: String,
    /// Threads, 1 to 16. The same number gives the same bytes.
    pub threads: u32,
    /// Most pictures from one that can be decoded by itself to the next.
    pub key_every: u32,
    /// Pictures a second, about: what the coder reckons with.
    pub pictures_a_second: u32,
    /// Colour primaries by name.
    pub primaries: String,
    /// Transfer characteristics by name.
    pub transfer: String,
}

/// What the coder must know of sound. All sound of one process has the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoundEncoderForm {
    /// Its samples.
    pub sound: SoundForm,
    /// Bits a second.
    pub bits_a_second: u32,
}

/// A coded picture, which was decoded again to the same planes where nothing may be lost, or coded sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoded {
    /// Offset of its bytes in slot 0.
    pub offset: u64,
    /// Number of its bytes; none where the coder waits for more before it gives something.
    pub bytes: u64,
    /// What a container must hold for the decoder; with the first picture.
    pub header: Option<Vec<u8>>,
    /// Whether it can be decoded by itself.
    pub key: bool,
    /// Sound samples that come out before the first that was given.
    pub priming: u32,
}
