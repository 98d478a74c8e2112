//! Files and folders that get their name only when they are whole.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use workbench::{Error, Result};

/// A file being written beside its final name. Dropped before it is whole, it is removed.
pub struct PartFile {
    path: PathBuf,
    part: PathBuf,
    whole: bool,
}

/// A folder being filled beside its final name. Dropped before it is whole, it is removed.
pub struct PartFolder {
    path: PathBuf,
    part: PathBuf,
    whole: bool,
}

impl PartFile {
    /// Begins the file.
    pub fn begin(path: &Path) -> Result<(Self, File)> {
        let part = beside(path);
        let opened = OpenOptions::new().write(true).create_new(true).open(&part);
        let file = opened.map_err(|error| refused(&part, &error))?;
        let begun = Self {
            path: path.to_owned(),
            part,
            whole: false,
        };
        Ok((begun, file))
    }

    /// Gives the file its name, in place of another of that name.
    pub fn finish(mut self, file: &File) -> Result<()> {
        let failed = |error| Error::io(format!("writing {}", self.path.display()), &error);
        file.sync_all().map_err(failed)?;
        std::fs::rename(&self.part, &self.path).map_err(failed)?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        if !self.whole {
            // What is left then says in its name that it is a part.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

impl PartFolder {
    /// Begins the folder, which must not be there yet, unless it is empty.
    pub fn begin(path: &Path) -> Result<Self> {
        let filled = match std::fs::read_dir(path) {
            Ok(mut listed) => listed.next().is_some(),
            Err(error) => error.kind() != ErrorKind::NotFound,
        };
        if filled {
            return Err(Error::usage(format!("{} is there already", path.display()))
                .hint("name a new folder, so that nothing is mixed with what lies there"));
        }
        let part = beside(path);
        std::fs::create_dir(&part).map_err(|error| refused(&part, &error))?;
        Ok(Self {
            path: path.to_owned(),
            part,
            whole: false,
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
        std::fs::rename(&self.part, &self.path).map_err(failed)?;
        self.whole = true;
        Ok(())
    }
}

impl Drop for PartFolder {
    fn drop(&mut self) {
        if !self.whole {
            // What is left then says in its name that it is a part.
            let _ = std::fs::remove_dir_all(&self.part);
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

fn refused(part: &Path, error: &std::io::Error) -> Error {
    let told = Error::io(format!("making {}", part.display()), error);
    match error.kind() {
        ErrorKind::AlreadyExists => {
            told.hint("an interrupted run left it; remove it and try again")
        }
        _ => told,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_whole_has_no_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("clip.mkv");
        std::fs::write(&path, "old").expect("written");
        let (begun, _file) = PartFile::begin(&path).expect("begun");
        assert!(PartFile::begin(&path).is_err(), "another is under way");
        drop(begun);
        assert_eq!(std::fs::read(&path).expect("read"), b"old");
        let (begun, file) = PartFile::begin(&path).expect("begun again");
        begun.finish(&file).expect("finished");
        assert_eq!(std::fs::read(&path).expect("read"), b"");

        let path = folder.path().join("stills");
        let begun = PartFolder::begin(&path).expect("begun");
        begun.write("a", b"1").expect("written");
        drop(begun);
        assert!(!path.exists());
        let begun = PartFolder::begin(&path).expect("begun again");
        begun.write("a", b"1").expect("written");
        begun.finish().expect("finished");
        assert!(path.join("a").exists());
        assert!(PartFolder::begin(&path).is_err(), "nothing is mixed");
        let left = std::fs::read_dir(folder.path()).expect("listed").count();
        assert_eq!(left, 2);
    }
}
