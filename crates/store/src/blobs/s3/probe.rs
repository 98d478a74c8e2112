//! Whether a service keeps what it is told to create only.

use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{Error as Said, ObjectStoreExt};

use super::address::Bucket;
use super::failure::sort;
use super::upload::create;
use crate::error::Error;

/// The object that says what the others are, and by which create-only is tried.
const MARK: &str = "framewitness.txt";
const TEXT: &str = "Blobs of a Framewitness case lie beside this object, each under the SHA-256 of its bytes.\n\
                    They are written once. This object stays too: writing it again must fail.\n";
/// The object by which completing a large upload is tried.
const LARGE: &str = "framewitness-large.txt";

const LIES: &str = "choose a service that honours `If-None-Match: *` when it writes";

/// Makes `bucket` a place for blobs.
pub(super) async fn begin(store: &AmazonS3, bucket: &Bucket) -> Result<(), Error> {
    let mark = bucket.object(MARK);
    let said = |said: Said| sort(&said, &bucket.shown());
    if create(store, &mark, TEXT.into()).await.map_err(said)?
        && create(store, &mark, TEXT.into()).await.map_err(said)?
    {
        return Err(overwrites(bucket, "an object"));
    }
    look(store, bucket).await
}

/// Whether `bucket` is a place for blobs and keeps them. One that may only be read is.
pub(super) async fn resume(store: &AmazonS3, bucket: &Bucket) -> Result<(), Error> {
    look(store, bucket).await?;
    match create(store, &bucket.object(MARK), TEXT.into()).await {
        Ok(false) | Err(Said::PermissionDenied { .. }) => Ok(()),
        Ok(true) => Err(overwrites(bucket, "an object")),
        Err(said) => Err(sort(&said, &bucket.shown())),
    }
}

/// Whether an object that is put in parts is kept too. Asked before the first such object.
pub(super) async fn large(store: &AmazonS3, bucket: &Bucket) -> Result<(), Error> {
    let name = bucket.object(LARGE);
    for _ in 0..2 {
        let put = async {
            let mut upload = store.put_multipart(&name).await?;
            upload.put_part(TEXT.into()).await?;
            let completed = upload.complete().await;
            if completed.is_err() {
                upload.abort().await.ok();
            }
            completed
        };
        match put.await {
            Ok(_) => {}
            Err(Said::Precondition { .. } | Said::AlreadyExists { .. }) => return Ok(()),
            Err(said) => return Err(sort(&said, &bucket.shown())),
        }
    }
    Err(overwrites(bucket, "a large object"))
}

async fn look(store: &AmazonS3, bucket: &Bucket) -> Result<(), Error> {
    let mark: Path = bucket.object(MARK);
    let found = match store.get(&mark).await {
        Ok(found) => found.bytes().await,
        Err(said) => Err(said),
    };
    let server = bucket.shown();
    match found {
        Ok(text) if *text == *TEXT.as_bytes() => Ok(()),
        Ok(_) => Err(Error::server(
            &server,
            format!("its object {mark} is not what Framewitness wrote"),
            "look at who else writes there",
        )),
        Err(said @ Said::NotFound { .. }) if !said.to_string().contains("NoSuchBucket") => {
            Err(Error::server(
                &server,
                "no blobs of Framewitness are kept there".to_owned(),
                "look at `blobs` and `endpoint` in case.toml",
            ))
        }
        Err(said) => Err(sort(&said, &server)),
    }
}

fn overwrites(bucket: &Bucket, what: &str) -> Error {
    let what = format!(
        "it wrote over {what} although it was told to create it only: evidence is not safe there"
    );
    Error::server(&bucket.shown(), what, LIES)
}
