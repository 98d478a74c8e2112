//! The frame index: one entry for each presented frame, in presentation order.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::facts::StreamHash;
use crate::time::{FrameNo, Pts, SampleNo, TimeBase};

/// SHA-256 of a frame's decoded planes in their native pixel format, rows without padding:
/// the bytes that `ffmpeg -f framehash -hash sha256` hashes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameHash(pub [u8; 32]);

/// Coding type of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum PictureType {
    /// Intra.
    I,
    /// Predicted.
    P,
    /// Bidirectionally predicted.
    B,
    /// Anything else, or unsaid.
    #[serde(rename = "?")]
    Other,
}

impl PictureType {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::I, Self::P, Self::B, Self::Other];
}

/// One presented frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameEntry {
    /// Presentation index.
    pub no: FrameNo,
    /// Timestamp; `None` where the stream gives none.
    pub pts: Option<Pts>,
    /// Ticks until the next frame, or by the container for the last; 0 when unknown.
    pub duration: i64,
    /// Coding type.
    pub picture: PictureType,
    /// Whether the container or codec marks it as a sync sample.
    pub key: bool,
    /// Whether the decoder reported damage in it.
    pub damaged: bool,
    /// Sample it was decoded from, where it could be told.
    pub sample: Option<SampleNo>,
    /// Byte position of that sample in the file.
    pub position: Option<u64>,
    /// Bytes of that sample.
    pub size: u32,
    /// Stored width of this frame in pixels.
    pub width: u32,
    /// Stored height of this frame in pixels.
    pub height: u32,
    /// Hash of the decoded planes.
    pub hash: FrameHash,
}

/// The frames of one video stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameIndex {
    /// Seconds per tick of every `pts` and `duration`.
    pub time_base: TimeBase,
    /// Frames in presentation order; `frames[n].no == n`.
    pub frames: Vec<FrameEntry>,
}

impl FrameIndex {
    /// Numbers of the key frames, in order.
    pub(crate) fn keys(&self) -> Vec<u32> {
        let keys = self.frames.iter().filter(|frame| frame.key);
        keys.map(|frame| frame.no.0).collect()
    }
}

impl FrameHash {
    /// SHA-256 of `bytes`. By `ring`, because every decoded byte goes through it, and not every
    /// processor has instructions for SHA-256: without them `ring` is twice as fast as `sha2`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_digest(&ring::digest::digest(&ring::digest::SHA256, bytes))
    }

    /// A SHA-256 that was made already.
    pub(crate) fn from_digest(digest: &ring::digest::Digest) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest.as_ref());
        Self(hash)
    }

    /// Lower-case hexadecimal, 64 characters.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Serialize for FrameHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        StreamHash(self.0).serialize(to)
    }
}

impl<'de> Deserialize<'de> for FrameHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        StreamHash::deserialize(from).map(|hash| Self(hash.0))
    }
}

impl fmt::Debug for FrameHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}

impl fmt::Display for FrameHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())
    }
}
