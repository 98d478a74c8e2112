//! Decoder processes kept standing, one for each item lately looked at or listened to.

use std::sync::{Arc, Mutex};

use journal::ContentId;

use crate::case::lock;
use crate::error::Result;

/// Up to `MOST` readers, least lately used first.
pub(crate) struct Standing<R, const MOST: usize>(Mutex<Vec<(ContentId, Arc<Mutex<R>>)>>);

impl<R, const MOST: usize> Default for Standing<R, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<R, const MOST: usize> Standing<R, MOST> {
    /// The reader of an item, else the one that `open` makes; then the least lately used gives way.
    pub(crate) fn of(
        &self,
        item: ContentId,
        open: impl FnOnce() -> Result<R>,
    ) -> Result<Arc<Mutex<R>>> {
        let mut kept = lock(&self.0);
        let (_, reader) = match kept.iter().position(|(id, _)| *id == item) {
            Some(at) => kept.remove(at),
            None => (item, Arc::new(Mutex::new(open()?))),
        };
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((item, Arc::clone(&reader)));
        Ok(reader)
    }

    /// Shows each reader that nobody uses just now, the one used last first.
    pub(crate) fn each_idle(&self, mut show: impl FnMut(usize, &mut R)) {
        for (rank, (_, reader)) in lock(&self.0).iter().rev().enumerate() {
            if let Ok(mut reader) = reader.try_lock() {
                show(rank, &mut reader);
            }
        }
    }

    /// Lets go of the reader of an item, which failed.
    pub(crate) fn forget(&self, item: ContentId) {
        lock(&self.0).retain(|(id, _)| *id != item);
    }
}
