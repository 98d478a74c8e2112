//! Appending entries, and reading them.

use std::path::Path;

use journal::tree::{Frontier, leaf_hash};
use journal::{Author, BadEntry, ContentId, Entry, Envelope, PublicKey, seal};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::failure::sort;
use super::tables::SqlTables;
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::fold;
use crate::problem::Place;
use crate::record::{Actor, Origin};
use crate::store::{Appended, Recorded};

/// The head as it is kept beside the entries.
pub(super) struct KeptHead {
    pub(super) tree: Frontier,
    pub(super) last: ContentId,
}

pub(super) fn append(
    connection: &mut Connection,
    path: &Path,
    author: &dyn Author,
    at: &str,
    event: &Event,
) -> Result<Appended, Error> {
    let begun = connection.transaction_with_behavior(TransactionBehavior::Immediate);
    let transaction = begun.map_err(|e| sort(e, path))?;
    let head = read_head(&transaction, path)?;
    let mut pen = Pen {
        transaction: &transaction,
        path,
        author,
        at,
        head,
    };
    pen.check_last()?;
    if let Some(registration) = pen.registration(event)? {
        pen.write(&registration)?;
    }
    let appended = pen.write(event)?;
    pen.keep_head()?;
    transaction.commit().map_err(|e| sort(e, path))?;
    Ok(appended)
}

/// One author writing at one time in one transaction.
struct Pen<'a> {
    transaction: &'a Transaction<'a>,
    path: &'a Path,
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
        let tail = envelopes(self.transaction, self.path, from, 2)?;
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
        match fold::find::<Actor>(&SqlTables::new(self.transaction, self.path), actor)? {
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

    fn write(&mut self, event: &Event) -> Result<Appended, Error> {
        let seq = self.head.tree.size();
        let origin = Origin {
            entry: seq,
            at: self.at.to_owned(),
            actor: self.author.actor().to_owned(),
        };
        let bytes = self.seal(seq, event)?;
        let insert = "INSERT INTO entries (seq, envelope) VALUES (?1, ?2)";
        let mut statement = self
            .transaction
            .prepare_cached(insert)
            .map_err(|e| sort(e, self.path))?;
        statement
            .execute(params![seq, bytes])
            .map_err(|e| sort(e, self.path))?;
        let number = fold::apply(
            &mut SqlTables::new(self.transaction, self.path),
            &origin,
            event,
        )?;
        self.head.tree.push(leaf_hash(&bytes));
        self.head.last = ContentId::of(&bytes);
        Ok(Appended {
            seq,
            hash: self.head.last,
            number,
        })
    }

    fn seal(&self, seq: u64, event: &Event) -> Result<Vec<u8>, Error> {
        let (kind, body) = event.to_entry().map_err(|e| Error::Database(Box::new(e)))?;
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
        Ok(seal(&entry, self.author).map_err(refused)?)
    }

    fn keep_head(&self) -> Result<(), Error> {
        let sql = "UPDATE head SET size = ?1, last = ?2, peaks = ?3";
        let KeptHead { tree, last } = &self.head;
        let kept = self
            .transaction
            .execute(sql, params![tree.size(), last.0, tree.to_bytes()]);
        match kept.map_err(|e| sort(e, self.path))? {
            1 => Ok(()),
            _ => Err(Error::damaged(Place::Head, "it is missing")),
        }
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

pub(super) fn read_head(connection: &Connection, path: &Path) -> Result<KeptHead, Error> {
    let sql = "SELECT size, last, peaks FROM head";
    let (size, last, peaks): (u64, [u8; 32], Vec<u8>) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(|e| sort(e, path))?;
    let tree = Frontier::from_bytes(size, &peaks);
    let tree = tree.ok_or_else(|| Error::damaged(Place::Head, "its peaks do not fit its size"))?;
    Ok(KeptHead {
        tree,
        last: ContentId(last),
    })
}

/// At most `limit` entries from `from` on, opened.
pub(super) fn entries(
    connection: &Connection,
    path: &Path,
    from: u64,
    limit: usize,
) -> Result<Vec<Recorded>, Error> {
    let open = |(seq, envelope): (u64, Vec<u8>)| {
        let opened = Envelope::open(&envelope);
        let Envelope { entry, id, .. } =
            opened.map_err(|bad| Error::damaged(Place::Entry(seq), bad.to_string()))?;
        Ok(Recorded {
            entry,
            hash: id,
            envelope,
        })
    };
    envelopes(connection, path, from, limit)?
        .into_iter()
        .map(open)
        .collect()
}

/// At most `limit` envelopes from `from` on, each with its place.
pub(super) fn envelopes(
    connection: &Connection,
    path: &Path,
    from: u64,
    limit: usize,
) -> Result<Vec<(u64, Vec<u8>)>, Error> {
    // SQLite counts in i64: no journal reaches its end.
    let (from, limit) = (
        i64::try_from(from).unwrap_or(i64::MAX),
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    let rows = || {
        let sql = "SELECT seq, envelope FROM entries WHERE seq >= ?1 ORDER BY seq LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([from, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    };
    rows().map_err(|e| sort(e, path))
}
