//! C2SP cosignatures (<https://c2sp.org/tlog-cosignature>): another party's word that a checkpoint is
//! the largest of its journal that it has seen, and when.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::note::{self, BadNote, Verifier};
use crate::{Author, PublicKey};

/// Signature type of an Ed25519 cosignature with its time.
const COSIGNATURE: u8 = 4;

/// Who cosigns: a key under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigner {
    name: String,
    key: PublicKey,
}

impl Cosigner {
    /// The cosigner `name` with `key`.
    ///
    /// # Errors
    /// [`BadNote::Name`] when the name is empty or holds white space or `+`.
    pub fn new(name: &str, key: PublicKey) -> Result<Self, BadNote> {
        Verifier::new(name, key)?;
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// The name that its signature lines carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads [`Cosigner::to_vkey`]. Nothing for any other text.
    pub fn from_vkey(text: &str) -> Option<Self> {
        let (name, key) = note::read_vkey(text, COSIGNATURE)?;
        Self::new(name, key).ok()
    }

    /// `<name>+<key hash in hex>+<base64 of type and key>`, as C2SP tools exchange keys.
    pub fn to_vkey(&self) -> String {
        note::vkey(&self.name, COSIGNATURE, self.key)
    }

    /// The signature line of `author` under this name, on the text of the checkpoint in `note`, at `unix`
    /// seconds since 1970. Whether that checkpoint may be signed, the caller has asked.
    ///
    /// # Errors
    /// [`BadNote`] when `note` is none, or the author is not this cosigner or signs wrongly.
    pub fn sign(
        &self,
        checkpoint: &str,
        author: &dyn Author,
        unix: u64,
    ) -> Result<String, BadNote> {
        let (text, _) = note::split(checkpoint)?;
        let signature = author.sign(message(text, unix).as_bytes());
        if !self
            .key
            .verifies(message(text, unix).as_bytes(), &signature)
        {
            return Err(BadNote::Signature(self.name.clone()));
        }
        let hash = note::key_hash(&self.name, COSIGNATURE, self.key);
        let bytes = [hash.as_slice(), &unix.to_be_bytes(), &signature].concat();
        Ok(format!(
            "\u{2014} {} {}\n",
            self.name,
            STANDARD.encode(bytes)
        ))
    }

    /// When this cosigner signed the checkpoint in `note`, in seconds since 1970: the latest, if it did
    /// several times.
    ///
    /// # Errors
    /// [`BadNote`] when it did not, or one of its lines does not verify.
    pub fn signed_at(&self, note: &str) -> Result<u64, BadNote> {
        let (text, lines) = note::split(note)?;
        let hash = note::key_hash(&self.name, COSIGNATURE, self.key);
        let mut latest = None;
        for signature in note::signatures(lines, &self.name, hash) {
            let wrong = || BadNote::Signature(self.name.clone());
            let signature = signature?;
            let (time, signature) = signature.split_first_chunk::<8>().ok_or_else(wrong)?;
            let unix = u64::from_be_bytes(*time);
            let valid = signature
                .try_into()
                .is_ok_and(|s| self.key.verifies(message(text, unix).as_bytes(), s));
            if !valid {
                return Err(wrong());
            }
            latest = latest.max(Some(unix));
        }
        latest.ok_or_else(|| BadNote::Unsigned(self.name.clone()))
    }
}

fn message(text: &str, unix: u64) -> String {
    format!("cosignature/v1\ntime {unix}\n{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Checkpoint, HeldKey};

    fn cosigner(key: &HeldKey) -> Cosigner {
        let key = PublicKey::from_bytes(&key.public_key()).unwrap();
        Cosigner::new("other.example/desk", key).unwrap()
    }

    #[test]
    fn a_cosigned_checkpoint_says_when() {
        let (ada, ben) = (
            HeldKey::from_seed("Ada", &[1; 32]),
            HeldKey::from_seed("Ben", &[2; 32]),
        );
        let checkpoint = Checkpoint {
            origin: "desk.example/12".into(),
            size: 3,
            root: [0xab; 32],
        };
        let note = checkpoint.sign(&ada).unwrap();
        let other = cosigner(&ben);
        let line = other.sign(&note, &ben, 1_790_000_000).unwrap();
        let both = format!("{note}{line}");
        assert_eq!(other.signed_at(&both), Ok(1_790_000_000));
        // Ada's own line is there as before.
        let key = PublicKey::from_bytes(&ada.public_key()).unwrap();
        let verifier = Verifier::new("desk.example/12", key).unwrap();
        assert_eq!(Checkpoint::open(&both, &verifier), Ok(checkpoint));
        assert_eq!(
            other.signed_at(&note),
            Err(BadNote::Unsigned("other.example/desk".into()))
        );
        let changed = both.replace("\n3\n", "\n4\n");
        assert_eq!(
            other.signed_at(&changed),
            Err(BadNote::Signature("other.example/desk".into()))
        );
        assert_eq!(Cosigner::from_vkey(&other.to_vkey()), Some(other.clone()));
        assert_eq!(
            Verifier::from_vkey(&other.to_vkey()),
            None,
            "a witness is no journal"
        );
        assert!(other.sign(&note, &ada, 1).is_err());
    }

    /// Byte for byte what the specification's construction gives, computed without this module.
    #[test]
    fn the_key_hash_covers_the_type() {
        let key = PublicKey::from_bytes(&HeldKey::from_seed("x", &[2; 32]).public_key()).unwrap();
        let digest = crate::ContentId::of(
            &[b"other.example/desk\n\x04".as_slice(), &key.to_bytes()].concat(),
        );
        let vkey = cosigner(&HeldKey::from_seed("x", &[2; 32])).to_vkey();
        assert!(
            vkey.starts_with(&format!("other.example/desk+{}+BI", &digest.hex()[..8])),
            "{vkey}"
        );
    }
}
