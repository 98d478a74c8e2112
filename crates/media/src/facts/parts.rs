//! The parts that a container is made of, as its own headers lay them out.

use serde::{Deserialize, Serialize};

/// Boxes of MP4 and QuickTime or elements of Matroska, depth first. Other containers are not taken
/// apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Parts {
    /// In the order of the file, parents first; at most some thousand.
    pub listed: Vec<Part>,
    /// Parts that are not listed because there are too many.
    pub left_out: u64,
}

/// One part of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Part {
    /// How many parts it lies within.
    pub depth: u8,
    /// Four characters of a box, name or hexadecimal id of an element; empty for bytes that are no
    /// part.
    pub kind: String,
    /// Byte in the file at which its header begins.
    pub offset: u64,
    /// Bytes with its header, as far as there is room for them.
    pub size: u64,
    /// Bytes by which it claims to reach beyond what it lies in.
    pub beyond: u64,
    /// Whether this program knows what it is.
    pub known: bool,
    /// Bytes of free space that are not zero, of its first mebibyte.
    pub filled: u64,
    /// Beginning of the text in it, untrusted: of free space, and of the names of programs.
    pub text: Option<String>,
    /// Seconds since 1904 at which it was made and changed by its own word; of headers of MP4 only.
    pub times: Option<[u64; 2]>,
}

/// What a coder wrote of itself into the stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoderNote {
    /// The frame that carries it.
    pub frame: crate::time::FrameNo,
    /// Its words, untrusted.
    pub text: String,
}
