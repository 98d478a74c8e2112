//! Random access gives the frames of the index, whatever the way to them.

use std::path::Path;
use std::sync::Arc;

use media::decoder::{Error, Limits};
use media::reader::{FrameReader, Wanted};
use media::time::FrameNo;

use super::clips::{Studio, decoder, ffmpeg_picture, fixture, look, open, with};

/// Reads every `step`th frame forwards, backwards and crosswise, and compares all three.
fn assert_exact(path: &Path, step: usize) {
    let found = look(path);
    let frames = Arc::new(found.frames);
    let count = frames.frames.len();
    assert!(count > step, "{}: {count} frames", path.display());
    let start = || {
        FrameReader::open(
            &decoder(),
            open(path),
            found.facts.clone(),
            Arc::clone(&frames),
        )
        .expect("open")
    };
    let numbers: Vec<u32> = (0..count as u32).step_by(step).collect();
    let mut forward = start();
    let pixels: Vec<_> = numbers
        .iter()
        .map(|&no| forward.still(FrameNo(no)).expect("forward").pixel_hash())
        .collect();
    let mut backward = start();
    for (&no, hash) in numbers.iter().zip(&pixels).rev() {
        let still = backward.still(FrameNo(no)).expect("backward");
        assert_eq!(still.native_hash, frames.frames[no as usize].hash);
        assert_eq!(still.pixel_hash(), *hash, "{}: frame {no}", path.display());
    }
    let mut crosswise = start();
    for turn in 0..numbers.len() {
        let at = turn * 7 % numbers.len();
        let still = crosswise.still(FrameNo(numbers[at])).expect("crosswise");
        assert_eq!(still.pixel_hash(), pixels[at], "frame {}", numbers[at]);
    }
}

#[test]
fn what_nobody_waits_for_any_more_is_given_up_on_the_way() {
    let path = fixture("clips/city-repost.mp4");
    let found = look(&path);
    let hashes: Vec<_> = found.frames.frames.iter().map(|one| one.hash).collect();
    let mut reader =
        FrameReader::open(&decoder(), open(&path), found.facts, found.frames.into()).expect("open");
    let (first, last) = (FrameNo(0), FrameNo(hashes.len() as u32 - 1));
    let gone = Wanted::default();
    gone.give_up();
    reader.decode_while(gone);
    assert!(matches!(reader.still(last), Err(Error::Cancelled)));
    // Whoever comes next finds the process where it was left.
    reader.decode_while(Wanted::default());
    for no in [last, first, last] {
        let still = reader.still(no).expect("wanted");
        assert_eq!(still.native_hash, hashes[no.0 as usize]);
    }
}

#[test]
fn in_a_program_stream_where_seeking_by_time_fails() {
    assert_exact(&fixture("clips/movie-hello.mpeg"), 9);
}

#[test]
fn behind_an_edit_list() {
    assert_exact(&fixture("clips/v2s.mov"), 1);
}

#[test]
fn at_a_variable_rate() {
    assert_exact(&fixture("clips/city-repost.mp4"), 3);
}

#[test]
fn in_every_group_of_pictures() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=96x64:d=2";
    for (name, how) in [
        (
            "open.mp4",
            "-c:v libx264 -g 10 -bf 3 -x264-params open-gop=1",
        ),
        (
            "open.ts",
            "-c:v libx264 -g 10 -bf 3 -x264-params open-gop=1",
        ),
        (
            "refresh.mkv",
            "-c:v libx264 -g 10 -x264-params intra-refresh=1",
        ),
        ("plain.avi", "-c:v mpeg4 -bf 2 -g 12"),
        ("alpha.mov", "-c:v qtrle -pix_fmt argb -g 5"),
        ("palette.gif", "-r 10"),
    ] {
        assert_exact(&studio.shoot(name, &format!("{source} {how}")), 1);
    }
}

#[test]
fn shown_as_a_display_would() {
    let found = look(&fixture("odd/rotated.mp4"));
    let video = found.facts.streams[0].video.clone().expect("video");
    let path = fixture("odd/rotated.mp4");
    let frames = Arc::new(found.frames);
    let mut reader = FrameReader::open(&decoder(), open(&path), found.facts, frames).expect("open");
    let still = reader.still(FrameNo(0)).expect("still");
    assert_eq!((still.width, still.height), (video.height, video.width));
    assert_eq!(still.applied.rotation, 270);
    let theirs = ffmpeg_picture(&path);
    assert_eq!(theirs.len(), still.rgb.len());
    let apart: u64 = theirs
        .iter()
        .zip(&still.rgb)
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    // Rounding differs; any other orientation is dozens of levels away.
    assert!(apart < 3 * theirs.len() as u64, "{apart}");
    assert!(still.applied.converter.starts_with("libswscale "));
    assert!(matches!(
        reader.still(FrameNo(1_000_000)),
        Err(Error::NoSuchFrame { .. })
    ));
}

#[test]
fn other_pixels_than_recorded_are_refused() {
    let path = fixture("clips/city-repost.mp4");
    let found = look(&path);
    let mut frames = found.frames;
    frames.frames[40].hash.0[0] ^= 1;
    let mut reader =
        FrameReader::open(&decoder(), open(&path), found.facts, Arc::new(frames)).expect("open");
    assert!(matches!(
        reader.still(FrameNo(40)),
        Err(Error::NotReproduced { no: FrameNo(40) })
    ));
    assert!(reader.still(FrameNo(41)).is_ok(), "the reader goes on");
}

#[test]
fn the_same_pixels_whatever_the_number_of_threads() {
    for clip in ["odd/ten-bit.mp4", "clips/cityCC0.mpg", "odd/rotated.mp4"] {
        let found = look(&fixture(clip));
        let frames = Arc::new(found.frames);
        let hash = |threads| {
            let decoder = with(Limits {
                threads,
                ..Limits::default()
            });
            let file = open(&fixture(clip));
            let facts = found.facts.clone();
            let mut reader =
                FrameReader::open(&decoder, file, facts, Arc::clone(&frames)).expect("open");
            reader.still(FrameNo(20)).expect("a frame").pixel_hash()
        };
        let one = hash(1);
        assert_eq!([hash(2), hash(5)], [one; 2], "{clip}");
    }
}
