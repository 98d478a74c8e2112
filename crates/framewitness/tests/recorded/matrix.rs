//! Hypotheses against evidence.

use serde_json::{Value, json};

use crate::bench::Bench;

/// Three hypotheses and four observations, rated by Ada.
fn rated() -> Bench {
    let bench = Bench::with(&["odd/rotated.mp4"]);
    for text in ["nothing", "minor", "major"] {
        bench.run(&format!("hypothesis add {text}"));
    }
    for (at, cells) in [
        ["C", "C", "I"],
        ["C", "C", "I"],
        ["II", "C", "C"],
        ["I", "C", "C"],
    ]
    .iter()
    .enumerate()
    {
        bench.run(&format!("observe 1 seen --frame {at}"));
        for (column, bearing) in cells.iter().enumerate() {
            link(&bench, "Ada", column + 1, at + 1, bearing);
        }
    }
    bench
}

fn link(bench: &Bench, actor: &str, hypothesis: usize, seen: usize, bearing: &str) {
    let command = format!("hypothesis link H{hypothesis} O{seen} {bearing} --reason so");
    bench.run_as(actor, &command);
}

fn matrix(bench: &Bench) -> Value {
    bench.json("hypothesis matrix").remove(0)
}

fn order(analysis: &Value) -> Vec<(String, u64)> {
    let scores = analysis["order"].as_array().unwrap().iter();
    scores
        .map(|one| {
            let number = one["hypothesis"].as_str().unwrap().to_owned();
            (number, one["inconsistency"].as_u64().unwrap())
        })
        .collect()
}

fn scored(pairs: [(&str, u64); 3]) -> Vec<(String, u64)> {
    pairs
        .map(|(number, score)| (number.to_owned(), score))
        .into()
}

#[test]
fn taking_the_flagged_evidence_away_flips_the_order() {
    let bench = rated();
    let analysis = matrix(&bench)["analysts"][0].clone();
    assert_eq!(order(&analysis), scored([("H2", 0), ("H3", 2), ("H1", 3)]));
    let weight = analysis["weight"].as_array().unwrap();
    let flagged: Vec<&Value> = (weight.iter())
        .filter(|one| one["flips"] != json!([]))
        .collect();
    assert_eq!(flagged.len(), 1);
    assert_eq!(flagged[0]["evidence"], "O3");
    assert_eq!(flagged[0]["flips"], json!([["H3", "H1"]]));
    let told = bench.run("hypothesis matrix");
    assert!(told.contains("without it H1 comes before H3"), "{told}");
    // Held not to apply, it is as if it were not there; the earlier ratings stay.
    for hypothesis in 1..=3 {
        link(&bench, "Ada", hypothesis, 3, "NA");
    }
    let revised = matrix(&bench);
    let order = order(&revised["analysts"][0]);
    assert_eq!(order, scored([("H2", 0), ("H1", 1), ("H3", 2)]));
    assert_eq!(
        revised["evidence"][2]["cells"][0]["revised"][0]["bearing"],
        "II"
    );
}

#[test]
fn analysts_stand_side_by_side() {
    let bench = rated();
    link(&bench, "Ben", 2, 1, "II");
    let both = matrix(&bench);
    let cell = &both["evidence"][0]["cells"][1];
    assert_eq!(cell["dissent"], true);
    let standing = cell["standing"].as_array().unwrap();
    let told: Vec<_> = (standing.iter())
        .map(|one| {
            (
                one["actor"].as_str().unwrap(),
                one["bearing"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(told, [("Ada", "C"), ("Ben", "II")]);
    assert_eq!(cell["revised"], json!([]), "nobody revises another");
    let names: Vec<_> = (both["analysts"].as_array().unwrap().iter())
        .map(|one| one["actor"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Ada", "Ben"]);
    let ada = order(&both["analysts"][0]);
    assert_eq!(ada, scored([("H2", 0), ("H3", 2), ("H1", 3)]));
    let ben = order(&both["analysts"][1]);
    assert_eq!(ben, scored([("H1", 0), ("H3", 0), ("H2", 2)]));
    assert_eq!(both["analysts"][1]["order"][0]["unrated"], 1);
}

#[test]
fn a_matrix_has_earlier_states() {
    let bench = rated();
    let then = bench.entries() - 1;
    let before = matrix(&bench);
    link(&bench, "Ada", 1, 3, "CC");
    let again = bench.json(&format!("hypothesis matrix --as-of {then}"));
    assert_eq!(again[0], before);
    assert_ne!(matrix(&bench), before);
}
