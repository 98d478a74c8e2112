//! `framewitness same` on real clips, and on what ffmpeg makes of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder without a case, in which ffmpeg and the program work.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        Self(TempDir::new().expect("a temporary folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A clip that ffmpeg makes of a fixture.
    fn make(&self, name: &str, from: &str, how: &[&str]) -> String {
        let path = self.path(name);
        let made = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-y", "-i", &clip(from)])
            .args(how)
            .arg(&path)
            .status()
            .expect("ffmpeg is installed");
        assert!(made.success(), "ffmpeg {how:?}");
        path.to_string_lossy().into_owned()
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let program = env!("CARGO_BIN_EXE_framewitness");
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .env("FRAMEWITNESS_HOME", self.path("home"))
            .env("FRAMEWITNESS_ACTOR", "Ada")
            .env(
                "FRAMEWITNESS_DECODER",
                Path::new(program).with_file_name("framewitness-decoder"),
            )
            .output()
            .expect("the program runs");
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }

    fn same(&self, a: &str, b: &str) -> Value {
        let (code, said) = self.run(&["same", "--json", a, b]);
        assert_eq!(code, 0, "{said}");
        let answer: Value = serde_json::from_str(&said).expect("one line of JSON");
        assert!(answer["method"]["limits"].is_string() && answer["summary"].is_string());
        answer
    }
}

fn clip(name: &str) -> String {
    format!("{}/../../fixtures/clips/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Kind and spans of each part.
fn parts(answer: &Value) -> Value {
    let parts = answer["parts"].as_array().expect("parts");
    parts
        .iter()
        .map(|part| json!([part["kind"], part["a"], part["b"]]))
        .collect()
}

#[test]
fn a_file_is_itself_whatever_its_name() {
    let bench = Bench::new();
    std::fs::copy(clip("v2.m4v"), bench.path("copy.bin")).expect("copied");
    let answer = bench.same(&clip("v2.m4v"), "copy.bin");
    assert_eq!(answer["answer"], "same_file");
    assert_eq!(answer["a"]["id"], answer["b"]["id"]);
}

#[test]
fn another_wrapper_is_named_as_such() {
    let bench = Bench::new();
    let remuxed = bench.make("b.mkv", "bigbuckbunny.mp4", &["-map", "0", "-c", "copy"]);
    let answer = bench.same(&clip("bigbuckbunny.mp4"), &remuxed);
    assert_eq!(answer["answer"], "same_essence", "{answer}");
    assert_eq!(
        answer["streams"],
        json!([
            {"kind": "video", "a": 0, "b": 0, "equal": true},
            {"kind": "audio", "a": 1, "b": 1, "equal": true},
        ])
    );
    assert_eq!(answer["pace"], Value::Null);
    let slow = bench.make(
        "slow.mkv",
        "bigbuckbunny.mp4",
        &["-map", "0:v", "-c", "copy", "-bsf:v", "setts=ts=TS*2"],
    );
    let answer = bench.same(&remuxed, &slow);
    assert_eq!(answer["answer"], "same_pictures", "{answer}");
    assert_eq!(
        answer["pace"]["frame"], 1,
        "the same pictures at half speed"
    );
}

#[test]
fn equal_pictures_in_other_packets_are_the_same_pictures() {
    let bench = Bench::new();
    let start_codes = bench.make("b.ts", "bigbuckbunny.mp4", &["-map", "0:v", "-c", "copy"]);
    let answer = bench.same(&clip("bigbuckbunny.mp4"), &start_codes);
    assert_eq!(answer["answer"], "same_pictures", "{answer}");
    assert_eq!(answer["streams"][0]["equal"], false);
    assert_eq!(answer["streams"][1]["b"], Value::Null, "without its sound");
}

#[test]
fn a_new_encoding_pairs_frame_by_frame() {
    let bench = Bench::new();
    let how = ["-vf", "scale=320:-2", "-c:v", "libx264", "-crf", "33"];
    let again = bench.make("again.mp4", "cityCC0.mpg", &how);
    let answer = bench.same(&clip("cityCC0.mpg"), &again);
    assert_eq!(answer["answer"], "re_encoded", "{answer}");
    assert_eq!(parts(&answer), json!([["alike", [0, 189], [0, 189]]]));
    assert_eq!(answer["first_difference"], Value::Null);
}

#[test]
fn a_piece_taken_out_is_named_to_the_frame() {
    let bench = Bench::new();
    let answer = bench.same(&clip("v2.m4v"), &clip("v2s.mov"));
    assert_eq!(answer["answer"], "edited", "{answer}");
    assert_eq!(
        parts(&answer),
        json!([
            ["equal", [0, 36], [0, 36]],
            ["left_out", [37, 106], null],
            ["equal", [107, 148], [37, 78]],
        ])
    );
    assert_eq!(answer["first_difference"], json!({"a": 37, "b": 37}));
    let how = [
        "-vf",
        "select='not(between(n,60,89))',setpts=N/25/TB,scale=640:-2",
        "-c:v",
        "libx264",
        "-crf",
        "26",
    ];
    let cut = bench.make("cut.mp4", "cityCC0.mpg", &how);
    let answer = bench.same(&cut, &clip("cityCC0.mpg"));
    assert_eq!(
        parts(&answer),
        json!([
            ["alike", [0, 59], [0, 59]],
            ["added", null, [60, 89]],
            ["alike", [60, 159], [90, 189]],
        ])
    );
}

#[test]
fn one_changed_frame_among_equal_ones_is_found() {
    let bench = Bench::new();
    let lossless = ["-c:v", "ffv1", "-fps_mode", "passthrough"];
    let plain = bench.make("plain.mkv", "v2.m4v", &lossless);
    assert_eq!(
        bench.same(&clip("v2.m4v"), &plain)["answer"],
        "same_pictures"
    );
    let dot = "drawbox=x=20:y=20:w=8:h=8:color=red:t=fill:enable='eq(n,20)'";
    let changed = bench.make(
        "dot.mkv",
        "v2.m4v",
        &[&["-vf", dot][..], &lossless].concat(),
    );
    let answer = bench.same(&plain, &changed);
    assert_eq!(answer["answer"], "edited", "{answer}");
    assert_eq!(
        parts(&answer),
        json!([
            ["equal", [0, 19], [0, 19]],
            ["alike", [20, 20], [20, 20]],
            ["equal", [21, 148], [21, 148]],
        ])
    );
    assert_eq!(answer["first_difference"], json!({"a": 20, "b": 20}));
}

#[test]
fn pictures_that_do_not_pair_are_different_and_shared_footage_is_said() {
    let bench = Bench::new();
    let answer = bench.same(&clip("cityCC0.mpg"), &clip("city-repost.mp4"));
    assert_eq!(answer["answer"], "different", "cropped: {answer}");
    let footage = answer["footage"].as_array().expect("footage");
    assert!(footage[0]["score"].as_f64() > Some(0.6), "{footage:?}");
    let answer = bench.same(&clip("cityCC0.mpg"), &clip("v2.m4v"));
    assert_eq!(
        (&answer["answer"], &answer["footage"], &answer["parts"]),
        (&json!("different"), &json!([]), &json!([]))
    );
}

#[test]
fn items_and_files_are_compared_and_nothing_is_kept() {
    let bench = Bench::new();
    bench.run(&["init", "case"]);
    let case = bench.path("case").to_string_lossy().into_owned();
    let within = |arguments: &[&str]| bench.run(&[&["--case", &case], arguments].concat());
    within(&["add", &clip("v2.m4v"), &clip("v2s.mov")]);
    within(&["inspect", "1"]);
    let before = within(&["log"]);
    let (code, said) = within(&["same", "1", "#2"]);
    assert!(
        code == 0 && said.contains("Edited: they differ from frame 37"),
        "{said}"
    );
    let (_, by_path) = within(&["same", "v2.m4v", &clip("v2s.mov")]);
    let answer = |said: &str| said.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        answer(&by_path),
        answer(&said),
        "a file is compared as an item is"
    );
    assert_eq!(within(&["log"]), before);
    let (code, said) = within(&["same", "1", "9"]);
    assert!(code == 4 && said.contains("no item is called"), "{said}");
    let (code, said) = bench.run(&["same", "1", "2"]);
    assert!(code == 4 && said.contains("there is no case"), "{said}");
    let (code, said) = bench.run(&["same", "./nothing.mp4", "./nowhere.mp4"]);
    assert!(code == 4 && said.contains("nothing.mp4"), "{said}");
}
