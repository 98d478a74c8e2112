//! Several programs may write to one case.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "servers/postgres.rs"]
mod servers;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, thread, time::Duration};

use journal::HeldKey;
use sample::*;
use store::event::Event;
use store::{Blobs, Folder, PgStore, SqliteStore, Store};
use tempfile::TempDir;

/// Where a child of this test finds the case. Without it the child's part has nothing to do.
const CASE: &str = "FRAMEWITNESS_TEST_CASE";
/// The address of its database, where that is not in the case's folder.
const DATABASE: &str = "FRAMEWITNESS_TEST_DATABASE";
/// Who the child is.
const WRITER: &str = "FRAMEWITNESS_TEST_WRITER";
const EACH: usize = 15;

/// A case, its journal in a file or on a server.
struct Shared {
    folder: TempDir,
    database: Option<String>,
    store: Box<dyn Store>,
}

fn in_a_file() -> Result<Shared, String> {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&folder.path().join("case.db")).unwrap();
    Ok(Shared {
        folder,
        database: None,
        store: Box::new(store),
    })
}

fn on_a_server() -> Result<Shared, String> {
    let database = servers::cluster()?.case();
    let store = PgStore::create(&database).unwrap();
    Ok(Shared {
        folder: tempfile::tempdir().unwrap(),
        database: Some(database),
        store: Box::new(store),
    })
}

/// Runs `test` on a case of each kind.
fn on_each(test: fn(&Shared)) {
    for made in [in_a_file(), on_a_server()] {
        match made {
            Ok(case) => test(&case),
            Err(why) => println!("skipped: {why}"),
        }
    }
}

fn child(case: &Shared, writer: u8) -> Child {
    let mut child = Command::new(env::current_exe().unwrap());
    if let Some(database) = &case.database {
        child.env(DATABASE, database);
    }
    child
        .args(["--exact", "the_part_of_a_child", "--nocapture"])
        .env(CASE, case.folder.path())
        .env(WRITER, writer.to_string())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Puts blobs that all children share, and records a source after each.
#[test]
fn the_part_of_a_child() {
    let (Some(case), Ok(writer)) = (env::var_os(CASE).map(PathBuf::from), env::var(WRITER)) else {
        return;
    };
    let store: Box<dyn Store> = match env::var(DATABASE) {
        Ok(address) => Box::new(PgStore::open(&address).unwrap()),
        Err(_) => Box::new(SqliteStore::open(&case.join("case.db")).unwrap()),
    };
    let blobs = Folder::open(&case.join("blobs")).unwrap();
    let author = HeldKey::from_seed(format!("writer {writer}"), &[writer.parse().unwrap(); 32]);
    for n in 0..EACH {
        blobs.put_bytes(format!("blob {n}").as_bytes()).unwrap();
        store
            .append(&author, AT, &source(&format!("{writer}.{n}"), None))
            .unwrap();
    }
}

#[test]
fn processes_that_write_at_once_lose_nothing() {
    on_each(written_at_once);
}

fn written_at_once(case: &Shared) {
    let store = case.store.as_ref();
    record(store, Event::CaseOpened { name: "x".into() });
    let children: Vec<Child> = (10..14).map(|writer| child(case, writer)).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let mut names: Vec<String> = store
        .sources()
        .unwrap()
        .into_iter()
        .map(|s| s.named.name)
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4 * EACH);
    assert_eq!(store.head().unwrap().size as usize, 2 + 4 + 4 * EACH);
    assert_eq!(store.check().unwrap().problems, []);
    let blobs = Folder::open(&case.folder.path().join("blobs")).unwrap();
    let ids = blobs.ids().unwrap();
    assert_eq!(ids.len(), EACH);
    assert!(
        ids.iter()
            .all(|id| blobs.check(id, None).unwrap().is_none())
    );
}

#[test]
fn a_killed_writer_leaves_a_sound_case() {
    on_each(killed);
}

fn killed(case: &Shared) {
    let store = case.store.as_ref();
    record(store, Event::CaseOpened { name: "x".into() });
    for round in 0..8 {
        let mut child = child(case, 20 + round);
        let enough = store.head().unwrap().size + 2 + u64::from(round);
        while store.head().unwrap().size < enough {
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(store.check().unwrap().problems, []);
    }
    let blobs = Folder::open(&case.folder.path().join("blobs")).unwrap();
    assert!(
        blobs
            .ids()
            .unwrap()
            .iter()
            .all(|id| blobs.check(id, None).unwrap().is_none())
    );
    assert_eq!(
        std::fs::read_dir(case.folder.path().join("blobs/incoming"))
            .unwrap()
            .count(),
        0
    );
    record(store, source("afterwards", None));
}
