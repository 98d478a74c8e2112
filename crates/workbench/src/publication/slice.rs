//! The part of the journal that a publication rests on: each entry with a proof that it is under the checkpoint.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::note::Verifier;
use journal::tree::{Hash, inclusion_proof, leaf_hash};
use journal::{
    ACTOR_REGISTERED, Author, Checkpoint, ContentId, KEY_REVOKED, KEY_ROTATED, PublicKey,
};
use serde::{Deserialize, Serialize};
use store::Recorded;
use store::record::{Item, Publication, SignedCheckpoint};

use super::records::{Records, Selection};
use super::refusing::says_any;
use super::signing::pseudonymous;
use crate::case::Case;
use crate::error::{Error, Result};

/// What the form is called.
pub(super) const FORMAT: &str = "framewitness-slice/1";

/// Entries under one checkpoint.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slice {
    pub(super) format: String,
    /// The key that signs the checkpoint, as C2SP tools write it.
    pub(super) checkpoint_key: String,
    pub(super) entries: Vec<Shown>,
    /// Who goes by another name.
    pub(super) pseudonyms: Vec<Pseudonym>,
}

/// An entry, or that there is one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    pub(super) seq: u64,
    pub(super) at: String,
    pub(super) actor: String,
    pub(super) kind: String,
    /// Hash of the leaf, hexadecimal.
    pub(super) leaf: String,
    /// Nodes from the leaf upward, base64.
    pub(super) nodes: Vec<String>,
    /// The envelope as it was signed; absent where it says more than is published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) envelope: Option<String>,
}

/// Somebody under another name, with a key of that name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pseudonym {
    pub(super) name: String,
    /// OpenSSH public key.
    pub(super) key: String,
    /// Ed25519 signature of [`statement`], base64.
    pub(super) signature: String,
}

/// What a pseudonymous key signs.
pub(super) fn statement(name: &str, checkpoint: &str) -> Vec<u8> {
    format!("framewitness-pseudonym/1\n{name}\n{checkpoint}").into_bytes()
}

pub(super) struct Slicing<'a> {
    pub(super) then: &'a Case,
    pub(super) author: &'a dyn Author,
    pub(super) publication: &'a Publication,
    pub(super) selection: &'a Selection,
    pub(super) checkpoint: &'a SignedCheckpoint,
    /// As recorded.
    pub(super) records: &'a Records,
}

impl Slicing<'_> {
    pub(super) fn slice(&self) -> Result<Slice> {
        let wanted = self.records.entries()?;
        let (mut leaves, mut kept) = (Vec::new(), Vec::new());
        let mut keys: BTreeMap<String, Vec<Recorded>> = BTreeMap::new();
        for recorded in self.then.entries(0..self.checkpoint.size) {
            let recorded = recorded?;
            leaves.push(leaf_hash(&recorded.envelope));
            if let Some(whose) = key_of(&recorded) {
                keys.entry(whose).or_default().push(recorded.clone());
            }
            if wanted.contains(&recorded.entry.seq) {
                kept.push(recorded);
            }
        }
        let mut entries: BTreeMap<u64, Shown> = BTreeMap::new();
        let mut signers: BTreeSet<String> = BTreeSet::new();
        for recorded in &kept {
            let whole = self.is_published(recorded);
            if whole {
                signers.insert(recorded.entry.actor.clone());
            }
            entries.insert(recorded.entry.seq, self.shown(recorded, &leaves, whole)?);
        }
        while let Some(signer) = signers.pop_first() {
            for recorded in keys.remove(&signer).unwrap_or_default() {
                // A key may be revoked by somebody else, whose own must then be known.
                signers.insert(recorded.entry.actor.clone());
                entries.insert(recorded.entry.seq, self.shown(&recorded, &leaves, true)?);
            }
        }
        Ok(Slice {
            format: FORMAT.to_owned(),
            checkpoint_key: self.checkpoint_key()?,
            entries: entries.into_values().collect(),
            pseudonyms: self.pseudonyms()?,
        })
    }

    fn shown(&self, recorded: &Recorded, leaves: &[Hash], whole: bool) -> Result<Shown> {
        let entry = &recorded.entry;
        let at = usize::try_from(entry.seq).unwrap_or(usize::MAX);
        let nodes = inclusion_proof(leaves, at).unwrap_or_default();
        let envelope = String::from_utf8(recorded.envelope.clone())
            .map_err(|_| Error::integrity(format!("entry {} is no text", entry.seq)))?;
        let pseudonym = self.publication.drafted.pseudonyms.get(&entry.actor);
        Ok(Shown {
            seq: entry.seq,
            at: entry.at.clone(),
            actor: pseudonym.unwrap_or(&entry.actor).clone(),
            kind: entry.kind.clone(),
            leaf: hex::encode(leaf_hash(&recorded.envelope)),
            nodes: nodes.iter().map(|node| STANDARD.encode(node)).collect(),
            envelope: whole.then_some(envelope),
        })
    }

    /// Whether all that an entry says is published.
    fn is_published(&self, recorded: &Recorded) -> bool {
        let (drafted, entry) = (&self.publication.drafted, &recorded.entry);
        if drafted.pseudonyms.contains_key(&entry.actor)
            || says_any(&entry.body, &drafted.pseudonyms)
        {
            return false;
        }
        match entry.kind.as_str() {
            "item.acquired" => drafted.acquisitions,
            "content.noted" => false,
            "item.inspected" => {
                let made = |item: &&Item| {
                    let kept = item.inspection.as_ref();
                    kept.is_some_and(|it| it.origin.entry == entry.seq)
                };
                self.records.items.iter().find(made).is_some_and(|item| {
                    let count = item
                        .inspection
                        .as_ref()
                        .map_or(0, |it| it.inspected.finding_count);
                    self.selection.findings(item.number).len() == count as usize
                })
            }
            _ => true,
        }
    }

    fn checkpoint_key(&self) -> Result<String> {
        let note = &self.checkpoint.checkpoint;
        let signed = |key: &String| {
            let verifier = Verifier::from_vkey(key);
            verifier.is_some_and(|it| Checkpoint::open(note, &it).is_ok())
        };
        let mut keys = self.then.checkpoint_keys()?.into_iter();
        keys.find(signed).ok_or_else(|| {
            let number = self.checkpoint.number;
            Error::integrity(format!("{number} is not signed by an actor of this case"))
                .hint("draft it anew, as of a later checkpoint: `framewitness publish draft --revises` it")
        })
    }

    fn pseudonyms(&self) -> Result<Vec<Pseudonym>> {
        let signers = self.then.signers()?;
        let mut all = Vec::new();
        for (actor, name) in &self.publication.drafted.pseudonyms {
            let Some(signer) = signers.iter().find(|it| it.origin.actor == *actor) else {
                continue;
            };
            let first = signer.former.first().map(|it| &it.public_key);
            let registered = first.unwrap_or(&signer.public_key);
            let held = pseudonymous(self.author, registered, name);
            let key = PublicKey::from_bytes(&held.public_key())
                .map_err(|why| Error::new(crate::Kind::Failed, why.to_string()))?;
            let said = statement(name, &self.checkpoint.checkpoint);
            all.push(Pseudonym {
                name: name.clone(),
                key: key.openssh(),
                signature: STANDARD.encode(held.sign(&said)),
            });
        }
        all.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(all)
    }
}

/// Whose key an entry is about.
fn key_of(recorded: &Recorded) -> Option<String> {
    let entry = &recorded.entry;
    let about = [ACTOR_REGISTERED, KEY_ROTATED, KEY_REVOKED].contains(&entry.kind.as_str());
    about
        .then(|| entry.body["actor"].as_str().map(str::to_owned))
        .flatten()
}

/// Content id of what a path holds, as manifests write it.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    ContentId::of(bytes).hex()
}
