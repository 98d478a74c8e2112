//! Making a case of an export that was checked.

use std::io::Read;

use journal::ContentId;
use serde::Serialize;
use store::{Blobs, Head, Store};

use super::hashing::{Hashing, Watch};
use super::lines::envelopes;
use super::manifest::{Missing, blob_name, broken};
use super::{Checked, JOURNAL, Source};
use crate::error::Result;

/// What was imported.
#[derive(Clone, Debug, Serialize)]
pub struct Imported {
    /// Name of the case.
    pub case: String,
    /// Entries of the journal.
    pub entries: u64,
    /// Those of them that were not here before.
    pub new_entries: u64,
    /// Root of the tree over all of them.
    pub root: String,
    /// Blobs, each hashed on its way.
    pub blobs: usize,
    /// Those of them that were not here before.
    pub new_blobs: usize,
    /// Blobs that an entry names and that are neither in the export nor here.
    pub missing: Vec<Missing>,
}

impl Checked {
    /// Puts the case into `store`, which is empty or holds the beginning of it, and `blobs`. The journal
    /// comes last and at once: until then nothing changed, and the same can be done again.
    ///
    /// # Errors
    /// [`crate::Kind::Integrity`] when `source` is no longer what was checked; what the back ends fail with.
    pub fn import(
        &self,
        source: &dyn Source,
        store: &dyn Store,
        blobs: &dyn Blobs,
        watch: Watch<'_>,
    ) -> Result<Imported> {
        let here = blobs.sizes()?;
        let (mut done, mut new_blobs, mut new_entries) = (0, 0, None);
        source.walk(&mut |name, bytes| {
            let listed = self.sums.0.get(name);
            let mut through = Hashing::new(bytes, &mut *watch, &mut done, self.bytes);
            match listed {
                // What was put here before was hashed then.
                Some(id) if name == blob_name(id) && !here.contains_key(id) => {
                    blobs.put(&mut through, &mut |_| {})?;
                    new_blobs += 1;
                    through.must_be(name, id)
                }
                Some(_) if name == JOURNAL => {
                    new_entries = Some(self.adopt(&mut through, store)?);
                    Ok(())
                }
                _ => Ok(()),
            }
        })?;
        let Some(new_entries) = new_entries else {
            return Err(broken("its journal is gone"));
        };
        // Where the case was here before, something of it may have been removed since.
        if !store.removals()?.is_empty() {
            store.erase(blobs)?;
        }
        let lacking = |one: &&Missing| !here.contains_key(&one.id);
        Ok(Imported {
            case: self.manifest.case.clone(),
            entries: self.manifest.entries,
            new_entries,
            root: self.manifest.root.to_string(),
            blobs: self.sums.blobs().count(),
            new_blobs,
            missing: self
                .manifest
                .missing
                .iter()
                .filter(lacking)
                .cloned()
                .collect(),
        })
    }

    fn adopt(&self, journal: &mut dyn Read, store: &dyn Store) -> Result<u64> {
        let head = Head {
            size: self.manifest.entries,
            root: ContentId(self.manifest.root.0),
        };
        let failed = |why| store::Error::Io {
            path: JOURNAL.into(),
            source: why,
        };
        let mut lines = envelopes(journal).map(|line| line.map_err(failed));
        Ok(store.adopt(&head, &mut lines)?)
    }
}
