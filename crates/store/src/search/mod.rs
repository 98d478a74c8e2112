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

use crate::error::{Error, Refusal};
use crate::fold::{Row, Table, Tables, get};
use crate::problem::Place;
use crate::record::Item;
use crate::vocabulary::Order;

pub use dates::Days;
pub(crate) use document::Document;
pub(crate) use keep::{each_document, reform, refresh};
pub use query::{COUNTED, Found, Hit, Page, Passage, PassagePart, Query};
pub(crate) use terms::{Term, Wanted};

/// How words are folded and records read, and by which tables: what was kept in another form is made anew
/// when a case is opened.
pub(crate) fn form() -> String {
    const VERSION: u32 = 4;
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
    let hit = |(_, table, number): &(u64, Table, u32)| hit(kept, &words, *table, *number);
    Ok(Found {
        hits: ids.iter().map(hit).collect::<Result<_, _>>()?,
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

fn hit(kept: &dyn Searched, words: &Wanted, table: Table, number: u32) -> Result<Hit, Error> {
    let called = table.called(number);
    let damaged = |what: String| Error::damaged(Place::Record(called.clone()), what);
    let kind = table.kind();
    let kind = kind.ok_or_else(|| damaged("it is not searched".into()))?;
    let row: Option<Row> = kept.row(table, number)?;
    let row =
        row.ok_or_else(|| damaged("it is missing, and the index of words names it".into()))?;
    let record = serde_json::from_str(&row.record).map_err(|e| damaged(e.to_string()))?;
    Ok(Hit {
        kind,
        passages: passage::of(&record, words),
        called,
        record,
    })
}
