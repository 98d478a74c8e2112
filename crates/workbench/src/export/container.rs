//! The two things that an export may be: a tar archive, or a folder.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tar::{Archive, Builder, EntryType, Header};

use super::manifest::{broken, unreadable};
use super::{JOURNAL, MANIFEST, SUMS};
use crate::error::{Error, Result};

/// The folder that everything in an archive lies in.
const TOP: &str = "framewitness-case/";

/// Where the files of an export are written, one after the other.
pub trait Put {
    /// Writes a file of `size` bytes, which `bytes` gives.
    ///
    /// # Errors
    /// What reading or writing fails with.
    fn file(&mut self, name: &str, size: u64, bytes: &mut dyn Read) -> io::Result<()>;
}

/// What is shown each file of an export: its name and its bytes.
pub type Walk<'a> = &'a mut dyn FnMut(&str, &mut dyn Read) -> Result<()>;

/// Where the files of an export are read from, as often as it is asked.
pub trait Source {
    /// Shows every file in the order of an archive. What `walk` leaves of one is passed over.
    ///
    /// # Errors
    /// [`crate::Kind::Integrity`] when it is no export; what `walk` fails with.
    fn walk(&self, walk: Walk<'_>) -> Result<()>;
}

/// An archive being written: the same files give the same bytes.
pub struct Tar<W: Write> {
    builder: Builder<W>,
    top: String,
}

impl<W: Write> Tar<W> {
    /// Begins it.
    pub fn new(to: W) -> Self {
        Self::within(to, TOP.to_owned())
    }

    /// Begins one of something else than a case, all of it in the folder `top`, which ends with a slash.
    pub fn within(to: W, top: String) -> Self {
        Self {
            builder: Builder::new(to),
            top,
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn finish(self) -> io::Result<W> {
        self.builder.into_inner()
    }
}

impl<W: Write> Put for Tar<W> {
    fn file(&mut self, name: &str, size: u64, bytes: &mut dyn Read) -> io::Result<()> {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o444);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        header.set_size(size);
        let mut exactly = Exactly { bytes, left: size };
        let name = format!("{}{name}", self.top);
        self.builder.append_data(&mut header, name, &mut exactly)?;
        exactly.end()
    }
}

/// A folder being filled, which is there and empty; or one that was.
pub struct Folder(PathBuf);

/// The export in `path`, or the one to be.
pub fn folder(path: &Path) -> Folder {
    Folder(path.to_owned())
}

impl Folder {
    /// Ends it: when this returns, it survives a power cut but for its own name.
    ///
    /// # Errors
    /// What the file system says.
    pub fn finish(&self) -> io::Result<()> {
        sync(&self.0)
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync(&entry.path())?;
        }
    }
    File::open(folder)?.sync_all()
}

impl Put for Folder {
    fn file(&mut self, name: &str, size: u64, bytes: &mut dyn Read) -> io::Result<()> {
        let path = self.0.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut exactly = Exactly { bytes, left: size };
        let mut file = File::create_new(&path)?;
        io::copy(&mut exactly, &mut file)?;
        exactly.end()?;
        let mut permissions = file.metadata()?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions)?;
        file.sync_all()
    }
}

/// Gives as many bytes as were announced, or fails.
struct Exactly<'a> {
    bytes: &'a mut dyn Read,
    left: u64,
}

impl Exactly<'_> {
    fn end(&mut self) -> io::Result<()> {
        match self.left == 0 && self.bytes.read(&mut [0])? == 0 {
            true => Ok(()),
            false => Err(io::Error::other("it has another size than it had")),
        }
    }
}

impl Read for Exactly<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.bytes.read(&mut buffer[..most])?;
        self.left -= read as u64;
        Ok(read)
    }
}

impl Source for Folder {
    fn walk(&self, walk: Walk<'_>) -> Result<()> {
        let mut names = BTreeSet::new();
        list(&self.0, "", &mut names)?;
        let mut ends = [MANIFEST, SUMS, JOURNAL].map(|name| names.take(name));
        let last = ends[2].take();
        for name in ends.into_iter().flatten().chain(names).chain(last) {
            let mut file = File::open(self.0.join(&name)).map_err(|e| unreadable(&name, &e))?;
            walk(&name, &mut file)?;
        }
        Ok(())
    }
}

/// The names of all files below `path`, which an export holds three folders deep.
fn list(path: &Path, within: &str, names: &mut BTreeSet<String>) -> Result<()> {
    let doing = || format!("reading {}", path.display());
    for entry in fs::read_dir(path).map_err(|e| Error::io(doing(), &e))? {
        let entry = entry.map_err(|e| Error::io(doing(), &e))?;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(|e| Error::io(doing(), &e))?;
        match kind {
            kind if kind.is_file() => drop(names.insert(name)),
            kind if kind.is_dir() && within.matches('/').count() < 3 => {
                list(&entry.path(), &format!("{name}/"), names)?;
            }
            _ => {
                return Err(broken(format!(
                    "it holds {name:?}, which is no file of its own"
                )));
            }
        }
    }
    Ok(())
}

/// An archive that `open` opens anew each time.
pub fn tar<R: Read>(open: impl Fn() -> Result<R>) -> impl Source {
    Opened(open)
}

struct Opened<O>(O);

impl<R: Read, O: Fn() -> Result<R>> Source for Opened<O> {
    fn walk(&self, walk: Walk<'_>) -> Result<()> {
        let mut archive = Archive::new((self.0)()?);
        let broke = |why: io::Error| unreadable("the archive", &why);
        for entry in archive.entries().map_err(broke)? {
            let mut entry = entry.map_err(broke)?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let plain = entry.header().entry_type() == EntryType::Regular;
            match name.strip_prefix(TOP) {
                Some(name) if plain => walk(name, &mut entry)?,
                _ => return Err(broken(format!("it holds {name:?}"))),
            }
        }
        // To the end of what holds it: an encryption that is broken there must be noticed.
        io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(broke)?;
        Ok(())
    }
}
