//! Bundles that come in one file: unpacked in the case's scratch folder, for as long as they are taken in.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path, PathBuf};

use tar::{Archive, EntryType};

use super::{Incoming, Receiving, TakenIn, Taking};
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::publication::passing::passing;

impl Case {
    /// Takes in the bundle in a tar archive, as [`Case::receive_publication`] does that in a folder. Meanwhile it
    /// lies unpacked in the case, for nobody else to read.
    ///
    /// # Errors
    /// As that; it is no archive of one bundle, or another one is being unpacked in this case.
    pub fn receive_packed(
        &self,
        archive: &mut dyn Read,
        told: &Incoming,
        progress: Receiving<'_>,
    ) -> Result<TakenIn> {
        self.writable()?;
        let room = Room::enter(&self.scratch)?;
        let mut unpacking = |done| progress(Taking::Unpacking, done, 0);
        let top = passing(archive, &mut unpacking, |archive| {
            unpack(archive, &room.path)
        })?;
        self.receive_publication(&top, told, progress)
    }
}

/// A folder for one bundle. What a run left that was killed goes when the next begins.
struct Room {
    path: PathBuf,
    _lock: File,
}

impl Room {
    fn enter(scratch: &Path) -> Result<Self> {
        let path = scratch.join("received");
        let failed = |why: io::Error| Error::io(format!("making {}", path.display()), &why);
        fs::create_dir_all(scratch).map_err(failed)?;
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(libc::O_NOFOLLOW)
            .open(scratch.join("received.lock"))
            .map_err(failed)?;
        if lock.try_lock().is_err() {
            return Err(Error::new(
                Kind::Conflict,
                "another publication is being unpacked in this case",
            )
            .hint("wait until it is taken in, and import this one again"));
        }
        clear(&path).map_err(failed)?;
        DirBuilder::new()
            .mode(0o700)
            .create(&path)
            .map_err(failed)?;
        Ok(Self { path, _lock: lock })
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // What stays is cleared when the next one comes in.
        let _ = clear(&self.path);
    }
}

fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
        _ => Ok(()),
    }
}

/// Unpacks an archive of plain files in one folder, and says where that is.
fn unpack(archive: &mut dyn Read, into: &Path) -> Result<PathBuf> {
    let mut archive = Archive::new(archive);
    let broke = |why: io::Error| {
        Error::new(
            Kind::Integrity,
            format!("the archive cannot be read: {why}"),
        )
        .hint("nothing was taken from it; use another copy")
    };
    let mut top = None;
    for entry in archive.entries().map_err(broke)? {
        let mut entry = entry.map_err(broke)?;
        let path = entry.path().map_err(broke)?.into_owned();
        let kind = entry.header().entry_type();
        if kind == EntryType::Directory && plain(&path).is_some() {
            continue;
        }
        let first = plain(&path).filter(|_| kind == EntryType::Regular);
        let first = first.ok_or_else(|| no_bundle(&path))?;
        if top.get_or_insert_with(|| first.clone()) != &first {
            return Err(no_bundle(&path));
        }
        write(&mut entry, &into.join(&path))?;
    }
    // To the end of what holds it: an encryption that is broken there must be noticed.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(broke)?;
    let top = top.ok_or_else(|| no_bundle(Path::new("nothing")))?;
    Ok(into.join(top))
}

/// The folder in which everything lies, of a path that leads to a file within and nowhere else.
fn plain(path: &Path) -> Option<PathBuf> {
    let normal = |it: &Component<'_>| matches!(it, Component::Normal(_));
    let parts: Vec<_> = path.components().collect();
    (parts.iter().all(normal) && !parts.is_empty()).then(|| PathBuf::from(parts[0].as_os_str()))
}

fn write(bytes: &mut dyn Read, path: &Path) -> Result<()> {
    let failed = |why: io::Error| match why.kind() {
        io::ErrorKind::AlreadyExists => Error::new(
            Kind::Integrity,
            format!("the archive holds {} twice", path.display()),
        ),
        _ => Error::io(format!("unpacking {}", path.display()), &why),
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut file = File::create_new(path).map_err(failed)?;
    io::copy(bytes, &mut file).map_err(failed)?;
    Ok(())
}

fn no_bundle(path: &Path) -> Error {
    Error::usage(format!(
        "it is no archive of one bundle: it holds {}",
        path.display()
    ))
    .hint("give what `publish seal` wrote; of the export of a case, name the folder to make the case in")
}
