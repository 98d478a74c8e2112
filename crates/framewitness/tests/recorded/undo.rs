//! Taking back what was recorded.

use crate::bench::Bench;

#[test]
fn what_is_undone_stays_in_sight_and_counts_no_more() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run("observe 1 blood --frame 3");
    bench.run("hypothesis add staged --item 1");
    bench.run("hypothesis link H1 O1 C --reason fits");
    bench.run("hypothesis link H1 O1 II --reason slipped");
    let last = bench.entries() - 1;
    let undone = bench.json(&format!("undo {last} --reason mistyped"));
    assert_eq!(undone[0]["number"], "H1");
    assert_eq!(undone[0]["entry"], last + 1);
    let told = bench.run("hypothesis list");
    assert!(told.contains("II  O1  slipped  WITHDRAWN by Ada"), "{told}");
    let matrix = bench.json("hypothesis matrix").remove(0);
    assert_eq!(
        matrix["evidence"][0]["cells"][0]["standing"][0]["bearing"],
        "C"
    );
    assert_eq!(matrix["analysts"][0]["order"][0]["inconsistency"], 0);
    // The report tells what stands; as it stood, it tells what was undone since.
    bench.run("report 1 -o now.html");
    bench.run(&format!("report 1 -o then.html --as-of {last}"));
    let says = |name: &str| {
        std::fs::read_to_string(bench.path(name))
            .unwrap()
            .contains("slipped")
    };
    assert_eq!((says("now.html"), says("then.html")), (false, true));
    let (code, told) = bench.refused(&format!("undo {} --reason x", last - 3));
    assert_eq!(code, 1, "{told}");
    assert!(
        told.contains("O1 cannot be withdrawn: H1 rests on it"),
        "{told}"
    );
    bench.run("verify");
    bench.run("rebuild");
}
