//! Blobs: bytes kept under their content id, written once.

mod folder;
mod hashing;
mod incoming;
mod s3;
mod tombstone;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use journal::ContentId;

pub use folder::Folder;
pub use hashing::{Ended, Hashed, hash};
pub use s3::{Bucket, Copies, Credentials, S3};
pub use tombstone::Tombstone;

use crate::error::Error;
use crate::problem::{Place, Problem};

/// A place for blobs.
///
/// Every verb may block. A blob is there whole or not at all, under the id of its bytes; when
/// [`Blobs::put`] returns `Ok`, it survives a power cut. There is no verb that changes a blob. One removes
/// it, [`Blobs::erase`], and takes a proof that the journal holds its tombstone.
pub trait Blobs: Send + Sync {
    /// Keeps everything that `bytes` gives, hashing while it arrives. `progress` is told the
    /// number of bytes so far, once a MiB or oftener.
    ///
    /// # Errors
    /// Whatever `bytes` fails with, a full disk, or [`Error::Damaged`] when these bytes were kept
    /// before and what is kept now has another size. Nothing is kept then.
    fn put(&self, bytes: &mut dyn Read, progress: &mut dyn FnMut(u64)) -> Result<Stored, Error>;

    /// Keeps `bytes`.
    ///
    /// # Errors
    /// As [`Blobs::put`].
    fn put_bytes(&self, bytes: &[u8]) -> Result<Stored, Error> {
        let mut rest = bytes;
        self.put(&mut rest, &mut |_| {})
    }

    /// Opens a blob for reading, from its first byte: the kept file, or a copy whose hash was compared.
    ///
    /// # Errors
    /// [`Error::NoBlob`] when it is not here; [`Error::Damaged`] when a copy had to be made, and has
    /// another hash.
    fn open(&self, id: &ContentId) -> Result<File, Error>;

    /// Gives a blob from its first byte on as it arrives from where it is kept, without a copy here. Its
    /// hash was not compared: whoever reads it must.
    ///
    /// # Errors
    /// [`Error::NoBlob`] when it is not here. What fails later, the reader says.
    fn stream<'a>(&'a self, id: &ContentId) -> Result<Box<dyn Read + 'a>, Error> {
        Ok(Box::new(self.open(id)?))
    }

    /// Whether a blob is kept under `id`. Does not read it.
    fn contains(&self, id: &ContentId) -> Result<bool, Error>;

    /// Every blob, with its size in bytes.
    fn sizes(&self) -> Result<BTreeMap<ContentId, u64>, Error>;

    /// Every blob, in the order of their ids.
    ///
    /// # Errors
    /// As [`Blobs::sizes`].
    fn ids(&self) -> Result<Vec<ContentId>, Error> {
        Ok(self.sizes()?.into_keys().collect())
    }

    /// Reads the whole blob and says what is wrong with it: missing, not of `size` bytes (where
    /// the caller knows what it should be), unreadable, or of another hash. Nothing when it is
    /// sound.
    ///
    /// # Errors
    /// Only when it could not look.
    fn check(&self, id: &ContentId, size: Option<u64>) -> Result<Option<Problem>, Error>;

    /// Erases the blob that `tombstone` is for, durably. Whether it was there.
    ///
    /// # Errors
    /// It could not be erased, or not so that it stays erased after a power cut: erase it again.
    fn erase(&self, tombstone: &Tombstone) -> Result<bool, Error>;
}

/// What is wrong with blob `id`, which should have `size` bytes where that is known, and was read as
/// `found` bytes with the hash `digest`.
fn unlike(id: &ContentId, size: Option<u64>, found: u64, digest: &ContentId) -> Option<Problem> {
    let what = match size {
        Some(size) if size != found => format!("it has {found} bytes, not {size}"),
        _ if digest != id => format!("its bytes are {digest}"),
        _ => return None,
    };
    Some(Problem::new(Place::Blob(*id), what))
}

/// What was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Content id (SHA-256).
    pub id: ContentId,
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 of the bytes, 64 hexadecimal digits.
    pub blake3: String,
    /// False when the same bytes were kept before.
    pub fresh: bool,
}
