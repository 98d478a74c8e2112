//! Proofs for strangers: that an entry is in the journal, that one head continues another.

use journal::note::Verifier;
use journal::proof::{Continuation, Inclusion};
use journal::tree::{Hash, consistency_proof, inclusion_proof, leaf_hash};
use journal::{Checkpoint, ContentId, Envelope};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::view::{Head, ProvenEntry};

impl Case {
    /// A proof that entry `seq` is in this journal (C2SP tlog-proof), which shows nothing else of it.
    ///
    /// # Errors
    /// There is no such entry, the author's key cannot sign, or the store fails.
    pub fn prove(&self, seq: u64) -> Result<String> {
        let checkpoint = self.newest_or_covering(seq)?;
        let entry = self
            .store
            .entry(seq)?
            .ok_or_else(|| Error::missing(format!("there is no entry {seq}")))?;
        let leaves = self.leaves(
            Checkpoint::stated(&checkpoint)
                .map_err(|b| broken(&b))?
                .size,
        )?;
        let at = usize::try_from(seq).map_err(|_| Error::missing("there is no such entry"))?;
        let proof = Inclusion {
            index: seq,
            envelope: entry.envelope,
            nodes: inclusion_proof(&leaves, at).unwrap_or_default(),
            checkpoint,
        };
        Ok(proof.to_text())
    }

    /// The newest recorded checkpoint that covers entry `seq`, since it may be witnessed; else one over
    /// the present head.
    fn newest_or_covering(&self, seq: u64) -> Result<String> {
        match self.store.checkpoints()?.pop() {
            Some(newest) if newest.size > seq => Ok(newest.checkpoint),
            _ => self.checkpoint(),
        }
    }

    /// The newest checkpoint, and why it continues `since`, a checkpoint of this case, or the beginning
    /// (the request of C2SP tlog-witness).
    ///
    /// # Errors
    /// `since` is none of this case or not its past, the author's key cannot sign, or the store fails.
    pub fn continuation(&self, since: Option<&str>) -> Result<String> {
        let newest = self.newest_checkpoint()?;
        let old = match since {
            Some(since) => {
                let old = self.open_checkpoint(since)?;
                if let Some(problem) = self.compare(&old)? {
                    return Err(Error::integrity(problem));
                }
                old.size
            }
            None => 0,
        };
        self.continued(newest.checkpoint, old)
    }

    /// The same from the first `old` entries, for a cosigner that says how many it knows.
    ///
    /// # Errors
    /// There are not that many entries under the newest checkpoint, the author's key cannot sign, or the
    /// store fails.
    pub fn continuation_from(&self, old: u64) -> Result<String> {
        let newest = self.newest_checkpoint()?;
        self.continued(newest.checkpoint, old)
    }

    fn continued(&self, checkpoint: String, old: u64) -> Result<String> {
        let size = Checkpoint::stated(&checkpoint)
            .map_err(|b| broken(&b))?
            .size;
        let leaves = self.leaves(size)?;
        let nodes = usize::try_from(old)
            .ok()
            .and_then(|old| consistency_proof(&leaves, old))
            .ok_or_else(|| {
                Error::usage(format!(
                    "the newest checkpoint covers {size} entries, not {old}"
                ))
            })?;
        let proof = Continuation {
            old,
            nodes,
            checkpoint,
        };
        Ok(proof.to_text())
    }

    /// Hashes of the first `size` leaves.
    fn leaves(&self, size: u64) -> Result<Vec<Hash>> {
        let entries = self.entries(0..size);
        let leaves = entries.map(|recorded| Ok(leaf_hash(&recorded?.envelope)));
        let leaves = leaves.collect::<Result<Vec<Hash>>>()?;
        if (leaves.len() as u64) < size {
            return Err(Error::integrity(
                "the journal is shorter than a checkpoint of it",
            ));
        }
        Ok(leaves)
    }

    /// The keys that sign, or signed, checkpoints of this case.
    ///
    /// # Errors
    /// The store fails.
    pub fn checkpoint_keys(&self) -> Result<Vec<String>> {
        let origin = self.origin()?;
        let mut keys = Vec::new();
        for signer in self.signers()? {
            let former = signer.former.iter().map(|former| &former.public_key);
            for key in former.chain([&signer.public_key]) {
                let key = journal::PublicKey::from_openssh(key).ok();
                let verifier = key.and_then(|key| Verifier::new(&origin, key).ok());
                keys.extend(verifier.map(|verifier| verifier.to_vkey()));
            }
        }
        Ok(keys)
    }
}

/// Checks a proof of inclusion under a checkpoint that one of `keys` signed. Needs no case.
///
/// # Errors
/// It is no proof, none of the keys signed it, or the entry is not where it says: what broke.
pub fn check_inclusion(text: &str, keys: &[String]) -> Result<ProvenEntry> {
    let proof = Inclusion::parse(text).map_err(|bad| Error::usage(bad.to_string()))?;
    let checkpoint = signed(&proof.checkpoint, keys)?;
    if !proof.holds(&checkpoint) {
        return Err(Error::integrity(
            "the entry is not in the journal whose head was signed",
        ));
    }
    let envelope = Envelope::open(&proof.envelope).map_err(|b| broken(&b))?;
    if envelope.entry.seq != proof.index {
        return Err(Error::integrity(
            "the entry says another place than the proof",
        ));
    }
    Ok(ProvenEntry {
        journal: checkpoint.origin,
        seq: proof.index,
        size: checkpoint.size,
        at: envelope.entry.at,
        actor: envelope.entry.actor,
        kind: envelope.entry.kind,
        body: envelope.entry.body,
    })
}

/// Checks that the checkpoint in a proof continues `old`, both signed by one of `keys`: the heads.
///
/// # Errors
/// One is not signed so, they are of different journals, or the newer one does not continue the older.
pub fn check_continuation(text: &str, old: &str, keys: &[String]) -> Result<[Head; 2]> {
    let proof = Continuation::parse(text).map_err(|bad| Error::usage(bad.to_string()))?;
    let (new, old) = (signed(&proof.checkpoint, keys)?, signed(old, keys)?);
    if new.origin != old.origin {
        return Err(Error::usage(
            "the two checkpoints are of different journals",
        ));
    }
    if proof.old != old.size || !proof.holds(&old.root, &new) {
        return Err(Error::integrity(
            "the newer checkpoint does not continue the older one: entries were changed or removed",
        ));
    }
    Ok([old, new].map(|head| Head {
        size: head.size,
        root: ContentId(head.root).to_string(),
    }))
}

/// The checkpoint in `note`, which one of `keys` signed.
pub(super) fn signed(note: &str, keys: &[String]) -> Result<Checkpoint> {
    let stated = Checkpoint::stated(note).map_err(|bad| Error::usage(bad.to_string()))?;
    for key in keys {
        let verifier = Verifier::from_vkey(key).ok_or_else(|| {
            Error::usage(format!("{key:?} is not the key of a journal")).hint(
                "it looks like name+0123abcd+AAAA…, as `framewitness checkpoint --key` tells it",
            )
        })?;
        if let Ok(opened) = Checkpoint::open(note, &verifier) {
            return Ok(opened);
        }
    }
    Err(Error::integrity(format!(
        "the checkpoint of {} is not signed by a key that was given",
        stated.origin
    )))
}

fn broken(why: &dyn std::fmt::Display) -> Error {
    Error::integrity(why.to_string())
}
