//! A second implementation, written from docs/formats/journal.md alone with Python's standard
//! library and OpenSSL, gives the same verdict on sound and on damaged exports.

#![allow(clippy::unwrap_used)]

mod authority;
mod exported;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use exported::Export;
use serde_json::{Value, json};

const V1: &str = include_str!("fixtures/v1.jsonl");
const V2: &str = include_str!("fixtures/v2.jsonl");

/// What our verifier says, in the other's words.
fn ours(export: &Export) -> Value {
    let said = export.verdict();
    json!({"faulty": said.faulty, "root": said.root, "size": said.size, "untrue": said.untrue})
}

fn frozen(text: &str) -> Export {
    Export {
        lines: text.lines().map(|line| line.as_bytes().to_vec()).collect(),
        ..Export::default()
    }
}

/// The sound journal; each entry missing, doubled and exchanged with the next, cut short, and flipped bits.
fn tampered(whole: &Export, flips: usize) -> Vec<Export> {
    let mut exports = vec![whole.clone()];
    let count = whole.lines.len();
    for at in 0..count {
        let mut change = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
            let mut export = whole.clone();
            change(&mut export.lines);
            // A newline would be another number of lines, not another entry.
            if !export.lines.iter().any(|line| line.contains(&b'\n')) {
                exports.push(export);
            }
        };
        change(&|lines| drop(lines.remove(at)));
        change(&|lines| lines.insert(at, lines[at].clone()));
        change(&|lines| lines.swap(at, (at + 1) % count));
        change(&|lines| lines.truncate(at + 1));
        change(&|lines| {
            let half = lines[at].len() / 2;
            lines[at].truncate(half);
        });
        for n in 0..flips {
            change(&|lines| {
                let bit = (n * 1_234_577 + at * 7919) % (lines[at].len() * 8);
                lines[at][bit / 8] ^= 1 << (bit % 8);
            });
        }
    }
    exports
}

/// Each blob missing, and with a flipped bit.
fn with_other_blobs(whole: &Export) -> Vec<Export> {
    let each = whole.blobs.iter().flat_map(|(id, bytes)| {
        let (mut missing, mut flipped) = (whole.clone(), whole.clone());
        missing.blobs.remove(id);
        let mut other = bytes.clone();
        other[bytes.len() / 2] ^= 1;
        flipped.blobs.insert(*id, other);
        [missing, flipped]
    });
    each.collect()
}

/// What the other verifier says of each.
fn theirs(exports: &[Export], folder: &Path) -> Vec<Value> {
    let _ = fs::remove_dir_all(folder);
    let paths = exports.iter().enumerate().map(|(n, export)| {
        let place = folder.join(n.to_string());
        export.write(&place);
        place.join("journal.jsonl")
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
    let output = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(script)
        .args(paths)
        .output()
        .unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{talk}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn an_independent_verifier_agrees_on_hundreds_of_exports() {
    let whole = Export::of(40);
    let mut exports = [V1, V2].map(|text| tampered(&frozen(text), 8)).concat();
    exports.extend(tampered(&whole, 6));
    exports.extend(with_other_blobs(&whole));
    assert!(exports.len() >= 550, "{}", exports.len());
    let theirs = theirs(
        &exports,
        &PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("independent"),
    );
    assert_eq!(theirs.len(), exports.len());
    let mut sound = 0;
    for (n, (theirs, export)) in theirs.iter().zip(&exports).enumerate() {
        assert_eq!(*theirs, ours(export), "{n}");
        sound += usize::from(theirs["faulty"] == json!([]) && theirs["untrue"] == json!([]));
    }
    // The whole ones, and those that lack their end alone, which only a head kept elsewhere tells.
    assert!(
        sound >= 3 && sound * 4 < exports.len(),
        "{sound} of {}",
        exports.len()
    );
    println!("{} exports, {sound} of them sound", exports.len());
}

#[test]
fn the_script_is_short_enough_to_be_read() {
    let lines = include_str!("verify_journal.py").lines().count();
    assert!(lines <= 150, "{lines}");
}
