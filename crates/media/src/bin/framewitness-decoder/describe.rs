//! What the container says of itself.

use std::collections::BTreeMap;

use media::facts::{Facts, Stream as StreamFacts, StreamKind};
use media::protocol::{Hello, VERSION};
use media::time::Pts;

use crate::av::{self, Input, Stream, known};

/// Most streams that are described.
const MAX_STREAMS: usize = 256;

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

/// The facts of an open container of `size` bytes.
pub(crate) fn facts(input: &Input, size: u64) -> Facts {
    let (format, format_name) = input.format();
    let streams: Vec<_> = input
        .streams()
        .take(MAX_STREAMS)
        .zip(0..)
        .map(|(stream, index)| describe(input, stream, index))
        .collect();
    let first = |kind| streams.iter().position(|stream| stream.kind == kind);
    let (video, audio) = (first(StreamKind::Video), first(StreamKind::Audio));
    Facts {
        format,
        format_name,
        size,
        duration_us: known(input.duration()),
        start_us: known(input.start_time()),
        bit_rate: positive(input.bit_rate()),
        tags: input.tags(),
        streams,
        video,
        audio,
        presentation: None,
        parts: None,
        coder_notes: Vec::new(),
        coding: None,
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
