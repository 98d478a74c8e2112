//! DSSE envelopes: an entry and its author's signature.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::key::{ReadyKeys, Said};
use crate::{Author, BadEntry, ContentId, Entry, KEY_ROTATED, NotCanonical, PublicKey};

/// DSSE payload type of a journal entry.
pub const PAYLOAD_TYPE: &str = "application/vnd.framewitness.entry+json";

/// The bytes are not the canonical envelope of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEnvelope {
    /// Not a DSSE envelope of this payload type with the Ed25519 signatures that it must have, in
    /// canonical bytes.
    #[error("not a canonical DSSE envelope of a journal entry")]
    Envelope,
    /// The payload is not an entry in canonical bytes.
    #[error("the payload is not a canonical journal entry")]
    Payload,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dsse {
    payload: String,
    #[serde(rename = "payloadType")]
    payload_type: String,
    signatures: Vec<DsseSignature>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DsseSignature {
    keyid: String,
    sig: String,
}

impl Dsse {
    /// The members stand in canonical order above, and are all text.
    fn to_bytes(&self) -> Result<Vec<u8>, NotCanonical> {
        serde_json::to_vec(self).map_err(|e| NotCanonical::Writer(e.to_string()))
    }
}

/// Canonical envelope bytes of `entry`, signed by `author`; a [`KEY_ROTATED`] by the author's
/// successor too.
///
/// # Errors
/// [`BadEntry`] when a member may not stand so, when `entry.actor` is not the author, when a
/// signature does not verify, or when a rotation has no successor.
pub fn seal(entry: &Entry, author: &dyn Author) -> Result<Vec<u8>, BadEntry> {
    let wrong_author = || BadEntry::Author(author.actor().to_owned());
    if entry.actor != author.actor() {
        return Err(wrong_author());
    }
    let payload = entry.to_payload()?;
    let message = pre_authentication(&payload);
    let mut signatures = vec![sign(author, &message)?];
    if entry.kind == KEY_ROTATED {
        let successor = author.successor().ok_or_else(wrong_author)?;
        let key = PublicKey::from_bytes(&successor.public_key()).map_err(|_| wrong_author())?;
        if entry.body["public_key"] != key.openssh() {
            return Err(wrong_author());
        }
        signatures.push(sign(successor, &message)?);
    }
    let dsse = Dsse {
        payload: STANDARD.encode(payload),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures,
    };
    Ok(dsse.to_bytes()?)
}

fn sign(author: &dyn Author, message: &[u8]) -> Result<DsseSignature, BadEntry> {
    let wrong = || BadEntry::Author(author.actor().to_owned());
    let signature = author.sign(message);
    let key = PublicKey::from_bytes(&author.public_key()).map_err(|_| wrong())?;
    if !key.verifies(message, &signature) {
        return Err(wrong());
    }
    Ok(DsseSignature {
        keyid: key.fingerprint(),
        sig: STANDARD.encode(signature),
    })
}

/// An envelope whose form was checked; its signature is checked by [`Envelope::signed_by`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The entry within.
    pub entry: Entry,
    /// Content id of the envelope bytes: what the next entry names as `prev`.
    pub id: ContentId,
    /// Fingerprint of the key that is said to have signed ([`PublicKey::fingerprint`]).
    pub keyid: String,
    payload: Vec<u8>,
    signature: [u8; 64],
    /// That of the key that takes over: fingerprint and signature.
    second: Option<(String, [u8; 64])>,
}

impl Envelope {
    /// Reads envelope bytes.
    ///
    /// # Errors
    /// [`BadEnvelope`] for anything but the canonical bytes of an envelope of an entry.
    pub fn open(bytes: &[u8]) -> Result<Self, BadEnvelope> {
        Self::open_as(bytes, ContentId::of(bytes))
    }

    /// The same, of bytes whose content id is known.
    pub(crate) fn open_as(bytes: &[u8], id: ContentId) -> Result<Self, BadEnvelope> {
        let dsse: Dsse = serde_json::from_slice(bytes).map_err(|_| BadEnvelope::Envelope)?;
        if dsse.payload_type != PAYLOAD_TYPE || dsse.to_bytes().ok().as_deref() != Some(bytes) {
            return Err(BadEnvelope::Envelope);
        }
        let mut signatures = Vec::new();
        for DsseSignature { keyid, sig } in dsse.signatures {
            let sig = STANDARD.decode(sig).ok().and_then(|s| s.try_into().ok());
            signatures.push((keyid, sig.ok_or(BadEnvelope::Envelope)?));
        }
        let payload = STANDARD
            .decode(&dsse.payload)
            .map_err(|_| BadEnvelope::Envelope)?;
        let entry = Entry::from_payload(&payload).ok_or(BadEnvelope::Payload)?;
        let wanted = if entry.kind == KEY_ROTATED { 2 } else { 1 };
        let second = signatures.get(1).cloned();
        let (count, first) = (signatures.len(), signatures.into_iter().next());
        let (keyid, signature) = first
            .filter(|_| count == wanted)
            .ok_or(BadEnvelope::Envelope)?;
        Ok(Self {
            entry,
            id,
            keyid,
            payload,
            signature,
            second,
        })
    }

    /// Whether `key` is the one named and its signature verifies.
    pub fn signed_by(&self, key: &PublicKey) -> bool {
        self.keyid == key.fingerprint()
            && key.verifies(&pre_authentication(&self.payload), &self.signature)
    }

    /// What the signature says, if it is of one of `keys`.
    pub(crate) fn said_by(&self, keys: &ReadyKeys) -> Option<Said> {
        let message = || pre_authentication(&self.payload);
        keys.said(&self.keyid, message, &self.signature)
    }

    /// Whether `key`, which takes over, signed beside the one that signs.
    pub fn taken_over_by(&self, key: &PublicKey) -> bool {
        let (keyid, signature) = match &self.second {
            Some((keyid, signature)) => (keyid, signature),
            None => return false,
        };
        *keyid == key.fingerprint() && key.verifies(&pre_authentication(&self.payload), signature)
    }
}

/// DSSE v1 pre-authentication encoding of an entry's payload.
fn pre_authentication(payload: &[u8]) -> Vec<u8> {
    let header = format!(
        "DSSEv1 {} {PAYLOAD_TYPE} {} ",
        PAYLOAD_TYPE.len(),
        payload.len()
    );
    [header.as_bytes(), payload].concat()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::HeldKey;

    fn entry() -> Entry {
        Entry {
            seq: 7,
            prev: Entry::NOTHING_BEFORE,
            at: "2026-05-03T10:00:00Z".into(),
            actor: "Ada".into(),
            kind: "claim.made".into(),
            body: json!({"text": "x"}),
        }
    }

    #[test]
    fn pre_authentication_is_as_dsse_says() {
        assert_eq!(
            pre_authentication(b"{}"),
            b"DSSEv1 39 application/vnd.framewitness.entry+json 2 {}"
        );
    }

    #[test]
    fn opens_what_was_sealed() {
        let author = HeldKey::from_seed("Ada", &[1; 32]);
        let bytes = seal(&entry(), &author).unwrap();
        let envelope = Envelope::open(&bytes).unwrap();
        assert_eq!(envelope.entry, entry());
        assert_eq!(envelope.id, ContentId::of(&bytes));
        assert!(envelope.signed_by(&PublicKey::from_bytes(&author.public_key()).unwrap()));
        let other = HeldKey::from_seed("Ada", &[2; 32]);
        assert!(!envelope.signed_by(&PublicKey::from_bytes(&other.public_key()).unwrap()));
    }

    #[test]
    fn base64_has_one_form() {
        let bytes = seal(&entry(), &HeldKey::from_seed("Ada", &[1; 32])).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("==\""));
        let unpadded = text.replace("==\"", "\"");
        assert_eq!(
            Envelope::open(unpadded.as_bytes()),
            Err(BadEnvelope::Envelope)
        );
        let spaced = text.replace(",\"", ", \"");
        assert_eq!(
            Envelope::open(spaced.as_bytes()),
            Err(BadEnvelope::Envelope)
        );
    }

    #[test]
    fn an_author_who_signs_wrongly_is_refused() {
        struct Forger(HeldKey);
        impl Author for Forger {
            fn actor(&self) -> &str {
                self.0.actor()
            }
            fn public_key(&self) -> [u8; 32] {
                self.0.public_key()
            }
            fn sign(&self, _: &[u8]) -> [u8; 64] {
                self.0.sign(b"something else")
            }
        }
        let author = HeldKey::from_seed("Ada", &[1; 32]);
        assert!(matches!(
            seal(&entry(), &Forger(author)),
            Err(BadEntry::Author(_))
        ));
        let eve = HeldKey::from_seed("Eve", &[1; 32]);
        assert!(matches!(seal(&entry(), &eve), Err(BadEntry::Author(_))));
    }
}
