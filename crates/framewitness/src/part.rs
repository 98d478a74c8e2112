//! Files and folders that get their name only when they are whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use workbench::{Error, Result};

/// How the name of what is not whole ends: nobody else calls anything so, and what a run left that was killed
/// may be cleared away.
const ENDING: &str = ".framewitness-part";

/// A file being written beside its final name. Dropped before it is whole, it is removed.
pub struct PartFile {
    path: PathBuf,
    part: PathBuf,
    whole: bool,
    /// Locked for as long as this is here.
    _lock: File,
}

/// A folder being filled beside its final name. Dropped before it is whole, it is removed.
pub struct PartFolder {
    path: PathBuf,
    part: PathBuf,
    whole: bool,
    _lock: File,
}

impl PartFile {
    /// Begins the file. What is left of a run that was killed is cleared away.
    pub fn begin(path: &Path) -> Result<(Self, File)> {
        let part = beside(path);
        let make = |part: &Path| OpenOptions::new().write(true).create_new(true).open(part);
        let lock = held(&part, &make, &|part| fs::remove_file(part))?;
        let file = lock.try_clone();
        let begun = Self {
            path: path.to_owned(),
            part,
            whole: false,
            _lock: lock,
        };
        let file = file.map_err(|error| Error::io("making room for a file", &error))?;
        Ok((begun, file))
    }

    /// Gives the file its name, in place of another of that name.
    pub fn finish(mut self, file: &File) -> Result<()> {
        let failed = |error| Error::io(format!("writing {}", self.path.display()), &error);
        file.sync_all().map_err(failed)?;
        fs::rename(&self.part, &self.path).map_err(failed)?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.whole {
            // What is left then says in its name that it is a part.
            let _ = fs::remove_file(&self.part);
        }
    }
}

impl PartFolder {
    /// Begins the folder, which must not be there yet, unless it is empty. What is left of a run that was killed is
    /// cleared away.
    pub fn begin(path: &Path) -> Result<Self> {
        let filled = match fs::read_dir(path) {
            Ok(mut listed) => listed.next().is_some(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        };
        if filled {
            return Err(Error::usage(format!("{} is there already", path.display()))
                .hint("name a new folder, so that nothing is mixed with what lies there"));
        }
        let part = beside(path);
        let make = |part: &Path| fs::create_dir(part).and_then(|()| File::open(part));
        let lock = held(&part, &make, &|part| fs::remove_dir_all(part))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            whole: false,
            _lock: lock,
        })
    }

    /// Where it is until it is whole.
    pub fn until_whole(&self) -> &Path {
        &self.part
    }

    /// Writes a file of it.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        crate::cmd::write(&self.part.join(name), bytes)
    }

    /// Gives the folder its name.
    pub fn finish(mut self) -> Result<()> {
        let failed = |error| Error::io(format!("writing {}", self.path.display()), &error);
        fs::rename(&self.part, &self.path).map_err(failed)?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for PartFolder {
    fn drop(&mut self) {
        if !self.whole {
            // What is left then says in its name that it is a part.
            let _ = fs::remove_dir_all(&self.part);
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// Makes `part`, and locks it. What lies there and nobody holds is cleared first.
fn held(
    part: &Path,
    make: &dyn Fn(&Path) -> io::Result<File>,
    clear: &dyn Fn(&Path) -> io::Result<()>,
) -> Result<File> {
    let failed = |error: &io::Error| Error::io(format!("making {}", part.display()), error);
    for _ in 0..3 {
        match make(part) {
            Ok(made) => {
                // Whoever cleared it away between the two has made another.
                let ours = !is_busy(&made) && is_at(&made, part);
                return if ours { Ok(made) } else { Err(busy(part)) };
            }
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(&error)),
            Err(_) => {}
        }
        let left = match File::open(part) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            left => left.map_err(|error| failed(&error))?,
        };
        if is_busy(&left) {
            return Err(busy(part));
        }
        // Given its name meanwhile, it is no part any more.
        if is_at(&left, part) {
            clear(part).map_err(|error| failed(&error))?;
        }
    }
    Err(busy(part))
}

fn is_busy(file: &File) -> bool {
    // Where a file system knows no locks, nobody holds one.
    matches!(file.try_lock(), Err(TryLockError::WouldBlock))
}

/// Whether `file` is what `path` names, and not what a link there leads to.
fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(named)) = (file.metadata(), fs::symlink_metadata(path)) else {
        return false;
    };
    (open.dev(), open.ino()) == (named.dev(), named.ino())
}

fn busy(part: &Path) -> Error {
    Error::new(
        workbench::Kind::Failed,
        format!("another run is writing {}", part.display()),
    )
    .hint("wait until it is done, or give another name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_has_no_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("clip.mkv");
        fs::write(&path, "old").expect("written");
        let (begun, _file) = PartFile::begin(&path).expect("begun");
        assert!(PartFile::begin(&path).is_err(), "another is under way");
        drop(begun);
        assert_eq!(fs::read(&path).expect("read"), b"old");
        let (begun, file) = PartFile::begin(&path).expect("begun again");
        begun.finish(&file).expect("finished");
        assert_eq!(fs::read(&path).expect("read"), b"");

        let path = folder.path().join("stills");
        let begun = PartFolder::begin(&path).expect("begun");
        assert!(PartFolder::begin(&path).is_err(), "another is under way");
        begun.write("a", b"1").expect("written");
        drop(begun);
        assert!(!path.exists());
        let begun = PartFolder::begin(&path).expect("begun again");
        begun.write("a", b"1").expect("written");
        begun.finish().expect("finished");
        assert!(path.join("a").exists());
        assert!(PartFolder::begin(&path).is_err(), "nothing is mixed");
        let left = fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(left, 2);
    }

    #[test]
    fn what_a_killed_run_left_is_cleared_away_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, filled) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(beside(&file), "half").expect("written");
        fs::create_dir_all(beside(&filled).join("data")).expect("made");
        fs::write(beside(&filled).join("data/half"), "half").expect("written");
        let (begun, made) = PartFile::begin(&file).expect("begun");
        begun.finish(&made).expect("finished");
        assert_eq!(fs::read(&file).expect("read"), b"");
        let begun = PartFolder::begin(&filled).expect("begun");
        begun.finish().expect("finished");
        assert_eq!(fs::read_dir(&filled).expect("listed").count(), 0);

        let (mine, link) = (folder.path().join("mine"), folder.path().join("c"));
        fs::write(&mine, "mine").expect("written");
        std::os::unix::fs::symlink(&mine, beside(&link)).expect("linked");
        assert!(PartFile::begin(&link).is_err(), "a link is none of ours");
        assert_eq!(fs::read(&mine).expect("read"), b"mine");
    }
}
