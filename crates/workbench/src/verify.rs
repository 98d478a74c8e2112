//! Checking every byte and every entry again.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use journal::ContentId;
use journal::tree::{Frontier, leaf_hash};
use store::event::Event;

use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::{Head, Verified};

/// What a blob is to the journal.
struct Named {
    role: String,
    size: Option<u64>,
}

/// Entries read at a time.
const PAGE: usize = 1000;

impl Case {
    /// Checks the whole case: the journal and the tables (see [`store::Store::check`]), every blob that
    /// an entry names, and, if given, that the journal still begins as `checkpoint` says.
    ///
    /// # Errors
    /// Only when it could not look, was told to stop by `progress` (bytes read, bytes in all), or when
    /// `checkpoint` is none of this case. What broke is in the answer.
    pub fn verify(
        &self,
        checkpoint: Option<&str>,
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
        };
        match self.named_blobs() {
            Ok(named) => self.check_blobs(&named, &mut verified, progress)?,
            Err(error) if verified.problems.is_empty() => return Err(error),
            // The journal is too damaged to say which blobs there should be: all that are here are checked.
            Err(_) => self.check_blobs(&self.kept_blobs()?, &mut verified, progress)?,
        }
        if let Some(checkpoint) = checkpoint {
            let stated = self.open_checkpoint(checkpoint)?;
            verified.problems.extend(self.compare(&stated)?);
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
        let mut from = 0;
        loop {
            let page = self.store.entries(from, PAGE)?;
            for recorded in &page {
                let event = recorded.event().map_err(|why| {
                    Error::integrity(format!("entry {}: {why}", recorded.entry.seq))
                })?;
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
                    _ => {}
                }
            }
            match page.last() {
                Some(last) => from = last.entry.seq + 1,
                None => return Ok(named),
            }
        }
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
    fn compare(&self, stated: &Head) -> Result<Option<String>> {
        let mut tree = Frontier::default();
        while tree.size() < stated.size {
            let wanted = usize::try_from(stated.size - tree.size())
                .unwrap_or(PAGE)
                .min(PAGE);
            let page = self.store.entries(tree.size(), wanted)?;
            if page.is_empty() {
                return Ok(Some(format!(
                    "the journal has {} entries, the checkpoint {}",
                    tree.size(),
                    stated.size
                )));
            }
            for recorded in page {
                tree.push(leaf_hash(&recorded.envelope));
            }
        }
        let root = ContentId(tree.root()).to_string();
        let same = root == stated.root;
        Ok((!same).then(|| {
            format!(
                "the first {} entries are not those that the checkpoint signed",
                stated.size
            )
        }))
    }
}
