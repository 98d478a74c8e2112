//! Decoder processes kept standing, one for each item lately looked at or listened to.

use std::sync::{Arc, Mutex};

use crate::case::lock;
use crate::error::Result;

/// Up to `MOST` readers by what they read, least lately used first.
pub(crate) struct Standing<K, R, const MOST: usize>(Mutex<Vec<(K, Arc<Mutex<R>>)>>);

impl<K, R, const MOST: usize> Default for Standing<K, R, MOST> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, R, const MOST: usize> Standing<K, R, MOST> {
    /// The reader of `what`, else the one that `open` makes; then the least lately used gives way.
    pub(crate) fn of(&self, what: K, open: impl FnOnce() -> Result<R>) -> Result<Arc<Mutex<R>>> {
        let mut kept = lock(&self.0);
        let (what, reader) = match kept.iter().position(|(known, _)| *known == what) {
            Some(at) => kept.remove(at),
            None => (what, Arc::new(Mutex::new(open()?))),
        };
        if kept.len() >= MOST {
            kept.remove(0);
        }
        kept.push((what, Arc::clone(&reader)));
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

    /// Lets go of the reader of `what`, which failed.
    pub(crate) fn forget(&self, what: &K) {
        self.forget_where(|known| known == what);
    }

    /// Lets go of the readers of everything of which `gone` holds.
    pub(crate) fn forget_where(&self, gone: impl Fn(&K) -> bool) {
        lock(&self.0).retain(|(known, _)| !gone(known));
    }
}
