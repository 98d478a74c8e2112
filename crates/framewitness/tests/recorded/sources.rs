//! Sources: what became of them, what they are held to be worth, and the series that they release.

use crate::bench::Bench;

#[test]
fn a_grade_is_revised_shown_as_it_was_and_taken_back() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("source add @uploader --grade C");
    bench.run("claim add 1 words --source S1");
    bench.run("source grade S1 A --by Ben --reason known");
    let first = bench.entries() - 1;
    bench.run("report 1 -o first.html");
    bench.run("source grade S1 E --by Ben --reason recycled");
    let revised = bench.entries() - 1;
    let told = bench.run("source list");
    assert!(told.contains("grades C (Ada), E (Ben)"), "{told}");
    assert!(
        told.contains(&format!("superseded by entry {revised}")),
        "{told}"
    );
    let then = bench.run(&format!("source list --as-of {first}"));
    assert!(
        then.contains("grades C (Ada), A (Ben)") && !then.contains("superseded"),
        "{then}"
    );
    let html = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap();
    bench.run("report 1 -o now.html");
    bench.run(&format!("report 1 -o then.html --as-of {first}"));
    assert!(html("now.html").contains("recycled") && html("now.html").contains("known"));
    assert_eq!(html("then.html"), html("first.html"));
    bench.run(&format!("undo {revised} --reason mistyped"));
    let told = bench.run("source list");
    assert!(told.contains("grades C (Ada), A (Ben)"), "{told}");
    assert!(told.contains("WITHDRAWN by Ada"), "{told}");
    bench.run("report 1 -o last.html");
    assert!(!html("last.html").contains("recycled"));
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn what_is_known_of_a_source_lies_in_the_order_of_its_times() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("source add @uploader");
    bench.run("source add paper --kind outlet");
    bench.run("source state S1 deleted --at 2026-05-03T07:30:00Z --proof-item 1");
    bench.run("source state S1 live --at 2026-05");
    bench.run("source alias S1 @older --until 2025-12");
    bench.run("source relate S1 publishes-for S2 --from 2026-01");
    bench.run("series add dawn --source S1");
    bench.run("series place G1 1 1 --released 2026-05-02");
    bench.run("claim add 1 tonight --source S1");
    bench.run("claim add 1 yesterday --source S1 --asserted 2026-05-04T10:00:00+02:00");
    let before = bench.entries() - 1;
    bench.run("source state S1 suspended --at 2024");
    let taken_back = bench.entries() - 1;
    bench.run(&format!("undo {taken_back} --reason mistyped"));
    let told = bench.json("source timeline S1").remove(0);
    let events = told["events"].as_array().unwrap();
    let lines: Vec<String> = { events.iter() }
        .map(|it| format!("{} {} {}", it["kind"], it["from"], it["stated"]).replace('"', ""))
        .collect();
    // The item was obtained by this test, some day later than all that it tells of.
    assert_eq!(
        lines[..7],
        [
            "name null false",
            "tie 2026-01 true",
            "state 2026-05 true",
            "item 2026-05-02 true",
            "state 2026-05-03T07:30:00Z true",
            "capture 2026-05-03T07:30:00Z true",
            "claim 2026-05-04T10:00:00+02:00 true",
        ]
    );
    assert!(
        lines[7].starts_with("capture ") && lines[7].ends_with(" false"),
        "{lines:?}"
    );
    assert_eq!(lines[8..], ["claim null false"]);
    let text = bench.run("source timeline S1");
    assert!(text.contains("until 2025-12  name  @older"), "{text}");
    assert!(
        text.contains("time not known  claim  C1  #1  tonight"),
        "{text}"
    );
    assert!(
        text.contains("2026-05-02  item  G1  #1  rotated.mp4"),
        "{text}"
    );
    assert!(!text.contains("suspended"), "{text}");
    assert_eq!(
        bench.run(&format!("source timeline S1 --as-of {before}")),
        text
    );
    assert_eq!(bench.json("source timeline").len(), 2);
    assert_eq!(bench.refused("source timeline S9").0, 4);
}

#[test]
fn a_state_is_kept_with_what_shows_it() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("source add @uploader");
    std::fs::write(bench.path("profile.html"), "<p>suspended</p>").unwrap();
    let proof = bench.path("profile.html");
    let state = format!(
        "source state S1 suspended --at 2026-05-03T18:20:00Z --proof-item 1 --proof-url https://example.org/p --proof-file {}",
        proof.display()
    );
    let seen = bench.json(&state).remove(0)["observations"][0].clone();
    assert_eq!(seen["observed"], "2026-05-03T18:20:00Z");
    assert_ne!(
        seen["at"], seen["observed"],
        "seen and recorded are two times"
    );
    let forms: Vec<_> = { seen["proof"].as_array().unwrap().iter() }
        .map(|it| it["form"].as_str().unwrap())
        .collect();
    assert_eq!(forms, ["item", "blob", "url"]);
    let id = seen["proof"][1]["blob"].as_str().unwrap();
    for named in ["profile.html", id] {
        assert_eq!(
            bench.run(&format!("source proof S1 {named} -o -")),
            "<p>suspended</p>"
        );
    }
    let (code, told) = bench.refused("source proof S1 other.html -o -");
    assert_eq!(code, 4, "{told}");
    bench.run("verify");
    // What shows it is evidence: it is kept, and verified like any other.
    let hex = seen["proof"][1]["blob"].as_str().unwrap()[7..].to_owned();
    let blob = bench.path(&format!("case/blobs/sha256/{}/{hex}", &hex[..2]));
    let mut permissions = std::fs::metadata(&blob).unwrap().permissions();
    #[expect(
        clippy::permissions_set_readonly_false,
        reason = "the folder is this test's own"
    )]
    permissions.set_readonly(false);
    std::fs::set_permissions(&blob, permissions).unwrap();
    std::fs::write(&blob, "<p>live</p>").unwrap();
    let (code, told) = bench.refused("verify");
    assert_eq!(code, 3, "{told}");
    let (code, told) = bench.refused("source state S1 live --proof-item 9");
    assert_eq!(code, 4, "{told}");
}

#[test]
fn a_series_says_what_is_missing() {
    let bench = Bench::with(&["odd/rotated.mp4", "clips/cityCC0.mpg"]);
    bench.run("source add @uploader");
    bench.run("series add dawn --source S1");
    bench.run("series place G1 1 2 --label second");
    bench.run("series place G1 2 4");
    let told = bench.run("series list");
    assert!(told.contains("not in the case: 1 3"), "{told}");
    let (code, told) = bench.refused("series place G1 2 1");
    assert_eq!(
        (code, told.contains("#2 is in G1 already")),
        (1, true),
        "{told}"
    );
    bench.run("report 1 -o report.html");
    let html = std::fs::read_to_string(bench.path("report.html")).unwrap();
    assert!(html.contains("This item is release 2") && html.contains("does not have: 1, 3."));
    assert!(html.contains("@uploader"), "who releases it is told");
}
