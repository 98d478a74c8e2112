//! Comparing only with what the index nominates.

use std::fs;

use crate::bench::{Bench, fixture};

/// The matches but for how they are told.
fn matches(bench: &Bench, command: &str) -> Vec<String> {
    let told = bench.json(command);
    told.iter()
        .map(|one| format!("{} {} {}", one["query"], one["reference"], one["score"]))
        .collect()
}

#[test]
fn what_the_index_nominates_is_what_a_comparison_with_all_finds_here() {
    let bench = Bench::with(&[
        "clips/cityCC0.mpg",
        "clips/city-repost.mp4",
        "clips/bigbuckbunny.mp4",
    ]);
    let quick = matches(&bench, "match --quick");
    assert_eq!(quick.len(), 1, "{quick:?}");
    assert_eq!(quick, matches(&bench, "match"));
    let said = bench.run("match --quick");
    let sum = "Queries: 3. Items that the index nominated and that were compared: 1.";
    assert!(said.contains(sum), "{said}");
    let item = matches(&bench, "match --quick #2");
    assert_eq!(item, quick);
    let query = fixture("clips/city-repost.mp4");
    let files = bench.json(&format!("match --quick --query {}", query.display()));
    assert_eq!(files.len(), 2, "the item itself, and its source");
}

#[test]
fn an_index_that_is_harmed_or_goes_back_in_time_is_made_anew() {
    let bench = Bench::with(&["clips/cityCC0.mpg", "clips/city-repost.mp4"]);
    let whole = matches(&bench, "match --quick");
    assert_eq!(whole.len(), 1);
    let scratch = bench.path("case/scratch");
    let index = fs::read_dir(scratch).unwrap().map(|it| it.unwrap().path());
    let index = { index }.find(|path| path.is_dir()).unwrap();
    for file in fs::read_dir(&index).unwrap() {
        let path = file.unwrap().path();
        if path.file_name().unwrap() == "lock" {
            continue;
        }
        let kept = fs::read(&path).unwrap();
        let mut harmed = kept.clone();
        let middle = harmed.len() / 2;
        harmed[middle] ^= 1;
        fs::write(&path, harmed).unwrap();
        assert_eq!(
            matches(&bench, "match --quick"),
            whole,
            "{}",
            path.display()
        );
    }
    fs::remove_dir_all(&index).unwrap();
    assert_eq!(matches(&bench, "match --quick"), whole);
    std::os::unix::fs::symlink("/etc/passwd", index.join("0000000009.log")).unwrap();
    let (_, said) = bench.refused("match --quick");
    assert!(said.contains("index-"), "{said}");
}
