//! Checkpoints, and who witnessed them. What witnesses send is checked by whoever records it: here is
//! no clock, and nobody to trust. What can be held is that each word is on a checkpoint that stands.

use journal::note::Verifier;
use journal::{Checkpoint, ContentId, Cosigner, PublicKey};

use super::tables::{Table, Tables, find, get, next, put};
use super::text;
use crate::error::{Error, Refusal};
use crate::event::{
    CheckpointAsked, CheckpointCosigned, CheckpointSigned, CheckpointWitnessed, Testimony,
};
use crate::number::{CheckpointNo, Number};
use crate::record::{
    Actor, Asked, CosignedHead, CosignedJournal, Origin, SignedCheckpoint, Witnessed,
};

pub(super) fn sign(
    t: &mut dyn Tables,
    origin: &Origin,
    signed: &CheckpointSigned,
) -> Result<Option<Number>, Error> {
    let note = &signed.checkpoint;
    let stated = stated(note)?;
    let actor = find::<Actor>(t, &origin.actor)?;
    let key = actor.and_then(|actor| PublicKey::from_openssh(&actor.public_key).ok());
    let verifier = key.and_then(|key| Verifier::new(&stated.origin, key).ok());
    if verifier.is_none_or(|verifier| Checkpoint::open(note, &verifier).is_err()) {
        let sentence = format!("{} did not sign this checkpoint", origin.actor);
        return Err(Refusal::invalid(sentence, "sign it with the key of the entry").into());
    }
    if stated.size > origin.entry {
        let sentence = format!(
            "the journal has {} entries, not {}",
            origin.entry, stated.size
        );
        return Err(Refusal::invalid(sentence, "sign the head as it is").into());
    }
    let number = CheckpointNo(next(t, Table::Checkpoints)?);
    let record = SignedCheckpoint {
        number,
        origin: origin.clone(),
        checkpoint: note.clone(),
        size: stated.size,
        root: ContentId(stated.root),
        asked: Vec::new(),
        witnessed: Vec::new(),
    };
    put(t, origin, &record)?;
    Ok(Some(Number::Checkpoint(number)))
}

pub(super) fn ask(
    t: &mut dyn Tables,
    origin: &Origin,
    asked: &CheckpointAsked,
) -> Result<Option<Number>, Error> {
    text::required(&asked.witness, "the name of the witness")?;
    let mut checkpoint = need(t, asked.checkpoint)?;
    let digits = |text: &str| text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    if !digits(&asked.nonce) {
        return Err(
            Refusal::invalid("the nonce is not 16 hexadecimal digits", "draw another").into(),
        );
    }
    checkpoint.asked.push(Asked {
        origin: origin.clone(),
        witness: asked.witness.clone(),
        nonce: asked.nonce.clone(),
        answered: false,
    });
    put(t, origin, &checkpoint)?;
    Ok(Some(Number::Checkpoint(asked.checkpoint)))
}

pub(super) fn witness(
    t: &mut dyn Tables,
    origin: &Origin,
    said: &CheckpointWitnessed,
) -> Result<Option<Number>, Error> {
    let mut checkpoint = need(t, said.checkpoint)?;
    // A pending proof may come again with the header of its block.
    let known = |it: &Witnessed| {
        let pending = matches!(it.testimony, Testimony::Pending { .. });
        it.proof == said.proof && (!pending || it.testimony == said.testimony)
    };
    if checkpoint.witnessed.iter().any(known) {
        let sentence = format!("this proof on {} is recorded already", said.checkpoint);
        return Err(Refusal::conflict(sentence, "there is nothing to do").into());
    }
    for asked in &mut checkpoint.asked {
        asked.answered |= said.answers.as_ref() == Some(&asked.nonce);
    }
    checkpoint.witnessed.push(Witnessed {
        origin: origin.clone(),
        proof: said.proof,
        testimony: said.testimony.clone(),
        from: said.from.clone(),
    });
    put(t, origin, &checkpoint)?;
    Ok(Some(Number::Checkpoint(said.checkpoint)))
}

pub(super) fn cosign(
    t: &mut dyn Tables,
    origin: &Origin,
    cosigned: &CheckpointCosigned,
) -> Result<Option<Number>, Error> {
    let stated = stated(&cosigned.checkpoint)?;
    let signed_by_it = Verifier::from_vkey(&cosigned.key)
        .is_some_and(|verifier| Checkpoint::open(&cosigned.checkpoint, &verifier).is_ok());
    let actor = find::<Actor>(t, &origin.actor)?;
    let key = actor.and_then(|actor| PublicKey::from_openssh(&actor.public_key).ok());
    let cosigner = key.and_then(|key| Cosigner::new(&cosigned.name, key).ok());
    let signed_here = cosigner.is_some_and(|it| it.signed_at(&cosigned.checkpoint).is_ok());
    if !signed_by_it || !signed_here {
        let sentence = "the checkpoint is not signed by its journal and by the author of the entry";
        return Err(Refusal::invalid(sentence, "cosign it again").into());
    }
    let head = CosignedHead {
        origin: origin.clone(),
        size: stated.size,
        root: ContentId(stated.root),
        checkpoint: cosigned.checkpoint.clone(),
    };
    let mut journal = match find::<CosignedJournal>(t, &stated.origin)? {
        Some(known) => known,
        None => CosignedJournal {
            number: next(t, Table::Cosigned)?,
            journal: stated.origin.clone(),
            key: cosigned.key.clone(),
            name: cosigned.name.clone(),
            heads: Vec::new(),
        },
    };
    let last = journal.heads.last();
    if last.is_some_and(|last| {
        last.size > head.size || last.size == head.size && last.root != head.root
    }) {
        let sentence = format!(
            "{} was cosigned with more entries, or others",
            stated.origin
        );
        return Err(Refusal::conflict(sentence, "somebody may have rewritten that journal").into());
    }
    journal.key.clone_from(&cosigned.key);
    journal.name.clone_from(&cosigned.name);
    journal.heads.push(head);
    put(t, origin, &journal)?;
    Ok(None)
}

fn stated(note: &str) -> Result<Checkpoint, Error> {
    let bad = |bad: journal::BadCheckpoint| Refusal::invalid(bad.to_string(), "give a checkpoint");
    Ok(Checkpoint::stated(note).map_err(bad)?)
}

fn need(t: &dyn Tables, number: CheckpointNo) -> Result<SignedCheckpoint, Error> {
    get::<SignedCheckpoint>(t, number.0)?.ok_or_else(|| {
        let sentence = format!("there is no checkpoint {number}");
        Refusal::unknown(sentence, "`framewitness witness list` shows them").into()
    })
}
