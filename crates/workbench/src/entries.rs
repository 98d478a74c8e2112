//! The journal, entry by entry.

use std::ops::Range;

use store::Recorded;

use crate::case::Case;
use crate::error::Result;

/// Entries read at a time.
const PAGE: u64 = 1000;

impl Case {
    /// The entries at `places`, in order, as far as there are any. They are read by the page, and by their
    /// places: what a damaged entry says of its own leads nowhere. The first failure is the last that is told.
    pub(crate) fn entries(&self, places: Range<u64>) -> impl Iterator<Item = Result<Recorded>> {
        let mut next = places.start;
        let mut page = Vec::new().into_iter();
        std::iter::from_fn(move || {
            if page.len() == 0 {
                let wanted = places.end.saturating_sub(next).min(PAGE);
                let read = match self.store.entries(next, wanted as usize) {
                    Ok(read) => read,
                    Err(error) => {
                        next = places.end;
                        return Some(Err(error.into()));
                    }
                };
                next += read.len() as u64;
                page = read.into_iter();
            }
            page.next().map(Ok)
        })
    }
}
