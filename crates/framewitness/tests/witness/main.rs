//! Others vouch for a case: time stamps of OpenSSL's authority, OpenTimestamps, cosignatures of another
//! case, proofs for strangers.

#![allow(clippy::unwrap_used)]

#[path = "../../../journal/tests/authority/mod.rs"]
mod authority;
mod hundred;
#[path = "../program/mod.rs"]
mod program;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use authority::Authority;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const EC: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

/// A folder with cases of two people.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        for case in ["ada", "ben"] {
            desk.done(case, &format!("init {case}"));
            desk.done(case, "hypothesis add staged");
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Exit code, and what was said, of a command in a case, which is called as its owner.
    fn told(&self, case: &str, line: &str) -> (Option<i32>, String) {
        let mut command = program::command(self.0.path(), case, line);
        if !line.starts_with("init") && !case.is_empty() {
            command.env("FRAMEWITNESS_CASE", case);
        }
        program::told(command)
    }

    fn done(&self, case: &str, line: &str) -> String {
        let (code, said) = self.told(case, line);
        assert_eq!(code, Some(0), "{line}: {said}");
        said
    }

    fn fails(&self, code: i32, case: &str, line: &str) -> String {
        let (found, said) = self.told(case, line);
        assert_eq!(found, Some(code), "{line}: {said}");
        said
    }

    fn json(&self, case: &str, line: &str) -> Value {
        let said = self.done(case, &format!("{line} --json"));
        let last = said.lines().last().unwrap();
        serde_json::from_str(last).unwrap()
    }

    /// A time stamp of `authority` on the newest checkpoint, in a file.
    fn stamped(&self, authority: &Authority, file: &str) {
        let asked = self.json("ada", "witness request clock");
        let request = fs::read(self.path(asked["file"].as_str().unwrap())).unwrap();
        self.write(file, authority.answer(&request));
        self.write("root.der", authority.root());
    }
}

#[test]
fn time_stamps_are_asked_for_checked_and_kept() {
    let desk = Desk::new();
    let authorities = [
        Authority::new("first", EC, 0),
        Authority::new("second", EC, 3),
    ];
    let said = desk.done("ada", "witness list");
    assert!(said.contains("not anchored"), "{said}");
    for (n, authority) in authorities.iter().enumerate() {
        desk.stamped(authority, &format!("{n}.tsr"));
        desk.write(&format!("root-{n}.der"), authority.root());
    }
    let said = desk.fails(1, "ada", "witness add 0.tsr --roots root-1.der");
    assert!(said.contains("vouches for the authority"), "{said}");
    let said = desk.done("ada", "witness list");
    assert!(
        said.contains("not yet anchored by clock: no answer yet"),
        "{said}"
    );
    for n in 0..2 {
        let said = desk.done("ada", &format!("witness add {n}.tsr --roots root-{n}.der"));
        assert!(said.contains("existed by 20"), "{said}");
    }
    // Both are on one checkpoint: asking is no news to anchor.
    let listed = desk.json("ada", "witness list");
    assert_eq!(listed["number"], "K1");
    assert_eq!(listed["witnessed"].as_array().unwrap().len(), 2);
    assert_eq!(listed["waiting"], Value::Array(Vec::new()));
    let said = desk.fails(1, "ada", "witness add 0.tsr --roots root-0.der");
    assert!(said.contains("recorded already"), "{said}");

    let verified = desk.json("ada", "verify");
    let words = |member: &str| verified[member].to_string();
    for said in [
        "K1 (entries 0 to 2)",
        "existed by",
        "first-root",
        "second-root",
    ] {
        assert!(
            words("proven").contains(said),
            "{said} in {}",
            words("proven")
        );
    }
    assert!(
        words("unproven").contains("that the footage is true"),
        "{verified}"
    );
    assert!(
        words("unproven").contains("entries 3 to 7: not yet anchored"),
        "{verified}"
    );
    // Whoever trusts only the first authority is told so; nothing is broken.
    let said = desk.done("ada", "verify --roots root-0.der");
    assert_eq!(
        said.matches("not among those you trust").count(),
        1,
        "{said}"
    );
    desk.done("ada", "rebuild");

    // The stamp is on the checkpoint as `openssl ts` sees it.
    desk.done("ada", "checkpoint -o head");
    let note = listed["checkpoint"].as_str().unwrap();
    assert!(authorities[0].openssl_accepts(note.as_bytes(), &desk.read("0.tsr")));
}

#[test]
fn a_changed_time_stamp_is_named() {
    let desk = Desk::new();
    let authority = Authority::new("changed", EC, 0);
    desk.stamped(&authority, "a.tsr");
    let kept = desk.json("ada", "witness add a.tsr --roots root.der");
    let id = kept["proof"]
        .as_str()
        .unwrap()
        .strip_prefix("sha256:")
        .unwrap();
    let blob = desk.path("ada/blobs/sha256").join(&id[..2]).join(id);
    let whole = fs::read(&blob).unwrap();
    for at in [10, whole.len() / 2, whole.len() - 1] {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        replace(&blob, &flipped);
        let said = desk.fails(3, "ada", "verify");
        assert!(
            said.contains(id) && said.contains("testimony of a witness"),
            "{said}"
        );
    }
    replace(&blob, &whole);
    desk.done("ada", "verify");
}

/// Blobs are written once: even root's own programs make another file.
fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn an_authority_is_asked_over_the_network_when_a_person_says_so() {
    let desk = Desk::new();
    let authority = Authority::new("network", EC, 0);
    desk.write("root.der", authority.root());
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsr", silent.local_addr().unwrap());
    drop(silent);
    let said = desk.fails(2, "ada", &format!("witness fetch {address}"));
    assert!(said.contains("no root certificate"), "{said}");
    let said = desk.fails(
        1,
        "ada",
        &format!("witness fetch {address} --roots root.der"),
    );
    assert!(said.contains("not yet anchored"), "{said}");
    let said = desk.done("ada", "witness list");
    assert!(
        said.contains(&format!("not yet anchored by {address}")),
        "{said}"
    );

    let listener = TcpListener::bind(
        address
            .strip_prefix("http://")
            .unwrap()
            .trim_end_matches("/tsr"),
    )
    .unwrap();
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut sent = Vec::new();
        let mut piece = [0; 4096];
        // The body follows an empty line, and has the length that a request has.
        let body = loop {
            let read = stream.read(&mut piece).unwrap();
            sent.extend(&piece[..read]);
            let end = sent.windows(4).position(|it| it == b"\r\n\r\n");
            if let Some(at) = end.filter(|at| sent.len() > at + 4) {
                break sent.split_off(at + 4);
            }
        };
        let answer = authority.answer(&body);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            answer.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&answer).unwrap();
        String::from_utf8(sent).unwrap()
    });
    // Without an address, whoever did not answer is asked again.
    let said = desk.done("ada", "witness fetch --roots root.der");
    assert!(said.contains("existed by"), "{said}");
    let sent = serving.join().unwrap();
    assert!(sent.contains("application/timestamp-query"), "{sent}");
    assert!(!desk.done("ada", "witness list").contains("no answer yet"));
    // The journal said so before anything was sent, each time.
    let log = desk.done("ada", "log");
    assert_eq!(log.matches("checkpoint.asked").count(), 2, "{log}");
    desk.done("ada", "verify");
}

#[test]
fn two_cases_witness_each_other() {
    let desk = Desk::new();
    let key = desk.done("ada", "checkpoint --key");
    let key = key.trim();
    desk.done("ada", "checkpoint -o first");
    let said = desk.fails(2, "ben", "witness cosign first");
    assert!(said.contains("is not known here"), "{said}");
    let cosigned = desk.json(
        "ben",
        &format!("witness cosign first --key {key} --name other.example/desk -o first.cosigned"),
    );
    let their = cosigned["key"].as_str().unwrap().to_owned();
    desk.fails(2, "ada", "witness add first.cosigned");
    let said = desk.done("ada", &format!("witness add first.cosigned --key {their}"));
    assert!(
        said.contains("newest state that other.example/desk had seen"),
        "{said}"
    );
    desk.done("ada", "verify");

    // Later, a proof is needed that the old head is still the beginning.
    fs::create_dir(desk.path("past")).unwrap();
    fs::copy(desk.path("ada/case.db"), desk.path("past/case.db")).unwrap();
    fs::create_dir(desk.path("past/blobs")).unwrap();
    desk.done("ada", "hypothesis add genuine");
    desk.done("ada", "checkpoint -o second");
    let said = desk.fails(2, "ben", "witness cosign second");
    assert!(
        said.contains("a proof that this head continues them is needed"),
        "{said}"
    );
    desk.done("ada", "checkpoint --since first -o second");
    desk.done("ben", "witness cosign second -o second.cosigned");
    desk.done("ada", &format!("witness add second.cosigned --key {their}"));
    desk.done("ada", "verify");

    // The same people rewrite what came after the first head: the cosigner sees two pasts.
    desk.done("ada", "hypothesis add otherwise --case past");
    desk.done("ada", "hypothesis add again --case past");
    for line in ["three", "four", "five", "six", "seven"] {
        desk.done("ada", &format!("hypothesis add {line} --case past"));
    }
    let size = cosigned_size(&desk);
    desk.done(
        "ada",
        &format!("checkpoint --since {size} -o third --case past"),
    );
    let said = desk.fails(3, "ben", "witness cosign third");
    assert!(said.contains("was rewritten"), "{said}");
    let said = desk.fails(3, "ben", "witness cosign first");
    assert!(said.contains("is not that one"), "{said}");
    desk.done("ben", "verify");
    desk.done("ben", "rebuild");
}

/// Number of entries of the head that was cosigned last.
fn cosigned_size(desk: &Desk) -> u64 {
    let note = String::from_utf8(desk.read("second.cosigned")).unwrap();
    note.lines().nth(1).unwrap().parse().unwrap()
}

#[test]
fn a_stranger_checks_one_entry_without_the_case() {
    let desk = Desk::new();
    let key = desk.done("ada", "checkpoint --key");
    let key = key.trim();
    desk.done("ada", "prove 2 -o entry.tlog-proof");
    let said = desk.done("", &format!("verify --proof entry.tlog-proof --key {key}"));
    assert!(
        said.contains("hypothesis.stated") && said.contains("staged"),
        "{said}"
    );
    desk.fails(2, "", "verify --proof entry.tlog-proof");
    let text = String::from_utf8(desk.read("entry.tlog-proof")).unwrap();
    desk.write("moved", text.replace("index 2", "index 1"));
    let said = desk.fails(3, "", &format!("verify --proof moved --key {key}"));
    assert!(said.contains("is not in the journal"), "{said}");
    let other = desk.done("ben", "checkpoint --key");
    let said = desk.fails(
        3,
        "",
        &format!("verify --proof entry.tlog-proof --key {}", other.trim()),
    );
    assert!(
        said.contains("not signed by a key that was given"),
        "{said}"
    );

    desk.done("ada", "checkpoint -o old");
    desk.done("ada", "hypothesis add genuine");
    desk.done("ada", "checkpoint --since old -o new");
    let said = desk.done("", &format!("verify --proof new --against old --key {key}"));
    assert!(said.contains("unchanged"), "{said}");
    desk.done("ada", "verify --against old");
}

#[test]
fn a_promise_of_a_calendar_anchors_nothing() {
    let desk = Desk::new();
    desk.done("ada", "checkpoint -o head");
    let mut proof = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08".to_vec();
    proof.extend(Sha256::digest(desk.read("head")));
    proof.extend(b"\0\x83\xdf\xe3\x0d\x2e\xf9\x0c\x8e\x11\x10https://a.calend");
    desk.write("head.ots", &proof);
    let said = desk.done("ada", "witness add head.ots");
    assert!(
        said.contains("not yet anchored (OpenTimestamps, promised by https://a.calend)"),
        "{said}"
    );
    let verified = desk.json("ada", "verify");
    assert!(
        verified["unproven"]
            .to_string()
            .contains("entries 0 to 4: not yet anchored"),
        "{verified}"
    );
    proof[40] ^= 1;
    desk.write("other.ots", &proof);
    let said = desk.fails(2, "ada", "witness add other.ots");
    assert!(said.contains("on no checkpoint of this case"), "{said}");
}

#[test]
fn the_other_verifier_accepts_a_real_case() {
    let desk = Desk::new();
    desk.stamped(&Authority::new("real", EC, 3), "a.tsr");
    desk.done("ada", "witness add a.tsr --roots root.der");
    desk.done("ada", "key rotate");
    let clip = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/odd/rotated.mp4"
    );
    desk.done("ada", &format!("add {clip}"));
    desk.done("ada", "inspect 1");
    desk.done("ada", "remove 1 --ground law --reason order --yes");
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../journal/tests/verify_journal.py"
    );
    let verify = || {
        let mut command = Command::new("python3");
        command
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(script)
            .arg(desk.path("ada/journal.jsonl"));
        let said: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        said
    };
    desk.write("ada/journal.jsonl", desk.done("ada", "log --envelopes"));
    let (theirs, ours) = (verify(), desk.json("ada", "verify"));
    assert_eq!(
        (&theirs["faulty"], &theirs["untrue"]),
        (&Value::from([0; 0]), &Value::from([0; 0]))
    );
    assert_eq!(theirs["size"], ours["entries"]);
    assert_eq!(
        format!("sha256:{}", theirs["root"].as_str().unwrap()),
        ours["head"]["root"].as_str().unwrap()
    );
}
