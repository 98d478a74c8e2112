//! One writer after the other.

use std::sync::Arc;

use proptest::prelude::*;
use store::event::Event;
use store::{Error, Past, PgStore, SqliteStore, Store};

use crate::answers::answers;
use crate::events::any_event;
use crate::sample::*;
use crate::{authors, folder, servers};

type History = Vec<(Event, u8)>;

fn any_history() -> impl Strategy<Value = History> {
    prop::collection::vec((any_event(), 0..3_u8), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_are_a_fold_of_the_journal(history in any_history()) {
        let folder = folder();
        let store = SqliteStore::create(&folder.path().join("case.db")).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        live_through(&store, history)?;
    }

    #[test]
    fn records_are_a_fold_of_the_journal_on_a_server(history in any_history()) {
        match servers::cluster() {
            Ok(cluster) => {
                let store: Arc<dyn Store> = Arc::new(PgStore::create(&cluster.case()).unwrap());
                live_through(&store, history)?;
            }
            Err(why) => println!("skipped: {why}"),
        }
    }
}

fn live_through(store: &Arc<dyn Store>, history: History) -> Result<(), TestCaseError> {
    opened(&**store);
    let start = store.head().unwrap().size;
    let mut recorded = Vec::new();
    let mut stood = vec![(start, answers(&**store))];
    for (event, who) in history {
        let author = authors();
        let before = store.head().unwrap();
        match store.append(&author[usize::from(who)], AT, &event) {
            Ok(appended) => {
                prop_assert_eq!(appended.seq + 1, store.head().unwrap().size);
                recorded.push(event);
                stood.push((appended.seq + 1, answers(&**store)));
            }
            Err(Error::Refused(_)) => prop_assert_eq!(store.head().unwrap(), before),
            Err(other) => panic!("{event:?}: {other}"),
        }
    }
    prop_assert_eq!(store.check().unwrap().problems, []);
    prop_assert_eq!(store.rebuild().unwrap().differences, []);
    for (size, then) in stood {
        let past = Past::of(Arc::clone(store), size).unwrap();
        prop_assert_eq!(answers(&past), then, "as of {} entries", size);
        prop_assert!(past.append(&ada(), AT, &source("later", None)).is_err());
    }
    let entries = store.entries(start, 1000).unwrap();
    let kept = entries.iter().map(|r| r.event().unwrap());
    let kept: Vec<Event> = kept
        .filter(|e| !matches!(e, Event::ActorRegistered { .. }))
        .collect();
    prop_assert_eq!(kept, recorded);
    Ok(())
}
