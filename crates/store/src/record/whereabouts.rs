//! When and where what items show came about.

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{ItemDated, ItemPlaced};
use crate::number::{DateNo, PlaceNo};

/// One judgement of when what an item shows came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemDate {
    /// Number in the case.
    pub number: DateNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub dated: ItemDated,
    /// The date that revised this one; absent while it stands.
    pub superseded_by: Option<DateNo>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// One judgement of where what an item shows came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemPlace {
    /// Number in the case.
    pub number: PlaceNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub placed: ItemPlaced,
    /// The place that revised this one; absent while it stands.
    pub superseded_by: Option<PlaceNo>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}
