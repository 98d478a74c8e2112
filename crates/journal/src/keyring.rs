//! Which key signs for whom at each entry: registration, rotation, revocation.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::key::ReadyKeys;
use crate::{Entry, Envelope, Fault, PublicKey};

/// Kind of the entry that makes an actor's key known. Its body is
/// `{"actor": <name>, "public_key": "ssh-ed25519 …"}`, and it is signed by that very key.
pub const ACTOR_REGISTERED: &str = "actor.registered";

/// Kind of the entry by which an actor's key hands over to another. Its body is
/// `{"actor": <name>, "public_key": "ssh-ed25519 …", "reason": <text or null>}`; it is signed by the
/// old key, and by the new one, which so proves that somebody holds it.
pub const KEY_ROTATED: &str = "key.rotated";

/// Kind of the entry after which a key signs nothing more. Its body is
/// `{"actor": <name>, "fingerprint": "SHA256:…", "reason": <text>}`; it is signed by the key itself or
/// by that of any other actor.
pub const KEY_REVOKED: &str = "key.revoked";

/// The keys known after some entries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keyring {
    standing: BTreeMap<String, PublicKey>,
    revoked: BTreeSet<String>,
    /// Every key that ever stood: none stands twice.
    used: Vec<PublicKey>,
}

/// What an entry does to the keys.
enum Change {
    None,
    Registers(PublicKey),
    Rotates(PublicKey),
    Revokes(String),
}

impl Keyring {
    /// The key that signs for `actor` now.
    pub(crate) fn standing(&self, actor: &str) -> Option<&PublicKey> {
        self.standing.get(actor)
    }

    /// Checks who signed the next entry, and takes over what it says of keys. `found` is the key whose
    /// signature was found to verify already.
    pub(crate) fn take(
        &mut self,
        envelope: &Envelope,
        found: Option<PublicKey>,
        ready: &ReadyKeys,
    ) -> Result<(), Fault> {
        let actor = &envelope.entry.actor;
        if self.revoked.contains(actor) {
            return Err(Fault::Revoked(actor.clone()));
        }
        let change = match envelope.entry.kind.as_str() {
            ACTOR_REGISTERED => Change::Registers(self.registration(&envelope.entry)?),
            KEY_ROTATED => Change::Rotates(self.rotation(&envelope.entry)?),
            KEY_REVOKED => Change::Revokes(self.revocation(&envelope.entry)?),
            _ => Change::None,
        };
        let signer = match &change {
            Change::Registers(key) => Some(key),
            _ => self.standing.get(actor),
        };
        let signer = signer.ok_or_else(|| Fault::UnknownActor(actor.clone()))?;
        if found != Some(*signer) {
            check(envelope, signer)?;
            ready.met(signer);
        }
        if let Change::Rotates(new) = &change
            && !envelope.taken_over_by(new)
        {
            return Err(Fault::Possession(actor.clone()));
        }
        match change {
            Change::None => {}
            Change::Registers(key) | Change::Rotates(key) => {
                self.used.push(key);
                self.standing.insert(actor.clone(), key);
            }
            Change::Revokes(name) => {
                self.standing.remove(&name);
                self.revoked.insert(name);
            }
        }
        Ok(())
    }

    fn registration(&self, entry: &Entry) -> Result<PublicKey, Fault> {
        let known = self.standing.contains_key(&entry.actor);
        self.fresh_key(entry)
            .filter(|_| !known)
            .ok_or(Fault::Registration)
    }

    fn rotation(&self, entry: &Entry) -> Result<PublicKey, Fault> {
        let reason = entry.body.get("reason");
        let said = reason.is_some_and(|reason| reason.is_null() || reason.is_string());
        self.fresh_key(entry)
            .filter(|_| said && members(&entry.body) == 3)
            .ok_or(Fault::Rotation)
    }

    /// The key that the body names for the entry's own actor, if it never stood before.
    fn fresh_key(&self, entry: &Entry) -> Option<PublicKey> {
        let key = PublicKey::from_openssh(text(&entry.body, "public_key")?).ok()?;
        let own = text(&entry.body, "actor") == Some(&entry.actor);
        (own && !self.used.contains(&key)).then_some(key)
    }

    fn revocation(&self, entry: &Entry) -> Result<String, Fault> {
        let named = || {
            let name = text(&entry.body, "actor")?;
            let fingerprint = text(&entry.body, "fingerprint")?;
            let reason = text(&entry.body, "reason")?;
            let stands = self.standing.get(name)?.fingerprint() == fingerprint;
            let whole = members(&entry.body) == 3;
            (stands && whole && !reason.is_empty()).then(|| name.to_owned())
        };
        named().ok_or(Fault::Revocation)
    }
}

fn check(envelope: &Envelope, signer: &PublicKey) -> Result<(), Fault> {
    let actor = envelope.entry.actor.clone();
    if envelope.keyid != signer.fingerprint() {
        let keyid = envelope.keyid.clone();
        return Err(Fault::WrongKey { actor, keyid });
    }
    if !envelope.signed_by(signer) {
        return Err(Fault::Signature(actor));
    }
    Ok(())
}

fn text<'a>(body: &'a Value, member: &str) -> Option<&'a str> {
    body.get(member)?.as_str()
}

fn members(body: &Value) -> usize {
    body.as_object().map_or(0, serde_json::Map::len)
}
