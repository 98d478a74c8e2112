//! The files of an index, which are handed in.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};

/// A folder of its own for one index, and of one writer at a time: whoever implements this keeps
/// others out for as long as it lives.
pub trait Files: Send + Sync {
    /// Names of all files, in any order.
    ///
    /// # Errors
    /// What the folder says.
    fn names(&self) -> io::Result<Vec<String>>;

    /// Opens a file for reading. It may be removed from the folder while it is open.
    ///
    /// # Errors
    /// `NotFound` where there is none; else what the folder says.
    fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt>>;

    /// Writes a whole file, in the place of one of the same name. When this returns, the file is on
    /// the disk under its name; when it does not, the old one is, or none.
    ///
    /// # Errors
    /// What `fill` or the folder says.
    fn write(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()>;

    /// Adds bytes to the end of a file, made where there is none. When this returns they are on the
    /// disk; when it does not, any part of them may be.
    ///
    /// # Errors
    /// What the folder says.
    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file down to `length` bytes, durably.
    ///
    /// # Errors
    /// What the folder says.
    fn cut(&self, name: &str, length: u64) -> io::Result<()>;

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// What the folder says.
    fn remove(&self, name: &str) -> io::Result<()>;
}

/// A file that can be read at any place, by several threads.
pub trait ReadAt: Send + Sync {
    /// Its length in bytes.
    ///
    /// # Errors
    /// What the file says.
    fn length(&self) -> io::Result<u64>;

    /// Fills `into` from `offset` on.
    ///
    /// # Errors
    /// `UnexpectedEof` where the file is shorter; else what the file says.
    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()>;
}

/// Files in memory, for an index that need not outlive the program. Clones are the same folder.
#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<BTreeMap<String, Arc<Vec<u8>>>>>);

impl Memory {
    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Vec<u8>>>> {
        // A map is whole whatever its last user died of.
        self.0.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl Files for Memory {
    fn names(&self) -> io::Result<Vec<String>> {
        Ok(self.files().keys().cloned().collect())
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt>> {
        let found = self.files().get(name).cloned();
        let bytes = found.ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(Bytes(bytes)))
    }

    fn write(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        fill(&mut bytes)?;
        self.files().insert(name.to_owned(), Arc::new(bytes));
        Ok(())
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut files = self.files();
        Arc::make_mut(files.entry(name.to_owned()).or_default()).extend_from_slice(bytes);
        Ok(())
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        let mut files = self.files();
        let file = files.get_mut(name).ok_or(io::ErrorKind::NotFound)?;
        Arc::make_mut(file).truncate(usize::try_from(length).unwrap_or(usize::MAX));
        Ok(())
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.files().remove(name);
        Ok(())
    }
}

struct Bytes(Arc<Vec<u8>>);

impl ReadAt for Bytes {
    fn length(&self) -> io::Result<u64> {
        Ok(self.0.len() as u64)
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let bytes = start
            .checked_add(into.len())
            .and_then(|end| self.0.get(start..end))
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        into.copy_from_slice(bytes);
        Ok(())
    }
}
