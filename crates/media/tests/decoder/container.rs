//! What containers are made of, and what software wrote into them.

use std::path::Path;

use media::facts::Part;
use media::finding::{Finding, FindingKind};

use super::clips::{Studio, fixture, look};

const TINY: &str = "-f lavfi -i testsrc2=s=64x64:r=25:d=1 -c:v libx264 -bf 0 -g 12";

fn parts(path: &Path) -> Vec<Part> {
    look(path).facts.parts.expect("taken apart").listed
}

fn told(path: &Path, kind: FindingKind) -> Vec<Finding> {
    let mut found = look(path).findings;
    found.retain(|finding| finding.kind == kind);
    found
}

/// Whether a finding about the container says this.
fn says(path: &Path, words: &str) -> bool {
    told(path, FindingKind::Container)
        .iter()
        .any(|finding| finding.summary.contains(words))
}

fn boxed(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32 + 8).to_be_bytes();
    [&length[..], kind, payload].concat()
}

#[test]
fn boxes_cover_the_file_without_gap_or_overlap() {
    for clip in ["VID_20191220_170832.mp4", "v2s.mov", "bigbuckbunny.mp4"] {
        let path = fixture(&format!("clips/{clip}"));
        let size = std::fs::metadata(&path).expect("size").len();
        let parts = parts(&path);
        let mut end = 0;
        for part in parts.iter().filter(|part| part.depth == 0) {
            assert_eq!(part.offset, end, "{clip}: {part:?}");
            end += part.size;
        }
        assert_eq!(end, size, "{clip}");
        let bytes = std::fs::read(&path).expect("read");
        for part in &parts {
            let kind: Vec<u8> = part.kind.chars().map(|it| it as u8).collect();
            assert_eq!(bytes[part.offset as usize + 4..][..4], kind, "{clip}");
        }
        assert!(
            parts
                .iter()
                .any(|part| part.kind == "stsz" && part.depth == 5)
        );
    }
}

#[test]
fn what_does_not_belong_is_named_and_nothing_is_in_a_clean_file() {
    let studio = Studio::new();
    let clean = studio.shoot("clean.mp4", &format!("{TINY} -movflags +faststart"));
    assert!(told(&clean, FindingKind::Container).is_empty());
    let bytes = std::fs::read(&clean).expect("read");
    let put = |name: &str, more: &[u8]| studio.write(name, &[&bytes[..], more].concat());

    let tail = put("tail.mp4", b"\0\0\0\x03hidden words");
    assert!(says(&tail, &format!("from byte {}", bytes.len())));
    let odd = put("odd.mp4", &boxed(b"qqqq", b"?"));
    assert!(says(&odd, &format!("qqqq at byte {}", bytes.len())));
    let empty = put("empty.mp4", &boxed(b"free", &[0; 40]));
    assert!(told(&empty, FindingKind::Container).is_empty());
    let full = put("full.mp4", &boxed(b"free", b"a message"));
    assert!(says(&full, "which begins “a message”"));
    let mut long = boxed(b"free", &[0; 4]);
    long[2] = 7;
    assert!(says(&put("long.mp4", &long), "more than there is room for"));
    let twice = put("twice.mp4", &boxed(b"moov", b""));
    assert!(says(&twice, "More than one moov"));
    let late = studio.shoot("late.mp4", TINY);
    assert!(says(&late, "behind the media data"));
}

#[test]
fn matroska_is_taken_apart_too() {
    let studio = Studio::new();
    let clean = studio.shoot("clean.mkv", TINY);
    let kinds: Vec<_> = parts(&clean).into_iter().map(|part| part.kind).collect();
    for kind in [
        "EBML",
        "Segment",
        "Info",
        "MuxingApp",
        "Tracks",
        "Cluster",
        "Cues",
    ] {
        assert!(kinds.iter().any(|it| it == kind), "{kind} in {kinds:?}");
    }
    assert!(told(&clean, FindingKind::Container).is_empty());
    let names = &told(&clean, FindingKind::Traces)[0].summary;
    assert!(names.contains("WritingApp “Lavf"), "{names}");
    let bytes = std::fs::read(&clean).expect("read");
    let tail = studio.write("tail.mkv", &[&bytes[..], b"\0\0hidden"].concat());
    assert!(says(&tail, "after the last part"));
    // Void of eight bytes, not all zero.
    let void = [&bytes[..], b"\xec\x88text\0\0\0\0"].concat();
    assert!(says(&studio.write("void.mkv", &void), "begins “text”"));
}

#[test]
fn a_coder_that_begins_again_tells_of_a_join() {
    let studio = Studio::new();
    let one = studio.shoot("one.ts", TINY);
    let two = studio.shoot("two.ts", &format!("{TINY} -crf 30"));
    let list = format!("concat:{}|{}", one.display(), two.display());
    let joined = studio.shoot("joined.mp4", &format!("-i {list} -c copy"));
    let coders = |path: &Path| -> Vec<(u32, String)> {
        told(path, FindingKind::Traces)
            .into_iter()
            .filter_map(|it| Some((it.span?.first.0, it.summary)))
            .collect()
    };
    let [(0, first)] = &coders(&one)[..] else {
        panic!("{:?}", coders(&one));
    };
    assert!(first.contains("x264 - core"), "{first}");
    let places: Vec<u32> = coders(&joined).iter().map(|it| it.0).collect();
    assert_eq!(places, [0, 25]);
    let notes = look(&joined).facts.coder_notes;
    assert!(notes[0].text.contains("crf=23") && notes[1].text.contains("crf=30"));
}

#[test]
fn headers_that_were_changed_later_are_told() {
    let studio = Studio::new();
    let dated = format!("{TINY} -metadata creation_time=2020-02-02T20:20:20Z -movflags +faststart");
    let clip = studio.shoot("dated.mp4", &dated);
    let later = |path: &Path| {
        told(path, FindingKind::Traces)
            .iter()
            .any(|it| it.summary.contains("after they"))
    };
    assert!(!later(&clip));
    let mut bytes = std::fs::read(&clip).expect("read");
    let header = bytes.windows(4).position(|it| it == b"mvhd").expect("mvhd");
    bytes[header + 4 + 8 + 1] += 1;
    assert!(later(&studio.write("later.mp4", &bytes)));
}

#[test]
fn sound_that_ends_later_is_told() {
    let studio = Studio::new();
    let both = |seconds: u32| {
        format!(
            "-f lavfi -i testsrc2=s=64x64:r=25:d=3 -f lavfi -i sine=d={seconds} -c:v libx264 -c:a aac"
        )
    };
    let even = studio.shoot("even.mp4", &both(3));
    assert!(told(&even, FindingKind::Lengths).is_empty());
    let uneven = studio.shoot("uneven.mp4", &both(5));
    let found = told(&uneven, FindingKind::Lengths);
    assert!(found[0].summary.contains("ends 2.0"), "{found:?}");
    assert_eq!(found[0].span.map(|span| span.first.0), Some(74));
}
