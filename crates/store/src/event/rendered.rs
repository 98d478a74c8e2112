//! Masked copies of items, made from the sealed originals.

use std::collections::BTreeMap;

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::MaskNo;
use crate::vocabulary::RenderForm;

/// An item was rendered with masks burnt in, and what came of it looked at for leaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MaskRendered {
    /// The item, whose original it was made from.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// The masks: every one of the item that stood.
    pub masks: Vec<MaskNo>,
    /// The same as data (docs/formats/masks.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub list: ContentId,
    /// What was rendered.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub video: ContentId,
    /// Its size in bytes.
    pub size: u64,
    /// How it is coded.
    pub form: RenderForm,
    /// Frames of it.
    pub frames: u32,
    /// Tool and version.
    pub tool: String,
    /// Version of each library and method that shaped it.
    pub versions: BTreeMap<String, String>,
    /// What it was coded with.
    pub parameters: BTreeMap<String, String>,
    /// What the look at it came to, JSON (docs/formats/masks.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub check: ContentId,
    /// Number of leaks; 0 where nothing leaks.
    pub leaks: u32,
}
