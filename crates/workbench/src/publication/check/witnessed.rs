//! What others say of the head of a bundle's journal: time stamps, OpenTimestamps proofs, cosignatures.

use journal::note::BadNote;
use journal::ots::{End, Proof};
use journal::stamp::{self, Token};
use journal::{ContentId, Cosigner, time};

use super::{Bag, CheckedBundle, DamageKind};
use crate::error::Result;
use crate::witness::Trust;

/// How an OpenTimestamps proof begins that is of a SHA-256, which follows.
const PROOF: &[u8] = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";

/// What a testimony came to: when the head existed, and who says so; or why nothing is proven.
enum Said {
    Proven(String),
    Nothing(String),
    /// It is not what it should be.
    Wrong,
}

pub(super) fn check(bag: &Bag<'_>, trust: &Trust, checked: &mut CheckedBundle) -> Result<()> {
    let Some(note) = bag.bytes("data/journal/checkpoint.txt")? else {
        return Ok(());
    };
    for path in bag.paths() {
        let named = path.strip_prefix("data/journal/witness-");
        let Some((number, ending)) = named.and_then(|it| it.rsplit_once('.')) else {
            continue;
        };
        let bytes = bag.bytes(path)?.unwrap_or_default();
        let said = match ending {
            "tsr" => {
                let root = format!("data/journal/witness-{number}-root.pem");
                let beside = bag.bytes(&root)?.unwrap_or_default();
                stamped(&bytes, &note, &beside, trust)
            }
            "ots" => anchored(&bytes, &note, trust),
            "note" => cosigned(&bytes, &note, trust),
            _ => continue,
        };
        match said {
            Said::Proven(said) => checked.stamped.push(said),
            Said::Nothing(why) => checked.unproven.push(format!("{path}: {why}")),
            Said::Wrong => checked.wrong(DamageKind::Stamp, path),
        }
    }
    Ok(())
}

/// A time stamp, under the roots that are trusted, or else the one beside it.
fn stamped(token: &[u8], note: &[u8], beside: &[u8], trust: &Trust) -> Said {
    let trusted = match trust.roots.is_empty() {
        true => stamp::certificates(beside),
        false => trust.roots.clone(),
    };
    let read = Token::parse(token);
    match read.and_then(|it| it.verify(note, &trusted)) {
        Ok(it) => Said::Proven(format!("{} by {} ({})", it.at, it.authority, it.root_name)),
        Err(_) => Said::Wrong,
    }
}

/// An OpenTimestamps proof, by the headers of blocks at hand.
fn anchored(bytes: &[u8], note: &[u8], trust: &Trust) -> Said {
    let digest = ContentId::of(note).0;
    if bytes
        .strip_prefix(PROOF)
        .is_none_or(|it| !it.starts_with(&digest))
    {
        return Said::Wrong;
    }
    let Ok(proof) = Proof::parse(bytes) else {
        return Said::Nothing("it cannot be read to its end".to_owned());
    };
    let found = trust.headers.iter().find_map(|it| proof.anchored(it));
    if let Some(it) = found {
        let at = time::from_unix_seconds(it.unix).unwrap_or_default();
        let (height, block) = (it.height, it.block);
        return Said::Proven(format!("{at} by block {height} of Bitcoin ({block})"));
    }
    let ends = proof.ends.iter().filter_map(|end| match end {
        End::Bitcoin { height, .. } => Some(format!("block {height} of Bitcoin")),
        End::Pending { calendar } => Some(calendar.clone()),
        End::Unknown => None,
    });
    let ends: Vec<String> = ends.collect();
    Said::Nothing(format!(
        "promised by {}; proven with the header of the block",
        ends.join(", ")
    ))
}

/// A cosigned checkpoint, by the keys of cosigners at hand.
fn cosigned(bytes: &[u8], note: &[u8], trust: &Trust) -> Said {
    if text(bytes) != text(note) {
        return Said::Wrong;
    }
    let cosigned = String::from_utf8_lossy(bytes);
    let keys = trust.keys.iter().filter_map(|key| Cosigner::from_vkey(key));
    for cosigner in keys {
        match cosigner.signed_at(&cosigned) {
            Ok(unix) => {
                let at = time::from_unix_seconds(unix).unwrap_or_default();
                return Said::Proven(format!("{at} by {}, who cosigned it", cosigner.name()));
            }
            Err(BadNote::Unsigned(_)) => {}
            Err(_) => return Said::Wrong,
        }
    }
    Said::Nothing("cosigned; proven with the key of the cosigner".to_owned())
}

/// A note without its signatures.
fn text(note: &[u8]) -> &[u8] {
    let parted = note.windows(2).rposition(|two| two == b"\n\n");
    &note[..parted.unwrap_or(note.len())]
}
