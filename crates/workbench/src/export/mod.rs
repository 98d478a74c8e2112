//! A whole case in one file or folder, to be kept or moved: docs/formats/export.md.

mod check;
mod container;
mod give;
mod hashing;
mod lines;
mod manifest;
mod opener;
mod sealed;
mod take;

pub use check::{Checked, check};
pub use container::{Folder, Put, Source, Tar, Walk, folder, tar};
pub use hashing::Watch;
pub use manifest::Missing;
pub use opener::{Ask, Opener, is_sealed};
pub use sealed::{Lock, Locked};
pub use take::Imported;

use journal::Entry;
use serde::Serialize;
use store::Holdings;
use store::event::Event;

use crate::error::{Error, Result};

/// What the form of an export is called.
const FORMAT: &str = "framewitness-export/1";
/// What it holds, and of which case.
const MANIFEST: &str = "export.json";
/// SHA-256 of every other file of it.
const SUMS: &str = "SHA256SUMS";
/// Envelopes, a line each.
const JOURNAL: &str = "journal.jsonl";

/// What was exported.
#[derive(Clone, Debug, Serialize)]
pub struct Exported {
    /// Name of the case.
    pub case: String,
    /// Entries of the journal.
    pub entries: u64,
    /// Root of the tree over them.
    pub root: String,
    /// Blobs, each hashed on its way.
    pub blobs: usize,
    /// Bytes of blobs and journal.
    pub bytes: u64,
    /// Blobs that an entry names, that no tombstone let go, and that are not kept.
    pub missing: Vec<Missing>,
}

/// Takes up the blobs of `entry`.
fn take_up(holdings: &mut Holdings, entry: &Entry) -> Result<()> {
    let event = Event::from_entry(&entry.kind, &entry.body)
        .map_err(|why| Error::integrity(format!("entry {}: {why}", entry.seq)))?;
    holdings.take(entry.seq, &event);
    Ok(())
}
