//! What the findings of an inspection say, so that searches find it.

use serde::{Deserialize, Serialize};

/// The findings of one kind. The findings themselves, with methods and values, are in the inspection's facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FindingsOfKind {
    /// Which kind, such as `cut`.
    pub kind: String,
    /// How many there are, at least 1.
    pub count: u32,
    /// What they say, each sentence once; of many that differ in their place alone, the first.
    pub says: Vec<String>,
}
