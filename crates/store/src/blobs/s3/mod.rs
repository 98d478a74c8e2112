//! Blobs in a bucket of a service that speaks the protocol of Amazon S3: `sha256/ab/ab34…` under the
//! prefix, as in a folder.

mod address;
mod cache;
mod create_only;
mod failure;
mod probe;
mod reading;
mod upload;

use std::collections::BTreeMap;
use std::fs::File;
use std::future::poll_fn;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Mutex;

use journal::ContentId;
use object_store::aws::AmazonS3;
use object_store::{Error as Said, GetResult, ObjectStore, ObjectStoreExt};
use tokio::runtime::Runtime;

pub use address::{Bucket, Credentials};

use self::cache::Cache;
use self::failure::sort;
use self::reading::reading;
use self::upload::{AT_ONCE, Failed, create, create_large};
use super::{Blobs, Ended, Hashed, Stored, Tombstone, hash, unlike};
use crate::error::Error;
use crate::problem::{Place, Problem};

/// Blobs in a bucket. Several processes may use it at once.
///
/// Bytes that arrive are hashed on their way into a temporary file here, put under the name of their
/// hash where nothing is, read back and hashed again; only then are they acknowledged. What is opened is
/// a copy here whose hash was compared.
pub struct S3 {
    bucket: Bucket,
    store: AmazonS3,
    cache: Cache,
    /// There until this is dropped.
    runtime: Option<Runtime>,
    /// Whether large objects are known to be kept.
    large: Mutex<bool>,
}

/// Copies on this machine of what is in a bucket.
pub struct Copies {
    /// The folder for them, which nothing else uses.
    pub folder: PathBuf,
    /// Bytes that they may take; the newest is kept even if it is larger.
    pub most: u64,
}

impl S3 {
    /// Makes a place for blobs, which may be there already.
    ///
    /// # Errors
    /// [`Error::Server`] when the service cannot be reached, refuses, or writes over an object that it
    /// was told to create only; and what the file system says of the copies.
    pub fn create(bucket: Bucket, with: &Credentials, copies: &Copies) -> Result<Self, Error> {
        let s3 = Self::connect(bucket, with, copies)?;
        s3.runtime().block_on(probe::begin(&s3.store, &s3.bucket))?;
        Ok(s3)
    }

    /// Opens a place for blobs, which must be there.
    ///
    /// # Errors
    /// As [`S3::create`].
    pub fn open(bucket: Bucket, with: &Credentials, copies: &Copies) -> Result<Self, Error> {
        let s3 = Self::connect(bucket, with, copies)?;
        s3.runtime()
            .block_on(probe::resume(&s3.store, &s3.bucket))?;
        Ok(s3)
    }

    fn connect(bucket: Bucket, with: &Credentials, copies: &Copies) -> Result<Self, Error> {
        let cache = Cache::open(&copies.folder, copies.most)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("s3")
            .enable_all()
            .build()
            .map_err(|e| Error::io(cache.path(), e))?;
        Ok(Self {
            store: bucket.connect(with)?,
            bucket,
            cache,
            runtime: Some(runtime),
            large: Mutex::new(false),
        })
    }

    #[allow(clippy::expect_used)]
    fn runtime(&self) -> &Runtime {
        // Put there when this is made, and taken by `drop` alone.
        self.runtime.as_ref().expect("a runtime")
    }

    fn said(&self, said: &Said) -> Error {
        sort(said, &self.bucket.shown())
    }

    fn name(&self, id: &ContentId) -> object_store::path::Path {
        let hex = id.hex();
        self.bucket.object(&format!("sha256/{}/{hex}", &hex[..2]))
    }

    /// Size of the object `id`, where there is one.
    fn size(&self, id: &ContentId) -> Result<Option<u64>, Error> {
        match self.runtime().block_on(self.store.head(&self.name(id))) {
            Ok(object) => Ok(Some(object.size)),
            Err(Said::NotFound { .. }) => Ok(None),
            Err(said) => Err(self.said(&said)),
        }
    }

    /// Puts what is in `file` as `kept`, which must be read back before it is acknowledged. Whether
    /// nothing was there.
    fn upload(&self, file: &mut File, kept: &Stored) -> Result<bool, Error> {
        if let Some(size) = self.size(&kept.id)? {
            return same_size(size, kept).map(|()| false);
        }
        let name = self.name(&kept.id);
        let put = if kept.size > AT_ONCE {
            self.probe_large()?;
            let from = (file, self.cache.path());
            let put = create_large(&self.store, &name, from, kept.size);
            self.runtime().block_on(put)
        } else {
            let mut bytes = Vec::new();
            let read = file.read_to_end(&mut bytes);
            read.map_err(|e| Error::io(self.cache.path(), e))?;
            let put = create(&self.store, &name, bytes);
            self.runtime().block_on(put).map_err(Failed::Said)
        };
        let fresh = put.map_err(|failed| match failed {
            Failed::Said(said) => self.said(&said),
            Failed::File(error) => error,
        })?;
        let back = self.read(&kept.id)?;
        if back.id != kept.id {
            let what = format!(
                "the service gave back other bytes than it was sent: {}",
                back.id
            );
            return Err(Error::damaged(Place::Blob(kept.id), what));
        }
        Ok(fresh)
    }

    fn probe_large(&self) -> Result<(), Error> {
        let mut known = self.large.lock().unwrap_or_else(|e| e.into_inner());
        if !*known {
            self.runtime()
                .block_on(probe::large(&self.store, &self.bucket))?;
            *known = true;
        }
        Ok(())
    }

    fn get(&self, id: &ContentId) -> Result<GetResult, Error> {
        match self.runtime().block_on(self.store.get(&self.name(id))) {
            Ok(object) => Ok(object),
            Err(Said::NotFound { .. }) => Err(Error::NoBlob(*id)),
            Err(said) => Err(self.said(&said)),
        }
    }

    /// Reads the whole object.
    fn read(&self, id: &ContentId) -> Result<Hashed, Error> {
        let mut bytes = reading(self.runtime(), self.get(id)?);
        let hashed: Result<_, Ended<()>> = hash(&mut bytes, |_, _| Ok(()));
        hashed.map_err(|ended| match (bytes.failed, ended) {
            (Some(said), _) => self.said(&said),
            (None, Ended::Read(e)) => Error::io(Path::new("input"), e),
            (None, Ended::Watcher(())) => Error::NoBlob(*id),
        })
    }

    /// Makes a copy here of the object `id`.
    fn fetch(&self, id: &ContentId) -> Result<File, Error> {
        let mut bytes = reading(self.runtime(), self.get(id)?);
        let taken = self.cache.take(&mut bytes, &mut |_| {});
        let (taken, file) = match (taken, bytes.failed) {
            (Err(_), Some(said)) => return Err(self.said(&said)),
            (taken, _) => taken?,
        };
        if taken.id == *id {
            return Ok(file);
        }
        self.cache.remove(&taken.id)?;
        let what = format!("its bytes are {}", taken.id);
        Err(Error::damaged(Place::Blob(*id), what))
    }
}

impl Blobs for S3 {
    fn put(&self, bytes: &mut dyn Read, progress: &mut dyn FnMut(u64)) -> Result<Stored, Error> {
        let (taken, mut file) = self.cache.take(bytes, progress)?;
        match self.upload(&mut file, &taken) {
            Ok(fresh) => Ok(Stored { fresh, ..taken }),
            Err(error) => {
                // What is not in the bucket is not kept.
                self.cache.remove(&taken.id)?;
                Err(error)
            }
        }
    }

    fn open(&self, id: &ContentId) -> Result<File, Error> {
        match self.cache.get(id)? {
            Some(file) => Ok(file),
            None => self.fetch(id),
        }
    }

    fn stream<'a>(&'a self, id: &ContentId) -> Result<Box<dyn Read + 'a>, Error> {
        Ok(Box::new(reading(self.runtime(), self.get(id)?)))
    }

    fn contains(&self, id: &ContentId) -> Result<bool, Error> {
        Ok(self.size(id)?.is_some())
    }

    fn sizes(&self) -> Result<BTreeMap<ContentId, u64>, Error> {
        let mut sizes = BTreeMap::new();
        let mut objects = self.store.list(Some(&self.bucket.object("sha256")));
        let mut next = || {
            let next = poll_fn(|context| Pin::as_mut(&mut objects).poll_next(context));
            self.runtime().block_on(next)
        };
        while let Some(object) = next() {
            let object = object.map_err(|said| self.said(&said))?;
            let name = object.location.filename().unwrap_or_default();
            if let Ok(id) = format!("sha256:{name}").parse() {
                sizes.insert(id, object.size);
            }
        }
        Ok(sizes)
    }

    fn check(&self, id: &ContentId, size: Option<u64>) -> Result<Option<Problem>, Error> {
        match self.read(id) {
            Ok(found) => Ok(unlike(id, size, found.size, &found.id)),
            Err(Error::NoBlob(_)) => Ok(Some(Problem::new(Place::Blob(*id), "it is missing"))),
            Err(error) => Err(error),
        }
    }

    fn erase(&self, tombstone: &Tombstone) -> Result<bool, Error> {
        let name = self.name(tombstone.blob());
        self.cache.remove(tombstone.blob())?;
        let object = match self.runtime().block_on(self.store.head(&name)) {
            Ok(object) => object,
            Err(Said::NotFound { .. }) => return Ok(false),
            Err(said) => return Err(self.said(&said)),
        };
        self.runtime()
            .block_on(self.store.delete(&name))
            .map_err(|said| self.said(&said))?;
        match object.version.filter(|version| version != "null") {
            None => Ok(true),
            // What was deleted is hidden there, not gone.
            Some(version) => Err(Error::server(
                &self.bucket.shown(),
                format!(
                    "it keeps versions: {name} is hidden, and its version {version} is not erased"
                ),
                "have that version erased by whoever rules the bucket; nothing here can",
            )),
        }
    }
}

impl Drop for S3 {
    fn drop(&mut self) {
        // Waiting for its threads is what a thread that drives async tasks may not do.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn same_size(size: u64, kept: &Stored) -> Result<(), Error> {
    if size == kept.size {
        return Ok(());
    }
    let what = format!("what is kept has {size} bytes, what arrived {}", kept.size);
    Err(Error::damaged(Place::Blob(kept.id), what))
}
