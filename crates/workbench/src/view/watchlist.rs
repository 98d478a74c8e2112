//! What is watched for, and where it was seen again.

use serde::Serialize;
use store::number::{ItemNo, WatchNo};
use store::record::Watch;
use utoipa::ToSchema;

use super::{Found, MatchView};

/// A watch, and what it found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WatchView {
    /// As recorded.
    #[serde(flatten)]
    pub record: Watch,
    /// Number of the item that is watched for.
    pub item_number: ItemNo,
    /// Its original file name.
    pub name: String,
    /// Seconds `[start, end)` that are watched for; absent for the whole item.
    pub seconds: Option<[f64; 2]>,
    /// Where it was seen again, but for what a reviewer rejected.
    pub matches: Vec<MatchView>,
    /// Inspected items that are still to be searched.
    pub waiting: Vec<ItemNo>,
}

/// What is watched for, seen again in an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeenAgain {
    /// The watch.
    pub watch: WatchNo,
    /// The match that says so.
    #[serde(flatten)]
    pub found: Found,
}
