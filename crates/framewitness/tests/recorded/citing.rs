//! What is cited, seen from both ends.

use crate::bench::Bench;

/// A case in which frames, a finding, a source and the entry of its state are cited; with that entry.
fn citing() -> (Bench, usize) {
    let bench = Bench::with(&["odd/rotated.mp4", "clips/bigbuckbunny.mp4"]);
    bench.run("source add nobody --kind account");
    bench.run("source state S1 deleted --note gone");
    let state = bench.entries() - 1;
    bench.run("hypothesis add staged --item 1");
    let seen = bench
        .json("observe 1 blood --frame 3 --cites #2#frame=5-9 F:#2:1 S1")
        .remove(0);
    assert_eq!(
        seen["cites"],
        serde_json::json!(["#2#frame=5-9", "F:#2:1", "S1"])
    );
    let told = bench.run("observe 1");
    assert!(told.contains("cites #2#frame=5-9 F:#2:1 S1"), "{told}");
    bench.run("claim add 1 today");
    bench.run(&format!(
        "claim status C1 contradicted --evidence #1#frame=7 E{state}"
    ));
    bench.run(&format!(
        "assess H1 --likelihood likely --confidence low --reasons so --evidence O1 S1 #1#frame=5 E{state}"
    ));
    (bench, state)
}

#[test]
fn what_is_cited_is_seen_from_both_ends() {
    let (bench, state) = citing();
    let both_ends = |address: &str, by: &[&str], text: &str| {
        let linked = bench.json(&format!("show {address}")).remove(0);
        assert_eq!(linked["cited_by"], serde_json::json!(by), "{address}");
        let said = linked["text"].as_str().unwrap();
        assert!(said.contains(text), "{address}: {said}");
    };
    both_ends("S1", &["O1", "A1"], "nobody");
    both_ends("#2#frame=5-9", &["O1"], "frames 5 to 9 of bigbuckbunny.mp4");
    both_ends("F:#2:1", &["O1"], "");
    both_ends(&format!("E{state}"), &["C1", "A1"], "S1 deleted");
    both_ends("O1", &["A1"], "blood");
    both_ends("#1", &[], "rotated.mp4");
    let told = bench.run("show S1");
    assert!(told.contains("cited by O1 A1"), "{told}");
    let found = bench.run(&format!("search --cites E{state}"));
    assert!(found.contains("C1") && found.contains("A1"), "{found}");
}

#[test]
fn what_is_cited_stays() {
    let (bench, state) = citing();
    for (wrong, by) in [
        (format!("undo {state} --reason slip"), "C1"),
        (format!("undo {} --reason slip", state - 1), "O1"),
    ] {
        let (exit, told) = bench.refused(&wrong);
        assert_eq!(exit, 1, "{told}");
        assert!(told.contains(&format!("{by} rests on it")), "{told}");
    }
    let (exit, told) = bench.refused("observe 1 x --cites #1#frame=99999");
    assert_eq!(exit, 4, "{told}");
    let (exit, told) = bench.refused("observe 1 x --cites there");
    assert_eq!(exit, 2, "{told}");
}

#[test]
fn the_report_pictures_cited_frames_and_names_what_is_cited() {
    let (bench, _) = citing();
    bench.run("report 1 -o r.html");
    let report = std::fs::read_to_string(bench.path("r.html")).unwrap();
    for shown in ["id=\"frame-5\"", "id=\"frame-7\"", "#2#frame=5-9", "nobody"] {
        assert!(report.contains(shown), "{shown}");
    }
    let before = bench.entries() - 1;
    bench.run("observe 1 later --cites O1");
    bench.run(&format!("report 1 -o then.html --as-of {before}"));
    assert_eq!(
        std::fs::read_to_string(bench.path("then.html")).unwrap(),
        report
    );
    let then = bench.json(&format!("show O1 --as-of {before}")).remove(0);
    assert_eq!(then["cited_by"], serde_json::json!(["A1"]));
    bench.run("verify");
    bench.run("rebuild");
}
