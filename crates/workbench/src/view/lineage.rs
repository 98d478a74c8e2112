//! Which items share footage, since when each is known, and which may come from which.

use std::fmt;

use serde::Serialize;
use store::number::{ItemNo, MatchNo};
use store::vocabulary::Verdict;
use utoipa::ToSchema;

/// Items that share footage, directly or through each other.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Cluster {
    /// The items, by the best known time of each, earliest first; then those of which nothing is known
    /// but when the case got them.
    pub items: Vec<ClusterItem>,
    /// The pieces of footage that they share.
    pub footage: Vec<Footage>,
    /// What pairs of them share, and which may come from which.
    pub links: Vec<Link>,
}

/// One item of a cluster.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ClusterItem {
    /// Number in the case.
    pub number: ItemNo,
    /// Original file name.
    pub name: String,
    /// Presented frames.
    pub frames: u32,
    /// Seconds from the first frame's appearance to the last one's end.
    pub duration_s: f64,
    /// Number of thumbnails.
    pub thumbnails: usize,
    /// What is known of when it came about.
    pub times: ItemTimes,
}

/// Four times that are not to be mistaken for each other, and which of them orders the item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemTimes {
    /// When the file says that it was recorded.
    pub recorded: Option<KnownTime>,
    /// The earliest time at which somebody stated that it was uploaded.
    pub uploaded: Option<KnownTime>,
    /// When this case first got it.
    pub acquired: Option<KnownTime>,
    /// The earliest time at which a claim about it was made.
    pub asserted: Option<KnownTime>,
    /// The one that is used: the earlier of `uploaded` and `asserted`, else `recorded`, else `acquired`.
    pub used: Option<TimeKind>,
}

/// One of the four times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TimeKind {
    /// When the file says that it was recorded.
    Recorded,
    /// When it was put where others could see it.
    Uploaded,
    /// When this case got it: says nothing of when it came out.
    Acquired,
    /// When somebody said something of it.
    Asserted,
}

impl fmt::Display for TimeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Recorded => "recorded",
            Self::Uploaded => "uploaded",
            Self::Acquired => "acquired",
            Self::Asserted => "asserted",
        })
    }
}

/// A time, as precisely as known, and how sure it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KnownTime {
    /// RFC 3339, or a shorter date.
    pub at: String,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// Whose word it is, as part of a sentence.
    pub says: String,
}

/// What a time rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RestsOn {
    /// An entry of this journal.
    Journal,
    /// A person's word, which the journal holds.
    Person,
    /// The file's own word, which anybody can change.
    File,
}

/// A piece of footage that several items show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Footage {
    /// Where it appears, in the order of the cluster's items.
    pub appearances: Vec<Appearance>,
    /// The item in which it is known earliest; several where times do not decide between them; none where
    /// no time is known but when the case got them.
    pub earliest: Vec<ItemNo>,
    /// Why, or why not, as a sentence.
    pub why: String,
}

/// One place of a piece of footage.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Appearance {
    /// The item.
    pub item: ItemNo,
    /// First and last frame.
    pub frames: [u32; 2],
    /// Seconds `[start, end)`.
    pub seconds: [f64; 2],
    /// The matches that say so.
    pub matches: Vec<MatchNo>,
}

/// What two items share.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Link {
    /// The item that may come from the other one, or from what that comes from; the later in the order of
    /// the items where `basis` is `unknown`.
    pub from: ItemNo,
    /// The item that it may come from.
    pub to: ItemNo,
    /// What says so.
    pub basis: Basis,
    /// Why, and what speaks against it, in sentences.
    pub reasons: Vec<String>,
    /// The spans that they share.
    pub spans: Vec<SharedSpan>,
}

/// What says which of two items may come from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// One is known earlier.
    Time,
    /// One lies in the other, which has more.
    Extent,
    /// Nothing: neither time nor extent decides.
    Unknown,
}

/// A span that two items share.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SharedSpan {
    /// The match.
    #[serde(rename = "match")]
    pub number: MatchNo,
    /// First and last frame in `from`.
    pub from_frames: [u32; 2],
    /// Seconds in `from`.
    pub from_seconds: [f64; 2],
    /// First and last frame in `to`.
    pub to_frames: [u32; 2],
    /// Seconds in `to`.
    pub to_seconds: [f64; 2],
    /// Whether one is the mirror image of the other.
    pub mirrored: bool,
    /// Playback speed of `from` over `to`.
    pub speed: f64,
    /// Score from 0 to 1.
    pub score: f64,
    /// The reviewers' word that stands.
    pub verdict: Verdict,
}
