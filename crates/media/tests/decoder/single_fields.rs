//! Fields of frames by themselves, beside those that ffmpeg's `field` filter takes out.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use media::decoder::Error;
use media::field::{Field, FieldNo, FieldOrder, FieldTime};
use media::index::FrameHash;
use media::reader::FrameReader;
use media::still::Still;
use media::time::FrameNo;

use super::clips::{Studio, decoder, look, open};

/// A moving picture, taken as fields.
const FIELDS: &str =
    "-f lavfi -i testsrc2=s=192x160:r=50:d=1,format=yuv420p -vf tinterlace=interleave_top";

fn reader(clip: &Path) -> FrameReader {
    let found = look(clip);
    FrameReader::open(&decoder(), open(clip), found.facts, found.frames.into()).expect("open")
}

fn field(reader: &mut FrameReader, no: &str) -> Arc<Still> {
    reader.field(no.parse().expect("a field")).expect("a field")
}

/// SHA-256 of a field of each frame, by ffmpeg.
fn ffmpeg_fields(clip: &Path, field: Field) -> Vec<String> {
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-i"])
        .arg(clip)
        .args(["-map", "0:v:0", "-vf", &format!("field={field}")])
        .args("-fps_mode passthrough -f framehash -hash sha256 -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    let text = String::from_utf8(output.stdout).expect("text");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| Some(row.rsplit(", ").next()?.trim().to_owned()))
        .collect()
}

#[test]
fn a_field_has_the_rows_that_ffmpeg_takes_out() {
    let studio = Studio::new();
    for (name, coder) in [
        ("two.mpg", "mpeg2video -flags +ildct+ilme -bf 2"),
        ("four.mp4", "libx264 -flags +ildct+ilme"),
        ("ten.mkv", "ffv1 -pix_fmt yuv422p10le"),
    ] {
        let clip = studio.shoot(name, &format!("{FIELDS} -c:v {coder}"));
        let mut reader = reader(&clip);
        for (side, letter) in [(Field::Top, 't'), (Field::Bottom, 'b')] {
            let theirs = ffmpeg_fields(&clip, side);
            assert_eq!(theirs.len(), 25, "{name}");
            for no in [0, 7, 24, 3] {
                let still = field(&mut reader, &format!("{no}{letter}"));
                assert_eq!(still.native_hash.hex(), theirs[no], "{name} {no}{letter}");
            }
        }
    }
}

#[test]
fn both_fields_woven_show_the_frame() {
    let studio = Studio::new();
    // Without subsampled colour each row of the picture comes of one row of the frame.
    let clip = studio.shoot(
        "rgb.mkv",
        "-f lavfi -i testsrc2=s=66x44:r=25:d=0.4,format=gbrp,crop=66:43 -c:v ffv1 -pix_fmt gbrp",
    );
    let mut reader = reader(&clip);
    let whole = reader.still(FrameNo(4)).expect("frame");
    let [top, bottom] = ["4t", "4b"].map(|no| field(&mut reader, no));
    for still in [&top, &bottom] {
        assert_eq!((still.width, still.height), (66, 43));
        assert_ne!(still.native_hash, whole.native_hash);
    }
    let row = |still: &Still, at: usize| still.rgb[3 * 66 * at..][..3 * 66].to_vec();
    let woven: Vec<u8> = (0..43)
        .flat_map(|at| match at % 2 {
            0 => row(&top, at),
            // A field's row stands twice: first at the place of the even row before it.
            _ => row(&bottom, at - 1),
        })
        .collect();
    assert_eq!(FrameHash::of(&woven), whole.pixel_hash());
    assert_eq!(row(&top, 8), row(&top, 9), "nothing is made up between");
}

#[test]
fn the_stream_says_which_field_comes_first() {
    let studio = Studio::new();
    let clip = |name: &str, order: &str| {
        studio.shoot(
            name,
            &format!("{FIELDS} -c:v mpeg2video -flags +ildct+ilme {order}"),
        )
    };
    for (name, how, first) in [
        ("top.mpg", "-top 1", Field::Top),
        ("bottom.mpg", "-top 0", Field::Bottom),
    ] {
        let found = look(&clip(name, how));
        let presentation = found.facts.presentation.expect("frames");
        let scanning = presentation.scanning_of(FrameNo(3));
        let duration = found.frames.frames[3].duration;
        for field in [Field::Top, Field::Bottom] {
            let FieldTime { order, after } = FieldTime::of(field, scanning, duration);
            if field == first {
                assert_eq!((order, after), (FieldOrder::First, [0, 1]), "{name}");
            } else {
                assert_eq!((order, after), (FieldOrder::Second, [3600, 2]), "{name}");
            }
        }
    }
}

#[test]
fn fields_that_a_picture_does_not_have_are_refused() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "line.mkv",
        "-f lavfi -i testsrc2=s=64x16:d=0.1,format=yuv444p,crop=64:1 -c:v ffv1",
    );
    let mut reader = reader(&clip);
    assert_eq!(field(&mut reader, "0t").height, 1);
    let no: FieldNo = "0b".parse().expect("a field");
    assert!(matches!(reader.field(no), Err(Error::NoSuchField { no: found }) if found == no));
    let beyond: FieldNo = "99t".parse().expect("a field");
    assert!(matches!(
        reader.field(beyond),
        Err(Error::NoSuchFrame { .. })
    ));
    assert!(reader.still(FrameNo(0)).is_ok(), "and it goes on");
}
