//! fixtures/README.md: every clip has an origin, and the bytes it came with.

use std::collections::BTreeSet;
use std::process::Command;

use crate::{files, root, text};

const LIMIT: u64 = 15_000_000;

#[test]
fn clips_are_the_bytes_that_the_listing_names() {
    let checked = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(root().join("fixtures"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");

    let listed: BTreeSet<String> = listed().map(|clip| format!("fixtures/{clip}")).collect();
    let kept: BTreeSet<String> = files()
        .into_iter()
        .filter(|file| {
            let folders = ["clips", "odd", "descriptor"].map(|name| format!("fixtures/{name}/"));
            folders.iter().any(|folder| file.starts_with(folder))
        })
        .collect();
    assert_eq!(kept, listed, "fixtures/make.sh writes SHA256SUMS");

    let size = |file: &String| root().join(file).metadata().unwrap().len();
    let total: u64 = kept.iter().map(size).sum();
    assert!(total < LIMIT, "{total} bytes of clips");
}

#[test]
fn fonts_are_the_bytes_that_the_listing_names() {
    let folder = root().join("crates/paper/fonts");
    let checked = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    let listing = text("crates/paper/fonts/SHA256SUMS");
    let page = text("crates/paper/fonts/README.md");
    for file in files().iter().filter(|file| file.ends_with(".ttf")) {
        let name = file.rsplit('/').next().unwrap();
        assert!(
            listing.contains(&format!("  {name}\n")),
            "{name} has no hash"
        );
        assert!(
            page.contains(&format!("`{name}`")),
            "README.md does not tell of {name}"
        );
    }
}

#[test]
fn every_clip_has_an_origin() {
    let page = text("fixtures/README.md");
    for clip in listed() {
        let name = clip.rsplit('/').next().unwrap();
        let told = page.contains(&format!("| `{name}` |"));
        assert!(
            told,
            "fixtures/README.md does not tell where {name} is from"
        );
    }
}

/// The clips of SHA256SUMS, relative to `fixtures/`.
fn listed() -> impl Iterator<Item = String> {
    let listing = text("fixtures/SHA256SUMS");
    let clips: Vec<String> = listing
        .lines()
        .map(|line| line.split_once("  ").unwrap().1.to_owned())
        .collect();
    clips.into_iter()
}
