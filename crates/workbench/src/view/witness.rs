//! What is known of the journal's witnesses.

use serde::Serialize;
use store::event::Testimony;
use store::number::CheckpointNo;
use utoipa::ToSchema;

/// A signed head of the journal, and who witnessed it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckpointView {
    /// Its number.
    pub number: CheckpointNo,
    /// Entry that recorded it.
    pub entry: u64,
    /// When it was signed, by this machine's clock.
    pub at: String,
    /// Who signed it.
    pub actor: String,
    /// Number of entries that it covers, from 0 on.
    pub size: u64,
    /// Root of the tree over them, `sha256:…`.
    pub root: String,
    /// The C2SP note; what witnesses stamp are these bytes.
    pub checkpoint: String,
    /// What witnesses said, in order of recording.
    pub witnessed: Vec<WitnessView>,
    /// Who was asked and did not answer yet.
    pub waiting: Vec<String>,
}

/// What a witness said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WitnessView {
    /// Entry that recorded it.
    pub entry: u64,
    /// What it sent: a blob, `sha256:…`.
    pub proof: String,
    /// What it says.
    pub testimony: Testimony,
    /// The same in a sentence.
    pub sentence: String,
    /// Address that it was fetched from.
    pub from: Option<String>,
}

/// A request to a witness.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RequestView {
    /// The checkpoint.
    pub checkpoint: CheckpointNo,
    /// Who is asked.
    pub witness: String,
    /// The request, RFC 3161 in DER, base64.
    pub request: String,
}

/// A checkpoint of another journal that was cosigned.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CosignedView {
    /// Which journal.
    pub journal: String,
    /// Number of its entries.
    pub size: u64,
    /// Number of entries of the head that it continues; absent for the first one that was seen.
    pub continues: Option<u64>,
    /// The key of the cosigner, which the other side needs to check it.
    pub key: String,
    /// The checkpoint with both signatures.
    pub checkpoint: String,
}

/// What a proof of one entry says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvenEntry {
    /// Journal that the entry is in.
    pub journal: String,
    /// Its place.
    pub seq: u64,
    /// Number of entries of the journal when the checkpoint was signed.
    pub size: u64,
    /// When it was recorded, by its author's clock.
    pub at: String,
    /// Who it says recorded it.
    pub actor: String,
    /// What kind of event.
    pub kind: String,
    /// What was recorded.
    pub body: serde_json::Value,
}
