//! Publications: drafts, their reviews, and what became of them.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{PublicationDrafted, PublicationReviewed, PublicationSealed};
use crate::number::PublicationNo;

/// A publication, drafted and perhaps sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Publication {
    /// Number in the case.
    pub number: PublicationNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was drafted.
    #[serde(flatten)]
    pub drafted: PublicationDrafted,
    /// What was drafted, for reviews to name: SHA-256 of its canonical JSON (RFC 8785).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub digest: ContentId,
    /// Everybody who read it, oldest first; the last word of each stands.
    pub reviews: Vec<PublicationReview>,
    /// Its bundle; absent while there is none.
    pub sealed: Option<Sealed>,
    /// The publication that revised this one; absent while it stands.
    pub superseded_by: Option<PublicationNo>,
    /// That it was taken back. Left out while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// One reader's word on a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationReview {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub reviewed: PublicationReviewed,
}

/// That a bundle was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sealed {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub sealed: PublicationSealed,
}

impl Publication {
    /// The last word of each who read it, by the order of these words.
    pub fn standing_reviews(&self) -> Vec<&PublicationReview> {
        let later = |at: usize, who: &str| {
            let mut rest = self.reviews[at + 1..].iter();
            rest.any(|other| other.origin.actor == who)
        };
        let each = self.reviews.iter().enumerate();
        each.filter(|(at, one)| !later(*at, &one.origin.actor))
            .map(|(_, one)| one)
            .collect()
    }
}
