//! What every back end does alike: appending, reading, proving and rebuilding, over the few things
//! that a transaction of it can do.

mod append;
mod check;
mod erase;
mod rebuild;
mod verbs;

use journal::tree::Frontier;
use journal::{ContentId, Envelope};

use crate::error::Error;
use crate::fold::{Table, Tables};
use crate::problem::{Place, Problem};
use crate::store::Recorded;

/// A back end: transactions over [`Entries`]. Whatever implements this is a [`crate::Store`].
pub(crate) trait Backend: Send + Sync {
    /// Lets `look` see one moment of the case.
    fn read<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error>;

    /// As [`Backend::read`], for a look that may take long while others go on writing.
    fn survey<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error>;

    /// Lets `work` change the case while every other writer waits. When this returns `Ok`, what it
    /// did is on disk; when `work` or anything after it fails, nothing of it was done.
    fn write<T>(&self, work: impl FnOnce(&mut dyn Entries) -> Result<T, Error>)
    -> Result<T, Error>;
}

/// What a transaction of a back end can do beside what [`Tables`] says.
pub(crate) trait Entries: Tables {
    /// The head as it is kept beside the entries.
    fn head(&self) -> Result<KeptHead, Error>;
    /// At most `limit` envelopes from `from` on, each with its place, in order.
    fn envelopes(&self, from: u64, limit: usize) -> Result<Vec<(u64, Vec<u8>)>, Error>;
    /// Adds an entry.
    fn add(&mut self, seq: u64, envelope: &[u8]) -> Result<(), Error>;
    /// Keeps `head` in the place of the one before.
    fn keep_head(&mut self, head: &KeptHead) -> Result<(), Error>;
    /// Empties a projection.
    fn clear(&mut self, table: Table) -> Result<(), Error>;
    /// What the database itself finds wrong, and where its layout is not the one of this version.
    fn structure(&self) -> Result<Vec<Problem>, Error>;
}

/// The head as it is kept beside the entries.
#[derive(Clone)]
pub(crate) struct KeptHead {
    pub(crate) tree: Frontier,
    pub(crate) last: ContentId,
}

impl KeptHead {
    /// The head of `size` entries with these peaks.
    pub(crate) fn new(size: u64, last: [u8; 32], peaks: &[u8]) -> Result<Self, Error> {
        let tree = Frontier::from_bytes(size, peaks)
            .ok_or_else(|| Error::damaged(Place::Head, "its peaks do not fit its size"))?;
        Ok(Self {
            tree,
            last: ContentId(last),
        })
    }
}

/// At most `limit` entries from `from` on, opened.
fn recorded(kept: &dyn Entries, from: u64, limit: usize) -> Result<Vec<Recorded>, Error> {
    let open = |(seq, envelope): (u64, Vec<u8>)| {
        let opened = Envelope::open(&envelope);
        let Envelope { entry, id, .. } =
            opened.map_err(|bad| Error::damaged(Place::Entry(seq), bad.to_string()))?;
        Ok(Recorded {
            entry,
            hash: id,
            envelope,
        })
    };
    kept.envelopes(from, limit)?.into_iter().map(open).collect()
}
