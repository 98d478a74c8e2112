//! What is answered about two files: plain data.

use media::facts::StreamKind;
use media::finding::Method;
use serde::Serialize;
use store::number::ItemNo;
use utoipa::ToSchema;

/// How two files stand to each other. Nothing beyond that: not who changed what, nor why, nor which
/// came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The same bytes.
    SameFile,
    /// Other bytes; every stream of video and sound has the same packets, every frame is equal.
    SameEssence,
    /// Other packets; every frame is equal, bit for bit.
    SamePictures,
    /// Other frames; they pair one to one over the whole length and look alike.
    ReEncoded,
    /// Frames are left out, added or replaced; others remain.
    Edited,
    /// Too few frames pair to say that anything remains.
    Different,
}

/// Two files compared.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Compared {
    /// How they stand to each other.
    pub answer: Answer,
    /// The same for a person, in a sentence or two.
    pub summary: String,
    /// The first file.
    pub a: Party,
    /// The second file.
    pub b: Party,
    /// Where they differ first; absent where they do not, or where nothing pairs.
    pub first_difference: Option<Difference>,
    /// The whole length of both, part by part; empty where frames were not compared one by one.
    pub parts: Vec<Part>,
    /// The first frame that is shown at another time, where frames pair one to one.
    pub pace: Option<Pace>,
    /// The streams, side by side.
    pub streams: Vec<StreamPair>,
    /// Footage that both show all the same, where frames do not pair: as `match` finds it.
    pub footage: Vec<Footage>,
    /// How the answer was found, and what it does not account for.
    pub method: Method,
}

/// One of the two.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Party {
    /// File name.
    pub name: String,
    /// Number in the case; absent for a file outside it.
    pub item: Option<ItemNo>,
    /// SHA-256 of its bytes, `sha256:…`.
    pub id: String,
    /// Presented frames; absent where the bytes are the same and nothing was decoded.
    pub frames: Option<u32>,
    /// False when reading stopped before the end.
    pub complete: bool,
}

/// The first frame that is not the other's; absent on a side that has none there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// Frame of the first file.
    pub a: Option<u32>,
    /// Frame of the second file.
    pub b: Option<u32>,
}

/// A frame that the files show at different times.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Pace {
    /// Which, in both.
    pub frame: u32,
    /// Seconds after the first frame in the first file.
    pub a_s: f64,
    /// Seconds after the first frame in the second file.
    pub b_s: f64,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The same frames, bit for bit.
    Equal,
    /// Frames that look alike.
    Alike,
    /// Frames that only the first file has.
    LeftOut,
    /// Frames that only the second file has.
    Added,
    /// Frames of both that do not look alike.
    Replaced,
}

/// Consecutive frames of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// First and last frame in the first file.
    pub a: Option<[u32; 2]>,
    /// First and last frame in the second file.
    pub b: Option<[u32; 2]>,
    /// Bits of 256 by which the least alike pair differs; 0 where frames are equal.
    pub bits: Option<u32>,
}

/// A stream of one file beside that of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StreamPair {
    /// What both carry.
    pub kind: StreamKind,
    /// Index in the first file.
    pub a: Option<u32>,
    /// Index in the second file.
    pub b: Option<u32>,
    /// Whether their packets are the same.
    pub equal: bool,
}

/// Spans of both that show the same footage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
pub struct Footage {
    /// First and last frame in the first file.
    pub a: [u32; 2],
    /// First and last frame in the second file.
    pub b: [u32; 2],
    /// Score from 0 to 1.
    pub score: f64,
    /// Whether one is the mirror image of the other.
    pub mirrored: bool,
    /// Playback speed of the first over the second.
    pub speed: f64,
}
