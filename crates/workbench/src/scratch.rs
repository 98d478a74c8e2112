//! Where the work logs of inspections lie until those are done, and the index of prints.
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
use store::record::Item;

use crate::error::{Error, Result};
use crate::examine::TOOL;
use crate::keys::prepare;

/// What the key's signature is over, before the content id. No journal entry and no checkpoint begins
/// like this.
const SEALED: &str = "framewitness work log\n";

/// What the signature is over that marks an index, likewise.
const INDEX: &str = "framewitness index of prints\n";

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
        let key = secret(author, SEALED, Some(&item.id)).ok()?;
        let file = self.file.try_clone().ok()?;
        let identity = format!("{} {TOOL} {}", item.id, reuse::METHOD);
        Some(WorkLog::new(file, &key, identity))
    }

    /// Removes the log: what it was for is done.
    pub(crate) fn remove(self) {
        // A log that stays is read, found complete, and costs nothing but space.
        let _ = fs::remove_file(&self.path);
    }
}

/// Where the index of prints that `author` made lies in `folder`, and the recipe to open it with. An index
/// decides what is compared, so that one that came with the folder from somebody else is not taken: only the
/// author can name its recipe.
pub(crate) fn index(folder: &Path, author: &dyn Author) -> Result<(PathBuf, String)> {
    let mark = ContentId(secret(author, INDEX, None)?).hex();
    let path = folder.join(format!("index-{}", &mark[..8]));
    let made = make(folder).and_then(|()| make(&path));
    let plain = made.and_then(|()| {
        let mut listed = fs::read_dir(&path)?;
        listed.try_for_each(|entry| match entry?.file_type()? {
            file if file.is_file() => Ok(()),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        })
    });
    plain.map_err(|error| Error::io(format!("making {}", path.display()), &error))?;
    Ok((path, format!("{} {mark}", reuse::METHOD)))
}

/// What only `author` can make, and makes again: an Ed25519 signature is the same each time. `purpose` begins
/// as no journal entry and no checkpoint does.
pub(crate) fn secret(
    author: &dyn Author,
    purpose: &str,
    of: Option<&ContentId>,
) -> Result<[u8; 32]> {
    // A key that is not open signs with zeros, which anybody can.
    prepare(author)?;
    let text = of.map_or_else(|| purpose.to_owned(), |id| format!("{purpose}{id}"));
    Ok(ContentId::of(&author.sign(text.as_bytes())).0)
}

/// Makes the folder where it is not there; anything else in its place is refused.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(io::ErrorKind::NotADirectory.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(folder),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use journal::HeldKey;

    use super::*;

    /// A key under a passphrase: until it is opened it signs with zeros.
    struct Protected {
        key: HeldKey,
        open: Cell<bool>,
    }

    impl Author for Protected {
        fn actor(&self) -> &str {
            self.key.actor()
        }

        fn public_key(&self) -> [u8; 32] {
            self.key.public_key()
        }

        fn sign(&self, message: &[u8]) -> [u8; 64] {
            match self.open.get() {
                true => self.key.sign(message),
                false => [0; 64],
            }
        }

        fn prepare(&self) -> std::result::Result<(), String> {
            self.open.set(true);
            Ok(())
        }
    }

    #[test]
    fn the_recipe_of_an_index_is_a_secret_of_a_protected_key_too() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = folder.path().join("scratch");
        let protected = Protected {
            key: HeldKey::from_seed("Ada", &[7; 32]),
            open: Cell::new(false),
        };
        let (path, recipe) = index(&scratch, &protected).unwrap();
        assert_eq!((path, recipe), index(&scratch, &protected.key).unwrap());
    }
}
