//! What is found in the pictures of real footage that was tampered with at a known frame.

use std::path::{Path, PathBuf};

use media::finding::{Finding, FindingKind};

use super::clips::{Studio, fixture, look};

/// Aerial footage that moves all the time, 149 frames, at a constant rate and uncut.
const MOVING: &str = "clips/v2.m4v";
const X264: &str = "-an -c:v libx264 -preset veryfast -crf 23 -pix_fmt yuv420p";

/// The moving clip through a filter, at 25 frames a second.
fn filtered(studio: &Studio, name: &str, filter: &str, coder: &str) -> PathBuf {
    let source = fixture(MOVING);
    studio.shoot(
        name,
        &format!(
            "-i {} -map 0:v:0 -vf {filter} -r 25 {coder}",
            source.display()
        ),
    )
}

fn of(path: &Path, kind: FindingKind) -> Vec<Finding> {
    let mut found = look(path).findings;
    found.retain(|finding| finding.kind == kind);
    found
}

/// First and last frame of the only finding of a kind, of which the untouched clip has none there.
fn only(path: &Path, kind: FindingKind) -> (u32, u32) {
    assert!(of(&fixture(MOVING), kind).is_empty(), "untouched: {kind:?}");
    let found = of(path, kind);
    let [finding] = &found[..] else {
        panic!("{kind:?}: {found:?}");
    };
    assert!(!finding.method.limits.is_empty() && finding.reproduce.is_some());
    let span = finding.span.expect("a place");
    (span.first.0, span.last.0)
}

#[test]
fn a_frame_shown_again_is_found() {
    let studio = Studio::new();
    let lossless = "-an -c:v libx264 -preset ultrafast -qp 0 -pix_fmt yuv420p";
    let clip = filtered(
        &studio,
        "twice.mp4",
        "loop=loop=1:size=1:start=50,setpts=N/25/TB",
        lossless,
    );
    assert_eq!(only(&clip, FindingKind::Repeated), (50, 50));
    assert!(of(&clip, FindingKind::Freeze).is_empty());
}

#[test]
fn a_standstill_is_found_whatever_the_coder_makes_of_it() {
    let studio = Studio::new();
    for (name, coder) in [
        ("x264.mp4", X264),
        (
            "coarse.mp4",
            "-an -c:v libx264 -crf 34 -g 10 -pix_fmt yuv420p",
        ),
        ("mpeg2.mpg", "-an -c:v mpeg2video -q:v 6"),
        ("mpeg4.avi", "-an -c:v mpeg4 -q:v 5"),
    ] {
        let clip = filtered(
            &studio,
            name,
            "loop=loop=20:size=1:start=50,setpts=N/25/TB",
            coder,
        );
        let found = of(&clip, FindingKind::Freeze);
        let covered: u32 = found
            .iter()
            .filter_map(|it| it.span)
            .inspect(|span| {
                assert!(span.first.0 >= 50 && span.last.0 <= 70, "{name}: {found:?}");
            })
            .map(|span| span.last.0 - span.first.0 + 1)
            .sum();
        assert!(covered >= 18, "{name}: {found:?}");
    }
}

#[test]
fn frames_left_out_before_coding_are_a_jump() {
    let studio = Studio::new();
    let source = fixture("clips/cityCC0.mpg");
    assert!(of(&source, FindingKind::MotionJump).is_empty(), "untouched");
    let without = r"crop=720:400,select=not(between(n\,40\,43)),setpts=N/25/TB";
    let arguments = format!("-i {} -vf {without} -r 25 {X264}", source.display());
    let clip = studio.shoot("shorter.mp4", &arguments);
    let found = of(&clip, FindingKind::MotionJump);
    let places: Vec<_> = found.iter().filter_map(|it| it.span).collect();
    assert_eq!(places.len(), 1, "{found:?}");
    assert_eq!((places[0].first.0, places[0].last.0), (39, 40));
}

#[test]
fn frames_left_out_afterwards_are_a_gap_in_time() {
    let studio = Studio::new();
    let without = r"setpts=N/25/TB,select=not(between(n\,50\,54))";
    let coder = format!("-fps_mode passthrough {X264}");
    let clip = filtered(&studio, "gap.mp4", without, &coder);
    assert_eq!(only(&clip, FindingKind::Gap), (49, 50));
    let gap = &of(&clip, FindingKind::Gap)[0];
    assert_eq!(gap.values["frames_that_fit"], 5.0);
    assert!(
        of(&clip, FindingKind::MotionJump).is_empty(),
        "time explains it"
    );
}

#[test]
fn a_flash_and_a_foreign_frame_are_found() {
    let studio = Studio::new();
    let bright = "setpts=N/25/TB,eq=brightness=0.3:enable=between(n\\,60\\,61)";
    let clip = filtered(&studio, "flash.mp4", bright, X264);
    assert_eq!(only(&clip, FindingKind::Flash), (60, 61));
    let dark = "setpts=N/25/TB,eq=brightness=-0.3:enable=eq(n\\,60)";
    let clip = filtered(&studio, "dark.mp4", dark, X264);
    assert_eq!(only(&clip, FindingKind::Flash), (60, 60));
    let foreign = "setpts=N/25/TB,negate=enable=eq(n\\,60)";
    let clip = filtered(&studio, "foreign.mp4", foreign, X264);
    assert_eq!(only(&clip, FindingKind::Flash), (60, 60));
}

#[test]
fn a_fade_to_white_and_from_it_is_no_fade_of_black() {
    let studio = Studio::new();
    let white = "setpts=N/25/TB,fade=out:60:15:color=white,fade=in:0:12:color=white";
    let clip = filtered(&studio, "white.mp4", white, X264);
    let (first, last) = only(&clip, FindingKind::FadeToWhite);
    assert!(
        first.abs_diff(61) <= 3 && last.abs_diff(75) <= 3,
        "{first} {last}"
    );
    let (first, last) = only(&clip, FindingKind::FadeFromWhite);
    assert!(first <= 3 && last.abs_diff(12) <= 3, "{first} {last}");
    assert!(of(&clip, FindingKind::FadeOut).is_empty());
}
