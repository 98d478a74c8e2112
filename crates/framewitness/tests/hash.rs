//! `framewitness hash` and `hashes`, beside what Meta's own code says of the luma that ffmpeg decodes.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Of frames 0, 1, 60 and 124 of `city-repost.mp4`: bench/pdq_reference.cpp over
/// `ffmpeg -i city-repost.mp4 -vf extractplanes=y -f rawvideo`, and the seconds that ffprobe tells.
const REFERENCE: [&str; 4] = [
    "0,100,d349703b8bc7ecb615651dbe53e3741c4b13a2cc124970598e23aab35667a7d4,0.000",
    "1,100,d349343b8be7ecb615611dbe53e3741c4b13a2cc124970598e23aab35667a7d4,0.040",
    "60,100,215da28ecc233f65c59ed9e3045ccb36b998564d3ac9171dd3a3b0b28a67a297,2.920",
    "124,100,06c31999cb7699bd33653265466ca4dc45c0eccd449a89b6b7b31a23e37bc6ac,5.960",
];

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    /// Makes a case that holds these files, inspected.
    fn keep(&self, files: &[&str]) {
        self.done(&["init", "case"]);
        self.done(&[&["add"], files].concat());
        self.done(&["inspect", "--all", "--quiet"]);
    }

    /// A fixture coded anew, at less than half its size.
    fn smaller(&self, from: &str) -> String {
        let path = self.path("smaller.mp4").to_string_lossy().into_owned();
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-i", &clip(from)])
            .args(["-vf", "scale=256:144", "-fps_mode", "passthrough"])
            .args(["-c:v", "libx264", "-crf", "30", "-an", &path])
            .status()
            .expect("ffmpeg is installed");
        assert!(made.success());
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let program = env!("CARGO_BIN_EXE_framewitness");
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear();
        if self.path("case").exists() {
            command.env("FRAMEWITNESS_CASE", self.path("case"));
        }
        let output = command
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env(
                "FRAMEWITNESS_DECODER",
                Path::new(program).with_file_name("framewitness-decoder"),
            )
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().unwrap_or(-1);
        (code, text(output.stdout), text(output.stderr))
    }

    /// What a command that succeeds prints.
    fn done(&self, arguments: &[&str]) -> String {
        let (code, out, talk) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {talk}");
        out
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("the list is written");
    }
}

fn clip(name: &str) -> String {
    format!("{}/../../fixtures/clips/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_file_without_a_case_is_hashed_as_the_reference_does() {
    let desk = Desk::new();
    let file = clip("city-repost.mp4");
    let lines = desk.done(&["hash", "--vpdq", &file]);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 125);
    assert_eq!([0, 1, 60, 124].map(|no| lines[no]), REFERENCE);
    let (hash, seconds) = (&REFERENCE[2][7..71], "2.93s");
    let expected = format!("{hash},100,city-repost.mp4\n");
    assert_eq!(desk.done(&["hash", &file, "--frame", "60"]), expected);
    assert_eq!(
        desk.done(&["hash", "--pdq", &file, "--frame", seconds]),
        expected
    );
    let labelled = desk.done(&["hash", &file, "--frame", "60", "--label", "known"]);
    assert_eq!(labelled, format!("{hash},100,known\n"));
    let sparse = desk.done(&["hash", "--vpdq", "--every", "2", &file]);
    let seconds: Vec<f64> = sparse
        .lines()
        .filter_map(|line| line.rsplit(',').next()?.parse().ok())
        .collect();
    assert!(
        seconds.len() == 3 && seconds.windows(2).all(|two| two[1] - two[0] >= 2.0),
        "{sparse}"
    );
}

#[test]
fn what_cannot_be_hashed_is_said() {
    let desk = Desk::new();
    let (file, odd) = (clip("v2.m4v"), clip("../odd/garbage.mp4"));
    let (code, _, talk) = desk.run(&["hash", &file, "--frame", "100000"]);
    assert_eq!(code, 4);
    assert!(talk.contains("v2.m4v has no frame at"), "{talk}");
    let (code, out, talk) = desk.run(&["hash", &odd, &file]);
    assert_eq!(
        (code, out.lines().count()),
        (4, 1),
        "the other file is hashed: {out}"
    );
    assert!(talk.contains("no picture that could be decoded"), "{talk}");
    let (code, _, talk) = desk.run(&["hash", "--vpdq", &file, &file]);
    assert_eq!(code, 2);
    assert!(talk.contains("whose they are"), "{talk}");
    let (code, _, talk) = desk.run(&["hash", "--vpdq", "--every", "nan", &file]);
    assert_eq!(code, 2);
    assert!(talk.contains("--every takes seconds"), "{talk}");
}

#[test]
fn frames_like_those_of_a_list_are_found() {
    let desk = Desk::new();
    let copy = desk.smaller("city-repost.mp4");
    desk.keep(&[&copy, &clip("v2.m4v")]);
    desk.write("list", &format!("# seen elsewhere\n{}\n", REFERENCE[0]));
    let hits = desk.done(&["hashes", "find", "list", "--json"]);
    let hits: Vec<Value> = hits
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(!hits.is_empty());
    assert_eq!(hits[0]["name"], "smaller.mp4");
    assert_eq!(hits[0]["label"], "frame 0 at 0.000 s");
    let (first, last) = (&hits[0]["frames"][0], &hits[0]["frames"][1]);
    assert!(first == 0 && last.as_u64() > Some(0), "{hits:?}");
    assert!(hits[0]["distance"].as_u64().is_some_and(|bits| bits <= 31));
    let told = desk.done(&["hashes", "find", "list", "--label", "the flood of 2019"]);
    assert!(told.contains("bits  the flood of 2019\n"), "{told}");
    let nothing = desk.done(&["hashes", "find", "list", "v2.m4v"]);
    assert_eq!(
        nothing,
        "No frame is within 31 bits of any of the 1 hashes.\n"
    );
    desk.write("bad", &format!("{}\nno hash\n", REFERENCE[0]));
    let (code, _, talk) = desk.run(&["hashes", "find", "bad"]);
    assert_eq!(code, 2);
    assert!(talk.contains("bad: line 2 is no hash"), "{talk}");
    let log = desk.done(&["log"]);
    desk.done(&["hashes", "find", "list"]);
    assert_eq!(desk.done(&["log"]), log, "looking records nothing");
}

#[test]
fn what_is_exported_is_found_again() {
    let desk = Desk::new();
    desk.keep(&[&clip("v2.m4v")]);
    let list = desk.done(&["hashes", "export", "v2.m4v"]);
    let first = list.lines().next().expect("a line");
    assert!(first.ends_with(",#1 v2.m4v frame 0"), "{first}");
    let fresh = desk.done(&["hash", "v2.m4v"]);
    assert_eq!(first.split(',').next(), fresh.split(',').next());
    desk.write("list", &list);
    let hits = desk.done(&["hashes", "find", "list", "--radius", "0"]);
    assert!(hits.lines().count() >= list.lines().count(), "{hits}");
    let named = desk.done(&["hashes", "export", "--label", "ours"]);
    assert!(named.lines().all(|line| line.ends_with(",ours")), "{named}");
}
