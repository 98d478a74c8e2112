//! What a search finds.

use serde::Serialize;
use serde_json::Value;
use store::number::ItemNo;
use store::search::Passage;
use store::vocabulary::RecordKind;
use utoipa::ToSchema;

use super::ItemSummary;

/// Part of what was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchPage {
    /// How many records were found, counted up to 1000.
    pub total: usize,
    /// Whether there are more than that.
    pub more_than_total: bool,
    /// What to ask for as `after` to have the next page; absent on the last.
    pub next: Option<String>,
    /// This page, in the order asked for.
    pub results: Vec<SearchResult>,
}

/// Items at a glance, some at a time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemsPage {
    /// How many items were found: all of them, or those that were asked for, counted up to 1000.
    pub total: usize,
    /// Whether there are more than that.
    pub more_than_total: bool,
    /// This page, in the order asked for.
    pub items: Vec<ItemSummary>,
    /// What to ask for as `after` to have the next page; absent on the last.
    pub next: Option<String>,
}

/// Items that look otherwise than before an entry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ItemsChanged {
    /// Number of entries that this holds: what to ask from the next time.
    pub entries: u64,
    /// How many items the case has.
    pub total: usize,
    /// Whether too much happened for it to be told: then every item is to be read again.
    pub read_again: bool,
    /// The items, by number; some may look as before.
    pub items: Vec<ItemSummary>,
}

/// A record that was found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchResult {
    /// What it is.
    pub kind: RecordKind,
    /// What people call it, such as `C12`.
    pub number: String,
    /// It in a few words.
    pub title: String,
    /// The entry that recorded it first.
    pub entry: u64,
    /// When that was, RFC 3339 UTC.
    pub at: String,
    /// Who signed that.
    pub actor: String,
    /// How it stands, where its kind has a standing.
    pub status: Option<String>,
    /// Whether it was taken back.
    pub withdrawn: bool,
    /// Where to look at it.
    pub place: Option<SearchPlace>,
    /// Where the words that were looked for stand in it, the first few.
    pub passages: Vec<Passage>,
    /// The record in full.
    #[schema(value_type = Object)]
    pub record: Value,
}

/// An item, and where in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchPlace {
    /// Number of the item.
    pub item: ItemNo,
    /// Its original file name.
    pub name: String,
    /// First frame; the whole item when absent.
    pub frame: Option<u32>,
}
