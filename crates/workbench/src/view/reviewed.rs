//! Reviews of items beside each other.

use serde::Serialize;
use store::number::MediaReviewNo;
use store::record::MediaReview;
use utoipa::ToSchema;

/// A review of an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediaReviewView {
    /// As recorded.
    #[serde(flatten)]
    pub record: MediaReview,
    /// Reviews of the same item by others that stand and cannot hold together with this one: dissent, for
    /// people to settle.
    #[schema(value_type = Vec<String>)]
    pub contradicts: Vec<MediaReviewNo>,
}
