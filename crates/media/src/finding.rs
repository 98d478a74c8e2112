//! What a method found in a file, with what it does not account for. Never a verdict.

mod command;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::time::{FrameNo, Pts};

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Hard cut; `frames.first` is the first frame of the new shot.
    Cut,
    /// Span of black frames.
    Black,
    /// Picture darkens to black.
    FadeOut,
    /// Picture rises from black.
    FadeIn,
    /// One picture gives way to another by degrees; `frames` are those in which both show.
    Dissolve,
    /// Picture rises to white.
    FadeToWhite,
    /// Picture sinks from white.
    FadeFromWhite,
    /// A few frames much brighter or darker than those before and after, which are alike.
    Flash,
    /// Frames that show again, to the last bit, what the frame before showed.
    Repeated,
    /// The picture stands still for a while.
    Freeze,
    /// The picture jumps on along its own movement, as where frames were left out.
    MotionJump,
    /// Time without a frame in a stream of constant rate.
    Gap,
    /// A key frame out of the pattern of the others, and at no cut.
    KeyFrames,
    /// Seconds that take far more or far fewer bits than the others.
    Bitrate,
    /// Traces of an earlier coding.
    Recoded,
    /// Frames of two fields among others, or fields that the stream tells otherwise than they show.
    Fields,
    /// What software wrote of itself into the file.
    Traces,
    /// Content credentials (C2PA) are attached.
    ContentCredentials,
    /// Parts of the container that are out of place, unknown, or hold what nothing refers to.
    Container,
    /// Sound and picture begin or end at different times.
    Lengths,
    /// Samples that are stored and never presented.
    HiddenFrames,
    /// More than one video track, of which one is examined.
    VideoTracks,
    /// Timestamps that run back, repeat or are missing.
    Timestamps,
    /// The header's number of frames is not the number presented.
    FrameCount,
    /// The decoder or demuxer reported damage.
    Damage,
    /// Nothing could be recognised or decoded.
    Unreadable,
    /// Reading stopped before the end: time, memory or size limit, or the decoder process died.
    Incomplete,
    /// Span of sound at most as loud as −60 dB.
    Silence,
    /// Exact zeros with sound right before and behind them.
    InsertedSilence,
    /// Samples in a row at full scale.
    Clipping,
    /// A sample that nothing before it announces, alone in its surroundings.
    Click,
    /// Timestamps of the sound that leave a gap or overlap.
    SoundGap,
    /// Sound and picture begin or end apart.
    SoundOffset,
    /// More than one audio track.
    SoundTracks,
}

/// Something a method found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding {
    /// What was found.
    pub kind: FindingKind,
    /// One sentence for a person.
    pub summary: String,
    /// Where, if it has a place.
    pub span: Option<FrameSpan>,
    /// How it was found.
    pub method: Method,
    /// Measured values behind it, by name.
    pub values: BTreeMap<String, f64>,
    /// A command line that shows the same matter without this program; `FILE` stands for the
    /// original. Absent in records of older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reproduce: Option<String>,
}

/// Half-open span of time, with its first and last frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FrameSpan {
    /// First frame.
    pub first: FrameNo,
    /// Last frame, inclusive.
    pub last: FrameNo,
    /// Timestamp of the first frame.
    pub start: Option<Pts>,
    /// Timestamp after the last frame.
    pub end: Option<Pts>,
}

/// A method, so that a stranger can repeat it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Method {
    /// Name, such as `transition/luma-histogram`.
    pub name: String,
    /// Version of the method; changes whenever its results may.
    pub version: u32,
    /// Parameters by name.
    pub parameters: BTreeMap<String, f64>,
    /// What it does not account for, in one sentence.
    pub limits: String,
}
