//! Files with several video tracks: one is examined, each can be looked at as ffmpeg shows it.

use std::path::Path;
use std::sync::Arc;

use media::finding::FindingKind;
use media::inspect::{Inspection, inspect};
use media::listing::framehash_listing;
use media::reader::{FrameReader, StoredReader};
use media::time::{FrameNo, SampleNo, TrackNo};

use super::clips::{Studio, decoder, ffmpeg_listing_of, fixture, look, open};

/// Two films and a sound in one container.
const TWO: &str = "-f lavfi -i testsrc2=s=96x64:r=25:d=2 -f lavfi -i mandelbrot=s=178x98:r=30000/1001 \
                   -f lavfi -i sine=d=1 -t 1.5 -map 0 -map 1 -map 2";

fn look_at(path: &Path, track: u32) -> Inspection {
    inspect(&decoder().on(TrackNo(track)), open(path), &mut ()).expect("inspect")
}

fn kinds(found: &Inspection) -> Vec<FindingKind> {
    found.findings.iter().map(|finding| finding.kind).collect()
}

fn assert_listed(path: &Path, track: u32) {
    let found = look_at(path, track);
    assert_eq!(found.facts.track(), Some(TrackNo(track)));
    let ours = framehash_listing(&found.facts, &found.frames, &found.versions);
    let theirs = ffmpeg_listing_of(path, track);
    assert!(theirs.lines().count() > 10, "ffmpeg lists frames");
    assert_eq!(ours, theirs, "{}: track {track}", path.display());
}

#[test]
fn each_track_is_listed_as_ffmpeg_lists_it() {
    let studio = Studio::new();
    for (name, how) in [
        ("two.mp4", "-c:v libx264 -bf 2 -g 12 -c:a aac"),
        ("two.mkv", "-c:v mpeg4 -bf 2 -c:a flac"),
        ("two.ts", "-c:v mpeg2video -bf 2 -c:a mp2"),
    ] {
        let path = studio.shoot(name, &format!("{TWO} {how}"));
        assert_listed(&path, 0);
        assert_listed(&path, 1);
    }
}

#[test]
fn the_pass_over_another_track_tells_of_that_track_alone() {
    let studio = Studio::new();
    let path = studio.shoot("two.mp4", &format!("{TWO} -c:v libx264 -c:a aac"));
    let first = look(&path);
    let finding = first
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::VideoTracks)
        .expect("a finding");
    assert_eq!(
        finding.summary,
        "There are 2 video tracks: track 0 (stream 0, h264 96×64, examined); track 1 (stream 1, h264 178×98)."
    );
    assert_eq!(first.facts.track(), Some(TrackNo(0)));
    assert!(first.sound.is_some() && first.facts.parts.is_some());

    let second = look_at(&path, 1);
    assert!(!kinds(&second).contains(&FindingKind::VideoTracks));
    assert!(second.sound.is_none() && second.facts.parts.is_none());
    assert_ne!(second.frames.frames.len(), first.frames.frames.len());
    let commands = second
        .findings
        .iter()
        .filter_map(|it| it.reproduce.as_ref());
    for command in commands {
        assert!(!command.contains("v:0"), "{command}");
    }
    let none = look_at(&path, 2);
    assert_eq!((none.facts.track(), none.frames.frames.len()), (None, 0));
    assert!(!kinds(&look(&fixture("clips/v2.m4v"))).contains(&FindingKind::VideoTracks));
}

#[test]
fn frames_of_another_track_are_exact_at_random() {
    let studio = Studio::new();
    let path = studio.shoot(
        "two.mp4",
        &format!("{TWO} -c:v libx264 -bf 2 -g 12 -c:a aac"),
    );
    let found = look_at(&path, 1);
    let frames = Arc::new(found.frames.clone());
    let mut reader = FrameReader::open(
        &decoder(),
        open(&path),
        found.facts.clone(),
        Arc::clone(&frames),
    )
    .expect("open");
    for no in [30, 3, 17, 18, 0, 44] {
        let still = reader.still(FrameNo(no)).expect("a frame");
        assert_eq!(still.native_hash, frames.frames[no as usize].hash);
        assert_eq!((still.width, still.height), (178, 98));
    }
    let mut stored =
        StoredReader::open(&decoder(), open(&path), &found.facts, &found.frames).expect("open");
    assert_eq!(stored.samples().len(), found.stored_samples as usize);
    let [no] = stored.samples()[7].frames[..] else {
        panic!("{:?}", stored.samples()[7]);
    };
    let picture = stored.still(SampleNo(7)).expect("a picture");
    assert_eq!(picture.rgb, reader.still(no).expect("a frame").rgb);
}

#[test]
fn a_cover_is_told_as_such_and_never_examined_beside_a_film() {
    let studio = Studio::new();
    let cover = studio.shoot("cover.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");
    let film = studio.shoot(
        "film.mp4",
        &format!(
            "-i {} -f lavfi -i testsrc2=s=96x64:d=1 -map 0 -map 1 -c:v:0 png -c:v:1 libx264 \
             -disposition:v:0 attached_pic",
            cover.display()
        ),
    );
    let found = look(&film);
    assert_eq!(found.frames.frames.len(), 25);
    let examined = found.facts.track().expect("a track");
    let (no, stream) = found
        .facts
        .tracks()
        .find(|(_, stream)| stream.attached_picture)
        .expect("a cover");
    assert_ne!(no, examined);
    let finding = found
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::VideoTracks)
        .expect("a finding");
    let told = format!(
        "track {no} (stream {}, png 64×64, an attached picture)",
        stream.index
    );
    assert!(finding.summary.contains(&told), "{}", finding.summary);
    let picture = look_at(&film, no.0);
    assert_eq!(picture.frames.frames.len(), 1);
    let listing = framehash_listing(&picture.facts, &picture.frames, &picture.versions);
    assert_eq!(listing, ffmpeg_listing_of(&film, no.0));
    let mut reader = FrameReader::open(
        &decoder(),
        open(&film),
        picture.facts,
        Arc::new(picture.frames),
    )
    .expect("open");
    assert_eq!(reader.still(FrameNo(0)).expect("the cover").width, 64);

    let song = studio.shoot(
        "song.mp3",
        &format!(
            "-f lavfi -i sine=d=1 -i {} -map 0 -map 1 -c:v copy -disposition:v:0 attached_pic",
            cover.display()
        ),
    );
    let found = look(&song);
    assert_eq!(
        (found.facts.track(), found.frames.frames.len()),
        (Some(TrackNo(0)), 1)
    );
    assert!(!kinds(&found).contains(&FindingKind::VideoTracks));
}
