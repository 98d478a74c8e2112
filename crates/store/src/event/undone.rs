//! Taking back what an entry recorded.

use serde::{Deserialize, Serialize};

/// What an entry recorded is taken back. The entry stays, and so does what it recorded, as withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryUndone {
    /// The entry.
    pub entry: u64,
    /// Why.
    pub reason: String,
}
