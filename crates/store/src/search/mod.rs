//! Finding records by their words and by how they stand.
//!
//! What a search compares is computed here and kept as text, one document for each record: its words
//! (`fold`), then marks for what it can be filtered by (`document`). A back end keeps the documents and
//! an index over them; which of them are found is one definition, `Wanted::holds`. The documents are a
//! projection like the records: rebuilding makes them again from the journal and compares.

mod dates;
mod document;
mod fold;
mod keep;
mod memory;
mod passage;
mod query;
mod terms;

use std::collections::BTreeMap;

use journal::ContentId;
use serde_json::Value;

use crate::error::{Error, Refusal};
use crate::fold::{Row, Table, Tables, get};
use crate::problem::Place;
use crate::record::Item;
use crate::vocabulary::{Order, RecordKind};

pub use dates::Days;
pub(crate) use document::Document;
pub use document::WHOLE_CASE;
pub(crate) use keep::{each_document, reform, refresh};
pub(crate) use memory::Documents;
pub use query::{COUNTED, Found, Hit, Page, Passage, PassagePart, Query};
pub(crate) use terms::{Term, Wanted};

/// How words are folded and records read, and by which tables: what was kept in another form is made anew
/// when a case is opened.
pub(crate) fn form() -> String {
    const VERSION: u32 = 6;
    let (major, minor, update) = unicode_normalization::UNICODE_VERSION;
    let tables: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
    format!(
        "{VERSION} unicode {major}.{minor}.{update} {}",
        tables.join(" ")
    )
}

/// Records and the index over them.
pub(crate) trait Index: Searched {
    /// Puts a document in the place of the one with its id, if any.
    fn put_document(&mut self, document: &Document) -> Result<(), Error>;
    /// Removes every document, and says in which form those that follow are.
    fn clear_documents(&mut self, form: &str) -> Result<(), Error>;
}

/// Records that can be searched.
pub(crate) trait Searched: Tables {
    /// The document of this id, if there is one.
    fn document(&self, id: u64) -> Result<Option<Document>, Error>;
    /// At most `limit` documents with an id above `after`, or from the first on, by id.
    fn documents(&self, after: Option<u64>, limit: usize) -> Result<Vec<Document>, Error>;
    /// Id, table and number of at most `limit` documents that are wanted, beyond `after` in that order.
    fn found(
        &self,
        wanted: &Wanted,
        order: Order,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Table, u32)>, Error>;
    /// Number of documents that are wanted, counted up to `most`.
    fn count(&self, wanted: &Wanted, most: usize) -> Result<usize, Error>;
    /// The form of the documents.
    fn form(&self) -> Result<String, Error>;
}

/// A page of what `query` finds.
pub(crate) fn search(kept: &dyn Searched, query: &Query, page: Page) -> Result<Found, Error> {
    let wanted = wanted(kept, query)?;
    let limit = page.limit.max(1);
    let mut ids = kept.found(&wanted, query.order, page.after, limit + 1)?;
    let more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().filter(|_| more).map(|(id, ..)| *id);
    let words = Wanted::typed(&query.words).unwrap_or_default();
    Ok(Found {
        hits: hits(kept, &words, &ids)?,
        next,
        total: if more || page.after.is_some() {
            kept.count(&wanted, COUNTED + 1)?
        } else {
            ids.len()
        },
    })
}

/// How many records `query` finds, up to `most`.
pub(crate) fn count(kept: &dyn Searched, query: &Query, most: usize) -> Result<usize, Error> {
    kept.count(&wanted(kept, query)?, most)
}

/// Every record of this kind that names one of `items`, by number.
pub(crate) fn about(
    kept: &dyn Searched,
    kind: RecordKind,
    items: &[ContentId],
) -> Result<Vec<Value>, Error> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let named = |item: &ContentId| Term::mark(document::mark("item", &item.hex()));
    let wanted = Wanted {
        all: vec![
            vec![Term::mark(document::mark("kind", kind.word()))],
            items.iter().map(named).collect(),
        ],
        none: Vec::new(),
    };
    let found = kept.found(&wanted, Order::Oldest, None, usize::MAX)?;
    let numbers: Vec<u32> = found.iter().map(|(_, _, number)| *number).collect();
    let table = Table::of_kind(kind);
    let rows = kept.some_rows(table, &numbers)?;
    rows.iter().map(|row| parsed(table, row)).collect()
}

/// Record `number` of this kind, if there is one.
pub(crate) fn record(
    kept: &dyn Tables,
    kind: RecordKind,
    number: u32,
) -> Result<Option<Value>, Error> {
    let table = Table::of_kind(kind);
    let row = kept.row(table, number)?;
    row.map(|row| parsed(table, &row)).transpose()
}

/// The record of this kind that entry `seq` made, if it made one.
pub(crate) fn made_by(
    kept: &dyn Searched,
    kind: RecordKind,
    seq: u64,
) -> Result<Option<Value>, Error> {
    let table = Table::of_kind(kind);
    let first = document::id(seq, table, 0);
    let next = kept.documents(first.checked_sub(1), 1)?.pop();
    let made = next.filter(|document| document.id >> 6 == first >> 6);
    match made {
        Some(document) => record(kept, kind, document.number),
        None => Ok(None),
    }
}

fn parsed(table: Table, row: &Row) -> Result<Value, Error> {
    let damaged = |e: serde_json::Error| {
        Error::damaged(Place::Record(table.called(row.number)), e.to_string())
    };
    serde_json::from_str(&row.record).map_err(damaged)
}

fn wanted(kept: &dyn Searched, query: &Query) -> Result<Wanted, Error> {
    query.wanted(|number| {
        let unknown = || {
            Refusal::unknown(
                format!("there is no item {number}"),
                "`framewitness list` shows the items",
            )
        };
        Ok(get::<Item>(kept, number.0)?.ok_or_else(unknown)?.id)
    })
}

/// The records of these places, in their order.
fn hits(kept: &dyn Searched, words: &Wanted, ids: &[(u64, Table, u32)]) -> Result<Vec<Hit>, Error> {
    let mut numbers: BTreeMap<Table, Vec<u32>> = BTreeMap::new();
    for (_, table, number) in ids {
        numbers.entry(*table).or_default().push(*number);
    }
    let mut rows = BTreeMap::new();
    for (table, numbers) in numbers {
        let found = kept.some_rows(table, &numbers)?.into_iter();
        rows.extend(found.map(|row| ((table, row.number), row)));
    }
    let hit = |(_, table, number): &(u64, Table, u32)| {
        let called = table.called(*number);
        let Some(row) = rows.get(&(*table, *number)) else {
            let lost = "it is missing, and the index of words names it".to_owned();
            return Err(Error::damaged(Place::Record(called), lost));
        };
        let kind = table.kind().ok_or_else(|| {
            let what = "it is not searched, and the index of words names it".to_owned();
            Error::damaged(Place::Record(called.clone()), what)
        })?;
        let record = parsed(*table, row)?;
        Ok(Hit {
            kind,
            passages: passage::of(&record, words),
            called,
            record,
        })
    };
    ids.iter().map(hit).collect()
}
