//! What a container and its streams say of themselves. Claims of the file, not findings.

mod coding;
mod credentials;
mod exiftool;
mod fields;
mod parts;
mod quantiser;
mod tracks;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use coding::{Coding, Sizes};
pub use credentials::{
    Action, Check, Credentials, Ingredient, Manifest, Manifests, Outcome, Signer,
};
pub use exiftool::{Exiftool, ExiftoolField};
pub(crate) use fields::MOST_CHANGES;
pub use fields::{Scanning, ScanningFrom};
pub use parts::{CoderNote, Part, Parts};
pub use quantiser::{Quantiser, QuantiserScale, Quantisers, QuantisersOf};

use crate::time::{FrameNo, Pts, Rational, TimeBase};

/// What the container says of itself. Empty `streams` means that nothing could be recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facts {
    /// The demuxer's short names, such as `mov,mp4,m4a,3gp,3g2,mj2`; empty when unrecognised.
    pub format: String,
    /// The demuxer's long name.
    pub format_name: String,
    /// Size of the file in bytes.
    pub size: u64,
    /// Duration by the container, in microseconds.
    pub duration_us: Option<i64>,
    /// Start time by the container, in microseconds.
    pub start_us: Option<i64>,
    /// Bit rate by the container, in bits per second.
    pub bit_rate: Option<i64>,
    /// Container tags as written, untrusted text.
    pub tags: BTreeMap<String, String>,
    /// Tags of container and streams that are not kept because all together are too long.
    #[serde(default)]
    pub tags_left_out: u32,
    /// The streams in container order.
    pub streams: Vec<Stream>,
    /// Index into `streams` of the examined video stream: the first that is no attached picture, as
    /// `-map 0:V:0` picks, else the first; in facts of another track, that one.
    pub video: Option<usize>,
    /// Index into `streams` of the examined audio stream: the first one, as `-map 0:a:0` picks.
    #[serde(default)]
    pub audio: Option<usize>,
    /// What a listing in ffmpeg's form needs beside the frame index; absent without frames.
    #[serde(default)]
    pub presentation: Option<Presentation>,
    /// What the container is made of, where it is of a kind that is taken apart.
    #[serde(default)]
    pub parts: Option<Parts>,
    /// What coders wrote of themselves into the examined stream.
    #[serde(default)]
    pub coder_notes: Vec<CoderNote>,
    /// How the bits of the examined stream are spread over its frames; absent without frames.
    #[serde(default)]
    pub coding: Option<Coding>,
    /// What exiftool reads in it; absent where nobody asked it, and in facts kept by builds that did not.
    #[serde(default)]
    pub exiftool: Option<Exiftool>,
    /// Content credentials; absent in facts kept by builds that knew none.
    #[serde(default)]
    pub credentials: Option<Credentials>,
}

impl Facts {
    /// The examined video stream.
    pub(crate) fn examined(&self) -> Option<(&Stream, &VideoFacts)> {
        let stream = self.streams.get(self.video?)?;
        Some((stream, stream.video.as_ref()?))
    }
}

/// How the examined stream was presented, as far as the frame index does not say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Presentation {
    /// Frame rate that ffmpeg would guess; 0/1 where it has none. It is no promise of constant rate.
    pub rate: Rational,
    /// Sample aspect of the first frame as written; 0/1 where the file says nothing.
    pub sample_aspect: Rational,
    /// Layout of the decoded pictures: one entry for the first frame and one for each change.
    pub layouts: Vec<Layout>,
    /// What ffmpeg adds to timestamps so that a file starts at zero: one entry for the first frame
    /// and one for each change, which only formats with discontinuous clocks have.
    pub shifts: Vec<Shift>,
    /// Whether frames are of two fields, and which comes first, by the stream: one entry for the
    /// first frame and one for each change, of which there are at most 10,000. Empty in facts kept by
    /// builds that did not ask.
    #[serde(default)]
    pub scanning: Vec<ScanningFrom>,
}

/// Layout of decoded pictures from one frame on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Layout {
    /// First frame that has it.
    pub first: FrameNo,
    /// Stored width in pixels.
    pub width: u32,
    /// Stored height in pixels.
    pub height: u32,
    /// Pixel format, such as `yuv420p`.
    pub pixel_format: String,
    /// Bytes of the decoded planes, rows without padding: what the frame hash covers.
    pub bytes: u64,
}

/// Offset of timestamps from one frame on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Shift {
    /// First frame that has it.
    pub first: FrameNo,
    /// Ticks to add to a timestamp of the index.
    pub ticks: i64,
}

/// One stream of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stream {
    /// Index in the container, from 0.
    pub index: u32,
    /// What it carries.
    pub kind: StreamKind,
    /// Codec name, such as `h264`; `unknown` where there is no name.
    pub codec: String,
    /// Codec profile, such as `High`.
    pub profile: Option<String>,
    /// Codec tag as four characters or hexadecimal.
    pub codec_tag: String,
    /// Seconds per tick.
    pub time_base: TimeBase,
    /// First timestamp by the container.
    pub start: Option<Pts>,
    /// Duration by the container, in ticks.
    pub duration: Option<i64>,
    /// Number of frames that the header claims.
    pub header_frames: Option<i64>,
    /// Bit rate by the container, in bits per second.
    pub bit_rate: Option<i64>,
    /// True for cover pictures and the like.
    pub attached_picture: bool,
    /// Stream tags as written, untrusted text.
    pub tags: BTreeMap<String, String>,
    /// What its packets are; absent where they were not read, and in facts kept by builds that did
    /// not hash them.
    #[serde(default)]
    pub essence: Option<Essence>,
    /// Present for video streams.
    pub video: Option<VideoFacts>,
    /// Present for audio streams.
    pub audio: Option<AudioFacts>,
}

/// What is left of a stream without its wrapper: the packets that `ffmpeg -c copy` copies, in their
/// order. It survives another container, if that takes packets as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Essence {
    /// SHA-256 over the payload of every packet: what `ffmpeg -c copy -f streamhash -hash sha256`
    /// prints for the stream.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub hash: StreamHash,
    /// Number of packets.
    pub packets: u64,
    /// Bytes of all packets.
    pub bytes: u64,
}

/// SHA-256 over the packets of a stream; 64 lower-case hexadecimal digits in text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StreamHash(pub [u8; 32]);

/// What a stream carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum StreamKind {
    /// Pictures.
    Video,
    /// Sound.
    Audio,
    /// Subtitles.
    Subtitle,
    /// Timed data.
    Data,
    /// A file carried along.
    Attachment,
    /// Anything else.
    Unknown,
}

/// Facts of a video stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VideoFacts {
    /// Stored width in pixels, before rotation and aspect.
    pub width: u32,
    /// Stored height in pixels.
    pub height: u32,
    /// Width of a pixel over its height; 1/1 where the file says nothing.
    pub sample_aspect: Rational,
    /// Clockwise rotation in degrees (0, 90, 180, 270) that display applies.
    pub rotation: u16,
    /// Whether display mirrors the picture left to right, before rotating.
    pub mirrored: bool,
    /// Pixel format, such as `yuv420p`.
    pub pixel_format: String,
    /// Average frame rate by the container.
    pub average_rate: Rational,
    /// Frame rate guessed by the demuxer; it is no promise of constant rate.
    pub guessed_rate: Rational,
    /// Colour range: `tv`, `pc` or `unknown`.
    pub color_range: String,
    /// Matrix coefficients, such as `bt709`; `unknown` where unsaid.
    pub color_space: String,
    /// Colour primaries.
    pub color_primaries: String,
    /// Transfer characteristics.
    pub color_transfer: String,
    /// Field order: `progressive`, `tt`, `bb`, `tb`, `bt` or `unknown`.
    pub field_order: String,
}

/// Facts of an audio stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AudioFacts {
    /// Samples per second.
    pub sample_rate: u32,
    /// Number of channels.
    pub channels: u32,
    /// Sample format, such as `fltp`.
    pub sample_format: String,
}

impl fmt::Display for StreamHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for StreamHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for StreamHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for StreamHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let mut hash = [0; 32];
        for (byte, digits) in hash.iter_mut().zip(text.as_bytes().as_chunks::<2>().0) {
            let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
            *byte = high
                .zip(low)
                .and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
                .ok_or_else(|| D::Error::custom("a hash has 64 hexadecimal digits"))?;
        }
        let hash = Self(hash);
        // One hash has one text.
        if hash.to_string() == text {
            Ok(hash)
        } else {
            Err(D::Error::custom("a hash has 64 lower-case digits"))
        }
    }
}
