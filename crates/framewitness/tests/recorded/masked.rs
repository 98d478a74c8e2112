//! Masked copies: what is rendered, and what is found in copies that leak. ffmpeg says what they hold.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::bench::{Bench, fixture};

/// Real footage: an edit list, pictures that are turned, pixels that are not square, ten bits. The tests below have a
/// variable rate, and sound.
const FOOTAGE: &[&str] = &[
    "clips/v2s.mov",
    "odd/rotated.mp4",
    "odd/anamorphic.mp4",
    "odd/ten-bit.mp4",
];

fn ffmpeg(arguments: &[&str]) {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
}

fn ffprobe(path: &Path, entries: &str) -> String {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-of", "csv=p=0", "-show_entries", entries])
        .arg(path)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Grey of one frame as it is displayed, by ffmpeg, with its width.
fn grey(path: &Path, no: u32) -> (Vec<u8>, usize) {
    let select = format!("select=eq(n\\,{no}),scale=iw*if(gt(sar\\,1)\\,sar\\,1):ih");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(path)
        .args(["-vf", &select, "-vsync", "0", "-frames:v", "1"])
        .args(["-f", "image2pipe", "-c:v", "pgm", "-pix_fmt", "gray", "-"])
        .output()
        .unwrap();
    // P5, width, height, 255, pixels.
    let parts: Vec<&[u8]> = output.stdout.splitn(5, |it| b" \n".contains(it)).collect();
    let width = std::str::from_utf8(parts[1]).unwrap().parse().unwrap();
    (parts[4].to_vec(), width)
}

/// What a look at a file as a copy of item 1 tells, and whether it leaks.
fn checked(bench: &Bench, path: &Path) -> (Vec<(String, Option<u64>)>, Value) {
    let output = bench.output(
        "Ada",
        &format!("mask check 1 --file {} --json", path.display()),
    );
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("{}", String::from_utf8_lossy(&output.stderr));
    });
    let leaks: Vec<_> = { report["leaks"].as_array().unwrap().iter() }
        .map(|it| {
            (
                it["kind"].as_str().unwrap().to_owned(),
                it["frame"].as_u64(),
            )
        })
        .collect();
    let code = if leaks.is_empty() { 0 } else { 3 };
    assert_eq!(output.status.code(), Some(code), "{report}");
    (leaks, report)
}

fn rendered(bench: &Bench, form: &str, name: &str) -> (PathBuf, Value) {
    let path = bench.path(name);
    let view = bench
        .json(&format!("mask render 1 --as {form} -o {}", path.display()))
        .remove(0);
    assert_eq!(view["leaks"], 0, "{view}");
    (path, view)
}

#[test]
fn nothing_leaks_from_copies_of_real_footage() {
    for clip in FOOTAGE {
        let bench = Bench::with(&[clip]);
        bench.run("mask draw 1 --keyframe 5=20,30,60,40 --keyframe 20=50,44,60,40 --reason face");
        bench.run("mask draw 1 --frame 12 --to 30 --region 90,60,44,52 --ellipse --reason plate");
        bench.run("mask draw 1 --frame 25 --to 28 --region 8,8,60,60 --method blur --reason sign");
        for (form, name) in [("lossless", "copy.mkv"), ("mp4", "copy.mp4")] {
            let (path, view) = rendered(&bench, form, name);
            let report = &view["report"];
            assert_eq!(report["masked_frames"], 26, "{clip} {form}");
            assert_eq!(report["frames"], view["frames"]);
            // Black where it must be on the first frame, on the last, and on none beside them, as ffmpeg sees it.
            let dark = |no: u32, x: usize, y: usize| {
                let (pixels, width) = grey(&path, no);
                pixels[y * width + x] < 24
            };
            let own = |no: u32| {
                let (pixels, width) = grey(&fixture(clip), no);
                pixels[50 * width + 40] < 40
            };
            assert!(dark(5, 40, 50) && dark(20, 80, 64), "{clip} {form}");
            assert!(own(4) || !dark(4, 40, 50), "{clip} {form}");
            let stated = ffprobe(&path, "format_tags:stream_tags");
            let words = stated.split([',', '\n', '|']).map(str::trim);
            for word in words.filter(|it| it.len() > 5) {
                let plain = [
                    "isomiso2avc1mp41",
                    "VideoHandler",
                    "SoundHandler",
                    "[0][0][0][0]",
                ];
                let time = word.contains(':') || word.contains('/');
                assert!(
                    plain.contains(&word) || time || word.starts_with("Framewitness"),
                    "{clip}: {word}"
                );
            }
        }
        bench.run("verify");
        bench.run("rebuild");
    }
}

#[test]
fn the_same_masks_give_the_same_bytes() {
    let bench = Bench::with(&["clips/v2s.mov"]);
    bench.run("mask draw 1 --keyframe 5=20,30,60,40 --keyframe 20=50,44,60,40 --reason face");
    for form in ["lossless", "mp4"] {
        let [one, other] = ["one", "other"].map(|name| rendered(&bench, form, name).1);
        assert_eq!(one["video"], other["video"], "{form}");
    }
    let told = bench.run("mask check Y1");
    assert!(
        told.contains("nothing leaks") && told.contains(" read it too, "),
        "{told}"
    );
    let mut without = bench.command("Ada", "mask check Y1");
    let told = without
        .env("FRAMEWITNESS_EXIFTOOL", "/none")
        .output()
        .unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(
        told.contains("exiftool did not read it: there is none at /none"),
        "{told}"
    );
    bench.run("mask revise X1 --method pixelate --reason softer");
    assert!(bench.run("mask check Y1").contains("OTHER MASKS STAND NOW"));
    bench.run("verify");
}

#[test]
fn a_mask_that_is_not_where_it_must_be_is_found_at_the_frame() {
    let bench = Bench::with(&["clips/city-repost.mp4"]);
    let draw = "--keyframe 10=200,100,120,90 --keyframe 19=200,100,120,90";
    bench.run(&format!("mask draw 1 {draw} --reason face"));
    for (form, name) in [("lossless", "copy.mkv"), ("mp4", "copy.mp4")] {
        let (path, view) = rendered(&bench, form, name);
        assert_eq!(checked(&bench, &path).0, [], "{form}");
        let latest = || {
            let masks = bench.json("mask list 1");
            let mut standing = masks.iter().rev();
            let stands = |it: &&Value| it["superseded_by"].is_null() && it["withdrawn"].is_null();
            let latest = standing.find(stands).unwrap();
            latest["number"].as_str().unwrap().to_owned()
        };
        let found = |keyframes: &str| {
            bench.run(&format!(
                "mask revise {} {keyframes} --reason other",
                latest()
            ));
            checked(&bench, &path).0
        };
        let at = |kind: &str, frames: &[u64]| -> Vec<(String, Option<u64>)> {
            frames
                .iter()
                .map(|no| (kind.to_owned(), Some(*no)))
                .collect()
        };
        // One frame later, one earlier: what should be masked there is not, and one is masked that should not be.
        let later = found("--keyframe 10=200,100,120,90 --keyframe 20=200,100,120,90");
        assert!(
            later.contains(&("picture".to_owned(), Some(20))),
            "{form} {later:?}"
        );
        let shorter = found("--keyframe 11=200,100,120,90 --keyframe 19=200,100,120,90");
        assert_eq!(shorter, at("changed", &[10]), "{form}");
        // A pixel to the side, on all of them.
        let aside = found("--keyframe 10=201,100,120,90 --keyframe 19=201,100,120,90");
        let pictures: Vec<_> = aside.into_iter().filter(|it| it.0 == "picture").collect();
        assert_eq!(
            pictures,
            at("picture", &(10..20).collect::<Vec<_>>()),
            "{form}"
        );
        // A second one that the copy does not have, on one frame.
        bench.run(&format!("mask revise {} {draw} --reason back", latest()));
        bench.run("mask draw 1 --frame 50 --region 300,180,60,60 --reason missed");
        assert_eq!(checked(&bench, &path).0, at("picture", &[50]), "{form}");
        bench.run(&format!("mask withdraw {} --reason back", latest()));
        assert_eq!(view["frames"], 125);
    }
    bench.run("verify");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
fn what_other_programs_leave_in_a_copy_is_found() {
    let bench = Bench::with(&["clips/movie-hello.mpeg"]);
    bench.run("mask draw 1 --frame 10 --to 19 --region 200,100,120,90 --reason face");
    bench.run("mask draw 1 --sound-from sample:20000 --sound-to sample:60000 --reason name");
    let (path, _) = rendered(&bench, "lossless", "copy.mkv");
    assert_eq!(checked(&bench, &path).0, []);
    let (mp4, _) = rendered(&bench, "mp4", "copy.mp4");
    assert_eq!(checked(&bench, &mp4).0, []);
    let [own, copy, compressed] = [&fixture("clips/movie-hello.mpeg"), &path, &mp4]
        .map(|path| path.to_str().unwrap().to_owned());
    let made = |name: &str, arguments: &[&str]| {
        let path = bench.path(name);
        let mut all: Vec<&str> = arguments.to_vec();
        all.push(path.to_str().unwrap());
        ffmpeg(&all);
        let (leaks, report) = checked(&bench, &path);
        let mut kinds: Vec<String> = leaks.iter().map(|it| it.0.clone()).collect();
        kinds.dedup();
        (kinds, leaks, report)
    };
    let bitexact = ["-fflags", "+bitexact", "-flags", "+bitexact"];
    let with = |arguments: &[&'static str]| -> Vec<String> {
        arguments
            .iter()
            .chain(&bitexact)
            .map(ToString::to_string)
            .collect()
    };
    // See-through: the original with a veil, coded without loss and with.
    for (name, coder) in [("veil.mkv", "ffv1"), ("veil.mp4", "libx264")] {
        let veil = "drawbox=200:100:120:90:black@0.7:fill:enable=between(n\\,10\\,19)";
        let (_, leaks, report) = made(
            name,
            &[
                "-i",
                &own,
                "-an",
                "-vf",
                veil,
                "-vsync",
                "passthrough",
                "-c:v",
                coder,
                "-map_metadata",
                "-1",
            ],
        );
        let frames: Vec<u64> = { leaks.iter() }
            .filter(|it| it.0 == "picture")
            .filter_map(|it| it.1)
            .collect();
        assert_eq!(frames, (10..20).collect::<Vec<_>>(), "{name} {report}");
    }
    // Words, the sound of the original, a hidden stream, a cut end.
    let words = with(&[
        "-c",
        "copy",
        "-metadata",
        "title=Anna, 5 May",
        "-metadata",
        "location=+50.6412+029.9231/",
    ]);
    let words: Vec<&str> = ["-i", &copy]
        .into_iter()
        .chain(words.iter().map(String::as_str))
        .collect();
    assert!(made("words.mkv", &words).0.contains(&"metadata".to_owned()));
    let (kinds, leaks, report) = made(
        "sound.mkv",
        &[
            "-i",
            &copy,
            "-i",
            &own,
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c:v",
            "copy",
            "-c:a",
            "pcm_s16le",
        ],
    );
    assert!(kinds.contains(&"sound".to_owned()), "{leaks:?} {report}");
    let (kinds, ..) = made(
        "both.mp4",
        &[
            "-i",
            &compressed,
            "-i",
            &own,
            "-map",
            "0",
            "-map",
            "1:a",
            "-c:v",
            "copy",
            "-c:a",
            "aac",
        ],
    );
    assert!(kinds.contains(&"hidden".to_owned()), "{kinds:?}");
    let (kinds, ..) = made("short.mkv", &["-i", &copy, "-c", "copy", "-frames:v", "40"]);
    assert!(kinds.contains(&"timing".to_owned()), "{kinds:?}");
    let (kinds, ..) = made(
        "late.mkv",
        &[
            "-i",
            &copy,
            "-itsoffset",
            "0.2",
            "-i",
            &copy,
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c",
            "copy",
        ],
    );
    assert!(kinds.contains(&"sound-timing".to_owned()), "{kinds:?}");
}

#[test]
fn exiftool_reads_in_a_copy_what_ffmpeg_passes_over() {
    let bench = Bench::with(&["clips/VID_20191220_170832.mp4"]);
    bench.run("mask draw 1 --frame 3 --to 9 --region 200,100,120,90 --reason face");
    let (path, view) = rendered(&bench, "mp4", "copy.mp4");
    let read = &view["report"]["exiftool"];
    assert_eq!(read["state"], "read", "{read}");
    assert!(read["fields"].as_u64() > Some(20), "{read}");
    let exiftool = |arguments: &[&str]| {
        let output = Command::new("exiftool").args(arguments).arg(&path).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let telling = [
        "-s",
        "-GPS*",
        "-Make",
        "-Model",
        "-*Comment*",
        "-Title",
        "-Android*",
        "-*Date",
    ];
    for line in exiftool(&telling)
        .lines()
        .filter(|it| !it.starts_with("File"))
    {
        assert!(line.ends_with(": 0000:00:00 00:00:00"), "{line}");
    }
    exiftool(&[
        "-overwrite_original",
        "-XMP-exif:GPSLatitude=50.6412",
        "-XMP-tiff:Make=Example",
        "-XMP-tiff:Model=Seven",
        "-XMP-xmp:CreateDate=2026:05:03 10:00:00",
        "-XMP-dc:Title=Anna",
        "-XMP-exif:UserComment=ours",
    ]);
    let (leaks, report) = checked(&bench, &path);
    assert!(leaks.iter().all(|it| it.0 == "metadata"), "{report}");
    for name in [
        "GPSLatitude",
        "Make",
        "Model",
        "CreateDate",
        "Title",
        "UserComment",
    ] {
        let told = { report["leaks"].as_array().unwrap().iter() }.any(|it| {
            let says = it["says"].as_str().unwrap();
            says.starts_with("exiftool reads XMP") && says.contains(&format!(":{name} "))
        });
        assert!(told, "{name}: {report}");
    }
}

#[test]
fn a_voice_is_noise_and_a_removed_item_takes_its_copies_along() {
    let bench = Bench::with(&["clips/movie-hello.mpeg"]);
    bench.run(
        "mask draw 1 --sound-from sample:20000 --sound-to sample:60000 --sound voice --reason name",
    );
    for (form, name) in [("lossless", "copy.mkv"), ("mp4", "copy.mp4")] {
        let (path, view) = rendered(&bench, form, name);
        assert_eq!(view["report"]["muffled_samples"], 40_000);
        assert_eq!(checked(&bench, &path).0, [], "{form}");
    }
    assert_eq!(bench.refused("mask check Y9").0, 4);
    assert_eq!(bench.refused("mask check X1").0, 2);
    bench.run("mask withdraw X1 --reason done");
    assert_eq!(bench.refused("mask render 1").0, 2, "no mask stands");
    let gone = bench.run("remove 1 --ground law --reason order_12 --yes");
    assert!(gone.contains("masked copy"), "{gone}");
    bench.run("verify");
}

#[test]
fn a_box_is_followed_in_both_directions() {
    let bench = Bench::with(&["clips/city-repost.mp4"]);
    let mask = bench
        .json("mask track 1 --frame 40 --region 250,140,80,60 --from 30 --to 50 --margin 4 --reason shop")
        .remove(0);
    let span = &mask["cover"]["span"];
    assert_eq!(
        (&span["first"]["no"], &span["last"]["no"]),
        (&30.into(), &50.into()),
        "{mask}"
    );
    assert!(
        mask["proposed_by"]
            .as_str()
            .unwrap()
            .starts_with("mask-follow/1 from 250,140,80,60 on frame 40")
    );
    assert_eq!(mask["confirmations"], serde_json::json!([]));
    assert_eq!(
        bench
            .refused("mask track 1 --frame 40 --region 250,140,80,60 --to 30 --reason x")
            .0,
        2
    );
    bench.run("verify");
}
