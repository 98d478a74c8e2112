//! `case.toml`: where a case rests that does not rest in its folder.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use store::Bucket;
use workbench::{Error, Kind, Result};

use crate::backend::Wanted;

const FILE: &str = "case.toml";
const BLOBS: &str = "blobs";
const BUCKET: &str = "s3://";

const HEADER: &str = "\
# Where this case rests. Whoever works on it has a copy of this file in a folder of their own.
# Passwords and keys are not written here: they come from PGPASSWORD or ~/.pgpass, and from
# AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
";

/// Where a case rests; in its folder, where nothing else is said.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The schema of journal and records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The folder of blobs, or `s3://BUCKET/PREFIX`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blobs: Option<String>,
    /// The service of that bucket, where it is not Amazon's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
}

/// Where blobs rest.
pub enum BlobPlace {
    Folder(PathBuf),
    Bucket(Bucket),
}

impl Place {
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// What was asked for on making a case in `folder`, completed.
    pub fn choose(folder: &Path, wanted: &Wanted) -> Result<Self> {
        let place = Self {
            database: wanted
                .database
                .as_deref()
                .map(|address| with_schema(address, folder)),
            blobs: wanted.blobs.as_deref().map(absolute).transpose()?,
            endpoint: wanted.endpoint.clone(),
        };
        place.blobs(folder)?;
        Ok(place)
    }

    /// Where the blobs of the case in `folder` are.
    pub fn blobs(&self, folder: &Path) -> Result<BlobPlace> {
        match (self.blobs.as_deref(), self.endpoint.as_deref()) {
            (Some(address), endpoint) if address.starts_with(BUCKET) => {
                Ok(BlobPlace::Bucket(Bucket::parse(address, endpoint)?))
            }
            (_, Some(_)) => Err(
                Error::usage("an endpoint is of a bucket, and there is none")
                    .hint("name the bucket as s3://BUCKET/PREFIX"),
            ),
            // A path that does not begin at the root begins at the case.
            (path, None) => Ok(BlobPlace::Folder(folder.join(path.unwrap_or(BLOBS)))),
        }
    }

    /// Says so in `folder`, if there is anything to say.
    pub fn write(&self, folder: &Path) -> Result<()> {
        if self.database.is_none() && self.blobs.is_none() {
            return Ok(());
        }
        let path = folder.join(FILE);
        let text = toml::to_string(self)
            .map_err(|why| Error::new(Kind::Failed, format!("{}: {why}", path.display())))?;
        // Either it is there whole, or not at all.
        let beside = folder.join(format!("{FILE}.new"));
        let write = || -> io::Result<()> {
            let mut file = File::create(&beside)?;
            file.write_all(format!("{HEADER}{text}").as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, &path)?;
            File::open(folder)?.sync_all()
        };
        write().map_err(|error| Error::io(format!("writing {}", path.display()), &error))
    }

    /// What `folder` says.
    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Error::io(format!("reading {}", path.display()), &error)),
            Ok(text) => text,
        };
        toml::from_str(&text).map_err(|why| {
            Error::usage(format!("{}: {}", path.display(), why.message()))
                .hint("it may say `database`, `blobs` and `endpoint`, each once")
        })
    }
}

/// A path from the root; the address of a bucket as it is.
fn absolute(blobs: &str) -> Result<String> {
    if blobs.starts_with(BUCKET) {
        return Ok(blobs.to_owned());
    }
    let path =
        std::path::absolute(blobs).map_err(|error| Error::io("finding the blobs", &error))?;
    path.into_os_string()
        .into_string()
        .map_err(|_| Error::usage("the folder of blobs has a name that is no text"))
}

/// The address, with a schema named for the folder where it names none.
fn with_schema(address: &str, folder: &Path) -> String {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    if query.split('&').any(|pair| pair.starts_with("schema=")) {
        return address.to_owned();
    }
    let name = folder.canonicalize().ok();
    let name = name
        .as_deref()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    let name: String = name.to_string_lossy().chars().map(plain).take(50).collect();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}schema=case_{name}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_named_for_the_folder_unless_it_has_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let case = folder.path().join("Kherson \u{2013} 3 May");
        std::fs::create_dir(&case).unwrap();
        let named = |address: &str| with_schema(address, &case);
        assert_eq!(
            named("postgres://h/d"),
            "postgres://h/d?schema=case_kherson___3_may"
        );
        assert_eq!(
            named("postgres://h/d?sslmode=disable"),
            "postgres://h/d?sslmode=disable&schema=case_kherson___3_may"
        );
        assert_eq!(named("postgres://h/d?schema=x"), "postgres://h/d?schema=x");
    }
}
