//! Tags and notes on what is recorded, and what to know before an item is opened.

use serde::{Deserialize, Serialize};

use super::{Item, Origin, Withdrawn};
use crate::event::{NoteWritten, TagAdded};
use crate::number::{NoteNo, TagNo};
use crate::vocabulary::ContentFlag;

/// A tag on something recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tag {
    /// Number in the case.
    pub number: TagNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub added: TagAdded,
    /// That it was removed. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A note on something recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Note {
    /// Number in the case.
    pub number: NoteNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub written: NoteWritten,
    /// That it was removed. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// What to know before an item is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContentNote {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What it shows or lets hear; nothing that could harm when empty.
    pub flags: Vec<ContentFlag>,
    /// In words.
    pub note: Option<String>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Item {
    /// What to know before it is opened; nothing where nobody said.
    pub fn content_note(&self) -> Option<&ContentNote> {
        self.content.iter().rfind(|it| it.withdrawn.is_none())
    }
}
