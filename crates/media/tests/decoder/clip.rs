//! Clips hold the frames and the sound of their span, to the bit and to the tick, as ffmpeg reads them.

use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use media::clip::{Clip, ClipError, Refused};
use media::decoder::Error;
use media::index::FrameEntry;
use media::inspect::Inspection;
use media::sound::SoundReader;
use media::time::FrameNo;

use super::clips::{Studio, decoder, ffmpeg_listing, fixture, look, open};

/// Writes frames `span` of an inspected file, with these samples of its sound.
fn clip(
    path: &Path,
    found: &Inspection,
    span: Range<u32>,
    sound: Option<Range<u64>>,
) -> Result<Vec<u8>, ClipError> {
    let clip = Clip {
        decoder: &decoder(),
        file: &open(path),
        facts: &found.facts,
        frames: Arc::new(found.frames.clone()),
        span,
        sound: found.sound.as_ref().zip(sound),
        tags: vec![("ITEM".to_owned(), "sha256:0".to_owned())],
        masks: None,
    };
    let mut done = 0;
    let (mut bytes, patches) = clip.write(Vec::new(), &mut |frames| {
        done += 1;
        assert_eq!(frames, done);
        ControlFlow::Continue(())
    })?;
    for patch in patches {
        let at = patch.at as usize;
        bytes[at..at + patch.bytes.len()].copy_from_slice(&patch.bytes);
    }
    Ok(bytes)
}

/// The clip as a file, and the entries of its frames.
fn made(studio: &Studio, path: &Path, span: Range<u32>) -> (PathBuf, Vec<FrameEntry>, Inspection) {
    let found = look(path);
    let bytes = clip(path, &found, span.clone(), None)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let frames = found.frames.frames[span.start as usize..span.end as usize].to_vec();
    (studio.write("clip.mkv", &bytes), frames, found)
}

fn ffprobe(path: &Path, arguments: &str) -> Vec<String> {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-of", "csv=p=0"])
        .args(arguments.split_whitespace())
        .arg(path)
        .output()
        .expect("ffmpeg is installed");
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .map(|line| line.trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// What ffmpeg finds in the clip is what the index says of the span.
fn assert_true(path: &Path, span: Range<u32>) {
    let studio = Studio::new();
    let (clip, frames, found) = made(&studio, path, span);
    let name = path.display();
    let listing = ffmpeg_listing(&clip);
    let listed: Vec<_> = listing
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.rsplit(", ").next().expect("a hash").to_owned())
        .collect();
    let hashes: Vec<_> = frames.iter().map(|frame| frame.hash.hex()).collect();
    assert_eq!(listed, hashes, "{name}");

    let base = found.frames.time_base;
    let tick = f64::from(base.num) / f64::from(base.den) * 1e9;
    let at_zero: i64 = ffprobe(&clip, "-show_entries format_tags=PTS_AT_ZERO")[0]
        .parse()
        .expect("a number");
    let stamps: Vec<i64> = ffprobe(&clip, "-select_streams v -show_entries packet=pts")
        .iter()
        .map(|pts| at_zero + (pts.parse::<f64>().expect("a number") / tick).round() as i64)
        .collect();
    let indexed: Vec<_> = frames
        .iter()
        .filter_map(|frame| frame.pts)
        .map(|pts| pts.0)
        .collect();
    assert_eq!(stamps, indexed, "{name}");
    let stated = ffprobe(&clip, "-show_entries stream=time_base -select_streams v");
    assert_eq!(stated, ["1/1000000000"], "{name}");
    let ours = ffprobe(&clip, "-show_entries format_tags=TIME_BASE");
    assert_eq!(ours, [base.to_string()], "{name}");
}

#[test]
fn of_a_variable_rate_with_reordered_frames() {
    assert_true(&fixture("clips/city-repost.mp4"), 20..61);
}

#[test]
fn behind_an_edit_list() {
    assert_true(&fixture("clips/v2s.mov"), 3..41);
}

#[test]
fn of_ten_bits() {
    assert_true(&fixture("odd/ten-bit.mp4"), 5..15);
}

#[test]
fn of_odd_height() {
    assert_true(&fixture("clips/cityCC0.mpg"), 110..122);
}

#[test]
fn of_every_form_that_fits() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=98x65:d=0.5";
    for (name, how) in [
        ("full.avi", "-c:v mjpeg -pix_fmt yuvj422p"),
        ("alpha.mkv", "-c:v ffv1 -pix_fmt yuva444p10le"),
        ("grey.mkv", "-c:v ffv1 -pix_fmt gray"),
        ("palette.gif", "-r 10"),
        ("tiny.mkv", "-c:v ffv1 -vf scale=7:5"),
        ("flat.mkv", "-c:v ffv1 -vf scale=300:3"),
        (
            "early.mkv",
            "-c:v ffv1 -output_ts_offset -0.3 -avoid_negative_ts disabled",
        ),
        ("late.ts", "-c:v mpeg2video -output_ts_offset 40000"),
    ] {
        let path = studio.shoot(name, &format!("{source} {how}"));
        let count = look(&path).frames.frames.len() as u32;
        assert_true(&path, 1..count);
    }
}

#[test]
fn shown_as_the_original_is() {
    let studio = Studio::new();
    let shown = "-show_entries stream=sample_aspect_ratio,color_range,color_space,color_transfer,\
                 color_primaries:stream_side_data=rotation -select_streams v";
    for name in [
        "odd/rotated.mp4",
        "odd/anamorphic.mp4",
        "clips/VID_20191220_170832.mp4",
    ] {
        let path = fixture(name);
        let (clip, ..) = made(&studio, &path, 0..2);
        assert_eq!(ffprobe(&clip, shown), ffprobe(&path, shown), "{name}");
    }
    let path = studio.shoot(
        "fields.mpg",
        "-f lavfi -i testsrc2=s=64x64:d=0.2 -c:v mpeg2video -flags +ildct+ilme -top 1",
    );
    let (clip, ..) = made(&studio, &path, 0..2);
    let order = "-show_entries stream=field_order -select_streams v";
    assert_eq!(ffprobe(&clip, order), ffprobe(&path, order));
}

#[test]
fn with_the_samples_of_its_sound() {
    let studio = Studio::new();
    let path = fixture("clips/movie-hello.mpeg");
    let found = look(&path);
    let sound = found.sound.as_ref().expect("sound");
    let (from, to) = (10_001, 40_077);
    let bytes = clip(&path, &found, 10..30, Some(from..to)).expect("a clip");
    let clip = studio.write("clip.mkv", &bytes);
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(&clip)
        .args("-map 0:a:0 -c copy -f data -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    let samples = SoundReader::new(&decoder(), open(&path), sound.form)
        .read(from, to)
        .expect("samples");
    assert!(output.stdout == samples, "the samples as decoded");
    let form = ffprobe(
        &clip,
        "-select_streams a -show_entries stream=sample_rate,channels",
    );
    assert_eq!(
        form,
        [format!("{},{}", sound.form.rate, sound.form.channels)]
    );
    let stamps = ffprobe(&clip, "-select_streams a -show_entries packet=pts");
    let first = sound.nanoseconds(from).expect("a time");
    assert_eq!(stamps[0], first.to_string());
    assert!(ffprobe(&clip, "-select_streams v -show_entries packet=pts").len() == 20);
}

#[test]
fn that_tells_of_a_flipped_bit() {
    let studio = Studio::new();
    let (clip, ..) = made(&studio, &fixture("clips/city-repost.mp4"), 0..3);
    let mut bytes = std::fs::read(&clip).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let broken = studio.write("broken.mkv", &bytes);
    let complaints = |path: &Path| {
        let output = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-i"])
            .arg(path)
            .args("-f null -".split(' '))
            .output()
            .expect("ffmpeg is installed");
        String::from_utf8(output.stderr).expect("text")
    };
    assert_eq!(complaints(&clip), "");
    assert!(
        complaints(&broken).contains("CRC"),
        "{}",
        complaints(&broken)
    );
}

#[test]
fn that_cannot_be_is_refused() {
    let studio = Studio::new();
    let source = "-f lavfi -i testsrc2=s=64x48:d=0.4";
    let refused = |path: &Path, span: Range<u32>| {
        let found = look(path);
        match clip(path, &found, span, None) {
            Err(ClipError::Refused(why)) => why,
            other => panic!("{}: {other:?}", path.display()),
        }
    };
    let rgb = studio.shoot("rgb.mov", &format!("{source} -c:v qtrle -pix_fmt rgb24"));
    let pixel_format = "rgb24".to_owned();
    assert_eq!(refused(&rgb, 0..2), Refused::PixelFormat { pixel_format });
    // Of two pixels FFmpeg's coder makes others.
    let two = studio.shoot("two.mkv", &format!("{source} -c:v ffv1 -vf scale=2:1"));
    let pixel_format = "yuv420p".to_owned();
    assert_eq!(refused(&two, 0..2), Refused::PixelFormat { pixel_format });
    assert_eq!(refused(&rgb, 2..2), Refused::Empty { from: 2, to: 2 });
    assert_eq!(refused(&rgb, 2..999), Refused::Empty { from: 2, to: 999 });

    let small = studio.shoot("small.ts", &format!("{source} -c:v mpeg2video"));
    let large = studio.shoot(
        "large.ts",
        "-f lavfi -i testsrc2=s=96x64:d=0.4 -c:v mpeg2video",
    );
    let both = [small, large]
        .map(|path| std::fs::read(path).expect("read"))
        .concat();
    let both = studio.write("both.ts", &both);
    let found = look(&both);
    let layouts = &found.facts.presentation.as_ref().expect("frames").layouts;
    let no = layouts.get(1).expect("a change").first;
    assert_eq!(refused(&both, no.0 - 2..no.0 + 1), Refused::Changes { no });
    assert!(clip(&both, &found, no.0 - 2..no.0, None).is_ok());
}

#[test]
fn of_other_pixels_than_recorded_is_not_written() {
    let path = fixture("clips/city-repost.mp4");
    let mut found = look(&path);
    found.frames.frames[4].hash.0[0] ^= 1;
    assert!(matches!(
        clip(&path, &found, 2..6, None),
        Err(ClipError::Decoder(Error::NotReproduced { no: FrameNo(4) }))
    ));
}
