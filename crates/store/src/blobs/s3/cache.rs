//! Verified copies on this machine of blobs that rest elsewhere: media is read from an open file.

use std::collections::HashMap;
use std::fs::{self, File, FileTimes};
use std::io::{Read, Seek};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use journal::ContentId;

use crate::blobs::{Blobs, Ended, Folder, Stored, hash};
use crate::error::Error;

/// Copies in a folder, the longest unused removed when they are more than `most` bytes. Several
/// processes may use it at once.
pub(super) struct Cache {
    folder: Folder,
    path: PathBuf,
    most: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Copies that were hashed by this process.
    verified: HashMap<ContentId, Seen>,
    /// Bytes of all copies, once they were counted.
    used: Option<u64>,
}

/// What tells a file from another that took its place.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    inode: u64,
    size: u64,
    modified: (i64, i64),
}

impl Cache {
    pub(super) fn open(path: &Path, most: u64) -> Result<Self, Error> {
        Ok(Self {
            folder: Folder::open(path)?,
            path: path.to_owned(),
            most,
            state: Mutex::default(),
        })
    }

    /// The copy of `id`, where there is one and its bytes are those.
    pub(super) fn get(&self, id: &ContentId) -> Result<Option<File>, Error> {
        let mut file = match self.folder.open(id) {
            Ok(file) => file,
            Err(Error::NoBlob(_)) => return Ok(None),
            Err(e) => return Err(e),
        };
        let path = self.folder.path(id);
        let seen = seen(&file, &path)?;
        if self.state().verified.get(id) != Some(&seen) {
            // It may have come with the folder from somebody else, or the disk may be bad.
            if !is(&mut file, id) {
                self.remove(id)?;
                return Ok(None);
            }
            file.rewind().map_err(|e| Error::io(&path, e))?;
            self.state().verified.insert(*id, seen);
        }
        // Only for what is removed first: where it may not be said, something else is.
        let used = FileTimes::new().set_accessed(SystemTime::now());
        file.set_times(used).ok();
        Ok(Some(file))
    }

    /// Takes everything that `bytes` gives, in the place of a copy that was there.
    pub(super) fn take(
        &self,
        bytes: &mut dyn Read,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(Stored, File), Error> {
        let (incoming, stored) = self.folder.take(bytes, progress)?;
        let path = incoming.path();
        let file = File::open(path).map_err(|e| Error::io(path, e))?;
        let seen = seen(&file, path)?;
        self.folder.replace(&incoming, &stored.id)?;
        self.state().verified.insert(stored.id, seen);
        self.make_room(&stored)?;
        Ok((stored, file))
    }

    /// Forgets the copy of `id`.
    pub(super) fn remove(&self, id: &ContentId) -> Result<(), Error> {
        let mut state = self.state();
        state.verified.remove(id);
        state.used = None;
        remove(&self.folder.path(id))
    }

    /// Removes what was not used for longest, but never `newest`.
    fn make_room(&self, newest: &Stored) -> Result<(), Error> {
        let mut state = self.state();
        let used = match state.used {
            Some(used) => used + newest.size,
            None => self.folder.sizes()?.values().sum(),
        };
        state.used = Some(used);
        if used <= self.most {
            return Ok(());
        }
        // Others may have removed some: what is here is counted anew.
        let mut copies = self.copies()?;
        copies.sort_unstable();
        let mut used: u64 = copies.iter().map(|(_, size, _)| size).sum();
        for (_, size, id) in copies {
            if used > self.most && id != newest.id {
                remove(&self.folder.path(&id))?;
                state.verified.remove(&id);
                used -= size;
            }
        }
        state.used = Some(used);
        Ok(())
    }

    /// When each copy was used last, its size and its id.
    fn copies(&self) -> Result<Vec<(SystemTime, u64, ContentId)>, Error> {
        let mut copies = Vec::new();
        for (id, size) in self.folder.sizes()? {
            let used = fs::metadata(self.folder.path(&id)).and_then(|facts| facts.accessed());
            copies.push((used.unwrap_or(SystemTime::UNIX_EPOCH), size, id));
        }
        Ok(copies)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the copies are.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

fn seen(file: &File, path: &Path) -> Result<Seen, Error> {
    let facts = file.metadata().map_err(|e| Error::io(path, e))?;
    Ok(Seen {
        inode: facts.ino(),
        size: facts.size(),
        modified: (facts.mtime(), facts.mtime_nsec()),
    })
}

/// Whether the bytes of `file` are those of `id`. What cannot be read is not.
fn is(file: &mut File, id: &ContentId) -> bool {
    let hashed: Result<_, Ended<()>> = hash(file, |_, _| Ok(()));
    hashed.is_ok_and(|hashed| hashed.id == *id)
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, e)),
        _ => Ok(()),
    }
}
