//! Putting an object where none is.

use std::fs::File;
use std::io::Read;
use std::path::Path as FilePath;

use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{
    Error as Said, ObjectStore, ObjectStoreExt, PutMode, PutPayload, WriteMultipart,
};

use crate::error::Error;

/// What is larger is put in parts: a part is held in memory, as is whatever is put at once.
pub(super) const AT_ONCE: u64 = 16 << 20;

/// Parts that are under way at once.
const UNDER_WAY: usize = 3;

/// Parts that an object may have (S3 user guide, "multipart upload limits").
const MOST_PARTS: u64 = 10_000;

/// Why an object was not put.
pub(super) enum Failed {
    /// The service says.
    Said(Said),
    /// The file to be put cannot be read.
    File(Error),
}

impl From<Said> for Failed {
    fn from(said: Said) -> Self {
        Self::Said(said)
    }
}

/// Puts `bytes` at once. Whether nothing was there: else nothing is changed.
pub(super) async fn create(to: &AmazonS3, name: &Path, bytes: Vec<u8>) -> Result<bool, Said> {
    let options = PutMode::Create.into();
    fresh(
        to.put_opts(name, PutPayload::from(bytes), options)
            .await
            .map(|_| ()),
    )
}

/// Puts the `size` bytes of `file` in parts. Whether nothing was there: else nothing is changed.
pub(super) async fn create_large(
    to: &AmazonS3,
    name: &Path,
    (file, path): (&mut File, &FilePath),
    size: u64,
) -> Result<bool, Failed> {
    let part = usize::try_from(AT_ONCE.max(size.div_ceil(MOST_PARTS))).unwrap_or(usize::MAX);
    let mut upload = WriteMultipart::new_with_chunk_size(to.put_multipart(name).await?, part);
    if let Err(failed) = send(&mut upload, file, path).await {
        // The service forgets the parts sooner or later: what went wrong is what is told.
        upload.abort().await.ok();
        return Err(failed);
    }
    Ok(fresh(upload.finish().await.map(|_| ()))?)
}

async fn send(upload: &mut WriteMultipart, file: &mut File, path: &FilePath) -> Result<(), Failed> {
    let mut chunk = vec![0; 1 << 20];
    loop {
        upload.wait_for_capacity(UNDER_WAY).await?;
        match file.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(read) => upload.write(&chunk[..read]),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Failed::File(Error::io(path, e))),
        }
    }
}

fn fresh(put: Result<(), Said>) -> Result<bool, Said> {
    match put {
        Ok(()) => Ok(true),
        Err(Said::AlreadyExists { .. } | Said::Precondition { .. } | Said::NotModified { .. }) => {
            Ok(false)
        }
        Err(said) => Err(said),
    }
}
