//! Several programs may write to one case.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, thread, time::Duration};

use journal::HeldKey;
use sample::*;
use store::event::Event;
use store::{Blobs, Folder, SqliteStore, Store};

/// Where a child of this test finds the case. Without it the child's part has nothing to do.
const CASE: &str = "FRAMEWITNESS_TEST_CASE";
/// Who the child is.
const WRITER: &str = "FRAMEWITNESS_TEST_WRITER";
const EACH: usize = 15;

fn child(case: &Path, writer: u8) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "the_part_of_a_child", "--nocapture"])
        .env(CASE, case)
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
    let store = SqliteStore::open(&case.join("case.db")).unwrap();
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
    let case = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&case.path().join("case.db")).unwrap();
    record(&store, Event::CaseOpened { name: "x".into() });
    let children: Vec<Child> = (10..14).map(|writer| child(case.path(), writer)).collect();
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
    let blobs = Folder::open(&case.path().join("blobs")).unwrap();
    let ids = blobs.ids().unwrap();
    assert_eq!(ids.len(), EACH);
    assert!(
        ids.iter()
            .all(|id| blobs.check(id, None).unwrap().is_none())
    );
}

#[test]
fn a_killed_writer_leaves_a_sound_case() {
    let case = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&case.path().join("case.db")).unwrap();
    record(&store, Event::CaseOpened { name: "x".into() });
    for round in 0..8 {
        let mut child = child(case.path(), 20 + round);
        let enough = store.head().unwrap().size + 2 + u64::from(round);
        while store.head().unwrap().size < enough {
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(store.check().unwrap().problems, []);
    }
    let blobs = Folder::open(&case.path().join("blobs")).unwrap();
    assert!(
        blobs
            .ids()
            .unwrap()
            .iter()
            .all(|id| blobs.check(id, None).unwrap().is_none())
    );
    assert_eq!(
        std::fs::read_dir(case.path().join("blobs/incoming"))
            .unwrap()
            .count(),
        0
    );
    record(&store, source("afterwards", None));
}
