//! What removing an item does.

use serde::Serialize;
use store::number::ItemNo;
use store::record::Citing;
use utoipa::ToSchema;

/// What removing an item would erase, and what stands in the way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RemovalPlan {
    /// Number of the item.
    pub item: ItemNo,
    /// Content id, `sha256:…`.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// How many blobs would be erased: the original, and what was derived of it alone.
    pub blobs: usize,
    /// Their bytes.
    pub bytes: u64,
    /// What stands and cites the item: it must be freed of each first.
    pub citing: Vec<Citing>,
}
