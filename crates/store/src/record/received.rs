//! Publications that came in from others.

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::event::PublicationReceived;
use crate::number::ReceivedNo;

/// Another team's publication, kept as evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Received {
    /// Number in the case.
    pub number: ReceivedNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub received: PublicationReceived,
}
