//! Quantisers beside those that ffmpeg's own tracer of headers prints, or the recipe asked for.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use media::facts::{Quantiser, QuantiserScale, Quantisers};
use media::inspect::Inspection;

use super::clips::{Studio, fixture, look};

/// What was read of each frame.
fn read(found: &Inspection) -> (&QuantiserScale, &[Option<Quantiser>]) {
    let coding = found.facts.coding.as_ref().expect("frames");
    match coding.quantisers.as_ref().expect("looked for") {
        Quantisers::Read { scale, frames, .. } => (scale, frames),
        Quantisers::Unsupported { codec } => panic!("{codec} is not read"),
    }
}

/// Every frame has the quantiser of its sample, of which `truth` has one each. Gives the name of the
/// scale, and the quantisers.
fn agree(clip: &Path, truth: &[Option<[i16; 2]>]) -> (String, Vec<[i16; 2]>) {
    let found = look(clip);
    let (scale, frames) = read(&found);
    assert!(!frames.is_empty());
    for (entry, quantiser) in found.frames.frames.iter().zip(frames) {
        let sample = entry.sample.expect("its sample").0 as usize;
        let own = quantiser.map(<[i16; 2]>::from);
        assert_eq!(own, truth[sample], "{}, frame {}", clip.display(), entry.no);
    }
    let all = frames.iter().map(|it| it.expect("a quantiser").into());
    (scale.name.clone(), all.collect())
}

/// The same beside ffmpeg's tracer.
fn traced(clip: &Path) -> (String, Vec<[i16; 2]>) {
    agree(clip, &Truth::of(clip).samples)
}

/// Those of MPEG-4, which the tracer does not know: what ffmpeg's decoder says of each picture in
/// decoding order.
fn told_by_decoder(clip: &Path) -> Vec<Option<[i16; 2]>> {
    let told = Command::new("ffmpeg")
        .args("-threads 1 -v debug -nostdin -nostats -debug pict -i".split(' '))
        .arg(clip)
        .args("-map 0:v:0 -f null -".split(' '))
        .output()
        .expect("ffmpeg is installed");
    let told = String::from_utf8_lossy(&told.stderr);
    let pictures: Vec<_> = told
        .lines()
        .filter_map(|line| Some(line.split_once("] qp:")?.1))
        .collect();
    // The first is decoded several times, to know the stream.
    let again = pictures.iter().take_while(|told| **told == pictures[0]);
    let value = |told: &&str| {
        let (value, _) = told.split_once(' ').expect("a number and more");
        Some([value.parse().expect("a number"); 2])
    };
    pictures[again.count() - 1..].iter().map(value).collect()
}

/// What `ffmpeg -bsf:v trace_headers` prints, put together as the standards say.
#[derive(Default)]
struct Truth {
    /// Lowest and highest of each sample, in the order of the file.
    samples: Vec<Option<[i16; 2]>>,
    /// The picture parameter set named last, and where each begins.
    set: i64,
    initial: HashMap<i64, i64>,
    uneven: bool,
    frame: Frame,
    kept: [i64; 8],
}

/// A frame of VP9 or AV1.
#[derive(Default)]
struct Frame {
    shown: bool,
    replaced: i64,
}

impl Truth {
    fn of(clip: &Path) -> Self {
        let traced = Command::new("ffmpeg")
            .args(["-v", "info", "-nostdin", "-nostats"])
            .args(if is_mov(clip) {
                &["-ignore_editlist", "1"][..]
            } else {
                &[]
            })
            .arg("-i")
            .arg(clip)
            .args("-map 0:v:0 -c copy -copyinkf -bsf:v trace_headers -f null -".split(' '))
            .output()
            .expect("ffmpeg is installed");
        let mut truth = Self::default();
        for line in String::from_utf8_lossy(&traced.stderr).lines() {
            truth.line(line.split_once("] ").map_or("", |(_, told)| told));
        }
        truth
    }

    fn line(&mut self, told: &str) {
        if told.starts_with("Packet:") {
            self.samples.push(None);
            return;
        }
        let mut words = told.split_whitespace().skip(1);
        let (name, value) = (words.next().unwrap_or(""), words.last());
        let Some(value) = value.and_then(|value| value.parse::<i64>().ok()) else {
            return;
        };
        match name {
            "show_existing_frame" => {
                self.frame = Frame {
                    shown: value == 1,
                    replaced: 0xff,
                }
            }
            "frame_to_show_map_idx" => self.take(self.kept[value as usize], true),
            "show_frame" => self.frame.shown = value == 1,
            "refresh_frame_flags" => self.frame.replaced = value,
            "base_q_idx" => self.frame_index(value),
            "q_scale_type" => self.uneven = value == 1,
            "quantiser_scale_code" => self.take(
                if self.uneven {
                    uneven(value)
                } else {
                    2 * value
                },
                false,
            ),
            "pic_init_qp_minus26" | "init_qp_minus26" => {
                self.initial.insert(self.set, 26 + value);
            }
            "slice_qp_delta" => self.take(self.initial[&self.set] + value, false),
            _ if name.ends_with("pic_parameter_set_id") => self.set = value,
            _ => {}
        }
    }

    fn frame_index(&mut self, index: i64) {
        for (slot, kept) in self.kept.iter_mut().enumerate() {
            if self.frame.replaced >> slot & 1 == 1 {
                *kept = index;
            }
        }
        if self.frame.shown {
            self.take(index, true);
        }
    }

    /// One more slice, or the frame that is shown.
    fn take(&mut self, value: i64, alone: bool) {
        let value = i16::try_from(value).expect("a quantiser");
        let Some(sample) = self.samples.last_mut() else {
            return;
        };
        *sample = Some(match *sample {
            Some([least, most]) if !alone => [least.min(value), most.max(value)],
            _ => [value; 2],
        });
    }
}

fn is_mov(clip: &Path) -> bool {
    let name = clip.extension().and_then(|it| it.to_str()).unwrap_or("");
    ["mp4", "mov", "m4v"].contains(&name)
}

/// The second scale of MPEG-2, made of its steps rather than copied from its table.
fn uneven(code: i64) -> i64 {
    match code {
        0..=8 => code,
        9..=16 => 8 + 2 * (code - 8),
        17..=24 => 24 + 4 * (code - 16),
        _ => 56 + 8 * (code - 24),
    }
}

#[test]
fn real_clips_have_the_quantisers_that_ffmpeg_reads() {
    for (clip, name) in [
        ("clips/VID_20191220_170832.mp4", "QP"),
        ("clips/v2.m4v", "QP"),
        ("clips/v2s.mov", "QP"),
        ("clips/bigbuckbunny.mp4", "QP"),
        ("clips/city-repost.mp4", "QP"),
        ("odd/ten-bit.mp4", "QP"),
        ("clips/movie-hello.mpeg", "quantiser_scale"),
    ] {
        let (scale, all) = traced(&fixture(clip));
        assert_eq!(scale, name, "{clip}");
        assert!(all.iter().any(|it| *it != all[0]), "{clip} says nothing");
    }
}

#[test]
fn every_codec_has_the_quantisers_that_ffmpeg_reads() {
    let studio = Studio::new();
    for (name, scale, how) in [
        (
            "fields.ts",
            "QP",
            "-c:v libx264 -flags +ildct+ilme -x264-params slices=3:weightp=2:bframes=3",
        ),
        (
            "units.mkv",
            "QP",
            "-c:v libx264 -profile:v baseline -x264-params slices=2:keyint=7",
        ),
        (
            "below-zero.mp4",
            "QP",
            "-c:v libx264 -pix_fmt yuv444p10le -qp 2",
        ),
        (
            "hevc.ts",
            "QP",
            "-c:v libx265 -x265-params log-level=none:repeat-headers=1:slices=2:weightb=1:ref=4",
        ),
        (
            "uneven.mpg",
            "quantiser_scale",
            "-c:v mpeg2video -non_linear_quant 1 -qmax 28 -b:v 200k -bf 2 -flags +ildct+ilme",
        ),
        (
            "hidden.webm",
            "base_q_idx",
            "-c:v libvpx-vp9 -b:v 60k -lag-in-frames 25 -cpu-used 8",
        ),
        (
            "av1.mp4",
            "base_q_idx",
            "-c:v libaom-av1 -b:v 60k -cpu-used 8 -tiles 2x1",
        ),
    ] {
        let source = "-f lavfi -i mandelbrot=s=192x160:r=25,format=yuv420p -frames:v 30";
        let (told, all) = traced(&studio.shoot(name, &format!("{source} {how}")));
        assert_eq!(told, scale, "{name}");
        assert!(all.iter().any(|it| *it != all[0]), "{name} says nothing");
        assert_eq!(name == "below-zero.mp4", all.iter().any(|it| it[0] < 0));
    }
}

#[test]
fn pictures_packed_into_one_sample_have_their_own_quantisers() {
    let studio = Studio::new();
    for coder in [
        "mpeg4 -bf 2",
        "libxvid -bf 2",
        "mpeg4 -flags +ildct+ilme+qpel -mpeg_quant 1",
    ] {
        let clip = studio.shoot(
            "clip.avi",
            &format!("-f lavfi -i mandelbrot=s=192x160:r=25,format=yuv420p -frames:v 30 -b:v 100k -c:v {coder}"),
        );
        let (scale, all) = agree(&clip, &told_by_decoder(&clip));
        assert_eq!(scale, "vop_quant");
        assert!(all.iter().any(|it| *it != all[0]), "{coder} says nothing");
    }
}

#[test]
fn what_a_coder_was_told_to_use_is_read() {
    let studio = Studio::new();
    for (name, how, expected) in [
        ("one.mpg", "mpeg1video -qscale:v 7", 7),
        // libvpx has steps of its own, of which the thirtieth is this index.
        ("eight.webm", "libvpx -qmin 30 -qmax 30 -b:v 9M", 39),
    ] {
        let clip = studio.shoot(
            name,
            &format!("-f lavfi -i mandelbrot=s=96x64,format=yuv420p -frames:v 9 -c:v {how}"),
        );
        let found = look(&clip);
        let all: Vec<_> = read(&found)
            .1
            .iter()
            .map(|it| it.map(<[i16; 2]>::from))
            .collect();
        assert_eq!(all, [Some([expected; 2]); 9], "{name}");
    }
}

#[test]
fn headers_that_change_amid_a_stream_are_followed() {
    let studio = Studio::new();
    let piece = |name: &str, how: &str| {
        studio.shoot(
            name,
            &format!(
                "-f lavfi -i mandelbrot=s=96x64,format=yuv420p -frames:v 8 -c:v libx264 {how}"
            ),
        )
    };
    let mut bytes = std::fs::read(piece("fine.flv", "-qp 11")).expect("read");
    let coarse = std::fs::read(piece("coarse.flv", "-qp 41 -profile:v baseline")).expect("read");
    // Behind the header of the file: its parameter sets come between the pictures, by themselves.
    bytes.extend_from_slice(&coarse[13..]);
    let joined = studio.write("joined.flv", &bytes);
    let (_, all) = traced(&joined);
    assert!(all[..8].iter().all(|it| it[1] < 20), "{all:?}");
    assert!(all[8..].iter().all(|it| it[0] > 30), "{all:?}");
}

#[test]
fn a_codec_that_is_not_read_is_named() {
    let found = look(&fixture("clips/movie-hello.ogg"));
    let coding = found.facts.coding.expect("frames");
    let codec = "theora".to_owned();
    assert_eq!(coding.quantisers, Some(Quantisers::Unsupported { codec }));
}

#[test]
fn a_picture_whose_header_is_broken_has_none() {
    let studio = Studio::new();
    let clip = studio.shoot(
        "clip.ts",
        "-f lavfi -i mandelbrot=s=96x64,format=yuv420p -frames:v 9 -c:v mpeg2video -qscale:v 5 -g 3 -f mpeg2video",
    );
    let mut bytes = std::fs::read(&clip).expect("read");
    let slices = |bytes: &[u8]| -> Vec<usize> {
        let code =
            |at: &usize| bytes[*at..].starts_with(&[0, 0, 1]) && (1..=4).contains(&bytes[at + 3]);
        (0..bytes.len() - 4).filter(code).collect()
    };
    let all = slices(&bytes);
    assert_eq!(all.len(), 9 * 4, "rows of 16 lines");
    // The quantiser is in the first five bits behind the code; zero is forbidden.
    for at in &all[..4] {
        bytes[at + 4] &= 7;
    }
    let found = look(&studio.write("broken.ts", &bytes));
    let (_, frames) = read(&found);
    let last = frames.last().copied().flatten().map(<[i16; 2]>::from);
    assert_eq!((frames[0], last), (None, Some([10; 2])), "{frames:?}");
}
