//! Erasing the bytes of an item, for law or safety. The entry that says so, its tombstone, comes first;
//! then the bytes go, and where that is cut off it is gone on with when the case is next opened.

mod leavings;

use std::fs::File;

use journal::ContentId;
use store::Held;
use store::event::{Event, ItemRemoved, RemovedBlob, Span};
use store::record::{Item, Removal};
use store::vocabulary::RemovalGround;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::timeline::Timeline;
use crate::view::RemovalPlan;

impl Case {
    /// What removing `item` would erase, and what stands in the way.
    ///
    /// # Errors
    /// It was removed before, or the store fails.
    pub fn removal_plan(&self, item: &Item) -> Result<RemovalPlan> {
        self.at_hand(item)?;
        let alone = self.holdings()?.alone(&item.id);
        let size = |(id, _): &(ContentId, Held)| {
            let length = |file: File| file.metadata().map_or(0, |facts| facts.len());
            self.blobs.open(id).map_or(0, length)
        };
        Ok(RemovalPlan {
            item: item.number,
            id: item.id.to_string(),
            name: item.name.clone(),
            blobs: alone.len(),
            bytes: alone.iter().map(size).sum(),
            citing: self.store.citing(item.number)?,
        })
    }

    /// Erases the bytes of `item` and everything derived of it alone, for `ground` and the `reason` that a
    /// person gives. What was recorded of it stays, and so does the tombstone. Nothing brings the bytes back.
    ///
    /// # Errors
    /// There is no reason, something that stands cites the item, it was removed before, or the store fails.
    /// Where the tombstone is recorded and the bytes could not be erased, the error says so.
    pub fn remove(&self, item: &Item, ground: RemovalGround, reason: String) -> Result<Removal> {
        self.writable()?;
        self.at_hand(item)?;
        let kept = item.acquisitions.first();
        let blake3 = kept.map(|first| first.acquired.blake3.clone());
        let removed = ItemRemoved {
            item: item.id,
            size: item.size,
            blake3: blake3.unwrap_or_default(),
            ground,
            reason,
            derived: self.derived_of(item)?,
        };
        let entry = self.record(&Event::ItemRemoved(removed))?.seq;
        self.let_go_of(item);
        self.finish_removals().map_err(|error| Error {
            message: format!(
                "{} is removed by entry {entry}, but not all of its bytes are erased yet: {}",
                item.number, error.message
            ),
            hint: Some("erasing is gone on with when the case is next opened".to_owned()),
            ..error
        })?;
        let removal = self.store.removal(&item.id)?;
        removal.ok_or_else(|| Error::integrity(format!("entry {entry} left no record")))
    }

    /// The tombstones of the case, by number of the item.
    ///
    /// # Errors
    /// The store fails.
    pub fn removals(&self) -> Result<Vec<Removal>> {
        Ok(self.store.removals()?)
    }

    /// Erases what tombstones let go and is still there.
    ///
    /// # Errors
    /// Something could not be erased, or the store fails.
    pub fn finish_removals(&self) -> Result<()> {
        if self.stood().is_some() {
            return Ok(());
        }
        let removals = self.store.removals()?;
        if removals.is_empty() {
            return Ok(());
        }
        let items: Vec<ContentId> = removals.iter().map(|it| it.removed.item).collect();
        leavings::clear(&self.scratch, &items);
        for item in &items {
            // The original goes last: where it is gone, all is.
            if self.blobs.contains(item)? {
                self.store.erase(self.blobs.as_ref())?;
                break;
            }
        }
        Ok(())
    }

    /// Refuses to go on with an item whose bytes were erased, also where the case is shown as it stood
    /// before.
    pub(crate) fn at_hand(&self, item: &Item) -> Result<()> {
        let here = item.removed.as_ref();
        let stood = match (here, &self.present) {
            (None, Some(present)) => present.removal(&item.id)?,
            _ => None,
        };
        let told = match (here, &stood) {
            (Some(it), _) => Some((&it.origin, it.ground, &it.reason)),
            (None, Some(it)) => Some((&it.origin, it.removed.ground, &it.removed.reason)),
            (None, None) => None,
        };
        let Some((origin, ground, reason)) = told else {
            return Ok(());
        };
        // Another program may have removed it while this one had it open.
        self.let_go_of(item);
        let (number, name) = (item.number, &item.name);
        Err(Error::missing(format!(
            "{number} ({name}) was removed by {} on {} ({ground}): {reason}",
            origin.actor, origin.at
        ))
        .hint(format!(
            "entry {} is its tombstone; its bytes cannot be brought back",
            origin.entry
        )))
    }

    /// Every item whose bytes are kept, in order of number.
    pub(crate) fn present_items(&self) -> Result<Vec<Item>> {
        let mut items = self.store.items()?;
        items.retain(|item| self.at_hand(item).is_ok());
        Ok(items)
    }

    /// Seconds after the first frame at the ends of a span. Where the item was removed, and with it where its
    /// first frame was: by the clock of its stream.
    pub(crate) fn seconds_of(&self, item: &Item, span: &Span) -> Result<[f64; 2]> {
        if self.at_hand(item).is_ok() {
            return Ok(Timeline::new(&self.examined(item)?.frames).seconds(span));
        }
        let [num, den] = span.time_base.map(f64::from);
        Ok([span.start, span.end].map(|ticks| ticks as f64 * num / den))
    }

    /// The bytes of `item`, as they were preserved.
    pub(crate) fn original(&self, item: &Item) -> Result<File> {
        self.at_hand(item)?;
        Ok(self.blobs.open(&item.id)?)
    }

    fn derived_of(&self, item: &Item) -> Result<Vec<RemovedBlob>> {
        let alone = self.holdings()?.alone(&item.id).into_iter();
        let derived = alone.filter(|(id, _)| *id != item.id);
        let stated = |(id, held): (ContentId, Held)| {
            // What is lost or unreadable already is let go all the same.
            let hashed = self.blobs.open(&id).ok();
            let hashed = hashed.and_then(|mut file| {
                store::hash(&mut file, |_, _| Ok::<_, std::convert::Infallible>(())).ok()
            });
            RemovedBlob {
                what: held.what,
                id,
                size: hashed.as_ref().map(|it| it.size),
                blake3: hashed.map(|it| it.blake3.to_hex().to_string()),
            }
        };
        Ok(derived.map(stated).collect())
    }
}
