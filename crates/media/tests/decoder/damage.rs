//! Damaged and hostile input gives findings, never an error or a panic.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use media::decoder::{Error, Limits};
use media::finding::FindingKind;
use media::inspect::{Inspection, Progress, Watch, inspect};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};
use proptest::prelude::*;

use super::clips::{Studio, decoder, fixture, look, open, with};

fn has(found: &Inspection, kind: FindingKind) -> bool {
    found.findings.iter().any(|finding| finding.kind == kind)
}

#[test]
fn nothing_and_garbage_are_unreadable() {
    let studio = Studio::new();
    for path in [studio.write("empty", b""), fixture("odd/garbage.mp4")] {
        let found = look(&path);
        assert!(has(&found, FindingKind::Unreadable), "{:?}", found.findings);
        assert!(found.frames.frames.is_empty() && found.facts.streams.is_empty());
        let mut methods = found.findings.iter().map(|finding| &*finding.method.name);
        assert!(
            methods.all(|method| !method.starts_with("sound/")),
            "of no stream nothing is found"
        );
    }
}

#[test]
fn a_stream_without_pictures_is_unreadable() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "init.mp4",
        "-f lavfi -i testsrc2=s=64x64:d=1 -c:v libx264 -movflags empty_moov+frag_keyframe",
    );
    let bytes = std::fs::read(clip).expect("read");
    let end = bytes
        .windows(4)
        .position(|name| name == b"moof")
        .expect("a fragment");
    let found = look(&studio.write("only-init.mp4", &bytes[..end - 4]));
    assert!(found.facts.video.is_some());
    assert!(has(&found, FindingKind::Unreadable), "{:?}", found.findings);
}

#[test]
fn a_playlist_of_other_files_is_not_followed() {
    let studio = Studio::new();
    let clip = fixture("clips/v2s.mov");
    let clip = clip.canonicalize().expect("path");
    let list = format!("ffconcat version 1.0\nfile '{}'\n", clip.display());
    let found = look(&studio.write("list", list.as_bytes()));
    assert!(has(&found, FindingKind::Unreadable));
}

#[test]
fn limits_end_a_pass_with_a_finding() {
    let limits = [
        Limits {
            wall: Duration::ZERO,
            ..Limits::default()
        },
        Limits {
            max_frames: 3,
            ..Limits::default()
        },
    ];
    for limits in limits {
        let clip = open(&fixture("clips/cityCC0.mpg"));
        match inspect(&with(limits), clip, &mut ()) {
            Ok(found) => {
                assert!(has(&found, FindingKind::Incomplete), "{:?}", found.findings);
                assert!(!found.complete && found.frames.frames.len() <= 3);
            }
            // Out of time before the jail was closed.
            Err(error) => assert!(matches!(error, Error::NotStarted { .. }), "{error}"),
        }
    }
    let small = with(Limits {
        max_pixels: 1000,
        ..Limits::default()
    });
    let found = inspect(&small, open(&fixture("clips/cityCC0.mpg")), &mut ()).expect("inspect");
    assert!(found.frames.frames.is_empty() && !found.findings.is_empty());
}

/// Kills the decoder when frame 5 comes by.
struct Killer;

impl Watch for Killer {
    fn frame(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {
        if no == FrameNo(5) {
            kill_children();
        }
    }

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Kills the processes that this thread started.
pub(crate) fn kill_children() {
    for child in children() {
        std::process::Command::new("kill")
            .args(["-KILL", &child])
            .status()
            .expect("kill");
    }
}

/// Processes that this thread started.
fn children() -> Vec<String> {
    std::fs::read_to_string("/proc/thread-self/children")
        .expect("the kernel lists children")
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_decoder_that_dies_leaves_what_it_gave() {
    let clip = open(&fixture("clips/VID_20191220_170832.mp4"));
    let found = inspect(&decoder(), clip, &mut Killer).expect("no error");
    assert!(!found.complete && has(&found, FindingKind::Incomplete));
    assert!(
        found.frames.frames.len() > 5,
        "{}",
        found.frames.frames.len()
    );
}

/// Stops after two frames.
struct Bored(u32);

impl Watch for Bored {
    fn frame(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {
        self.0 += 1;
    }

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        if self.0 == 2 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

#[test]
fn a_watcher_can_cancel() {
    let clip = open(&fixture("clips/cityCC0.mpg"));
    let mut bored = Bored(0);
    assert!(matches!(
        inspect(&decoder(), clip, &mut bored),
        Err(Error::Cancelled)
    ));
    assert_eq!(bored.0, 2);
}

#[test]
fn a_truncated_file_gives_its_beginning() {
    let found = look(&fixture("odd/truncated.mp4"));
    assert!(!found.findings.is_empty(), "{found:?}");
}

fn hashes(path: &Path, threads: u32) -> Vec<String> {
    let limits = Limits {
        threads,
        ..Limits::default()
    };
    let found = inspect(&with(limits), File::open(path).expect("open"), &mut ()).expect("inspect");
    found
        .frames
        .frames
        .iter()
        .map(|frame| frame.hash.hex())
        .collect()
}

#[test]
fn the_number_of_threads_does_not_change_pictures() {
    let clip = fixture("clips/city-repost.mp4");
    let one = hashes(&clip, 1);
    for threads in [2, 3, 8] {
        assert_eq!(hashes(&clip, threads), one, "{threads} threads");
    }
}

#[test]
fn damage_is_decoded_the_same_whatever_the_threads() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "clean.mkv",
        "-f lavfi -i testsrc2=s=320x180:d=3 -c:v libx264 -bf 3 -g 25",
    );
    let mut bytes = std::fs::read(&clip).expect("read");
    let end = bytes.len() * 9 / 10;
    for at in (bytes.len() / 10..end).step_by(bytes.len() / 37) {
        bytes[at] ^= 0x10;
    }
    let broken = studio.write("broken.mkv", &bytes);
    assert!(has(&look(&broken), FindingKind::Damage));
    let one = hashes(&broken, 1);
    for threads in [2, 4] {
        assert_eq!(hashes(&broken, threads), one, "{threads} threads");
    }
}

/// Counts the frames that it is shown.
#[derive(Default)]
struct Tally(Vec<u32>);

impl Watch for Tally {
    fn frame(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {
        self.0.push(no.0);
    }

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[test]
fn a_watcher_sees_each_frame_once_even_of_a_damaged_file() {
    let studio = Studio::new();
    let mut bytes = std::fs::read(fixture("clips/cityCC0.mpg")).expect("read");
    for at in (1_000_000..1_300_000).step_by(9973) {
        bytes[at] ^= 0x55;
    }
    let path = studio.write("broken.mpg", &bytes);
    let limits = Limits {
        threads: 4,
        ..Limits::default()
    };
    let mut tally = Tally::default();
    let found = inspect(&with(limits), open(&path), &mut tally).expect("inspect");
    assert!(has(&found, FindingKind::Damage), "{:?}", found.findings);
    let all: Vec<u32> = (0..found.frames.frames.len() as u32).collect();
    assert_eq!(tally.0, all);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_never_break_the_parent(
        flips in prop::collection::vec((0_usize..40_000, any::<u8>()), 1..200),
        length in 1_usize..40_000,
    ) {
        let mut bytes = std::fs::read(fixture("odd/ten-bit.mp4")).expect("read");
        bytes.truncate(length.max(64));
        let end = bytes.len();
        for (at, value) in flips {
            bytes[at % end] = value;
        }
        let studio = Studio::new();
        let found = look(&studio.write("hostile.mp4", &bytes));
        prop_assert_eq!(found.facts.size, end as u64);
        for (frame, no) in found.frames.frames.iter().zip(0..) {
            prop_assert_eq!(frame.no, FrameNo(no));
        }
    }
}
