//! Footage that two items share.

use serde::Serialize;
use store::event::{MatchBasis, Span};
use store::number::ItemNo;
use store::record::Match;
use store::vocabulary::Verdict;
use utoipa::ToSchema;

/// The same footage in two items, with names and seconds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MatchView {
    /// As recorded.
    #[serde(flatten)]
    pub record: Match,
    /// Number of the query item.
    pub query_item: ItemNo,
    /// Number of the reference item.
    pub reference_item: ItemNo,
    /// Original file name of the query.
    pub query_name: String,
    /// Original file name of the reference.
    pub reference_name: String,
    /// Seconds `[start, end)` in the query.
    pub query_seconds: [f64; 2],
    /// Seconds `[start, end)` in the reference.
    pub reference_seconds: [f64; 2],
    /// Score from 0 to 1.
    pub score: f64,
    /// Playback speed of the query over the reference.
    pub speed: f64,
    /// The reviewers' word that stands.
    pub verdict: Verdict,
}

/// One match in the interchange form: names, and spans in seconds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Found {
    /// File name of the query.
    pub query: String,
    /// File name of the reference.
    pub reference: String,
    /// Seconds `[start, end)` in the query.
    pub query_span: [f64; 2],
    /// Seconds `[start, end)` in the reference.
    pub reference_span: [f64; 2],
    /// Score from 0 to 1.
    pub score: f64,
    /// First and last frame in the query.
    pub query_frames: [u32; 2],
    /// First and last frame in the reference.
    pub reference_frames: [u32; 2],
    /// Whether one is the mirror image of the other.
    pub mirrored: bool,
    /// Playback speed of the query over the reference.
    pub speed: f64,
    /// Number of the query item; absent for a file outside the case.
    pub query_item: Option<ItemNo>,
    /// Number of the reference item.
    pub reference_item: ItemNo,
    /// Number under which it is recorded; absent for a file outside the case.
    #[serde(rename = "match")]
    pub number: Option<String>,
    /// The reviewers' word that stands; absent for a file outside the case.
    pub verdict: Option<Verdict>,
    /// What it rests on; absent where an earlier version found it.
    pub basis: Option<MatchBasis>,
}

impl From<&MatchView> for Found {
    fn from(view: &MatchView) -> Self {
        let found = &view.record.found;
        Self {
            query: view.query_name.clone(),
            reference: view.reference_name.clone(),
            query_span: view.query_seconds,
            reference_span: view.reference_seconds,
            score: view.score,
            query_frames: frames(&found.query_span),
            reference_frames: frames(&found.reference_span),
            mirrored: found.mirrored,
            speed: view.speed,
            query_item: Some(view.query_item),
            reference_item: view.reference_item,
            basis: found.basis.clone(),
            number: Some(view.record.number.to_string()),
            verdict: Some(view.verdict),
        }
    }
}

fn frames(span: &Span) -> [u32; 2] {
    [span.first.no, span.last.no]
}
