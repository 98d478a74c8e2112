//! Preserving bytes: hashed while they arrive, safe on disk before the entry that names them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use store::Stored;
use store::event::{Acquired, Event};

use crate::case::{Case, modified};
use crate::error::{Error, Result};
use crate::view::Added;

/// What a person says of how a file was obtained.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// When it was uploaded to where it was found, RFC 3339 or a shorter date.
    pub uploaded: Option<String>,
    /// When the bytes were obtained, likewise, where that was before now.
    pub acquired: Option<String>,
    /// Anything else.
    pub note: Option<String>,
}

/// The files that `paths` name: files as they are, folders with everything in them, sorted by name.
/// Symbolic links inside folders are not followed.
///
/// # Errors
/// A path does not exist or a folder cannot be read.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        let facts = std::fs::metadata(path)
            .map_err(|error| Error::io(format!("reading {}", path.display()), &error))?;
        if facts.is_dir() {
            walk(path, &mut found)?;
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    let broken = |error: std::io::Error| {
        Error::io(format!("reading the folder {}", folder.display()), &error)
    };
    let listed: std::io::Result<Vec<_>> = std::fs::read_dir(folder).map_err(broken)?.collect();
    let mut entries = listed.map_err(broken)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type().map_err(broken)?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(())
}

impl Case {
    /// Preserves the file at `path` with what is `told` of it; `progress` hears the number of bytes kept
    /// so far.
    ///
    /// # Errors
    /// The file cannot be read, the disk is full, or the store fails. Nothing kept before is lost.
    pub fn add_file(
        &self,
        path: &Path,
        told: &Told,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Added> {
        let doing = || format!("reading {}", path.display());
        let mut file = File::open(path).map_err(|error| Error::io(doing(), &error))?;
        let facts = file
            .metadata()
            .map_err(|error| Error::io(doing(), &error))?;
        if !facts.is_file() {
            return Err(Error::usage(format!("{} is not a file", path.display())));
        }
        let name = path
            .file_name()
            .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let taken = Taken {
            name: name.into_owned(),
            method: "file",
            origin: Some(path.to_string_lossy().into_owned()),
            modified: modified(path),
            told: told.clone(),
        };
        self.keep(&mut file, taken, progress)
    }

    fn keep(
        &self,
        bytes: &mut dyn Read,
        taken: Taken,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Added> {
        self.writable()?;
        let stored = self.blobs.put(bytes, progress)?;
        self.enter(&stored, taken)
    }

    /// Enters that bytes which are kept were obtained.
    pub(crate) fn enter(&self, stored: &Stored, taken: Taken) -> Result<Added> {
        let event = Event::ItemAcquired(Acquired {
            item: stored.id,
            size: stored.size,
            blake3: stored.blake3.clone(),
            name: taken.name.clone(),
            method: taken.method.to_owned(),
            origin: taken.origin,
            modified: taken.modified,
            uploaded: taken.told.uploaded,
            acquired: taken.told.acquired,
            note: taken.told.note,
        });
        let recorded = self.record(&event);
        if recorded.is_err() {
            // Bytes that were removed once are refused, and are not to lie here again.
            self.finish_removals()?;
        }
        let entry = recorded?.seq;
        let item = self
            .store
            .item_by_id(&stored.id)?
            .ok_or_else(|| Error::missing(format!("{} was not kept", stored.id)))?;
        Ok(Added {
            item: item.number,
            id: stored.id.to_string(),
            name: taken.name,
            size: stored.size,
            blake3: stored.blake3.clone(),
            new: item.acquisitions.len() == 1,
            acquisitions: item.acquisitions.len(),
            entry,
        })
    }
}

/// Where bytes come from.
pub(crate) struct Taken {
    pub(crate) name: String,
    pub(crate) method: &'static str,
    pub(crate) origin: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) told: Told,
}
