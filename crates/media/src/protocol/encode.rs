//! Coding of exact pictures without loss.

use serde::{Deserialize, Serialize};

use super::PictureLayout;

/// What the coder must know of a picture. Every picture of one process has the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EncoderForm {
    /// How its planes lie at the start of slot 0.
    pub layout: PictureLayout,
    /// For interlaced pictures whether the upper field is shown first.
    pub upper_field_first: Option<bool>,
}

/// A coded picture, which was decoded again to the same planes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encoded {
    /// Offset of its bytes in slot 0.
    pub offset: u64,
    /// Number of its bytes.
    pub bytes: u64,
    /// What a container must hold for the decoder; with the first picture.
    pub header: Option<Vec<u8>>,
}
