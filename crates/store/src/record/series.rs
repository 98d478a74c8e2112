//! Series of releases.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{SeriesBegun, SeriesPlaced};
use crate::number::SeriesNo;

/// A series of releases and the items in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Series {
    /// Number in the case.
    pub number: SeriesNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub begun: SeriesBegun,
    /// Its items, by their position; of one position, oldest entry first.
    pub items: Vec<Placement>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Series {
    /// Positions up to the last that no item of the case has.
    pub fn gaps(&self) -> Vec<u32> {
        let standing = self.items.iter().filter(|it| it.withdrawn.is_none());
        let taken: BTreeSet<u32> = standing.map(|it| it.placed.position).collect();
        let last = taken.last().copied().unwrap_or(0);
        (1..last).filter(|it| !taken.contains(it)).collect()
    }
}

/// The place of an item in a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Placement {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub placed: SeriesPlaced,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}
