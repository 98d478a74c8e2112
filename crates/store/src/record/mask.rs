//! Masks of items.

use serde::{Deserialize, Serialize};

use super::{Origin, Withdrawn};
use crate::event::{MaskConfirmed, MaskDrawn};
use crate::number::MaskNo;

/// A mask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mask {
    /// Number in the case.
    pub number: MaskNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub drawn: MaskDrawn,
    /// Who looked at it and found it good, oldest first.
    pub confirmations: Vec<MaskConfirmation>,
    /// The mask that revised this one; absent while it stands.
    pub superseded_by: Option<MaskNo>,
    /// That it was taken back. Left out while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// That somebody found a mask good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MaskConfirmation {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub confirmed: MaskConfirmed,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Mask {
    /// Whether it is neither revised nor taken back.
    pub fn stands(&self) -> bool {
        self.superseded_by.is_none() && self.withdrawn.is_none()
    }

    /// Whether somebody's word stands that it covers what it must.
    pub fn is_confirmed(&self) -> bool {
        let mut standing = self.confirmations.iter();
        standing.any(|it| it.withdrawn.is_none())
    }

    /// Whether such a word stands of somebody other than who drew it.
    pub fn is_confirmed_by_another(&self) -> bool {
        let mut standing = self.confirmations.iter();
        standing.any(|it| it.withdrawn.is_none() && it.origin.actor != self.origin.actor)
    }
}
