//! Sound: the samples of ffmpeg, loudness as ffmpeg measures it, and what is found where.

use std::path::Path;
use std::process::Command;

use media::finding::{Finding, FindingKind};
use media::sound::{Pcm, SoundReader, Waveform};

use super::clips::{Studio, decoder, fixture, look, open};

/// Four seconds of two tones and a little noise.
const TONES: &str =
    "-f lavfi -i aevalsrc=0.2*sin(2*PI*220*t)+0.1*sin(2*PI*523*t)+0.004*random(0):s=48000:d=4";

fn ffmpeg(path: &Path, arguments: &str) -> (String, String) {
    let output = Command::new("ffmpeg")
        .args(["-nostdin", "-hide_banner", "-i"])
        .arg(path)
        .args(arguments.split_whitespace())
        .output()
        .expect("ffmpeg is installed");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr))
}

/// SHA-256 of all samples as ffmpeg decodes them.
fn ffmpeg_hash(path: &Path, pcm: Pcm) -> String {
    let codec = match pcm {
        Pcm::U8 => "pcm_u8",
        Pcm::S16 => "pcm_s16le",
        Pcm::S32 => "pcm_s32le",
        Pcm::F32 => "pcm_f32le",
        Pcm::F64 => "pcm_f64le",
    };
    let arguments = format!("-v error -map 0:a:0 -c:a {codec} -f hash -hash sha256 -");
    let (hash, _) = ffmpeg(path, &arguments);
    hash.trim().replace("SHA256=", "")
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sound(path: &Path) -> Waveform {
    look(path).sound.expect("sound")
}

fn found(path: &Path, kind: FindingKind) -> Vec<Finding> {
    let all = look(path).findings.into_iter();
    all.filter(|finding| finding.kind == kind).collect()
}

fn value(finding: &Finding, name: &str) -> f64 {
    finding.values[name]
}

#[test]
fn samples_are_those_of_ffmpeg_to_the_bit() {
    let studio = Studio::new();
    let mut clips: Vec<_> = [
        "VID_20191220_170832.mp4",
        "bigbuckbunny.mp4",
        "movie-hello.mpeg",
        "movie-hello.ogg",
    ]
    .map(|name| fixture("clips").join(name))
    .into();
    clips.push(fixture("odd/sound-only.ogg"));
    for (name, coding) in [
        ("a.m4a", "-c:a aac"),
        ("a.mp3", "-c:a libmp3lame"),
        ("a.flac", "-c:a flac -sample_fmt s32"),
        ("a.wav", "-c:a pcm_u8"),
        ("b.wav", "-c:a pcm_f64le -ac 3"),
        ("a.webm", "-c:a libopus"),
        ("a.mkv", "-c:a pcm_s24le"),
        ("a.ts", "-c:a mp2"),
    ] {
        clips.push(studio.shoot(name, &format!("{TONES} {coding}")));
    }
    for clip in clips {
        let sound = sound(&clip);
        assert_eq!(
            hex(&sound.hash),
            ffmpeg_hash(&clip, sound.form.pcm),
            "{}",
            clip.display()
        );
        let peaks = sound.samples.div_ceil(256);
        assert_eq!(sound.peaks.len() as u64, peaks, "{}", clip.display());
        assert_eq!(Waveform::from_bytes(&sound.to_bytes()).as_ref(), Ok(&sound));
    }
}

#[test]
fn loudness_is_what_ffmpeg_measures() {
    for name in [
        "bigbuckbunny.mp4",
        "movie-hello.mpeg",
        "VID_20191220_170832.mp4",
    ] {
        let path = fixture("clips").join(name);
        let (_, said) = ffmpeg(&path, "-map 0:a:0 -af ebur128 -f null -");
        let loudness = sound(&path).loudness;
        let integrated = f64::from(loudness.integrated.expect("loud enough")) / 100.0;
        assert!(
            (integrated - measured(&said, "I:")).abs() <= 0.1,
            "{name}: {integrated}, {said}"
        );
        assert_eq!(loudness.range, None, "too short to have one");
    }
}

#[test]
fn loudness_range_is_what_ffmpeg_measures() {
    let studio = Studio::new();
    let swelling = "-f lavfi -i aevalsrc=0.2*(1.6+sin(2*PI*t/31))*sin(2*PI*440*t):s=48000:d=93";
    let path = studio.shoot("long.flac", swelling);
    let (_, said) = ffmpeg(&path, "-af ebur128 -f null -");
    let expected = measured(&said, "LRA:");
    let range = f64::from(sound(&path).loudness.range.expect("long enough")) / 100.0;
    assert!((range - expected).abs() <= 0.5, "{range}, {expected}");
}

/// A number of the summary that ffmpeg's meter prints.
fn measured(said: &str, name: &str) -> f64 {
    let summary = said.rsplit("Summary:").next().expect("a summary");
    let rest = summary.split(name).nth(1).expect(name);
    let word = rest.split_whitespace().next();
    word.and_then(|word| word.parse().ok()).expect(name)
}

#[test]
fn a_sound_without_pictures_is_inspected() {
    let inspection = look(&fixture("odd/sound-only.ogg"));
    assert!(inspection.complete && inspection.frames.frames.is_empty());
    assert_eq!(inspection.facts.audio, Some(0));
    assert_eq!(inspection.sound.expect("sound").samples, 144_000);
}

#[test]
fn silence_put_in_is_found_where_it_is_and_nowhere_before() {
    let studio = Studio::new();
    let plain = studio.shoot("plain.mkv", &format!("{TONES} -c:a flac"));
    let muted = "-af volume=enable='between(t,1,1.25)':volume=0";
    let muted = studio.shoot("muted.mkv", &format!("{TONES} {muted} -c:a flac"));
    assert!(found(&plain, FindingKind::InsertedSilence).is_empty());
    let found = found(&muted, FindingKind::InsertedSilence);
    assert_eq!(found.len(), 1, "{found:?}");
    // The filter works in pieces of 1024 samples, so that its edges are near, and ours are exact.
    let (first, last) = (
        value(&found[0], "first_sample"),
        value(&found[0], "last_sample"),
    );
    assert!(
        (first - 48_000.0).abs() <= 1024.0 && (last - 60_000.0).abs() <= 1024.0,
        "{found:?}"
    );
}

#[test]
fn a_piece_cut_out_is_found_as_a_click_or_as_a_gap() {
    let studio = Studio::new();
    let cut = "aselect='not(between(n,60,71))'";
    let closed = format!("{TONES} -af asetnsamples=1000,{cut},asetpts=N/SR/TB -c:a flac");
    let closed = studio.shoot("closed.mkv", &closed);
    let clicks = found(&closed, FindingKind::Click);
    assert_eq!(clicks.len(), 1, "{clicks:?}");
    assert_eq!(value(&clicks[0], "first_sample"), 60_000.0);
    assert!(found(&closed, FindingKind::SoundGap).is_empty());
    let open = format!("{TONES} -af asetnsamples=1000,{cut} -c:a pcm_s16le");
    let open = studio.shoot("open.mkv", &open);
    let gaps = found(&open, FindingKind::SoundGap);
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!(value(&gaps[0], "sample"), 60_000.0);
    assert!(
        (value(&gaps[0], "missing") - 12_000.0).abs() <= 48.0,
        "{gaps:?}"
    );
    let sound = sound(&open);
    let base = sound.time_base;
    let ticks = |seconds: f64| media::time::Pts((seconds * f64::from(base.den)) as i64);
    assert_eq!(
        sound.sample_at(ticks(1.4), base),
        None,
        "nothing sounds in the gap"
    );
    assert!(
        sound
            .sample_at(ticks(1.6), base)
            .is_some_and(|it| it.abs_diff(64_800) <= 48)
    );
}

#[test]
fn clipping_is_found_after_it_and_not_before() {
    let studio = Studio::new();
    let plain = studio.shoot("plain.wav", TONES);
    let loud = studio.shoot("loud.wav", &format!("{TONES} -af volume=6"));
    assert!(found(&plain, FindingKind::Clipping).is_empty());
    let found = found(&loud, FindingKind::Clipping);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(value(&found[0], "measured") > 500.0, "{found:?}");
}

#[test]
fn sound_that_is_late_and_several_tracks_are_told() {
    let studio = Studio::new();
    let picture = "-f lavfi -i testsrc2=r=25:s=64x64:d=3";
    let late = format!("{picture} -itsoffset 0.5 {TONES} -map 0 -map 1 -map 1 -c:a flac -t 3");
    let late = studio.shoot("late.mkv", &late);
    let offset = found(&late, FindingKind::SoundOffset);
    assert_eq!(offset.len(), 1, "{offset:?}");
    assert!(
        (value(&offset[0], "start_s") - 0.5).abs() < 0.002,
        "{offset:?}"
    );
    let tracks = found(&late, FindingKind::SoundTracks);
    assert_eq!(tracks.len(), 1);
    assert_eq!(value(&tracks[0], "tracks"), 2.0);
}

#[test]
fn damaged_sound_is_told_and_leaves_the_pictures_alone() {
    let studio = Studio::new();
    let picture = "-f lavfi -i testsrc2=r=25:s=64x64:d=4";
    let whole = studio.shoot("whole.mkv", &format!("{picture} {TONES} -c:a libmp3lame"));
    let mut bytes = std::fs::read(&whole).expect("read");
    let sound_only = studio.shoot("sound.mp3", &format!("-i {} -c copy -vn", whole.display()));
    let sound = std::fs::read(sound_only).expect("read");
    // Packets lie apart in the container: one of these windows is within one.
    let at = (1000..2000)
        .find_map(|from| {
            let within = &sound[from..from + 40];
            bytes.windows(40).position(|window| window == within)
        })
        .expect("the same packets");
    bytes[at..at + 40].fill(0x55);
    let broken = studio.write("broken.mkv", &bytes);
    let (whole, broken) = (look(&whole), look(&broken));
    assert_eq!(whole.frames, broken.frames);
    assert_eq!(whole.complete, broken.complete);
    assert_ne!(
        whole.sound.map(|it| it.hash),
        broken.sound.map(|it| it.hash)
    );
}

#[test]
fn any_range_is_the_same_samples_whatever_was_read_before() {
    let studio = Studio::new();
    for name in [
        "clips/VID_20191220_170832.mp4",
        "clips/movie-hello.mpeg",
        "odd/sound-only.ogg",
    ] {
        let path = fixture(name);
        let sound = sound(&path);
        let codec = if sound.form.pcm == Pcm::S16 {
            "s16le"
        } else {
            "f32le"
        };
        let arguments = format!("-i {} -map 0:a:0 -f {codec}", path.display());
        let whole = std::fs::read(studio.shoot("whole.raw", &arguments)).expect("read");
        let size = sound.form.frame_bytes();
        assert_eq!(whole.len() as u64, sound.samples * size as u64);
        let mut reader = SoundReader::new(&decoder(), open(&path), sound.form);
        let end = sound.samples;
        for (from, to) in [
            (1000, 5000),
            (5000, 5001),
            (4000, 70_000),
            (0, 1),
            (end - 7, end + 100),
            (0, end),
        ] {
            let samples = reader.read(from, to).expect("readable");
            let to = to.min(end);
            assert!(
                samples == whole[from as usize * size..to as usize * size],
                "{name} {from}..{to}"
            );
        }
        assert!(reader.read(end, end + 10).expect("readable").is_empty());
        assert!(reader.read(0, u64::MAX).is_err());
    }
}
