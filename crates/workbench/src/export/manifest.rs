//! What an export says of itself.

use std::collections::BTreeMap;
use std::io::{self, Read};

use journal::ContentId;
use serde::{Deserialize, Serialize};

use super::{FORMAT, JOURNAL, MANIFEST};
use crate::error::{Error, Kind, Result};

/// Bytes that a manifest or a list of hashes may have: of some two million blobs.
const MOST: u64 = 256 << 20;

/// `export.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub format: String,
    pub case: String,
    pub entries: u64,
    pub root: ContentId,
    pub missing: Vec<Missing>,
}

/// A blob that an entry names, that no tombstone let go, and that was not kept when the case was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// Content id.
    pub id: ContentId,
    /// What it is, and of which entry.
    pub role: String,
}

impl Manifest {
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)
            .map_err(|why| Error::new(Kind::Failed, why.to_string()))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        of_this_form(bytes)?;
        serde_json::from_slice(bytes).map_err(|why| broken(format!("{MANIFEST}: {why}")))
    }
}

/// Whether this version can read what the manifest is of, whatever else that says.
pub(super) fn of_this_form(manifest: &[u8]) -> Result<()> {
    #[derive(Deserialize)]
    struct Form {
        format: String,
    }
    let form: Form =
        serde_json::from_slice(manifest).map_err(|why| broken(format!("{MANIFEST}: {why}")))?;
    if form.format == FORMAT {
        return Ok(());
    }
    let what = format!("this export is of the form {:?}", form.format);
    Err(Error::new(Kind::Unsupported, what).hint("use the newer version that wrote it"))
}

/// `SHA256SUMS`: a hash for each name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums(pub BTreeMap<String, ContentId>);

impl Sums {
    /// In the form of `sha256sum`, in the order of names.
    pub fn to_bytes(&self) -> Vec<u8> {
        let line = |(name, id): (&String, &ContentId)| format!("{}  {name}\n", id.hex());
        self.0.iter().map(line).collect::<String>().into_bytes()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let text = str::from_utf8(bytes).map_err(|_| broken("its list of hashes is no text"))?;
        let mut sums = BTreeMap::new();
        for line in text.lines() {
            let known = line.split_once("  ").and_then(|(hex, name)| {
                let id: ContentId = format!("sha256:{hex}").parse().ok()?;
                is_ours(name, &id).then(|| (name.to_owned(), id))
            });
            let (name, id) =
                known.ok_or_else(|| broken(format!("its list of hashes says {line:?}")))?;
            if sums.insert(name, id).is_some() {
                return Err(broken(format!("its list of hashes says twice {line:?}")));
            }
        }
        Ok(Self(sums))
    }

    /// The blobs among them.
    pub fn blobs(&self) -> impl Iterator<Item = &ContentId> {
        let of_blobs = |name: &String| name.starts_with("blobs/");
        self.0
            .iter()
            .filter(move |(name, _)| of_blobs(name))
            .map(|(_, id)| id)
    }
}

/// Where a blob is in an export, and in a case's folder.
pub(super) fn blob_name(id: &ContentId) -> String {
    let hex = id.hex();
    format!("blobs/sha256/{}/{hex}", &hex[..2])
}

/// Whether an export may hold a file of that name with those bytes.
fn is_ours(name: &str, id: &ContentId) -> bool {
    name == MANIFEST || name == JOURNAL || name == blob_name(id)
}

/// All of a small file.
pub(super) fn whole(name: &str, bytes: &mut dyn Read) -> Result<Vec<u8>> {
    let mut read = Vec::new();
    let count = bytes.take(MOST + 1).read_to_end(&mut read);
    match count {
        Ok(count) if count as u64 <= MOST => Ok(read),
        Ok(_) => Err(broken(format!("{name} is larger than any of this version"))),
        Err(why) => Err(unreadable(name, &why)),
    }
}

/// What is no export, or no longer the one that was written.
pub(super) fn broken(what: impl Into<String>) -> Error {
    Error::new(
        Kind::Integrity,
        format!("this is not a sound export: {}", what.into()),
    )
    .hint("nothing was taken from it; use another copy")
}

pub(super) fn unreadable(name: &str, why: &io::Error) -> Error {
    match of_the_system(why) {
        true => Error::io(format!("reading {name} of the export"), why),
        false => broken(format!("{name} cannot be read: {why}")),
    }
}

/// Whether the operating system could not read, which says nothing of what was to be read.
fn of_the_system(why: &io::Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(why);
    while let Some(why) = next {
        let said = why.downcast_ref::<io::Error>();
        if said.is_some_and(|said| said.raw_os_error().is_some()) {
            return true;
        }
        // An error of the system within another is its inner one, and not the source that it tells.
        let within = said.and_then(io::Error::get_ref);
        next = within.map_or_else(|| why.source(), |within| Some(within));
    }
    false
}
