//! Fields: what the stream says of them and what the rows show.

use std::path::Path;

use media::finding::{Finding, FindingKind};
use media::inspect::Inspection;

use super::clips::{Studio, fixture, look};

fn fields<'a>(found: &'a Inspection, method: &str) -> Vec<&'a Finding> {
    let of =
        |finding: &&Finding| finding.kind == FindingKind::Fields && finding.method.name == method;
    found.findings.iter().filter(of).collect()
}

/// The aerial clip at double its rate, so that two frames can be made the fields of one.
fn video(filter: &str, coder: &str) -> String {
    let clip = fixture("clips/v2.m4v");
    format!(
        "-i {} -map 0:v:0 -vf scale=320:192,setpts=N/50/TB,fps=50,{filter} {coder} -an",
        clip.display()
    )
}

fn shoot(studio: &Studio, name: &str, filter: &str, coder: &str) -> Inspection {
    look(&studio.shoot(name, &video(filter, coder)))
}

const MPEG2: &str = "-c:v mpeg2video -q:v 3 -flags +ildct+ilme";

#[test]
fn the_field_order_of_each_frame_is_kept() {
    let studio = Studio::new();
    let found = shoot(
        &studio,
        "top.ts",
        "tinterlace=interleave_top,setfield=tff",
        MPEG2,
    );
    let scanning = &found.facts.presentation.as_ref().expect("frames").scanning;
    assert_eq!(scanning.len(), 1, "{scanning:?}");
    assert!(scanning[0].scanning.interlaced && scanning[0].scanning.top_first);
    assert!(
        found
            .findings
            .iter()
            .all(|it| it.kind != FindingKind::Fields)
    );
}

#[test]
fn fields_in_a_stream_that_calls_itself_progressive_are_found() {
    let studio = Studio::new();
    let hidden = shoot(
        &studio,
        "hidden.mp4",
        "tinterlace=interleave_bottom,setfield=prog",
        "-c:v libx264 -crf 20",
    );
    let [finding] = fields(&hidden, "fields/woven")[..] else {
        panic!("{:?}", hidden.findings);
    };
    assert!(
        finding.summary.contains("progressive") && finding.summary.contains("bottom field first"),
        "{}",
        finding.summary
    );
    assert!(finding.values["bottom_field_first"] >= 40.0, "{finding:?}");
    let swapped = shoot(
        &studio,
        "swapped.ts",
        "tinterlace=interleave_top,setfield=bff",
        MPEG2,
    );
    assert_eq!(
        fields(&swapped, "fields/woven").len(),
        1,
        "{:?}",
        swapped.findings
    );
}

#[test]
fn film_shown_as_video_and_the_cut_in_it_are_found() {
    let studio = Studio::new();
    let coder = "-c:v libx264 -crf 18 -flags +ilme+ildct";
    let film = shoot(&studio, "film.mp4", "telecine=pattern=23", coder);
    let [finding] = fields(&film, "fields/cadence")[..] else {
        panic!("{:?}", film.findings);
    };
    assert_eq!(finding.values["beat_frames"], 5.0);
    assert_eq!(
        finding.values["fields_shown_again"],
        finding.values["in_step"]
    );
    let whole = shoot(&studio, "whole.mp4", "null", "-c:v libx264 -crf 18");
    assert!(
        whole
            .findings
            .iter()
            .all(|it| it.kind != FindingKind::Fields)
    );
}

#[test]
fn a_change_from_progressive_to_fields_is_placed() {
    let studio = Studio::new();
    let piece = |name: &str, filter: &str| studio.shoot(name, &video(filter, MPEG2));
    let (one, two) = (
        piece("one.ts", "setfield=prog,trim=end_frame=40"),
        piece("two.ts", "tinterlace=interleave_top,setfield=tff"),
    );
    let join = |a: &Path, b: &Path| format!("-i concat:{}|{} -c copy", a.display(), b.display());
    let joined = look(&studio.shoot("joined.ts", &join(&one, &two)));
    let [finding] = fields(&joined, "fields/flags")[..] else {
        panic!("{:?}", joined.findings);
    };
    assert_eq!(
        finding.span.map(|span| span.first.0),
        Some(40),
        "{}",
        finding.summary
    );
}
