//! Reading of an envelope no more than what holds it in its place: enough where a signed head vouches
//! for its bytes.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

use crate::tree::{Hash, leaf_hash};
use crate::{BadEnvelope, ContentId};

/// An envelope of which neither the form nor the signature was checked. Whether its place is right is for
/// [`Chain::pass`](crate::Chain::pass) to say.
#[derive(Debug)]
pub struct Skimmed {
    /// Kind of its entry, when that can be read.
    pub kind: Option<String>,
    pub(crate) id: ContentId,
    pub(crate) leaf: Hash,
    pub(crate) place: Result<Place, BadEnvelope>,
}

/// Where an entry says it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) seq: u64,
    pub(crate) prev: ContentId,
}

#[derive(Deserialize)]
struct Outer<'a> {
    #[serde(borrow)]
    payload: &'a str,
}

/// Canonical entries hold nothing escaped in these members, so that they are read where they lie.
#[derive(Deserialize)]
struct Inner<'a> {
    #[serde(borrow)]
    kind: &'a str,
    prev: ContentId,
    seq: u64,
}

/// Hashes an envelope and reads its place, and nothing else of it.
pub fn skim(bytes: &[u8]) -> Skimmed {
    let read = read(bytes);
    Skimmed {
        id: ContentId::of(bytes),
        leaf: leaf_hash(bytes),
        kind: read.as_ref().ok().map(|(kind, _)| kind.clone()),
        place: read.map(|(_, place)| place),
    }
}

fn read(bytes: &[u8]) -> Result<(String, Place), BadEnvelope> {
    let outer: Outer = serde_json::from_slice(bytes).map_err(|_| BadEnvelope::Envelope)?;
    let decoded = STANDARD.decode(outer.payload);
    let payload = decoded.map_err(|_| BadEnvelope::Envelope)?;
    let inner: Inner = serde_json::from_slice(&payload).map_err(|_| BadEnvelope::Payload)?;
    let Inner { kind, prev, seq } = inner;
    Ok((kind.to_owned(), Place { seq, prev }))
}
