//! Publications: what is selected, who read it, and what becomes of drafts.

use crate::bench::Bench;

fn drafted(bench: &Bench) {
    bench.run("claim add 1 morning");
    bench.run("observe 1 older --frame 3");
    bench.run("publish draft #1 C1 O1 --title Square --summary Older. --mention C2");
}

#[test]
fn a_draft_is_read_by_somebody_else() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    drafted(&bench);
    let before = bench.entries();
    let shown = bench.run("publish show B1");
    assert!(shown.contains("selected     #1 C1 O1"), "{shown}");
    let digest = bench.json("publish show B1")[0]["digest"].clone();
    let (code, told) = bench.refused(&format!(
        "publish review B1 --approve --draft sha256:{}",
        "0".repeat(64)
    ));
    assert_eq!(code, 1, "{told}");
    bench.run_as("Ben", "tag add 1 harbour");
    let (code, told) = bench.refused("publish review B1 --approve");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("let another one read it"), "{told}");
    let (code, _) = bench.refused("publish review B1 --hold");
    assert_eq!(code, 2, "without a reason");
    let digest = digest.as_str().unwrap();
    bench.run_as(
        "Ben",
        &format!("publish review B1 --approve --draft {digest}"),
    );
    let listed = bench.run("publish list");
    assert_eq!(listed, "B1  Square  as of K1  approved by Ben\n");
    let then = bench.run(&format!("publish list --as-of {}", before - 1));
    assert_eq!(then, "B1  Square  as of K1  draft\n");
    bench.run("verify");
    bench.run("rebuild");
}

#[test]
fn a_draft_is_revised_and_withdrawn_and_stays() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    drafted(&bench);
    let (code, told) = bench.refused("publish draft #1 P1 --title x --summary y");
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains("P1 is of a kind that is not published"),
        "{told}"
    );
    bench.run("publish draft #1 --title Square --summary Older. --revises B1 --checkpoint K1");
    let (code, told) = bench.refused("publish withdraw B1 --reason x");
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("go on with B2"), "{told}");
    bench.run("publish withdraw B2 --reason early");
    let listed = bench.run("publish list");
    assert!(
        listed.starts_with("B1  Square  as of K1  draft\n"),
        "{listed}"
    );
    assert!(
        listed.contains("B2  Square  as of K1  draft  revises B1  WITHDRAWN by Ada"),
        "{listed}"
    );
}
