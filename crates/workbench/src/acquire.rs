//! Preserving bytes: hashed while they arrive, safe on disk before the entry that names them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
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

/// What a browser knows of a file that is handed over.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Its name, without folder.
    pub name: String,
    /// Its path within the folder that was handed over with it, where it was one.
    pub origin: Option<String>,
    /// Its own modification time, RFC 3339.
    pub modified: Option<String>,
}

/// Most bytes of a name or path that is recorded of a file that is handed over: as long as file systems take one.
const LONGEST_NAME: usize = 255;
const LONGEST_ORIGIN: usize = 4096;

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

    /// Preserves what `bytes` give, which somebody handed over, with what is `told` of it; `progress` hears the
    /// number of bytes kept so far.
    ///
    /// # Errors
    /// The name is none of a file, the bytes end with an error, the disk is full, or the store fails. Nothing of
    /// them is kept then.
    pub fn add_sent(
        &self,
        sent: Sent,
        bytes: &mut dyn Read,
        told: &Told,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Added> {
        // Before anything is kept: what the record would refuse must not lie here without an entry.
        a_moment(told.uploaded.as_ref())?;
        a_moment(told.acquired.as_ref())?;
        let taken = Taken {
            name: name_of(sent.name)?,
            method: "upload",
            origin: sent.origin.map(path_of).transpose()?,
            modified: sent.modified.as_deref().map(time_of).transpose()?,
            told: told.clone(),
        };
        self.keep(bytes, taken, progress)
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

/// A name of a file, and no path.
fn name_of(name: String) -> Result<String> {
    let fits = (1..=LONGEST_NAME).contains(&name.len()) && name != "." && name != "..";
    match fits && !name.contains(['/', '\0']) {
        true => Ok(name),
        false => Err(Error::usage(format!("{name:?} is no name of a file"))
            .hint("give the name alone, without the folder, of 255 bytes at most")),
    }
}

fn path_of(path: String) -> Result<String> {
    match (1..=LONGEST_ORIGIN).contains(&path.len()) && !path.contains('\0') {
        true => Ok(path),
        false => Err(
            Error::usage("the path within the folder is too long, or is none")
                .hint("leave it out, or give at most 4096 bytes"),
        ),
    }
}

fn a_moment(text: Option<&String>) -> Result<()> {
    match text.filter(|text| !journal::time::is_moment(text)) {
        None => Ok(()),
        Some(text) => Err(Error::usage(format!("{text:?} is no date or time"))
            .hint("write 2026, 2026-05, 2026-05-03, 2026-05-03T10:00Z or 2026-05-03T10:00:00Z")),
    }
}

/// A modification time as entries write it.
fn time_of(text: &str) -> Result<String> {
    let time: Timestamp = text.parse().map_err(|_| {
        Error::usage(format!("{text:?} is no time"))
            .hint("give it as RFC 3339, such as 2026-05-03T18:20:00Z")
    })?;
    Ok(format!("{time:.0}"))
}

/// Where bytes come from.
pub(crate) struct Taken {
    pub(crate) name: String,
    pub(crate) method: &'static str,
    pub(crate) origin: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) told: Told,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path() {
        for good in ["clip.mp4", "…", " ", ".hidden", "a\\b"] {
            assert_eq!(name_of(good.to_owned()).expect("a name"), good);
        }
        let long = "x".repeat(256);
        for bad in ["", ".", "..", "a/b", "/", "a\0", &long] {
            assert!(name_of(bad.to_owned()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_modification_time_is_written_as_that_of_a_file_is() {
        let read = |text: &str| time_of(text).ok();
        let whole = Some("2026-05-03T18:20:00Z".to_owned());
        assert_eq!(read("2026-05-03T18:20:00.000Z"), whole);
        assert_eq!(read("2026-05-03T20:20:00+02:00"), whole);
        assert_eq!(read("yesterday"), None);
    }
}
