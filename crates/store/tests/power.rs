//! What was acknowledged survives a power cut.
//!
//! The cut is the shutdown ioctl of ext4 on a loop mount, without flushing its log: everything
//! that was not synced is gone, as after a reset. It needs root and loop devices; where they are
//! missing the test says so. It does not model a disk that lies about flushes, nor torn sectors.
//! Killing the process would prove nothing here: the kernel keeps what was written.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use journal::ContentId;
use sample::*;
use store::event::{Acquired, Event};
use store::{Blobs, Folder, SqliteStore, Store};
use tempfile::TempDir;

/// Where the child finds the case. Without it the child's part has nothing to do.
const CASE: &str = "FRAMEWITNESS_TEST_CASE";
const CUTS: usize = 10;

/// An ext4 file system in a file, mounted until this is dropped.
struct Disk {
    image: PathBuf,
    mount: PathBuf,
    _folder: TempDir,
}

impl Disk {
    fn new() -> Result<Self, String> {
        let folder = tempfile::tempdir().unwrap();
        let (image, mount) = (folder.path().join("image"), folder.path().join("mount"));
        File::create(&image).unwrap().set_len(64 << 20).unwrap();
        std::fs::create_dir(&mount).unwrap();
        run(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&image))?;
        let disk = Self {
            image,
            mount,
            _folder: folder,
        };
        disk.mount()?;
        Ok(disk)
    }

    fn mount(&self) -> Result<(), String> {
        run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(&self.image)
            .arg(&self.mount))
    }

    /// A program that another test is just starting holds this test's open files between its fork and
    /// its exec: the disk is busy for a moment.
    fn unmount(&self) -> Result<(), String> {
        let unmounted = || run(Command::new("umount").arg(&self.mount));
        for _ in 0..50 {
            if unmounted().is_ok() {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        unmounted()
    }

    fn case(&self) -> PathBuf {
        self.mount.join("case")
    }

    /// From here on nothing reaches the disk.
    #[allow(unsafe_code)]
    fn cut(&self) -> std::io::Result<()> {
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

/// The bytes of original number `n`, and the event that names them.
fn original(n: u64) -> (Vec<u8>, Acquired) {
    let bytes = format!("original {n} ")
        .repeat(1 + n as usize % 3000)
        .into_bytes();
    let acquired = Acquired {
        item: ContentId::of(&bytes),
        size: bytes.len() as u64,
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        ..acquired(1)
    };
    (bytes, acquired)
}

/// Keeps an original, records it, says so, and goes on to the next until the power is cut.
#[test]
fn the_part_of_a_child() {
    let Some(case) = env::var_os(CASE).map(PathBuf::from) else {
        return;
    };
    let store = SqliteStore::open(&case.join("case.db")).unwrap();
    let blobs = Folder::open(&case.join("blobs")).unwrap();
    for n in store.items().unwrap().len() as u64.. {
        let (bytes, acquired) = original(n);
        blobs.put_bytes(&bytes).unwrap();
        store
            .append(&ada(), AT, &Event::ItemAcquired(acquired))
            .unwrap();
        println!("\nkept {n}");
    }
}

/// Lets a child work until it acknowledged `enough`, cuts the power, and returns the highest
/// number whose acknowledgement was read before the cut.
fn work_and_cut(disk: &Disk, enough: usize) -> u64 {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "the_part_of_a_child", "--nocapture"])
        .env(CASE, disk.case())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let numbers = lines.filter_map(|line| line.unwrap().strip_prefix("kept ")?.parse().ok());
    let last = numbers.take(enough).last();
    disk.cut().unwrap();
    end(child);
    last.unwrap()
}

fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Opens the case after a cut: everything acknowledged is there, and nothing is half there.
fn inspect(case: &Path, acknowledged: u64) {
    let store = SqliteStore::open(&case.join("case.db")).unwrap();
    assert_eq!(store.check().unwrap().problems, []);
    let items = store.items().unwrap();
    assert!(
        items.len() as u64 > acknowledged,
        "{} items, {acknowledged} acknowledged",
        items.len()
    );
    let blobs = Folder::open(&case.join("blobs")).unwrap();
    for (n, item) in items.iter().enumerate() {
        assert_eq!(item.id, original(n as u64).1.item);
        assert_eq!(blobs.check(&item.id, Some(item.size)).unwrap(), None);
    }
    let sound = |id| blobs.check(&id, None).unwrap().is_none();
    assert!(
        blobs.ids().unwrap().into_iter().all(sound),
        "half a blob under a name"
    );
}

#[test]
fn power_cuts_lose_nothing_acknowledged() {
    let disk = match Disk::new() {
        Ok(disk) => disk,
        Err(why) => return println!("skipped: {why}"),
    };
    std::fs::create_dir(disk.case()).unwrap();
    let store = SqliteStore::create(&disk.case().join("case.db")).unwrap();
    record(&store, Event::CaseOpened { name: "x".into() });
    drop(store);
    let mut acknowledged = 0;
    for cut in 0..CUTS {
        acknowledged = work_and_cut(&disk, 3 + cut);
        disk.unmount().unwrap();
        disk.mount().unwrap();
        inspect(&disk.case(), acknowledged);
    }
    println!("{CUTS} cuts, {} acknowledged, none lost", acknowledged + 1);
}

/// With no database on the same disk to sync the folders along with its own.
#[test]
fn power_cuts_lose_no_blob() {
    let disk = match Disk::new() {
        Ok(disk) => disk,
        Err(why) => return println!("skipped: {why}"),
    };
    for n in 0..4 {
        let (bytes, acquired) = original(n);
        let blobs = Folder::open(&disk.mount.join("blobs")).unwrap();
        blobs.put_bytes(&bytes).unwrap();
        disk.cut().unwrap();
        disk.unmount().unwrap();
        disk.mount().unwrap();
        assert_eq!(
            blobs.check(&acquired.item, Some(acquired.size)).unwrap(),
            None
        );
        assert_eq!(blobs.ids().unwrap().len() as u64, n + 1);
    }
}
