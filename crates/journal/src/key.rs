//! Keys of actors: Ed25519, shown as OpenSSH shows them.

mod ready;

use base64::{Engine, engine::general_purpose};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

pub(crate) use ready::{ReadyKeys, Said, verified};

/// Whoever signs entries. The secret key may live anywhere: in a file, an agent, a card.
pub trait Author {
    /// Name of the actor: not empty, without control characters or spaces at its ends.
    fn actor(&self) -> &str;
    /// The Ed25519 public key (RFC 8032).
    fn public_key(&self) -> [u8; 32];
    /// Ed25519 signature of `message` by the key of [`Author::public_key`].
    fn sign(&self, message: &[u8]) -> [u8; 64];
    /// Makes ready to sign, where that takes something, such as a passphrase. May wait for a person:
    /// called before locks are taken.
    ///
    /// # Errors
    /// Why the key cannot sign, in words.
    fn prepare(&self) -> Result<(), String> {
        Ok(())
    }
    /// The key that is to take over from this one. It signs beside it the entry that says so, and
    /// nothing else.
    fn successor(&self) -> Option<&dyn Author> {
        None
    }
}

/// An author who hands over to another key.
pub struct HandOver<'a> {
    /// The key that signs until now.
    pub old: &'a dyn Author,
    /// The key that signs from now on.
    pub new: &'a dyn Author,
}

impl Author for HandOver<'_> {
    fn actor(&self) -> &str {
        self.old.actor()
    }

    fn public_key(&self) -> [u8; 32] {
        self.old.public_key()
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.old.sign(message)
    }

    fn prepare(&self) -> Result<(), String> {
        self.old.prepare()?;
        self.new.prepare()
    }

    fn successor(&self) -> Option<&dyn Author> {
        Some(self.new)
    }
}

/// An author whose secret key is held in memory. The key is wiped when this is dropped.
pub struct HeldKey {
    actor: String,
    key: SigningKey,
}

impl HeldKey {
    /// The author `actor` with the secret key `seed` (the 32 bytes RFC 8032 calls private key).
    pub fn from_seed(actor: impl Into<String>, seed: &[u8; 32]) -> Self {
        Self {
            actor: actor.into(),
            key: SigningKey::from_bytes(seed),
        }
    }
}

impl Author for HeldKey {
    fn actor(&self) -> &str {
        &self.actor
    }

    fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// An Ed25519 public key that is a point of the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// The bytes or text are not a usable Ed25519 public key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 public key (ssh-ed25519 AAAA…)")]
pub struct BadKey;

/// RFC 8709: the wire form of a key is its type and its 32 bytes, each behind a 32-bit length.
const WIRE_PREFIX: &[u8; 19] = b"\0\0\0\x0bssh-ed25519\0\0\0\x20";

impl PublicKey {
    /// The key with these bytes.
    ///
    /// # Errors
    /// [`BadKey`] when they are no point of the curve, or one of the weak points that let one
    /// signature fit many messages.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, BadKey> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| BadKey)?;
        if key.is_weak() {
            return Err(BadKey);
        }
        Ok(Self(key))
    }

    /// The 32 bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key as OpenSSH writes it, without comment: `ssh-ed25519 AAAA…`.
    pub fn openssh(&self) -> String {
        format!(
            "ssh-ed25519 {}",
            general_purpose::STANDARD.encode(self.wire())
        )
    }

    /// Reads [`PublicKey::openssh`]. A comment after the key is refused: one key, one text.
    ///
    /// # Errors
    /// [`BadKey`] for any other text.
    pub fn from_openssh(text: &str) -> Result<Self, BadKey> {
        let encoded = text.strip_prefix("ssh-ed25519 ").ok_or(BadKey)?;
        let wire = general_purpose::STANDARD
            .decode(encoded)
            .map_err(|_| BadKey)?;
        let bytes = wire.strip_prefix(WIRE_PREFIX).ok_or(BadKey)?;
        Self::from_bytes(bytes.try_into().map_err(|_| BadKey)?)
    }

    /// SHA-256 fingerprint as `ssh-keygen -l` prints it: `SHA256:` and unpadded base64.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(self.wire());
        format!("SHA256:{}", general_purpose::STANDARD_NO_PAD.encode(digest))
    }

    /// Whether `signature` is this key's on `message`. Strict: malleable signatures fail.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }

    fn wire(&self) -> Vec<u8> {
        [WIRE_PREFIX.as_slice(), self.0.as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 8032 7.1, test 2.
    const SECRET: &str = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const PUBLIC: &str = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const SIGNATURE: &str = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
                             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        hex::decode(hex).unwrap().try_into().unwrap()
    }

    #[test]
    fn signs_as_rfc_8032_says() {
        let author = HeldKey::from_seed("tester", &bytes(SECRET));
        assert_eq!(author.public_key(), bytes(PUBLIC));
        assert_eq!(author.sign(&[0x72]), bytes(SIGNATURE));
        let key = PublicKey::from_bytes(&author.public_key()).unwrap();
        assert!(key.verifies(&[0x72], &bytes(SIGNATURE)));
        assert!(!key.verifies(&[0x73], &bytes(SIGNATURE)));
    }

    #[test]
    fn openssh_text_and_fingerprint_are_those_of_ssh_keygen() {
        let key = PublicKey::from_bytes(&bytes(PUBLIC)).unwrap();
        let text =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM";
        assert_eq!(key.openssh(), text);
        assert_eq!(PublicKey::from_openssh(text), Ok(key));
        assert_eq!(
            key.fingerprint(),
            "SHA256:F34nin7tcaYH6WR5LSWSfj6weFBPfBpuyUUoPFP9YjA"
        );
        assert_eq!(
            PublicKey::from_openssh(&format!("{text} me@here")),
            Err(BadKey)
        );
        assert_eq!(
            PublicKey::from_openssh(&text.replace("ID1A", "IT1A")),
            Err(BadKey)
        );
    }

    #[test]
    fn weak_points_are_no_keys() {
        let mut neutral = [0; 32];
        neutral[0] = 1;
        assert_eq!(PublicKey::from_bytes(&neutral), Err(BadKey));
    }
}
