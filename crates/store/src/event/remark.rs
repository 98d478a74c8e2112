//! Tags and notes on what is recorded, and what to know before an item is opened.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::vocabulary::ContentFlag;

/// Something recorded is tagged. A tag is removed by undoing its entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TagAdded {
    /// Number of what is tagged, such as `#1`, `C1` or `S2`.
    pub on: String,
    /// The tag: one line of at most 100 characters, without white space at its ends.
    pub tag: String,
}

/// A note on something recorded. It is removed by undoing its entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NoteWritten {
    /// Number of what it is on, such as `#1`, `C1` or `S2`.
    pub on: String,
    /// The note.
    pub text: String,
}

/// What to know before an item is opened. The last one stands; undoing it brings the one before back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContentNoted {
    /// The item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// What it shows or lets hear; nothing that could harm when empty, which somebody looked for.
    pub flags: Vec<ContentFlag>,
    /// In words, for whoever is about to open it.
    pub note: Option<String>,
}
