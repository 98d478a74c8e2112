//! What stands in the place of erased bytes.

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::event::ItemRemoved;
use crate::number::ItemNo;
use crate::vocabulary::RemovalGround;

/// That the bytes of an item were erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Removed {
    /// The entry that is their tombstone.
    #[serde(flatten)]
    pub origin: Origin,
    /// What the removal was for.
    pub ground: RemovalGround,
    /// Why, in words.
    pub reason: String,
}

/// A tombstone in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Removal {
    /// Number of the item.
    pub number: ItemNo,
    /// The entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub removed: ItemRemoved,
}

/// Something that stands in the record and rests on the bytes of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Citing {
    /// Its number, such as `C1`.
    pub number: String,
    /// What would free the item of it.
    pub resolve: String,
}
