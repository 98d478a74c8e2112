//! Checking every byte and every entry again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use journal::ContentId;
use journal::tree::{Frontier, leaf_hash};
use store::event::{Event, Proof, Testimony};

use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::{Head, Verified};

/// What a blob is to the journal.
struct Named {
    role: String,
    size: Option<u64>,
}

impl Case {
    /// Checks the whole case: the journal and the tables (see [`store::Store::check`]), every blob that
    /// an entry names, every testimony of a witness (under `roots`, if any are given, else under those they
    /// were taken with), and, if given, that the journal still begins as `checkpoint` says.
    ///
    /// # Errors
    /// Only when it could not look, was told to stop by `progress` (bytes read, bytes in all), or when
    /// `checkpoint` is none of this case. What broke is in the answer.
    pub fn verify(
        &self,
        checkpoint: Option<&str>,
        roots: &[Vec<u8>],
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Verified> {
        let checked = self.store.check()?;
        let mut verified = Verified {
            ok: true,
            entries: checked.entries,
            blobs: 0,
            bytes: 0,
            head: Some(Head {
                size: checked.entries,
                root: checked.root.to_string(),
            }),
            problems: checked.problems.iter().map(ToString::to_string).collect(),
            remarks: Vec::new(),
            checkpoints: Vec::new(),
            proven: Vec::new(),
            unproven: Vec::new(),
        };
        match self.named_blobs() {
            Ok(named) => self.check_blobs(&named, &mut verified, progress)?,
            Err(error) if verified.problems.is_empty() => return Err(error),
            // The journal is too damaged to say which blobs there should be: all that are here are checked.
            Err(_) => self.check_blobs(&self.kept_blobs()?, &mut verified, progress)?,
        }
        if let Some(checkpoint) = checkpoint {
            let stated = self.open_checkpoint(checkpoint)?;
            match self.compare(&stated)? {
                Some(problem) => verified.problems.push(problem),
                None => verified.proven.push(format!(
                    "the first {} entries are those of the checkpoint that you gave: unchanged since",
                    stated.size
                )),
            }
        }
        match self.judge(roots, &mut verified) {
            // What is too damaged to be read is named already.
            Err(_) if !verified.problems.is_empty() => {}
            judged => judged?,
        }
        verified.ok = verified.problems.is_empty();
        Ok(verified)
    }

    fn check_blobs(
        &self,
        named: &BTreeMap<ContentId, Named>,
        verified: &mut Verified,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<()> {
        let size = |id: &ContentId| {
            let length = |file: std::fs::File| file.metadata().map_or(0, |facts| facts.len());
            self.blobs.open(id).map_or(0, length)
        };
        let total = named.keys().map(size).sum();
        for (id, what) in named {
            let problem = self.blobs.check(id, what.size)?;
            verified
                .problems
                .extend(problem.map(|problem| format!("{problem} ({})", what.role)));
            verified.bytes += size(id);
            verified.blobs += 1;
            if progress(verified.bytes, total).is_break() {
                return Err(Error::new(
                    Kind::Failed,
                    "verification was stopped before its end",
                ));
            }
        }
        let strays = self
            .blobs
            .ids()?
            .into_iter()
            .filter(|id| !named.contains_key(id))
            .count();
        if strays > 0 {
            verified.remarks.push(format!("{strays} blobs are named by no entry (an acquisition or inspection that did not finish)"));
        }
        Ok(())
    }

    /// Every blob that an entry names, with what it is.
    fn named_blobs(&self) -> Result<BTreeMap<ContentId, Named>> {
        let mut named = BTreeMap::new();
        for recorded in self.entries(0..u64::MAX) {
            let recorded = recorded?;
            let event = recorded
                .event()
                .map_err(|why| Error::integrity(format!("entry {}: {why}", recorded.entry.seq)))?;
            let what = |role: &str| Named {
                role: format!("{role} of entry {}", recorded.entry.seq),
                size: None,
            };
            match event {
                Event::ItemAcquired(kept) => {
                    let original = what(&format!("original {:?}", kept.name));
                    named.insert(
                        kept.item,
                        Named {
                            size: Some(kept.size),
                            ..original
                        },
                    );
                }
                Event::ItemInspected(kept) => {
                    named.insert(kept.facts, what("facts"));
                    named.insert(kept.frames, what("frame index"));
                    named.insert(kept.prints, what("fingerprints"));
                    named.insert(kept.thumbnails, what("thumbnails"));
                    if let Some(sound) = kept.sound {
                        named.insert(sound, what("waveform"));
                    }
                    for track in kept.tracks {
                        named.insert(track.facts, what("facts of a track"));
                        named.insert(track.frames, what("frame index of a track"));
                    }
                }
                Event::ReportWritten { report, .. } => {
                    named.insert(report, what("report"));
                }
                Event::SourceObserved(seen) => {
                    for proof in seen.proof {
                        if let Proof::Blob { blob, name } = proof {
                            named.insert(blob, what(&format!("proof {name:?}")));
                        }
                    }
                }
                Event::CheckpointWitnessed(kept) => {
                    named.insert(kept.proof, what("testimony of a witness"));
                    if let Testimony::Rfc3161 { root, .. } = kept.testimony {
                        named.insert(root, what("root of a time stamp"));
                    }
                }
                _ => {}
            }
        }
        Ok(named)
    }

    fn kept_blobs(&self) -> Result<BTreeMap<ContentId, Named>> {
        Ok(self
            .blobs
            .ids()?
            .into_iter()
            .map(|id| {
                (
                    id,
                    Named {
                        role: "kept".to_owned(),
                        size: None,
                    },
                )
            })
            .collect())
    }

    /// What is wrong when the journal does not begin as `stated`.
    pub(crate) fn compare(&self, stated: &Head) -> Result<Option<String>> {
        let heads = self.heads(&BTreeSet::from([stated.size]))?;
        let Some(root) = heads.get(&stated.size) else {
            let size = self.store.head()?.size;
            return Ok(Some(format!(
                "the journal has {size} entries, the checkpoint {}",
                stated.size
            )));
        };
        let same = root.to_string() == stated.root;
        Ok((!same).then(|| {
            format!(
                "the first {} entries are not those that the checkpoint signed",
                stated.size
            )
        }))
    }

    /// Roots of the trees over the first so many entries, for each of `sizes` that there are; read once.
    pub(crate) fn heads(&self, sizes: &BTreeSet<u64>) -> Result<BTreeMap<u64, ContentId>> {
        let mut tree = Frontier::default();
        let mut heads = BTreeMap::new();
        let mut keep = |tree: &Frontier| {
            if sizes.contains(&tree.size()) {
                heads.insert(tree.size(), ContentId(tree.root()));
            }
        };
        keep(&tree);
        for recorded in self.entries(0..sizes.last().copied().unwrap_or_default()) {
            tree.push(leaf_hash(&recorded?.envelope));
            keep(&tree);
        }
        Ok(heads)
    }
}
