//! Taking over the journal of another store.

use store::event::Event;
use store::{Error, Head, Reason, SqliteStore, Store};

use crate::sample::*;

type Envelopes = Vec<Vec<u8>>;

fn envelopes(store: &dyn Store) -> Envelopes {
    let entries = store.entries(0, 1000).unwrap().into_iter();
    entries.map(|recorded| recorded.envelope).collect()
}

fn adopt(store: &dyn Store, stated: &Head, envelopes: Envelopes) -> Result<u64, Error> {
    store.adopt(stated, &mut envelopes.into_iter().map(Ok))
}

/// Another store, which everybody has.
fn elsewhere() -> (SqliteStore, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::create(&folder.path().join("case.db")).unwrap();
    (store, folder)
}

fn told(store: &dyn Store) -> impl PartialEq + std::fmt::Debug {
    (
        envelopes(store),
        store.head().unwrap(),
        store.items().unwrap(),
        store.sources().unwrap(),
        store.actors().unwrap(),
    )
}

pub(crate) fn a_journal_is_taken_over_whole(store: &dyn Store) {
    let (other, _folder) = elsewhere();
    opened(&other);
    record(&other, source("@uploader", Some("E")));
    let head = other.head().unwrap();
    assert_eq!(adopt(store, &head, envelopes(&other)).unwrap(), head.size);
    assert_eq!(told(store), told(&other));
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
    // It goes on as any other.
    record(store, source("@second", None));
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn a_journal_is_brought_up_to_date(store: &dyn Store) {
    let (other, _folder) = elsewhere();
    opened(&other);
    adopt(store, &other.head().unwrap(), envelopes(&other)).unwrap();
    record(&other, source("@uploader", Some("E")));
    record(&other, Event::ClaimMade(claim("it is staged")));
    let head = other.head().unwrap();
    assert_eq!(adopt(store, &head, envelopes(&other)).unwrap(), 2);
    assert_eq!(adopt(store, &head, envelopes(&other)).unwrap(), 0);
    assert_eq!(told(store), told(&other));
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn another_journal_is_not_mixed_with_the_one_that_is_here(store: &dyn Store) {
    let (other, _folder) = elsewhere();
    opened(&other);
    let early = (other.head().unwrap(), envelopes(&other));
    adopt(store, &early.0, early.1.clone()).unwrap();
    record(store, source("here", None));
    record(&other, source("there", None));
    record(&other, source("and there", None));
    let before = envelopes(store);
    for (head, entries) in [(other.head().unwrap(), envelopes(&other)), early] {
        match adopt(store, &head, entries) {
            Err(Error::Refused(refusal)) => assert_eq!(refusal.reason, Reason::Conflict),
            other => panic!("{other:?}"),
        }
        assert_eq!(envelopes(store), before);
    }
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn an_unsound_journal_leaves_nothing(store: &dyn Store) {
    let (other, _folder) = elsewhere();
    opened(&other);
    let (head, sound) = (other.head().unwrap(), envelopes(&other));
    let mut flipped = sound.clone();
    let middle = flipped[3].len() / 2;
    flipped[3][middle] ^= 1;
    let mut swapped = sound.clone();
    swapped.swap(2, 3);
    let resigned = [sound.clone(), vec![sound[2].clone()]].concat();
    let stated = |entries: &Envelopes| {
        let leaves: Vec<_> = entries
            .iter()
            .map(|it| journal::tree::leaf_hash(it))
            .collect();
        Head {
            size: entries.len() as u64,
            root: journal::ContentId(journal::tree::root(&leaves)),
        }
    };
    for entries in [&sound[..5].to_vec(), &flipped, &swapped, &resigned] {
        // Neither under the head of the sound one, nor under its own.
        for head in [head, stated(entries)] {
            if head.size == 5 {
                continue;
            }
            match adopt(store, &head, entries.clone()) {
                Err(Error::Damaged(_)) => {}
                other => panic!("{other:?}"),
            }
            assert_eq!(store.head().unwrap().size, 0);
            assert!(store.items().unwrap().is_empty() && envelopes(store).is_empty());
        }
    }
    let cut = sound.into_iter().map(Ok);
    let cut = cut.take(4).chain([Err(Error::Busy)]);
    assert!(matches!(store.adopt(&head, &mut { cut }), Err(Error::Busy)));
    assert_eq!(store.check().unwrap().problems, []);
    opened(store);
}
