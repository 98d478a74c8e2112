//! STYLE.md: size, names, documentation and reach of source files.

use std::path::Path;

use crate::{ends, files, none, text};

const SOURCES: &[&str] = &[
    "rs", "ts", "svelte", "css", "html", "py", "sh", "toml", "yml",
];
const REFUSED: usize = 800;
const SMELL: usize = 500;

/// Made by a program, so nobody reads them.
fn generated(file: &str) -> bool {
    file == "web/src/api/schema.ts"
}

fn sources() -> impl Iterator<Item = String> {
    files()
        .into_iter()
        .filter(|file| ends(file, SOURCES) && !generated(file))
}

/// The Rust files of a room that are not tests.
fn room(name: &str) -> Vec<String> {
    let within = format!("crates/{name}/src/");
    let files: Vec<String> = sources()
        .filter(|file| file.starts_with(&within) && ends(file, &["rs"]))
        .filter(|file| !file.ends_with("/tests.rs") && !file.contains("/tests/"))
        .collect();
    assert!(!files.is_empty(), "no sources in {within}");
    files
}

/// The code of a file with its line numbers: no comments, nothing after the tests begin.
fn code(file: &str) -> Vec<(usize, String)> {
    text(file)
        .lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line.to_owned()))
        .collect()
}

#[test]
fn no_file_is_a_warehouse() {
    let mut broken = Vec::new();
    for file in sources() {
        let lines = text(&file).lines().count();
        if lines > REFUSED {
            broken.push(format!("{file}: {lines} lines"));
        } else if lines > SMELL {
            println!("{file}: {lines} lines, more than {SMELL}: can it be two?");
        }
    }
    none(&broken, "files of more than 800 lines");
}

#[test]
fn no_room_is_named_for_nothing() {
    const NOTHING: &[&str] = &[
        "utils", "util", "common", "helpers", "helper", "core", "misc",
    ];
    let broken: Vec<String> = sources()
        .filter(|file| {
            let path = Path::new(file);
            path.with_extension("")
                .components()
                .any(|part| NOTHING.iter().any(|name| part.as_os_str() == *name))
        })
        .collect();
    none(&broken, "a name that says nothing collects everything");
}

#[test]
fn nothing_is_left_for_later() {
    // Spelt in two halves, so that the rule does not find itself.
    let later = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let mut broken = Vec::new();
    for file in sources() {
        for (index, line) in text(&file).lines().enumerate() {
            if later.iter().any(|word| line.contains(word)) {
                broken.push(format!("{file}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    none(&broken, "open an issue, or do it");
}

#[test]
fn only_the_decoder_program_names_libav() {
    let mut broken = Vec::new();
    for file in sources().filter(|file| ends(file, &["rs"])) {
        let may = file.starts_with("crates/media/src/bin/");
        let this = file.starts_with("crates/framewitness/tests/tidy/");
        for (line, code) in code(&file) {
            if !may && !this && code.contains("ffmpeg_the_third") {
                broken.push(format!("{file}:{line}"));
            }
        }
    }
    none(&broken, "no code outside the jailed decoder parses media");
}

#[test]
fn pure_rooms_reach_for_nothing() {
    const REACH: &[&str] = &[
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::os",
        "SystemTime",
        "Instant",
        "println!",
        "getrandom",
        "OsRng",
        "thread_rng",
    ];
    let mut broken = Vec::new();
    for file in ["journal", "paper", "reuse"]
        .iter()
        .flat_map(|name| room(name))
    {
        for (line, code) in code(&file) {
            if let Some(reach) = REACH.iter().find(|reach| code.contains(**reach)) {
                broken.push(format!("{file}:{line}: {reach}"));
            }
        }
    }
    none(
        &broken,
        "journal, paper and reuse have no files, network, clock, randomness or terminal",
    );
}

#[test]
fn the_use_cases_have_no_terminal() {
    let mut broken = Vec::new();
    for file in ["workbench", "store", "media"]
        .iter()
        .flat_map(|name| room(name))
    {
        let program = file.starts_with("crates/media/src/bin/");
        for (line, code) in code(&file) {
            if !program
                && ["println!", "eprintln!", "std::io::stdin"]
                    .iter()
                    .any(|word| code.contains(word))
            {
                broken.push(format!("{file}:{line}: {}", code.trim()));
            }
        }
    }
    none(&broken, "only framewitness talks to people");
}

#[test]
fn unsafe_code_stays_in_media() {
    let allow = concat!("allow(", "unsafe_code)");
    let broken: Vec<String> = sources()
        .filter(|file| ends(file, &["rs"]) && file.contains("/src/"))
        .filter(|file| !file.starts_with("crates/media/"))
        .filter(|file| text(file).contains(allow))
        .collect();
    none(
        &broken,
        "only the decoder's shared memory and jail need unsafe code",
    );
}

#[test]
fn every_public_item_is_documented() {
    // `make test` lets no warning pass, so the compiler may either warn or deny.
    let asked = |lib: &str| {
        ["warn", "deny"]
            .iter()
            .any(|level| lib.contains(&format!("#![{level}(missing_docs)]")))
    };
    let broken: Vec<String> = ["media", "reuse", "journal", "paper", "store"]
        .iter()
        .map(|room| format!("crates/{room}/src/lib.rs"))
        .filter(|file| !asked(&text(file)))
        .collect();
    none(
        &broken,
        "the compiler is not asked to refuse an undocumented item: #![warn(missing_docs)]",
    );
}
