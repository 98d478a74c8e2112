//! The journal of a case: canonical entries, signed and hash-chained; a Merkle tree over them;
//! checkpoints. Pure: no input or output, no clock, no randomness, no async.
//!
//! The format is specified in `docs/formats/journal.md`, so that others can verify a journal
//! without this crate.

#![warn(missing_docs)]

mod canonical;
mod chain;
mod checkpoint;
mod cosignature;
mod entry;
mod envelope;
mod id;
mod key;
mod keyring;
pub mod note;
pub mod ots;
pub mod proof;
mod skim;
pub mod stamp;
pub mod time;
pub mod tree;

pub use canonical::{LARGEST_INTEGER, NotCanonical, canonical};
pub use chain::{Chain, Fault, FaultyEntry, Opened, Opener, verify_chain};
pub use checkpoint::{BadCheckpoint, Checkpoint};
pub use cosignature::Cosigner;
pub use entry::{BadEntry, Entry, FORMAT, FORMAT_2};
pub use envelope::{BadEnvelope, Envelope, PAYLOAD_TYPE, seal};
pub use id::{BadContentId, ContentId};
pub use key::{Author, BadKey, HandOver, HeldKey, PublicKey};
pub use keyring::{ACTOR_REGISTERED, KEY_REVOKED, KEY_ROTATED};
pub use skim::{Skimmed, skim};
