//! What the harness must be able to see: that writers whose syncs do nothing lose what they said.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use store::{Blobs, Folder};

use crate::disk::{Disk, Kind};
use crate::server::Server;
use crate::writer::{WITHOUT_SYNCS, Writers, name, original};
use crate::{Machine, tell};

/// Cuts, of which one must lose something.
const TRIES: usize = 5;

/// Why no program can be made to forget its syncs here.
fn no_control() -> Option<String> {
    let (program, arguments) = WITHOUT_SYNCS.split_first()?;
    let tried = Command::new(program).args(arguments).arg("true").output();
    match tried {
        Ok(output) if output.status.success() => None,
        Ok(output) => Some(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(e) => Some(format!("{program}: {e}")),
    }
}

/// Runs `lost` on new machines until it has lost something.
fn must_lose(what: &str, lost: impl Fn() -> Result<usize, String>) {
    if let Some(why) = no_control() {
        return tell(&format!("control of power cuts, {what}: skipped: {why}"));
    }
    let mut tries = (0..TRIES).map(|_| lost());
    match tries.find(|lost| !matches!(lost, Ok(0))) {
        Some(Ok(lost)) => tell(&format!(
            "control of power cuts, {what}: {lost} lost without syncs"
        )),
        Some(Err(why)) => tell(&format!("control of power cuts, {what}: skipped: {why}")),
        None => panic!("{what}: nothing was lost without syncs: the harness sees no loss"),
    }
}

/// How many of the acknowledged entries are gone, when the writers or their server do not sync.
fn entries_lost(mut machine: Machine, writers_sync: bool) -> usize {
    let case = machine.case(0);
    let through: &[&str] = if writers_sync { &[] } else { &WITHOUT_SYNCS };
    let mut writers = Writers::start(&case, through);
    writers.work(8, Duration::ZERO);
    let (said, _, back) = machine.cut(writers);
    if back.is_err() {
        return said.len();
    }
    let items = case.open().and_then(|(store, _)| store.items());
    // A case that cannot even be opened has lost everything.
    let items = items.unwrap_or_default();
    let lost = said.into_iter().map(name);
    lost.filter(|name| !items.iter().any(|item| item.name == *name))
        .count()
}

#[test]
fn writers_on_ext4_that_do_not_sync_lose_entries() {
    must_lose("entries on ext4", || {
        Ok(entries_lost(Machine::new(Kind::Ext4, false)?, false))
    });
}

#[test]
fn writers_on_xfs_that_do_not_sync_lose_entries() {
    must_lose("entries on XFS", || {
        Ok(entries_lost(Machine::new(Kind::Xfs, false)?, false))
    });
}

#[test]
fn a_server_that_does_not_sync_loses_entries() {
    must_lose("entries of PostgreSQL", || {
        let disk = Disk::new(Kind::Ext4)?;
        let server = Some(Server::start(disk.path(), &WITHOUT_SYNCS)?);
        Ok(entries_lost(Machine { server, disk }, true))
    });
}

fn blobs_lost(kind: Kind, put: impl Fn(&Folder, &Path, &[u8])) -> Result<usize, String> {
    let disk = Disk::new(kind)?;
    let mut lost = 0;
    for n in 0..4 {
        let (bytes, acquired) = original((0, n));
        let blobs = Folder::open(&disk.path().join("blobs")).unwrap();
        put(&blobs, &blobs.path(&acquired.item), &bytes);
        disk.cut().unwrap();
        disk.restore();
        let blobs = Folder::open(&disk.path().join("blobs")).unwrap();
        lost += usize::from(
            blobs
                .check(&acquired.item, Some(acquired.size))
                .unwrap()
                .is_some(),
        );
    }
    Ok(lost)
}

/// With no database on the same disk to sync the folders along with its own.
#[test]
fn blobs_alone_are_not_lost() {
    for kind in [Kind::Ext4, Kind::Xfs] {
        match blobs_lost(kind, |blobs, _, bytes| {
            blobs.put_bytes(bytes).unwrap();
        }) {
            Ok(lost) => assert_eq!(lost, 0, "{kind:?}"),
            Err(why) => tell(&format!(
                "power cuts on {kind:?}, blobs alone: skipped: {why}"
            )),
        }
    }
}

#[test]
fn blobs_that_are_not_synced_are_lost() {
    let unsynced = |_: &Folder, path: &Path, bytes: &[u8]| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    must_lose("blobs on ext4", || blobs_lost(Kind::Ext4, unsynced));
    must_lose("blobs on XFS", || blobs_lost(Kind::Xfs, unsynced));
}
