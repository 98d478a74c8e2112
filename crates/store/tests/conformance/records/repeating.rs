//! Recording under a key.

use std::thread;

use store::event::Event;
use store::search::{Page, Query};
use store::{Error, Reason, Store};

use crate::sample::*;

pub(crate) fn what_is_recorded_under_a_key_is_recorded_once(store: &dyn Store) {
    opened(store);
    let made = Event::ClaimMade(claim("x"));
    let once = |key: &str, event: &Event| store.append_once(&ada(), AT, Some(key), event);
    let first = once("k", &made).unwrap();
    let head = store.head().unwrap();
    // Later, at another time, it is the same entry; the record may have changed since.
    let again = store
        .append_once(&ada(), "2026-05-09T10:00:00Z", Some("k"), &made)
        .unwrap();
    assert_eq!((again.seq, again.hash), (first.seq, first.hash));
    assert_eq!(store.head().unwrap(), head);
    let kept = store.entry(first.seq).unwrap().unwrap();
    assert_eq!(kept.entry.body["once"], "k");
    assert_eq!(kept.event().unwrap(), made, "readers need not know of keys");
    // Another event is refused, another key or another's key is another request.
    for event in [Event::ClaimMade(claim("y")), hypothesis("x")] {
        let Err(Error::Refused(refusal)) = once("k", &event) else {
            panic!("{event:?}")
        };
        assert_eq!(refusal.reason, Reason::Invalid);
    }
    assert_eq!(once("l", &made).unwrap().seq, first.seq + 1);
    let of_ben = store.append_once(&ben(), AT, Some("k"), &made).unwrap();
    assert_eq!(of_ben.seq, first.seq + 3, "after his key");
    for wrong in ["", "a b", "é", &"x".repeat(201)] {
        assert!(once(wrong, &made).is_err(), "{wrong:?}");
    }
    // What was refused is no request that was made.
    let claim_of_source = Event::ClaimStatusChanged(store::event::ClaimStatusChanged {
        claim: store::number::ClaimNo(9),
        status: store::vocabulary::ClaimStatus::Refuted,
        reason: "x".into(),
        evidence: Vec::new(),
    });
    assert!(once("m", &claim_of_source).is_err());
    once("m", &made).unwrap();
    at_once(store);
    // Keys are found by no search.
    let query = Query {
        words: "race".into(),
        ..Query::default()
    };
    let page = Page {
        after: None,
        limit: 10,
    };
    assert_eq!(store.search(&query, page).unwrap().total, 0);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
    assert_eq!(once("k", &made).unwrap().seq, first.seq, "after a rebuild");
}

/// Whoever is first, all are told of one entry.
fn at_once(store: &dyn Store) {
    let seen = observation("x");
    let told: Vec<u64> = thread::scope(|scope| {
        let say = || store.append_once(&ada(), AT, Some("race"), &seen);
        let saying: Vec<_> = (0..4).map(|_| scope.spawn(say)).collect();
        { saying.into_iter() }
            .map(|it| it.join().unwrap().unwrap().seq)
            .collect()
    });
    assert!(told.iter().all(|seq| *seq == told[0]), "{told:?}");
    assert_eq!(store.observations().unwrap().len(), 1);
}
