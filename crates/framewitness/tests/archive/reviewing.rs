//! A reviewer confirms or rejects a match; what was rejected stays quiet.

use crate::bench::Bench;

const CLIPS: [&str; 2] = ["clips/cityCC0.mpg", "clips/city-repost.mp4"];

#[test]
fn a_rejected_match_stays_quiet_until_the_word_is_taken_back() {
    let bench = Bench::with(&CLIPS);
    let found = bench.json("match");
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["match"], &found[0]["verdict"]),
        (&"M1".into(), &"unreviewed".into())
    );

    bench.run("review confirm M1 --note same-crane");
    let rejected = bench.run_as("Ben", "review reject M1");
    assert!(rejected.contains("M1") && rejected.contains("rejected"));
    let entries = bench.entries();
    for quiet in ["match", "match #1", "match #2", "review list"] {
        assert_eq!(bench.json(quiet).len(), 0, "{quiet}");
    }
    assert_eq!(bench.entries(), entries, "it was recorded again");
    assert_eq!(bench.json("list")[0]["matches"], 0);
    for told in ["match --rejected", "review list --rejected"] {
        assert_eq!(bench.json(told)[0]["verdict"], "rejected", "{told}");
    }

    bench.run("review withdraw M1 --note too-soon");
    let listed = bench.json("review list").remove(0);
    assert_eq!(listed["verdict"], "unreviewed");
    let history: Vec<_> = listed["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .map(|said| {
            (
                said["actor"].as_str().unwrap(),
                said["verdict"].as_str().unwrap(),
                said["note"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        history,
        [
            ("Ada", "confirmed", Some("same-crane")),
            ("Ben", "rejected", None),
            ("Ada", "unreviewed", Some("too-soon")),
        ]
    );
    assert_eq!(bench.json("match")[0]["match"], "M1");
    bench.run("rebuild");
    bench.run("verify");
}

#[test]
fn a_report_leaves_out_what_was_rejected_unless_somebody_rests_on_it() {
    let bench = Bench::with(&CLIPS);
    bench.run("match");
    let report = |name: &str| {
        bench.run(&format!("report #2 -o {name}"));
        std::fs::read_to_string(bench.path(name)).unwrap()
    };
    assert!(report("before.html").contains("id=\"M1\""));
    bench.run("review reject M1 --note other-towers");
    assert!(!report("quiet.html").contains("id=\"M1\""));
    bench.run("claim add #2 Filmed-tonight");
    bench.run("claim status C1 contradicted --evidence M1");
    let cited = report("cited.html");
    assert!(cited.contains("id=\"M1\"") && cited.contains("other-towers"));
}

#[test]
fn a_word_on_no_match_or_none_to_take_back_is_refused() {
    let bench = Bench::with(&CLIPS);
    let (code, told) = bench.refused("review confirm M1");
    assert!(code == 4 && told.contains("there is no match M1"), "{told}");
    bench.run("match");
    let (code, told) = bench.refused("review withdraw M1");
    assert!(code == 1 && told.contains("no word on M1 stands"), "{told}");
    let (code, _) = bench.refused("review reject C1");
    assert_eq!(code, 2);
}
