//! A blob on its way in: a temporary file, locked as long as its writer lives.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Stored;
use super::hashing::{Ended, hash};
use crate::error::Error;

/// A locked file in the folder of temporary files, removed when this is dropped.
pub(super) struct Incoming {
    path: PathBuf,
    file: File,
}

impl Incoming {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{}-{count}", process::id()));
            let file = match File::options().write(true).create_new(true).open(&path) {
                Ok(file) => file,
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(Error::io(&path, e)),
            };
            file.lock().map_err(|e| Error::io(&path, e))?;
            // Between making and locking, another process may have swept it away as abandoned.
            if file.metadata().map_err(|e| Error::io(&path, e))?.nlink() > 0 {
                return Ok(Self { path, file });
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes everything that `bytes` gives, and leaves it on disk, read-only.
    pub(super) fn take(
        &mut self,
        bytes: &mut dyn Read,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Stored, Error> {
        let hashed = hash(bytes, |chunk, size| {
            self.file.write_all(chunk)?;
            progress(size);
            Ok(())
        })
        .map_err(|ended| match ended {
            Ended::Read(e) => Error::io(Path::new("input"), e),
            Ended::Watcher(e) => Error::io(&self.path, e),
        })?;
        self.seal().map_err(|e| Error::io(&self.path, e))?;
        Ok(Stored {
            id: hashed.id,
            size: hashed.size,
            blake3: hashed.blake3.to_hex().to_string(),
            fresh: true,
        })
    }

    fn seal(&self) -> io::Result<()> {
        let mut permissions = self.file.metadata()?.permissions();
        permissions.set_readonly(true);
        self.file.set_permissions(permissions)?;
        self.file.sync_all()
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // Moved away or swept already: then there is nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes the temporary files whose writers are gone: those that nobody has locked.
pub(super) fn sweep(folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(Error::io(&path, e)),
        };
        match file.try_lock() {
            Ok(()) => fs::remove_file(&path)
                .or_else(gone_is_fine)
                .map_err(|e| Error::io(&path, e))?,
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(e)) => return Err(Error::io(&path, e)),
        }
    }
    Ok(())
}

fn gone_is_fine(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}
