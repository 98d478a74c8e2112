//! What others send about a journal: time stamps, OpenTimestamps proofs, proofs of inclusion.

use journal::proof::{Continuation, Inclusion};
use journal::{ots, stamp};

use crate::memory::bounded;

/// A time stamp, an OpenTimestamps proof, or a proof of a journal, by the first byte.
pub fn witness(bytes: &[u8]) {
    let Some((how, bytes)) = bytes.split_first() else {
        return;
    };
    match how % 3 {
        0 => stamped(bytes),
        1 => hashed(bytes),
        _ => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                proven(text);
            }
        }
    }
}

fn stamped(bytes: &[u8]) {
    let most = 16 * 1024 + 64 * bytes.len();
    bounded(most, || {
        let Ok(token) = stamp::Token::parse(bytes) else {
            return;
        };
        assert!(journal::time::is_utc(token.says_at()));
        // Nobody vouches for it, and it stamps nothing that was ever asked for.
        assert!(token.verify(b"a head", &[bytes.to_vec()]).is_err());
    });
    if let Some(name) = stamp::certificate_name(bytes) {
        assert!(!name.is_empty() && !name.chars().any(char::is_control));
    }
}

fn hashed(bytes: &[u8]) {
    // Each step of a proof may copy a message of 4096 bytes.
    let most = 64 * 1024 + 8192 * bytes.len();
    if let Ok(proof) = bounded(most, || ots::Proof::parse(bytes)) {
        assert!(!proof.ends.is_empty());
        assert_eq!(proof.anchored(&[0; 80]), None);
    }
}

fn proven(text: &str) {
    let most = 16 * 1024 + 32 * text.len();
    if let Ok(proof) = bounded(most, || Inclusion::parse(text)) {
        assert_eq!(proof.to_text(), text);
        let stated = proof.states().expect("looked at when it was read");
        proof.holds(&stated);
    }
    if let Ok(proof) = bounded(most, || Continuation::parse(text)) {
        assert_eq!(proof.to_text(), text);
        let stated = proof.states().expect("looked at when it was read");
        proof.holds(&stated.root, &stated);
    }
}
