//! Series of releases: items that came out one after the other.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::{SeriesNo, SourceNo};

/// A series of releases is entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SeriesBegun {
    /// What it is called.
    pub name: String,
    /// Who releases it.
    pub source: Option<SourceNo>,
    /// Anything else.
    pub note: Option<String>,
}

/// An item has its place in a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SeriesPlaced {
    /// The series.
    pub series: SeriesNo,
    /// The item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Which of the releases it is, from 1. Releases that the case does not have leave a gap.
    pub position: u32,
    /// What the release calls itself, such as `Part 3`.
    pub label: Option<String>,
    /// When it was released, RFC 3339 or a shorter date.
    pub released: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}
