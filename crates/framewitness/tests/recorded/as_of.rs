//! The case as it stood.

use serde_json::Value;

use crate::bench::Bench;

/// A case in which Dr A changes her mind after a report was written.
fn revised() -> Bench {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("observe 1 blood --frame 3");
    bench.run("hypothesis add staged --item 1");
    bench.run(
        "assess H1 --by A --likelihood likely --confidence low --reasons impact --evidence O1",
    );
    bench.run("report 1 -o first.html");
    bench.run("observe 1 wound --frame 5");
    bench.run("assess H1 --by A --likelihood unlikely --confidence low --reasons again --revises A1 --evidence O2");
    bench
}

/// Entries of a kind, in order.
fn entries(bench: &Bench, kind: &str) -> Vec<Value> {
    let mut entries = bench.json("log");
    entries.retain(|entry| entry["kind"] == kind);
    entries
}

fn written(bench: &Bench, name: &str) -> String {
    std::fs::read_to_string(bench.path(name)).unwrap()
}

#[test]
fn a_report_as_of_an_earlier_state_is_the_report_that_was_written_then() {
    let bench = revised();
    let first = written(&bench, "first.html");
    let report = &entries(&bench, "report.written")[0];
    let own = report["seq"].as_u64().unwrap();
    let revision = entries(&bench, "assessment.made")[1]["seq"]
        .as_u64()
        .unwrap();
    let before = bench.entries();
    for (name, state) in [("own", own), ("basis", own - 1)] {
        let shown =
            bench.json(&format!("report 1 -o {name}.html --as-of {state}"))[0]["report"].clone();
        assert_eq!(written(&bench, &format!("{name}.html")), first, "{state}");
        assert_eq!(shown, report["body"]["report"]);
    }
    // Written again now, it says what was said since.
    bench.run("report 1 -o now.html");
    assert_ne!(written(&bench, "now.html"), first);
    bench.run(&format!("report 1 -o revised.html --as-of {revision}"));
    assert_eq!(written(&bench, "revised.html"), written(&bench, "now.html"));
    assert_eq!(
        bench.entries(),
        before + 1,
        "a report as of a state is no entry"
    );
    // And again: that a report was written changes no report.
    bench.run("report 1 -o again.html");
    assert_eq!(written(&bench, "again.html"), written(&bench, "now.html"));
}

#[test]
fn the_first_entry_of_a_new_author_may_be_a_report() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run_as("Ben", "report 1 -o ben.html");
    let own = entries(&bench, "report.written")[0]["seq"].clone();
    bench.run(&format!("report 1 -o own.html --as-of {own}"));
    assert_eq!(written(&bench, "own.html"), written(&bench, "ben.html"));
}

#[test]
fn every_read_is_of_the_state_asked_for() {
    let bench = revised();
    let first = &entries(&bench, "assessment.made")[0];
    let (seq, at) = (
        first["seq"].as_u64().unwrap(),
        first["at"].as_str().unwrap(),
    );
    for state in [seq.to_string(), at.to_owned()] {
        let one = bench.json(&format!("hypothesis list --as-of {state}"));
        let judged = one[0]["assessments"].as_array().unwrap();
        assert_eq!(judged.len(), 1, "{state}");
        assert!(judged[0]["superseded_by"].is_null());
        assert_eq!(bench.json(&format!("observe 1 --as-of {state}")).len(), 1);
        let log = bench.json(&format!("log --as-of {state}"));
        assert_eq!(log.len() as u64, seq + 1);
    }
    assert_eq!(bench.json("hypothesis list --as-of 1").len(), 0);
    assert_eq!(bench.json("list --as-of 1").len(), 0);
    assert_eq!(bench.json("list --as-of 9998-12").len(), 1);
}

#[test]
fn a_checkpoint_names_the_state_that_it_signed() {
    let bench = revised();
    let signed = bench.run("log --checkpoint --as-of 4");
    std::fs::write(bench.path("kept.txt"), &signed).unwrap();
    assert_eq!(signed.lines().nth(1), Some("5"));
    assert_eq!(bench.json("log --as-of kept.txt").len(), 5);
    let root = signed.lines().nth(2).unwrap();
    let other = signed.replace(root, &root.to_uppercase());
    std::fs::write(bench.path("other.txt"), other).unwrap();
    let (code, told) = bench.refused("log --as-of other.txt");
    assert_eq!(code, 2, "{told}");
}

#[test]
fn nothing_can_be_recorded_in_an_earlier_state() {
    let bench = revised();
    let before = (bench.entries(), blobs(&bench));
    let clip = crate::bench::fixture("clips/city-repost.mp4");
    for command in [
        format!("add {}", clip.display()),
        "inspect 1 --again".to_owned(),
        "match".to_owned(),
        "observe 1 x --frame 1".to_owned(),
        "claim add 1 x".to_owned(),
        "source add x".to_owned(),
        "hypothesis add x".to_owned(),
        "hypothesis link H1 O1 C --reason x".to_owned(),
        "watch add 1".to_owned(),
        "watch search".to_owned(),
        "rebuild".to_owned(),
        "verify".to_owned(),
        "init other".to_owned(),
    ] {
        let (code, told) = bench.refused(&format!("{command} --as-of 8"));
        assert_eq!(code, 2, "{command}: {told}");
        assert!(told.contains("hint: "), "{command}: {told}");
    }
    assert_eq!((bench.entries(), blobs(&bench)), before);
    assert!(!bench.path("other").exists());
}

fn blobs(bench: &Bench) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![bench.path("case/blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.clone());
            }
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_state_that_never_was_is_said_to_be_none() {
    let bench = Bench::with(&[]);
    for (state, code, says) in [
        ("9", 4, "numbered 0 to 1"),
        ("1999-01-01", 4, "its first entry is of"),
        ("yesterday", 2, "names no state"),
        ("2026-02-30", 2, "names no state"),
    ] {
        let (found, told) = bench.refused(&format!("list --as-of {state}"));
        assert_eq!(found, code, "{state}: {told}");
        assert!(told.contains(says), "{state}: {told}");
    }
}
