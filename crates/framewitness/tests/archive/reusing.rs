//! Clusters of reuse: who had the footage first, as far as anybody knows.

use serde_json::Value;

use crate::bench::{Bench, fixture};

fn only(bench: &Bench, arguments: &str) -> Value {
    let mut clusters = bench.json(arguments);
    assert_eq!(clusters.len(), 1, "{arguments}");
    clusters.remove(0)
}

/// From which item to which, and what says so.
fn edge(cluster: &Value) -> [&str; 3] {
    let link = &cluster["links"][0];
    ["from", "to", "basis"].map(|name| link[name].as_str().unwrap())
}

#[test]
fn who_was_first_follows_from_what_is_known_and_changes_with_it() {
    let bench = Bench::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    assert_eq!(bench.json("reuse").len(), 0);
    bench.run("match");

    // Nobody said anything of times: the repost lies in the original, which has more.
    let cluster = only(&bench, "reuse");
    assert_eq!(edge(&cluster), ["#2", "#1", "extent"]);
    assert_eq!(cluster["footage"][0]["earliest"], Value::Array(vec![]));
    assert_eq!(cluster["items"][0]["times"]["used"], "acquired");

    let original = fixture("clips/cityCC0.mpg");
    bench.run(&format!("add {} --uploaded 2019-05", original.display()));
    assert_eq!(edge(&only(&bench, "reuse #2")), ["#2", "#1", "extent"]);
    bench.run("claim add #2 Tonight --by @rooftop --asserted 2026-05-03");
    let cluster = only(&bench, "reuse #1");
    assert_eq!(edge(&cluster), ["#2", "#1", "time"]);
    assert_eq!(cluster["footage"][0]["earliest"][0], "#1");
    let times = &cluster["items"][0]["times"];
    assert_eq!(
        (
            &times["used"],
            &times["uploaded"]["at"],
            &times["uploaded"]["rests_on"]
        ),
        (&"uploaded".into(), &"2019-05".into(), &"person".into())
    );
    assert!(bench.run("reuse").contains("#2 may come from #1, by time"));

    // An older claim turns it round, and what does not fit is said.
    bench.run("claim add #2 Seen-before --asserted 2010");
    let cluster = only(&bench, "reuse");
    assert_eq!(edge(&cluster), ["#1", "#2", "time"]);
    let reasons = cluster["links"][0]["reasons"].to_string();
    assert!(
        reasons.contains("#2 alone cannot be all that #1 was made from"),
        "{reasons}"
    );

    bench.run("review reject M1");
    assert_eq!(bench.json("reuse").len(), 0);
}

#[test]
fn an_upload_at_no_time_is_refused_and_leaves_no_entry() {
    let bench = Bench::with(&[]);
    let clip = fixture("clips/cityCC0.mpg");
    let entries = bench.entries();
    let (code, told) = bench.refused(&format!("add {} --uploaded yesterday", clip.display()));
    assert!(code == 2 && told.contains("yesterday"), "{code} {told}");
    assert_eq!(bench.entries(), entries);
}
