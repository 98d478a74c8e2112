//! Requests that carry a key, so that one which is made again records nothing again.

use serde_json::Value;

use super::tables::{Table, Tables, find, next, put};
use crate::error::{Error, Refusal};
use crate::record::{Origin, Request};

/// The member of a body that holds the key.
pub(crate) const MEMBER: &str = "once";

/// Longest key, in characters.
const LONGEST: usize = 200;

/// Refuses what is no key: 1 to 200 visible characters of ASCII.
pub(crate) fn check_key(key: &str) -> Result<(), Refusal> {
    if (1..=LONGEST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Refusal::invalid(
        format!("{key:?} is no key of a request"),
        "give 1 to 200 letters, digits and signs without blanks, such as a UUID",
    ))
}

/// The request that `actor` made under `key`, if any.
pub(crate) fn requested(t: &dyn Tables, actor: &str, key: &str) -> Result<Option<Request>, Error> {
    find(t, &label(actor, key))
}

/// Remembers the key in the body of the entry `origin`, if it has one.
pub(crate) fn remember(t: &mut dyn Tables, origin: &Origin, body: &Value) -> Result<(), Error> {
    let Some(key) = body.get(MEMBER).and_then(Value::as_str) else {
        return Ok(());
    };
    check_key(key)?;
    if let Some(earlier) = requested(t, &origin.actor, key)? {
        let sentence = format!("the key {key} is that of entry {}", earlier.origin.entry);
        return Err(Refusal::conflict(sentence, "take another key").into());
    }
    let request = Request {
        number: next(t, Table::Requests)?,
        origin: origin.clone(),
        key: key.to_owned(),
    };
    put(t, origin, &request)
}

/// Keys hold no blanks, so that a label is of one actor and key.
pub(super) fn label(actor: &str, key: &str) -> String {
    format!("{key} {actor}")
}
