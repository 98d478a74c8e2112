//! Searches kept under a name.

use serde::{Deserialize, Serialize};

use crate::number::SavedViewNo;
use crate::search::Query;

/// A search is kept under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ViewSaved {
    /// Its name, which no other view has.
    pub name: String,
    /// What it looks for.
    pub query: Query,
}

/// A kept search gets another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ViewRenamed {
    /// The view.
    pub view: SavedViewNo,
    /// Its new name, which no other view has.
    pub name: String,
}

/// A kept search is taken off the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ViewRemoved {
    /// The view.
    pub view: SavedViewNo,
    /// Why, or anything else.
    pub note: Option<String>,
}
