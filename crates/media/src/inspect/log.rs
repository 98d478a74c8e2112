//! The work log of a pass: what one that was cut off leaves to the next. The format is specified in
//! `docs/formats/work-log.md`.

mod entry;
mod pieces;
mod writer;

use std::collections::BTreeMap;
use std::fs::File;

use ring::hmac;
use serde::Serialize;

use crate::finding::Method;

pub(super) use entry::{Entry, Logged};
pub(super) use pieces::Pieces;
pub(super) use writer::Writer;

/// A file for the work log of a pass.
///
/// What it holds goes into results, so each piece of it carries a seal that only who has the key can
/// make: a log that was slipped in, or put together from others, counts for nothing.
#[derive(Debug)]
pub struct WorkLog {
    file: File,
    key: hmac::Key,
    identity: String,
}

/// What must be the same for a log to be gone on with.
#[derive(Debug, Serialize)]
pub(super) struct Header<'a> {
    /// Version of the format.
    pub(super) format: u32,
    /// The caller's part.
    pub(super) identity: &'a str,
    /// Size of the file under examination.
    pub(super) size: u64,
    pub(super) versions: &'a BTreeMap<String, String>,
    /// The methods that look at pictures, with their parameters.
    pub(super) methods: &'a [Method],
}

/// Version of the format.
pub(super) const FORMAT: u32 = 2;

impl WorkLog {
    /// A log in `file`, which is open for reading and writing and which nobody else uses meanwhile.
    ///
    /// `identity` names the bytes under examination, the caller's version, and whatever else the notes
    /// of the [`Memory`](super::Memory) depend on; a log of another identity is begun anew.
    pub fn new(file: File, key: &[u8; 32], identity: String) -> Self {
        Self {
            file,
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            identity,
        }
    }

    pub(super) fn identity(&self) -> &str {
        &self.identity
    }

    pub(super) fn pieces(self) -> Pieces {
        Pieces::new(self.file, self.key)
    }
}

impl Header<'_> {
    /// As the first piece holds it.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Maps, texts and numbers always have a JSON form; without it no log is like another.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
