//! What is known of a source over time.

use serde::Serialize;
use store::number::{ItemNo, SourceNo};
use store::record::Origin;
use store::vocabulary::{SourceKind, SourceState};
use utoipa::ToSchema;

/// What is dated of one source, in the order of its times.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SourceTimeline {
    /// Number of the source.
    pub source: SourceNo,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// States, captures, items, claims, names and ties: the earliest first, those without a time last. What was
    /// taken back is left out.
    pub events: Vec<SourceEvent>,
}

/// One thing that is known of a source at a time, or for a while.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SourceEvent {
    /// What it is.
    pub kind: SourceEventKind,
    /// When it was, or since when, as it was written: RFC 3339 or a shorter date. Nothing where it is not known.
    pub from: Option<String>,
    /// Until when, of a name or a tie. Nothing where it lasts, or where it is not known.
    pub until: Option<String>,
    /// Whether somebody stated that time; else it is that of the entry.
    pub stated: bool,
    /// What it was, in the words of whoever recorded it.
    pub text: String,
    /// The state that was seen, of a state.
    pub state: Option<SourceState>,
    /// The item that it is about, or that shows it.
    pub item: Option<ItemNo>,
    /// Number of the record that says so, where it has one: `C1`, `G1`, `S2`.
    pub record: Option<String>,
    /// The entry that says so.
    #[serde(flatten)]
    pub origin: Origin,
}

/// What is known of a source at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceEventKind {
    /// Somebody looked, and saw it in a state.
    State,
    /// What shows such a state was kept, or an item of it was obtained.
    Capture,
    /// An item came out in one of its series.
    Item,
    /// It made a claim.
    Claim,
    /// It bore another name.
    Name,
    /// It had to do with another source.
    Tie,
}

impl SourceEventKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Capture => "capture",
            Self::Item => "item",
            Self::Claim => "claim",
            Self::Name => "name",
            Self::Tie => "tie",
        }
    }
}
