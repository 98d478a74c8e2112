//! Erasing the bytes of an item, for law or safety, and what is said in their place.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::vocabulary::RemovalGround;

/// The bytes of an item are erased. The entry is their tombstone: it says what they were, who had them
/// erased and why. What was recorded of the item stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemRemoved {
    /// SHA-256 of the original, which is the item's id.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Size of the original in bytes.
    pub size: u64,
    /// BLAKE3 of the original, 64 hexadecimal digits.
    pub blake3: String,
    /// What the removal is for.
    pub ground: RemovalGround,
    /// Why, in words.
    pub reason: String,
    /// What was derived of this item alone and is erased with it: every inspection and report.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived: Vec<RemovedBlob>,
}

/// Derived bytes that are erased with an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RemovedBlob {
    /// What they were, such as `facts of entry 4`.
    pub what: String,
    /// Their SHA-256.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub id: ContentId,
    /// Their size in bytes; absent where they could not be read any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Their BLAKE3, 64 hexadecimal digits; absent where they could not be read any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blake3: Option<String>,
}
