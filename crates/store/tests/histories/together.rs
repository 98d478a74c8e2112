//! Several writers at once, each with a connection of its own.

use std::sync::{Arc, Barrier};
use std::thread;

use journal::HeldKey;
use proptest::prelude::*;
use store::event::Event;
use store::{Appended, Error, Past, PgStore, SqliteStore, Store};

use crate::answers::answers;
use crate::events::any_event;
use crate::sample::*;
use crate::{authors, folder, servers};

/// What one writer tries to record, in order.
type Part = Vec<Event>;

fn any_parts() -> impl Strategy<Value = Vec<Part>> {
    let part = prop::collection::vec(any_event(), 1..20);
    prop::collection::vec(part, 2..=3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn writers_at_once_lose_nothing(parts in any_parts()) {
        let folder = folder();
        let path = folder.path().join("case.db");
        let store: Arc<dyn Store> = Arc::new(SqliteStore::create(&path).unwrap());
        live_together(&store, parts, &|| -> Arc<dyn Store> { Arc::new(SqliteStore::open(&path).unwrap()) })?;
    }

    #[test]
    fn writers_at_once_lose_nothing_on_a_server(parts in any_parts()) {
        match servers::cluster() {
            Ok(cluster) => {
                let address = cluster.case();
                let store: Arc<dyn Store> = Arc::new(PgStore::create(&address).unwrap());
                live_together(&store, parts, &|| -> Arc<dyn Store> { Arc::new(PgStore::open(&address).unwrap()) })?;
            }
            Err(why) => println!("skipped: {why}"),
        }
    }
}

/// An acknowledged event, and what the case was as of it, read while others went on writing.
struct Said {
    actor: String,
    event: Event,
    appended: Appended,
    stood: String,
}

fn live_together(
    store: &Arc<dyn Store>,
    parts: Vec<Part>,
    open: &(dyn Fn() -> Arc<dyn Store> + Sync),
) -> Result<(), TestCaseError> {
    opened(&**store);
    let start = store.head().unwrap().size;
    let gate = Barrier::new(parts.len());
    let said: Vec<Vec<Said>> = thread::scope(|scope| {
        let writing = parts.into_iter().zip(authors()).map(|(part, author)| {
            let (own, gate) = (open(), &gate);
            scope.spawn(move || {
                gate.wait();
                { part.into_iter() }
                    .filter_map(|event| say(&own, &author, event))
                    .collect()
            })
        });
        let writing: Vec<_> = writing.collect();
        { writing.into_iter() }
            .map(|it| it.join().unwrap())
            .collect()
    });
    nothing_is_lost(&**store, start, &said)?;
    prop_assert_eq!(store.check().unwrap().problems, []);
    prop_assert_eq!(store.rebuild().unwrap().differences, []);
    stood_as_alone(store, &by_entry(&said))
}

/// Records `event`; what refuses it is for the others' tests.
fn say(store: &Arc<dyn Store>, author: &HeldKey, event: Event) -> Option<Said> {
    match store.append(author, AT, &event) {
        Ok(appended) => Some(Said {
            actor: journal::Author::actor(author).to_owned(),
            stood: answers(&Past::of(Arc::clone(store), appended.seq + 1).unwrap()),
            event,
            appended,
        }),
        Err(Error::Refused(_)) => None,
        Err(other) => panic!("{event:?}: {other}"),
    }
}

/// Every acknowledged event is the entry that was acknowledged, and there is no other.
fn nothing_is_lost(store: &dyn Store, start: u64, said: &[Vec<Said>]) -> Result<(), TestCaseError> {
    let entries = store.entries(0, 1000).unwrap();
    for part in said {
        for pair in part.windows(2) {
            prop_assert!(
                pair[0].appended.seq < pair[1].appended.seq,
                "in its writer's order"
            );
        }
        for it in part {
            let kept = &entries[usize::try_from(it.appended.seq).unwrap()];
            prop_assert_eq!(kept.hash, it.appended.hash);
            prop_assert_eq!(&kept.entry.actor, &it.actor);
            prop_assert_eq!(&kept.event().unwrap(), &it.event);
        }
    }
    let recorded = entries.iter().filter(|it| it.entry.seq >= start);
    let recorded = recorded.filter(|it| it.entry.kind != "actor.registered");
    prop_assert_eq!(recorded.count(), said.iter().map(Vec::len).sum::<usize>());
    Ok(())
}

/// One writer alone, recording the same in the same order, has the same journal; and the case stood after
/// each entry as it was read then, and as it reads now as of it.
fn stood_as_alone(store: &Arc<dyn Store>, said: &[&Said]) -> Result<(), TestCaseError> {
    let folder = folder();
    let alone = SqliteStore::create(&folder.path().join("case.db")).unwrap();
    opened(&alone);
    for it in said {
        let mut all = authors().into_iter();
        let author = all.find(|one| journal::Author::actor(one) == it.actor);
        let appended = alone.append(&author.unwrap(), AT, &it.event).unwrap();
        prop_assert_eq!(&appended, &it.appended);
        let size = appended.seq + 1;
        let now = Past::of(Arc::clone(store), size).unwrap();
        let stood = answers(&alone);
        prop_assert_eq!(&answers(&now), &stood, "as of {} entries", size);
        prop_assert_eq!(&it.stood, &stood, "read then, as of {} entries", size);
    }
    prop_assert_eq!(answers(&**store), answers(&alone));
    Ok(())
}

/// What all said, in the order of entries.
fn by_entry(said: &[Vec<Said>]) -> Vec<&Said> {
    let mut all: Vec<&Said> = said.iter().flatten().collect();
    all.sort_by_key(|it| it.appended.seq);
    all
}
