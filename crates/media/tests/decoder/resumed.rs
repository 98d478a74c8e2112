//! Passes that are cut off and gone on with: the result is that of a pass in one go.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use media::decoder::{Error, Limits};
use media::inspect::{
    Inspection, Memory, Progress, Resumed, Stage, Watch, WorkLog, inspect, inspect_with_log,
};
use media::picture::Luma;
use media::thumbnail::thumbnails_to_bytes;
use media::time::{FrameNo, Pts, TimeBase};

use super::clips::{Studio, decoder, fixture, open, with};
use super::damage::kill_children;

const KEY: [u8; 32] = [7; 32];

/// Cancels once it has seen this many frames, or hears of a stage.
#[derive(Default)]
struct Cut {
    frames: Option<u32>,
    stage: Option<Stage>,
    seen: Vec<u32>,
    recalled: Vec<u32>,
    again: Vec<u32>,
    shares: Vec<(Stage, u32)>,
}

impl Watch for Cut {
    fn frame(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {
        self.seen.push(no.0);
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.shares.push((progress.stage, progress.share));
        let cut = self.frames == Some(progress.frames) || self.stage == Some(progress.stage);
        if cut && progress.stage != Stage::Approach {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn memory(&mut self) -> Option<&mut dyn Memory> {
        Some(self)
    }
}

impl Memory for Cut {
    fn note(&mut self, note: &mut Vec<u8>) {
        let last = self.seen.last().expect("a frame was seen");
        note.extend(last.to_le_bytes());
    }

    fn recall(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, note: &[u8]) -> bool {
        self.recalled.push(no.0);
        note == no.0.to_le_bytes()
    }

    /// Half of what was recalled.
    fn wanted(&self) -> Option<FrameNo> {
        self.recalled
            .get(self.recalled.len() / 2)
            .map(|&no| FrameNo(no))
    }

    fn again(&mut self, no: FrameNo, _: Luma<'_>) {
        self.again.push(no.0);
    }

    fn forget(&mut self) {
        self.recalled.clear();
        self.seen.clear();
    }
}

fn log(file: &File) -> WorkLog {
    log_of(file, &KEY, "test")
}

fn log_of(file: &File, key: &[u8; 32], identity: &str) -> WorkLog {
    WorkLog::new(file.try_clone().expect("clone"), key, identity.to_owned())
}

/// Cuts a pass over a clip off after so many frames.
fn cut(path: &Path, file: &File, frames: u32) {
    let mut watch = Cut {
        frames: Some(frames),
        ..Cut::default()
    };
    let cut = inspect_with_log(&decoder(), open(path), log(file), &mut watch);
    assert!(matches!(cut, Err(Error::Cancelled)), "{cut:?}");
}

fn whole(path: &Path) -> Inspection {
    inspect(&decoder(), open(path), &mut ()).expect("inspect")
}

/// Goes on and says what it went on with, and what the watcher saw.
fn go_on(path: &Path, file: &File) -> (Inspection, Cut) {
    let mut watch = Cut::default();
    let found = inspect_with_log(&decoder(), open(path), log(file), &mut watch);
    (found.expect("inspect"), watch)
}

#[track_caller]
fn assert_same(found: &Inspection, whole: &Inspection, what: &str) {
    assert_eq!(found.facts, whole.facts, "{what}");
    assert_eq!(found.frames.to_bytes(), whole.frames.to_bytes(), "{what}");
    assert_eq!(found.findings, whole.findings, "{what}");
    assert_eq!(found.stored_samples, whole.stored_samples, "{what}");
    assert_eq!(found.versions, whole.versions, "{what}");
    assert_eq!(found.complete, whole.complete, "{what}");
    let thumbnails = |it: &Inspection| thumbnails_to_bytes(&it.thumbnails);
    assert_eq!(thumbnails(found), thumbnails(whole), "{what}");
    let sound = |it: &Inspection| it.sound.as_ref().map(|sound| sound.to_bytes());
    assert_eq!(sound(found), sound(whole), "{what}");
}

/// Cuts a clip off at several places; gives the first frame decoded anew at each.
fn cut_everywhere(path: &Path, places: &[u32]) -> Vec<Resumed> {
    let expected = whole(path);
    let all: Vec<u32> = (0..expected.frames.frames.len() as u32).collect();
    let cut_at = |&frames: &u32| {
        let file = tempfile::tempfile().expect("file");
        cut(path, &file, frames);
        let (found, watch) = go_on(path, &file);
        let what = format!("{} cut off after {frames}", path.display());
        assert_same(&found, &expected, &what);
        let both: Vec<u32> = [&watch.recalled[..], &watch.seen[..]].concat();
        assert_eq!(both, all, "{what}: each frame once");
        if let Resumed::At(no) = found.resumed {
            let first = watch.again.first().copied();
            assert!(first <= Some(no.0 / 2), "{what}: wanted again: {first:?}");
            let run: Vec<u32> = (watch.again[0]..no.0).collect();
            assert_eq!(watch.again, run, "{what}");
            assert_eq!(watch.seen.first().copied().unwrap_or(no.0), no.0, "{what}");
        }
        found.resumed
    };
    places.iter().map(cut_at).collect()
}

#[track_caller]
fn assert_resumed(resumed: &[Resumed]) {
    let at = |it: &Resumed| matches!(it, Resumed::At(_));
    assert!(resumed.iter().all(at), "{resumed:?}");
}

/// Four rounds of a phone's video of variable rate, with sound: 164 frames.
fn phone(studio: &Studio) -> PathBuf {
    let source = fixture("clips/VID_20191220_170832.mp4");
    let arguments = format!("-stream_loop 3 -i {} -c copy", source.display());
    studio.shoot("phone.mp4", &arguments)
}

#[test]
fn a_phone_video_of_variable_rate_goes_on() {
    let studio = Studio::new();
    let clip = phone(&studio);
    assert_resumed(&cut_everywhere(&clip, &[80, 120, 150]));
}

#[test]
fn a_program_stream_goes_on_whatever_seeking_would_do_in_it() {
    let clip = fixture("clips/movie-hello.mpeg");
    assert_resumed(&cut_everywhere(&clip, &[80, 100, 121]));
    let clip = fixture("clips/cityCC0.mpg");
    assert_resumed(&cut_everywhere(&clip, &[90, 130, 163]));
}

/// Long clips of every kind of order, in the containers that matter.
#[test]
fn clips_with_reordered_frames_edit_lists_and_open_groups_go_on() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=160x120:d=12:r=25 -f lavfi -i sine=d=12:r=48000 -shortest";
    let makes = [
        ("b.mp4", "-c:v libx264 -bf 3 -g 25 -c:a aac"),
        (
            "open.mkv",
            "-c:v libx264 -bf 3 -g 25 -x264-params open-gop=1 -c:a flac",
        ),
        (
            "open.mp4",
            "-c:v libx265 -x265-params log-level=none:open-gop=1:keyint=25 -c:a aac",
        ),
        ("t.ts", "-c:v libx264 -bf 2 -g 25 -c:a mp2"),
        ("ps.mpg", "-c:v mpeg2video -bf 2 -g 12 -c:a mp2"),
        ("cut.mov", "-c:v mpeg4 -bf 2 -g 12 -ss 0.3 -c:a pcm_s16le"),
        ("all.avi", "-c:v mjpeg -c:a pcm_s16le"),
        ("ten.mkv", "-pix_fmt yuv420p10le -c:v libx264 -g 25 -an"),
        (
            "vp9.webm",
            "-c:v libvpx-vp9 -g 25 -cpu-used 8 -deadline realtime -c:a libopus",
        ),
    ];
    for (name, how) in makes {
        let clip = studio.shoot(name, &format!("{source} {how}"));
        let resumed = cut_everywhere(&clip, &[130, 250]);
        let at = |it: &Resumed| matches!(it, Resumed::At(_));
        assert!(resumed.iter().all(at), "{name}: {resumed:?}");
    }
}

#[test]
fn a_pass_may_be_cut_off_again_and_again() {
    let studio = Studio::new();
    let clip = phone(&studio);
    let expected = whole(&clip);
    let file = tempfile::tempfile().expect("file");
    for frames in [70, 90, 111, 130, 150] {
        cut(&clip, &file, frames);
    }
    let (found, watch) = go_on(&clip, &file);
    assert_same(&found, &expected, "cut off five times");
    assert!(watch.recalled.len() > 120, "{}", watch.recalled.len());
    // Also where only the sound was left.
    let mut late = Cut {
        stage: Some(Stage::Sound),
        ..Cut::default()
    };
    let cut = inspect_with_log(&decoder(), open(&clip), log(&file), &mut late);
    assert!(matches!(cut, Err(Error::Cancelled)), "{cut:?}");
    let (found, watch) = go_on(&clip, &file);
    assert_same(&found, &expected, "cut off in its sound");
    assert!(watch.seen.is_empty(), "{:?}", watch.seen);
    assert_eq!(found.resumed, Resumed::At(FrameNo(all(&expected))));
}

fn all(found: &Inspection) -> u32 {
    found.frames.frames.len() as u32
}

/// Kills the decoder when frame 100 comes by.
struct Killer(Cut);

impl Watch for Killer {
    fn frame(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, luma: Luma<'_>) {
        self.0.frame(no, pts, time_base, luma);
        if no == FrameNo(100) {
            kill_children();
        }
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        self.0.progress(progress)
    }

    fn memory(&mut self) -> Option<&mut dyn Memory> {
        Some(&mut self.0)
    }
}

#[test]
fn what_a_decoder_gave_that_died_is_gone_on_with() {
    let studio = Studio::new();
    let clip = phone(&studio);
    let file = tempfile::tempfile().expect("file");
    let mut watch = Killer(Cut::default());
    let found = inspect_with_log(&decoder(), open(&clip), log(&file), &mut watch);
    let found = found.expect("inspect");
    assert!(!found.complete && all(&found) > 100, "{}", all(&found));
    let (again, _) = go_on(&clip, &file);
    assert_eq!(again.resumed, Resumed::At(FrameNo(all(&found))));
    assert_same(&again, &whole(&clip), "after the decoder died");
}

#[test]
fn damage_is_decoded_from_the_start() {
    let studio = Studio::new();
    let mut bytes = std::fs::read(fixture("clips/cityCC0.mpg")).expect("read");
    for at in (1_000_000..1_300_000).step_by(9973) {
        bytes[at] ^= 0x55;
    }
    let clip = studio.write("broken.mpg", &bytes);
    let refused = |it: &Resumed| matches!(it, Resumed::Refused(why) if why.contains("damage"));
    let resumed = cut_everywhere(&clip, &[120, 150]);
    assert!(resumed.iter().all(refused), "{resumed:?}");
    // Damage that the first pass did not come to.
    let mut bytes = std::fs::read(fixture("clips/cityCC0.mpg")).expect("read");
    for at in (4_000_000..4_300_000).step_by(9973) {
        bytes[at] ^= 0x55;
    }
    let clip = studio.write("late.mpg", &bytes);
    let resumed = cut_everywhere(&clip, &[100]);
    assert!(resumed.iter().all(refused), "{resumed:?}");
}

#[test]
fn what_is_too_short_begins_from_the_start_without_a_word() {
    let clip = fixture("clips/cityCC0.mpg");
    assert_eq!(cut_everywhere(&clip, &[3, 20]), [Resumed::No, Resumed::No]);
}

#[test]
fn a_log_of_anything_else_is_not_believed() {
    let clip = fixture("clips/cityCC0.mpg");
    let (file, expected) = (tempfile::tempfile().expect("file"), whole(&clip));
    cut(&clip, &file, 120);
    let length = file.metadata().expect("metadata").len();
    let others = [
        log_of(&file, &[8; 32], "test"),
        log_of(&file, &KEY, "another version"),
    ];
    for other in others {
        let found = inspect_with_log(&decoder(), open(&clip), other, &mut Cut::default());
        let found = found.expect("inspect");
        assert_same(&found, &expected, "another's log");
        assert_eq!(found.resumed, Resumed::No);
        cut(&clip, &file, 120);
        assert_eq!(
            file.metadata().expect("metadata").len(),
            length,
            "begun anew"
        );
    }
    // Other bytes of the same size under the same name: the pictures tell.
    let studio = Studio::new();
    let mut bytes = std::fs::read(&clip).expect("read");
    let mark = bytes.len() / 3;
    let other = bytes[mark..].to_vec();
    bytes[..other.len()].copy_from_slice(&other);
    let swapped = studio.write("swapped.mpg", &bytes);
    let (found, _) = go_on(&swapped, &file);
    assert!(
        matches!(found.resumed, Resumed::Refused(_)),
        "{:?}",
        found.resumed
    );
    assert_same(&found, &whole(&swapped), "swapped");
}

#[test]
fn threads_may_differ_from_one_pass_to_the_next() {
    let studio = Studio::new();
    let clip = phone(&studio);
    let expected = whole(&clip);
    let decoder = |threads| {
        with(Limits {
            threads,
            ..Limits::default()
        })
    };
    for (first, second) in [(1, 4), (4, 1), (3, 8)] {
        let file = tempfile::tempfile().expect("file");
        let mut watch = Cut {
            frames: Some(130),
            ..Cut::default()
        };
        let cut = inspect_with_log(&decoder(first), open(&clip), log(&file), &mut watch);
        assert!(cut.is_err());
        let mut watch = Cut::default();
        let found = inspect_with_log(&decoder(second), open(&clip), log(&file), &mut watch);
        let found = found.expect("inspect");
        assert!(matches!(found.resumed, Resumed::At(_)), "{first}, {second}");
        assert_same(&found, &expected, "other threads");
    }
}

#[test]
fn shares_never_fall_and_stages_follow_each_other() {
    for name in [
        "clips/bigbuckbunny.mp4",
        "clips/movie-hello.mpeg",
        "odd/sound-only.ogg",
    ] {
        let mut watch = Cut::default();
        inspect(&decoder(), open(&fixture(name)), &mut watch).expect("inspect");
        assert!(watch.shares.is_sorted(), "{name}: {:?}", watch.shares);
        let last = watch.shares.last().expect("progress").1;
        assert!((9_000..=10_000).contains(&last), "{name}: {last}");
    }
}
