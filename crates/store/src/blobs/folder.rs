//! Blobs in a folder: `sha256/ab/cdef…`, each a read-only file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use journal::ContentId;
use sha2::{Digest, Sha256};

use super::incoming::{self, Incoming};
use super::{Blobs, Stored, Tombstone, unlike};
use crate::error::Error;
use crate::problem::{Place, Problem};

/// Blobs in a folder. Several processes may use it at once.
#[derive(Clone, Debug)]
pub struct Folder {
    hashed: PathBuf,
    incoming: PathBuf,
}

impl Folder {
    /// Opens the folder at `path`, makes it when it is not there, and removes the temporary files
    /// of writers that died.
    ///
    /// # Errors
    /// What the file system says.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let folder = Self {
            hashed: path.join("sha256"),
            incoming: path.join("incoming"),
        };
        make_folder(&folder.hashed)?;
        make_folder(&folder.incoming)?;
        incoming::sweep(&folder.incoming)?;
        Ok(folder)
    }

    /// Where the blob `id` lies, or would.
    pub fn path(&self, id: &ContentId) -> PathBuf {
        let hex = id.hex();
        self.hashed.join(&hex[..2]).join(hex)
    }

    /// Takes everything that `bytes` gives into a file without a name.
    pub(super) fn take(
        &self,
        bytes: &mut dyn Read,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(Incoming, Stored), Error> {
        let mut incoming = Incoming::new(&self.incoming)?;
        let stored = incoming.take(bytes, progress)?;
        Ok((incoming, stored))
    }

    /// Gives `incoming` its name, in the place of what had it.
    pub(super) fn replace(&self, incoming: &Incoming, id: &ContentId) -> Result<(), Error> {
        let path = self.path(id);
        make_folder(path.parent().unwrap_or(&self.hashed))?;
        fs::rename(incoming.path(), &path).map_err(|e| Error::io(&path, e))
    }

    /// Gives `incoming` its name. Whether it is the first of that name.
    fn name(&self, incoming: &Incoming, stored: &Stored) -> Result<bool, Error> {
        let path = self.path(&stored.id);
        let folder = path.parent().unwrap_or(&self.hashed);
        make_folder(folder)?;
        let fresh = match link(incoming.path(), &path) {
            Ok(()) => true,
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => false,
            Err(e) => return Err(Error::io(&path, e)),
        };
        // Also when it was there: whoever put it may not have come this far.
        sync_folder(folder)?;
        if !fresh {
            check_size(&path, stored)?;
        }
        Ok(fresh)
    }
}

impl Blobs for Folder {
    fn put(&self, bytes: &mut dyn Read, progress: &mut dyn FnMut(u64)) -> Result<Stored, Error> {
        let (incoming, stored) = self.take(bytes, progress)?;
        let fresh = self.name(&incoming, &stored)?;
        Ok(Stored { fresh, ..stored })
    }

    fn open(&self, id: &ContentId) -> Result<File, Error> {
        let path = self.path(id);
        File::open(&path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => Error::NoBlob(*id),
            _ => Error::io(&path, e),
        })
    }

    fn contains(&self, id: &ContentId) -> Result<bool, Error> {
        let path = self.path(id);
        path.try_exists().map_err(|e| Error::io(&path, e))
    }

    fn sizes(&self) -> Result<BTreeMap<ContentId, u64>, Error> {
        let mut sizes = BTreeMap::new();
        for folder in names(&self.hashed)? {
            for name in names(&self.hashed.join(folder))? {
                let Ok(id) = format!("sha256:{name}").parse() else {
                    continue;
                };
                let path = self.path(&id);
                let facts = fs::metadata(&path).map_err(|e| Error::io(&path, e))?;
                sizes.insert(id, facts.len());
            }
        }
        Ok(sizes)
    }

    fn check(&self, id: &ContentId, size: Option<u64>) -> Result<Option<Problem>, Error> {
        let problem = |what: String| Ok(Some(Problem::new(Place::Blob(*id), what)));
        let file = match self.open(id) {
            Err(Error::NoBlob(_)) => return problem("it is missing".into()),
            other => other?,
        };
        let (found, digest) = match read_all(file) {
            Ok(read) => read,
            Err(e) => return problem(format!("it cannot be read: {e}")),
        };
        Ok(unlike(id, size, found, &digest))
    }

    fn erase(&self, tombstone: &Tombstone) -> Result<bool, Error> {
        let path = self.path(tombstone.blob());
        let there = match fs::remove_file(&path) {
            Ok(()) => true,
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            Err(e) => return Err(Error::io(&path, e)),
        };
        match path.parent().filter(|folder| folder.is_dir()) {
            // Also when it was gone: whoever erased it may not have come this far.
            Some(folder) => sync_folder(folder).map(|()| there),
            None => Ok(there),
        }
    }
}

fn read_all(mut file: File) -> io::Result<(u64, ContentId)> {
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 1 << 20];
    let mut size = 0;
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok((size, ContentId(hasher.finalize().into()))),
            Ok(read) => {
                hasher.update(&chunk[..read]);
                size += read as u64;
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// Gives `from` a second name, never in the place of another file. Where the file system knows no
/// second names, moves it: what is there under the name of a hash has the same bytes.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(e)
            if matches!(
                e.kind(),
                io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            if to.try_exists()? {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(from, to)
        }
        other => other,
    }
}

fn check_size(path: &Path, stored: &Stored) -> Result<(), Error> {
    let found = fs::metadata(path).map_err(|e| Error::io(path, e))?.len();
    if found == stored.size {
        return Ok(());
    }
    let what = format!(
        "what is kept has {found} bytes, what arrived {}",
        stored.size
    );
    Err(Error::damaged(Place::Blob(stored.id), what))
}

/// Makes a folder and those above it, each durably.
fn make_folder(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    make_folder(parent)?;
    match fs::create_dir(path) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(Error::io(path, e)),
        _ => {}
    }
    sync_folder(parent)
}

fn sync_folder(path: &Path) -> Result<(), Error> {
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Error::io(path, e))
}

/// Names in a folder that are text, which those of blobs are.
fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io(folder, e))?;
    let name = |entry: io::Result<fs::DirEntry>| match entry {
        Ok(entry) => Ok(entry.file_name().into_string().ok()),
        Err(e) => Err(Error::io(folder, e)),
    };
    entries
        .filter_map(|entry| name(entry).transpose())
        .collect()
}
