//! Reading an export through before anything is taken from it.

use std::collections::BTreeSet;
use std::io;

use journal::{Chain, ContentId};
use store::{Head, Holdings};

use super::hashing::{Hashing, Watch};
use super::lines::{Pages, envelopes};
use super::manifest::{Manifest, Sums, broken, unreadable, whole};
use super::{JOURNAL, MANIFEST, SUMS, Source};
use crate::error::{Error, Kind, Result};

/// An export that was read through and is sound.
pub struct Checked {
    pub(super) manifest: Manifest,
    pub(super) sums: Sums,
    pub(super) bytes: u64,
}

/// Reads an export through: every hash, every entry and its signature, and that nothing is in it or lacks
/// that it does not say. Where a case is to be brought up to it, `here` is its head.
///
/// # Errors
/// [`Kind::Integrity`] when it is no sound export, [`Kind::Unsupported`] when a newer version
/// wrote it, [`Kind::Conflict`] when its journal does not go on from `here`.
pub fn check(source: &dyn Source, here: Option<&Head>, watch: Watch<'_>) -> Result<Checked> {
    let mut look = Look {
        watch,
        here,
        manifest: None,
        sums: None,
        seen: BTreeSet::new(),
        chain: Chain::default(),
        holdings: Holdings::default(),
        bytes: 0,
    };
    source.walk(&mut |name, bytes| look.file(name, bytes))?;
    look.end()
}

struct Look<'a> {
    watch: Watch<'a>,
    here: Option<&'a Head>,
    manifest: Option<Vec<u8>>,
    sums: Option<Sums>,
    seen: BTreeSet<String>,
    chain: Chain,
    holdings: Holdings,
    bytes: u64,
}

impl Look<'_> {
    fn file(&mut self, name: &str, bytes: &mut dyn io::Read) -> Result<()> {
        match (name, &self.sums) {
            // Known by its hash in the list that follows.
            (MANIFEST, None) if self.manifest.is_none() => {
                self.manifest = Some(whole(name, bytes)?);
                return Ok(());
            }
            (SUMS, None) => {
                let listed = whole(name, bytes)?;
                self.is_of_this_form(&listed)?;
                self.sums = Some(Sums::from_bytes(&listed)?);
                return Ok(());
            }
            _ => {}
        }
        let listed = self.sums.as_ref().and_then(|sums| sums.0.get(name));
        let Some(listed) = listed.copied() else {
            return Err(broken(format!(
                "{name:?} is in no list of hashes before it"
            )));
        };
        if self.seen.contains(JOURNAL) {
            // Where the journal is, the case is: nothing may come after it.
            return Err(broken(format!("{name:?} comes after its journal")));
        }
        if !self.seen.insert(name.to_owned()) {
            return Err(broken(format!("it holds {name} twice")));
        }
        let mut through = Hashing::new(bytes, &mut *self.watch, &mut self.bytes, 0);
        if name == JOURNAL {
            for page in Pages(envelopes(&mut through)) {
                let page = page.map_err(|why| unreadable(name, &why))?;
                take_page(&mut self.chain, &mut self.holdings, self.here, &page)?;
            }
        } else {
            io::copy(&mut through, &mut io::sink()).map_err(|why| unreadable(name, &why))?;
        }
        through.must_be(name, &listed)
    }

    /// Refuses what a newer version wrote before anything of it is called damaged. That it was written so, and
    /// not changed, the list says.
    fn is_of_this_form(&self, listed: &[u8]) -> Result<()> {
        let Some(manifest) = &self.manifest else {
            return Ok(());
        };
        let line = format!("{}  {MANIFEST}", ContentId::of(manifest).hex());
        let listed = listed.split(|byte| *byte == b'\n');
        match listed.into_iter().any(|it| it == line.as_bytes()) {
            true => super::manifest::of_this_form(manifest),
            false => Ok(()),
        }
    }

    fn end(self) -> Result<Checked> {
        let (Some(manifest), Some(sums)) = (self.manifest, self.sums) else {
            return Err(broken("it lacks its beginning"));
        };
        if sums.0.get(MANIFEST) != Some(&ContentId::of(&manifest)) {
            return Err(broken(format!("{MANIFEST} is not what was written")));
        }
        let manifest = Manifest::from_bytes(&manifest)?;
        let listed = sums.0.keys().filter(|name| *name != MANIFEST);
        if let Some(lost) = listed.into_iter().find(|name| !self.seen.contains(*name)) {
            return Err(broken(format!("{lost} is missing")));
        }
        let root = ContentId(self.chain.tree.root());
        if (self.chain.tree.size(), root) != (manifest.entries, manifest.root) {
            return Err(broken("its journal is not the one that it says"));
        }
        if self.here.is_some_and(|here| here.size > manifest.entries) {
            return Err(another());
        }
        let held: BTreeSet<&ContentId> = sums.blobs().collect();
        let missing: BTreeSet<&ContentId> = manifest.missing.iter().map(|one| &one.id).collect();
        let kept = self.holdings.kept();
        let told = held.is_disjoint(&missing) && held.len() + missing.len() == kept.len();
        if !told || !held.iter().chain(&missing).all(|id| kept.contains_key(id)) {
            return Err(broken("its blobs are not those that its journal names"));
        }
        Ok(Checked {
            bytes: self.bytes,
            sums,
            manifest,
        })
    }
}

fn take_page(
    chain: &mut Chain,
    holdings: &mut Holdings,
    here: Option<&Head>,
    page: &[Vec<u8>],
) -> Result<()> {
    for opened in chain.opener().open(page.iter().map(Vec::as_slice)) {
        let envelope = chain.take(opened);
        match (chain.faults.first(), envelope) {
            (None, Some(envelope)) => super::take_up(holdings, &envelope.entry)?,
            (Some(fault), _) => return Err(broken(fault.to_string())),
            (None, None) => return Err(broken("an entry cannot be opened")),
        }
        match here {
            Some(here) if here.size == chain.tree.size() && here.root.0 != chain.tree.root() => {
                return Err(another());
            }
            _ => {}
        }
    }
    Ok(())
}

fn another() -> Error {
    Error::new(
        Kind::Conflict,
        "the case here holds entries that the export does not: it is older, or of another case",
    )
    .hint("import it into a new folder, and compare")
}
