//! Which blobs a journal wants kept, and which its tombstones let go.

use std::collections::{BTreeMap, HashMap};

use journal::ContentId;

use crate::event::{Event, NamedBlob};

/// What the entries of a journal name, taken up one after the other.
#[derive(Default)]
pub struct Holdings {
    named: Vec<(u64, NamedBlob)>,
    /// Entry of the tombstone, by item.
    tombstones: HashMap<ContentId, u64>,
}

/// A blob and the entry that speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it is, such as `facts of entry 4`.
    pub what: String,
    /// Its size in bytes, where an entry says it.
    pub size: Option<u64>,
    /// The entry: that which names it, or for what is let go, the tombstone.
    pub entry: u64,
}

impl Holdings {
    /// Takes up entry `seq`.
    pub fn take(&mut self, seq: u64, event: &Event) {
        if let Event::ItemRemoved(removed) = event {
            self.tombstones.insert(removed.item, seq);
        }
        let named = event.blobs().into_iter();
        self.named.extend(named.map(|blob| (seq, blob)));
    }

    /// Blobs that must be there: what anything names that is not of a removed item.
    pub fn kept(&self) -> BTreeMap<ContentId, Held> {
        let standing = self.named.iter().filter(|(_, blob)| !self.is_gone(blob));
        standing
            .map(|(seq, blob)| (blob.id, held(*seq, blob, *seq)))
            .collect()
    }

    /// Blobs that may be erased: what only removed items name, and so none of those that are `kept`.
    pub fn let_go(&self, kept: &BTreeMap<ContentId, Held>) -> BTreeMap<ContentId, Held> {
        let tombstone = |blob: &NamedBlob| self.tombstones.get(&blob.item?).copied();
        let gone = self.named.iter().filter_map(|(seq, blob)| {
            let entry = tombstone(blob)?;
            (!kept.contains_key(&blob.id)).then(|| (blob.id, held(*seq, blob, entry)))
        });
        gone.collect()
    }

    /// Blobs that would be let go if `item` were removed: its original first, then what was derived of it
    /// alone, in the order of the journal.
    pub fn alone(&self, item: &ContentId) -> Vec<(ContentId, Held)> {
        let others = |id: &ContentId| {
            let mut named = self.named.iter();
            named.any(|(_, it)| it.id == *id && it.item != Some(*item) && !self.is_gone(it))
        };
        let mut alone: Vec<(ContentId, Held)> = Vec::new();
        for (seq, blob) in &self.named {
            let listed = alone.iter().any(|(id, _)| *id == blob.id);
            if blob.item == Some(*item) && !listed && !others(&blob.id) {
                alone.push((blob.id, held(*seq, blob, *seq)));
            }
        }
        alone
    }

    fn is_gone(&self, blob: &NamedBlob) -> bool {
        let item = blob.item.as_ref();
        item.is_some_and(|item| self.tombstones.contains_key(item))
    }
}

fn held(seq: u64, blob: &NamedBlob, entry: u64) -> Held {
    Held {
        what: format!("{} of entry {seq}", blob.what),
        size: blob.size,
        entry,
    }
}
