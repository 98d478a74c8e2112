//! Keeping the index what the records say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::{About, Document, id, made, mark, with};
use super::terms::{Term, Wanted};
use super::{Index, form, parsed};
use crate::error::Error;
use crate::fold::{Row, Table, Tables};
use crate::number::ItemNo;
use crate::vocabulary::{Order, RecordKind};

/// Takes the document of every record, items last: what is about them is known by then.
pub(crate) fn each_document(
    tables: &dyn Tables,
    take: &mut dyn FnMut(Document) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut about: BTreeMap<String, About> = BTreeMap::new();
    let mut tags: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let none = About::default();
    for table in Table::ALL
        .into_iter()
        .filter(|table| *table != Table::Items && table.kind().is_some())
    {
        for row in tables.rows(table)? {
            let record = parsed(table, &row)?;
            let document = Document::of(table, &row, &record, &none);
            if document.stands() {
                for item in document.items() {
                    about.entry(item).or_default().kinds.extend(table.kind());
                }
                if let Some(item) = tagged(table, &record) {
                    tags.entry(item).or_default().extend(document.tags());
                }
            }
            take(document)?;
        }
    }
    for row in tables.rows(Table::Items)? {
        let id = row.label.strip_prefix("sha256:").unwrap_or_default();
        let about = About {
            kinds: about.remove(id).unwrap_or_default().kinds,
            tags: tags.remove(&row.number).unwrap_or_default(),
        };
        let record = parsed(Table::Items, &row)?;
        take(Document::of(Table::Items, &row, &record, &about))?;
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
    let searched = changed.iter().filter(|(table, _)| table.kind().is_some());
    for (table, row) in searched {
        newest.insert((*table, row.number), row);
    }
    // Items that a changed record names or named, with whether it stands and so is about them for sure.
    let mut touched: BTreeMap<(String, Table), bool> = BTreeMap::new();
    let mut retagged = BTreeSet::new();
    for ((table, _), row) in newest {
        let record = parsed(table, row)?;
        let kept = match made(&record) {
            Some(entry) => index.document(id(entry, table, row.number))?,
            None => None,
        };
        let about = match (table, &kept) {
            (Table::Items, Some(kept)) => kept.about(),
            _ => About::default(),
        };
        let document = Document::of(table, row, &record, &about);
        retagged.extend(tagged(table, &record));
        if table == Table::Items && kept.is_none() {
            // What others publish may tell of an item before it comes in.
            let id = row.label.strip_prefix("sha256:").unwrap_or_default();
            touched.entry((id.to_owned(), Table::Received)).or_default();
        }
        if table != Table::Items {
            for item in kept.iter().flat_map(Document::items) {
                touched.entry((item, table)).or_default();
            }
            for item in document.items() {
                *touched.entry((item, table)).or_default() |= document.stands();
            }
        }
        if kept.as_ref() != Some(&document) {
            index.put_document(&document)?;
        }
    }
    for ((item, table), about) in &touched {
        tell_item(index, item, *table, *about)?;
    }
    retagged.iter().try_for_each(|item| tag_item(index, *item))
}

/// The item that a tag is on; nothing for other records and for tags on anything else.
fn tagged(table: Table, record: &Value) -> Option<u32> {
    let on = record.get("on").filter(|_| table == Table::Tags)?;
    on.as_str()?.parse::<ItemNo>().ok().map(|item| item.0)
}

/// Gives an item the marks of the tags on it that stand.
fn tag_item(index: &mut dyn Index, item: u32) -> Result<(), Error> {
    let wanted = Wanted {
        all: vec![
            vec![Term::mark(mark("kind", RecordKind::Tag.word()))],
            vec![Term::mark(mark("cites", &ItemNo(item).to_string()))],
        ],
        none: vec![Term::mark(with("withdrawn"))],
    };
    let mut tags = BTreeSet::new();
    for (tag, ..) in index.found(&wanted, Order::Newest, None, usize::from(u16::MAX))? {
        tags.extend(index.document(tag)?.iter().flat_map(Document::tags));
    }
    let Some(row) = index.row(Table::Items, item)? else {
        return Ok(());
    };
    retell(index, &row, |about| about.tags = tags)
}

/// Changes what the document of an item has of others.
fn retell(index: &mut dyn Index, row: &Row, change: impl FnOnce(&mut About)) -> Result<(), Error> {
    let record = parsed(Table::Items, row)?;
    let Some(made) = made(&record) else {
        return Ok(());
    };
    let kept = index.document(id(made, Table::Items, row.number))?;
    let before = kept.as_ref().map(Document::about).unwrap_or_default();
    let mut about = before.clone();
    change(&mut about);
    if about != before {
        index.put_document(&Document::of(Table::Items, row, &record, &about))?;
    }
    Ok(())
}

/// Marks whether an item has records of a kind about it; `told` where one is known that is.
fn tell_item(index: &mut dyn Index, item: &str, table: Table, told: bool) -> Result<(), Error> {
    let Some(row) = index.labelled(Table::Items, &format!("sha256:{item}"))? else {
        return Ok(());
    };
    let Some(kind) = table.kind() else {
        return Ok(());
    };
    let has = told || is_told(index, item, kind)?;
    retell(index, &row, |about| {
        if has {
            about.kinds.insert(kind);
        } else {
            about.kinds.remove(&kind);
        }
    })
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
