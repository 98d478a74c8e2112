//! Checkpoints, and who witnessed them.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::event::Testimony;
use crate::number::CheckpointNo;
use crate::record::Origin;

/// A signed head of this journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SignedCheckpoint {
    /// Number in the case.
    pub number: CheckpointNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// The C2SP note.
    pub checkpoint: String,
    /// Number of entries that it covers, from 0 on.
    pub size: u64,
    /// Root of the tree over them.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub root: ContentId,
    /// Who was asked, in that order.
    pub asked: Vec<Asked>,
    /// Who witnessed it, in that order.
    pub witnessed: Vec<Witnessed>,
}

/// A witness that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Asked {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// Address or name.
    pub witness: String,
    /// The nonce of the request, 16 hexadecimal digits.
    pub nonce: String,
    /// Whether an answer is kept.
    pub answered: bool,
}

/// What a witness said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Witnessed {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// The bytes that the witness sent.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub proof: ContentId,
    /// What they say.
    pub testimony: Testimony,
    /// Address that they came from, where they were fetched.
    pub from: Option<String>,
}

/// Another journal that was cosigned here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CosignedJournal {
    /// Order of the first cosignature, from 1.
    pub number: u32,
    /// Which journal: the origin of its checkpoints.
    pub journal: String,
    /// The key that signs for it, as C2SP tools write it.
    pub key: String,
    /// The name that it was cosigned under last.
    pub name: String,
    /// Heads that were cosigned, each a continuation of the one before.
    pub heads: Vec<CosignedHead>,
}

/// A head that was cosigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CosignedHead {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub root: ContentId,
    /// The checkpoint with both signatures.
    pub checkpoint: String,
}
