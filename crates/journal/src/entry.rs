//! One entry: what happened, when, by whom, after what.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::is_written_canonically;
use crate::{ContentId, KEY_REVOKED, KEY_ROTATED, LARGEST_INTEGER, NotCanonical, canonical, time};

/// Name and version of the entry format: member `format` of each payload but those of [`FORMAT_2`].
pub const FORMAT: &str = "framewitness-journal/1";

/// The format of the kinds that change what verification means, [`KEY_ROTATED`] and [`KEY_REVOKED`]:
/// a verifier that knows version 1 alone refuses them, instead of trusting a key that was revoked.
pub const FORMAT_2: &str = "framewitness-journal/2";

/// One entry of a journal, before it is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place in the journal, from 0, at most [`LARGEST_INTEGER`].
    pub seq: u64,
    /// Content id of the envelope before, or [`Entry::NOTHING_BEFORE`] for entry 0.
    pub prev: ContentId,
    /// When it was recorded: RFC 3339, UTC, with `Z`.
    pub at: String,
    /// Who records it: not empty, without control characters or spaces at its ends.
    pub actor: String,
    /// What kind of event: lower-case words joined by dots, such as `claim.made`.
    pub kind: String,
    /// The event: any JSON without fractions or integers beyond ±[`LARGEST_INTEGER`].
    pub body: Value,
}

/// The entry may not stand in a journal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    /// `seq` is too large to be exact.
    #[error("sequence number {0} is beyond 2^53 - 1")]
    Seq(u64),
    /// `at` has another form.
    #[error("time {0:?} is not RFC 3339 in UTC, such as 2026-05-03T10:00:00Z")]
    At(String),
    /// `actor` is empty or cannot be shown.
    #[error("actor {0:?} is empty, has spaces at its ends or holds control characters")]
    Actor(String),
    /// `kind` has another form.
    #[error("kind {0:?} is not lower-case words joined by dots, such as claim.made")]
    Kind(String),
    /// `body` holds what has no exact form.
    #[error("body: {0}")]
    Body(#[from] NotCanonical),
    /// The author's public key is no key, or its signature does not verify.
    #[error("the signature given by {0:?} does not verify under the public key given with it")]
    Author(String),
}

/// The members stand in canonical order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    actor: String,
    at: String,
    body: Value,
    format: String,
    kind: String,
    prev: ContentId,
    seq: u64,
}

/// What a [`Payload`] is written from.
#[derive(Serialize)]
struct Written<'a> {
    actor: &'a str,
    at: &'a str,
    body: &'a Value,
    format: &'a str,
    kind: &'a str,
    prev: ContentId,
    seq: u64,
}

impl Entry {
    /// What entry 0 names as `prev`: SHA-256 of no bytes.
    pub const NOTHING_BEFORE: ContentId = ContentId([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9,
        0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52,
        0xb8, 0x55,
    ]);

    /// Canonical bytes of the payload.
    ///
    /// # Errors
    /// [`BadEntry`] names the member that may not stand so.
    pub fn to_payload(&self) -> Result<Vec<u8>, BadEntry> {
        self.check()?;
        let written = Written {
            actor: &self.actor,
            at: &self.at,
            body: &self.body,
            format: self.format(),
            kind: &self.kind,
            prev: self.prev,
            seq: self.seq,
        };
        let bad = |e: serde_json::Error| NotCanonical::Writer(e.to_string());
        if is_written_canonically(&self.body)? {
            return Ok(serde_json::to_vec(&written).map_err(bad)?);
        }
        Ok(canonical(&serde_json::to_value(written).map_err(bad)?)?)
    }

    /// Reads a payload; nothing when it is not of this format or not the canonical bytes.
    pub(crate) fn from_payload(bytes: &[u8]) -> Option<Self> {
        let payload: Payload = serde_json::from_slice(bytes).ok()?;
        let entry = Self {
            seq: payload.seq,
            prev: payload.prev,
            at: payload.at,
            actor: payload.actor,
            kind: payload.kind,
            body: payload.body,
        };
        let known = payload.format == entry.format();
        (known && entry.to_payload().is_ok_and(|written| written == bytes)).then_some(entry)
    }

    /// The format that its kind came with.
    fn format(&self) -> &'static str {
        match self.kind.as_str() {
            KEY_ROTATED | KEY_REVOKED => FORMAT_2,
            _ => FORMAT,
        }
    }

    fn check(&self) -> Result<(), BadEntry> {
        if self.seq > LARGEST_INTEGER {
            return Err(BadEntry::Seq(self.seq));
        }
        if !time::is_utc(&self.at) {
            return Err(BadEntry::At(self.at.clone()));
        }
        let actor = &self.actor;
        if actor.is_empty() || actor.trim() != actor || actor.chars().any(char::is_control) {
            return Err(BadEntry::Actor(actor.clone()));
        }
        let word = |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase());
        if !self.kind.split('.').all(word) {
            return Err(BadEntry::Kind(self.kind.clone()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry() -> Entry {
        Entry {
            seq: 0,
            prev: Entry::NOTHING_BEFORE,
            at: "2026-05-03T10:00:00Z".into(),
            actor: "Ada".into(),
            kind: "case.opened".into(),
            body: json!({"name": "Ç", "n": -1}),
        }
    }

    #[test]
    fn payload_is_canonical_and_reads_back() {
        let bytes = entry().to_payload().unwrap();
        let text = concat!(
            r#"{"actor":"Ada","at":"2026-05-03T10:00:00Z","body":{"n":-1,"name":"Ç"},"#,
            r#""format":"framewitness-journal/1","kind":"case.opened","#,
            r#""prev":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","seq":0}"#
        );
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), text);
        assert_eq!(Entry::from_payload(&bytes), Some(entry()));
        assert_eq!(ContentId::of(b""), Entry::NOTHING_BEFORE);
    }

    #[test]
    fn only_the_canonical_bytes_are_a_payload() {
        let text = String::from_utf8(entry().to_payload().unwrap()).unwrap();
        for other in [
            text.replace(":-1", ": -1"),
            text.replace(r#""n":-1"#, r#""n":-1,"n":-1"#),
            text.replace(r#""seq":0"#, r#""seq":0,"x":1"#),
            text.replace("journal/1", "journal/2"),
            text.replace("Ç", "\\u00c7"),
            format!("{text}\n"),
        ] {
            assert_ne!(other, text);
            assert_eq!(Entry::from_payload(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn each_member_is_checked() {
        let refused = |change: fn(&mut Entry)| {
            let mut entry = entry();
            change(&mut entry);
            entry.to_payload().unwrap_err()
        };
        assert!(matches!(refused(|e| e.seq = 1 << 53), BadEntry::Seq(_)));
        assert!(matches!(
            refused(|e| e.at = "2026-05-03".into()),
            BadEntry::At(_)
        ));
        assert!(matches!(
            refused(|e| e.actor = " Ada".into()),
            BadEntry::Actor(_)
        ));
        assert!(matches!(
            refused(|e| e.actor = "A\u{1b}".into()),
            BadEntry::Actor(_)
        ));
        assert!(matches!(
            refused(|e| e.kind = "claim..made".into()),
            BadEntry::Kind(_)
        ));
        assert!(matches!(
            refused(|e| e.body = json!([0.5])),
            BadEntry::Body(_)
        ));
    }
}
