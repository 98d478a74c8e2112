//! What the container says of itself.

use std::collections::BTreeMap;

use media::facts::{Facts, Stream as StreamFacts, StreamKind};
use media::protocol::{Hello, VERSION};
use media::time::{Pts, TrackNo};

use crate::av::{self, Input, Stream, known};

/// Most streams that are described.
const MAX_STREAMS: usize = 256;

/// Most bytes that all tags may take in a message; the parts of a container take most of the rest.
const TAGS: usize = 1 << 20;

/// Most bytes of a character as JSON: `\u001f`.
const LONGEST: usize = 6;

/// Versions and layers of the jail.
pub(crate) fn hello(jail: BTreeMap<String, String>) -> Hello {
    let mut versions = av::versions();
    versions.insert(
        env!("CARGO_BIN_NAME").to_owned(),
        env!("CARGO_PKG_VERSION").to_owned(),
    );
    Hello {
        protocol: VERSION,
        versions,
        jail,
    }
}

/// Index of the stream of a track; without one, of the first video that is no attached picture, else of
/// the first.
pub(crate) fn video(input: &Input, track: Option<TrackNo>) -> Option<usize> {
    let videos = || {
        let streams = input.streams().take(MAX_STREAMS).enumerate();
        streams.filter(|(_, stream)| stream.kind() == StreamKind::Video)
    };
    let found = match track {
        Some(track) => videos().nth(track.0 as usize),
        None => videos()
            .find(|(_, stream)| !stream.attached_picture())
            .or_else(|| videos().next()),
    };
    found.map(|(index, _)| index)
}

/// The facts of an open container of `size` bytes, of whose videos `track` is looked at.
pub(crate) fn facts(input: &Input, size: u64, track: Option<TrackNo>) -> Facts {
    let (format, format_name) = input.format();
    let streams: Vec<_> = input
        .streams()
        .take(MAX_STREAMS)
        .zip(0..)
        .map(|(stream, index)| describe(input, stream, index))
        .collect();
    let heard = |stream: &StreamFacts| stream.kind == StreamKind::Audio && track.is_none();
    let audio = streams.iter().position(heard);
    let mut facts = Facts {
        format,
        format_name,
        size,
        duration_us: known(input.duration()),
        start_us: known(input.start_time()),
        bit_rate: positive(input.bit_rate()),
        tags: input.tags(),
        tags_left_out: 0,
        streams,
        video: video(input, track),
        audio,
        presentation: None,
        parts: None,
        coder_notes: Vec::new(),
        coding: None,
        exiftool: None,
        credentials: None,
    };
    trim(&mut facts);
    facts
}

/// Leaves out tags that would not fit a message with the others.
fn trim(facts: &mut Facts) {
    let mut room = TAGS;
    let of_streams = facts.streams.iter_mut().map(|stream| &mut stream.tags);
    for tags in std::iter::once(&mut facts.tags).chain(of_streams) {
        tags.retain(|name, value| {
            let length = LONGEST * (name.chars().count() + value.chars().count());
            let fits = length <= room;
            if fits {
                room -= length;
            } else {
                facts.tags_left_out += 1;
            }
            fits
        });
    }
}

fn describe(input: &Input, stream: Stream<'_>, index: u32) -> StreamFacts {
    let kind = stream.kind();
    StreamFacts {
        index,
        kind,
        codec: stream.codec(),
        profile: stream.profile(),
        codec_tag: stream.codec_tag(),
        time_base: stream.time_base(),
        start: known(stream.start()).map(Pts),
        duration: known(stream.duration()),
        header_frames: positive(stream.header_frames()),
        bit_rate: positive(stream.bit_rate()),
        attached_picture: stream.attached_picture(),
        tags: stream.tags(),
        essence: None,
        video: (kind == StreamKind::Video).then(|| stream.video(input.guessed_rate(stream))),
        audio: (kind == StreamKind::Audio).then(|| stream.audio()),
    }
}

fn positive(number: i64) -> Option<i64> {
    (number > 0).then_some(number)
}
