//! Pictures for watching are the frames of the index, in its order, each under its own number.

use std::path::Path;
use std::sync::Arc;

use media::decoder::Error;
use media::inspect::Inspection;
use media::reader::{FrameReader, WatchReader};
use media::time::FrameNo;
use media::watch::Reduced;

use super::clips::{Studio, decoder, fixture, look, open};

/// Wider than any clip here, so that nothing is reduced.
const WIDE: u32 = 4000;

fn watcher(path: &Path, found: &Inspection, width: u32) -> WatchReader {
    WatchReader::open(
        &decoder(),
        open(path),
        found.facts.clone(),
        Arc::new(found.frames.clone()),
        width,
    )
    .expect("open")
}

/// Numbers of the frames that come from frame `from` on.
fn numbers(watcher: &mut WatchReader, from: u32) -> Vec<u32> {
    watcher.go(FrameNo(from)).expect("go");
    let mut numbers = vec![from];
    while let Some(no) = watcher.advance().expect("advance") {
        numbers.push(no.0);
    }
    numbers
}

/// Watches from the start, from the middle and from near the end.
fn assert_whole(path: &Path) {
    let found = look(path);
    let count = found.frames.frames.len() as u32;
    assert!(count > 2, "{}", path.display());
    let mut watcher = watcher(path, &found, WIDE);
    for from in [0, count / 2, count - 2, 1] {
        let expected: Vec<u32> = (from..count).collect();
        assert_eq!(
            numbers(&mut watcher, from),
            expected,
            "{} from {from}",
            path.display()
        );
    }
}

/// Mean difference of the channels of two pictures in levels.
fn apart(one: &[u8], other: &[u8]) -> f64 {
    assert_eq!(one.len(), other.len());
    let sum: u64 = one
        .iter()
        .zip(other)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    sum as f64 / one.len() as f64
}

#[test]
fn of_every_container_and_codec() {
    for clip in [
        "clips/cityCC0.mpg",
        "clips/movie-hello.ogg",
        "clips/city-repost.mp4",
        "clips/v2s.mov",
        "clips/v2.m4v",
        "odd/ten-bit.mp4",
        "odd/rotated.mp4",
    ] {
        assert_whole(&fixture(clip));
    }
    assert_whole(&fixture("clips/movie-hello.mpeg"));
}

#[test]
fn of_every_group_of_pictures() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=96x64:d=2";
    for (name, how) in [
        (
            "open.ts",
            "-c:v libx264 -g 10 -bf 3 -x264-params open-gop=1",
        ),
        ("plain.avi", "-c:v mpeg4 -bf 2 -g 12"),
        ("pro.mov", "-c:v prores_ks -profile:v 3"),
        ("alpha.mov", "-c:v qtrle -pix_fmt argb -g 5"),
        ("palette.gif", "-r 10"),
        ("single.mkv", "-c:v libx264 -g 500"),
    ] {
        assert_whole(&studio.shoot(name, &format!("{source} {how}")));
    }
}

#[test]
fn each_picture_is_that_of_its_frame() {
    for (clip, step) in [
        ("odd/rotated.mp4", 7),
        ("odd/anamorphic.mp4", 9),
        ("odd/ten-bit.mp4", 8),
        ("clips/city-repost.mp4", 31),
    ] {
        let path = fixture(clip);
        let found = look(&path);
        let frames = Arc::new(found.frames.clone());
        let mut exact =
            FrameReader::open(&decoder(), open(&path), found.facts.clone(), frames).expect("open");
        let mut watcher = watcher(&path, &found, WIDE);
        watcher.go(FrameNo(0)).expect("go");
        let mut here = Some(FrameNo(0));
        while let Some(no) = here {
            if no.0 % step == 0 {
                let picture = watcher.picture().expect("a picture");
                let still = exact.still(no).expect("a still");
                assert_eq!(picture.no, no);
                assert_eq!(picture.pts, found.frames.frames[no.0 as usize].pts);
                assert_eq!((picture.width, picture.height), (still.width, still.height));
                let apart = apart(&picture.rgb, &still.rgb);
                assert!(apart < 3.0, "{clip}, frame {no}: {apart} levels");
            }
            here = watcher.advance().expect("advance");
        }
    }
}

#[test]
fn as_narrow_as_asked_for_in_the_shape_of_the_display() {
    for clip in ["odd/rotated.mp4", "odd/anamorphic.mp4"] {
        let path = fixture(clip);
        let found = look(&path);
        let frames = Arc::new(found.frames.clone());
        let mut exact =
            FrameReader::open(&decoder(), open(&path), found.facts.clone(), frames).expect("open");
        let still = exact.still(FrameNo(0)).expect("a still");
        let mut watcher = watcher(&path, &found, 100);
        watcher.go(FrameNo(0)).expect("go");
        let picture: Reduced = watcher.picture().expect("a picture");
        assert_eq!(picture.width, 100);
        let high = f64::from(still.height) * 100.0 / f64::from(still.width);
        assert!((f64::from(picture.height) - high).abs() <= 0.5, "{clip}");
        assert_eq!(picture.rgb.len() as u32, 3 * 100 * picture.height);
        assert!(picture.jpeg().starts_with(&[0xff, 0xd8, 0xff]));
    }
}

#[test]
fn backwards_group_by_group() {
    let studio = Studio::new();
    let path = studio.shoot(
        "groups.mp4",
        "-f lavfi -i testsrc2=s=96x64:d=2 -c:v libx264 -g 10 -keyint_min 10 -sc_threshold 0 -bf 2",
    );
    let found = look(&path);
    let mut watcher = watcher(&path, &found, WIDE);
    let mut last = 49;
    loop {
        let first = watcher.group_of(FrameNo(last));
        assert_eq!(first.0, last / 10 * 10);
        watcher.go(first).expect("go");
        for no in first.0 + 1..=last {
            assert_eq!(watcher.advance().expect("advance"), Some(FrameNo(no)));
        }
        if first.0 == 0 {
            break;
        }
        last = first.0 - 1;
    }
}

#[test]
fn nothing_begins_at_a_frame_with_other_pixels_than_recorded() {
    let path = fixture("clips/city-repost.mp4");
    let mut found = look(&path);
    found.frames.frames[40].hash.0[0] ^= 1;
    let mut watcher = watcher(&path, &found, WIDE);
    assert!(matches!(
        watcher.go(FrameNo(40)),
        Err(Error::NotReproduced { no: FrameNo(40) })
    ));
    watcher.go(FrameNo(41)).expect("the reader goes on");
    assert!(matches!(
        watcher.go(FrameNo(1_000_000)),
        Err(Error::NoSuchFrame { .. })
    ));
}

#[test]
fn a_file_that_breaks_off_gives_what_there_is() {
    let path = fixture("odd/truncated.mp4");
    let found = look(&path);
    let count = found.frames.frames.len() as u32;
    let mut watcher = watcher(&path, &found, WIDE);
    assert_eq!(numbers(&mut watcher, 0), (0..count).collect::<Vec<_>>());
}
