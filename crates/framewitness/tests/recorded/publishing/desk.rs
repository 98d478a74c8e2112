//! A case with something of every kind, of which a part is published.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use crate::authority::Authority;
use crate::bench::Bench;

/// What is published.
pub(super) const SELECTED: &str = "#1 C1 O1 H1 A1 A2 V1 D1 L1 S1 F:#1:1 #1#frame=7 --mention C2 --title Square --question Whose-quay? --summary Older.";

/// Words that are in the case and must not be in the bundle.
pub(super) const KEPT_BACK: &[&str] = &[
    "zq-case",
    "zq-claim",
    "zq-claimant",
    "zq-url",
    "zq-seen",
    "zq-supposed",
    "zq-reasons",
    "zq-source",
    "zq-alias",
    "zq-note",
    "zq-tag",
    "zq-person",
    "zq-series",
    "zq-place",
    "zq-view",
    "zq-content",
    "zq-warning",
    "anamorphic",
    "rotated.mp4",
    "Cyril",
    "zq-acquired",
    "zq-masked",
];

/// Runs words that may hold blanks; they must succeed.
pub(super) fn say(bench: &Bench, actor: &str, words: &[&str]) -> String {
    let mut command = bench.command(actor, words[0]);
    let output = command.args(&words[1..]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// A case of three people, stamped by an authority.
pub(super) fn recorded() -> Bench {
    let bench = Bench::with(&["odd/rotated.mp4", "odd/anamorphic.mp4"]);
    let ada = |line: &str| bench.run(line);
    ada("source add @harbour --url https://example.org/harbour");
    ada("claim add 1 morning --source S1 --frame 3");
    ada("claim add 2 zq-claim --by zq-claimant --url https://example.org/zq-url");
    bench.run_as("Cyril", "observe 1 quiet --frame 3");
    ada("observe 2 zq-seen --frame 1");
    ada("claim status C1 contradicted --reason shadows --evidence O1");
    ada("hypothesis add staged --item 1");
    ada("hypothesis add zq-supposed");
    ada("hypothesis link H1 C2 I --reason older");
    ada("assess H1 --by Cyril --likelihood likely --confidence low --reasons quiet --evidence O1");
    ada("assess H1 --by Dr-B --likelihood unlikely --confidence low --reasons loud");
    ada("assess H2 --by Dr-B --likelihood unlikely --confidence low --reasons zq-reasons");
    ada("media-review 1 --code StagedContent --reasons acted --by Dr-B");
    ada("date add 1 2026-05-01 --reason shadows --basis shadow-analysis");
    ada(
        "place add 1 Quay --position 50.6412,29.9231 --precision point --reason crane --basis landmarks",
    );
    ada("place add 2 zq-place --precision town --reason x --basis landmarks");
    ada("source add zq-source");
    ada("source alias S2 zq-alias");
    ada("note add C1 zq-note");
    ada("tag add C1 zq-tag");
    ada("series add zq-series");
    ada("view save zq-view --kind claim");
    ada("content set 1 --flag graphic --note zq-warning");
    ada("person add zq-person --role minor");
    ada("person appears P1 1 --frame 7 --region 0,0,20,20");
    ada("mask draw 1 --frame 7 --region 0,0,20,20 --protects P1 --reason zq-masked");
    bench.run_as("Ben", "mask confirm X1");
    bench
}

/// Lets Ben approve what `arguments` draft; its number.
pub(super) fn approved(bench: &Bench, arguments: &str) -> String {
    let drafted = bench.json(&format!("publish draft {arguments}")).remove(0);
    let number = drafted["number"].as_str().unwrap().to_owned();
    bench.run_as("Ben", &format!("publish review {number} --approve"));
    number
}

/// A time stamp on the newest checkpoint.
pub(super) fn stamped(bench: &Bench, authority: &Authority) {
    let asked = bench.json("witness request clock").pop().unwrap();
    let request = fs::read(bench.path(asked["file"].as_str().unwrap())).unwrap();
    fs::write(bench.path("clock.tsr"), authority.answer(&request)).unwrap();
    fs::write(bench.path("root.der"), authority.root()).unwrap();
    bench.run("witness add clock.tsr --roots root.der");
}

/// An OpenTimestamps proof that a calendar promises to anchor.
pub(super) fn proof(note: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut proof = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
    proof.extend(Sha256::digest(note));
    proof.extend(b"\0\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x11\x10https://a.calend");
    proof
}

/// Such a promise on the newest checkpoint.
pub(super) fn promised(bench: &Bench) {
    bench.run("checkpoint -o head");
    let head = fs::read(bench.path("head")).unwrap();
    fs::write(bench.path("head.ots"), proof(&head)).unwrap();
    bench.run("witness add head.ots");
}

/// A cosignature of another desk on the newest checkpoint; the key of who cosigned.
pub(super) fn cosigned(bench: &Bench) -> String {
    bench.run("checkpoint -o head");
    let key = bench.run("checkpoint --key");
    let other = Bench::with(&[]);
    fs::copy(bench.path("head"), other.path("head")).unwrap();
    let line = format!(
        "witness cosign head --key {} --name other.example/desk -o cosigned --json",
        key.trim()
    );
    let cosigner: Value = serde_json::from_str(&other.run(&line)).unwrap();
    let cosigner = cosigner["key"].as_str().unwrap().to_owned();
    fs::copy(other.path("cosigned"), bench.path("cosigned")).unwrap();
    bench.run(&format!("witness add cosigned --key {cosigner}"));
    cosigner
}

/// Every file below `folder`, by path.
pub(super) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn list(folder: &Path, within: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{within}{}", entry.file_name().to_string_lossy());
            match entry.file_type().unwrap().is_dir() {
                true => list(&entry.path(), &format!("{name}/"), found),
                false => drop(found.insert(name, fs::read(entry.path()).unwrap())),
            }
        }
    }
    let mut found = BTreeMap::new();
    list(folder, "", &mut found);
    found
}

/// The same as text, with what is in base64 within decoded too.
pub(super) fn readable(files: &BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut all: Vec<(String, String)> = Vec::new();
    for (path, bytes) in files {
        let whole = text(bytes);
        let base64 = |c: char| !(c.is_ascii_alphanumeric() || "+/=".contains(c));
        for word in whole.split(base64).filter(|it| it.len() > 15) {
            if let Ok(decoded) = STANDARD.decode(word) {
                all.push((path.clone(), text(&decoded)));
            }
        }
        if path.ends_with(".pdf") {
            all.push((path.clone(), unpacked(bytes)));
        }
        all.push((path.clone(), whole));
    }
    all
}

/// What a PDF says: its text, then its objects as they are without compression.
fn unpacked(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("report.pdf");
    fs::write(&pdf, bytes).unwrap();
    let text = super::papers::printed("pdftotext", &["-raw", "FILE", "-"], &pdf);
    let plain = [
        "--qdf",
        "--object-streams=disable",
        "--decode-level=all",
        "FILE",
        "-",
    ];
    text + &super::papers::printed("qpdf", &plain, &pdf)
}

/// Whether a program says yes, in a folder, given something.
pub(super) fn accepts(folder: &Path, line: &str, given: &Path) -> bool {
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap());
    let given = fs::File::open(given).unwrap();
    let output = command
        .args(words)
        .current_dir(folder)
        .stdin(given)
        .output();
    output.unwrap().status.success()
}

/// Lays files out as a bundle; what is the same in another is linked to there.
pub(super) fn lay(folder: &Path, files: &BTreeMap<String, Vec<u8>>, like: &Path) {
    for (path, bytes) in files {
        let (path, other) = (folder.join(path), like.join(path));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match fs::read(&other) {
            Ok(same) if same == *bytes => fs::hard_link(other, path).unwrap(),
            _ => fs::write(path, bytes).unwrap(),
        }
    }
}

pub(super) fn parsed(files: &BTreeMap<String, Vec<u8>>, path: &str) -> Value {
    serde_json::from_slice(&files[path]).unwrap()
}
