//! Publications that came in from others.

use journal::ContentId;
use serde::{Deserialize, Serialize};

/// The bundle of another team's publication came in, was checked, and is kept byte for byte. What it says is
/// theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicationReceived {
    /// SHA-256 of its `tagmanifest-sha256.txt`, which by hashes names every other file of it.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub manifest: ContentId,
    /// Its title.
    pub title: String,
    /// What the other case calls it, such as `B1`.
    pub their_number: String,
    /// Whose key signed it.
    pub sealed_by: Sealer,
    /// The signed head of their journal as of which it is.
    pub head: TheirHead,
    /// Where it was obtained: a path or an address, as stated.
    pub origin: Option<String>,
    /// What the person said of it.
    pub note: Option<String>,
    /// What was found proven, each in a sentence.
    pub proven: Vec<String>,
    /// What was not, likewise.
    pub unproven: Vec<String>,
    /// What found it: tool and version.
    pub tool: String,
    /// Its files, each path once.
    pub files: Vec<ReceivedFile>,
    /// The items that it tells of, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<TheirItem>,
    /// What they say in it, for a search to find.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<TheirWords>,
}

/// Who signed a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Sealer {
    /// The name in the bundle, which proves nothing.
    pub name: String,
    /// Fingerprint of the key, `SHA256:…`.
    pub fingerprint: String,
}

/// A signed head of another journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TheirHead {
    /// Name of the journal.
    pub journal: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub root: ContentId,
}

/// A file of a bundle that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReceivedFile {
    /// Its path within the bundle, parted by `/`.
    pub path: String,
    /// Its bytes.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub bytes: ContentId,
    /// Their number.
    pub size: u64,
    /// The item that it is or shows, so that it goes when that is removed. Left out where it is of none, or of
    /// several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub item: Option<ContentId>,
}

/// An item of another case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TheirItem {
    /// What the other case calls it, such as `#1`.
    pub their_number: String,
    /// Its bytes.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Whether they are in the bundle.
    pub original: bool,
}

/// What others say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TheirWords {
    /// What the other case calls it, such as `C1` or `F:#1:4`.
    pub their_number: String,
    /// Its words.
    pub text: String,
}
