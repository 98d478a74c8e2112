//! The only place that picks back ends: SQLite and a folder.

use std::path::{Path, PathBuf};

use store::{Folder, SqliteStore};
use workbench::{Actor, Case, Error, Parts, Result};

const DATABASE: &str = "case.db";
const BLOBS: &str = "blobs";
const SCRATCH: &str = "scratch";

/// Whether `folder` holds a case.
pub fn is_case(folder: &Path) -> bool {
    folder.join(DATABASE).is_file()
}

/// Makes an empty case in `folder`, which may exist if it is empty.
pub fn create(folder: &Path, actor: &str) -> Result<Case> {
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
    let store = SqliteStore::create(&folder.join(DATABASE))?;
    case(folder, store, actor)
}

/// Opens the case in `folder`.
pub fn open(folder: &Path, actor: &str) -> Result<Case> {
    case(folder, SqliteStore::open(&folder.join(DATABASE))?, actor)
}

fn case(folder: &Path, store: SqliteStore, actor: &str) -> Result<Case> {
    Ok(Case::new(Parts {
        store: Box::new(store),
        blobs: Box::new(Folder::open(&folder.join(BLOBS))?),
        author: Box::new(Actor::load_or_create(&keys(), actor)?),
        decoder: decoder(),
        exiftool: exiftool(),
        clock: Box::new(workbench::now),
        scratch: folder.join(SCRATCH),
    }))
}

/// Where keys live: `$FRAMEWITNESS_HOME/keys`, else the user's configuration folder.
fn keys() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = || set("HOME").unwrap_or_else(|| PathBuf::from("."));
    let config = || set("XDG_CONFIG_HOME").unwrap_or_else(|| home().join(".config"));
    set("FRAMEWITNESS_HOME")
        .unwrap_or_else(|| config().join("framewitness"))
        .join("keys")
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
