//! The record as it stands: what the projections hold. Everything here can be rebuilt from the
//! journal. `entry` is the sequence number of the journal entry that made it, `at` its time
//! (RFC 3339, UTC) and `actor` who signed it.

mod mask;
mod person;
mod publication;
mod received;
mod remark;
mod removed;
mod rendered;
mod request;
mod reviewed;
mod series;
mod source;
mod view;
mod whereabouts;
mod witness;

use journal::ContentId;
use serde::{Deserialize, Serialize};

use crate::event::{
    Acquired, AssessmentMade, ClaimMade, ClaimRated, Inspected, MatchFound, ObservationMade,
    WatchBegun,
};
use crate::number::{AssessmentNo, ClaimNo, HypothesisNo, ItemNo, MatchNo, ObservationNo, WatchNo};
use crate::vocabulary::{Bearing, ClaimStatus, Verdict};

pub use mask::{Mask, MaskConfirmation};
pub use person::{IdentityChange, Person, PersonSeen, ProtectionChange};
pub use publication::{Publication, PublicationReview, Sealed};
pub use received::Received;
pub use remark::{ContentNote, Note, Tag};
pub use removed::{Citing, Removal, Removed};
pub use rendered::Rendering;
pub use request::Request;
pub use reviewed::{MediaReview, ResemblanceRecord};
pub use series::{Placement, Series};
pub use source::{Alias, Grading, Source, SourceObservation, Tie};
pub use view::{FormerName, SavedView};
pub use whereabouts::{ItemDate, ItemPlace};
pub use witness::{Asked, CosignedHead, CosignedJournal, SignedCheckpoint, Witnessed};

/// Where in the journal a record came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Origin {
    /// Sequence number of the entry, from 0.
    pub entry: u64,
    /// Time of the entry, RFC 3339 UTC.
    pub at: String,
    /// Who signed it.
    pub actor: String,
}

/// That something recorded was taken back; it stays in the record and counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Withdrawn {
    /// The entry that took it back.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why.
    pub reason: String,
}

/// The case itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Case {
    /// The entry that opened it.
    #[serde(flatten)]
    pub origin: Origin,
    /// Its name.
    pub name: String,
}

/// Someone who signs entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Actor {
    /// Order of registration, from 1.
    pub number: u32,
    /// Its entry, which the actor signed.
    #[serde(flatten)]
    pub origin: Origin,
    /// OpenSSH public key, `ssh-ed25519 …`.
    pub public_key: String,
    /// Fingerprint as `ssh-keygen -l` prints it, `SHA256:…`.
    pub fingerprint: String,
    /// Keys that handed over, oldest first. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerKey>,
    /// The entry that revoked the key, after which the actor signs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// A key that signed until it handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormerKey {
    /// The last entry that it signed: that of the rotation.
    #[serde(flatten)]
    pub until: Origin,
    /// OpenSSH public key, `ssh-ed25519 …`.
    pub public_key: String,
    /// Fingerprint, `SHA256:…`.
    pub fingerprint: String,
    /// Why it handed over.
    pub reason: Option<String>,
}

/// A revocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Revocation {
    /// Its entry; the actor of which may be another.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why.
    pub reason: String,
}

/// A preserved file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Item {
    /// Number in the case.
    pub number: ItemNo,
    /// Content id.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub id: ContentId,
    /// Name of its first acquisition.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Every time the same bytes were obtained.
    pub acquisitions: Vec<Acquisition>,
    /// The newest inspection.
    pub inspection: Option<Inspection>,
    /// Watches for which its present fingerprints were searched. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<WatchNo>,
    /// That its bytes were erased. Left out while they are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
    /// What to know before it is opened, oldest first; the last that stands counts. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<ContentNote>,
}

/// One acquisition of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Acquisition {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub acquired: Acquired,
}

/// One inspection of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inspection {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub inspected: Inspected,
}

/// A claim and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Number in the case.
    pub number: ClaimNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub made: ClaimMade,
    /// Status now: the last of `history`, `unverified` when that is empty.
    pub status: ClaimStatus,
    /// Every change of status, oldest first.
    pub history: Vec<StatusChange>,
    /// Judgements of its credibility, oldest first. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<Rating>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

impl Claim {
    /// The ratings that stand, by whose judgement they are: one for each person.
    pub fn standing_ratings(&self) -> Vec<&Rating> {
        let made = self.ratings.iter();
        let mut standing: Vec<_> = made
            .filter(|it| it.withdrawn.is_none() && it.superseded_by.is_none())
            .collect();
        standing.sort_by(|one, other| one.rated.assessor.cmp(&other.rated.assessor));
        standing
    }
}

/// One judgement of how credible a claim is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rating {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub rated: ClaimRated,
    /// The entry of the same person's later rating, while that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<u64>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// One change of a claim's status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatusChange {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// The new status.
    pub status: ClaimStatus,
    /// Why.
    pub reason: String,
    /// Numbers of the evidence.
    pub evidence: Vec<String>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// What a person saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Observation {
    /// Number in the case.
    pub number: ObservationNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub made: ObservationMade,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A possible explanation and the evidence weighed against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hypothesis {
    /// Number in the case.
    pub number: HypothesisNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// The explanation.
    pub text: String,
    /// The item it explains; the whole case when absent.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub item: Option<ContentId>,
    /// Evidence links, oldest first; a later link of the same evidence by the same actor revises an
    /// earlier one.
    pub evidence: Vec<EvidenceLink>,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// How one piece of evidence bears on a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EvidenceLink {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// Number of the evidence.
    pub evidence: String,
    /// How it bears.
    pub bearing: Bearing,
    /// Why.
    pub reason: String,
    /// That it was taken back. Left out while it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// One judgement of a hypothesis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// Number in the case.
    pub number: AssessmentNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub made: AssessmentMade,
    /// The assessment that revised this one; absent while it stands.
    pub superseded_by: Option<AssessmentNo>,
}

/// The same footage in two items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Match {
    /// Number in the case.
    pub number: MatchNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub found: MatchFound,
    /// What reviewers said of it, oldest first; the last word stands. Left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reviews: Vec<Review>,
}

impl Match {
    /// The word that stands.
    pub fn verdict(&self) -> Verdict {
        self.reviews
            .last()
            .map_or(Verdict::Unreviewed, |last| last.verdict)
    }
}

/// One reviewer's word on a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Review {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What the match is worth; `unreviewed` took an earlier word back.
    pub verdict: Verdict,
    /// Why, or anything else.
    pub note: Option<String>,
}

/// Footage that somebody wants to hear of when it appears again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Watch {
    /// Number in the case.
    pub number: WatchNo,
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// What was recorded.
    #[serde(flatten)]
    pub begun: WatchBegun,
    /// Where it was seen again, oldest search first.
    pub found: Vec<WatchFound>,
    /// Its end; absent while it lasts.
    pub ended: Option<Ended>,
}

/// A match that a search for a watch found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WatchFound {
    /// The entry of the search.
    #[serde(flatten)]
    pub origin: Origin,
    /// The match.
    #[serde(rename = "match")]
    pub found: MatchNo,
}

/// The end of a watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ended {
    /// Its entry.
    #[serde(flatten)]
    pub origin: Origin,
    /// Why, or anything else.
    pub note: Option<String>,
}
