//! Checking a bundle, with nothing of the case at hand: docs/formats/bundle.md. `check.py` does the same.

mod bag;
mod journalled;
mod witnessed;

use std::path::Path;

use journal::ContentId;
use serde::Serialize;
use utoipa::ToSchema;

use super::Watching;
use super::bundle::{SIGNATURE, SIGNERS, TAGS};
use super::signing::{NAMESPACE, signer};
use crate::error::Result;
use crate::witness::Trust;
pub(super) use bag::Bag;

/// What is wrong with a part of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DamageKind {
    /// It is not of the form that it should have.
    Form,
    /// It is listed and not there.
    Missing,
    /// It is there and not listed.
    Extra,
    /// It is not what is listed.
    Changed,
    /// It is not signed by the key that it should be.
    Signature,
    /// The journal's head is not signed by its key.
    Checkpoint,
    /// An entry is not in the journal, or not as it says.
    Entry,
    /// A pseudonym is not held by its key.
    Pseudonym,
    /// A time stamp, an OpenTimestamps proof or a cosignature is not of this head, or does not hold.
    Stamp,
}

/// One thing that is wrong with a bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Damage {
    /// What.
    pub kind: DamageKind,
    /// Of what: a path in the bundle, the number of an entry, a name.
    pub about: String,
}

/// What a bundle proves, and what is wrong with it.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct CheckedBundle {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Everything that is wrong, each once, in order.
    pub damage: Vec<Damage>,
    /// SHA-256 of its tag manifest, where the signature holds.
    #[schema(value_type = Option<String>)]
    pub manifest: Option<ContentId>,
    /// Fingerprint of the key that signed it, where the signature holds.
    pub signer: Option<String>,
    /// Name of the journal, where its head is one.
    pub journal: Option<String>,
    /// Entries of the journal under its head.
    pub size: u64,
    /// Root of the Merkle tree over them, where the head is signed by the journal's key.
    pub root: Option<String>,
    /// Entries that are shown or said to be there.
    pub entries: usize,
    /// Those of them that are shown as they were signed.
    pub shown: usize,
    /// Times at which the head is proven to have existed, RFC 3339, each with who says so.
    pub stamped: Vec<String>,
    /// What witnesses sent of the head that proves nothing without what the reader must get elsewhere, each with why.
    pub unproven: Vec<String>,
}

impl CheckedBundle {
    fn wrong(&mut self, kind: DamageKind, about: &(impl ToString + ?Sized)) {
        let about = about.to_string();
        self.damage.push(Damage { kind, about });
    }
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let about = &self.about;
        match self.kind {
            DamageKind::Form => write!(f, "{about} is not as the form of a bundle says"),
            DamageKind::Missing => write!(f, "{about} is not there"),
            DamageKind::Extra => write!(f, "{about} was added"),
            DamageKind::Changed => write!(f, "{about} is not what it was"),
            DamageKind::Signature => {
                write!(f, "{about} is not signed by the key that it should be")
            }
            DamageKind::Checkpoint => write!(f, "{about} is not signed by the key of its journal"),
            DamageKind::Entry => {
                write!(f, "entry {about} is not in the journal, or not as it says")
            }
            DamageKind::Pseudonym => write!(f, "the key of {about} did not sign"),
            DamageKind::Stamp => write!(f, "{about} is no testimony of this head that holds"),
        }
    }
}

/// Checks the bundle in `folder`. Where `wanted` is not empty, one of these keys must have signed it
/// (`ssh-ed25519 …`, or a fingerprint `SHA256:…`). Where `trust` names roots, time stamps must lead to one of
/// them; else to the root beside each. OpenTimestamps proofs count with the headers of their blocks, and cosignatures
/// with the keys of cosigners, that it names.
///
/// # Errors
/// The folder cannot be read, or `progress` says to stop. What is wrong with the bundle is no error: it is told.
pub fn check_bundle(
    folder: &Path,
    wanted: &[String],
    trust: &Trust,
    progress: Watching<'_>,
) -> Result<CheckedBundle> {
    check_bag(&Bag::read(folder)?, wanted, trust, progress)
}

/// Checks the files of a bundle, wherever they lie, as [`check_bundle`] does.
pub(super) fn check_bag(
    bag: &Bag<'_>,
    wanted: &[String],
    trust: &Trust,
    progress: Watching<'_>,
) -> Result<CheckedBundle> {
    let mut checked = CheckedBundle::default();
    bag.check(&mut checked, progress)?;
    signature(bag, wanted, &mut checked)?;
    journalled::check(bag, &mut checked)?;
    witnessed::check(bag, trust, &mut checked)?;
    checked.damage.sort();
    checked.damage.dedup();
    checked.ok = checked.damage.is_empty();
    Ok(checked)
}

fn signature(bag: &Bag<'_>, wanted: &[String], checked: &mut CheckedBundle) -> Result<()> {
    let (Some(signed), Some(tags), Some(allowed)) =
        (bag.bytes(SIGNATURE)?, bag.bytes(TAGS)?, bag.bytes(SIGNERS)?)
    else {
        return Ok(());
    };
    let allowed = String::from_utf8_lossy(&allowed).into_owned();
    let key = signer(&signed, &tags);
    let named = |key: &journal::PublicKey| {
        let line = format!(" namespaces=\"{NAMESPACE}\" {}\n", key.openssh());
        allowed.lines().count() == 1 && allowed.ends_with(&line)
    };
    let asked = |key: &journal::PublicKey| {
        wanted.is_empty() || wanted.contains(&key.openssh()) || wanted.contains(&key.fingerprint())
    };
    match key.filter(named) {
        Some(key) => {
            checked.signer = Some(key.fingerprint());
            checked.manifest = Some(ContentId::of(&tags));
            if !asked(&key) {
                checked.wrong(DamageKind::Signature, TAGS);
            }
        }
        None => checked.wrong(DamageKind::Signature, TAGS),
    }
    Ok(())
}
