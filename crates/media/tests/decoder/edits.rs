//! Edits made by recipe, each found by its method at its frame; and the clips they were made from,
//! in which nothing of the kind is found.

use media::finding::{Finding, FindingKind as Kind};
use media::inspect::Inspection;

use super::clips::{Studio, ffmpeg_listing, fixture, look};

/// The kinds that an edit here is found as.
const EDITS: [Kind; 9] = [
    Kind::Cut,
    Kind::Flash,
    Kind::Repeated,
    Kind::Freeze,
    Kind::MotionJump,
    Kind::Gap,
    Kind::KeyFrames,
    Kind::Recoded,
    Kind::Fields,
];

/// One tick a frame, and no frame made up or left out by ffmpeg itself.
const STEADY: &str = "-enc_time_base 1:25 -fps_mode passthrough";
const FINE: &str = "-c:v libx264 -crf 20 -pix_fmt yuv420p -an";

/// Kind, method, first and last frame of what speaks of an edit.
fn edits(found: &Inspection) -> Vec<(Kind, &str, u32, u32)> {
    let told = |finding: &'_ Finding| EDITS.contains(&finding.kind);
    let place = |finding: &'_ Finding| finding.span.map_or((0, 0), |it| (it.first.0, it.last.0));
    let findings = found.findings.iter().filter(|finding| told(finding));
    findings
        .map(|it| (it.kind, it.method.name.as_str(), place(it).0, place(it).1))
        .collect()
}

/// A clip of `fixtures/`, small and at 25 frames a second, through a filter.
fn recipe(clip: &str, filter: &str, coder: &str) -> String {
    let clip = fixture(clip);
    format!(
        "-i {} -map 0:v:0 -vf scale=320:180,setsar=1,settb=1/25,setpts=N,{filter} {STEADY} {coder}",
        clip.display()
    )
}

const AERIAL: &str = "clips/v2.m4v";

#[test]
fn frames_left_out_are_found_by_the_time_they_leave() {
    let studio = Studio::new();
    for left_out in [1, 4, 8] {
        let filter = format!("select=not(between(n\\,60\\,{}))", 59 + left_out);
        let name = format!("gap-{left_out}.mp4");
        let found = look(&studio.shoot(&name, &recipe(AERIAL, &filter, FINE)));
        assert_eq!(edits(&found)[0], (Kind::Gap, "timing/spacing", 59, 60));
        let gap = found.findings.iter().find(|it| it.kind == Kind::Gap);
        assert_eq!(
            gap.map(|it| it.values["frames_that_fit"]),
            Some(f64::from(left_out))
        );
    }
}

#[test]
fn several_frames_left_out_are_found_by_the_jump_where_time_is_closed() {
    let studio = Studio::new();
    let jump = (Kind::MotionJump, "jump/step", 59, 60);
    let cut = (Kind::Cut, "cut/unlike-cells", 60, 60);
    for (left_out, seen) in [(4, jump), (8, cut)] {
        let last = 59 + left_out;
        let filter = format!("select=not(between(n\\,60\\,{last})),setpts=N");
        let name = format!("closed-{left_out}.mp4");
        let found = look(&studio.shoot(&name, &recipe(AERIAL, &filter, FINE)));
        assert_eq!(edits(&found), [seen], "{left_out} left out");
    }
}

/// The first frame that ffmpeg's own listing gives the hash of the frame before.
fn first_again(path: &std::path::Path) -> u32 {
    let listing = ffmpeg_listing(path);
    let frames = listing.lines().filter(|line| !line.starts_with('#'));
    let hashes: Vec<&str> = frames.filter_map(|line| line.rsplit(',').next()).collect();
    let again = hashes.windows(2).position(|pair| pair[0] == pair[1]);
    again.map_or(0, |at| at as u32 + 1)
}

#[test]
fn repeated_frames_are_found_where_they_repeat() {
    let studio = Studio::new();
    for again in [1, 4, 8] {
        let filter = format!("loop=loop={again}:size=1:start=60,setpts=N");
        let lossless = "-c:v libx264 -qp 0 -preset ultrafast -pix_fmt yuv420p -an";
        let name = format!("again-{again}.mp4");
        let clip = studio.shoot(&name, &recipe(AERIAL, &filter, lossless));
        let (found, first) = (look(&clip), first_again(&clip));
        assert!((60..=61).contains(&first), "{first}");
        let kind = if again < 5 {
            Kind::Repeated
        } else {
            Kind::Freeze
        };
        assert_eq!(
            edits(&found),
            [(kind, "repeat/frame-hash", first, first + again - 1)]
        );
    }
    let filter = "loop=loop=10:size=1:start=60,setpts=N";
    let found = look(&studio.shoot("coded.mp4", &recipe(AERIAL, filter, FINE)));
    let [(Kind::Freeze, _, first, last)] = edits(&found)[..] else {
        panic!("{:?}", edits(&found));
    };
    assert!(
        (60..=62).contains(&first) && (69..=71).contains(&last),
        "{first} to {last}"
    );
}

#[test]
fn clips_joined_and_coded_as_one_are_found_by_the_cut() {
    let studio = Studio::new();
    let filter = "trim=end_frame=70,setpts=N";
    let one = studio.shoot("one.mkv", &recipe(AERIAL, filter, FINE));
    let two = studio.shoot("two.mkv", &recipe("clips/bigbuckbunny.mp4", filter, FINE));
    let joined = studio.shoot(
        "joined.mp4",
        &format!(
            "-i {} -i {} -filter_complex [0:v][1:v]concat=n=2:v=1,settb=1/25,setpts=N {STEADY} {FINE}",
            one.display(),
            two.display()
        ),
    );
    let found = look(&joined);
    assert_eq!(edits(&found), [(Kind::Cut, "cut/unlike-cells", 70, 70)]);
}

#[test]
fn clips_joined_without_coding_are_found_by_the_cut_and_by_the_coders_note() {
    let studio = Studio::new();
    let coder = "-c:v libx264 -g 12 -bf 0 -pix_fmt yuv420p -an";
    let piece = |name: &str, clip: &str| {
        studio.shoot(name, &recipe(clip, "trim=end_frame=66,setpts=N", coder))
    };
    let (one, two) = (
        piece("one.ts", AERIAL),
        piece("two.ts", "clips/bigbuckbunny.mp4"),
    );
    let list = format!("-i concat:{}|{} -c copy", one.display(), two.display());
    let found = look(&studio.shoot("joined.mp4", &list));
    assert_eq!(edits(&found), [(Kind::Cut, "cut/unlike-cells", 66, 66)]);
    let notes = |it: &&Finding| it.method.name == "traces/coder-notes";
    let note = found
        .findings
        .iter()
        .filter(notes)
        .filter_map(|it| it.span)
        .next_back();
    assert_eq!(
        note.map(|span| span.last.0),
        Some(66),
        "{:?}",
        found.findings
    );
}

#[test]
fn the_key_frames_of_an_earlier_coding_are_found() {
    let studio = Studio::new();
    for (first, beat) in [
        ("mpeg4 -q:v 6 -g 12", 12),
        ("libx264 -crf 24 -g 15 -keyint_min 15 -sc_threshold 0", 15),
    ] {
        let coder = format!("-c:v {first} -an");
        let once = studio.shoot("once.mkv", &recipe(AERIAL, "null", &coder));
        let again = format!(
            "-i {} -vf settb=1/25,setpts=N {STEADY} {FINE} -g 250",
            once.display()
        );
        let found = look(&studio.shoot("twice.mp4", &again));
        let pulse = found.findings.iter().find(|it| it.kind == Kind::Recoded);
        let pulse = pulse.unwrap_or_else(|| panic!("{beat}: {:?}", found.findings));
        assert_eq!(
            pulse.values["period_frames"],
            f64::from(beat),
            "{}",
            pulse.summary
        );
        let at = pulse.span.map_or(1, |span| span.first.0);
        assert_eq!(at % beat, 0, "{}", pulse.summary);
    }
    let once = look(&studio.shoot("single.mp4", &recipe(AERIAL, "null", FINE)));
    assert_eq!(edits(&once), []);
}

#[test]
fn clips_as_published_show_none_of_these() {
    let own = |clip: &str| -> Vec<(Kind, u32)> {
        let found = look(&fixture(clip));
        edits(&found)
            .into_iter()
            .map(|(kind, _, first, _)| (kind, first))
            .collect()
    };
    assert_eq!(own("clips/bigbuckbunny.mp4"), []);
    assert_eq!(own("clips/v2.m4v"), []);
    // Its last frame is shown again.
    assert_eq!(own("clips/movie-hello.mpeg"), [(Kind::Repeated, 245)]);
    // Its timestamps leave time for five more frames after the first.
    assert_eq!(own("clips/VID_20191220_170832.mp4"), [(Kind::Gap, 0)]);
    // The one cut of its own editing.
    assert_eq!(own("clips/cityCC0.mpg"), [(Kind::Cut, 116)]);
}
