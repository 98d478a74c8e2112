//! Whatever is changed in a journal, verification says so and names the entry.

#![allow(clippy::unwrap_used)]

use journal::tree::Frontier;
use journal::{Author, ContentId, Entry, Fault, HeldKey, PublicKey, seal, verify_chain};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A journal by one author: its registration, then an entry for each body.
fn journal(bodies: Vec<Value>) -> Vec<Vec<u8>> {
    let ada = HeldKey::from_seed("Ada", &[1; 32]);
    let key = PublicKey::from_bytes(&ada.public_key()).unwrap().openssh();
    let registration = (
        "actor.registered",
        json!({"actor": "Ada", "public_key": key}),
    );
    let others = bodies.into_iter().map(|body| ("note.taken", body));
    let mut envelopes: Vec<Vec<u8>> = Vec::new();
    for (kind, body) in std::iter::once(registration).chain(others) {
        let prev = envelopes
            .last()
            .map_or(Entry::NOTHING_BEFORE, |last| ContentId::of(last));
        envelopes.push(seal(&entry(envelopes.len(), prev, "Ada", kind, body), &ada).unwrap());
    }
    envelopes
}

fn entry(seq: usize, prev: ContentId, actor: &str, kind: &str, body: Value) -> Entry {
    let (seq, at) = (seq as u64, "2026-05-03T10:00:00Z".to_owned());
    Entry {
        seq,
        prev,
        at,
        actor: actor.into(),
        kind: kind.into(),
        body,
    }
}

fn faults(envelopes: &[Vec<u8>]) -> Vec<(u64, Fault)> {
    verify_chain(envelopes)
        .faults
        .into_iter()
        .map(|f| (f.seq, f.fault))
        .collect()
}

fn named(envelopes: &[Vec<u8>]) -> Vec<u64> {
    faults(envelopes).into_iter().map(|(seq, _)| seq).collect()
}

fn any_body() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..1 << 53).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_flipped_bit_is_reported_at_its_entry(
        bodies in prop::collection::vec(any_body(), 1..4),
        at in any::<prop::sample::Index>(),
        bit in any::<prop::sample::Index>(),
    ) {
        let mut envelopes = journal(bodies);
        prop_assert_eq!(faults(&envelopes), []);
        let at = at.index(envelopes.len());
        let bit = bit.index(envelopes[at].len() * 8);
        envelopes[at][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(named(&envelopes).contains(&(at as u64)));
    }

    #[test]
    fn a_frontier_grows_like_the_tree(leaves in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
        let mut frontier = Frontier::default();
        for (n, leaf) in leaves.iter().enumerate() {
            frontier.push(*leaf);
            prop_assert_eq!(frontier.root(), journal::tree::root(&leaves[..=n]));
        }
    }
}

#[test]
fn removal_and_exchange_are_reported() {
    let whole = journal(vec![json!(1), json!(2), json!(3)]);
    for gone in 0..3 {
        let mut rest = whole.clone();
        rest.remove(gone);
        assert!(
            named(&rest).contains(&(gone as u64)),
            "without entry {gone}"
        );
    }
    for pair in 0..3 {
        let mut swapped = whole.clone();
        swapped.swap(pair, pair + 1);
        assert!(
            named(&swapped).contains(&(pair as u64)),
            "{pair} and its successor exchanged"
        );
    }
    // The end alone is for a checkpoint to hold.
    let cut = verify_chain(&whole[..3]);
    assert_eq!(cut.faults, []);
    assert_ne!(cut.tree.root(), verify_chain(&whole).tree.root());
}

#[test]
fn verification_goes_on_after_a_fault() {
    let mut envelopes = journal(vec![json!(1), json!(2), json!(3), json!(4)]);
    envelopes[1] = b"{}".to_vec();
    let last = envelopes[3].len() - 1;
    envelopes[3].truncate(last);
    assert_eq!(named(&envelopes), [1, 2, 3, 4]);
}

#[test]
fn nobody_signs_for_another() {
    let mut envelopes = journal(vec![json!(1)]);
    let eve = HeldKey::from_seed("Ada", &[9; 32]);
    let prev = ContentId::of(&envelopes[1]);
    envelopes.push(seal(&entry(2, prev, "Ada", "note.taken", json!("forged")), &eve).unwrap());
    assert!(matches!(
        faults(&envelopes)[..],
        [(2, Fault::WrongKey { .. })]
    ));
    let stranger = HeldKey::from_seed("Eve", &[9; 32]);
    envelopes[2] = seal(&entry(2, prev, "Eve", "note.taken", json!(1)), &stranger).unwrap();
    assert!(matches!(
        faults(&envelopes)[..],
        [(2, Fault::UnknownActor(_))]
    ));
}

#[test]
fn a_name_keeps_its_key_and_a_key_its_name() {
    let whole = journal(vec![]);
    let prev = ContentId::of(&whole[0]);
    let try_to_register = |signer: &HeldKey, actor: &str, key: &HeldKey| {
        let key = PublicKey::from_bytes(&key.public_key()).unwrap().openssh();
        let body = json!({"actor": actor, "public_key": key});
        let entry = entry(1, prev, signer.actor(), "actor.registered", body);
        let mut envelopes = whole.clone();
        envelopes.push(seal(&entry, signer).unwrap());
        faults(&envelopes)
    };
    let eve = |name: &str| HeldKey::from_seed(name, &[9; 32]);
    let ada = |name: &str| HeldKey::from_seed(name, &[1; 32]);
    assert_eq!(try_to_register(&eve("Eve"), "Eve", &eve("Eve")), []);
    assert_eq!(
        try_to_register(&eve("Ada"), "Ada", &eve("Ada")),
        [(1, Fault::Registration)]
    );
    assert_eq!(
        try_to_register(&ada("Eve"), "Eve", &ada("Eve")),
        [(1, Fault::Registration)]
    );
    assert_eq!(
        try_to_register(&eve("Eve"), "Ben", &eve("Eve")),
        [(1, Fault::Registration)]
    );
    let other = HeldKey::from_seed("x", &[7; 32]);
    let borrowed = try_to_register(&eve("Eve"), "Eve", &other);
    assert!(matches!(borrowed[..], [(1, Fault::WrongKey { .. })]));
}
