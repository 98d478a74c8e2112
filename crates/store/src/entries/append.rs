//! Appending entries.

use journal::tree::leaf_hash;
use journal::{Author, BadEntry, ContentId, Entry, PublicKey, seal};

use super::{Entries, KeptHead, Noted, once};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::fold;
use crate::problem::Place;
use crate::record::{Actor, Origin};
use crate::search;
use crate::store::Appended;

pub(super) fn append(
    kept: &mut dyn Entries,
    author: &dyn Author,
    at: &str,
    once: Option<&str>,
    event: &Event,
) -> Result<Appended, Error> {
    if let Some(earlier) = once::earlier(kept, author, once, event)? {
        return Ok(earlier);
    }
    fold::admit(event)?;
    let head = kept.head()?;
    let mut pen = Pen {
        kept,
        author,
        at,
        head,
    };
    pen.check_last()?;
    if let Some(registration) = pen.registration(event)? {
        pen.write(&registration, None)?;
    }
    let appended = pen.write(event, once)?;
    pen.kept.keep_head(&pen.head)?;
    Ok(appended)
}

/// One author writing at one time in one transaction.
struct Pen<'a> {
    kept: &'a mut dyn Entries,
    author: &'a dyn Author,
    at: &'a str,
    head: KeptHead,
}

impl Pen<'_> {
    /// Whether the entry to follow is the one that the head names: nobody is led to sign a
    /// continuation of something else.
    fn check_last(&self) -> Result<(), Error> {
        let size = self.head.tree.size();
        let from = size.saturating_sub(1);
        let tail = self.kept.envelopes(from, 2)?;
        let found = tail
            .last()
            .map_or(Entry::NOTHING_BEFORE, |(_, bytes)| ContentId::of(bytes));
        let seq = tail.last().map_or(0, |(seq, _)| seq + 1);
        if seq != size || found != self.head.last {
            return Err(Error::damaged(
                Place::Head,
                "it does not name the last entry",
            ));
        }
        Ok(())
    }

    /// The registration that must precede the author's `event`, if its key is not yet known.
    fn registration(&self, event: &Event) -> Result<Option<Event>, Error> {
        let (actor, bytes) = (self.author.actor(), self.author.public_key());
        let Ok(key) = PublicKey::from_bytes(&bytes) else {
            let sentence = format!("the public key of {actor} is no Ed25519 key");
            return Err(Refusal::invalid(sentence, "make a new key").into());
        };
        let public_key = key.openssh();
        match fold::find::<Actor>(self.kept, actor)? {
            Some(known) if known.public_key == public_key => Ok(None),
            Some(known) => {
                let sentence = format!(
                    "the name {actor} is bound to another key, {}",
                    known.fingerprint
                );
                Err(Refusal::conflict(sentence, "sign with that key, or take another name").into())
            }
            None if matches!(event, Event::KeyRotated(_)) => {
                let sentence =
                    format!("{actor} has signed nothing here, so there is no key to change");
                Err(Refusal::conflict(sentence, "sign with the new key from the start").into())
            }
            None => first_registration(actor, public_key, event),
        }
    }

    fn write(&mut self, event: &Event, once: Option<&str>) -> Result<Appended, Error> {
        let seq = self.head.tree.size();
        let origin = Origin {
            entry: seq,
            at: self.at.to_owned(),
            actor: self.author.actor().to_owned(),
        };
        let (kind, mut body) = once::entry(event)?;
        if let (Some(key), Some(members)) = (once, body.as_object_mut()) {
            members.insert(fold::MEMBER.to_owned(), key.into());
        }
        let entry = Entry {
            seq,
            prev: self.head.last,
            at: self.at.to_owned(),
            actor: self.author.actor().to_owned(),
            kind,
            body,
        };
        let refused =
            |bad: BadEntry| Refusal::invalid(bad.to_string(), "correct it and record it again");
        let bytes = seal(&entry, self.author).map_err(refused)?;
        self.kept.add(seq, &bytes)?;
        let mut noted = Noted {
            kept: self.kept,
            changed: Vec::new(),
        };
        let number = fold::apply(&mut noted, &origin, event)?;
        fold::remember(&mut noted, &origin, &entry.body)?;
        let changed = noted.changed;
        search::refresh(self.kept, &changed)?;
        self.head.tree.push(leaf_hash(&bytes));
        self.head.last = ContentId::of(&bytes);
        Ok(Appended {
            seq,
            hash: self.head.last,
            number,
        })
    }
}

/// The registration that a new author's `event` lacks; none when it is one, of the signing key.
fn first_registration(
    actor: &str,
    public_key: String,
    event: &Event,
) -> Result<Option<Event>, Error> {
    match event {
        Event::ActorRegistered {
            public_key: named, ..
        } if *named != public_key => {
            let sentence = format!("{actor} registers a key and signs with another");
            Err(Refusal::invalid(sentence, "register the key that signs").into())
        }
        Event::ActorRegistered { .. } => Ok(None),
        _ => Ok(Some(Event::ActorRegistered {
            actor: actor.to_owned(),
            public_key,
        })),
    }
}
