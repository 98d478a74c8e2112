//! Where the work logs of inspections lie until those are done.
//!
//! A log goes into a signed result, and the folder of a case may have come from somebody else: each log
//! is sealed with a key that only the actor who began it can make, and nothing in the folder is
//! followed elsewhere.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use journal::{Author, ContentId};
use media::inspect::WorkLog;
use sha2::{Digest, Sha256};
use store::record::Item;

use crate::examine::TOOL;

/// What the key's signature is over, before the content id. No journal entry and no checkpoint begins
/// like this.
const SEALED: &str = "framewitness work log\n";

/// The log of one item's inspection, locked.
pub(crate) struct Scratch {
    path: PathBuf,
    file: File,
}

impl Scratch {
    /// Opens the log of `item` in `folder`; `None` where there can be none, or somebody else has it.
    pub(crate) fn open(folder: &Path, item: &Item) -> Option<Self> {
        make(folder).ok()?;
        let path = folder.join(format!("{}.pass", item.id.hex()));
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
            .open(&path)
            .ok()?;
        let plain = file.metadata().is_ok_and(|it| it.is_file());
        (plain && file.try_lock().is_ok()).then_some(Self { path, file })
    }

    /// The log as an inspection takes it.
    pub(crate) fn log(&self, author: &dyn Author, item: &Item) -> Option<WorkLog> {
        let file = self.file.try_clone().ok()?;
        let identity = format!("{} {TOOL} {}", item.id, reuse::METHOD);
        Some(WorkLog::new(file, &key(author, &item.id), identity))
    }

    /// Removes the log: what it was for is done.
    pub(crate) fn remove(self) {
        // A log that stays is read, found complete, and costs nothing but space.
        let _ = fs::remove_file(&self.path);
    }
}

/// An Ed25519 signature is the same each time, and nobody else can make it.
fn key(author: &dyn Author, id: &ContentId) -> [u8; 32] {
    let signature = author.sign(format!("{SEALED}{id}").as_bytes());
    Sha256::digest(signature).into()
}

fn make(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(folder),
        Err(error) => Err(error),
    }
}
