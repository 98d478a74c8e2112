//! The files of a bundle: a bag of BagIt (RFC 8493), signed over its tag manifest.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journal::{Author, ContentId, PublicKey};
use store::record::{Publication, SignedCheckpoint};

use super::signing::{NAMESPACE, sign};
use super::slice::hexadecimal;
use crate::error::{Error, Kind, Result};
use crate::report::REPORT;

/// SHA-256 of the payload.
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
/// SHA-256 of every other file but the signature.
pub(super) const TAGS: &str = "tagmanifest-sha256.txt";
/// Signature of that.
pub(super) const SIGNATURE: &str = "tagmanifest-sha256.txt.sig";
/// Whose it is.
pub(super) const SIGNERS: &str = "allowed_signers";

const CHECK: &str = include_str!("check.py");

/// What a file of a bundle holds.
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// A blob of the case, and its size.
    Blob(ContentId, u64),
}

impl Content {
    pub(super) fn hash(&self) -> String {
        match self {
            Self::Bytes(bytes) => hexadecimal(bytes),
            Self::Blob(id, _) => id.hex(),
        }
    }

    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Blob(_, size) => *size,
        }
    }
}

/// A bundle, not yet written.
pub(super) struct Bundle {
    /// By path from its top.
    pub(super) files: BTreeMap<String, Content>,
    /// What is signed, and what the journal names.
    pub(super) manifest: ContentId,
}

/// What stands on its outside.
pub(super) struct Outside<'a> {
    pub(super) author: &'a dyn Author,
    pub(super) publication: &'a Publication,
    pub(super) checkpoint: &'a SignedCheckpoint,
    pub(super) journal: &'a str,
    pub(super) tool: &'a str,
}

impl Outside<'_> {
    /// The bag around `payload`, by paths within `data/`.
    pub(super) fn bag(&self, payload: BTreeMap<String, Content>) -> Result<Bundle> {
        let mut files: BTreeMap<String, Content> = BTreeMap::new();
        let total: u64 = payload.values().map(Content::size).sum();
        let info = self.info(total, payload.len());
        let mut listed = String::new();
        for (path, content) in payload {
            line(&mut listed, &content.hash(), &format!("data/{path}"));
            files.insert(format!("data/{path}"), content);
        }
        let declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        let tags = [
            ("bagit.txt", declared.to_owned()),
            ("bag-info.txt", info),
            (MANIFEST, listed),
            (SIGNERS, self.signers()?),
            ("CHECKING.md", self.checking()?),
            ("check.py", CHECK.to_owned()),
        ];
        let tags: BTreeMap<&str, String> = tags.into();
        let mut tagged = String::new();
        for (path, text) in tags {
            line(&mut tagged, &hexadecimal(text.as_bytes()), path);
            files.insert(path.to_owned(), Content::Bytes(text.into_bytes()));
        }
        let signature = sign(self.author, tagged.as_bytes())?;
        let manifest = ContentId::of(tagged.as_bytes());
        files.insert(TAGS.to_owned(), Content::Bytes(tagged.into_bytes()));
        let signature = Content::Bytes(signature.into_bytes());
        files.insert(SIGNATURE.to_owned(), signature);
        Ok(Bundle { files, manifest })
    }

    /// Dates are those of the checkpoint: a clock would make other bytes each time.
    fn info(&self, bytes: u64, files: usize) -> String {
        let day = self.checkpoint.origin.at.get(..10).unwrap_or_default();
        let title = self.publication.drafted.title.split_whitespace();
        let title = title.collect::<Vec<_>>().join(" ");
        format!(
            "Bag-Software-Agent: {}\nBagging-Date: {day}\nExternal-Description: {title}\nExternal-Identifier: {} {}\n\
             Payload-Oxum: {bytes}.{files}\n",
            self.tool, self.journal, self.publication.number
        )
    }

    fn signers(&self) -> Result<String> {
        let (name, key) = (self.principal(), self.key()?.openssh());
        Ok(format!("{name} namespaces=\"{NAMESPACE}\" {key}\n"))
    }

    /// The signer's name as one word, since OpenSSH parts principals by commas and blanks.
    fn principal(&self) -> String {
        let plain = |c: char| {
            if c.is_alphanumeric() || "@._-".contains(c) {
                c
            } else {
                '_'
            }
        };
        self.author.actor().chars().map(plain).collect()
    }

    fn key(&self) -> Result<PublicKey> {
        PublicKey::from_bytes(&self.author.public_key())
            .map_err(|why| Error::new(Kind::Failed, why.to_string()))
    }

    fn checking(&self) -> Result<String> {
        Ok(REPORT
            .checking
            .replace("{SIGNER}", &self.principal())
            .replace("{FINGERPRINT}", &self.key()?.fingerprint())
            .replace("{NAMESPACE}", NAMESPACE)
            .replace("{JOURNAL}", self.journal)
            .replace("{SIZE}", &self.checkpoint.size.to_string())
            .replace("{ROOT}", &self.checkpoint.root.hex()))
    }
}

fn line(manifest: &mut String, hash: &str, path: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(manifest, "{hash}  {path}");
}
