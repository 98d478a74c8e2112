//! A folder on disk as the files of an index of prints.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use reuse::index::{Files, ReadAt};

use crate::error::{Error, Result};

/// What a file that is being written is called after its name.
const PART: &str = ".part";

/// A folder that holds the files of one index, locked as long as this lives.
#[derive(Debug)]
pub struct IndexFolder {
    path: PathBuf,
    /// The lock goes with it, also when the program is killed.
    lock: File,
}

impl IndexFolder {
    /// Opens the folder at `path`, makes it when it is not there, and clears away what a writer left
    /// that was killed.
    ///
    /// # Errors
    /// Another program has it open, or what the file system says.
    pub fn open(path: &Path) -> Result<Self> {
        let broken = |error: io::Error| Error::io(format!("opening {}", path.display()), &error);
        if !path.is_dir() {
            fs::create_dir_all(path).map_err(broken)?;
            let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
            sync(parent.unwrap_or(Path::new("."))).map_err(broken)?;
        }
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path.join("lock"))
            .map_err(broken)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::usage(format!("{} is in use", path.display()))
                    .hint("wait until the other program is done with it"));
            }
            Err(TryLockError::Error(error)) => return Err(broken(error)),
        }
        let folder = Self {
            path: path.to_owned(),
            lock,
        };
        for name in folder.names().map_err(broken)? {
            if name.ends_with(PART) {
                folder.remove(&name).map_err(broken)?;
            }
        }
        Ok(folder)
    }
}

impl Drop for IndexFolder {
    fn drop(&mut self) {
        // A process that is just being started holds the file too until it becomes another program, and
        // the lock with it. Where this fails, closing the file does the same a moment later.
        let _ = self.lock.unlock();
    }
}

impl Files for IndexFolder {
    fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            // Ours are text.
            names.extend(entry?.file_name().into_string());
        }
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<Box<dyn ReadAt>> {
        Ok(Box::new(OnDisk(File::open(self.path.join(name))?)))
    }

    fn write(
        &self,
        name: &str,
        fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let part = self.path.join(format!("{name}{PART}"));
        let mut file = File::create(&part)?;
        let written = fill(&mut file).and_then(|()| file.sync_all());
        if let Err(error) = written {
            // The next to open the folder removes it if this fails too.
            let _ = fs::remove_file(&part);
            return Err(error);
        }
        fs::rename(&part, self.path.join(name))?;
        sync(&self.path)
    }

    fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        let mut options = File::options();
        let (mut file, fresh) = match options.append(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                (options.create_new(true).open(&path)?, true)
            }
            other => (other?, false),
        };
        file.write_all(bytes)?;
        file.sync_all()?;
        if fresh { sync(&self.path) } else { Ok(()) }
    }

    fn cut(&self, name: &str, length: u64) -> io::Result<()> {
        let path = self.path.join(name);
        match File::options().write(true).open(path) {
            // An append that made no file left nothing to cut.
            Err(error) if length == 0 && error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => {
                let file = other?;
                file.set_len(length)?;
                file.sync_all()
            }
        }
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }
}

struct OnDisk(File);

impl ReadAt for OnDisk {
    fn length(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> io::Result<()> {
        self.0.read_exact_at(into, offset)
    }
}

fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
