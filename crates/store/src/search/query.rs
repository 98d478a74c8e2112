//! A search as it is asked, and as it is kept under a name.

use journal::ContentId;
use serde::{Deserialize, Serialize};

use super::dates::Days;
use super::document::{EVERY, dated, mark, with};
use super::terms::{Term, Wanted};
use crate::error::{Error, Refusal};
use crate::number::ItemNo;
use crate::vocabulary::{Order, RecordKind};

/// What is looked for. Of each list, one must hold, but for `tags`, `with` and `without`, of which each
/// must; lists that are empty and texts that are absent ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Words that must all be there; `"phrases in quotes"`, `beginnings*`, `-unwanted`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Kinds of record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<RecordKind>,
    /// How a record stands: status of a claim, verdict on a match, last state or grade of a source,
    /// likelihood or confidence of an assessment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    /// Items, by number: they themselves, and what is about them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemNo>,
    /// Numbers such as `S1` or `O2`: records of these numbers, and those that refer to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// Tags, each of which must be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Who recorded something of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// What a record has or is: kinds of record for an item that has some about it, `inspection`,
    /// `review`, `withdrawn`, `superseded`, `whole-case` for a hypothesis of no one item, `graphic` or another flag
    /// of the content note that stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// What it must not have or be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// When it was recorded first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub recorded: Option<Days>,
    /// When something of it was recorded, reviews and revisions too.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub changed: Option<Days>,
    /// When it was uploaded to where it was found, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub uploaded: Option<Days>,
    /// When its bytes were obtained.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub acquired: Option<Days>,
    /// When it was claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub asserted: Option<Days>,
    /// In which order.
    #[serde(skip_serializing_if = "Order::is_default")]
    pub order: Order,
}

impl Query {
    /// Records of this kind, the oldest first.
    pub fn of(kind: RecordKind) -> Self {
        Self {
            kinds: vec![kind],
            order: Order::Oldest,
            ..Self::default()
        }
    }

    /// Refuses what no search can be asked for.
    ///
    /// # Errors
    /// The words hold none, or there are too many.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        Wanted::typed(&self.words).map(|_| ()).map_err(not_words)
    }

    /// What a document must have to be found; `item` tells whose number an item's is.
    pub(crate) fn wanted(
        &self,
        mut item: impl FnMut(ItemNo) -> Result<ContentId, Error>,
    ) -> Result<Wanted, Error> {
        let mut wanted = Wanted::typed(&self.words).map_err(not_words)?;
        let mut any = |marks: Vec<String>| {
            if !marks.is_empty() {
                wanted.all.push(marks.into_iter().map(Term::mark).collect());
            }
        };
        any(self
            .kinds
            .iter()
            .map(|kind| mark("kind", kind.word()))
            .collect());
        any(self
            .status
            .iter()
            .map(|word| mark("status", word))
            .collect());
        any(self
            .cites
            .iter()
            .map(|number| mark("cites", number))
            .collect());
        any(self.by.iter().map(|name| mark("by", name)).collect());
        for tag in &self.tags {
            any(vec![mark("tag", tag)]);
        }
        for what in &self.with {
            any(vec![with(what)]);
        }
        let mut about = Vec::new();
        for number in &self.items {
            let id = item(*number)?.hex();
            about.extend([
                mark("is", &id),
                mark("item", &id),
                mark("cites", &number.to_string()),
            ]);
        }
        any(about);
        for (name, days) in self.times() {
            any(days.marks().iter().map(|days| dated(name, days)).collect());
        }
        if wanted.all.is_empty() {
            wanted.all.push(vec![Term::mark(EVERY.to_owned())]);
        }
        wanted
            .none
            .extend(self.without.iter().map(|what| Term::mark(with(what))));
        Ok(wanted)
    }

    fn times(&self) -> impl Iterator<Item = (&'static str, &Days)> {
        let times = [
            ("recorded", &self.recorded),
            ("changed", &self.changed),
            ("uploaded", &self.uploaded),
            ("acquired", &self.acquired),
            ("asserted", &self.asserted),
        ];
        times
            .into_iter()
            .filter_map(|(name, days)| Some((name, days.as_ref()?)))
    }
}

fn not_words(sentence: String) -> Refusal {
    Refusal::invalid(
        sentence,
        "write words of letters or digits, or none to see all",
    )
}

/// Which part of what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where the page before ended; the first page when absent.
    pub after: Option<u64>,
    /// Most records.
    pub limit: usize,
}

/// PassagePart of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Records, in the order asked for.
    pub hits: Vec<Hit>,
    /// Where this page ends, if there is more: [`Page::after`] of the next.
    pub next: Option<u64>,
    /// How many there are in all, counted up to [`COUNTED`].
    pub total: usize,
}

/// Up to how many what is found is counted.
pub const COUNTED: usize = 1000;

/// A record that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: RecordKind,
    /// What people call it: `C12`.
    pub called: String,
    /// The record, as JSON.
    pub record: serde_json::Value,
    /// Where the words that were looked for stand in it, the first few.
    pub passages: Vec<Passage>,
}

/// Words of a record around what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Passage {
    /// Name of the field.
    pub field: String,
    /// The words in parts.
    pub parts: Vec<PassagePart>,
}

/// Some words, and whether they are what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PassagePart {
    /// The words, composed (NFC).
    pub text: String,
    /// Whether they were looked for.
    pub found: bool,
}
