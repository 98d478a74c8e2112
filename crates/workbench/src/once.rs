//! The keys of a request that must be recorded once.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives each entry of a request a key.
#[derive(Debug)]
pub(crate) struct Once {
    key: String,
    given: AtomicUsize,
}

impl Once {
    pub(crate) fn of(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            given: AtomicUsize::new(0),
        }
    }

    /// The key itself, then the key with the number of the entry: a request that is made again records the same
    /// entries in the same order.
    pub(crate) fn next(&self) -> String {
        match self.given.fetch_add(1, Ordering::Relaxed) {
            0 => self.key.clone(),
            before => format!("{}/{}", self.key, before + 1),
        }
    }
}
