//! Searches kept under a name.

use serde::{Deserialize, Serialize};

use crate::number::SavedViewNo;
use crate::record::{Ended, Origin};
use crate::search::Query;

/// A search kept under a name, for everybody who works on the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Number in the case.
    pub number: SavedViewNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// What it looks for.
    pub query: Query,
    /// Names that it had, oldest first. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerName>,
    /// That it was removed. Left out while it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Ended>,
}

/// A name that a view had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormerName {
    /// The entry that gave it another.
    #[serde(flatten)]
    pub until: Origin,
    /// The name.
    pub name: String,
}
