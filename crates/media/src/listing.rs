//! The frame index in the form of ffmpeg's `framehash`, and the streams in that of its `streamhash`, so
//! that others can check them with ffmpeg alone.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::facts::{Facts, Presentation, Shift, StreamKind};
use crate::index::FrameIndex;
use crate::time::Rational;

mod clock;

/// The output of
/// `ffmpeg -noautorotate -i FILE -map 0:v:0 -fps_mode passthrough -f framehash -hash sha256 -`,
/// byte for byte as FFmpeg 5.1 writes it with the libavformat named in `versions`. Empty where there
/// are no frames.
///
/// One difference is meant: where size or pixel format change within the stream, ffmpeg scales later
/// frames to the first one before it hashes, and this lists the hashes of the frames as decoded.
pub fn framehash_listing(
    facts: &Facts,
    frames: &FrameIndex,
    versions: &BTreeMap<String, String>,
) -> String {
    let Some(presentation) = &facts.presentation else {
        return String::new();
    };
    let rate = rate(presentation);
    let mut listing = header(presentation, rate, versions);
    let stream = Rational {
        num: i32::try_from(frames.time_base.num).unwrap_or(i32::MAX),
        den: i32::try_from(frames.time_base.den).unwrap_or(i32::MAX),
    };
    let mut clock = clock::Clock::new(stream, rate);
    for frame in &frames.frames {
        let shift = at(&presentation.shifts, |shift: &Shift| {
            shift.first <= frame.no
        });
        let pts = frame
            .pts
            .map(|pts| pts.0.saturating_add(shift.map_or(0, |shift| shift.ticks)));
        let (dts, pts) = clock.tick(pts);
        let bytes = at(&presentation.layouts, |layout| layout.first <= frame.no)
            .map_or(0, |layout| layout.bytes);
        let hash = frame.hash;
        // Writing to a string does not fail.
        let _ = writeln!(
            listing,
            "0, {dts:>10}, {pts:>10}, {:>8}, {bytes:>8}, {hash}",
            1
        );
    }
    listing
}

/// What `ffmpeg -i FILE -map 0 -c copy -f streamhash -hash sha256 -` prints: one line for each stream,
/// which begins with its index in the container. Streams whose packets were not read are left out.
///
/// ffmpeg numbers what it writes, so that a stream mapped alone (`-map 0:1`) is its stream 0.
pub fn streamhash_listing(facts: &Facts) -> String {
    let mut listing = String::new();
    for stream in &facts.streams {
        let Some(essence) = &stream.essence else {
            continue;
        };
        let kind = match stream.kind {
            StreamKind::Video => 'v',
            StreamKind::Audio => 'a',
            StreamKind::Subtitle => 's',
            StreamKind::Data => 'd',
            StreamKind::Attachment => 't',
            StreamKind::Unknown => '?',
        };
        // Writing to a string does not fail.
        let _ = writeln!(listing, "{},{kind},SHA256={}", stream.index, essence.hash);
    }
    listing
}

/// The rate that ffmpeg's encoder counts in: 25 where the file gives none.
fn rate(presentation: &Presentation) -> Rational {
    let rate = presentation.rate;
    if rate.num > 0 && rate.den > 0 {
        rate
    } else {
        Rational { num: 25, den: 1 }
    }
}

fn header(
    presentation: &Presentation,
    rate: Rational,
    versions: &BTreeMap<String, String>,
) -> String {
    let software = versions.get("libavformat").map_or("", String::as_str);
    let (width, height) = presentation
        .layouts
        .first()
        .map_or((0, 0), |layout| (layout.width, layout.height));
    let divisor = gcd(rate.num.unsigned_abs(), rate.den.unsigned_abs()).max(1);
    let (num, den) = (
        rate.den.unsigned_abs() / divisor,
        rate.num.unsigned_abs() / divisor,
    );
    let aspect = presentation.sample_aspect;
    format!(
        "#format: frame checksums\n\
         #version: 2\n\
         #hash: SHA256\n\
         #software: Lavf{software}\n\
         #tb 0: {num}/{den}\n\
         #media_type 0: video\n\
         #codec_id 0: rawvideo\n\
         #dimensions 0: {width}x{height}\n\
         #sar 0: {aspect}\n\
         #stream#, dts,        pts, duration,     size, hash\n"
    )
}

/// The last entry that applies, of entries in order.
fn at<T>(entries: &[T], applies: impl Fn(&T) -> bool) -> Option<&T> {
    entries[..entries.partition_point(applies)].last()
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
