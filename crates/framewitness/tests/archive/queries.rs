//! A folder of files outside the case, looked for in its items.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::bench::{Bench, fixture};

fn copy(bench: &Bench, from: &str, to: &str) {
    let to = bench.path(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(fixture(from), to).unwrap();
}

fn told(output: &[u8]) -> Vec<Value> {
    let lines = std::str::from_utf8(output).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_folder_of_queries_is_looked_for_whole_and_nothing_of_it_is_recorded() {
    let bench = Bench::with(&["clips/cityCC0.mpg"]);
    copy(&bench, "clips/city-repost.mp4", "queries/a/clip.mp4");
    copy(&bench, "clips/city-repost.mp4", "queries/b/clip.mp4");
    symlink(fixture("clips"), bench.path("queries/c")).unwrap();
    let entries = bench.entries();
    let found = bench.json("match --query queries");
    let names: Vec<_> = found
        .iter()
        .map(|one| one["query"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["a/clip.mp4", "b/clip.mp4"],
        "links are not followed"
    );
    assert_eq!(found[0]["match"], Value::Null);
    assert_eq!(bench.entries(), entries);
    assert_eq!(bench.json("list").len(), 1);
}

#[test]
fn damaged_files_in_a_folder_are_told_and_passed_over() {
    let bench = Bench::with(&["clips/cityCC0.mpg"]);
    let mut holed = fs::read(fixture("clips/cityCC0.mpg")).unwrap();
    let third = holed.len() / 3;
    holed[third..third + 20_000].fill(0);
    fs::create_dir(bench.path("queries")).unwrap();
    fs::write(bench.path("queries/holed.mpg"), holed).unwrap();
    fs::write(bench.path("queries/notes.txt"), "who sent this?").unwrap();
    copy(&bench, "odd/sound-only.ogg", "queries/sound.ogg");
    copy(&bench, "clips/city-repost.mp4", "queries/z.mp4");
    let output = bench.output("Ada", "match --query queries --json");
    let talk = String::from_utf8(output.stderr).unwrap();
    let names: Vec<String> = told(&output.stdout)
        .iter()
        .map(|one| one["query"].as_str().unwrap().to_owned())
        .collect();
    assert!(names.contains(&"holed.mpg".to_owned()), "{names:?}");
    assert!(names.contains(&"z.mp4".to_owned()), "{names:?}");
    for said in [
        "holed.mpg was looked for as far as it could be read: ",
        "nothing in notes.txt could be recognised as media",
        "sound.ogg has no picture that could be looked for",
    ] {
        assert!(talk.contains(said), "{talk}");
    }
    assert_eq!(
        output.status.code(),
        Some(4),
        "the first that went wrong is damaged"
    );
    fs::remove_file(bench.path("queries/holed.mpg")).unwrap();
    assert_eq!(bench.refused("match --query queries").0, 5);
    fs::remove_file(bench.path("queries/notes.txt")).unwrap();
    fs::remove_file(bench.path("queries/sound.ogg")).unwrap();
    assert_eq!(bench.json("match --query queries").len(), 1);
}

#[test]
fn an_empty_folder_and_one_that_is_not_there_are_said() {
    let bench = Bench::with(&["clips/cityCC0.mpg"]);
    fs::create_dir(bench.path("empty")).unwrap();
    let (code, talk) = bench.refused("match --query empty");
    assert!(
        code == 4 && talk.contains("there is no file in empty"),
        "{talk}"
    );
    let (code, _) = bench.refused("match --query nowhere");
    assert_ne!(code, 0);
}
