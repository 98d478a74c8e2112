//! ARCHITECTURE.md, "The rooms": who may know whom.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::{none, root, text};

/// Which rooms each room knows. `framewitness` speaks the words of `store` and `media` (numbers,
/// frames) and picks the back ends; what is done it leaves to `workbench`.
const ARROWS: &[(&str, &[&str])] = &[
    ("framewitness", &["media", "store", "workbench"]),
    (
        "workbench",
        &["journal", "media", "paper", "reuse", "store"],
    ),
    ("store", &["journal"]),
    ("media", &[]),
    ("reuse", &[]),
    ("journal", &[]),
    ("paper", &[]),
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
        "krilla",
        &["paper"],
        "how a page is written is the business of whoever lays it out",
    ),
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

/// A room as its manifest describes it.
struct Room {
    name: String,
    building: BTreeSet<String>,
    testing: BTreeSet<String>,
}

impl Room {
    fn of(package: &Value) -> Self {
        let dependencies = package["dependencies"].as_array().unwrap();
        let named = |testing: bool| {
            let wanted = move |it: &&Value| (it["kind"] == "dev") == testing;
            let names = dependencies.iter().filter(wanted);
            names.map(|it| it["name"].as_str().unwrap().to_owned())
        };
        Self {
            name: package["name"].as_str().unwrap().to_owned(),
            building: named(false).collect(),
            testing: named(true).collect(),
        }
    }
}

/// Reads what cargo says itself: the crate that would parse it gives `serde_json` a feature more, so that
/// half of all crates would be built twice, for the program and for its tests.
fn rooms() -> Vec<Room> {
    let asked = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stderr);
    assert!(asked.status.success(), "cargo metadata: {said}");
    let metadata: Value = serde_json::from_slice(&asked.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    packages.iter().map(Room::of).collect()
}

/// Those of `names` that are among `all`.
fn of<'a>(names: &'a BTreeSet<String>, all: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let names = names.iter().map(String::as_str);
    names.filter(|name| all.contains(name)).collect()
}

#[test]
fn arrows_are_as_drawn() {
    let rooms = rooms();
    let drawn: BTreeMap<&str, BTreeSet<&str>> = ARROWS
        .iter()
        .map(|(room, knows)| (*room, knows.iter().copied().collect()))
        .collect();
    let names: BTreeSet<&str> = drawn.keys().copied().collect();
    assert_eq!(
        rooms
            .iter()
            .map(|room| room.name.as_str())
            .collect::<BTreeSet<_>>(),
        names,
        "a room was added or taken away: draw it in ARCHITECTURE.md and here"
    );
    for room in &rooms {
        let may = &drawn[room.name.as_str()];
        let (knows, tests) = (of(&room.building, &names), of(&room.testing, &names));
        assert_eq!(&knows, may, "arrows from {} are not as drawn", room.name);
        assert!(
            tests.is_subset(may),
            "the tests of {} know {tests:?}",
            room.name
        );
    }
}

#[test]
fn each_outside_crate_stays_in_its_room() {
    let mut broken = Vec::new();
    for room in &rooms() {
        for (name, allowed, why) in KEPT {
            if room.building.contains(*name) && !allowed.contains(&room.name.as_str()) {
                broken.push(format!("{} depends on {name}: {why}", room.name));
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
