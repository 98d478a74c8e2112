//! A request that is made again under its key.

use journal::Author;
use serde_json::Value;

use super::{Entries, recorded};
use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::fold;
use crate::problem::Place;
use crate::store::Appended;

/// What the same author recorded under the key `once`, if anything. Refused where that was another event.
pub(super) fn earlier(
    kept: &dyn Entries,
    author: &dyn Author,
    once: Option<&str>,
    event: &Event,
) -> Result<Option<Appended>, Error> {
    let Some(key) = once else {
        return Ok(None);
    };
    fold::check_key(key)?;
    let Some(request) = fold::requested(kept, author.actor(), key)? else {
        return Ok(None);
    };
    let seq = request.origin.entry;
    let found = recorded(kept, seq, 1)?.pop();
    let found = found.filter(|it| it.entry.seq == seq);
    let missing = || Error::damaged(Place::Entry(seq), "it is missing, and a request names it");
    let found = found.ok_or_else(missing)?;
    let (kind, body) = entry(event)?;
    if (found.entry.kind.as_str(), without_key(&found.entry.body)) != (kind.as_str(), body) {
        let sentence = format!("the key {key} is that of another request, entry {seq}");
        let hint =
            "a request that is made again is the same to the letter; another one takes another key";
        return Err(Refusal::invalid(sentence, hint).into());
    }
    Ok(Some(Appended {
        seq,
        hash: found.hash,
        number: None,
    }))
}

/// `event` as kind and body of an entry.
pub(super) fn entry(event: &Event) -> Result<(String, Value), Error> {
    event.to_entry().map_err(|e| Error::Database(Box::new(e)))
}

fn without_key(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove(fold::MEMBER);
    }
    body
}
