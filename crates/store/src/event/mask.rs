//! Masks: what must not be seen or heard in a copy of an item, as data. Nothing is changed in the item.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use super::{SoundSpan, Span, TrackedRegion};
use crate::number::{MaskNo, PersonNo};
use crate::vocabulary::{MaskMethod, MaskShape, SoundMethod};

/// A mask is drawn, or an earlier one revised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MaskDrawn {
    /// The item, inspected.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// What is masked, and how.
    pub cover: Cover,
    /// Whom it protects.
    pub protects: Vec<PersonNo>,
    /// Why.
    pub reason: String,
    /// The method, with version and parameters, that proposed where it lies; absent where a person drew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// The mask of the same item that this one revises.
    pub supersedes: Option<MaskNo>,
}

/// What a mask is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "of", rename_all = "lowercase")]
pub enum Cover {
    /// A part of the picture.
    Picture(PictureCover),
    /// A piece of the sound.
    Sound(SoundCover),
}

/// A part of the picture, from one frame to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PictureCover {
    /// The frames, the first and the last among them.
    pub span: Span,
    /// What of each region is covered. Keyframes of a `polygon` are polygons; of a `box` and an `ellipse`, boxes.
    pub shape: MaskShape,
    /// Where it lies on the frames of the span.
    pub tracked: TrackedRegion,
    /// What is put there.
    pub method: MaskMethod,
}

/// A piece of the sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SoundCover {
    /// The samples.
    pub span: SoundSpan,
    /// What is put there.
    pub method: SoundMethod,
}

/// Somebody looked at a mask on every frame, or listened, and found that it covers what it must.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MaskConfirmed {
    /// The mask.
    pub mask: MaskNo,
    /// Anything else.
    pub note: Option<String>,
}

impl MaskDrawn {
    /// What it is of, where that is the picture.
    pub fn picture(&self) -> Option<&PictureCover> {
        match &self.cover {
            Cover::Picture(picture) => Some(picture),
            Cover::Sound(_) => None,
        }
    }

    /// What it is of, where that is the sound.
    pub fn sound(&self) -> Option<&SoundCover> {
        match &self.cover {
            Cover::Sound(sound) => Some(sound),
            Cover::Picture(_) => None,
        }
    }
}
