//! ARCHITECTURE.md, "The rooms": who may know whom.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use crate::{none, root, text};

/// Which rooms each room knows. `framewitness` speaks the words of `store` and `media` (numbers,
/// frames) and picks the back ends; what is done it leaves to `workbench`.
const ARROWS: &[(&str, &[&str])] = &[
    ("framewitness", &["media", "store", "workbench"]),
    ("workbench", &["journal", "media", "reuse", "store"]),
    ("store", &["journal"]),
    ("media", &[]),
    ("reuse", &[]),
    ("journal", &[]),
];

/// Crates that only some rooms may name, and why.
const KEPT: &[(&str, &[&str], &str)] = &[
    (
        "ffmpeg-the-third",
        &["media"],
        "only the jailed decoder parses media",
    ),
    ("landlock", &["media"], "only the decoder has a jail"),
    ("seccompiler", &["media"], "only the decoder has a jail"),
    ("rusqlite", &["store"], "SQL is a back end's own business"),
    (
        "axum",
        &["framewitness"],
        "the use cases do not know the web",
    ),
    (
        "clap",
        &["framewitness"],
        "the use cases do not know the terminal",
    ),
    (
        "indicatif",
        &["framewitness"],
        "the use cases do not know the terminal",
    ),
    (
        "tokio",
        &["framewitness", "store"],
        "everything below the server is synchronous; a bucket's client is driven by its own runtime",
    ),
    (
        "object_store",
        &["store"],
        "a bucket is a back end's own business",
    ),
    (
        "jiff",
        &["workbench", "framewitness"],
        "clocks are handed in",
    ),
    (
        "getrandom",
        &["workbench", "framewitness"],
        "randomness is handed in",
    ),
];

/// The rooms as their manifests describe them.
fn rooms() -> Vec<Package> {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
        .packages
}

/// Names of what `package` depends on, for building it or for testing it.
fn dependencies(package: &Package, testing: bool) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| (dependency.kind == DependencyKind::Development) == testing)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

#[test]
fn arrows_are_as_drawn() {
    let packages = rooms();
    let drawn: BTreeMap<&str, BTreeSet<&str>> = ARROWS
        .iter()
        .map(|(room, knows)| (*room, knows.iter().copied().collect()))
        .collect();
    let names: BTreeSet<&str> = drawn.keys().copied().collect();
    assert_eq!(
        packages
            .iter()
            .map(|package| package.name.as_str())
            .collect::<BTreeSet<_>>(),
        names,
        "a room was added or taken away: draw it in ARCHITECTURE.md and here"
    );
    for package in &packages {
        let knows = |testing| {
            dependencies(package, testing)
                .intersection(&names)
                .copied()
                .collect::<BTreeSet<_>>()
        };
        let may = &drawn[package.name.as_str()];
        assert_eq!(
            &knows(false),
            may,
            "arrows from {} are not as drawn",
            package.name
        );
        assert!(
            knows(true).is_subset(may),
            "the tests of {} know {:?}",
            package.name,
            knows(true)
        );
    }
}

#[test]
fn each_outside_crate_stays_in_its_room() {
    let mut broken = Vec::new();
    for package in &rooms() {
        for (name, rooms, why) in KEPT {
            if dependencies(package, false).contains(name)
                && !rooms.contains(&package.name.as_str())
            {
                broken.push(format!("{} depends on {name}: {why}", package.name));
            }
        }
    }
    none(&broken, "ARCHITECTURE.md, \"must never know\"");
}

#[test]
fn every_crate_comes_from_the_registry_or_from_here() {
    let broken: Vec<String> = text("Cargo.lock")
        .lines()
        .filter(|line| line.starts_with("source = ") && !line.starts_with("source = \"registry+"))
        .map(str::to_owned)
        .collect();
    none(
        &broken,
        "a crate that a registry does not keep can vanish or change",
    );
}

#[test]
fn the_program_links_no_media_library() {
    let program = Path::new(env!("CARGO_BIN_EXE_framewitness"));
    let decoder = program.with_file_name("framewitness-decoder");
    assert!(
        decoder.exists(),
        "{} is not built: run cargo build first",
        decoder.display()
    );
    let links = |program: &Path| {
        let bytes = std::fs::read(program).unwrap();
        bytes
            .windows(b"libavcodec.so".len())
            .any(|window| window == b"libavcodec.so")
    };
    assert!(
        links(&decoder),
        "the decoder links libavcodec, so this test would see it"
    );
    assert!(
        !links(program),
        "framewitness links libavcodec: only its decoder may"
    );
}
