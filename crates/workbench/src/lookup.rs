//! Records looked up one by one, by what they are called, made by or about: no other is read.

use journal::ContentId;
use serde::de::DeserializeOwned;
use store::record::Item;
use store::search::{Page, Query};
use store::vocabulary::RecordKind;

use crate::case::Case;
use crate::error::{Error, Result};

/// Records asked for at a time.
const PAGE: usize = 500;

impl Case {
    /// Record `number` of this kind.
    pub(crate) fn record_of<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        number: u32,
    ) -> Result<Option<R>> {
        let record = self.store.record(kind, number)?;
        record.map(|record| read(kind, record)).transpose()
    }

    /// The records of one kind that name `item`, by number.
    pub(crate) fn about<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        item: &Item,
    ) -> Result<Vec<R>> {
        self.about_all(kind, &[item.id])
    }

    /// The records of one kind that name one of `items`, by number.
    pub(crate) fn about_all<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        items: &[ContentId],
    ) -> Result<Vec<R>> {
        let records = self.store.about(kind, items)?.into_iter();
        records.map(|record| read(kind, record)).collect()
    }

    /// Every record that `query` finds, in the order that it asks for; all of them are of `kind`.
    pub(crate) fn every<R: DeserializeOwned>(
        &self,
        kind: RecordKind,
        query: &Query,
    ) -> Result<Vec<R>> {
        let (mut records, mut after) = (Vec::new(), None);
        loop {
            let page = Page { after, limit: PAGE };
            let found = self.store.search(query, page)?;
            let hits = found.hits.into_iter();
            records.extend(
                hits.map(|hit| read(kind, hit.record))
                    .collect::<Result<Vec<_>>>()?,
            );
            after = found.next;
            if after.is_none() {
                return Ok(records);
            }
        }
    }
}

fn read<R: DeserializeOwned>(kind: RecordKind, record: serde_json::Value) -> Result<R> {
    serde_json::from_value(record)
        .map_err(|why| Error::integrity(format!("a {kind} cannot be read: {why}")))
}
