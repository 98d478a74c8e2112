//! The only place that picks back ends: SQLite or PostgreSQL, and a folder or a bucket.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use store::{Blobs, Copies, Credentials, Folder, PgStore, S3, SqliteStore, Store};
use workbench::{Actor, Case, Error, Keys, Parts, PublicKey, Result};

use crate::passphrase;
use crate::place::{BlobPlace, Place};

const DATABASE: &str = "case.db";
const SCRATCH: &str = "scratch";
/// Where in it copies are of blobs that rest in a bucket, and how many bytes of them, unless it is said.
const COPIES: &str = "blobs";
const MOST_COPIES: u64 = 20_000_000_000;

/// Where a new case is to rest.
#[derive(Args, Default)]
pub struct Wanted {
    /// Keep journal and records on a PostgreSQL server, in a schema of their own: postgres://USER@HOST/DATABASE,
    /// with ?schema=NAME to choose its name. The password comes from PGPASSWORD or ~/.pgpass
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
    /// Keep originals and what is derived from them in this folder, which may be on another machine; or
    /// in a bucket, as s3://BUCKET/PREFIX. Its keys come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    /// AWS_SESSION_TOKEN and AWS_REGION
    #[arg(long, value_name = "DIR|s3://BUCKET/PREFIX")]
    pub blobs: Option<String>,
    /// The service that has the bucket, where it is not Amazon's: https://HOST
    #[arg(long, value_name = "URL", requires = "blobs")]
    pub endpoint: Option<String>,
}

/// What a case rests on.
pub type Resting = (Box<dyn Store>, Box<dyn Blobs>);

/// Whether `folder` holds a case, or says where it rests.
pub fn is_case(folder: &Path) -> bool {
    folder.join(DATABASE).is_file() || Place::is_in(folder)
}

/// Makes an empty case in `folder`, which may exist if it is empty, or if making a case there was cut off.
pub fn create(folder: &Path, actor: &str, wanted: &Wanted) -> Result<Case> {
    let (store, blobs) = begin(folder, wanted)?;
    case(folder, blobs, store, actor)
}

/// A place in `folder` for a case that comes from elsewhere: as [`create`], or one without entries, which
/// is what a case is that did not come to its end.
pub fn begin(folder: &Path, wanted: &Wanted) -> Result<Resting> {
    let taken = || taken(folder);
    let begun = is_case(folder);
    if !begun {
        make_folder(folder)?;
    }
    let place = Place::choose(folder, wanted)?;
    if begun && Place::read(folder)? != place {
        return Err(taken());
    }
    let (bucket, store) = made(folder, &place, begun).inspect_err(|_| {
        // Copies of nothing: whoever tries again finds the folder empty.
        if !begun {
            let _ = std::fs::remove_dir_all(folder.join(SCRATCH));
        }
    })?;
    if store.head()?.size > 0 {
        return Err(taken());
    }
    if !begun {
        place.write(folder)?;
    }
    Ok(match bucket {
        Some(bucket) => (store, Box::new(bucket)),
        None => (store, blobs(folder, &place)?),
    })
}

/// Whether a case can begin in `folder`, as far as that can be told before anything is made.
pub fn is_free(folder: &Path) -> Result<()> {
    if is_case(folder) {
        // What cannot be opened is for `begin` to judge: making a case there may have been cut off.
        let there = Place::read(folder).and_then(|place| store(folder, &place));
        let begun = there.is_ok_and(|store| store.head().is_ok_and(|head| head.size > 0));
        return match begun {
            true => Err(taken(folder)),
            false => Ok(()),
        };
    }
    let filled = std::fs::read_dir(folder).is_ok_and(|mut listed| listed.next().is_some());
    match filled {
        true => Err(not_empty(folder)),
        false => Ok(()),
    }
}

fn taken(folder: &Path) -> Error {
    Error::usage(format!("{} is a case already", folder.display()))
        .hint(format!("use it with --case {}", folder.display()))
}

fn not_empty(folder: &Path) -> Error {
    Error::usage(format!("{} is not empty", folder.display()))
        .hint("name a new folder for the case")
}

/// The bucket, if blobs are to rest in one, and the store of a new case. The bucket is tried first, unless
/// making the case had `begun`.
fn made(folder: &Path, place: &Place, begun: bool) -> Result<(Option<S3>, Box<dyn Store>)> {
    let bucket = match place.blobs(folder)? {
        BlobPlace::Bucket(bucket) if !begun => {
            Some(S3::create(bucket, &credentials()?, &copies(folder)?)?)
        }
        _ => None,
    };
    Ok((bucket, make_store(folder, place, begun)?))
}

/// An empty folder, on disk when this returns.
fn make_folder(folder: &Path) -> Result<()> {
    let doing = |error| Error::io(format!("making {}", folder.display()), &error);
    let whole = std::path::absolute(folder).map_err(doing)?;
    let fresh = whole.ancestors().take_while(|it| !it.exists());
    let fresh: Vec<&Path> = fresh.collect();
    std::fs::create_dir_all(folder).map_err(doing)?;
    for made in fresh.into_iter().filter_map(Path::parent) {
        let synced = std::fs::File::open(made).and_then(|above| above.sync_all());
        synced.map_err(doing)?;
    }
    let mut listed = std::fs::read_dir(folder).map_err(doing)?;
    match listed.next() {
        None => Ok(()),
        Some(_) => Err(not_empty(folder)),
    }
}

/// An empty store; where making the case had `begun`, also one that is there, whatever is in it.
fn make_store(folder: &Path, place: &Place, begun: bool) -> Result<Box<dyn Store>> {
    let path = folder.join(DATABASE);
    Ok(match &place.database {
        Some(address) => match PgStore::create(address) {
            Err(taken @ store::Error::AlreadyThere(_)) => match PgStore::open(address) {
                Ok(there) if begun || there.head()?.size == 0 => Box::new(there),
                _ => return Err(taken.into()),
            },
            made => Box::new(made?),
        },
        None => match SqliteStore::create(&path) {
            Err(store::Error::AlreadyThere(_)) => Box::new(SqliteStore::open(&path)?),
            made => Box::new(made?),
        },
    })
}

/// Opens the case in `folder`.
pub fn open(folder: &Path, actor: &str) -> Result<Case> {
    let place = Place::read(folder)?;
    let store = store(folder, &place)?;
    let case = case(folder, blobs(folder, &place)?, store, actor)?;
    // Where erasing was cut off, it is gone on with before anything is read.
    case.finish_removals()?;
    Ok(case)
}

/// Where the case in `folder` rests.
pub fn kept(folder: &Path) -> Result<Resting> {
    let place = Place::read(folder)?;
    Ok((store(folder, &place)?, blobs(folder, &place)?))
}

fn store(folder: &Path, place: &Place) -> Result<Box<dyn Store>> {
    Ok(match &place.database {
        Some(address) => Box::new(PgStore::open(address)?),
        None => Box::new(SqliteStore::open(&folder.join(DATABASE))?),
    })
}

/// The blobs of the case in `folder`.
fn blobs(folder: &Path, place: &Place) -> Result<Box<dyn Blobs>> {
    Ok(match place.blobs(folder)? {
        BlobPlace::Folder(path) => Box::new(Folder::open(&path)?),
        BlobPlace::Bucket(bucket) => Box::new(S3::open(bucket, &credentials()?, &copies(folder)?)?),
    })
}

/// Where copies are of blobs that rest in a bucket.
fn copies(folder: &Path) -> Result<Copies> {
    Ok(Copies {
        folder: folder.join(SCRATCH).join(COPIES),
        most: most_copies()?,
    })
}

/// `$FRAMEWITNESS_COPIES`: how many bytes copies of blobs in a bucket may take here.
fn most_copies() -> Result<u64> {
    match std::env::var("FRAMEWITNESS_COPIES") {
        Err(_) => Ok(MOST_COPIES),
        Ok(text) => text.parse().map_err(|_| {
            Error::usage(format!("FRAMEWITNESS_COPIES is {text:?}"))
                .hint("it is a number of bytes, such as 20000000000")
        }),
    }
}

/// What a bucket is opened with, from the variables that every program for S3 knows.
fn credentials() -> Result<Credentials> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let needed = |name: &str| {
        set(name).ok_or_else(|| {
            Error::usage(format!("the blobs of this case rest in a bucket, and {name} is not set"))
                .hint("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; Framewitness keeps no copy of them")
        })
    };
    Ok(Credentials {
        key_id: needed("AWS_ACCESS_KEY_ID")?,
        secret: needed("AWS_SECRET_ACCESS_KEY")?,
        token: set("AWS_SESSION_TOKEN"),
        region: set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION")),
        in_clear: set("AWS_ALLOW_HTTP").is_some_and(|said| said.eq_ignore_ascii_case("true")),
    })
}

fn case(folder: &Path, blobs: Box<dyn Blobs>, store: Box<dyn Store>, actor: &str) -> Result<Case> {
    let author = author(store.as_ref(), actor)?;
    Ok(Case::new(Parts {
        store,
        blobs,
        author: Box::new(author),
        decoder: decoder(),
        exiftool: exiftool(),
        clock: Box::new(workbench::now),
        scratch: folder.join(SCRATCH),
    }))
}

/// The actor with the key that signs for it in this case: an older one than its current key, where that
/// is not known here yet.
fn author(store: &dyn Store, actor: &str) -> Result<Actor> {
    let known = store
        .actors()?
        .into_iter()
        .find(|a| a.origin.actor == actor);
    let standing = known.and_then(|known| PublicKey::from_openssh(&known.public_key).ok());
    match standing {
        Some(standing) => keys().holding(actor, standing),
        None => keys().current(actor),
    }
}

/// The keys of this user.
pub fn keys() -> Keys {
    Keys::new(home().join("keys"), Arc::new(passphrase::of_key))
}

/// What belongs to the user and to no case: `$FRAMEWITNESS_HOME`, else a folder in that of
/// configurations.
pub fn home() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || set("HOME").unwrap_or_else(|| PathBuf::from("."));
    let config = || set("XDG_CONFIG_HOME").unwrap_or_else(|| home().join(".config"));
    set("FRAMEWITNESS_HOME").unwrap_or_else(|| config().join("framewitness"))
}

/// Where exiftool is: `$FRAMEWITNESS_EXIFTOOL`, else where systems put it. Not by `PATH`, on which
/// anybody may have put another.
fn exiftool() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("FRAMEWITNESS_EXIFTOOL") {
        return Some(named.into());
    }
    let places = ["/usr/bin/exiftool", "/usr/local/bin/exiftool"].map(PathBuf::from);
    places.into_iter().find(|place| place.is_file())
}

/// The decoder program; or why none can be started.
pub fn decoder() -> std::result::Result<media::decoder::Decoder, media::decoder::Error> {
    match std::env::var_os("FRAMEWITNESS_DECODER") {
        Some(program) => Ok(media::decoder::Decoder::new(
            program.into(),
            media::decoder::Limits::default(),
        )),
        None => media::decoder::Decoder::beside_current_exe(),
    }
}
