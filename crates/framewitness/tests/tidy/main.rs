//! The rules of the house that neither the compiler nor clippy knows. STYLE.md and ARCHITECTURE.md
//! give the reasons; each test names the page.

#![allow(clippy::unwrap_used)]

mod arrows;
mod fixtures;
mod sources;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Every file that git tracks or would track, relative to the root: new files too, ignored ones not.
fn files() -> Vec<String> {
    let listing = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output()
        .expect("git is needed to know which files are ours");
    assert!(
        listing.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&listing.stderr)
    );
    let mut files: Vec<String> = String::from_utf8(listing.stdout)
        .unwrap()
        .split_terminator('\0')
        .map(str::to_owned)
        .filter(|file| root().join(file).is_file())
        .collect();
    files.sort();
    files.dedup();
    assert!(
        files.len() > 50,
        "only {} files: not the repository",
        files.len()
    );
    files
}

/// The text of a file of the repository.
fn text(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Whether the file's name ends in one of `endings`.
fn ends(file: &str, endings: &[&str]) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

/// Fails with every broken rule at once, so that one run tells all.
fn none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}\n  {}", broken.join("\n  "));
}
