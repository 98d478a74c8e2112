//! A file system in a file, whose power can be cut.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Ext4,
    Xfs,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Ext4 => "ext4",
            Self::Xfs => "xfs",
        }
    }

    fn make(self) -> Command {
        let mut make = Command::new(format!("mkfs.{}", self.name()));
        match self {
            Self::Ext4 => make.args(["-q", "-F"]),
            Self::Xfs => make.arg("-q"),
        };
        make
    }
}

/// A file system in a file, mounted until this is dropped.
pub(crate) struct Disk {
    image: PathBuf,
    mount: PathBuf,
    _folder: TempDir,
}

impl Disk {
    /// A new one of 320 MiB, which XFS needs; or why there can be none here.
    pub(crate) fn new(kind: Kind) -> Result<Self, String> {
        let name = kind.name();
        let known = std::fs::read_to_string("/proc/filesystems").unwrap_or_default();
        if !known.lines().any(|line| line.ends_with(name)) {
            return Err(format!("this kernel has no {name}"));
        }
        // Its own syncs cost nothing there, and what the cut takes away never reached it.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let folder = folder.map_err(|e| e.to_string())?;
        let (image, mount) = (folder.path().join("image"), folder.path().join("mount"));
        let disk = Self {
            image,
            mount,
            _folder: folder,
        };
        let made = File::create(&disk.image).and_then(|file| file.set_len(320 << 20));
        made.and_then(|()| std::fs::create_dir(&disk.mount))
            .map_err(|e| e.to_string())?;
        run(kind.make().arg(&disk.image))?;
        disk.mount()?;
        Ok(disk)
    }

    /// The folder where it is seen.
    pub(crate) fn path(&self) -> &Path {
        &self.mount
    }

    fn mount(&self) -> Result<(), String> {
        run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(&self.image)
            .arg(&self.mount))
    }

    /// A program that another test is just starting holds this test's open files between its fork and
    /// its exec, and one that was killed takes a while to end: the disk is busy for a moment.
    fn unmount(&self) -> Result<(), String> {
        let unmounted = || run(Command::new("umount").arg(&self.mount));
        for _ in 0..500 {
            if unmounted().is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        unmounted()
    }

    /// From here on nothing reaches the disk.
    #[allow(unsafe_code)]
    pub(crate) fn cut(&self) -> std::io::Result<()> {
        const SHUTDOWN: libc::c_ulong = 0x8004_587d; // _IOR('X', 125, u32)
        let without_flushing_the_log: u32 = 2;
        let root = File::open(&self.mount)?;
        // SAFETY: the descriptor is open for the call, and this ioctl reads one u32 through the
        // pointer, which is that of a local.
        let said = unsafe {
            libc::ioctl(
                root.as_raw_fd(),
                SHUTDOWN,
                &raw const without_flushing_the_log,
            )
        };
        if said == 0 {
            Ok(())
        } else {
            Err(std::io::Error::last_os_error())
        }
    }

    /// The power comes back. Whoever had files open must be gone.
    pub(crate) fn restore(&self) {
        self.unmount().unwrap();
        self.mount().unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Not mounted, when mounting is what failed.
        let _ = self.unmount();
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{command:?}: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
    }
}
