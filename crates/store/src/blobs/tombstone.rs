//! The one key to the one door through which bytes leave a case.

use journal::ContentId;

/// Proof that the journal holds a tombstone for a blob and names it for nothing that stands. Only a store
/// makes it ([`crate::Store::erase`]), from its own journal, while nobody else can append to it.
#[derive(Debug)]
pub struct Tombstone {
    blob: ContentId,
    entry: u64,
}

impl Tombstone {
    pub(crate) fn new(blob: ContentId, entry: u64) -> Self {
        Self { blob, entry }
    }

    /// The blob that may be erased.
    pub fn blob(&self) -> &ContentId {
        &self.blob
    }

    /// The entry that says so.
    pub fn entry(&self) -> u64 {
        self.entry
    }
}
