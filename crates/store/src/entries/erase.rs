//! Erasing what tombstones let go.

use journal::ContentId;

use super::{Backend, Entries, recorded};
use crate::blobs::{Blobs, Tombstone};
use crate::error::Error;
use crate::holdings::Holdings;
use crate::problem::Place;

/// Entries read at a time.
const PAGE: usize = 1000;

/// Erases from `blobs` what the journal lets go, and says which blobs were still there.
pub(super) fn erase(backend: &impl Backend, blobs: &dyn Blobs) -> Result<Vec<ContentId>, Error> {
    // A tombstone that was written by a program that was killed may be in sight before it is on disk.
    // Whatever is committed after it is on disk only when it is too.
    backend.write(|kept| {
        let head = kept.head()?;
        kept.keep_head(&head)
    })?;
    // Nobody can append meanwhile, so no entry begins to name what is being erased.
    backend.write(|kept| {
        let mut erased = Vec::new();
        let holdings = holdings(kept)?;
        let mut gone: Vec<_> = holdings.let_go(&holdings.kept()).into_iter().collect();
        // Originals last: whoever finds none left need not look for the rest.
        gone.sort_by_key(|(_, held)| held.size.is_some());
        for (id, held) in gone {
            if blobs.erase(&Tombstone::new(id, held.entry))? {
                erased.push(id);
            }
        }
        Ok(erased)
    })
}

fn holdings(kept: &dyn Entries) -> Result<Holdings, Error> {
    let mut holdings = Holdings::default();
    let mut from = 0;
    loop {
        let page = recorded(kept, from, PAGE)?;
        let Some(last) = page.last() else {
            return Ok(holdings);
        };
        from = last.entry.seq + 1;
        for recorded in &page {
            let seq = recorded.entry.seq;
            let event = recorded.event();
            let event = event.map_err(|e| Error::damaged(Place::Entry(seq), e.to_string()))?;
            holdings.take(seq, &event);
        }
    }
}
