//! Hashing and counting what passes.

use std::io::{self, Read};
use std::ops::ControlFlow;

use journal::ContentId;
use sha2::{Digest, Sha256};

use super::manifest::broken;
use crate::error::Result;

/// What tells how far it is (bytes so far, bytes in all, of which 0 are none known yet), and may stop it.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// Hashes and counts what passes.
pub(super) struct Hashing<'a> {
    bytes: &'a mut dyn Read,
    hasher: Sha256,
    watch: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    done: &'a mut u64,
    total: u64,
    /// Whether whoever watches stopped it.
    pub stopped: bool,
}

impl<'a> Hashing<'a> {
    pub fn new(
        bytes: &'a mut dyn Read,
        watch: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>,
        done: &'a mut u64,
        total: u64,
    ) -> Self {
        Self {
            bytes,
            hasher: Sha256::new(),
            watch,
            done,
            total,
            stopped: false,
        }
    }

    /// What passed.
    pub fn id(self) -> ContentId {
        ContentId(self.hasher.finalize().into())
    }

    /// Whether everything that passed is `id`.
    pub fn must_be(self, name: &str, id: &ContentId) -> Result<()> {
        let found = self.id();
        match found == *id {
            true => Ok(()),
            false => Err(broken(format!("{name}: its bytes are {found}"))),
        }
    }
}

impl Read for Hashing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        *self.done += read as u64;
        if (self.watch)(*self.done, self.total).is_break() {
            self.stopped = true;
            return Err(io::Error::other("it was stopped before its end"));
        }
        Ok(read)
    }
}
