//! Verification of a whole journal.

use std::fmt;
use std::sync::Arc;

use crate::key::{ReadyKeys, Said, verified};
use crate::keyring::Keyring;
use crate::skim::{Place, Skimmed};
use crate::tree::{Frontier, Hash, leaf_hash};
use crate::{BadEnvelope, ContentId, Entry, Envelope, PublicKey};

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
    /// The key of the actor was revoked by an earlier entry.
    #[error("the key of {0:?} was revoked before it")]
    Revoked(String),
    /// A rotation is malformed, for another actor than its own, or names a key that was used before.
    #[error("it may not hand over to that key")]
    Rotation,
    /// The key that takes over did not sign.
    #[error("the key that is to take over from {0:?} did not sign it")]
    Possession(String),
    /// A revocation is malformed, or names a key that is not the actor's at that time.
    #[error("it may not revoke that key")]
    Revocation,
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
    keys: Keyring,
    ready: Arc<ReadyKeys>,
}

/// Looks at envelopes by themselves, wherever they stand in the journal of a [`Chain`], so that several
/// may be looked at side by side: that is nearly all the work.
#[derive(Clone, Debug)]
pub struct Opener(Arc<ReadyKeys>);

/// What an [`Opener`] saw.
#[derive(Debug)]
pub struct Opened {
    /// The envelope, when its form allows.
    pub envelope: Result<Envelope, BadEnvelope>,
    id: ContentId,
    leaf: Hash,
    /// The key whose signature was found to verify. Whether it may sign is for the chain to say.
    signer: Option<PublicKey>,
}

impl Opener {
    /// Hashes and opens the bytes of envelopes, and verifies the signatures of keys that have signed often.
    pub fn open<'a>(&self, envelopes: impl IntoIterator<Item = &'a [u8]>) -> Vec<Opened> {
        let looked = envelopes.into_iter().map(look);
        let mut opened: Vec<Opened> = looked.collect();
        let said = opened.iter().enumerate().filter_map(|(at, it)| {
            let said = it.envelope.as_ref().ok()?.said_by(&self.0)?;
            Some((at, said))
        });
        let (places, said): (Vec<usize>, Vec<Said>) = said.unzip();
        for (at, signer) in places.into_iter().zip(verified(&said)) {
            opened[at].signer = signer;
        }
        opened
    }
}

fn look(bytes: &[u8]) -> Opened {
    let id = ContentId::of(bytes);
    Opened {
        id,
        leaf: leaf_hash(bytes),
        signer: None,
        envelope: Envelope::open_as(bytes, id),
    }
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
        let opened = self.opener().open([bytes]).pop();
        opened.and_then(|opened| self.take(opened))
    }

    /// Opens envelopes for [`Chain::take`].
    pub fn opener(&self) -> Opener {
        Opener(Arc::clone(&self.ready))
    }

    /// As [`Chain::push`], of an envelope that an opener of this chain looked at.
    pub fn take(&mut self, opened: Opened) -> Option<Envelope> {
        let seq = self.tree.size();
        let place = opened.envelope.as_ref().map_err(|bad| *bad).map(place_of);
        self.follow(opened.id, opened.leaf, place);
        let envelope = opened.envelope.ok()?;
        if let Err(fault) = self.keys.take(&envelope, opened.signer, &self.ready) {
            self.fault(seq, fault);
        }
        Some(envelope)
    }

    /// Takes an envelope that was skimmed: what it says of keys is not heard, and whether its author signed
    /// it is not asked.
    pub fn pass(&mut self, skimmed: &Skimmed) {
        self.follow(skimmed.id, skimmed.leaf, skimmed.place);
    }

    /// Adds the next envelope to the tree, and says whether it stands where it says.
    fn follow(&mut self, id: ContentId, leaf: Hash, place: Result<Place, BadEnvelope>) {
        let seq = self.tree.size();
        let prev = self.last.replace(id).unwrap_or(Entry::NOTHING_BEFORE);
        self.tree.push(leaf);
        match place {
            Err(bad) => self.fault(seq, bad.into()),
            Ok(place) => {
                if place.seq != seq {
                    self.fault(seq, Fault::Seq(place.seq));
                }
                if place.prev != prev {
                    self.fault(seq, Fault::Prev(place.prev));
                }
            }
        }
    }

    /// Content id of the last envelope, or [`Entry::NOTHING_BEFORE`].
    pub fn last(&self) -> ContentId {
        self.last.unwrap_or(Entry::NOTHING_BEFORE)
    }

    /// The key that `actor` signs with after the last entry; none when it is unknown or revoked.
    pub fn key(&self, actor: &str) -> Option<&PublicKey> {
        self.keys.standing(actor)
    }

    fn fault(&mut self, seq: u64, fault: Fault) {
        self.faults.push(FaultyEntry { seq, fault });
    }
}

fn place_of(envelope: &Envelope) -> Place {
    Place {
        seq: envelope.entry.seq,
        prev: envelope.entry.prev,
    }
}
