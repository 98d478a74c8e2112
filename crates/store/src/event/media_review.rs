//! What a person makes of how an item was published.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::MediaReviewNo;
use crate::vocabulary::MediaCode;

/// A reviewer's codes for an item, in the terms of schema.org's `MediaReview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MediaReviewed {
    /// The item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Whose review it is; not always who typed it.
    pub reviewer: String,
    /// What applies, each once, none that contradicts another (`mediaAuthenticityCategory`).
    pub codes: Vec<MediaCode>,
    /// How it was shared or published when this applied, where that matters.
    pub context: Option<String>,
    /// Why.
    pub reasons: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    pub evidence: Vec<String>,
    /// The review that this one revises: the same reviewer's of the same item.
    pub supersedes: Option<MediaReviewNo>,
}
