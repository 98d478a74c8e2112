//! When and where what items show came about.

use crate::bench::Bench;

#[test]
fn a_date_is_revised_shown_as_it_was_and_taken_back() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("claim add 1 words");
    bench.run("date add 1 2026-05-03 --basis claim:C1 --reason caption");
    let first = bench.entries() - 1;
    bench.run("report 1 -o first.html");
    bench.run("date add 1 2026-05 --basis shadow-analysis --reason shadows --revises D1 --footing established");
    let revised = bench.entries() - 1;
    bench.run("place add 1 square --position 50.6412,29.9231 --precision street --basis landmarks --reason kiosk --frame 7");
    let told = bench.run("date list 1");
    assert!(
        told.contains("superseded by D2") && told.contains("revises D1"),
        "{told}"
    );
    let then = bench.run(&format!("date list --as-of {first}"));
    assert!(
        then.contains("D1  [claimed]  2026-05-03 (day)") && !then.contains("D2"),
        "{then}"
    );
    let html = |name: &str| std::fs::read_to_string(bench.path(name)).unwrap();
    bench.run("report 1 -o now.html");
    bench.run(&format!("report 1 -o then.html --as-of {first}"));
    assert_eq!(html("then.html"), html("first.html"));
    let now = html("now.html");
    assert!(now.contains("latitude, longitude 50.6412,29.9231") && now.contains("revised by D2"));
    assert!(
        now.contains("id=\"frame-7\""),
        "the frame that the place is seen in is a figure"
    );
    let (code, told) = bench.refused(&format!("undo {} --reason x", first - 1));
    assert_eq!((code, told.contains("D1 rests on it")), (1, true), "{told}");
    bench.run(&format!("undo {revised} --reason mistyped"));
    let told = bench.run("date list 1");
    assert!(
        !told.contains("superseded") && told.contains("WITHDRAWN by Ada"),
        "{told}"
    );
    bench.run("report 1 -o last.html");
    assert!(!html("last.html").contains("shadows"));
    bench.run("verify");
    bench.run("rebuild");
}
