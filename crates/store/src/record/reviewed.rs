//! Judgements of items and pairs of frames, superseded ones included.

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{MediaReviewed, ResemblanceJudged};
use crate::number::{MediaReviewNo, ResemblanceNo};

/// A reviewer's codes for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MediaReview {
    /// Number in the case.
    pub number: MediaReviewNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub made: MediaReviewed,
    /// The review that revised this one; absent while it stands.
    pub superseded_by: Option<MediaReviewNo>,
    /// That it was taken back. Left out while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A person's judgement of how alike what two frames show is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResemblanceRecord {
    /// Number in the case.
    pub number: ResemblanceNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub made: ResemblanceJudged,
    /// The judgement that revised this one; absent while it stands.
    pub superseded_by: Option<ResemblanceNo>,
    /// That it was taken back. Left out while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl MediaReview {
    /// Whether it is what its reviewer holds: neither revised nor taken back.
    pub fn stands(&self) -> bool {
        self.superseded_by.is_none() && self.withdrawn.is_none()
    }
}

impl ResemblanceRecord {
    /// Whether it is what its judge holds: neither revised nor taken back.
    pub fn stands(&self) -> bool {
        self.superseded_by.is_none() && self.withdrawn.is_none()
    }
}
