//! What the witnesses prove, tried again from what is kept.

use std::collections::BTreeMap;

use journal::note::Verifier;
use journal::ots::Proof;
use journal::stamp::Token;
use journal::{Checkpoint, ContentId, Cosigner, PublicKey, time};
use store::event::Testimony;
use store::record::{SignedCheckpoint, Witnessed};

use super::take;
use crate::case::Case;
use crate::error::Result;
use crate::view::{CheckpointView, Verified};

/// Which signatures of entries were tried when a journal was checked.
pub(crate) enum Signed {
    /// That of each.
    Each,
    /// Of those that say who signs, and of those from this one on: signed heads vouch for the others.
    From(u64),
}

/// Signed heads, and the roots that the journal has at their sizes.
pub(crate) struct Heads {
    pub(crate) checkpoints: Vec<SignedCheckpoint>,
    pub(crate) roots: BTreeMap<u64, ContentId>,
}

impl Case {
    /// Tries every signed head and testimony again, and says what all of it proves. `roots` are the ones
    /// that the person trusts now; without any, those that each testimony was taken under.
    pub(crate) fn judge(
        &self,
        heads: Heads,
        signed: &Signed,
        roots: &[Vec<u8>],
        verified: &mut Verified,
    ) -> Result<()> {
        let mut covered = 0;
        let views = super::views(&heads.checkpoints);
        for (checkpoint, mut shown) in heads.checkpoints.into_iter().zip(views) {
            if heads.roots.get(&checkpoint.size) != Some(&checkpoint.root) {
                verified.problems.push(format!(
                    "{}: the first {} entries are not those that it signed",
                    checkpoint.number, checkpoint.size
                ));
                continue;
            }
            if !self.is_signed(&checkpoint)? {
                let problem = format!("{}: its signature does not verify", checkpoint.number);
                verified.problems.push(problem);
                continue;
            }
            for (witnessed, view) in checkpoint.witnessed.iter().zip(&mut shown.witnessed) {
                match self.holds(&checkpoint, witnessed, roots) {
                    Ok(true) => covered = covered.max(anchors(witnessed, checkpoint.size)),
                    Ok(false) => {
                        view.sentence += ", but that root is not among those you trust now";
                    }
                    Err(why) => verified.problems.push(format!(
                        "{}: the testimony of entry {}: {why}",
                        checkpoint.number, witnessed.origin.entry
                    )),
                }
            }
            verified.checkpoints.push(shown);
        }
        self.say(covered, signed, verified)
    }

    fn is_signed(&self, checkpoint: &SignedCheckpoint) -> Result<bool> {
        let signer = self.signer(&checkpoint.origin.actor)?;
        let keys = signer.iter().flat_map(|signer| {
            let former = signer.former.iter().map(|former| &former.public_key);
            former.chain([&signer.public_key])
        });
        let origin = self.origin()?;
        let opens = |key: &String| {
            let key = PublicKey::from_openssh(key).ok();
            let verifier = key.and_then(|key| Verifier::new(&origin, key).ok());
            verifier.is_some_and(|it| Checkpoint::open(&checkpoint.checkpoint, &it).is_ok())
        };
        let mut keys = keys;
        Ok(keys.any(opens))
    }

    /// Whether a testimony still says what was recorded: false where it does, under a root that is not
    /// among `roots`.
    fn holds(
        &self,
        checkpoint: &SignedCheckpoint,
        witnessed: &Witnessed,
        roots: &[Vec<u8>],
    ) -> std::result::Result<bool, String> {
        let bytes = self.read(witnessed.proof).map_err(|why| why.to_string())?;
        let note = checkpoint.checkpoint.as_bytes();
        match &witnessed.testimony {
            Testimony::Rfc3161 { at, root, .. } => {
                let root = self.read(*root).map_err(|why| why.to_string())?;
                let trusted = roots.is_empty() || roots.contains(&root);
                let token = Token::parse(&bytes).map_err(|bad| bad.to_string())?;
                let stamp = token.verify(note, &[root]).map_err(|bad| bad.to_string())?;
                same(&stamp.at, at)?;
                Ok(trusted)
            }
            Testimony::Bitcoin { .. } | Testimony::Pending { .. } => {
                let proof = Proof::parse(&bytes).map_err(|bad| bad.to_string())?;
                if proof.digest != ContentId::of(note).0 {
                    return Err("it is on other bytes".to_owned());
                }
                let header = match &witnessed.testimony {
                    Testimony::Bitcoin { header, .. } => hex::decode(header).ok(),
                    _ => None,
                };
                let header = header.and_then(|header| header.try_into().ok());
                let headers: Vec<[u8; 80]> = header.into_iter().collect();
                match take::testimony_of(&proof, &headers) == witnessed.testimony {
                    true => Ok(true),
                    false => Err("it does not say what was recorded of it".to_owned()),
                }
            }
            Testimony::Cosignature { at, key, .. } => {
                let cosigner = Cosigner::from_vkey(key).ok_or("its key is none")?;
                let text = std::str::from_utf8(&bytes).map_err(|bad| bad.to_string())?;
                let stated = Checkpoint::stated(text).map_err(|bad| bad.to_string())?;
                let own = Checkpoint::stated(&checkpoint.checkpoint).map_err(|b| b.to_string())?;
                if stated != own {
                    return Err("it is on another head".to_owned());
                }
                let unix = cosigner.signed_at(text).map_err(|bad| bad.to_string())?;
                same(&time::from_unix_seconds(unix).unwrap_or_default(), at)?;
                Ok(true)
            }
        }
    }

    fn said_of_order(&self, signed: &Signed, verified: &Verified) -> Result<String> {
        let signers = self.signers()?;
        let names: Vec<String> = signers
            .iter()
            .map(|signer| format!("{} ({})", signer.origin.actor, signer.fingerprint))
            .collect();
        let names = names.join(", ");
        let all = entries(0, verified.entries);
        Ok(match signed {
            Signed::Each | Signed::From(0) => format!(
                "{all} are in order, each follows from the one before, and each is signed by the key that stood for its author: {names}"
            ),
            Signed::From(covered) => format!(
                "{all} are in order, and each follows from the one before; a signed head vouches for {}; {} and all that say who signs are signed by the key that stood for their author: {names}",
                entries(0, *covered),
                entries(*covered, verified.entries)
            ),
        })
    }

    /// What is proven and what is not, in words.
    fn say(&self, covered: u64, signed: &Signed, verified: &mut Verified) -> Result<()> {
        if verified.problems.is_empty() {
            let order = self.said_of_order(signed, verified)?;
            verified.proven.push(order);
        }
        for (head, sentences) in spoken(&verified.checkpoints) {
            verified
                .proven
                .push(format!("{head}: {}", sentences.join("; ")));
        }
        if covered < verified.entries {
            verified.unproven.push(format!(
                "{}: not yet anchored; when they were written, this machine's clock says alone, and whoever holds the keys could have written them anew",
                entries(covered, verified.entries)
            ));
        }
        verified.unproven.extend([
            "that the footage is true, what it shows, and when it was captured".to_owned(),
            "who holds a key: compare the fingerprints with their owners".to_owned(),
        ]);
        if !verified
            .checkpoints
            .iter()
            .all(|it| it.witnessed.is_empty())
        {
            verified.unproven.push(
                "that the witnesses are honest, and that no certificate of theirs was revoked"
                    .to_owned(),
            );
        }
        Ok(())
    }
}

/// Number of entries that a testimony which holds anchors outside of this case.
fn anchors(witnessed: &Witnessed, size: u64) -> u64 {
    match witnessed.testimony {
        Testimony::Pending { .. } => 0,
        _ => size,
    }
}

/// For each checkpoint with testimonies that prove something: what it covers, and what they say.
fn spoken(checkpoints: &[CheckpointView]) -> BTreeMap<String, Vec<String>> {
    let mut spoken = BTreeMap::new();
    for checkpoint in checkpoints {
        let proves =
            |it: &&crate::view::WitnessView| !matches!(it.testimony, Testimony::Pending { .. });
        let said = checkpoint.witnessed.iter().filter(proves);
        let sentences: Vec<String> = said.map(|it| it.sentence.clone()).collect();
        if !sentences.is_empty() {
            let head = format!("{} ({})", checkpoint.number, entries(0, checkpoint.size));
            spoken.insert(head, sentences);
        }
    }
    spoken
}

fn entries(from: u64, to: u64) -> String {
    match to.saturating_sub(from) {
        0 => "no entries".to_owned(),
        1 => format!("entry {from}"),
        _ => format!("entries {from} to {}", to - 1),
    }
}

fn same(found: &str, recorded: &str) -> std::result::Result<(), String> {
    match found == recorded {
        true => Ok(()),
        false => Err(format!("it says {found}, and was recorded with {recorded}")),
    }
}
