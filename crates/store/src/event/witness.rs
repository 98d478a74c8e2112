//! Events about keys, and about what others say of the journal.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::number::CheckpointNo;

/// An actor's key hands over to another, which signs the entry too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRotated {
    /// Name of the actor, who signs.
    pub actor: String,
    /// The key that signs from now on, OpenSSH, `ssh-ed25519 …`.
    pub public_key: String,
    /// Why.
    pub reason: Option<String>,
}

/// A key signs nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoked {
    /// Name of the actor, whoever signs.
    pub actor: String,
    /// Fingerprint of its key, `SHA256:…`.
    pub fingerprint: String,
    /// Why: lost, stolen, left. Not empty.
    pub reason: String,
}

/// The head of the journal was signed, to be shown to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointSigned {
    /// The checkpoint, a C2SP note signed by the entry's author. What others stamp are these bytes.
    pub checkpoint: String,
}

/// Somebody is asked to witness a checkpoint. Written before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointAsked {
    /// The checkpoint.
    pub checkpoint: CheckpointNo,
    /// Who: an address, to which it is sent, or a name.
    pub witness: String,
    /// The nonce of the request, 16 hexadecimal digits.
    pub nonce: String,
}

/// Somebody witnessed a checkpoint, and what they sent was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointWitnessed {
    /// The checkpoint.
    pub checkpoint: CheckpointNo,
    /// What they sent, byte for byte. Its hash is here because such bytes can be changed without
    /// changing what they say.
    pub proof: ContentId,
    /// What it says.
    pub testimony: Testimony,
    /// The nonce of the request that it answers.
    pub answers: Option<String>,
    /// Address that it came from, where it was fetched.
    pub from: Option<String>,
}

/// What a witness says of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "form", rename_all = "kebab-case")]
pub enum Testimony {
    /// A time stamp of RFC 3161: the note existed at that time.
    Rfc3161 {
        /// When, RFC 3339.
        at: String,
        /// Name of the authority.
        by: String,
        /// The root that vouches for it, a certificate in DER, kept as a blob.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        root: ContentId,
        /// Name of the root.
        root_name: String,
    },
    /// An OpenTimestamps proof in a block of Bitcoin whose header was supplied.
    Bitcoin {
        /// Time of the block, RFC 3339; right to some hours.
        at: String,
        /// Number of the block.
        height: u64,
        /// Hash of the block.
        block: String,
        /// Its header, 160 hexadecimal digits.
        header: String,
    },
    /// An OpenTimestamps proof that is promised by calendars, or in blocks whose headers were not
    /// supplied: nothing is proven yet.
    Pending {
        /// Addresses of the calendars.
        calendars: Vec<String>,
        /// Numbers of the blocks.
        heights: Vec<u64>,
    },
    /// Another party's signature (C2SP cosignature): the largest head of this journal that it had seen.
    Cosignature {
        /// When, by its clock, RFC 3339.
        at: String,
        /// Its name.
        by: String,
        /// Its key, as C2SP tools write it.
        key: String,
    },
}

/// This case's author cosigned the checkpoint of another journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointCosigned {
    /// The checkpoint with both signatures.
    pub checkpoint: String,
    /// The key that signs for that journal, as C2SP tools write it.
    pub key: String,
    /// The name that was cosigned under.
    pub name: String,
}
