//! Actors and their keys.

use journal::PublicKey;

use super::tables::{Table, Tables, all, find, next, put};
use super::text;
use crate::error::{Error, Refusal};
use crate::event::{KeyRevoked, KeyRotated};
use crate::record::{Actor, FormerKey, Origin, Revocation};

/// Refuses an actor whose key was revoked.
pub(super) fn may_sign(t: &dyn Tables, actor: &str) -> Result<(), Error> {
    match find::<Actor>(t, actor)?.and_then(|actor| actor.revoked) {
        None => Ok(()),
        Some(revoked) => {
            let sentence = format!(
                "the key of {actor} was revoked by entry {}: {}",
                revoked.origin.entry, revoked.reason
            );
            Err(Refusal::conflict(sentence, "sign under another name").into())
        }
    }
}

pub(super) fn register(
    t: &mut dyn Tables,
    origin: &Origin,
    actor: &str,
    key: &str,
) -> Result<(), Error> {
    let public = public_key(key)?;
    if actor != origin.actor {
        let sentence = format!("{} cannot register a key for {actor}", origin.actor);
        return Err(Refusal::invalid(sentence, "an actor's first entry registers its key").into());
    }
    if find::<Actor>(t, actor)?.is_some() {
        let sentence = format!("the name {actor} is bound to a key already");
        return Err(Refusal::conflict(sentence, "sign with that key, or take another name").into());
    }
    never_stood(t, actor, key)?;
    let record = Actor {
        number: next(t, Table::Actors)?,
        origin: origin.clone(),
        public_key: key.to_owned(),
        fingerprint: public.fingerprint(),
        former: Vec::new(),
        revoked: None,
    };
    put(t, origin, &record)
}

pub(super) fn rotate(
    t: &mut dyn Tables,
    origin: &Origin,
    rotated: &KeyRotated,
) -> Result<(), Error> {
    let public = public_key(&rotated.public_key)?;
    if rotated.actor != origin.actor {
        let sentence = format!(
            "{} cannot change the key of {}",
            origin.actor, rotated.actor
        );
        return Err(Refusal::invalid(sentence, "each actor changes its own key").into());
    }
    let mut actor = known(t, &rotated.actor)?;
    never_stood(t, &rotated.actor, &rotated.public_key)?;
    actor.former.push(FormerKey {
        until: origin.clone(),
        public_key: std::mem::replace(&mut actor.public_key, rotated.public_key.clone()),
        fingerprint: std::mem::replace(&mut actor.fingerprint, public.fingerprint()),
        reason: rotated.reason.clone(),
    });
    put(t, origin, &actor)
}

pub(super) fn revoke(
    t: &mut dyn Tables,
    origin: &Origin,
    revoked: &KeyRevoked,
) -> Result<(), Error> {
    text::required(&revoked.reason, "the reason of a revocation")?;
    let mut actor = known(t, &revoked.actor)?;
    may_sign(t, &revoked.actor)?;
    if actor.fingerprint != revoked.fingerprint {
        let sentence = format!(
            "{} is not the key of {}, which is {}",
            revoked.fingerprint, revoked.actor, actor.fingerprint
        );
        return Err(Refusal::conflict(sentence, "look at the keys again").into());
    }
    actor.revoked = Some(Revocation {
        origin: origin.clone(),
        reason: revoked.reason.clone(),
    });
    put(t, origin, &actor)
}

fn public_key(text: &str) -> Result<PublicKey, Error> {
    PublicKey::from_openssh(text).map_err(|_| {
        let sentence = format!("{text:?} is no public key");
        Refusal::invalid(sentence, "give `ssh-ed25519 AAAA…`").into()
    })
}

fn known(t: &dyn Tables, actor: &str) -> Result<Actor, Error> {
    find::<Actor>(t, actor)?.ok_or_else(|| {
        let sentence = format!("nobody signs as {actor} in this case");
        Refusal::unknown(sentence, "`framewitness key show --all` lists who does").into()
    })
}

fn never_stood(t: &dyn Tables, actor: &str, key: &str) -> Result<(), Error> {
    let stood = |a: &Actor| a.public_key == key || a.former.iter().any(|f| f.public_key == key);
    match all::<Actor>(t)?.into_iter().find(stood) {
        None => Ok(()),
        Some(holder) => {
            let sentence = format!("the key of {actor} is that of {}", holder.origin.actor);
            Err(Refusal::conflict(sentence, "sign under that name, or make another key").into())
        }
    }
}
