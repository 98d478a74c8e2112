//! Signatures that OpenSSH checks (PROTOCOL.sshsig), and keys behind pseudonyms.

use journal::{Author, HeldKey, PublicKey};
use sha2::{Digest, Sha256};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{Algorithm, HashAlg, LineEnding, Signature, SshSig};

use crate::error::{Error, Kind, Result};

/// What such a signature is for, so that it is never one for something else.
pub(super) const NAMESPACE: &str = "framewitness-publication";

/// A signature of `message` as `ssh-keygen -Y sign -n framewitness-publication` writes it.
pub(super) fn sign(author: &dyn Author, message: &[u8]) -> Result<String> {
    let failed = |why: ssh_key::Error| Error::new(Kind::Failed, why.to_string());
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, message).map_err(failed)?;
    let signature = Signature::new(Algorithm::Ed25519, author.sign(&data)).map_err(failed)?;
    let key = KeyData::Ed25519(Ed25519PublicKey(author.public_key()));
    let signed = SshSig::new(key, NAMESPACE, HashAlg::Sha512, signature).map_err(failed)?;
    signed.to_pem(LineEnding::LF).map_err(failed)
}

/// The key that signed `message`, if the signature holds.
pub(super) fn signer(signature: &[u8], message: &[u8]) -> Option<PublicKey> {
    let signed = SshSig::from_pem(signature).ok()?;
    let key = PublicKey::from_bytes(&signed.public_key().ed25519()?.0).ok()?;
    let data = SshSig::signed_data(signed.namespace(), signed.hash_alg(), message).ok()?;
    let bytes: [u8; 64] = signed.signature_bytes().try_into().ok()?;
    let of_this_kind =
        signed.namespace() == NAMESPACE && signed.signature().algorithm() == Algorithm::Ed25519;
    (of_this_kind && key.verifies(&data, &bytes)).then_some(key)
}

/// The key that stands for whoever goes by `name`: of `author`, who alone can make it again, and of the key
/// that this person registered. Ed25519 signatures are deterministic (RFC 8032), and so it is the same in
/// every publication that this author seals.
pub(super) fn pseudonymous(author: &dyn Author, registered: &str, name: &str) -> HeldKey {
    let secret = author.sign(format!("framewitness-pseudonym/1\n{registered}\n").as_bytes());
    HeldKey::from_seed(name, &Sha256::digest(secret).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_these_bytes_and_of_this_key() {
        let ada = HeldKey::from_seed("Ada", &[1; 32]);
        let signed = sign(&ada, b"manifest").unwrap_or_default();
        let key = signer(signed.as_bytes(), b"manifest");
        assert_eq!(key.map(|key| key.to_bytes()), Some(ada.public_key()));
        assert!(signer(signed.as_bytes(), b"manifests").is_none());
        assert!(signer(b"", b"manifest").is_none());
    }

    #[test]
    fn a_pseudonym_keeps_its_key_and_tells_nobody_whose_it_is() {
        let (ada, eve) = (
            HeldKey::from_seed("Ada", &[1; 32]),
            HeldKey::from_seed("Eve", &[2; 32]),
        );
        let key = |author, of, name| pseudonymous(author, of, name).public_key();
        assert_eq!(key(&ada, "ben", "A1"), key(&ada, "ben", "A2"));
        assert_ne!(key(&ada, "ben", "A1"), key(&ada, "cy", "A1"));
        assert_ne!(key(&ada, "ben", "A1"), key(&eve, "ben", "A1"));
    }
}
