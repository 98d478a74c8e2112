//! Keeping the index what the records say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::{Document, id, made, mark, with};
use super::terms::{Term, Wanted};
use super::{Index, form};
use crate::error::Error;
use crate::fold::{Row, Table, Tables};
use crate::problem::Place;
use crate::vocabulary::{Order, RecordKind};

/// Takes the document of every record, items last: what is about them is known by then.
pub(crate) fn each_document(
    tables: &dyn Tables,
    take: &mut dyn FnMut(Document) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut about: BTreeMap<String, BTreeSet<RecordKind>> = BTreeMap::new();
    let none = BTreeSet::new();
    for table in Table::ALL
        .into_iter()
        .filter(|table| *table != Table::Items)
    {
        for row in tables.rows(table)? {
            let document = Document::of(table, &row, &read(table, &row)?, &none);
            if document.stands() {
                for item in document.items() {
                    about.entry(item).or_default().insert(table.kind());
                }
            }
            take(document)?;
        }
    }
    for row in tables.rows(Table::Items)? {
        let kinds = about.get(row.label.strip_prefix("sha256:").unwrap_or_default());
        let record = read(Table::Items, &row)?;
        take(Document::of(
            Table::Items,
            &row,
            &record,
            kinds.unwrap_or(&none),
        ))?;
    }
    Ok(())
}

/// Makes every document anew from the records.
pub(crate) fn reform(index: &mut dyn Index) -> Result<(), Error> {
    index.clear_documents(&form())?;
    let mut made = Vec::new();
    each_document(&*index, &mut |document| {
        made.push(document);
        Ok(())
    })?;
    made.iter()
        .try_for_each(|document| index.put_document(document))
}

/// Brings the index up to date with rows that were put, in that order.
pub(crate) fn refresh(index: &mut dyn Index, changed: &[(Table, Row)]) -> Result<(), Error> {
    let mut newest: BTreeMap<(Table, u32), &Row> = BTreeMap::new();
    for (table, row) in changed {
        newest.insert((*table, row.number), row);
    }
    let mut touched = BTreeSet::new();
    for ((table, _), row) in newest {
        let record = read(table, row)?;
        let kept = match made(&record) {
            Some(entry) => index.document(id(entry, table, row.number))?,
            None => None,
        };
        let kinds = match (table, &kept) {
            (Table::Items, Some(kept)) => kinds_of(kept),
            _ => BTreeSet::new(),
        };
        let document = Document::of(table, row, &record, &kinds);
        if table != Table::Items {
            let items = document
                .items()
                .into_iter()
                .chain(kept.iter().flat_map(Document::items));
            touched.extend(items.map(|item| (item, table)));
        }
        if kept.as_ref() != Some(&document) {
            index.put_document(&document)?;
        }
    }
    touched
        .iter()
        .try_for_each(|(item, table)| tell_item(index, item, *table))
}

/// Marks whether an item has records of a kind about it.
fn tell_item(index: &mut dyn Index, item: &str, table: Table) -> Result<(), Error> {
    let Some(row) = index.labelled(Table::Items, &format!("sha256:{item}"))? else {
        return Ok(());
    };
    let record = read(Table::Items, &row)?;
    let Some(kept) = made(&record).map(|made| index.document(id(made, Table::Items, row.number)))
    else {
        return Ok(());
    };
    let mut kinds = kept?.as_ref().map(kinds_of).unwrap_or_default();
    let kind = table.kind();
    let has = is_told(index, item, kind)?;
    if kinds.contains(&kind) != has {
        if has {
            kinds.insert(kind);
        } else {
            kinds.remove(&kind);
        }
        index.put_document(&Document::of(Table::Items, &row, &record, &kinds))?;
    }
    Ok(())
}

/// Whether a record of this kind that stands is about the item.
fn is_told(index: &dyn Index, item: &str, kind: RecordKind) -> Result<bool, Error> {
    let term = |mark| vec![Term::mark(mark)];
    let wanted = Wanted {
        all: vec![term(mark("kind", kind.word())), term(mark("item", item))],
        none: vec![
            Term::mark(with("withdrawn")),
            Term::mark(mark("status", "rejected")),
        ],
    };
    Ok(!index.found(&wanted, Order::Newest, None, 1)?.is_empty())
}

fn kinds_of(item: &Document) -> BTreeSet<RecordKind> {
    let kinds = RecordKind::ALL.iter().copied();
    kinds.filter(|kind| item.has(&with(kind.word()))).collect()
}

fn read(table: Table, row: &Row) -> Result<Value, Error> {
    let damaged = |e: serde_json::Error| {
        Error::damaged(Place::Record(table.called(row.number)), e.to_string())
    };
    serde_json::from_str(&row.record).map_err(damaged)
}
