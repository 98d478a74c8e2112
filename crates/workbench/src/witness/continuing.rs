//! Cosigning another journal: its head is signed if it continues the one signed before.

use journal::note::Verifier;
use journal::proof::Continuation;
use journal::{Checkpoint, Cosigner};
use store::event::{CheckpointCosigned, Event};

use super::proving::signed;
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::CosignedView;

impl Case {
    /// Cosigns the checkpoint of another journal, and remembers its head. `text` is a checkpoint, or one
    /// with a proof that it continues an older one (C2SP tlog-witness); `name` is what this side is called;
    /// `key` signs for that journal, and is remembered too.
    ///
    /// # Errors
    /// The checkpoint is not signed by that key; the journal was cosigned before, and it is not proven that
    /// this head continues that one; the author's key cannot sign; or the store fails.
    pub fn cosign(
        &self,
        text: &str,
        name: Option<&str>,
        key: Option<&str>,
    ) -> Result<CosignedView> {
        let proof = Continuation::parse(text).ok();
        let note = proof
            .as_ref()
            .map_or(text, |proof| proof.checkpoint.as_str());
        let stated = Checkpoint::stated(note).map_err(|bad| Error::usage(bad.to_string()))?;
        if stated.origin == self.origin()? {
            return Err(Error::usage("a journal is no witness of itself")
                .hint("have another case, at best of other people, cosign it"));
        }
        let known = self.store.cosigned()?;
        let known = known.into_iter().find(|it| it.journal == stated.origin);
        let key = key
            .or(known.as_ref().map(|known| known.key.as_str()))
            .ok_or_else(|| {
                Error::usage(format!("the key of {} is not known here", stated.origin)).hint(
                    "ask for it, by another way than the file came (`framewitness checkpoint --key`), and give it with --key",
                )
            })?
            .to_owned();
        let new = signed(note, std::slice::from_ref(&key))?;
        let last = known.as_ref().and_then(|known| known.heads.last());
        if let Some(last) = last {
            continues((last.size, last.root.0), &new, proof.as_ref())?;
        }
        let name = name.or(known.as_ref().map(|known| known.name.as_str()));
        let (cosigner, line) = self.cosignature(note, name)?;
        let checkpoint = format!("{note}{line}");
        self.record(&Event::CheckpointCosigned(CheckpointCosigned {
            checkpoint: checkpoint.clone(),
            key,
            name: cosigner.name().to_owned(),
        }))?;
        Ok(CosignedView {
            journal: new.origin,
            size: new.size,
            continues: last.map(|last| last.size),
            key: cosigner.to_vkey(),
            checkpoint,
        })
    }

    fn cosignature(&self, note: &str, name: Option<&str>) -> Result<(Cosigner, String)> {
        self.prepare()?;
        let public = self.public_key()?;
        let short = hex::encode(&public.to_bytes()[..8]);
        let own = format!("framewitness-witness/{short}");
        let failed = |bad: journal::note::BadNote| Error::usage(bad.to_string());
        let cosigner = Cosigner::new(name.unwrap_or(&own), public).map_err(failed)?;
        let unix = u64::try_from(self.unix_now())
            .map_err(|_| Error::new(Kind::Failed, "the clock of this machine is before 1970"))?;
        let line = cosigner.sign(note, self.author(), unix).map_err(failed)?;
        Ok((cosigner, line))
    }

    /// The key that journal checkpoints of this case's author are checked with.
    ///
    /// # Errors
    /// The journal is empty, or the store fails.
    pub fn checkpoint_key(&self) -> Result<String> {
        let verifier = Verifier::new(&self.origin()?, self.public_key()?);
        let verifier = verifier.map_err(|bad| Error::new(Kind::Failed, bad.to_string()))?;
        Ok(verifier.to_vkey())
    }
}

/// Refuses a head that is not proven to continue the last one.
fn continues(
    (size, root): (u64, [u8; 32]),
    new: &Checkpoint,
    proof: Option<&Continuation>,
) -> Result<()> {
    if new.size == size && new.root == root {
        return Ok(());
    }
    if new.size <= size {
        return Err(Error::integrity(format!(
            "{} was cosigned with {size} entries: this head has {}, and is not that one",
            new.origin, new.size
        )));
    }
    let Some(proof) = proof.filter(|proof| proof.old == size) else {
        return Err(Error::usage(format!(
            "{} was cosigned with {size} entries: a proof that this head continues them is needed",
            new.origin
        ))
        .hint(format!(
            "ask for `framewitness checkpoint --since {size} -o FILE`"
        )));
    };
    match proof.holds(&root, new) {
        true => Ok(()),
        false => Err(Error::integrity(format!(
            "{} was rewritten: its {} entries do not begin with the {size} that were cosigned",
            new.origin, new.size
        ))),
    }
}
