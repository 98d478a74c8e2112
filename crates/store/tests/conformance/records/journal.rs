//! The journal and its keys.

use std::thread;

use journal::tree::{leaf_hash, root};
use journal::{Author, ContentId, HeldKey, PublicKey, verify_chain};
use store::event::Event;
use store::{Error, Reason, Store};

use crate::sample::*;

pub(crate) fn a_case_is_opened_once_and_first(store: &dyn Store) {
    assert_eq!(store.case().unwrap(), None);
    assert_eq!(reason(store, source("x", None)), Reason::Conflict);
    assert_eq!(
        reason(
            store,
            Event::CaseOpened {
                name: String::new()
            }
        ),
        Reason::Invalid
    );
    record(
        store,
        Event::CaseOpened {
            name: "Market square".into(),
        },
    );
    let case = store.case().unwrap().unwrap();
    assert_eq!(
        (case.name.as_str(), case.origin.entry),
        ("Market square", 1)
    );
    assert_eq!(
        reason(store, Event::CaseOpened { name: "y".into() }),
        Reason::Conflict
    );
}

pub(crate) fn keys_are_registered_with_the_first_entry(store: &dyn Store) {
    let appended = record(store, Event::CaseOpened { name: "x".into() });
    assert_eq!(appended.seq, 1);
    let registration = store.entry(0).unwrap().unwrap();
    let key = PublicKey::from_bytes(&ada().public_key()).unwrap();
    let expected = Event::ActorRegistered {
        actor: "Ada".into(),
        public_key: key.openssh(),
    };
    assert_eq!(registration.event().unwrap(), expected);
    record(store, source("x", None));
    assert_eq!(store.head().unwrap().size, 3);
    let ben = HeldKey::from_seed("Ben", &[2; 32]);
    let by_ben = store.append(&ben, AT, &source("y", None)).unwrap();
    assert_eq!(by_ben.seq, 4);
    let actors = store.actors().unwrap();
    assert_eq!(
        actors
            .iter()
            .map(|a| a.origin.actor.as_str())
            .collect::<Vec<_>>(),
        ["Ada", "Ben"]
    );
    assert_eq!(actors[0].fingerprint, key.fingerprint());
    assert_eq!(store.sources().unwrap()[1].origin.actor, "Ben");
}

pub(crate) fn names_and_keys_are_bound_to_each_other(store: &dyn Store) {
    opened(store);
    let refuse = |author: &HeldKey, event: &Event| {
        let head = store.head().unwrap();
        let error = store.append(author, AT, event).unwrap_err();
        assert_eq!(store.head().unwrap(), head);
        match error {
            Error::Refused(refusal) => refusal,
            other => panic!("{other}"),
        }
    };
    let impostor = refuse(&HeldKey::from_seed("Ada", &[9; 32]), &source("x", None));
    assert_eq!(impostor.reason, Reason::Conflict);
    assert!(impostor.sentence.contains("Ada"), "{impostor}");
    let renamed = refuse(&HeldKey::from_seed("Eve", &[1; 32]), &source("x", None));
    assert_eq!(renamed.reason, Reason::Conflict);
    let key = PublicKey::from_bytes(&HeldKey::from_seed("Ben", &[2; 32]).public_key()).unwrap();
    let other = Event::ActorRegistered {
        actor: "Ben".into(),
        public_key: key.openssh(),
    };
    assert_eq!(refuse(&ada(), &other).reason, Reason::Invalid);
    store
        .append(&HeldKey::from_seed("Ben", &[2; 32]), AT, &other)
        .unwrap();
    assert_eq!(store.actors().unwrap().len(), 2);
    let cem = HeldKey::from_seed("Cem", &[4; 32]);
    let not_his = PublicKey::from_bytes(&HeldKey::from_seed("x", &[5; 32]).public_key()).unwrap();
    let borrowed = Event::ActorRegistered {
        actor: "Cem".into(),
        public_key: not_his.openssh(),
    };
    assert_eq!(refuse(&cem, &borrowed).reason, Reason::Invalid);
    let nameless = refuse(&HeldKey::from_seed(" ", &[3; 32]), &source("x", None));
    assert_eq!(nameless.reason, Reason::Invalid);
}

pub(crate) fn a_refusal_leaves_nothing(store: &dyn Store) {
    opened(store);
    let before = (store.head().unwrap(), store.actors().unwrap());
    // The registration of a new author goes with the event that is refused.
    let ben = HeldKey::from_seed("Ben", &[2; 32]);
    assert!(store.append(&ben, AT, &source("", None)).is_err());
    assert!(store.append(&ben, "yesterday", &source("x", None)).is_err());
    assert_eq!((store.head().unwrap(), store.actors().unwrap()), before);
    assert_eq!(store.sources().unwrap(), []);
}

pub(crate) fn entries_are_read_in_pages(store: &dyn Store) {
    opened(store);
    let seqs = |from, limit| -> Vec<u64> {
        store
            .entries(from, limit)
            .unwrap()
            .iter()
            .map(|r| r.entry.seq)
            .collect()
    };
    assert_eq!(seqs(0, 100), [0, 1, 2, 3, 4, 5]);
    assert_eq!(seqs(2, 2), [2, 3]);
    assert_eq!(seqs(5, 0), [0; 0]);
    assert_eq!(seqs(u64::MAX, usize::MAX), [0; 0]);
    assert_eq!(store.entry(6).unwrap(), None);
    let last = store.entry(5).unwrap().unwrap();
    assert_eq!(last.hash, ContentId::of(&last.envelope));
    assert_eq!(last.event().unwrap(), Event::ItemInspected(inspected(2)));
}

pub(crate) fn the_head_is_the_tree_over_the_envelopes(store: &dyn Store) {
    assert_eq!(store.head().unwrap().root, ContentId::of(b""));
    opened(store);
    let entries = store.entries(0, 100).unwrap();
    let leaves: Vec<_> = entries.iter().map(|r| leaf_hash(&r.envelope)).collect();
    let head = store.head().unwrap();
    assert_eq!((head.size, head.root), (6, ContentId(root(&leaves))));
    let chain = verify_chain(entries.iter().map(|r| &r.envelope));
    assert_eq!(chain.faults, []);
}

pub(crate) fn rebuilding_changes_nothing(store: &dyn Store) {
    story(store);
    let before = (
        store.items().unwrap(),
        store.claims().unwrap(),
        store.assessments().unwrap(),
    );
    let rebuilt = store.rebuild().unwrap();
    assert_eq!(rebuilt.differences, []);
    assert_eq!(rebuilt.entries, store.head().unwrap().size);
    // Case, actor, two items, source, claim, observation, hypothesis, two assessments, match.
    assert_eq!(rebuilt.records, 11);
    let after = (
        store.items().unwrap(),
        store.claims().unwrap(),
        store.assessments().unwrap(),
    );
    assert_eq!(after, before);
}

pub(crate) fn a_sound_case_has_no_problems(store: &dyn Store) {
    assert_eq!(store.check().unwrap().problems, []);
    story(store);
    let checked = store.check().unwrap();
    assert_eq!(checked.problems, []);
    let head = store.head().unwrap();
    assert_eq!((checked.entries, checked.root), (head.size, head.root));
}

pub(crate) fn writers_take_turns(store: &dyn Store) {
    opened(store);
    thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                let author = HeldKey::from_seed(format!("writer {writer}"), &[50 + writer; 32]);
                for n in 0..5 {
                    store
                        .append(&author, AT, &source(&format!("{writer}.{n}"), None))
                        .unwrap();
                }
            });
        }
    });
    let names: std::collections::BTreeSet<String> = store
        .sources()
        .unwrap()
        .into_iter()
        .map(|s| s.named.name)
        .collect();
    assert_eq!(names.len(), 20);
    assert_eq!(store.head().unwrap().size, 6 + 4 + 20);
    assert_eq!(store.check().unwrap().problems, []);
}

/// One of everything.
fn story(store: &dyn Store) {
    opened(store);
    for event in [
        source("@uploader", Some("E")),
        Event::ClaimMade(claim("it is staged")),
        observation("no impact"),
        hypothesis("staged"),
        Event::AssessmentMade(assessment("Ada", 1, None)),
        Event::AssessmentMade(assessment("Ada", 1, Some(1))),
        Event::MatchFound(found(1, span(0, 9), 2, span(20, 29))),
        Event::ReportWritten {
            item: id(1),
            report: id(200),
            removed: false,
        },
    ] {
        record(store, event);
    }
}
