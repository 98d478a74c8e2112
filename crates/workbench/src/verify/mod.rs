//! Checking every byte and every entry again.

mod quick;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use journal::ContentId;
use store::{Checked, Held, Holdings};

use crate::as_of::AsOf;
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::{Head, Verified};
use crate::witness::{Heads, Signed};

impl Case {
    /// Checks the whole case: the journal and the tables (see [`store::Store::check`]), every blob that
    /// an entry names, every testimony of a witness (under `roots`, if any are given, else under those they
    /// were taken with), and, if given, that the journal still begins as `checkpoint` says. Blobs that no
    /// entry after those of `since` names are looked for and not read.
    ///
    /// # Errors
    /// Only when it could not look, was told to stop by `progress` (bytes read, bytes in all), or when
    /// `checkpoint` is none of this case. What broke is in the answer.
    pub fn verify(
        &self,
        checkpoint: Option<&str>,
        since: Option<&AsOf>,
        roots: &[Vec<u8>],
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Verified> {
        let since = since.map(|state| self.known_entry(state)).transpose()?;
        let mut seen = Holdings::default();
        let checked = self
            .store
            .check_watched(&mut |tree, event| seen.take(tree.size() - 1, event))?;
        let mut verified = begun(&checked);
        let here = self.blobs.sizes()?;
        let holdings = match verified.problems.is_empty() {
            true => self.take_since(checked.entries, seen),
            false => self.holdings(),
        };
        match holdings {
            Ok(holdings) => {
                let kept = holdings.kept();
                let new = read_before(&kept, since, &here, &mut verified);
                self.check_blobs(&new, &here, &mut verified, progress)?;
                let gone = holdings.let_go(&kept);
                check_erased(&kept, &gone, &here, &mut verified);
                verified.removed = self.store.removals()?;
            }
            Err(error) if verified.problems.is_empty() => return Err(error),
            // The journal is too damaged to say which blobs there should be: all that are here are checked.
            Err(_) => self.check_blobs(&unnamed(&here), &here, &mut verified, progress)?,
        }
        if let Some(checkpoint) = checkpoint {
            let stated = self.open_checkpoint(checkpoint)?;
            let root = self.root_at(stated.size)?;
            verified.compare(&stated, root);
        }
        let judged = self
            .heads()
            .and_then(|heads| self.judge(heads, &Signed::Each, roots, &mut verified));
        concluded(judged, verified)
    }

    /// Every signed head, and the roots that the journal has at their sizes.
    fn heads(&self) -> Result<Heads> {
        let checkpoints = self.store.checkpoints()?;
        let sizes = checkpoints.iter().map(|it| it.size).collect();
        let roots = self.store.heads(&sizes)?;
        Ok(Heads { checkpoints, roots })
    }

    fn check_blobs(
        &self,
        named: &BTreeMap<ContentId, Held>,
        here: &BTreeMap<ContentId, u64>,
        verified: &mut Verified,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<()> {
        let size = |id: &ContentId| here.get(id).copied().unwrap_or_default();
        let total = named.keys().map(size).sum();
        for (id, what) in named {
            let problem = self.blobs.check(id, what.size)?;
            verified
                .problems
                .extend(problem.map(|problem| format!("{problem} ({})", what.what)));
            verified.bytes += size(id);
            verified.blobs += 1;
            if progress(verified.bytes, total).is_break() {
                return Err(Error::new(
                    Kind::Failed,
                    "verification was stopped before its end",
                ));
            }
        }
        Ok(())
    }

    /// The last entry of a state that the journal has.
    fn known_entry(&self, state: &AsOf) -> Result<u64> {
        let entry = self.last_entry(state)?;
        match self.store.head()?.size {
            size if entry < size => Ok(entry),
            size => Err(Error::missing(format!("there is no entry {entry}"))
                .hint(format!("the journal has {size} entries"))),
        }
    }

    /// What entries from `from` on name too: others go on writing while the journal is checked, and what
    /// they add lies beside the rest.
    fn take_since(&self, from: u64, mut holdings: Holdings) -> Result<Holdings> {
        for recorded in self.entries(from..u64::MAX) {
            let recorded = recorded?;
            let seq = recorded.entry.seq;
            let event = recorded
                .event()
                .map_err(|why| Error::integrity(format!("entry {seq}: {why}")))?;
            holdings.take(seq, &event);
        }
        Ok(holdings)
    }

    /// What entries name, and what tombstones let go.
    pub(crate) fn holdings(&self) -> Result<Holdings> {
        self.take_since(0, Holdings::default())
    }

    /// What is wrong when the journal does not begin as `stated`.
    pub(crate) fn compare(&self, stated: &Head) -> Result<Option<String>> {
        let root = self.root_at(stated.size)?;
        let size = self.store.head()?.size;
        Ok(unlike(stated, root, size))
    }

    fn root_at(&self, size: u64) -> Result<Option<ContentId>> {
        let heads = self.store.heads(&BTreeSet::from([size]))?;
        Ok(heads.get(&size).copied())
    }
}

impl Verified {
    /// Notes whether the journal begins as `stated`; `root` is that of as many entries, if it has them.
    fn compare(&mut self, stated: &Head, root: Option<ContentId>) {
        match unlike(stated, root, self.entries) {
            Some(problem) => self.problems.push(problem),
            None => self.proven.push(format!(
                "the first {} entries are those of the checkpoint that you gave: unchanged since",
                stated.size
            )),
        }
    }
}

/// What is wrong when the first entries of a journal of `size` entries have another root than `stated`.
fn unlike(stated: &Head, root: Option<ContentId>, size: u64) -> Option<String> {
    let Some(root) = root else {
        return Some(format!(
            "the journal has {size} entries, the checkpoint {}",
            stated.size
        ));
    };
    (root.to_string() != stated.root).then(|| {
        format!(
            "the first {} entries are not those that the checkpoint signed",
            stated.size
        )
    })
}

/// What was found, once signed heads and their witnesses were `judged`.
fn concluded(judged: Result<()>, mut verified: Verified) -> Result<Verified> {
    match judged {
        // What is too damaged to be read is named already.
        Err(_) if !verified.problems.is_empty() => {}
        judged => judged?,
    }
    verified.ok = verified.problems.is_empty();
    Ok(verified)
}

/// What the store found, and nothing else yet.
fn begun(checked: &Checked) -> Verified {
    Verified {
        ok: true,
        entries: checked.entries,
        blobs: 0,
        bytes: 0,
        head: Some(Head {
            size: checked.entries,
            root: checked.root.to_string(),
        }),
        problems: checked.problems.iter().map(ToString::to_string).collect(),
        removed: Vec::new(),
        remarks: Vec::new(),
        checkpoints: Vec::new(),
        proven: Vec::new(),
        unproven: Vec::new(),
    }
}

/// Those of `kept` that were named after `since`; of the others, whether they lie here.
fn read_before(
    kept: &BTreeMap<ContentId, Held>,
    since: Option<u64>,
    here: &BTreeMap<ContentId, u64>,
    verified: &mut Verified,
) -> BTreeMap<ContentId, Held> {
    let named = kept.iter().map(|(id, held)| (*id, held.clone()));
    let Some(since) = since else {
        return named.collect();
    };
    let (new, before): (BTreeMap<_, _>, BTreeMap<_, _>) =
        named.partition(|(_, held)| held.entry > since);
    for (id, held) in &before {
        let problem = match (here.get(id), held.size) {
            (None, _) => "it is missing".to_owned(),
            (Some(found), Some(size)) if *found != size => {
                format!("it has {found} bytes instead of {size}")
            }
            _ => continue,
        };
        verified
            .problems
            .push(format!("blob {id}: {problem} ({})", held.what));
    }
    if !before.is_empty() {
        verified.unproven.push(format!(
            "that {} blobs of entries up to {since} are as they were: they are here, and were not read",
            before.len()
        ));
    }
    new
}

/// What lies here and need not: what tombstones let go, and what no entry names.
fn check_erased(
    kept: &BTreeMap<ContentId, Held>,
    gone: &BTreeMap<ContentId, Held>,
    here: &BTreeMap<ContentId, u64>,
    verified: &mut Verified,
) {
    let mut strays = 0;
    for id in here.keys() {
        match gone.get(id) {
            Some(held) => verified.remarks.push(format!(
                "{} ({id}) is still here, although entry {} removed it: open the case again",
                held.what, held.entry
            )),
            None => strays += usize::from(!kept.contains_key(id)),
        }
    }
    if strays > 0 {
        verified.remarks.push(format!("{strays} blobs are named by no entry (an acquisition or inspection that did not finish)"));
    }
}

/// Blobs of which nothing is known but that they are here.
fn unnamed(here: &BTreeMap<ContentId, u64>) -> BTreeMap<ContentId, Held> {
    let held = Held {
        what: "kept".to_owned(),
        size: None,
        entry: 0,
    };
    here.keys().map(|id| (*id, held.clone())).collect()
}
