//! What the use cases answer: plain data. The command line, the server and the page all show these
//! shapes, under these field names.

mod lineage;
mod linked;
mod matching;
mod matrix;
mod removal;
mod reviewed;
mod search;
mod sighted;
mod sourced;
mod span;
mod watchlist;
mod whereabouts;
mod witness;

use std::collections::BTreeMap;

use media::facts::{Credentials, Exiftool, Facts, Stream};
use media::finding::Finding;
use media::sound::{Pcm, SoundForm};
use media::time::TimeBase;
use serde::Serialize;
use serde_json::Value;
use store::number::ItemNo;
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Note, Observation, Person, Removal,
    Removed, ResemblanceRecord, Tag,
};
use store::vocabulary::ContentFlag;
use utoipa::ToSchema;

use crate::as_of::StoodAt;

pub use lineage::{
    Appearance, Basis, Cluster, ClusterItem, Footage, ItemTimes, KnownTime, Link, RestsOn,
    SharedSpan, TimeKind,
};
pub use linked::Linked;
pub use matching::{Found, MatchView};
pub use matrix::{Analysis, Matrix, MatrixCell, MatrixColumn, MatrixRow, Question, Score, Weight};
pub use removal::RemovalPlan;
pub use reviewed::MediaReviewView;
pub use search::{ItemsChanged, ItemsPage, SearchPage, SearchPlace, SearchResult};
pub use sighted::{OverlaysView, PicturePlace, Sighted};
pub use sourced::{SourceEvent, SourceEventKind, SourceTimeline};
pub use span::{FilmCell, Filmstrip, SavedFrame, SavedSound, SavedSpan};
pub use watchlist::{SeenAgain, WatchView};
pub use whereabouts::{NamedItem, Whereabouts};
pub use witness::{CheckpointView, CosignedView, ProvenEntry, RequestView, WitnessView};

/// Size and Merkle root of the journal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root over them, `sha256:…`.
    pub root: String,
}

/// The case at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CaseSummary {
    /// Its name.
    pub name: String,
    /// Who signs what is recorded now.
    pub actor: String,
    /// Number of items.
    pub items: usize,
    /// Number of journal entries.
    pub entries: u64,
    /// Head of the journal.
    pub head: Head,
    /// Matches that the watch list found and nobody reviewed yet.
    pub seen_again: usize,
    /// Where it stood, if it is shown as it did then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<StoodAt>,
}

/// One file preserved.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Added {
    /// Number of the item in the case.
    pub item: ItemNo,
    /// Content id, `sha256:…`.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub blake3: String,
    /// Whether the case did not hold these bytes before.
    pub new: bool,
    /// Number of times these bytes were acquired, this time included.
    pub acquisitions: usize,
    /// Journal entry of the acquisition.
    pub entry: u64,
}

/// One item examined.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inspected {
    /// Number of the item.
    pub item: ItemNo,
    /// Content id.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// Presented frames.
    pub frames: u32,
    /// Stored samples of the video stream, presented or not.
    pub stored: u32,
    /// Seconds from the first frame's appearance to the last one's end.
    pub duration_s: f64,
    /// Demuxer's name of the format; empty when nothing was recognised.
    pub format: String,
    /// Codec of the examined stream.
    pub codec: Option<String>,
    /// The streams in container order, each with the hash over its packets.
    pub streams: Vec<Stream>,
    /// The video tracks, where there is more than one.
    pub tracks: Vec<TrackView>,
    /// The sound, where there is any.
    pub sound: Option<SoundSummary>,
    /// What exiftool reads in it; absent in inspections kept by builds that did not ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exiftool: Option<Exiftool>,
    /// Content credentials; absent in inspections kept by builds that knew none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Credentials>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// False when reading stopped before the end.
    pub complete: bool,
    /// False when an earlier inspection by the same tool was kept.
    pub fresh: bool,
    /// Where this went on with an inspection that was cut off: the first frame decoded anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed_at: Option<u32>,
    /// Where it could not: why everything was decoded anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_resumed: Option<String>,
    /// What the watch list found in it now; what was found before is not told again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen_again: Vec<SeenAgain>,
}

/// One of several video tracks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrackView {
    /// Its number among the video tracks, from 0, as in ffmpeg's `0:v:N`.
    pub track: u32,
    /// Index of its stream in the container.
    pub stream: u32,
    /// Codec of the stream.
    pub codec: String,
    /// Stored width in pixels, 0 where unknown.
    pub width: u32,
    /// Stored height in pixels, 0 where unknown.
    pub height: u32,
    /// Whether it is a cover or the like.
    pub attached_picture: bool,
    /// Whether findings, matches and records are of this track.
    pub examined: bool,
    /// Presented frames; absent where it was not indexed.
    pub frames: Option<u32>,
}

/// How much is stored of a track.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StoredSummary {
    /// Stored samples, presented or not.
    pub samples: u32,
    /// Those that no frame comes of.
    pub not_presented: u32,
}

/// The sound of an item at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoundSummary {
    /// Index of the stream in the container.
    pub stream: u32,
    /// Codec of the stream.
    pub codec: String,
    /// Samples a second.
    pub rate: u32,
    /// Number of channels.
    pub channels: u32,
    /// Form of the decoded samples.
    pub pcm: Pcm,
    /// Number of samples.
    pub samples: u64,
    /// Timestamp of the first sample, where the stream gives one.
    pub start_pts: Option<i64>,
    /// Seconds per tick of the stream.
    pub time_base: TimeBase,
    /// Seconds after the first frame at which the sound begins.
    pub start_s: f64,
    /// Seconds after the first frame at which it ends.
    pub end_s: f64,
    /// Integrated loudness in LUFS; absent where it is too quiet or short to tell.
    pub loudness_lufs: Option<f64>,
    /// Loudness range in LU; absent for less than a minute.
    pub range_lu: Option<f64>,
    /// Largest sample in dB of full scale; absent for silence.
    pub peak_dbfs: Option<f64>,
    /// SHA-256 of all decoded samples, hexadecimal.
    pub hash: String,
}

/// A sample that sounds at a place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoundAt {
    /// Number of the item.
    pub item: ItemNo,
    /// Number of the sample, from 0.
    pub sample: u64,
    /// Seconds after the first frame at which it begins.
    pub at_s: f64,
    /// The frame shown then; absent where none is.
    pub frame: Option<u32>,
    /// Samples a second.
    pub rate: u32,
}

/// A piece of sound that was written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoundPiece {
    /// Number of the item.
    pub item: ItemNo,
    /// First sample.
    pub from: u64,
    /// Sample after the last.
    pub to: u64,
    /// Seconds after the first frame at which it begins.
    pub start_s: f64,
    /// Seconds after the first frame at which it ends.
    pub end_s: f64,
    /// Form of its samples.
    pub form: SoundForm,
    /// SHA-256 of its samples, without the header, hexadecimal.
    pub hash: String,
}

/// The outline of a span of sound, in columns of equal length.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoundColumns {
    /// Seconds after the first frame at which the first column begins.
    pub from_s: f64,
    /// Seconds after the first frame at which the last column ends.
    pub to_s: f64,
    /// Samples a second.
    pub rate: u32,
    /// One for mono, two for stereo, one with the outermost of all for more channels.
    pub lanes: Vec<SoundLane>,
}

/// The columns of one lane.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SoundLane {
    /// Smallest and largest sample (full scale 32768) and root mean square (full scale 65535) of each
    /// column; `null` where nothing sounds.
    pub peaks: Vec<Option<[i32; 3]>>,
}

/// An item at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemSummary {
    /// Number in the case.
    pub number: ItemNo,
    /// Content id.
    pub id: String,
    /// Original file name.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// When it was first acquired, RFC 3339.
    pub acquired_at: String,
    /// Presented frames; absent until inspected.
    pub frame_count: Option<u32>,
    /// Seconds from the first frame's appearance to the last one's end.
    pub duration_s: Option<f64>,
    /// Width as displayed.
    pub width: Option<u32>,
    /// Height as displayed.
    pub height: Option<u32>,
    /// Codec of the examined stream.
    pub codec: Option<String>,
    /// Number of thumbnails.
    pub thumbnails: usize,
    /// Number of findings.
    pub findings: usize,
    /// Number of claims in and about it.
    pub claims: usize,
    /// Number of assessments of its hypotheses, revisions included.
    pub assessments: usize,
    /// Number of matches it takes part in.
    pub matches: usize,
    /// That its bytes were erased. Left out while they are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
    /// What it shows or lets hear that can harm, as people flagged it.
    pub flags: Vec<ContentFlag>,
    /// What to know before it is opened, in words.
    pub content_note: Option<String>,
}

/// An item in full.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemDetail {
    /// At a glance.
    pub summary: ItemSummary,
    /// As recorded.
    pub item: Item,
    /// What the file says of itself; absent until inspected.
    pub facts: Option<Facts>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Seconds per tick of the examined stream.
    pub time_base: Option<TimeBase>,
    /// Size of the displayed picture.
    pub display: Option<Display>,
    /// Thumbnails in order of time.
    pub thumbnails: Vec<ThumbnailPlace>,
    /// The sound, where there is any that was examined.
    pub sound: Option<SoundSummary>,
    /// Shots between hard cuts.
    pub shots: Vec<Shot>,
    /// The video tracks, where there is more than one.
    pub tracks: Vec<TrackView>,
    /// How much is stored; absent until inspected.
    pub stored: Option<StoredSummary>,
}

/// Size of the displayed picture in pixels.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Display {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Where a thumbnail comes from.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ThumbnailPlace {
    /// Its index, from 0.
    pub index: usize,
    /// Frame number.
    pub frame: u32,
    /// Seconds after the first frame.
    pub at_s: f64,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
}

/// The frames between one hard cut and the next.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Shot {
    /// First frame.
    pub first: u32,
    /// Last frame, inclusive.
    pub last: u32,
    /// Seconds at which it starts.
    pub start_s: f64,
    /// Seconds at which it ends.
    pub end_s: f64,
}

/// Part of an item's frame index.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FramePage {
    /// Number of presented frames.
    pub total: u32,
    /// Seconds per tick of every `pts`.
    pub time_base: TimeBase,
    /// The frames asked for.
    pub frames: Vec<FrameRow>,
}

/// One presented frame.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FrameRow {
    /// Presentation index.
    pub no: u32,
    /// Timestamp in ticks.
    pub pts: Option<i64>,
    /// Seconds after the first frame at which it appears; never runs back.
    pub at_s: f64,
    /// Seconds until the next frame appears.
    pub duration_s: f64,
    /// Coding type: `I`, `P`, `B` or `?`.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub picture: media::index::PictureType,
    /// Whether it is a sync sample.
    pub key: bool,
    /// Whether the decoder reported damage in it.
    pub damaged: bool,
    /// Index of its sample in decode order.
    pub sample: Option<u32>,
    /// Byte position of its sample.
    pub position: Option<u64>,
    /// Bytes of its sample.
    pub size: u32,
    /// How coarsely it is coded: lowest and highest quantiser of its slices, on the scale that the
    /// facts name; null where its header does not tell, or nobody looked.
    #[schema(value_type = Option<Vec<i16>>)]
    pub quantiser: Option<media::facts::Quantiser>,
    /// SHA-256 of its decoded planes, hexadecimal.
    pub hash: String,
}

/// Part of what a file holds of a video track.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoredPage {
    /// Number of stored samples.
    pub total: u32,
    /// Number of those that the file says not to show.
    pub hidden: u32,
    /// Seconds per tick of every `pts` and `dts`.
    pub time_base: TimeBase,
    /// The samples asked for.
    pub samples: Vec<StoredRow>,
}

/// One stored sample.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StoredRow {
    /// Index in decode order.
    pub sample: u32,
    /// Presentation timestamp as stored, in ticks; edit lists move what is presented.
    pub pts: Option<i64>,
    /// Decoding timestamp as stored, in ticks.
    pub dts: Option<i64>,
    /// Byte position in the file.
    pub position: Option<u64>,
    /// Bytes.
    pub size: u32,
    /// Whether it is a sync sample.
    pub key: bool,
    /// Frames that it is presented as; none if it is not.
    pub frames: Vec<u32>,
    /// Whether the file says not to show it.
    pub hidden: bool,
}

/// What was recorded of an item.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemRecord {
    /// Claims in and about it.
    pub claims: Vec<Claim>,
    /// What people saw in it.
    pub observations: Vec<Observation>,
    /// Explanations of it, and of the whole case.
    pub hypotheses: Vec<Hypothesis>,
    /// Judgements of those, superseded ones included.
    pub assessments: Vec<Assessment>,
    /// How it was coded as published, superseded reviews included.
    pub media_reviews: Vec<MediaReviewView>,
    /// Judgements of what its frames show beside others, superseded ones included.
    pub resemblances: Vec<ResemblanceRecord>,
    /// When what it shows came about, superseded judgements included.
    pub dates: Vec<ItemDate>,
    /// Where, likewise.
    pub places: Vec<ItemPlace>,
    /// People who appear in it.
    pub people: Vec<Person>,
    /// Tags on the item and on all of this, removed ones included.
    pub tags: Vec<Tag>,
    /// Notes, likewise.
    pub notes: Vec<Note>,
    /// What is cited of all this, the item, its findings and frames among it, by its address; and the numbers of
    /// what stands and cites it.
    pub cited: BTreeMap<String, Vec<String>>,
}

impl ItemRecord {
    /// Keeps what stands.
    pub(crate) fn leave_out_withdrawn(&mut self) {
        self.claims.retain(|one| one.withdrawn.is_none());
        for claim in &mut self.claims {
            claim.history.retain(|one| one.withdrawn.is_none());
            claim.ratings.retain(|one| one.withdrawn.is_none());
        }
        self.observations.retain(|one| one.withdrawn.is_none());
        self.media_reviews
            .retain(|one| one.record.withdrawn.is_none());
        self.resemblances.retain(|one| one.withdrawn.is_none());
        self.people.retain(|one| one.withdrawn.is_none());
        for person in &mut self.people {
            person.appearances.retain(|one| one.withdrawn.is_none());
            person.protections.retain(|one| one.withdrawn.is_none());
            person.identities.retain(|one| one.withdrawn.is_none());
        }
        self.tags.retain(|one| one.withdrawn.is_none());
        self.notes.retain(|one| one.withdrawn.is_none());
        self.dates.retain(|one| one.withdrawn.is_none());
        self.places.retain(|one| one.withdrawn.is_none());
        self.hypotheses.retain(|one| one.withdrawn.is_none());
        for hypothesis in &mut self.hypotheses {
            hypothesis.evidence.retain(|one| one.withdrawn.is_none());
        }
    }
}

/// Part of the journal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JournalPage {
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: String,
    /// The entries asked for.
    pub entries: Vec<EntryView>,
}

/// One journal entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Sequence number, from 0.
    pub seq: u64,
    /// When, RFC 3339 UTC.
    pub at: String,
    /// Who signed it.
    pub actor: String,
    /// What happened.
    pub kind: String,
    /// In a few words.
    pub summary: String,
    /// SHA-256 of its envelope, `sha256:…`.
    pub hash: String,
    /// Its body.
    #[schema(value_type = Object)]
    pub body: Value,
}

/// Outcome of checking every byte and every entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verified {
    /// Whether nothing broke.
    pub ok: bool,
    /// Entries checked.
    pub entries: u64,
    /// Blobs read and hashed again.
    pub blobs: usize,
    /// Bytes read and hashed again.
    pub bytes: u64,
    /// Head of the journal.
    pub head: Option<Head>,
    /// What broke, naming it.
    pub problems: Vec<String>,
    /// Items that are not here because they were removed, each with its tombstone. Left out where there is
    /// none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removal>,
    /// What is odd but breaks nothing.
    pub remarks: Vec<String>,
    /// Signed heads and who witnessed them, tried again.
    pub checkpoints: Vec<CheckpointView>,
    /// What all of this proves, in sentences.
    pub proven: Vec<String>,
    /// What it does not prove.
    pub unproven: Vec<String>,
}

/// Outcome of taking back what an entry recorded.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Undone {
    /// The entry that is undone.
    pub undone: u64,
    /// The entry that says so.
    pub entry: u64,
    /// What it is about, such as `C3`.
    pub number: Option<String>,
}

/// Outcome of building every table anew, where nothing differed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rebuilt {
    /// Entries replayed.
    pub entries: u64,
    /// Records made.
    pub records: u64,
}

/// What an examination left behind, as kept in the `facts` blob of an inspection.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub struct Examination {
    /// What the file says of itself.
    pub facts: Facts,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Stored samples of the video stream, presented or not.
    pub stored_samples: u32,
    /// Version of each library and method that shaped the result.
    pub versions: BTreeMap<String, String>,
}
