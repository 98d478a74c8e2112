//! Being told when footage appears again.

use std::fs;

use serde_json::{Value, json};

use crate::bench::Bench;

const ORIGINAL: &str = "clips/cityCC0.mpg";
const REPOST: &str = "clips/city-repost.mp4";

/// What an inspection told of the watch list, by watch and match.
fn seen(inspected: &Value) -> Vec<[&str; 2]> {
    let seen = inspected["seen_again"].as_array();
    seen.into_iter()
        .flatten()
        .map(|one| ["watch", "match"].map(|name| one[name].as_str().unwrap()))
        .collect()
}

#[test]
fn what_is_watched_for_is_found_on_arrival_and_once() {
    let bench = Bench::with(&[ORIGINAL]);
    bench.run("watch add #1 --note the-towers");
    bench.add(REPOST);
    let told = bench.json("inspect --all");
    assert_eq!(seen(&told[0]), Vec::<[&str; 2]>::new());
    assert_eq!(seen(&told[1]), [["W1", "M1"]]);

    let entries = bench.entries();
    assert_eq!(seen(&bench.json("inspect #2")[0]), Vec::<[&str; 2]>::new());
    assert_eq!(bench.json("watch search").len(), 0);
    assert_eq!(bench.json("match").len(), 1);
    assert_eq!(bench.entries(), entries, "it was matched or recorded again");

    let listed = bench.json("watch list").remove(0);
    assert_eq!(
        (
            &listed["matches"][0]["number"],
            &listed["note"],
            &listed["waiting"]
        ),
        (&json!("M1"), &json!("the-towers"), &json!([]))
    );
    bench.run("watch end W1");
    assert_eq!(bench.json("watch list").len(), 0);
    assert_eq!(bench.json("watch list --ended").len(), 1);
    bench.run("rebuild");
    bench.run("verify");
}

#[test]
fn a_span_is_watched_for_and_not_what_lies_around_it() {
    let bench = Bench::with(&[ORIGINAL]);
    // The repost shows frames 25 to 174.
    bench.run("watch add #1 --frame 177 --to 189");
    bench.run("watch add #1 --frame 60 --to 80");
    bench.add(REPOST);
    assert_eq!(seen(&bench.json("inspect #2")[0]), [["W2", "M1"]]);
}

#[test]
fn what_is_there_is_searched_at_once_and_rejections_stay_quiet() {
    let bench = Bench::with(&[ORIGINAL, REPOST]);
    let watch = bench.json("watch add #1").remove(0);
    assert_eq!(watch["matches"][0]["number"], "M1");
    bench.run("review reject M1");
    let watch = bench.json("watch add #2").remove(0);
    assert_eq!(watch["matches"], json!([]));
    assert_eq!(bench.json("review list --rejected").len(), 1);
}

#[test]
fn a_search_that_was_cut_off_is_made_up_for() {
    let bench = Bench::with(&[ORIGINAL]);
    bench.run("watch add #1");
    bench.add(REPOST);
    let item = bench
        .json("log")
        .into_iter()
        .find(|one| one["kind"] == "item.inspected");
    let prints = item.unwrap()["body"]["prints"].as_str().unwrap().to_owned();
    let hex = prints.strip_prefix("sha256:").unwrap();
    let blob = bench.path(&format!("case/blobs/sha256/{}/{hex}", &hex[..2]));
    let aside = bench.path("aside");
    fs::rename(&blob, &aside).unwrap();
    let (code, told) = bench.refused("inspect #2");
    assert!(code == 3 || code == 4, "{told}");
    let waiting = bench.json("watch list").remove(0)["waiting"].clone();
    assert_eq!(waiting, json!(["#2"]), "the inspection itself was kept");

    fs::rename(&aside, &blob).unwrap();
    let told = bench.json("inspect #2").remove(0);
    assert_eq!(told["fresh"], false);
    assert_eq!(seen(&told), [["W1", "M1"]]);
}

#[test]
fn nothing_is_watched_for_twice_or_before_it_was_inspected() {
    let bench = Bench::with(&[ORIGINAL]);
    bench.add(REPOST);
    let (code, told) = bench.refused("watch add #2");
    assert!(
        code == 1 && told.contains("inspect #2 first"),
        "{code} {told}"
    );
    bench.run("watch add #1");
    let (code, told) = bench.refused("watch add #1");
    assert!(
        code == 1 && told.contains("W1 watches for this already"),
        "{told}"
    );
    let (code, _) = bench.refused("watch end W2");
    assert_eq!(code, 4);
}
