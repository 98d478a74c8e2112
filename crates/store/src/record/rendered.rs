//! Masked copies of items.

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::event::MaskRendered;
use crate::number::RenderingNo;

/// A masked copy of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rendering {
    /// Number in the case.
    pub number: RenderingNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub rendered: MaskRendered,
}
