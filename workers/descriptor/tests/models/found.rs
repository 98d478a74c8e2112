//! What a descriptor adds to matching, and what it leaves as it was.

use std::fs;
use std::process::Command;

use super::desk::{Desk, fixture};

/// A case with a clip and the same clip turned by a quarter, which the ordinary method does not look for.
fn turned() -> Desk {
    let desk = Desk::new();
    let clip = fixture("clips/cityCC0.mpg");
    let made = Command::new("ffmpeg")
        .args("-v error -nostdin -i".split(' '))
        .arg(&clip)
        .args(
            "-an -vf transpose=1,scale=404:720 -c:v libx264 -preset ultrafast -threads 1"
                .split(' '),
        )
        .arg(desk.path("turned.mp4"))
        .status()
        .expect("ffmpeg is installed");
    assert!(made.success());
    let repost = fixture("clips/city-repost.mp4");
    let add = [
        "add",
        clip.to_str().expect("text"),
        "turned.mp4",
        repost.to_str().expect("text"),
    ];
    assert_eq!(desk.run(&add).code, Some(0));
    let inspected = desk.run(&["inspect", "--all"]);
    assert_eq!(inspected.code, Some(0), "{}", inspected.err);
    desk
}

fn layout() -> String {
    fixture("descriptor").to_str().expect("text").to_owned()
}

#[test]
fn results_change_only_when_it_is_enabled() {
    let desk = turned();
    let ordinary = desk.run(&["match", "--json"]);
    assert_eq!(ordinary.code, Some(0), "{}", ordinary.err);
    assert_eq!(ordinary.out.lines().count(), 1, "{}", ordinary.out);
    assert!(!ordinary.out.contains("learned"));

    let with = desk.run(&["match", "--json", "--descriptor", &layout()]);
    assert_eq!(with.code, Some(0), "{}", with.err);
    let mut lines = with.out.lines();
    let mut more: Vec<serde_json::Value> = Vec::new();
    let mut same = 0;
    for line in &mut lines {
        if ordinary.out.lines().any(|one| one == line) {
            same += 1;
        } else {
            more.push(serde_json::from_str(line).expect("JSON"));
        }
    }
    assert_eq!(
        same, 1,
        "what is found without it is told to the byte: {}",
        with.out
    );
    let whole = more
        .iter()
        .find(|one| one["query"] == "turned.mp4")
        .expect("the turned clip");
    assert_eq!(whole["reference"], "cityCC0.mpg");
    assert_eq!(whole["basis"]["shared"], "learned");
    let learned = &whole["basis"]["learned"];
    assert_eq!(
        (&learned["name"], &learned["version"]),
        (&"layout".into(), &"1".into())
    );
    let json = fs::read_to_string(fixture("descriptor/descriptor.json")).expect("the fixture");
    let model = learned["model"]
        .as_str()
        .and_then(|id| id.strip_prefix("sha256:"));
    assert!(json.contains(model.expect("an id")));
    let lock = include_str!("../../Cargo.lock");
    let locked = lock
        .split_once("name = \"rten\"\nversion = \"")
        .expect("rten")
        .1;
    let version = locked.split('"').next().expect("a version");
    let runtime = learned["runtime"].as_str().expect("text");
    assert!(runtime.ends_with(&format!("rten {version}")), "{runtime}");
    let frames = &whole["query_frames"];
    assert!(
        frames[0].as_u64() < Some(10) && frames[1].as_u64() > Some(179),
        "{whole}"
    );

    // It is in the record, whose word is the same with or without the folder, and is verified.
    let again = desk.run(&["match", "--json"]);
    assert_eq!(again.out, ordinary.out);
    let verified = desk.run(&["verify"]);
    assert_eq!(verified.code, Some(0), "{}{}", verified.out, verified.err);
    let rebuilt = desk.run(&["rebuild"]);
    assert_eq!(rebuilt.code, Some(0), "{}", rebuilt.err);
}

#[test]
fn vectors_are_made_once_and_those_of_others_are_not_believed() {
    let desk = turned();
    let first = desk.run(&["match", "--descriptor", &layout()]);
    assert_eq!(first.code, Some(0), "{}", first.err);
    let kept = || -> Vec<_> {
        let all = fs::read_dir(desk.path("case/scratch")).expect("a folder");
        let mut all: Vec<_> = all.map(|one| one.expect("an entry").path()).collect();
        all.retain(|path| path.extension().is_some_and(|end| end == "vectors"));
        all.sort();
        all
    };
    let before = kept();
    assert_eq!(before.len(), 3);
    let written = |path: &std::path::PathBuf| fs::metadata(path).expect("there").modified().ok();
    let times: Vec<_> = before.iter().map(written).collect();
    let bytes = fs::read(&before[0]).expect("read");
    let second = desk.run(&["match", "--descriptor", &layout()]);
    assert_eq!(second.out, first.out);
    assert_eq!(before.iter().map(written).collect::<Vec<_>>(), times);

    let mut other = bytes.clone();
    *other.last_mut().expect("bytes") ^= 1;
    fs::write(&before[0], &other).expect("write");
    let third = desk.run(&["match", "--descriptor", &layout()]);
    assert_eq!(third.out, first.out);
    assert_eq!(fs::read(&before[0]).expect("read"), bytes);
}

#[test]
fn a_file_outside_the_case_is_looked_for_and_nothing_of_it_is_kept() {
    let desk = Desk::new();
    let clip = fixture("clips/cityCC0.mpg");
    assert_eq!(
        desk.run(&["add", clip.to_str().expect("text")]).code,
        Some(0)
    );
    assert_eq!(desk.run(&["inspect", "--all"]).code, Some(0));
    let made = Command::new("ffmpeg")
        .args("-v error -nostdin -i".split(' '))
        .arg(&clip)
        .args(
            "-an -vf transpose=2,scale=404:720 -c:v libx264 -preset ultrafast -threads 1"
                .split(' '),
        )
        .arg(desk.path("lying.mp4"))
        .status();
    assert!(made.expect("ffmpeg is installed").success());
    let ask = ["match", "--query", "lying.mp4"];
    let ordinary = desk.run(&ask);
    assert!(!ordinary.out.contains("cityCC0.mpg"), "{}", ordinary.out);
    let with = desk.run(&[&ask[..], &["--descriptor", &layout()]].concat());
    assert_eq!(with.code, Some(0), "{}", with.err);
    assert!(
        with.out
            .contains("by the learned descriptor layout 1 alone"),
        "{}",
        with.out
    );
    let kept = fs::read_dir(desk.path("case/scratch"))
        .expect("a folder")
        .count();
    assert_eq!(kept, 1, "the item's vectors alone");
}
