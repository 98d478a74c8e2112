//! Publications: what is selected, who read it, and what becomes of drafts.

use super::desk::{KEPT_BACK, SELECTED, recorded};
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
fn whoever_begins_with_a_draft_can_seal_it() {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    bench.run_as("Zoe", "publish draft #1 --title Square --summary Older.");
    bench.run_as("Ben", "publish review B1 --approve");
    bench.run_as("Zoe", "publish seal B1 --out sealed");
    bench.run("verify sealed");
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

#[test]
fn what_would_leave_is_listed_and_shown_before_anybody_seals_it() {
    let bench = recorded();
    bench.run(&format!("publish draft {SELECTED}"));
    let before = bench.entries();
    let preview = bench.json("publish preview B1").remove(0);
    let texts = |name: &str| -> Vec<String> {
        let all = preview[name].as_array().unwrap().iter();
        all.map(|it| it.as_str().unwrap().to_owned()).collect()
    };
    for stays in ["#2", "C2", "O2", "H2", "A3", "L2", "S2", "P1", "N1", "G1"] {
        assert!(texts("behind").contains(&stays.to_owned()), "{stays}");
    }
    assert_eq!(texts("actors"), ["Ada", "Cyril"]);
    let listed = bench.run("publish preview B1");
    assert!(listed.contains("data/report-item-1.html"), "{listed}");
    let page = bench.run("publish preview B1 --file data/report-item-1.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("morning"));
    for word in KEPT_BACK.iter().filter(|it| **it != "Cyril") {
        assert!(!page.contains(word), "{word}");
    }
    let (code, told) = bench.refused("publish preview B1 --file data/none");
    assert_eq!(code, 4, "{told}");
    assert_eq!(bench.entries(), before, "nothing was recorded");

    bench.run(&format!(
        "publish draft {SELECTED} --pseudonym Cyril=Analyst"
    ));
    let named = bench.json("publish preview B2").remove(0);
    assert_eq!(named["actors"], serde_json::json!(["Ada", "Analyst"]));
}
