//! Which items look otherwise since an entry: for whoever knew them before, and need not read the others again.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::ops::Range;

use journal::ContentId;
use serde_json::Value;
use store::Evidence;
use store::number::ItemNo;
use store::record::Item;
use store::vocabulary::RecordKind;

use crate::case::Case;
use crate::error::Result;
use crate::tally::Tally;
use crate::view::ItemsChanged;

/// Entries beyond which everything is read again in less time than what they say is followed.
const MOST_ENTRIES: u64 = 500;
/// Items beyond which the same holds.
const MOST_ITEMS: usize = 500;

impl Case {
    /// The items, at a glance, that entries from `since` on have to do with: they are named there, or by the record
    /// or the entry that is named there. Some may look as before. Where there is too much of it, nothing is given
    /// but that all is to be read again.
    ///
    /// # Errors
    /// The store fails, or kept bytes of an inspection are not what they were.
    pub fn items_changed(&self, since: u64) -> Result<ItemsChanged> {
        let entries = self.store.head()?.size;
        let mut changed = ItemsChanged {
            entries,
            total: self.store.last(RecordKind::Item)? as usize,
            read_again: entries.saturating_sub(since) > MOST_ENTRIES,
            items: Vec::new(),
        };
        if changed.read_again {
            return Ok(changed);
        }
        let items = self.concerned(since..entries)?;
        changed.read_again = items.len() > MOST_ITEMS;
        if !changed.read_again {
            let items: Vec<Item> = items.into_values().collect();
            let tally = Tally::about(self, &items)?;
            let told = items.iter().map(|item| tally.summary(self, item));
            changed.items = told.collect::<Result<_>>()?;
        }
        Ok(changed)
    }

    fn concerned(&self, places: Range<u64>) -> Result<BTreeMap<ItemNo, Item>> {
        let mut named = Named::default();
        for recorded in self.entries(places) {
            let entry = recorded?.entry;
            named.look(&entry.body);
            if let Some(undone) = entry.body.get("entry").and_then(Value::as_u64) {
                for earlier in self.entries(undone..undone + 1) {
                    named.look(&earlier?.entry.body);
                }
            }
        }
        // An assessment names a hypothesis, and that an item.
        for _ in 0..2 {
            for (kind, number) in mem::take(&mut named.records) {
                if let Some(record) = self.store.record(kind, number)? {
                    named.look(&record);
                }
            }
        }
        let found = self.items_with(named.ids)?;
        let mut items: BTreeMap<_, _> = found.into_iter().map(|item| (item.number, item)).collect();
        for number in named.items {
            let item = self.store.item(number)?;
            items.extend(item.map(|item| (item.number, item)));
        }
        Ok(items)
    }
}

/// What an entry or a record names.
#[derive(Default)]
struct Named {
    ids: BTreeSet<ContentId>,
    items: BTreeSet<ItemNo>,
    /// Records that count for an item, or lead to one that does.
    records: BTreeSet<(RecordKind, u32)>,
}

impl Named {
    fn look(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => fields.values().for_each(|value| self.look(value)),
            Value::Array(values) => values.iter().for_each(|value| self.look(value)),
            Value::String(text) => self.read(text),
            _ => {}
        }
    }

    fn read(&mut self, text: &str) {
        if text.starts_with("sha256:") {
            self.ids.extend(text.parse::<ContentId>());
            return;
        }
        let Ok(address) = text.parse::<Evidence>() else {
            return;
        };
        self.items.extend(address.item());
        self.records.extend(match address {
            Evidence::Claim(number) => Some((RecordKind::Claim, number.0)),
            Evidence::Match(number) => Some((RecordKind::Match, number.0)),
            Evidence::Hypothesis(number) => Some((RecordKind::Hypothesis, number.0)),
            Evidence::Assessment(number) => Some((RecordKind::Assessment, number.0)),
            _ => None,
        });
    }
}
