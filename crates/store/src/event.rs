//! What can happen in a case: the payloads of journal entries. Append-only vocabulary:
//! a new version of an event is a new variant, old ones stay readable for ever.

mod credibility;
mod found;
mod learned;
mod mask;
mod media_review;
mod named;
mod person;
mod publication;
mod received;
mod remark;
mod removed;
mod rendered;
mod resemblance;
mod series;
mod source;
mod tracked;
mod undone;
mod view;
mod whereabouts;
mod witness;

use std::collections::BTreeMap;

use journal::ContentId;
use serde::de::value::MapDeserializer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use credibility::ClaimRated;
pub use found::FindingsOfKind;
pub use learned::Learned;
pub use mask::{Cover, MaskConfirmed, MaskDrawn, PictureCover, SoundCover};
pub use media_review::MediaReviewed;
pub use named::NamedBlob;
pub use person::{Identity, PersonAppears, PersonEntered, PersonIdentified, PersonProtected};
pub use publication::{
    PublicationDrafted, PublicationReviewed, PublicationSealed, PublicationWithdrawn,
};
pub use received::{PublicationReceived, ReceivedFile, Sealer, TheirHead, TheirItem, TheirWords};
pub use remark::{ContentNoted, NoteWritten, TagAdded};
pub use removed::{ItemRemoved, RemovedBlob};
pub use rendered::MaskRendered;
pub use resemblance::ResemblanceJudged;
pub use series::{SeriesBegun, SeriesPlaced};
pub use source::{Proof, SourceAliased, SourceGraded, SourceNamed, SourceObserved, SourceRelated};
pub use tracked::{Keyframe, Shape, SoundSpan, TrackedRegion};
pub use undone::EntryUndone;
pub use view::{ViewRemoved, ViewRenamed, ViewSaved};
pub use whereabouts::{Ground, ItemDated, ItemPlaced, Position};
pub use witness::{
    CheckpointAsked, CheckpointCosigned, CheckpointSigned, CheckpointWitnessed, KeyRevoked,
    KeyRotated, Testimony,
};

use crate::number::{AssessmentNo, ClaimNo, HypothesisNo, MatchNo, SourceNo, WatchNo};
use crate::vocabulary::{
    Bearing, ClaimRelation, ClaimStatus, Confidence, Likelihood, Shared, Verdict,
};

/// One event: written as `kind` and `body` of a journal entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body")]
pub enum Event {
    /// First entry of every case, after the registration of its author's key.
    #[serde(rename = "case.opened")]
    CaseOpened {
        /// Name of the case.
        name: String,
    },
    /// An actor's public key, before or with its first use.
    #[serde(rename = "actor.registered")]
    ActorRegistered {
        /// Name of the actor.
        actor: String,
        /// OpenSSH public key, `ssh-ed25519 …`.
        public_key: String,
    },
    /// A key handed over to another.
    #[serde(rename = "key.rotated")]
    KeyRotated(KeyRotated),
    /// A key was revoked.
    #[serde(rename = "key.revoked")]
    KeyRevoked(KeyRevoked),
    /// The head was signed, to be shown to others.
    #[serde(rename = "checkpoint.signed")]
    CheckpointSigned(CheckpointSigned),
    /// Somebody is asked to witness it.
    #[serde(rename = "checkpoint.asked")]
    CheckpointAsked(CheckpointAsked),
    /// Somebody witnessed it.
    #[serde(rename = "checkpoint.witnessed")]
    CheckpointWitnessed(CheckpointWitnessed),
    /// The head of another journal was cosigned.
    #[serde(rename = "checkpoint.cosigned")]
    CheckpointCosigned(CheckpointCosigned),
    /// Bytes were preserved.
    #[serde(rename = "item.acquired")]
    ItemAcquired(Acquired),
    /// An item was inspected.
    #[serde(rename = "item.inspected")]
    ItemInspected(Inspected),
    /// The bytes of an item were erased.
    #[serde(rename = "item.removed")]
    ItemRemoved(ItemRemoved),
    /// A person, account, outlet or organisation was entered.
    #[serde(rename = "source.named")]
    SourceNamed(SourceNamed),
    /// Somebody looked at a source.
    #[serde(rename = "source.observed")]
    SourceObserved(SourceObserved),
    /// A source goes, or went, by another name.
    #[serde(rename = "source.aliased")]
    SourceAliased(SourceAliased),
    /// A source has to do with another.
    #[serde(rename = "source.related")]
    SourceRelated(SourceRelated),
    /// Somebody judged how reliable a source is.
    #[serde(rename = "source.graded")]
    SourceGraded(SourceGraded),
    /// Items belong to a series of releases.
    #[serde(rename = "series.begun")]
    SeriesBegun(SeriesBegun),
    /// An item has its place in a series.
    #[serde(rename = "series.placed")]
    SeriesPlaced(SeriesPlaced),
    /// A claim was recorded.
    #[serde(rename = "claim.made")]
    ClaimMade(ClaimMade),
    /// A claim's status changed.
    #[serde(rename = "claim.status")]
    ClaimStatusChanged(ClaimStatusChanged),
    /// Somebody judged how credible a claim is.
    #[serde(rename = "claim.rated")]
    ClaimRated(ClaimRated),
    /// A person saw something.
    #[serde(rename = "observation.made")]
    ObservationMade(ObservationMade),
    /// Somebody judged when what an item shows came about.
    #[serde(rename = "item.dated")]
    ItemDated(ItemDated),
    /// Somebody judged where.
    #[serde(rename = "item.placed")]
    ItemPlaced(ItemPlaced),
    /// Somebody said what to know before an item is opened.
    #[serde(rename = "content.noted")]
    ContentNoted(ContentNoted),
    /// Something recorded was tagged.
    #[serde(rename = "tag.added")]
    TagAdded(TagAdded),
    /// A note was written on something recorded.
    #[serde(rename = "note.written")]
    NoteWritten(NoteWritten),
    /// A person who appears in items was entered.
    #[serde(rename = "person.entered")]
    PersonEntered(PersonEntered),
    /// A person appears in an item.
    #[serde(rename = "person.appears")]
    PersonAppears(PersonAppears),
    /// Whether a person must be masked.
    #[serde(rename = "person.protected")]
    PersonProtected(PersonProtected),
    /// What is known of who a person is.
    #[serde(rename = "person.identified")]
    PersonIdentified(PersonIdentified),
    /// A mask was drawn, or revised.
    #[serde(rename = "mask.drawn")]
    MaskDrawn(MaskDrawn),
    /// Somebody found a mask good.
    #[serde(rename = "mask.confirmed")]
    MaskConfirmed(MaskConfirmed),
    /// An item was rendered with its masks.
    #[serde(rename = "mask.rendered")]
    MaskRendered(MaskRendered),
    /// A possible explanation was stated.
    #[serde(rename = "hypothesis.stated")]
    HypothesisStated {
        /// The explanation in a sentence.
        text: String,
        /// The item it explains; the whole case when absent.
        item: Option<ContentId>,
    },
    /// Evidence was weighed against a hypothesis.
    #[serde(rename = "evidence.linked")]
    EvidenceLinked {
        /// The hypothesis.
        hypothesis: HypothesisNo,
        /// Address of the evidence, such as `C1`, `O2`, `S1`, `F:#1:4` (finding 4 of item 1), `#1#frame=37` or `E12`.
        evidence: String,
        /// How it bears.
        bearing: Bearing,
        /// Why.
        reason: String,
    },
    /// A judgement was made.
    #[serde(rename = "assessment.made")]
    AssessmentMade(AssessmentMade),
    /// A reviewer coded an item.
    #[serde(rename = "media.reviewed")]
    MediaReviewed(MediaReviewed),
    /// A person compared what two frames show.
    #[serde(rename = "resemblance.judged")]
    ResemblanceJudged(ResemblanceJudged),
    /// The same footage was found in two items.
    #[serde(rename = "match.found")]
    MatchFound(MatchFound),
    /// A person said what a match is worth.
    #[serde(rename = "match.reviewed")]
    MatchReviewed(MatchReviewed),
    /// Somebody wants to hear of it when footage appears again.
    #[serde(rename = "watch.begun")]
    WatchBegun(WatchBegun),
    /// Items were searched for what is watched for.
    #[serde(rename = "watch.searched")]
    WatchSearched(WatchSearched),
    /// Nobody wants to hear of it any more.
    #[serde(rename = "watch.ended")]
    WatchEnded(WatchEnded),
    /// A search was kept under a name.
    #[serde(rename = "view.saved")]
    ViewSaved(ViewSaved),
    /// It has another name.
    #[serde(rename = "view.renamed")]
    ViewRenamed(ViewRenamed),
    /// Nobody wants it any more.
    #[serde(rename = "view.removed")]
    ViewRemoved(ViewRemoved),
    /// What an entry recorded was taken back.
    #[serde(rename = "entry.undone")]
    EntryUndone(EntryUndone),
    /// Something is to be published.
    #[serde(rename = "publication.drafted")]
    PublicationDrafted(PublicationDrafted),
    /// Somebody read a draft.
    #[serde(rename = "publication.reviewed")]
    PublicationReviewed(PublicationReviewed),
    /// A bundle was made.
    #[serde(rename = "publication.sealed")]
    PublicationSealed(PublicationSealed),
    /// A draft will not be published.
    #[serde(rename = "publication.withdrawn")]
    PublicationWithdrawn(PublicationWithdrawn),
    /// Another team's publication came in.
    #[serde(rename = "publication.received")]
    PublicationReceived(PublicationReceived),
    /// A report was written.
    #[serde(rename = "report.written")]
    ReportWritten {
        /// The item reported on.
        item: ContentId,
        /// The report's bytes.
        report: ContentId,
        /// Whether the item was removed before, so that the report shows nothing of it but its tombstone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        removed: bool,
    },
}

impl Event {
    /// The event as `kind` and `body` of a journal entry.
    ///
    /// # Errors
    /// Only when JSON cannot hold it, which no event of this vocabulary meets.
    pub fn to_entry(&self) -> Result<(String, Value), serde_json::Error> {
        let tagged: Tagged = serde_json::from_value(serde_json::to_value(self)?)?;
        Ok((tagged.kind, tagged.body))
    }

    /// Reads `kind` and `body` of a journal entry.
    ///
    /// # Errors
    /// When the kind is unknown to this version, or the body is not one of that kind.
    pub fn from_entry(kind: &str, body: &Value) -> Result<Self, serde_json::Error> {
        let kind = Value::from(kind);
        Self::deserialize(MapDeserializer::new(
            [("kind", &kind), ("body", body)].into_iter(),
        ))
    }
}

#[derive(Serialize, Deserialize)]
struct Tagged {
    kind: String,
    body: Value,
}

/// How an item's bytes were obtained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Acquired {
    /// The preserved bytes.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 of the bytes, 64 hexadecimal digits.
    pub blake3: String,
    /// Original file name, without folder.
    pub name: String,
    /// How: `file` (copied from a path), `upload` (through the page), `publication` (out of one that came in).
    pub method: String,
    /// Where from: the path as given, or nothing; of a publication its number and the path within.
    pub origin: Option<String>,
    /// The file's own modification time, RFC 3339.
    pub modified: Option<String>,
    /// When it was uploaded to where it was found, as stated (RFC 3339 or a shorter date).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploaded: Option<String>,
    /// When the bytes were obtained, as stated (RFC 3339 or a shorter date), where that was before they were
    /// recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquired: Option<String>,
    /// What the person said of it.
    pub note: Option<String>,
}

/// What derived bytes came of an inspection, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inspected {
    /// The item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// Tool and version.
    pub tool: String,
    /// Version of each library and method that shaped the result.
    pub versions: BTreeMap<String, String>,
    /// Facts and findings, JSON.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub facts: ContentId,
    /// Frame index (docs/formats/frame-index.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub frames: ContentId,
    /// Fingerprints (docs/formats/prints.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub prints: ContentId,
    /// Thumbnails (docs/formats/thumbnails.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub thumbnails: ContentId,
    /// Waveform of the sound (docs/formats/waveform.md); absent where there is none, and in
    /// inspections from before sound was examined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub sound: Option<ContentId>,
    /// Number of presented frames.
    pub frame_count: u32,
    /// Number of findings.
    pub finding_count: u32,
    /// False when reading stopped before the end.
    pub complete: bool,
    /// Video tracks beside the examined one; empty in inspections from before they were indexed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tracks: Vec<TrackInspected>,
    /// What the findings say, by kind; empty where there is none, and in inspections from before it was kept
    /// here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<FindingsOfKind>,
    /// What a list tells of it; absent in inspections by earlier versions, which are asked their blobs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glance: Option<Glance>,
}

/// What an inspection saw, as far as a list of items tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Glance {
    /// Microseconds from the first frame's appearance to the last one's end; of the sound, where there is
    /// no picture.
    pub duration_us: u64,
    /// Width and height as displayed, in pixels.
    pub display: Option<[u32; 2]>,
    /// Codec of the examined stream.
    pub codec: Option<String>,
    /// Number of thumbnails.
    pub thumbnails: u32,
}

/// What derived bytes came of a video track beside the examined one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrackInspected {
    /// Its number among the video tracks, from 0.
    pub track: u32,
    /// Facts and findings, JSON.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub facts: ContentId,
    /// Frame index (docs/formats/frame-index.md).
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub frames: ContentId,
    /// Number of presented frames.
    pub frame_count: u32,
    /// False when reading stopped before the end.
    pub complete: bool,
}

/// A place in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pin {
    /// The item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// The frames; the whole item when absent.
    pub span: Option<Span>,
    /// The area in display pixels of the first frame; the whole picture when absent.
    pub region: Option<Region>,
}

/// Half-open span of presentation time with the frames at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Span {
    /// Seconds per tick, numerator and denominator.
    pub time_base: [u32; 2],
    /// First tick.
    pub start: i64,
    /// Tick after the last.
    pub end: i64,
    /// Frame at the start.
    pub first: FrameRef,
    /// Last frame inside.
    pub last: FrameRef,
}

/// A frame, named so that a stranger finds the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FrameRef {
    /// Presentation index.
    pub no: u32,
    /// Timestamp in ticks, where the stream gives one.
    pub pts: Option<i64>,
    /// SHA-256 of the decoded planes, hexadecimal.
    pub hash: String,
}

/// A box in display pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Region {
    /// Left edge.
    pub x: u32,
    /// Top edge.
    pub y: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

/// A claim is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimMade {
    /// In the item or about it.
    pub relation: ClaimRelation,
    /// Where in the item.
    pub pin: Pin,
    /// Who makes the claim, in words.
    pub claimant: Option<String>,
    /// Who makes the claim, as a source of the case.
    pub source: Option<SourceNo>,
    /// The words.
    pub text: String,
    /// Language of the words, BCP 47.
    pub language: Option<String>,
    /// When the claim was made, as precisely as known (RFC 3339 or a shorter date).
    pub asserted: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

/// A claim's status changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimStatusChanged {
    /// The claim.
    pub claim: ClaimNo,
    /// Its new status.
    pub status: ClaimStatus,
    /// Why; may be empty only if there is evidence.
    pub reason: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    pub evidence: Vec<String>,
}

/// A person saw something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ObservationMade {
    /// Where.
    pub pin: Pin,
    /// What.
    pub text: String,
    /// The region over the frames of `pin.span`, where it moves or is no box; `pin.region` is then the box
    /// around it on the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracked: Option<TrackedRegion>,
    /// The samples that it is of, where something is heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sound: Option<SoundSpan>,
    /// Addresses of what else it was seen in or is compared with, such as `#2#frame=37`, `F:#1:4` or `S1`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
}

/// A judgement of a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AssessmentMade {
    /// The hypothesis judged.
    pub hypothesis: HypothesisNo,
    /// Whose judgement it is; not always who typed it.
    pub assessor: String,
    /// How likely.
    pub likelihood: Likelihood,
    /// How sure of the basis.
    pub confidence: Confidence,
    /// Why.
    pub reasons: String,
    /// Addresses of the evidence, such as `O2`, `S1`, `F:#1:4`, `#1#frame=37` or `E12`.
    pub evidence: Vec<String>,
    /// The assessment this one revises: the same assessor's on the same hypothesis.
    pub supersedes: Option<AssessmentNo>,
}

/// The same footage in two items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MatchFound {
    /// One item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub query: ContentId,
    /// Where in it.
    pub query_span: Span,
    /// The other item.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub reference: ContentId,
    /// Where in it.
    pub reference_span: Span,
    /// Score in thousandths, 0 to 1000.
    pub score_permille: u32,
    /// Whether one is the mirror image of the other.
    pub mirrored: bool,
    /// Playback speed of the query over the reference, in thousandths.
    pub speed_permille: u32,
    /// Tool and version.
    pub tool: String,
    /// What it rests on; entries of earlier versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<MatchBasis>,
}

/// What a match rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MatchBasis {
    /// Pictures, sound, or both.
    pub shared: Shared,
    /// Frames that look alike, of the query and of the reference, by number: the strongest, spread over
    /// the spans, in order. None where sound alone was found.
    pub pairs: Vec<[u32; 2]>,
    /// Where in the query's picture the reference's lies: left, top, width and height in thousandths of
    /// the picture's; absent where it could not be told.
    pub in_query: Option<[u32; 4]>,
    /// Which part of the reference's picture the query shows, likewise.
    pub in_reference: Option<[u32; 4]>,
    /// By which descriptor the pictures are alike; where that is all the match rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<Box<Learned>>,
}

/// A reviewer's word on a match. A later one supersedes it; none is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MatchReviewed {
    /// The match.
    #[serde(rename = "match")]
    pub number: MatchNo,
    /// What it is worth; `unreviewed` takes an earlier word back.
    pub verdict: Verdict,
    /// Why, or anything else.
    pub note: Option<String>,
}

/// Footage is put on the watch list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WatchBegun {
    /// The item, inspected.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub item: ContentId,
    /// The frames; the whole item when absent.
    pub span: Option<Span>,
    /// Why, or anything else.
    pub note: Option<String>,
}

/// Footage is taken off the watch list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WatchEnded {
    /// The watch.
    pub watch: WatchNo,
    /// Why, or anything else.
    pub note: Option<String>,
}

/// Each of some items was searched for each of some watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WatchSearched {
    /// What was searched for.
    pub watches: Vec<WatchNo>,
    /// Where, inspected items; none of those that are watched for.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub items: Vec<ContentId>,
    /// Tool and version.
    pub tool: String,
    /// What was found and not rejected by a reviewer before.
    pub found: Vec<FoundAgain>,
}

/// What is watched for, seen again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundAgain {
    /// The watch.
    pub watch: WatchNo,
    /// The match that says so.
    #[serde(rename = "match")]
    pub found: MatchNo,
}
