//! What a folder of blobs does when something is wrong with it.

#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use journal::ContentId;
use store::{Blobs, Error, Folder, Place};
use tempfile::TempDir;

fn folder() -> (Folder, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Folder::open(&folder.path().join("blobs")).unwrap(), folder)
}

/// Writes `bytes` where the blob `id` lies, read-only as it is.
fn overwrite(blobs: &Folder, id: &ContentId, bytes: &[u8]) {
    let path = blobs.path(id);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&path, bytes).unwrap();
}

fn incoming(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join("blobs/incoming")).unwrap();
    entries
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn blobs_are_read_only_files_under_two_letters() {
    let (blobs, root) = folder();
    let id = blobs.put_bytes(b"evidence").unwrap().id;
    let path = root
        .path()
        .join("blobs/sha256")
        .join(&id.hex()[..2])
        .join(id.hex());
    assert_eq!(blobs.path(&id), path);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o444
    );
    assert_eq!(incoming(root.path()), [""; 0]);
}

#[test]
fn damage_is_named() {
    let (blobs, _root) = folder();
    let id = blobs.put_bytes(b"evidence").unwrap().id;
    let said = |size| blobs.check(&id, size).unwrap().unwrap().to_string();
    overwrite(&blobs, &id, b"evidencE");
    assert!(said(Some(8)).starts_with(&format!("blob {id}: its bytes are sha256:")));
    overwrite(&blobs, &id, b"evid");
    assert_eq!(said(Some(8)), format!("blob {id}: it has 4 bytes, not 8"));
    assert!(said(None).contains("its bytes are"));
    fs::remove_file(blobs.path(&id)).unwrap();
    assert_eq!(said(Some(8)), format!("blob {id}: it is missing"));
}

#[test]
fn a_damaged_blob_is_not_taken_for_the_same() {
    let (blobs, root) = folder();
    let id = blobs.put_bytes(b"evidence").unwrap().id;
    overwrite(&blobs, &id, b"evid");
    let error = blobs.put_bytes(b"evidence").unwrap_err();
    assert!(
        matches!(&error, Error::Damaged(p) if p.place == Place::Blob(id)),
        "{error}"
    );
    assert_eq!(
        fs::read(blobs.path(&id)).unwrap(),
        b"evid",
        "evidence of the damage is kept"
    );
    assert_eq!(incoming(root.path()), [""; 0]);
}

#[test]
fn only_temporary_files_of_the_dead_are_swept() {
    let (_, root) = folder();
    let path = root.path().join("blobs/incoming");
    fs::write(path.join("dead-0"), "half a blob").unwrap();
    let living = File::create(path.join("living-0")).unwrap();
    living.lock().unwrap();
    Folder::open(&root.path().join("blobs")).unwrap();
    assert_eq!(incoming(root.path()), ["living-0"]);
}

#[test]
fn writers_of_the_same_bytes_do_not_disturb_each_other() {
    let (blobs, _root) = folder();
    let bytes = vec![5; 3 << 20];
    let fresh: usize = std::thread::scope(|scope| {
        let put = || scope.spawn(|| usize::from(blobs.put_bytes(&bytes).unwrap().fresh));
        let writers: Vec<_> = (0..8).map(|_| put()).collect();
        writers.into_iter().map(|w| w.join().unwrap()).sum()
    });
    assert_eq!(fresh, 1);
    let id = ContentId::of(&bytes);
    assert_eq!(blobs.check(&id, Some(3 << 20)).unwrap(), None);
}

/// A file system of 4 MiB, where this process may mount one.
struct Small(TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "none"])
            .arg(folder.path())
            .output();
        match mount {
            Ok(output) if output.status.success() => Some(Self(folder)),
            Ok(output) => {
                println!(
                    "skipped: {}",
                    String::from_utf8_lossy(&output.stderr).trim()
                );
                None
            }
            Err(e) => {
                println!("skipped: mount: {e}");
                None
            }
        }
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        Command::new("umount").arg(self.0.path()).status().unwrap();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(small) = Small::mount() else { return };
    let blobs = Folder::open(&small.0.path().join("blobs")).unwrap();
    let kept = blobs.put_bytes(&vec![1; 1 << 20]).unwrap().id;
    let error = blobs
        .put(&mut std::io::repeat(7).take(9 << 20), &mut |_| {})
        .unwrap_err();
    assert!(matches!(error, Error::DiskFull(_)), "{error}");
    assert_eq!(incoming(small.0.path()), [""; 0]);
    assert_eq!(blobs.ids().unwrap(), [kept]);
    assert_eq!(blobs.check(&kept, Some(1 << 20)).unwrap(), None);
    blobs.put_bytes(&vec![2; 1 << 20]).unwrap();
}

#[test]
fn a_full_disk_leaves_the_case_as_it_was() {
    use store::event::{Event, SourceNamed};
    use store::{SqliteStore, Store};
    let Some(small) = Small::mount() else { return };
    let store = SqliteStore::create(&small.0.path().join("case.db")).unwrap();
    let ada = journal::HeldKey::from_seed("Ada", &[1; 32]);
    let at = "2026-05-03T10:00:00Z";
    store
        .append(&ada, at, &Event::CaseOpened { name: "x".into() })
        .unwrap();
    let large = Event::SourceNamed(SourceNamed {
        name: "n".repeat(100_000),
        kind: store::vocabulary::SourceKind::Outlet,
        url: None,
        grade: None,
        note: None,
    });
    let mut acknowledged = 2;
    let error = loop {
        match store.append(&ada, at, &large) {
            Ok(_) => acknowledged += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, Error::DiskFull(_)), "{error}");
    assert_eq!(store.head().unwrap().size, acknowledged);
    assert_eq!(store.check().unwrap().problems, []);
}
