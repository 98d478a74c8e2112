//! The only place that picks back ends: SQLite or PostgreSQL, and a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use store::{Folder, PgStore, SqliteStore, Store};
use workbench::{Actor, Case, Error, Keys, Parts, PublicKey, Result};

use crate::passphrase;
use crate::place::Place;

const DATABASE: &str = "case.db";
const BLOBS: &str = "blobs";
const SCRATCH: &str = "scratch";

/// Where a new case is to rest.
#[derive(Args, Default)]
pub struct Wanted {
    /// Keep journal and records on a PostgreSQL server, in a schema of their own: postgres://USER@HOST/DATABASE,
    /// with ?schema=NAME to choose its name. The password comes from PGPASSWORD or ~/.pgpass
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Keep originals and what is derived from them in this folder, which may be on another machine
    #[arg(long, value_name = "DIR")]
    blobs: Option<PathBuf>,
}

/// Whether `folder` holds a case, or says where it rests.
pub fn is_case(folder: &Path) -> bool {
    folder.join(DATABASE).is_file() || Place::is_in(folder)
}

/// Makes an empty case in `folder`, which may exist if it is empty.
pub fn create(folder: &Path, actor: &str, wanted: &Wanted) -> Result<Case> {
    if is_case(folder) {
        return Err(
            Error::usage(format!("{} is a case already", folder.display()))
                .hint(format!("use it with --case {}", folder.display())),
        );
    }
    let doing = || format!("making {}", folder.display());
    std::fs::create_dir_all(folder).map_err(|error| Error::io(doing(), &error))?;
    let mut listed = std::fs::read_dir(folder).map_err(|error| Error::io(doing(), &error))?;
    if listed.next().is_some() {
        return Err(Error::usage(format!("{} is not empty", folder.display()))
            .hint("name a new folder for the case"));
    }
    let place = Place::choose(folder, wanted.database.as_deref(), wanted.blobs.as_deref())?;
    let store: Box<dyn Store> = match &place.database {
        Some(address) => Box::new(PgStore::create(address)?),
        None => Box::new(SqliteStore::create(&folder.join(DATABASE))?),
    };
    place.write(folder)?;
    case(folder, &place, store, actor)
}

/// Opens the case in `folder`.
pub fn open(folder: &Path, actor: &str) -> Result<Case> {
    let place = Place::read(folder)?;
    let store: Box<dyn Store> = match &place.database {
        Some(address) => Box::new(PgStore::open(address)?),
        None => Box::new(SqliteStore::open(&folder.join(DATABASE))?),
    };
    let case = case(folder, &place, store, actor)?;
    // Where erasing was cut off, it is gone on with before anything is read.
    case.finish_removals()?;
    Ok(case)
}

fn case(folder: &Path, place: &Place, store: Box<dyn Store>, actor: &str) -> Result<Case> {
    let blobs = place.blobs.clone().unwrap_or_else(|| BLOBS.into());
    let author = author(store.as_ref(), actor)?;
    Ok(Case::new(Parts {
        store,
        // A path that does not begin at the root begins at the case.
        blobs: Box::new(Folder::open(&folder.join(blobs))?),
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
