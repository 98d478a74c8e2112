//! Texts of the journal: envelopes, signed notes, checkpoints, keys.

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::note::{self, Verifier};
use journal::{
    Author, Checkpoint, ContentId, Envelope, HeldKey, PAYLOAD_TYPE, PublicKey, canonical, seal,
};
use serde_json::json;

use crate::memory::bounded;

/// An envelope, and the entry in it. A first byte of 0 means the envelope's own bytes; otherwise they
/// are the payload, and the envelope is put around them.
pub fn envelope(bytes: &[u8]) {
    match bytes.split_first() {
        Some((0, bytes)) => {
            open(bytes);
        }
        Some((_, payload)) => enveloped(payload),
        None => {}
    }
}

fn open(bytes: &[u8]) -> Option<Envelope> {
    let most = 16 * 1024 + 128 * bytes.len();
    let envelope = bounded(most, || Envelope::open(bytes)).ok()?;
    assert_eq!(envelope.id, ContentId::of(bytes));
    assert!(
        !envelope.signed_by(&key(&author("eve", 9))),
        "a forged signature"
    );
    Some(envelope)
}

fn enveloped(payload: &[u8]) {
    let dsse = json!({
        "payload": STANDARD.encode(payload),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key(&author("eve", 9)).fingerprint(), "sig": STANDARD.encode([0; 64])}],
    });
    let bytes = canonical(&dsse).expect("strings alone");
    let Some(envelope) = open(&bytes) else {
        return;
    };
    let entry = envelope.entry;
    assert_eq!(entry.to_payload().expect("read from it"), payload);
    // Sealed by whoever it says, it opens again.
    let author = author(&entry.actor, 1);
    let sealed = seal(&entry, &author).expect("an entry that may stand");
    let again = open(&sealed).expect("sealed by us");
    assert_eq!(again.entry, entry);
    assert!(again.signed_by(&key(&author)));
}

/// A signed note, the text of one, a checkpoint, or a key, by the first byte.
pub fn note(bytes: &[u8]) {
    let Some((how, text)) = bytes.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let most = 16 * 1024 + 64 * text.len();
    match how % 4 {
        0 => bounded(most, || opened(text)),
        1 => signed(text),
        2 => checkpoint(text),
        _ => keys(text),
    }
}

fn opened(text: &str) {
    let verifier = verifier("desk");
    if let Ok(said) = note::open(text, &verifier) {
        assert!(said.ends_with('\n') && text.starts_with(said));
    }
    let _ = Checkpoint::open(text, &verifier);
}

fn signed(text: &str) {
    let Ok(note) = note::sign(text, "desk", &author("desk", 1)) else {
        return;
    };
    assert_eq!(note::open(&note, &verifier("desk")), Ok(text));
    // One changed letter of the text, and it is refused.
    let other = format!("x{note}");
    assert!(note::open(&other, &verifier("desk")).is_err());
}

fn checkpoint(text: &str) {
    let Ok(checkpoint) = Checkpoint::parse(text) else {
        return;
    };
    // Further lines are passed over, so the text written is the beginning of the one read.
    assert!(text.starts_with(&checkpoint.text()));
    assert_eq!(
        Checkpoint::parse(&checkpoint.text()),
        Ok(checkpoint.clone())
    );
    if let Ok(note) = checkpoint.sign(&author("desk", 1)) {
        let verifier = verifier(&checkpoint.origin);
        assert_eq!(Checkpoint::open(&note, &verifier), Ok(checkpoint));
    }
}

fn keys(text: &str) {
    if let Some(verifier) = Verifier::from_vkey(text) {
        assert_eq!(verifier.to_vkey(), text);
    }
    if let Ok(key) = PublicKey::from_openssh(text) {
        assert_eq!(key.openssh(), text);
    }
    if let Ok(id) = text.parse::<ContentId>() {
        assert_eq!(id.to_string(), text);
    }
    let moment = journal::time::is_moment(text);
    assert!(!journal::time::is_utc(text) || moment);
}

fn author(name: &str, seed: u8) -> HeldKey {
    HeldKey::from_seed(name, &[seed; 32])
}

fn key(author: &HeldKey) -> PublicKey {
    PublicKey::from_bytes(&author.public_key()).expect("a key")
}

fn verifier(name: &str) -> Verifier {
    Verifier::new(name, key(&author(name, 1))).expect("a name that signed")
}
