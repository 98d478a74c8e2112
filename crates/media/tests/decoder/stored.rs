//! What is stored and not presented can be listed and looked at, as ffmpeg shows it.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use media::decoder::Error;
use media::finding::FindingKind;
use media::reader::{FrameReader, StoredReader};
use media::still::Which;
use media::stored::{StoredSample, samples};
use media::time::{FrameNo, SampleNo};

use super::clips::{Studio, decoder, fixture, look, open};

/// Hash of each picture that ffmpeg shows when it ignores edit lists, in order of presentation.
fn ffmpeg_pictures(path: &Path) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args("-v error -nostdin -ignore_editlist 1 -noautorotate -i".split(' '))
        .arg(path)
        .args("-map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit(", ").next().map(str::to_owned))
        .collect()
}

/// The samples of a file, and those of them in order of presentation.
fn listed(path: &Path) -> (Vec<StoredSample>, Vec<StoredSample>) {
    let found = look(path);
    let samples = samples(&decoder(), &open(path), &found.facts, &found.frames).expect("listed");
    assert_eq!(samples.len(), found.stored_samples as usize);
    let mut shown = samples.clone();
    shown.sort_by_key(|sample| sample.pts.map(|pts| pts.0));
    (samples, shown)
}

#[test]
fn a_piece_taken_out_by_an_edit_list_can_be_looked_at() {
    let path = fixture("clips/v2s.mov");
    let found = look(&path);
    let (samples, shown) = listed(&path);
    let theirs = ffmpeg_pictures(&path);
    assert_eq!((samples.len(), theirs.len()), (287, 287));
    let hidden = samples.iter().filter(|sample| sample.hidden).count();
    assert_eq!(hidden, 287 - 79);
    let finding = found
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::HiddenFrames)
        .expect("a finding");
    assert_eq!(finding.values["hidden"], hidden as f64);
    let mut reader =
        StoredReader::open(&decoder(), open(&path), &found.facts, &found.frames).expect("open");
    assert_eq!(reader.samples(), samples);
    // Forwards, to one that was passed and is presented, and back to some that were passed and kept.
    for at in [36, 38, 90, 37, 150, 0, 286, 90, 38] {
        let sample = &shown[at];
        let still = reader.still(sample.no).expect("a picture");
        assert_eq!(still.native_hash.hex(), theirs[at], "picture {at}");
        let Which::Stored { sample: no, frames } = &still.which else {
            panic!("{:?}", still.which);
        };
        assert_eq!((*no, frames.is_empty()), (sample.no, sample.hidden));
        let text = String::from_utf8_lossy(&still.png()).into_owned();
        assert!(text.contains("Framewitness Stored Sample"));
        assert_eq!(text.contains("Framewitness Presented\0no"), sample.hidden);
    }
}

#[test]
fn a_presented_sample_gives_the_picture_of_its_frame() {
    let path = fixture("clips/city-repost.mp4");
    let found = look(&path);
    let (samples, _) = listed(&path);
    assert!(samples.iter().all(|sample| !sample.hidden));
    let mut stored =
        StoredReader::open(&decoder(), open(&path), &found.facts, &found.frames).expect("open");
    let frames = Arc::new(found.frames);
    let mut reader = FrameReader::open(
        &decoder(),
        open(&path),
        found.facts.clone(),
        Arc::clone(&frames),
    )
    .expect("open");
    for sample in [&samples[0], &samples[7], &samples[124]] {
        let still = stored.still(sample.no).expect("a picture");
        let [FrameNo(no)] = sample.frames[..] else {
            panic!("{sample:?}");
        };
        assert_eq!(still.rgb, reader.still(FrameNo(no)).expect("a frame").rgb);
    }
}

#[test]
fn other_containers_are_listed_and_a_sample_without_picture_is_refused() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=96x64:d=1";
    for (name, how) in [
        ("plain.mkv", "-c:v libx264 -bf 2"),
        ("plain.mpg", "-c:v mpeg2video -bf 2"),
        ("plain.avi", "-c:v mpeg4"),
    ] {
        let path = studio.shoot(name, &format!("{source} {how}"));
        let (samples, _) = listed(&path);
        assert_eq!(samples.len(), 25, "{name}");
        let once = |sample: &StoredSample| sample.frames.len() == 1 && !sample.hidden;
        assert!(samples.iter().all(once), "{name}");
    }
    let path = studio.path("plain.mkv");
    let found = look(&path);
    let mut reader =
        StoredReader::open(&decoder(), open(&path), &found.facts, &found.frames).expect("open");
    assert!(matches!(
        reader.still(SampleNo(25)),
        Err(Error::NoPicture { .. })
    ));
    assert!(reader.still(SampleNo(24)).is_ok());
    let sound = fixture("odd/sound-only.ogg");
    let (samples, _) = listed(&sound);
    assert!(samples.is_empty());
}
