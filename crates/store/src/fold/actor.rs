//! Actors and their keys.

use journal::PublicKey;

use super::tables::{Table, Tables, all, find, next, put};
use crate::error::{Error, Refusal};
use crate::record::{Actor, Origin};

pub(super) fn register(
    t: &mut dyn Tables,
    origin: &Origin,
    actor: &str,
    key: &str,
) -> Result<(), Error> {
    let Ok(public) = PublicKey::from_openssh(key) else {
        return Err(Refusal::invalid(
            format!("{key:?} is no public key"),
            "give `ssh-ed25519 AAAA…`",
        )
        .into());
    };
    if actor != origin.actor {
        let sentence = format!("{} cannot register a key for {actor}", origin.actor);
        return Err(Refusal::invalid(sentence, "an actor's first entry registers its key").into());
    }
    if find::<Actor>(t, actor)?.is_some() {
        let sentence = format!("the name {actor} is bound to a key already");
        return Err(Refusal::conflict(sentence, "sign with that key, or take another name").into());
    }
    if let Some(holder) = all::<Actor>(t)?.into_iter().find(|a| a.public_key == key) {
        let sentence = format!("the key of {actor} is that of {}", holder.origin.actor);
        return Err(
            Refusal::conflict(sentence, "sign under that name, or make another key").into(),
        );
    }
    let record = Actor {
        number: next(t, Table::Actors)?,
        origin: origin.clone(),
        public_key: key.to_owned(),
        fingerprint: public.fingerprint(),
    };
    put(t, origin, &record)
}
