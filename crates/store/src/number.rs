//! Human numbers, one series per kind and case, given in journal order.

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub u32);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                text.strip_prefix($prefix)
                    .and_then(|digits| digits.parse().ok())
                    .map(Self)
                    .filter(|number| number.0 > 0 && number.to_string() == text)
                    .ok_or_else(|| format!("expected {}N, got {text:?}", $prefix))
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.to_string()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}
    };
}

number!(/// An item: `#1`.
    ItemNo, "#");
number!(/// A source: `S1`.
    SourceNo, "S");
number!(/// A claim: `C1`.
    ClaimNo, "C");
number!(/// An observation: `O1`.
    ObservationNo, "O");
number!(/// A hypothesis: `H1`.
    HypothesisNo, "H");
number!(/// An assessment: `A1`.
    AssessmentNo, "A");
number!(/// A match: `M1`.
    MatchNo, "M");

number!(/// A watch: `W1`.
    WatchNo, "W");

number!(/// A series of releases: `G1`.
    SeriesNo, "G");
number!(/// A review of an item in the terms of schema.org: `V1`.
    MediaReviewNo, "V");

number!(/// A judgement of resemblance: `R1`.
    ResemblanceNo, "R");

number!(/// A date of an item: `D1`.
    DateNo, "D");

number!(/// A place of an item: `L1`.
    PlaceNo, "L");

number!(/// A tag: `T1`.
    TagNo, "T");

number!(/// A note: `N1`.
    NoteNo, "N");

number!(/// A person who appears in items: `P1`.
    PersonNo, "P");

number!(/// A mask of an item: `X1`.
    MaskNo, "X");

number!(/// A masked copy of an item: `Y1`.
    RenderingNo, "Y");

number!(/// A signed head of the journal: `K1`.
    CheckpointNo, "K");

number!(/// A search kept under a name: `Q1`.
    SavedViewNo, "Q");

number!(/// A publication: `B1`.
    PublicationNo, "B");

number!(/// A publication that came in from others: `U1`.
    ReceivedNo, "U");

/// What an entry brought into the case, or added to: the number that people call it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// An item.
    Item(ItemNo),
    /// A source.
    Source(SourceNo),
    /// A claim.
    Claim(ClaimNo),
    /// An observation.
    Observation(ObservationNo),
    /// A hypothesis.
    Hypothesis(HypothesisNo),
    /// An assessment.
    Assessment(AssessmentNo),
    /// A match.
    Match(MatchNo),
    /// A watch.
    Watch(WatchNo),
    /// A series of releases.
    Series(SeriesNo),
    /// A review of an item.
    MediaReview(MediaReviewNo),
    /// A judgement of resemblance.
    Resemblance(ResemblanceNo),
    /// A date of an item.
    Date(DateNo),
    /// A place of an item.
    Place(PlaceNo),
    /// A tag.
    Tag(TagNo),
    /// A note.
    Note(NoteNo),
    /// A person who appears in items.
    Person(PersonNo),
    /// A signed head of the journal.
    Checkpoint(CheckpointNo),
    /// A mask of an item.
    Mask(MaskNo),
    /// A masked copy of an item.
    Rendering(RenderingNo),
    /// A search kept under a name.
    View(SavedViewNo),
    /// A publication.
    Publication(PublicationNo),
    /// A publication that came in from others.
    Received(ReceivedNo),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Item(n) => n.fmt(f),
            Self::Source(n) => n.fmt(f),
            Self::Claim(n) => n.fmt(f),
            Self::Observation(n) => n.fmt(f),
            Self::Hypothesis(n) => n.fmt(f),
            Self::Assessment(n) => n.fmt(f),
            Self::Match(n) => n.fmt(f),
            Self::Watch(n) => n.fmt(f),
            Self::Series(n) => n.fmt(f),
            Self::MediaReview(n) => n.fmt(f),
            Self::Resemblance(n) => n.fmt(f),
            Self::Date(n) => n.fmt(f),
            Self::Place(n) => n.fmt(f),
            Self::Tag(n) => n.fmt(f),
            Self::Note(n) => n.fmt(f),
            Self::Person(n) => n.fmt(f),
            Self::Checkpoint(n) => n.fmt(f),
            Self::Mask(n) => n.fmt(f),
            Self::Rendering(n) => n.fmt(f),
            Self::View(n) => n.fmt(f),
            Self::Publication(n) => n.fmt(f),
            Self::Received(n) => n.fmt(f),
        }
    }
}
