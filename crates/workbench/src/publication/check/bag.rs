//! The files of a bundle, and whether they are those that its manifests list.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use journal::ContentId;
use sha2::{Digest, Sha256};
use store::Blobs;

use super::{CheckedBundle, DamageKind};
use crate::error::{Error, Result};
use crate::publication::Watching;
use crate::publication::bundle::{MANIFEST, SIGNATURE, TAGS};
use crate::publication::passing::passing;

/// Largest file that is read whole.
const LARGEST: u64 = 256 << 20;

const DECLARED: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Where a file of a bundle lies.
enum Place<'a> {
    File(PathBuf),
    /// A blob, and its size.
    Blob(&'a dyn Blobs, ContentId, u64),
}

impl Place<'_> {
    fn open(&self) -> Result<File> {
        match self {
            Self::File(path) => {
                let failed = |why| Error::io(format!("reading {}", path.display()), &why);
                File::open(path).map_err(failed)
            }
            Self::Blob(blobs, id, _) => Ok(blobs.open(id)?),
        }
    }

    fn size(&self) -> Result<u64> {
        match self {
            Self::File(path) => {
                let failed = |why| Error::io(format!("reading {}", path.display()), &why);
                Ok(fs::metadata(path).map_err(failed)?.len())
            }
            Self::Blob(_, _, size) => Ok(*size),
        }
    }
}

/// What may be a bundle: a folder, or files that were kept.
pub(in crate::publication) struct Bag<'a> {
    files: BTreeMap<String, Place<'a>>,
    /// What is neither file nor folder, or has no name in UTF-8.
    odd: Vec<String>,
}

impl<'a> Bag<'a> {
    pub(in crate::publication) fn read(folder: &Path) -> Result<Self> {
        let mut bag = Self {
            files: BTreeMap::new(),
            odd: Vec::new(),
        };
        bag.list(folder, "")?;
        if !bag.files.contains_key("bagit.txt") {
            return Err(
                Error::usage(format!("{} is no bundle", folder.display())).hint(
                    "name the folder that holds bagit.txt; open an encrypted one with age first",
                ),
            );
        }
        Ok(bag)
    }

    /// The files that are kept under these ids, each with its size.
    pub(in crate::publication) fn kept(
        blobs: &'a dyn Blobs,
        files: impl IntoIterator<Item = (String, ContentId, u64)>,
    ) -> Self {
        let files = files.into_iter();
        Self {
            files: files
                .map(|(path, id, size)| (path, Place::Blob(blobs, id, size)))
                .collect(),
            odd: Vec::new(),
        }
    }

    fn list(&mut self, folder: &Path, within: &str) -> Result<()> {
        let failed = |why: io::Error| Error::io(format!("reading {}", folder.display()), &why);
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = format!("{within}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(failed)?;
            if entry.file_name().to_str().is_none() {
                self.odd.push(name);
            } else if kind.is_dir() {
                self.list(&entry.path(), &format!("{name}/"))?;
            } else if kind.is_file() {
                self.files.insert(name, Place::File(entry.path()));
            } else {
                // A link would let another file pass for what was signed.
                self.odd.push(name);
            }
        }
        Ok(())
    }

    pub(in crate::publication) fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.keys()
    }

    /// A file whole; nothing where it is not there.
    pub(in crate::publication) fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.files.get(path) else {
            return Ok(None);
        };
        let failed = |why: io::Error| Error::io(format!("reading {path}"), &why);
        let mut bytes = Vec::new();
        let file = file.open()?;
        file.take(LARGEST).read_to_end(&mut bytes).map_err(failed)?;
        Ok(Some(bytes))
    }

    /// A file from its first byte on.
    pub(in crate::publication) fn open(&self, path: &str) -> Result<File> {
        let gone = || Error::missing(format!("{path} is not in the bundle"));
        self.files.get(path).ok_or_else(gone)?.open()
    }

    /// Bytes of all files.
    pub(in crate::publication) fn size(&self) -> Result<u64> {
        self.files.values().map(Place::size).sum()
    }

    fn hash(
        path: &str,
        file: &Place<'_>,
        hear: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<String> {
        let failed = |why: io::Error| Error::io(format!("reading {path}"), &why);
        passing(&mut file.open()?, hear, |file| {
            let mut hasher = Sha256::new();
            let mut bytes = vec![0; 1 << 20];
            loop {
                match file.read(&mut bytes).map_err(failed)? {
                    0 => return Ok(hex::encode(hasher.finalize())),
                    read => hasher.update(&bytes[..read]),
                }
            }
        })
    }

    pub(super) fn check(&self, checked: &mut CheckedBundle, progress: Watching<'_>) -> Result<()> {
        for odd in &self.odd {
            checked.wrong(DamageKind::Form, odd);
        }
        if self.bytes("bagit.txt")?.as_deref() != Some(DECLARED) {
            checked.wrong(DamageKind::Form, "bagit.txt");
        }
        if !self.files.contains_key(SIGNATURE) {
            checked.wrong(DamageKind::Missing, SIGNATURE);
        }
        let tags = self.listed(TAGS, |path| !path.starts_with("data/"), checked)?;
        let payload = self.listed(MANIFEST, |path| path.starts_with("data/"), checked)?;
        if !tags.contains_key(MANIFEST) {
            checked.wrong(DamageKind::Form, TAGS);
        }
        let (total, mut done) = (self.size()?, 0);
        for (path, hash) in tags.iter().chain(&payload) {
            let Some(file) = self.files.get(path) else {
                checked.wrong(DamageKind::Missing, path);
                continue;
            };
            if Self::hash(path, file, &mut |bytes| progress(done + bytes, total))? != *hash {
                checked.wrong(DamageKind::Changed, path);
            }
            done += file.size()?;
        }
        for path in self.files.keys() {
            let listed = tags.contains_key(path) || payload.contains_key(path);
            if !listed && path != TAGS && path != SIGNATURE {
                checked.wrong(DamageKind::Extra, path);
            }
        }
        Ok(())
    }

    /// Hashes by path, of a manifest whose paths must all be `within`.
    fn listed(
        &self,
        manifest: &str,
        within: impl Fn(&str) -> bool,
        checked: &mut CheckedBundle,
    ) -> Result<BTreeMap<String, String>> {
        let Some(bytes) = self.bytes(manifest)? else {
            checked.wrong(DamageKind::Missing, manifest);
            return Ok(BTreeMap::new());
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut listed = BTreeMap::new();
        for line in text.lines() {
            let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
            let parts = line.split_once("  ");
            let parts = parts
                .filter(|(hash, path)| hash.len() == 64 && hash.bytes().all(digit) && within(path));
            let before = parts.map(|(hash, path)| listed.insert(path.to_owned(), hash.to_owned()));
            if before != Some(None) {
                checked.wrong(DamageKind::Form, manifest);
            }
        }
        Ok(listed)
    }
}
