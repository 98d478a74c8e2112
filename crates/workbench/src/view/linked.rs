//! What an address names.

use serde::Serialize;
use utoipa::ToSchema;

/// What an address names, and where it is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Linked {
    /// The address, such as `C3` or `#1#frame=37`.
    pub address: String,
    /// The entry that recorded it; of an item, its first acquisition.
    pub entry: Option<u64>,
    /// What it says, or what it is called.
    pub text: String,
    /// Where the page shows it: the fragment of its address.
    pub page: String,
    /// Numbers of what stands and cites it.
    pub cited_by: Vec<String>,
}
