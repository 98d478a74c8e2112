//! What another program reads in the same bytes: exiftool, where it is installed.

use serde::{Deserialize, Serialize};

/// What exiftool made of the file, or why it was not asked. Its word, which nothing here checks; only
/// what comes of the bytes, so that the same bytes give the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Exiftool {
    /// It read the file.
    Read {
        /// Version of exiftool, by its own word.
        version: String,
        /// By group, then by name; each once.
        fields: Vec<ExiftoolField>,
        /// Fields that are not kept because there are too many.
        left_out: u32,
    },
    /// There is nothing of it.
    Absent {
        /// Why, as part of a sentence.
        reason: String,
    },
}

/// One field as exiftool tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExiftoolField {
    /// Where it stands, as `exiftool -G1` names it: `QuickTime`, `Track1`, `Keys`; `Composite` is
    /// computed from others.
    pub group: String,
    /// Name of the tag.
    pub name: String,
    /// Its value as `exiftool -n -struct -json` prints it, untrusted: text as it is, numbers unconverted
    /// and in their shortest form (`1.50` is `1.5`), lists and structures as JSON.
    pub value: String,
    /// Whether only the beginning of the value is kept.
    #[serde(default)]
    pub cut: bool,
}
