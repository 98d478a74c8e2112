//! A second implementation, written from docs/formats/journal.md alone with Python's standard
//! library and OpenSSL, gives the same verdict on sound and on damaged journals.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use journal::verify_chain;
use serde_json::{Value, json};

const V1: &str = include_str!("fixtures/v1.jsonl");
const V2: &str = include_str!("fixtures/v2.jsonl");

/// What our verifier says, in the other's words.
fn ours(lines: &[Vec<u8>]) -> Value {
    let chain = verify_chain(lines);
    let mut faulty: Vec<u64> = chain.faults.iter().map(|f| f.seq).collect();
    faulty.dedup();
    json!({"faulty": faulty, "root": hex::encode(chain.tree.root()), "size": chain.tree.size()})
}

/// Each sound journal; each entry missing, doubled and exchanged with the next; and flipped bits.
fn journals(sound: &str) -> Vec<Vec<Vec<u8>>> {
    let whole: Vec<Vec<u8>> = sound.lines().map(|l| l.as_bytes().to_vec()).collect();
    let mut journals = vec![whole.clone()];
    for at in 0..whole.len() {
        let mut missing = whole.clone();
        missing.remove(at);
        let mut doubled = whole.clone();
        doubled.insert(at, whole[at].clone());
        let mut exchanged = whole.clone();
        exchanged.swap(at, (at + 1) % whole.len());
        journals.extend([missing, doubled, exchanged]);
        for n in 0..2 {
            let bit = (n * 1_234_577 + at * 7919) % (whole[at].len() * 8);
            let mut flipped = whole.clone();
            flipped[at][bit / 8] ^= 1 << (bit % 8);
            // A newline would be another number of lines, not another entry.
            if !flipped[at].contains(&b'\n') {
                journals.push(flipped);
            }
        }
    }
    journals
}

#[test]
fn an_independent_verifier_agrees() {
    if let Some(missing) = ["python3", "openssl"]
        .into_iter()
        .find(|program| !runs(program))
    {
        return println!("skipped: {missing} is missing");
    }
    let whole = [V1, V2].map(|sound| sound.lines().map(|l| l.as_bytes().to_vec()).collect());
    let journals = [V1, V2].map(journals).concat();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("independent");
    fs::create_dir_all(&folder).unwrap();
    let paths = journals.iter().enumerate().map(|(n, lines)| {
        let path = folder.join(format!("{n}.jsonl"));
        fs::write(&path, [lines.join(&b'\n'), b"\n".to_vec()].concat()).unwrap();
        path
    });
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify_journal.py");
    let output = Command::new("python3")
        .arg(script)
        .args(paths)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(3),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let theirs = String::from_utf8(output.stdout).unwrap();
    assert_eq!(theirs.lines().count(), journals.len());
    for (n, (line, lines)) in theirs.lines().zip(&journals).enumerate() {
        let theirs: Value = serde_json::from_str(line).unwrap();
        assert_eq!(theirs, ours(lines), "{n}.jsonl");
        let sound = theirs["faulty"] == json!([]) && whole.iter().any(|it: &Vec<_>| it == lines);
        // A journal that lacks its end is sound by itself: the root tells.
        let short = whole.iter().any(|it| it.starts_with(lines) && it != lines);
        assert_eq!(theirs["faulty"] == json!([]), sound || short, "{n}.jsonl");
    }
}

fn runs(program: &str) -> bool {
    let version = if program == "openssl" {
        "version"
    } else {
        "--version"
    };
    Command::new(program)
        .arg(version)
        .output()
        .is_ok_and(|output| output.status.success())
}
