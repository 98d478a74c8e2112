//! What every back end does alike: appending, reading, proving and rebuilding, over the few things
//! that a transaction of it can do.

mod adopt;
mod append;
mod check;
mod erase;
mod heads;
mod once;
mod quick;
mod rebuild;
mod side_by_side;
mod verbs;

use journal::tree::Frontier;
use journal::{ContentId, Envelope};

use crate::error::Error;
use crate::fold::{Row, Table, Tables};
use crate::problem::{Place, Problem};
use crate::search::{self, Index};
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

    /// As [`Backend::write`], for short work that may see, and be committed with, that of other threads
    /// who come at the same time, so that they share a sync.
    fn write_together<T>(
        &self,
        work: impl FnOnce(&mut dyn Entries) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write(work)
    }
}

/// What a transaction of a back end can do beside what [`Tables`] says.
pub(crate) trait Entries: Index {
    /// The head as it is kept beside the entries.
    fn head(&self) -> Result<KeptHead, Error>;
    /// At most `limit` envelopes from `from` on, each with its place, in order.
    fn envelopes(&self, from: u64, limit: usize) -> Result<Vec<(u64, Vec<u8>)>, Error>;
    /// Adds an entry.
    fn add(&mut self, seq: u64, envelope: &[u8]) -> Result<(), Error>;
    /// Keeps `head` in the place of the one before.
    fn keep_head(&mut self, head: &KeptHead) -> Result<(), Error>;
    /// At most `limit` rows with a number above `after`, by number.
    fn rows_after(&self, table: Table, after: i64, limit: usize) -> Result<Vec<Row>, Error>;
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

/// The records of a case while an event is applied to them: what is put is noted, so that the index can
/// follow.
struct Noted<'a> {
    kept: &'a mut dyn Entries,
    changed: Vec<(Table, Row)>,
}

impl Tables for Noted<'_> {
    fn row(&self, table: Table, number: u32) -> Result<Option<Row>, Error> {
        self.kept.row(table, number)
    }

    fn labelled(&self, table: Table, label: &str) -> Result<Option<Row>, Error> {
        self.kept.labelled(table, label)
    }

    fn rows(&self, table: Table) -> Result<Vec<Row>, Error> {
        self.kept.rows(table)
    }

    fn last(&self, table: Table) -> Result<u32, Error> {
        self.kept.last(table)
    }

    fn put(&mut self, table: Table, row: Row) -> Result<(), Error> {
        self.changed.push((table, row.clone()));
        self.kept.put(table, row)
    }
}

/// Makes the index of words anew where another version of this program kept it in another form.
pub(crate) fn bring_up_to_date(backend: &impl Backend) -> Result<(), Error> {
    let current = search::form();
    if backend.read(|kept| kept.form())? == current {
        return Ok(());
    }
    backend.write(|kept| match kept.form()? == current {
        // Another program was faster.
        true => Ok(()),
        false => search::reform(kept),
    })
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
