//! How the bits of a stream are spread over its frames, as measured.

use serde::{Deserialize, Serialize};

use super::Quantisers;

/// Key frames, sizes, bit rate and quantisers of the examined stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Coding {
    /// Number of key frames.
    pub keys: u32,
    /// Frames from one key frame to the next: each distance and how often it occurs, by distance.
    /// The frames after the last key frame are not counted.
    pub key_distances: Vec<[u32; 2]>,
    /// Key frames after which frames are stored that are shown before them.
    pub open_groups: u32,
    /// Sizes of the samples of each coding type that occurs.
    pub sizes: Vec<Sizes>,
    /// Bits of the frames that begin in each second, from the first frame on; the last second may be
    /// a part of one. Ends after a day.
    pub bits_per_second: Vec<u64>,
    /// How coarsely frames are coded; absent in facts kept by builds that did not look.
    #[serde(default)]
    pub quantisers: Option<Quantisers>,
}

/// Sizes of the samples of one coding type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sizes {
    /// The coding type.
    pub picture: crate::index::PictureType,
    /// How many there are.
    pub count: u32,
    /// Bytes of the smallest.
    pub least: u32,
    /// Bytes of the middle one.
    pub median: u32,
    /// Bytes of the largest.
    pub most: u32,
}
