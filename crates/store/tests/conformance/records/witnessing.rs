//! Keys, signed heads, and who witnessed them.

use journal::{Author, Checkpoint, Cosigner, HandOver, HeldKey, PublicKey, note};
use store::event::*;
use store::number::{CheckpointNo, Number};
use store::{Appended, Error, Reason, Store};

use crate::sample::*;

const ORIGIN: &str = "desk.example/market-square";

fn later() -> HeldKey {
    HeldKey::from_seed("Ada", &[3; 32])
}

fn public(key: &HeldKey) -> PublicKey {
    PublicKey::from_bytes(&key.public_key()).unwrap()
}

fn record_as(store: &dyn Store, who: &dyn Author, event: &Event) -> Result<Appended, Reason> {
    match store.append(who, AT, event) {
        Err(Error::Refused(refusal)) => Err(refusal.reason),
        other => Ok(other.unwrap()),
    }
}

fn rotated() -> Event {
    Event::KeyRotated(KeyRotated {
        actor: "Ada".into(),
        public_key: public(&later()).openssh(),
        reason: Some("a new machine".into()),
    })
}

fn revoked(actor: &str, key: &HeldKey) -> Event {
    Event::KeyRevoked(KeyRevoked {
        actor: actor.into(),
        fingerprint: public(key).fingerprint(),
        reason: "lost".into(),
    })
}

pub(crate) fn a_key_hands_over_and_ends(store: &dyn Store) {
    opened(store);
    let (old, new) = (ada(), later());
    let hand_over = HandOver {
        old: &old,
        new: &new,
    };
    record_as(store, &hand_over, &rotated()).unwrap();
    assert_eq!(
        record_as(store, &old, &hypothesis("staged")),
        Err(Reason::Conflict),
        "the old key signs nothing more"
    );
    record_as(store, &new, &hypothesis("staged")).unwrap();
    let kept = store.actors().unwrap().remove(0);
    assert_eq!(kept.public_key, public(&new).openssh());
    assert_eq!(kept.former[0].public_key, public(&old).openssh());

    record_as(store, &ben(), &hypothesis("genuine")).unwrap();
    for (event, why) in [
        (revoked("Ada", &old), Reason::Conflict),
        (revoked("Cleo", &old), Reason::Unknown),
    ] {
        assert_eq!(record_as(store, &ben(), &event), Err(why), "{event:?}");
    }
    record_as(store, &ben(), &revoked("Ada", &new)).unwrap();
    assert_eq!(
        record_as(store, &new, &hypothesis("edited")),
        Err(Reason::Conflict),
        "a revoked key signs nothing more"
    );
    assert!(store.actors().unwrap()[0].revoked.is_some());
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

/// The head as it is, signed by `who`.
fn head(store: &dyn Store, who: &HeldKey) -> String {
    let head = store.head().unwrap();
    let checkpoint = Checkpoint {
        origin: ORIGIN.into(),
        size: head.size,
        root: head.root.0,
    };
    checkpoint.sign(who).unwrap()
}

fn signed(checkpoint: String) -> Event {
    Event::CheckpointSigned(CheckpointSigned { checkpoint })
}

fn asked(number: u32, nonce: &str) -> Event {
    Event::CheckpointAsked(CheckpointAsked {
        checkpoint: CheckpointNo(number),
        witness: "a clock".into(),
        nonce: nonce.into(),
    })
}

fn witnessed(number: u32, proof: u8, nonce: Option<&str>) -> Event {
    Event::CheckpointWitnessed(CheckpointWitnessed {
        checkpoint: CheckpointNo(number),
        proof: id(proof),
        testimony: Testimony::Rfc3161 {
            at: AT.into(),
            by: "Clocks".into(),
            root: id(200),
            root_name: "Clocks Root".into(),
        },
        answers: nonce.map(Into::into),
        from: None,
    })
}

pub(crate) fn heads_are_signed_asked_for_and_witnessed(store: &dyn Store) {
    opened(store);
    let note = head(store, &ada());
    assert_eq!(
        reason(store, signed(head(store, &ben()))),
        Reason::Invalid,
        "another signed it"
    );
    let number = record(store, signed(note.clone())).number;
    assert_eq!(number, Some(Number::Checkpoint(CheckpointNo(1))));
    let nonce = "0123456789abcdef";
    for (event, why) in [
        (asked(2, nonce), Reason::Unknown),
        (asked(1, "0123"), Reason::Invalid),
        (witnessed(2, 201, None), Reason::Unknown),
    ] {
        assert_eq!(reason(store, &event), why, "{event:?}");
    }
    record(store, asked(1, nonce));
    record(store, asked(1, "00000000000000ff"));
    record(store, witnessed(1, 201, Some(nonce)));
    assert_eq!(
        reason(store, witnessed(1, 201, None)),
        Reason::Conflict,
        "it is kept already"
    );
    let kept = store.checkpoints().unwrap().remove(0);
    assert_eq!(kept.checkpoint, note);
    let answered: Vec<_> = kept.asked.iter().map(|asked| asked.answered).collect();
    assert_eq!(answered, [true, false]);
    assert_eq!(kept.witnessed.len(), 1);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

/// A head of another journal, signed by its author and cosigned by Ada.
fn cosigned(size: u64, root: u8, cosigner: &HeldKey) -> Event {
    let checkpoint = Checkpoint {
        origin: "other.example/harbour".into(),
        size,
        root: [root; 32],
    };
    let note = checkpoint.sign(&ben()).unwrap();
    let line = Cosigner::new("desk.example", public(cosigner))
        .and_then(|it| it.sign(&note, cosigner, 1_777_777_777))
        .unwrap();
    let verifier = note::Verifier::new("other.example/harbour", public(&ben())).unwrap();
    Event::CheckpointCosigned(CheckpointCosigned {
        checkpoint: note + &line,
        key: verifier.to_vkey(),
        name: "desk.example".into(),
    })
}

pub(crate) fn heads_of_another_journal_only_grow(store: &dyn Store) {
    opened(store);
    record(store, cosigned(10, 1, &ada()));
    record(store, cosigned(12, 2, &ada()));
    for (event, why) in [
        (cosigned(11, 3, &ada()), Reason::Conflict),
        (cosigned(12, 4, &ada()), Reason::Conflict),
        (cosigned(13, 5, &ben()), Reason::Invalid),
    ] {
        assert_eq!(reason(store, &event), why, "{event:?}");
    }
    let kept = store.cosigned().unwrap();
    assert_eq!(kept.len(), 1, "one journal");
    let sizes: Vec<_> = kept[0].heads.iter().map(|head| head.size).collect();
    assert_eq!(sizes, [10, 12]);
    assert_eq!(store.rebuild().unwrap().differences, []);
}
