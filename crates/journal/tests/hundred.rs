//! A journal of a hundred entries with blobs, time stamps and cosignatures: every flipped bit, deletion,
//! exchange and truncation is found, and what it is in is named.

#![allow(clippy::unwrap_used)]

mod authority;
mod exported;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use exported::Export;
use journal::{Chain, ContentId};

static WHOLE: LazyLock<Export> = LazyLock::new(|| Export::of(100));

/// The chain before each entry.
static BEFORE: LazyLock<Vec<Chain>> = LazyLock::new(|| {
    let mut chain = Chain::default();
    let mut before = Vec::new();
    for line in &WHOLE.lines {
        before.push(chain.clone());
        chain.push(line);
    }
    before
});

/// Whether `bytes` in the place of entry `place` are named as faulty there.
fn named(place: usize, bytes: &[u8]) -> bool {
    let mut chain = BEFORE[place].clone();
    chain.push(bytes);
    chain.faults.iter().any(|fault| fault.seq == place as u64)
}

#[test]
fn the_whole_is_sound() {
    let verdict = WHOLE.verdict();
    assert_eq!(
        (verdict.size, verdict.faulty, verdict.untrue),
        (100, vec![], vec![])
    );
}

#[test]
fn every_flipped_bit_of_every_entry_is_named() {
    let (one, other) = WHOLE.lines.split_at(50);
    std::thread::scope(|scope| {
        scope.spawn(|| flip(0, one));
        scope.spawn(|| flip(50, other));
    });
}

fn flip(from: usize, lines: &[Vec<u8>]) {
    for (line, place) in lines.iter().zip(from..) {
        let mut flipped = line.clone();
        for bit in 0..line.len() * 8 {
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(named(place, &flipped), "bit {bit} of entry {place}");
            flipped[bit / 8] ^= 1 << (bit % 8);
        }
    }
}

#[test]
fn every_deletion_exchange_and_truncation_of_entries_is_named() {
    let lines = &WHOLE.lines;
    for place in 0..100 {
        for other in (place + 1)..100 {
            // Another entry in its place, as after a deletion, a shift or an exchange.
            assert!(named(place, &lines[other]), "{other} at {place}");
            assert!(named(other, &lines[place]), "{place} at {other}");
        }
        for length in 0..lines[place].len() {
            assert!(
                named(place, &lines[place][..length]),
                "{length} bytes of {place}"
            );
        }
        // The end alone leaves a sound journal: a head that was signed before tells.
        let rest = journal::verify_chain(&lines[..place]);
        assert!(rest.faults.is_empty());
        assert_ne!(rest.tree.root(), journal::verify_chain(lines).tree.root());
    }
}

/// The entries that name a blob, which its loss or change makes untrue.
fn naming(id: &ContentId) -> Vec<u64> {
    let without = Export {
        blobs: BTreeMap::from_iter(
            WHOLE
                .blobs
                .clone()
                .into_iter()
                .filter(|(kept, _)| kept != id),
        ),
        lines: WHOLE.lines.clone(),
    };
    without.verdict().untrue
}

#[test]
fn every_change_of_every_blob_and_token_is_named() {
    let tokens = WHOLE
        .blobs
        .values()
        .filter(|bytes| bytes.starts_with(&[0x30]))
        .count();
    assert!(
        tokens >= 11,
        "two stamps of each of five heads, and a root: {tokens}"
    );
    let mut tampered = WHOLE.clone();
    for (id, bytes) in &WHOLE.blobs {
        assert!(!naming(id).is_empty(), "{id} is named by no entry");
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(ContentId::of(&flipped), *id, "bit {bit}");
        }
        // In full for some of each.
        let cut = bytes[..bytes.len() / 2].to_vec();
        let other = WHOLE
            .blobs
            .values()
            .find(|other| *other != bytes)
            .unwrap()
            .clone();
        let mut flipped = bytes.clone();
        flipped[bytes.len() / 3] ^= 4;
        for instead in [cut, other, flipped, Vec::new()] {
            tampered.blobs.insert(*id, instead);
            assert_eq!(tampered.verdict().untrue, naming(id), "{id}");
        }
        tampered.blobs.insert(*id, bytes.clone());
    }
}
