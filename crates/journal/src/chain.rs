//! Verification of a whole journal.

use std::collections::BTreeMap;
use std::fmt;

use crate::tree::{Frontier, leaf_hash};
use crate::{BadEnvelope, ContentId, Entry, Envelope, PublicKey};

/// Kind of the entry that makes an actor's key known. Its body is
/// `{"actor": <name>, "public_key": "ssh-ed25519 …"}`, and it is signed by that very key.
pub const ACTOR_REGISTERED: &str = "actor.registered";

/// What is wrong with one entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes are no envelope.
    #[error(transparent)]
    Form(#[from] BadEnvelope),
    /// The entry says another place.
    #[error("it says it is entry {0}")]
    Seq(u64),
    /// The entry does not follow the one before it.
    #[error("it does not follow the entry before it: prev is {0}")]
    Prev(ContentId),
    /// No earlier entry registers the actor.
    #[error("no key of actor {0:?} is registered before it")]
    UnknownActor(String),
    /// The envelope names another key than the actor's.
    #[error("key {keyid} is not that of actor {actor:?}")]
    WrongKey {
        /// The actor.
        actor: String,
        /// Fingerprint in the envelope.
        keyid: String,
    },
    /// The signature does not verify.
    #[error("the signature of {0:?} does not verify")]
    Signature(String),
    /// A registration is malformed, for another actor than its own, or for a name or key that
    /// is already taken.
    #[error("it may not register that actor and key")]
    Registration,
}

/// A fault and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyEntry {
    /// Place of the entry in the journal, from 0, by count (not by what the entry says).
    pub seq: u64,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for FaultyEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {}: {}", self.seq, self.fault)
    }
}

/// What [`verify_chain`] found, or where a [`Chain::push`] by hand stands.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The tree over all envelopes, faulty ones included.
    pub tree: Frontier,
    /// Every fault, in order.
    pub faults: Vec<FaultyEntry>,
    last: Option<ContentId>,
    keys: BTreeMap<String, PublicKey>,
}

/// Checks every envelope of a journal, from entry 0. Continues after a fault.
///
/// What it cannot see: entries missing at the end, for which compare [`Chain::tree`] with a
/// checkpoint.
pub fn verify_chain<B: AsRef<[u8]>>(envelopes: impl IntoIterator<Item = B>) -> Chain {
    let mut chain = Chain::default();
    for bytes in envelopes {
        chain.push(bytes.as_ref());
    }
    chain
}

impl Chain {
    /// Checks the next envelope and gives it back opened, when its form allows.
    pub fn push(&mut self, bytes: &[u8]) -> Option<Envelope> {
        let seq = self.tree.size();
        let prev = self
            .last
            .replace(ContentId::of(bytes))
            .unwrap_or(Entry::NOTHING_BEFORE);
        self.tree.push(leaf_hash(bytes));
        let envelope = match Envelope::open(bytes) {
            Ok(envelope) => envelope,
            Err(bad) => {
                self.fault(seq, bad.into());
                return None;
            }
        };
        if envelope.entry.seq != seq {
            self.fault(seq, Fault::Seq(envelope.entry.seq));
        }
        if envelope.entry.prev != prev {
            self.fault(seq, Fault::Prev(envelope.entry.prev));
        }
        if let Err(fault) = self.check_signature(&envelope) {
            self.fault(seq, fault);
        }
        Some(envelope)
    }

    /// Content id of the last envelope, or [`Entry::NOTHING_BEFORE`].
    pub fn last(&self) -> ContentId {
        self.last.unwrap_or(Entry::NOTHING_BEFORE)
    }

    /// The key registered for `actor`.
    pub fn key(&self, actor: &str) -> Option<&PublicKey> {
        self.keys.get(actor)
    }

    fn fault(&mut self, seq: u64, fault: Fault) {
        self.faults.push(FaultyEntry { seq, fault });
    }

    fn check_signature(&mut self, envelope: &Envelope) -> Result<(), Fault> {
        let actor = &envelope.entry.actor;
        let registered = match envelope.entry.kind.as_str() {
            ACTOR_REGISTERED => Some(self.registration(&envelope.entry)?),
            _ => None,
        };
        let known = registered.as_ref().or_else(|| self.keys.get(actor));
        let key = known.ok_or_else(|| Fault::UnknownActor(actor.clone()))?;
        if envelope.keyid != key.fingerprint() {
            let (actor, keyid) = (actor.clone(), envelope.keyid.clone());
            return Err(Fault::WrongKey { actor, keyid });
        }
        if !envelope.signed_by(key) {
            return Err(Fault::Signature(actor.clone()));
        }
        if let Some(key) = registered {
            self.keys.insert(actor.clone(), key);
        }
        Ok(())
    }

    fn registration(&self, entry: &Entry) -> Result<PublicKey, Fault> {
        let text = |member| entry.body.get(member).and_then(serde_json::Value::as_str);
        let key = text("public_key").and_then(|k| PublicKey::from_openssh(k).ok());
        let key = key
            .filter(|_| text("actor") == Some(&entry.actor))
            .ok_or(Fault::Registration)?;
        let taken = self.keys.contains_key(&entry.actor) || self.keys.values().any(|k| *k == key);
        if taken {
            return Err(Fault::Registration);
        }
        Ok(key)
    }
}
