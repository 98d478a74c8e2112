//! How coarsely pictures were coded, by the word of their own headers.

use serde::{Deserialize, Serialize};

use crate::index::PictureType;
use crate::time::FrameNo;

/// The quantiser that a picture's header names: of its slices the lowest and the highest, on the scale of
/// its codec. As text an array of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[i16; 2]", into = "[i16; 2]")]
pub struct Quantiser {
    least: i16,
    most: i16,
}

/// What became of the quantisers of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Quantisers {
    /// They were read.
    Read {
        /// What the numbers are.
        scale: QuantiserScale,
        /// Lowest and highest of each frame, in presentation order; null where it could not be told.
        #[cfg_attr(feature = "schema", schema(value_type = Vec<Option<Vec<i16>>>))]
        frames: Vec<Option<Quantiser>>,
        /// Frames of which it could not be told.
        missing: u32,
        /// Those of each coding type that occurs.
        by_type: Vec<QuantisersOf>,
    },
    /// The headers of this codec are not read.
    Unsupported {
        /// The codec.
        codec: String,
    },
}

/// A codec's scale of quantisers. Higher is coarser; scales of different codecs do not compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuantiserScale {
    /// As its standard calls it: `QP`, `quantiser_scale`, `vop_quant`, `y_ac_qi` or `base_q_idx`.
    pub name: String,
    /// The finest.
    pub least: i16,
    /// The coarsest.
    pub most: i16,
}

/// Quantisers of one coding type, each frame by the middle of its slices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuantisersOf {
    /// The coding type.
    pub picture: PictureType,
    /// Frames that have one.
    pub count: u32,
    /// The lowest.
    pub least: i16,
    /// The middle one.
    pub median: i16,
    /// The highest.
    pub most: i16,
}

impl Quantiser {
    /// That of a picture whose slices all have this one.
    pub fn of(value: i16) -> Self {
        Self {
            least: value,
            most: value,
        }
    }

    /// With one more slice.
    #[must_use]
    pub fn with(self, value: i16) -> Self {
        Self {
            least: self.least.min(value),
            most: self.most.max(value),
        }
    }

    /// Of its slices the lowest.
    pub fn least(self) -> i16 {
        self.least
    }

    /// Of its slices the highest.
    pub fn most(self) -> i16 {
        self.most
    }

    /// Half way between both, rounded down.
    pub fn middle(self) -> i16 {
        i16::midpoint(self.least, self.most)
    }
}

impl TryFrom<[i16; 2]> for Quantiser {
    type Error = &'static str;

    fn try_from([least, most]: [i16; 2]) -> Result<Self, Self::Error> {
        if least > most {
            return Err("the lowest quantiser is above the highest");
        }
        Ok(Self { least, most })
    }
}

impl From<Quantiser> for [i16; 2] {
    fn from(value: Quantiser) -> Self {
        [value.least, value.most]
    }
}

impl Quantisers {
    /// That of a frame; `None` where it could not be told.
    pub fn of_frame(&self, no: FrameNo) -> Option<Quantiser> {
        match self {
            Self::Read { frames, .. } => *frames.get(no.0 as usize)?,
            Self::Unsupported { .. } => None,
        }
    }
}

impl QuantiserScale {
    /// The scale of a codec by ffmpeg's name, for samples of so many bits; `None` for codecs whose
    /// headers are not read.
    pub fn of(codec: &str, depth: u8) -> Option<Self> {
        let (name, least, most) = match codec {
            // Each bit more adds six finer steps below zero.
            "h264" | "hevc" => ("QP", -6 * i16::from(depth.saturating_sub(8)), 51),
            "mpeg1video" => ("quantiser_scale", 1, 31),
            "mpeg2video" => ("quantiser_scale", 1, 112),
            "mpeg4" => ("vop_quant", 1, 31),
            "vp8" => ("y_ac_qi", 0, 127),
            "vp9" | "av1" => ("base_q_idx", 0, 255),
            _ => return None,
        };
        Some(Self {
            name: name.to_owned(),
            least,
            most,
        })
    }
}
