//! Files that ask for other files, for the network, or for a program. What the programs do with them is
//! watched from outside by `tools/hostile`, which traces every process; the bait that the files name
//! stays as it was, and nobody calls the listener whose port they name.

mod bait;
mod containers;
mod scripts;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use bait::Bait;

/// Runs the script on a folder.
fn watched(folder: &Path, bait: &Bait, more: &[&str]) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/hostile");
    Command::new("python3")
        .arg(script)
        .args(["--json", "--program", env!("CARGO_BIN_EXE_framewitness")])
        .arg("--bait")
        .arg(bait.path())
        .args(more)
        .arg(folder)
        .output()
        .expect("python3 runs")
}

fn told(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn nothing_is_opened_or_called_whatever_a_file_asks_for() {
    let (folder, bait) = (TempDir::new().expect("a folder"), Bait::lay());
    scripts::write(folder.path(), &bait);
    containers::write(folder.path(), &bait);
    // One of them carries the bait along.
    bait.forget();
    let output = watched(folder.path(), &bait, &[]);
    let report = told(&output);
    assert_eq!(report["broken"], serde_json::json!([]));
    assert!(output.status.success());
    let files = report["files"].as_array().expect("files");
    let count = std::fs::read_dir(folder.path())
        .expect("the folder")
        .count();
    assert_eq!(files.len(), count);
    assert!(count > 40, "only {count} files");
    for file in files {
        let name = file["name"].as_str().expect("a name");
        let media = name.starts_with("media-");
        let outcome = file["outcome"].as_str().expect("an outcome");
        let expected: &[&str] = if media {
            &["frames", "unreadable, with a finding"]
        } else {
            &["unreadable, with a finding"]
        };
        assert!(expected.contains(&outcome), "{name}: {outcome}");
    }
    bait.assert_untouched();
}

#[test]
fn the_script_sees_a_jail_that_is_missing() {
    let (folder, bait) = (TempDir::new().expect("a folder"), Bait::lay());
    std::fs::write(folder.path().join("a.txt"), "nothing").expect("write");
    let output = watched(folder.path(), &bait, &["--unsafe-no-jail"]);
    assert_eq!(output.status.code(), Some(1));
    let broken = told(&output)["broken"].to_string();
    assert!(broken.contains("0 jails were closed"), "{broken}");
}

#[test]
fn the_bait_is_live() {
    let (folder, bait) = (TempDir::new().expect("a folder"), Bait::lay());
    scripts::write(folder.path(), &bait);
    containers::write(folder.path(), &bait);
    let path = |name: &str| folder.path().join(name);
    assert!(bait.is_called_by(&["-i"], &path("hls-http.m3u8")));
    if bait.tells_reading() {
        assert!(bait.is_read_by(&["-f", "concat", "-safe", "0", "-i"], &path("concat.txt")));
        let follow = ["-enable_drefs", "1", "-use_absolute_path", "1", "-i"];
        assert!(bait.is_read_by(&follow, &path("media-alias.mov")));
    }
}
