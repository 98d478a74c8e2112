//! Closed vocabularies of the record, with the words that the file formats use.

use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as the file formats write it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("expected one of {}, got {text:?}", [$($word),+].join(", "))),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        // Not derived: what is derived here knows the names of the code only, not the words.
        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::Type::String)
                    .enum_values(Some(Self::ALL.iter().map(|value| value.word())))
                    .into()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}

mod content;
mod mask;
mod person;
mod source;
mod whereabouts;

pub use content::ContentFlag;
pub use mask::{MaskMethod, MaskShape, RenderForm, SoundMethod};
pub use person::{PersonRole, Protection};
pub use source::{Credibility, Reliability, SourceTie};
pub use whereabouts::{DatePrecision, Footing, GroundKind, PlacePrecision};

vocabulary!(/// What a source is.
    SourceKind { /// A human being.
        Person = "person", /// An account on a platform.
        Account = "account", /// A newspaper, channel or the like.
        Outlet = "outlet", /// Any other organisation.
        Organisation = "organisation" });

vocabulary!(/// State of a source when somebody looked.
    SourceState { /// Reachable.
        Live = "live", /// Reachable under another name.
        Renamed = "renamed", /// Suspended by the platform.
        Suspended = "suspended", /// Gone.
        Deleted = "deleted", /// Could not be told.
        Unknown = "unknown" });

vocabulary!(/// Whether a claim is made in the item or about it.
    ClaimRelation { /// Said or shown in the item.
        In = "in", /// Said of the item elsewhere.
        About = "about" });

vocabulary!(/// Standing of a claim. Changes only with evidence or a reason.
    ClaimStatus { /// Not examined: where every claim starts.
        Unverified = "unverified", /// Independent evidence agrees.
        Corroborated = "corroborated", /// Evidence disagrees.
        Contradicted = "contradicted", /// Established.
        Verified = "verified", /// Disproved.
        Refuted = "refuted", /// Cannot be established.
        Unverifiable = "unverifiable" });

vocabulary!(/// Likelihood in the seven bands of ICD 203 (2015), from 1-5 % to 95-99 %.
    Likelihood { /// 1 to 5 %.
        AlmostNoChance = "almost-no-chance", /// 5 to 20 %.
        VeryUnlikely = "very-unlikely", /// 20 to 45 %.
        Unlikely = "unlikely", /// 45 to 55 %.
        EvenChance = "even-chance", /// 55 to 80 %.
        Likely = "likely", /// 80 to 95 %.
        VeryLikely = "very-likely", /// 95 to 99 %.
        AlmostCertain = "almost-certain" });

vocabulary!(/// Confidence in the basis of a judgement, kept apart from its likelihood (ICD 203).
    Confidence { /// Low.
        Low = "low", /// Moderate.
        Moderate = "moderate", /// High.
        High = "high" });

vocabulary!(/// What two spans were found to have in common.
    Shared { /// Pictures alone: other sound, or none.
        Picture = "picture", /// Sound alone: other pictures, or none that tell.
        Sound = "sound", /// Pictures and the sound with them.
        Both = "both", /// Pictures, as a learned descriptor sees them, and nothing else.
        Learned = "learned" });

vocabulary!(/// Codes of schema.org's `MediaManipulationRatingEnumeration`, in its own terms. They are of media as it was
    /// shared or published in some context, and most may hold together.
    MediaCode { /// Unaltered, and shared in a way that misleads about what it shows.
        Decontextualized = "DecontextualizedContent", /// Cut, cropped or shortened in a way that misleads.
        EditedOrCropped = "EditedOrCroppedContent", /// No sign that it was altered to mislead; what is said of
        /// it may be false all the same.
        Original = "OriginalMediaContent", /// Satire or parody.
        SatireOrParody = "SatireOrParodyContent", /// Acted or contrived.
        Staged = "StagedContent", /// Changed in what it shows: composed, generated, voices replaced.
        Transformed = "TransformedContent" });

impl MediaCode {
    /// Whether the two cannot hold of the same media: original against edited, staged and transformed, as
    /// schema.org names them.
    pub fn contradicts(self, other: Self) -> bool {
        let altered = |code| {
            matches!(
                code,
                Self::EditedOrCropped | Self::Staged | Self::Transformed
            )
        };
        self == Self::Original && altered(other) || other == Self::Original && altered(self)
    }
}

vocabulary!(/// What comparing two pictures supports, and how strongly, from one end to the other.
    Resemblance { /// Strongly supports that it is the same person or thing.
        StronglySame = "strongly-same", /// Moderately supports it.
        ModeratelySame = "moderately-same", /// Slightly supports it.
        SlightlySame = "slightly-same", /// Supports neither.
        Inconclusive = "inconclusive", /// Slightly supports that it is another.
        SlightlyDifferent = "slightly-different", /// Moderately supports it.
        ModeratelyDifferent = "moderately-different", /// Strongly supports it.
        StronglyDifferent = "strongly-different" });

vocabulary!(/// How a region lies between two frames on which it was drawn.
    Interpolation { /// Each edge or corner moves in proportion to the number of the frame, rounded to the
        /// nearest pixel, halves up.
        LinearFrames = "linear-frames" });

vocabulary!(/// What the removal of an item is for.
    RemovalGround { /// A law, a court or an authority demands it.
        Law = "law", /// Keeping it endangers somebody.
        Safety = "safety", /// Anything else, said in the reason.
        Other = "other" });

vocabulary!(/// What a reviewer says of a match.
    Verdict { /// Nobody's word stands: where every match starts.
        Unreviewed = "unreviewed", /// It is the same footage.
        Confirmed = "confirmed", /// It is not the same footage.
        Rejected = "rejected" });

vocabulary!(/// How evidence bears on a hypothesis (analysis of competing hypotheses).
    Bearing { /// Strongly consistent.
        StronglyConsistent = "CC", /// Consistent.
        Consistent = "C", /// Neutral.
        Neutral = "N", /// Inconsistent.
        Inconsistent = "I", /// Strongly inconsistent.
        StronglyInconsistent = "II", /// Not applicable.
        NotApplicable = "NA" });

vocabulary!(/// What a record is.
    RecordKind { /// The case itself.
        Case = "case", /// Someone who signs entries.
        Actor = "actor", /// A preserved file.
        Item = "item", /// A person, account, outlet or organisation.
        Source = "source", /// A statement in an item or about it.
        Claim = "claim", /// What a person saw.
        Observation = "observation", /// A possible explanation.
        Hypothesis = "hypothesis", /// A judgement of one.
        Assessment = "assessment", /// The same footage in two items.
        Match = "match", /// Footage that is watched for.
        Watch = "watch", /// A signed head of the journal.
        Checkpoint = "checkpoint", /// Another journal that was cosigned.
        Cosigned = "cosigned", /// Releases in order.
        Series = "series", /// An item removed for law or safety.
        Removal = "removal", /// Codes of MediaReview for an item.
        MediaReview = "media-review", /// A person's judgement that two look alike.
        Resemblance = "resemblance", /// A search kept under a name.
        View = "view", /// When what an item shows came about.
        Date = "date", /// Where it came about.
        Place = "place", /// A tag.
        Tag = "tag", /// A note.
        Note = "note", /// Somebody who appears in items.
        Person = "person", /// A mask.
        Mask = "mask", /// A masked copy of an item.
        Rendering = "rendering", /// A publication that came in from others.
        Received = "received", /// What is to leave the case, or left it.
        Publication = "publication" });

vocabulary!(/// Order of what is found, by when it was recorded first.
    Order { /// What was recorded last comes first.
        Newest = "newest", /// What was recorded first comes first.
        Oldest = "oldest" });

#[expect(clippy::derivable_impls, reason = "the macro marks no variant")]
impl Default for Order {
    fn default() -> Self {
        Self::Newest
    }
}

impl Order {
    /// Whether it is the order where none is named.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
