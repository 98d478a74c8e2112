//! Facts, samples and findings about structure.

use media::finding::FindingKind;
use media::inspect::Inspection;
use media::time::{Pts, SampleNo};

use super::clips::{Studio, fixture, look};

fn kinds(found: &Inspection) -> Vec<FindingKind> {
    found.findings.iter().map(|finding| finding.kind).collect()
}

fn value(found: &Inspection, kind: FindingKind, name: &str) -> f64 {
    let finding = found.findings.iter().find(|finding| finding.kind == kind);
    let finding = finding.unwrap_or_else(|| panic!("no {kind:?} among {:?}", found.findings));
    finding.values[name]
}

#[test]
fn samples_hidden_by_an_edit_list_are_found() {
    let found = look(&fixture("clips/v2s.mov"));
    assert_eq!(found.frames.frames.len(), 79);
    assert_eq!(found.stored_samples, 287);
    assert_eq!(value(&found, FindingKind::HiddenFrames, "hidden"), 208.0);
    let shown = found.frames.frames.iter().map(|frame| frame.sample);
    assert_eq!(shown.clone().flatten().count(), 79);
    assert!(shown.flatten().all(|sample| sample.0 < 287));
}

#[test]
fn frames_are_joined_to_the_samples_they_came_from() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "b.mp4",
        "-f lavfi -i testsrc2=s=128x96:r=25:d=1 -c:v libx264 -bf 2 -g 12",
    );
    let found = look(&clip);
    let bytes = std::fs::read(&clip).expect("read");
    let frames = &found.frames.frames;
    assert_eq!((frames.len(), found.stored_samples), (25, 25));
    let mut samples: Vec<_> = frames.iter().filter_map(|frame| frame.sample).collect();
    assert!(
        samples.windows(2).any(|pair| pair[0] > pair[1]),
        "B-frames are decoded in another order than shown"
    );
    samples.sort();
    assert_eq!(samples, (0..25).map(SampleNo).collect::<Vec<_>>());
    for frame in frames {
        // Samples of MP4 begin with the length of their first unit.
        let position = frame.position.expect("position") as usize;
        let unit = u32::from_be_bytes(bytes[position..][..4].try_into().expect("four bytes"));
        assert!(unit > 0 && unit < frame.size, "{frame:?}");
    }
    let ticks = i64::from(found.frames.time_base.den) / 25 / i64::from(found.frames.time_base.num);
    assert_eq!(
        frames[24].pts.map(|pts| pts.0),
        frames[0].pts.map(|pts| pts.0 + 24 * ticks)
    );
    assert!(frames.iter().all(|frame| frame.duration == ticks));
    let noted = [
        FindingKind::Container,
        FindingKind::Traces,
        FindingKind::Traces,
    ];
    assert!(
        found.complete && kinds(&found) == noted,
        "{:?}",
        found.findings
    );
}

#[test]
fn rotation_and_aspect_are_stated() {
    let rotated = look(&fixture("odd/rotated.mp4"));
    let video = rotated.facts.streams[0].video.as_ref().expect("video");
    // ffprobe says 90, counter-clockwise.
    assert_eq!((video.rotation, video.mirrored), (270, false));
    let wide = look(&fixture("odd/anamorphic.mp4"));
    let video = wide.facts.streams[0].video.as_ref().expect("video");
    assert!(
        video.sample_aspect.num > video.sample_aspect.den,
        "{video:?}"
    );
}

#[test]
fn sound_alone_is_complete_without_frames() {
    let found = look(&fixture("odd/sound-only.ogg"));
    assert_eq!((found.facts.video, found.frames.frames.len()), (None, 0));
    assert!(
        found.complete && kinds(&found) == [FindingKind::Traces],
        "{found:?}"
    );
    assert!(found.facts.streams[0].audio.is_some());
}

#[test]
fn a_still_picture_is_one_frame() {
    let studio = Studio::new();
    let picture = studio.shoot("one.png", "-f lavfi -i testsrc2=s=65x43:d=1 -frames:v 1");
    let found = look(&picture);
    assert_eq!(found.frames.frames.len(), 1);
    assert!(found.complete, "{:?}", found.findings);
    assert_eq!(found.thumbnails.len(), 1);
}

#[test]
fn a_change_of_size_is_kept_frame_by_frame() {
    let studio = Studio::new();
    let source =
        |size: &str| format!("-f lavfi -i testsrc2=s={size}:d=0.4 -c:v mpeg2video -f mpegts");
    let small = studio.shoot("small.ts", &source("128x96"));
    let large = studio.shoot("large.ts", &source("192x160"));
    let mut bytes = std::fs::read(small).expect("read");
    bytes.extend(std::fs::read(large).expect("read"));
    let found = look(&studio.write("both.ts", &bytes));
    let sizes = |width| {
        found
            .frames
            .frames
            .iter()
            .filter(|it| it.width == width)
            .count()
    };
    assert!(sizes(128) >= 8 && sizes(192) >= 8, "{:?}", found.findings);
    assert_eq!(sizes(128) + sizes(192), found.frames.frames.len());
    let layouts = found.facts.presentation.as_ref().map(|it| it.layouts.len());
    assert_eq!(layouts, Some(2));
}

#[test]
fn timestamps_do_not_depend_on_where_a_file_starts() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "late.ts",
        "-f lavfi -i testsrc2=s=64x64:d=0.4 -c:v mpeg2video -output_ts_offset 5",
    );
    let found = look(&clip);
    let start = found.facts.streams[0].start;
    assert!(
        start.is_some_and(|start| start > Pts(5 * 90_000)),
        "{start:?}"
    );
    assert_eq!(found.frames.frames[0].pts, start);
}

#[test]
fn a_key_frame_out_of_step_is_where_streams_were_joined() {
    let studio = Studio::new();
    let source = fixture("clips/v2.m4v");
    let piece = |name: &str, from: u32, to: u32| {
        let arguments = format!(
            "-i {} -map 0:v:0 -vf select=between(n\\,{from}\\,{to}),setpts=N/25/TB -r 25 -c:v libx264 \
             -bf 0 -g 12 -sc_threshold 0 -pix_fmt yuv420p",
            source.display()
        );
        studio.shoot(name, &arguments)
    };
    let (one, two) = (piece("one.ts", 0, 65), piece("two.ts", 66, 148));
    let list = format!("concat:{}|{}", one.display(), two.display());
    let joined = look(&studio.shoot("joined.mp4", &format!("-i {list} -c copy")));
    assert_eq!(
        value(&joined, FindingKind::KeyFrames, "first_distance"),
        6.0
    );
    let at = joined
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::KeyFrames)
        .and_then(|finding| finding.span);
    assert_eq!(at.map(|span| span.first.0), Some(66));
    let whole = look(&piece("whole.mp4", 0, 148));
    assert!(
        !kinds(&whole).contains(&FindingKind::KeyFrames),
        "{:?}",
        whole.findings
    );
    let coding = whole.facts.coding.expect("frames");
    assert_eq!((coding.keys, coding.key_distances), (13, vec![[12, 12]]));
}

#[test]
fn a_second_of_other_quality_stands_out_in_bits() {
    let studio = Studio::new();
    let noise = |name: &str, seconds: u32, quality: u32| {
        let arguments = format!(
            "-f lavfi -i nullsrc=s=128x96:r=25:d={seconds},geq=random(1)*60+90:128:128 \
             -c:v libx264 -preset ultrafast -qp {quality}"
        );
        studio.shoot(name, &arguments)
    };
    let (before, fine, after) = (
        noise("a.ts", 6, 42),
        noise("b.ts", 1, 8),
        noise("c.ts", 5, 42),
    );
    let list = format!(
        "concat:{}|{}|{}",
        before.display(),
        fine.display(),
        after.display()
    );
    let joined = look(&studio.shoot("joined.mp4", &format!("-i {list} -c copy")));
    assert!(!kinds(&look(&noise("even.ts", 12, 42))).contains(&FindingKind::Bitrate));
    let rates = &joined
        .facts
        .coding
        .as_ref()
        .expect("frames")
        .bits_per_second;
    assert!(rates[6] > 8 * rates[2], "{rates:?}");
    assert_eq!(value(&joined, FindingKind::Bitrate, "seconds"), 1.0);
}
