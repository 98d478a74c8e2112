//! The journal of a case: canonical entries, signed and hash-chained; a Merkle tree over them;
//! checkpoints. Pure: no input or output, no clock, no randomness, no async.

mod id;

pub use id::{BadContentId, ContentId};
