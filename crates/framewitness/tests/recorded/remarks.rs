//! Tags, notes and what to know before an item is opened.

use crate::bench::Bench;

#[test]
fn what_is_removed_stays_on_record_and_leaves_the_report() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("observe 1 blood --frame 3");
    bench.run("tag add O1 contested");
    bench.run("note add 1 secretive");
    bench.run("content set 1 --flag graphic --note careful");
    let before = bench.entries() - 1;
    bench.run("report 1 -o first.html");
    let html = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap();
    let first = html("first.html");
    assert!(first.contains("contested") && first.contains("secretive"));
    assert!(
        first.contains("Before you look: graphic"),
        "the report warns first"
    );
    bench.run("tag remove O1 contested --reason settled");
    bench.run("note remove N1");
    bench.run("content set 1 --flag graphic death");
    bench.run("report 1 -o now.html");
    let now = html("now.html");
    assert!(!now.contains("contested") && !now.contains("secretive"));
    assert!(now.contains("Before you look: graphic, death"));
    let told = bench.run("tag list O1");
    assert!(
        told.contains("WITHDRAWN by Ada") && told.contains("settled"),
        "{told}"
    );
    let then = bench.run(&format!("note list 1 --as-of {before}"));
    assert!(
        then.contains("secretive") && !then.contains("WITHDRAWN"),
        "{then}"
    );
    bench.run(&format!("report 1 -o then.html --as-of {before}"));
    assert_eq!(html("then.html"), first);
    bench.run("verify");
    bench.run("rebuild");
}
