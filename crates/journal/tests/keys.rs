//! Keys change hands and are revoked by entries; whatever else signs is named.

#![allow(clippy::unwrap_used)]

use journal::{
    Author, BadEntry, ContentId, Entry, Fault, HandOver, HeldKey, PublicKey, seal, verify_chain,
};
use serde_json::{Value, json};

/// A journal under way.
#[derive(Clone, Default)]
struct Journal(Vec<Vec<u8>>);

impl Journal {
    /// The journal with one more entry.
    fn and(&self, author: &dyn Author, kind: &str, body: Value) -> Self {
        let mut longer = self.clone();
        longer.0.push(self.next(author, kind, body).unwrap());
        longer
    }

    fn next(&self, author: &dyn Author, kind: &str, body: Value) -> Result<Vec<u8>, BadEntry> {
        let last = self.0.last().map(|bytes| ContentId::of(bytes));
        let entry = Entry {
            seq: self.0.len() as u64,
            prev: last.unwrap_or(Entry::NOTHING_BEFORE),
            at: "2026-05-03T10:00:00Z".into(),
            actor: author.actor().into(),
            kind: kind.into(),
            body,
        };
        seal(&entry, author)
    }

    fn registered(&self, author: &dyn Author) -> Self {
        let body = json!({"actor": author.actor(), "public_key": public(author).openssh()});
        self.and(author, "actor.registered", body)
    }

    fn rotated(&self, old: &dyn Author, new: &dyn Author) -> Self {
        let body = rotation(old.actor(), new);
        self.and(&HandOver { old, new }, "key.rotated", body)
    }

    fn note(&self, author: &dyn Author) -> Self {
        self.and(author, "note.taken", json!(1))
    }

    /// What is wrong with the last entry; everything before it is right.
    fn fault(&self) -> Option<Fault> {
        let faults = verify_chain(&self.0).faults;
        assert!(faults.len() < 2, "{faults:?}");
        let last = self.0.len() as u64 - 1;
        faults.into_iter().next().map(|faulty| {
            assert_eq!(faulty.seq, last);
            faulty.fault
        })
    }
}

fn key(name: &str, seed: u8) -> HeldKey {
    HeldKey::from_seed(name, &[seed; 32])
}

fn public(author: &dyn Author) -> PublicKey {
    PublicKey::from_bytes(&author.public_key()).unwrap()
}

fn rotation(actor: &str, new: &dyn Author) -> Value {
    json!({"actor": actor, "public_key": public(new).openssh(), "reason": null})
}

fn revocation(whose: &dyn Author) -> Value {
    json!({"actor": whose.actor(), "fingerprint": public(whose).fingerprint(), "reason": "stolen"})
}

#[test]
fn the_new_key_signs_and_the_old_one_no_more() {
    let (old, new) = (key("Ada", 1), key("Ada", 3));
    let journal = Journal::default().registered(&old).rotated(&old, &new);
    assert_eq!(journal.fault(), None);
    assert_eq!(journal.note(&new).fault(), None);
    let by_old = journal.note(&old).fault();
    assert!(matches!(by_old, Some(Fault::WrongKey { .. })), "{by_old:?}");
    assert_eq!(verify_chain(&journal.0).key("Ada"), Some(&public(&new)));
}

#[test]
fn a_key_that_nobody_holds_takes_nothing_over() {
    let (old, new) = (key("Ada", 1), key("Ada", 3));
    let journal = Journal::default().registered(&old);
    let body = rotation("Ada", &new);
    let alone = journal.next(&old, "key.rotated", body.clone());
    assert!(matches!(alone, Err(BadEntry::Author(_))));
    let other = key("Ada", 4);
    let borrowed = HandOver {
        old: &old,
        new: &other,
    };
    assert!(matches!(
        journal.next(&borrowed, "key.rotated", body),
        Err(BadEntry::Author(_))
    ));

    // The second signature of another rotation does not serve.
    let sound = journal.rotated(&old, &new);
    let mut envelope: Value = serde_json::from_slice(&sound.0[1]).unwrap();
    let first = envelope["signatures"][0]["sig"].clone();
    envelope["signatures"][1]["sig"] = first;
    let forged = Journal(vec![
        sound.0[0].clone(),
        journal::canonical(&envelope).unwrap(),
    ]);
    assert_eq!(forged.fault(), Some(Fault::Possession("Ada".into())));
}

#[test]
fn nobody_takes_over_for_another_nor_a_key_that_stood() {
    let (ada, ben, new) = (key("Ada", 1), key("Ben", 2), key("Ada", 3));
    let journal = Journal::default().registered(&ada).registered(&ben);
    let meant = HandOver {
        old: &ben,
        new: &new,
    };
    let theft = journal.and(&meant, "key.rotated", rotation("Ada", &new));
    assert_eq!(theft.fault(), Some(Fault::Rotation));
    assert_eq!(journal.rotated(&ada, &ben).fault(), Some(Fault::Rotation));
    let back = journal.rotated(&ada, &new).rotated(&new, &ada);
    assert_eq!(back.fault(), Some(Fault::Rotation));
    let again = journal.rotated(&ada, &new).registered(&key("Cy", 1));
    assert_eq!(again.fault(), Some(Fault::Registration));
}

#[test]
fn after_a_revocation_nothing_is_signed_under_that_name() {
    let (ada, ben) = (key("Ada", 1), key("Ben", 2));
    let journal = Journal::default().registered(&ada).registered(&ben);
    for by in [&ada, &ben] {
        let revoked = journal.and(by, "key.revoked", revocation(&ada));
        assert_eq!(revoked.fault(), None);
        let gone = Some(Fault::Revoked("Ada".into()));
        assert_eq!(revoked.note(&ada).fault(), gone);
        assert_eq!(revoked.registered(&key("Ada", 7)).fault(), gone);
        assert_eq!(revoked.rotated(&ada, &key("Ada", 7)).fault(), gone);
        assert_eq!(revoked.note(&ben).fault(), None);
        assert_eq!(verify_chain(&revoked.0).key("Ada"), None);
        assert_eq!(
            revoked.registered(&key("Cy", 1)).fault(),
            Some(Fault::Registration)
        );
    }
}

#[test]
fn a_revocation_names_a_key_that_stands_and_says_why() {
    let (ada, ben) = (key("Ada", 1), key("Ben", 2));
    let journal = Journal::default().registered(&ada).registered(&ben);
    let change = |member: &str, value: Value| {
        let mut body = revocation(&ada);
        body[member] = value;
        journal.and(&ben, "key.revoked", body).fault()
    };
    assert_eq!(change("reason", json!("lost")), None);
    for (member, value) in [
        ("reason", json!("")),
        ("reason", json!(null)),
        ("actor", json!("Cy")),
        ("actor", json!("Ben")),
        ("fingerprint", json!(public(&ben).fingerprint())),
        ("more", json!(1)),
    ] {
        assert_eq!(change(member, value), Some(Fault::Revocation), "{member}");
    }
    let stranger = journal.and(&key("Cy", 9), "key.revoked", revocation(&ada));
    assert_eq!(stranger.fault(), Some(Fault::UnknownActor("Cy".into())));
}
