//! Writing an export.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;

use journal::{Chain, ContentId};
use sha2::{Digest, Sha256};
use store::{Held, Holdings, Recorded};

use super::hashing::Hashing;
use super::lines::Lines;
use super::manifest::{Manifest, Missing, Sums, blob_name};
use super::{Exported, FORMAT, JOURNAL, MANIFEST, Put, SUMS};
use crate::case::Case;
use crate::error::{Error, Kind, Result};

/// Entries that are looked at together.
const PAGE: usize = 500;

/// What there is to export.
struct Survey {
    chain: Chain,
    /// Blobs that are kept, with what they are and their size.
    blobs: BTreeMap<ContentId, (Held, u64)>,
    missing: Vec<Missing>,
    /// Hash and size of all envelopes, a line each.
    journal: ContentId,
    size: u64,
}

impl Case {
    /// Writes the whole case to `put`: the journal as it is, and every blob that an entry names and no
    /// tombstone let go, hashed on its way. The same case gives the same bytes. Keys are not in a case, and
    /// not in an export.
    ///
    /// # Errors
    /// [`Kind::Integrity`] when an entry or a blob is not what it was: what `put` holds then is no export.
    /// Otherwise when reading or writing fails, or `progress` (bytes written, bytes in all) says to stop.
    pub fn export(
        &self,
        put: &mut dyn Put,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Exported> {
        let survey = self.survey()?;
        let exported = Exported {
            case: self.name()?,
            entries: survey.chain.tree.size(),
            root: ContentId(survey.chain.tree.root()).to_string(),
            blobs: survey.blobs.len(),
            bytes: survey.size + survey.blobs.values().map(|(_, size)| size).sum::<u64>(),
            missing: survey.missing.clone(),
        };
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            case: exported.case.clone(),
            entries: exported.entries,
            root: ContentId(survey.chain.tree.root()),
            missing: survey.missing.clone(),
        }
        .to_bytes()?;
        let mut to = Giving {
            put,
            progress,
            done: 0,
            total: exported.bytes,
        };
        to.small(MANIFEST, &manifest)?;
        to.small(SUMS, &sums(&manifest, &survey).to_bytes())?;
        for (id, (held, size)) in &survey.blobs {
            let mut bytes = self.blobs.stream(id)?;
            to.hashed(&blob_name(id), *size, &mut bytes, id)
                .map_err(|error| told(error, held))?;
        }
        let envelopes = self.entries(0..exported.entries);
        let mut lines = Lines::new(envelopes.map(|recorded| {
            recorded
                .map(|recorded| recorded.envelope)
                .map_err(|why| io::Error::other(why.message))
        }));
        to.hashed(JOURNAL, survey.size, &mut lines, &survey.journal)?;
        Ok(exported)
    }

    /// Reads the journal through, and looks which blobs are kept.
    fn survey(&self) -> Result<Survey> {
        let mut read = Through::default();
        let mut page = Vec::with_capacity(PAGE);
        for recorded in self.entries(0..self.store.head()?.size) {
            page.push(recorded?);
            if page.len() == PAGE {
                read.take(&page)?;
                page.clear();
            }
        }
        read.take(&page)?;
        let kept = self.blobs.sizes()?;
        let (mut blobs, mut missing) = (BTreeMap::new(), Vec::new());
        for (id, held) in read.holdings.kept() {
            match kept.get(&id) {
                Some(size) => drop(blobs.insert(id, (held, *size))),
                None => missing.push(Missing {
                    id,
                    role: held.what,
                }),
            }
        }
        Ok(Survey {
            chain: read.chain,
            blobs,
            missing,
            journal: ContentId(read.hasher.finalize().into()),
            size: read.size,
        })
    }
}

/// The journal, as far as it was read through.
#[derive(Default)]
struct Through {
    chain: Chain,
    holdings: Holdings,
    hasher: Sha256,
    size: u64,
}

impl Through {
    fn take(&mut self, page: &[Recorded]) -> Result<()> {
        let envelopes = page.iter().map(|recorded| recorded.envelope.as_slice());
        for opened in self.chain.opener().open(envelopes) {
            self.chain.take(opened);
        }
        if let Some(fault) = self.chain.faults.first() {
            return Err(Error::integrity(fault.to_string()));
        }
        for recorded in page {
            super::take_up(&mut self.holdings, &recorded.entry)?;
            self.hasher.update(&recorded.envelope);
            self.hasher.update(b"\n");
            self.size += recorded.envelope.len() as u64 + 1;
        }
        Ok(())
    }
}

/// What broke of a blob, with what that is.
fn told(error: Error, held: &Held) -> Error {
    match error.kind {
        Kind::Integrity => Error {
            message: format!("{} ({})", error.message, held.what),
            ..error
        },
        _ => error,
    }
}

fn sums(manifest: &[u8], survey: &Survey) -> Sums {
    let mut sums = Sums::default();
    let blobs = survey.blobs.keys().map(|id| (blob_name(id), *id));
    sums.0.extend(blobs);
    sums.0.insert(MANIFEST.to_owned(), ContentId::of(manifest));
    sums.0.insert(JOURNAL.to_owned(), survey.journal);
    sums
}

/// An export on its way.
struct Giving<'a> {
    put: &'a mut dyn Put,
    progress: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    done: u64,
    total: u64,
}

impl Giving<'_> {
    fn small(&mut self, name: &str, mut bytes: &[u8]) -> Result<()> {
        let put = self.put.file(name, bytes.len() as u64, &mut bytes);
        put.map_err(|why| Error::io(format!("exporting {name}"), &why))
    }

    /// Writes a file that must turn out to be `id`.
    fn hashed(
        &mut self,
        name: &str,
        size: u64,
        bytes: &mut dyn Read,
        id: &ContentId,
    ) -> Result<()> {
        let mut through = Hashing::new(bytes, self.progress, &mut self.done, self.total);
        let put = self.put.file(name, size, &mut through);
        if through.stopped {
            let what = "the export was stopped before its end";
            return Err(Error::new(Kind::Failed, what));
        }
        put.map_err(|why| Error::io(format!("exporting {name}"), &why))?;
        let found = through.id();
        match found == *id {
            true => Ok(()),
            false => Err(Error::integrity(format!("{name}: its bytes are {found}"))),
        }
    }
}
