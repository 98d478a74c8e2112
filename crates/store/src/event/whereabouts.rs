//! When and where what an item shows came about.

use serde::{Deserialize, Serialize};

use super::Pin;
use crate::number::{DateNo, PlaceNo};
use crate::vocabulary::{DatePrecision, Footing, GroundKind, PlacePrecision};

/// When what an item shows came about, by somebody's judgement. Revised by a later one of the same person
/// that supersedes it; none is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemDated {
    /// What is dated: an item, or frames of it.
    pub pin: Pin,
    /// Whether the date was only said, or shown.
    pub footing: Footing,
    /// When: a year, a month, a day, a minute or an RFC 3339 time, as `precision` says; of a range, its first.
    pub from: String,
    /// The last date of a range.
    pub until: Option<String>,
    /// How precisely it is known.
    pub precision: DatePrecision,
    /// What it rests on.
    pub grounds: Vec<Ground>,
    /// Whose judgement it is; not always who typed it.
    pub assessor: String,
    /// Why.
    pub reason: String,
    /// The date that this one revises: the same assessor's of the same item.
    pub supersedes: Option<DateNo>,
}

/// Where what an item shows came about, by somebody's judgement. Revised as a date is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ItemPlaced {
    /// What is placed: an item, or frames of it.
    pub pin: Pin,
    /// Whether the place was only said, or shown.
    pub footing: Footing,
    /// What the place is called.
    pub name: String,
    /// Where it is; may be absent where the place is a town or larger.
    pub position: Option<Position>,
    /// How precisely it is known.
    pub precision: PlacePrecision,
    /// What it rests on.
    pub grounds: Vec<Ground>,
    /// Whose judgement it is; not always who typed it.
    pub assessor: String,
    /// Why.
    pub reason: String,
    /// The place that this one revises: the same assessor's of the same item.
    pub supersedes: Option<PlaceNo>,
}

/// A position in WGS 84. Degrees are in ten millionths, since a journal holds no fractions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Position {
    /// Degrees north times 10^7, from -900000000 to 900000000.
    pub latitude_e7: i64,
    /// Degrees east times 10^7, from -1800000000 to 1800000000.
    pub longitude_e7: i64,
    /// How far off it may be, in metres.
    pub radius_m: Option<u32>,
}

/// One thing that a date or a place rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ground {
    /// What kind of thing.
    pub kind: GroundKind,
    /// Its number, such as `C1`; never absent for a claim, an observation, a finding or a match.
    pub cites: Option<String>,
}
