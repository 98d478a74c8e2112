//! Old formats stay readable for ever: each version has a journal that is never written again.

#![allow(clippy::unwrap_used)]

use journal::note::Verifier;
use journal::tree::{inclusion_proof, leaf_hash, verify_inclusion};
use journal::{Checkpoint, Envelope, HandOver, HeldKey, PublicKey, seal, verify_chain};

/// Six entries by Ada (secret key 32 times 0x01) and Ben (32 times 0x02), an envelope a line.
const V1: &str = include_str!("fixtures/v1.jsonl");
/// Ada's checkpoint over them.
const V1_CHECKPOINT: &str = include_str!("fixtures/v1.checkpoint");
/// As V1, until Ada hands over to the key 32 times 0x03, which Ben revokes; then Ben's own.
const V2: &str = include_str!("fixtures/v2.jsonl");
/// Ben's checkpoint over all but the last.
const V2_CHECKPOINT: &str = include_str!("fixtures/v2.checkpoint");
const V2_ROOT: &str = "36c6dde235f94ebd5881659848e30eece37b344092478d27733a88758157303a";
/// Root of the tree over the six envelopes, without their newlines.
const V1_ROOT: &str = "59ce0a36d2ba4d0c96e17aee4cd87a143394819da5ce266c6458b3cc98aead69";

fn envelopes() -> Vec<&'static [u8]> {
    V1.lines().map(str::as_bytes).collect()
}

#[test]
fn version_1_verifies() {
    let chain = verify_chain(envelopes());
    assert_eq!(chain.faults, []);
    assert_eq!(chain.tree.size(), 6);
    assert_eq!(hex::encode(chain.tree.root()), V1_ROOT);
    let ada = Verifier::new("desk.example/market-square", *chain.key("Ada").unwrap()).unwrap();
    let checkpoint = Checkpoint::open(V1_CHECKPOINT, &ada).unwrap();
    assert_eq!(
        (checkpoint.size, hex::encode(checkpoint.root)),
        (6, V1_ROOT.to_owned())
    );
}

#[test]
fn version_1_is_written_so_today() {
    let authors = [
        HeldKey::from_seed("Ada", &[1; 32]),
        HeldKey::from_seed("Ben", &[2; 32]),
    ];
    for bytes in envelopes() {
        let entry = Envelope::open(bytes).unwrap().entry;
        let author = &authors[usize::from(entry.actor == "Ben")];
        assert_eq!(seal(&entry, author).unwrap(), bytes, "entry {}", entry.seq);
    }
}

#[test]
fn version_2_verifies() {
    let lines: Vec<&[u8]> = V2.lines().map(str::as_bytes).collect();
    let chain = verify_chain(&lines);
    assert_eq!(chain.faults, []);
    assert_eq!(hex::encode(chain.tree.root()), V2_ROOT);
    assert_eq!((chain.key("Ada"), chain.key("Ben")), (None, None));
    let before = verify_chain(&lines[..7]);
    let ben = Verifier::new("desk.example/market-square", *before.key("Ben").unwrap()).unwrap();
    let checkpoint = Checkpoint::open(V2_CHECKPOINT, &ben).unwrap();
    assert_eq!((checkpoint.size, checkpoint.root), (7, before.tree.root()));
}

#[test]
fn version_2_is_written_so_today() {
    let [ada, ben, new] = [("Ada", 1), ("Ben", 2), ("Ada", 3)]
        .map(|(name, seed)| HeldKey::from_seed(name, &[seed; 32]));
    let hand_over = HandOver {
        old: &ada,
        new: &new,
    };
    let authors: [&dyn journal::Author; 8] = [&ada, &ada, &ben, &hand_over, &new, &ben, &ben, &ben];
    for (line, author) in V2.lines().zip(authors) {
        let entry = Envelope::open(line.as_bytes()).unwrap().entry;
        assert_eq!(
            seal(&entry, author).unwrap(),
            line.as_bytes(),
            "entry {}",
            entry.seq
        );
    }
}

#[test]
fn one_entry_of_version_1_is_proven_without_the_others() {
    let leaves: Vec<_> = envelopes().into_iter().map(leaf_hash).collect();
    let proof = inclusion_proof(&leaves, 4).unwrap();
    let root = hex::decode(V1_ROOT).unwrap().try_into().unwrap();
    assert!(verify_inclusion(envelopes()[4], 4, 6, &proof, &root));
    assert!(!verify_inclusion(envelopes()[3], 4, 6, &proof, &root));
}

#[test]
fn keys_of_version_1_are_named_as_openssh_names_them() {
    let envelope = Envelope::open(envelopes()[0]).unwrap();
    let text = envelope.entry.body["public_key"].as_str().unwrap();
    let key = PublicKey::from_openssh(text).unwrap();
    assert_eq!(envelope.keyid, key.fingerprint());
    assert_eq!(
        key.to_bytes(),
        hex_key("8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c")
    );
}

fn hex_key(text: &str) -> [u8; 32] {
    hex::decode(text).unwrap().try_into().unwrap()
}
