//! A bundle of another case comes in, as evidence with its proofs checked.

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use workbench::publication::check_bundle;
use workbench::witness::Trust;

use super::desk::*;
use super::struck::{started, struck, was_struck};
use crate::bench::Bench;

/// Another team's case, and the bundle of what they publish with its original.
fn theirs(more: &str) -> Bench {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 morning --by eyewitness --frame 3");
    bench.run("observe 1 quayside --frame 3");
    bench.run("hypothesis add contrived --item 1");
    bench.run("assess H1 --by Dr-B --likelihood unlikely --confidence low --reasons shadowless");
    let selected = "#1 C1 O1 H1 A1 F:#1:1 --title Harbour --question Earliest? --summary Older.";
    let number = approved(&bench, &format!("{selected} --originals{more}"));
    bench.run(&format!("publish seal {number} --out bundle"));
    bench
}

fn taken(bench: &Bench, from: &Path, more: &str) -> Value {
    let line = format!("import {}{more}", from.display());
    bench.json(&line).remove(0)
}

fn kinds(bench: &Bench) -> Vec<String> {
    let log = bench.json("log");
    log.iter()
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
#[test]
fn a_bundle_comes_in_as_evidence_and_stays_theirs() {
    let other = theirs(" --acquisitions");
    let bundle = other.path("bundle");
    let bench = Bench::with(&["odd/anamorphic.mp4"]);
    let before = bench.entries();
    let signer = bench_signer(&other);
    let more = format!(" --from https://example.org/harbour --signer {signer}");
    let came = taken(&bench, &bundle, &more);
    assert_eq!(
        (&came["number"], &came["new"]),
        (&"U1".into(), &true.into())
    );
    assert_eq!(came["linked"][0]["item"], "#2", "the original is an item");
    assert_eq!(
        kinds(&bench)[before..],
        ["publication.received", "item.acquired"]
    );

    let item = bench.json("list").pop().unwrap();
    assert_eq!(item["name"], "rotated.mp4");
    let hash = bench.json("verify")[0]["problems"].clone();
    assert_eq!(hash, serde_json::json!([]));
    let listed = bench.run("received list");
    assert!(
        listed.starts_with("U1  Harbour  B1 of Ada, SHA256:"),
        "{listed}"
    );
    let shown = bench.run("received show U1");
    for words in [
        "obtained     https://example.org/harbour",
        "their #1 is #2",
        "asked        Earliest?",
        "they say     C1 [unverified]  morning",
        "they say     A1 [unlikely]  shadowless",
        "not proven   that the footage is true",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("whose key"), "the key was named: {shown}");

    // Theirs is found, and is not ours.
    for word in [
        "morning",
        "eyewitness",
        "quayside",
        "shadowless",
        "contrived",
        "earliest",
    ] {
        let found = bench.json(&format!("search {word}"));
        let numbers: Vec<&str> = found
            .iter()
            .filter_map(|it| it["number"].as_str())
            .collect();
        assert_eq!(numbers, ["U1"], "{word}");
    }
    for line in ["claim list", "hypothesis list"] {
        assert_eq!(bench.run(line), "", "{line}");
    }
    bench.run("hypothesis add older");
    bench.run("hypothesis link H1 U1 C --reason theirs");
    let named = bench.run("show U1");
    assert!(
        named.contains("Harbour (of Ada)") && named.contains("cited by H1"),
        "{named}"
    );

    // Twice is once, and it goes out as it came.
    let entries = bench.entries();
    let again = taken(&bench, &bundle, "");
    assert_eq!(
        (&again["number"], &again["new"]),
        (&"U1".into(), &false.into())
    );
    assert_eq!(bench.entries(), entries);
    bench.run("received give U1 --out again");
    assert_eq!(files(&bundle), files(&bench.path("again")));
    assert_eq!(
        bench.json("received verify U1")[0]["damage"],
        serde_json::json!([])
    );
    let (code, _) = bench.refused("received verify U1 --signer SHA256:AAAA");
    assert_eq!(code, 3);
    let then = bench.run(&format!("received list --as-of {}", before - 1));
    assert_eq!(then, "", "before, there was none");
    let (code, _) = bench.refused(&format!("received show U1 --as-of {}", before - 1));
    assert_eq!(code, 4);
    bench.run("rebuild");
}

fn bench_signer(other: &Bench) -> String {
    let checked = other.json("verify bundle").remove(0);
    checked["signer"].as_str().unwrap().to_owned()
}

#[test]
fn nothing_is_taken_of_a_bundle_with_which_anything_is_wrong() {
    let other = theirs("");
    let sound = files(&other.path("bundle"));
    let bench = Bench::with(&[]);
    let (entries, kept) = (bench.entries(), files(&bench.path("case/blobs")));
    for (at, path) in sound.keys().enumerate() {
        let mut files = sound.clone();
        let bytes = files.get_mut(path).unwrap();
        let last = bytes.len() - 2;
        bytes[last] ^= 1;
        let folder = bench.path(&format!("broken-{at}"));
        lay(&folder, &files, &other.path("bundle"));
        let (code, told) = bench.refused(&format!("import {}", folder.display()));
        let form = path == "bagit.txt";
        assert!(
            code == 3 && (form || told.contains("nothing was taken")),
            "{path}: {told}"
        );
    }
    let mut more = sound.clone();
    more.insert("data/more.txt".to_owned(), b"more".to_vec());
    lay(&bench.path("more"), &more, &other.path("bundle"));
    assert_eq!(bench.refused("import more").0, 3);
    let line = format!(
        "import {} --signer SHA256:AAAA",
        other.path("bundle").display()
    );
    assert_eq!(bench.refused(&line).0, 3, "by another key");
    assert_eq!(bench.entries(), entries);
    assert_eq!(files(&bench.path("case/blobs")), kept);
    let (code, told) = bench.refused("import case");
    assert_eq!(code, 2, "{told}");
    let line = format!("import {} there --note x", other.path("bundle").display());
    assert_eq!(bench.refused(&line).0, 2, "one thing or the other");
}

#[test]
fn an_encrypted_bundle_is_opened_and_an_original_that_is_here_is_linked() {
    let other = theirs("");
    let made = std::process::Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
        .arg(other.path("friend"))
        .status();
    assert!(made.unwrap().success());
    other.run("publish seal B1 --out bundle.tar.age --age friend.pub");
    let bench = Bench::with(&["odd/rotated.mp4"]);
    let packed = other.path("bundle.tar.age");
    let stranger = format!(" --identity {}", bench.path("home/keys/Ada").display());
    let line = format!("import {}{stranger}", packed.display());
    assert!(!bench.output("Ada", &line).status.success());
    let identity = format!(" --identity {}", other.path("friend").display());
    let came = taken(&bench, &packed, &identity);
    assert_eq!(came["linked"][0]["item"], "#1");
    assert_eq!(bench.json("list").len(), 1, "the same bytes are one item");
    bench.run("received give U1 --out again");
    assert_eq!(files(&bench.path("again")), files(&other.path("bundle")));
    let left = bench.path("case/scratch/received");
    assert!(!left.exists(), "it lies unpacked no longer than it must");

    // Where the item goes, what shows it goes too, and is not taken again.
    bench.run("remove 1 --ground law --reason order --yes");
    assert_eq!(bench.refused("received give U1 --out gone").0, 4);
    assert!(bench.run("received show U1").contains("morning"));
    assert_eq!(bench.refused("received verify U1").0, 3);
    bench.run("verify");
    let bundle = other.path("bundle");
    let again = taken(&bench, &bundle, "");
    assert_eq!(again["new"], false);
    assert!(!bench.path("gone").exists());
    bench.run("verify");
}

#[test]
fn the_check_of_a_bundle_tells_how_far_it_is_and_stops_when_it_is_told() {
    let other = theirs("");
    let bundle = other.path("bundle");
    let check = |most: usize| {
        let mut told: Vec<(u64, u64)> = Vec::new();
        let checked = check_bundle(&bundle, &[], &Trust::default(), &mut |done, total| {
            told.push((done, total));
            match told.len() < most {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        (checked, told)
    };
    let (checked, told) = check(usize::MAX);
    assert!(checked.unwrap().ok);
    let sizes = files(&bundle).values().map(Vec::len).sum::<usize>() as u64;
    assert!(told.iter().all(|it| it.1 == sizes) && told.is_sorted());
    assert!(
        told.len() > 20 && told.last().unwrap().0 > sizes * 9 / 10,
        "{told:?}"
    );
    let (checked, told) = check(5);
    assert_eq!(told.len(), 5, "not a byte more is read");
    assert_eq!(checked.unwrap_err().message, "it was stopped");
}

/// Interrupted anywhere, nothing of it is entered, and nothing stays unpacked.
#[test]
fn an_import_that_is_interrupted_enters_nothing() {
    let other = theirs("");
    let packed = std::process::Command::new("tar")
        .args(["-cf", "bundle.tar", "bundle"])
        .current_dir(other.path(""))
        .status();
    assert!(packed.unwrap().success());
    let mut hits = 0;
    for (at, name) in ["bundle", "bundle.tar"].repeat(4).into_iter().enumerate() {
        let bench = Bench::with(&[]);
        let line = format!("import {}", other.path(name).display());
        let begun = std::time::Instant::now();
        let wait = Duration::from_millis(15 + 12 * at as u64);
        let output = struck(started(&bench, &line), "-INT", || begun.elapsed() >= wait);
        // Before it listens, a signal ends it as it ends every program.
        let hit = output.status.signal() == Some(2) || was_struck(&output, "-INT");
        hits += usize::from(hit);
        let came = kinds(&bench)
            .iter()
            .any(|kind| kind == "publication.received");
        assert!(!hit || !came, "{name} after {wait:?}");
        assert!(!bench.path("case/scratch/received").exists());
        bench.run("verify");
        bench.run(&line);
        assert!(kinds(&bench).contains(&"item.acquired".to_owned()));
    }
    assert!(hits > 2, "only {hits} were interrupted before their end");
}

/// Killed anywhere, it comes in whole when it is imported again.
#[test]
fn an_import_that_was_killed_is_ended_by_the_next() {
    let other = theirs("");
    let line = format!("import {}", other.path("bundle").display());
    let mut killed = 0;
    for wait in 0..10 {
        let bench = Bench::with(&[]);
        let mut child = bench.command("Ada", &line).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(8 * wait));
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().signal() == Some(9));
        bench.run("verify");
        bench.run(&line);
        bench.run(&line);
        let of = |kind: &str| kinds(&bench).iter().filter(|it| *it == kind).count();
        let came = (of("publication.received"), of("item.acquired"));
        assert_eq!(came, (1, 1), "killed after {} ms", 8 * wait);
        bench.run("received give U1 --out again");
        assert_eq!(files(&bench.path("again")), files(&other.path("bundle")));
        bench.run("verify");
        fs::remove_dir_all(bench.path("again")).unwrap();
    }
    assert!(killed > 2, "only {killed} were killed before their end");
}
