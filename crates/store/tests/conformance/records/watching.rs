//! The watch list.

use store::event::*;
use store::number::{ItemNo, MatchNo, Number, WatchNo};
use store::{Reason, Store};

use crate::sample::*;

pub(crate) fn a_watch_begins_finds_and_ends(store: &dyn Store) {
    opened(store);
    let begun = record(store, watch(1, Some(span(0, 9))));
    assert_eq!(begun.number, Some(Number::Watch(WatchNo(1))));
    for (again, why) in [
        (watch(1, Some(span(0, 9))), Reason::Conflict),
        (watch(1, Some(span(0, 100))), Reason::Unknown),
        (watch(3, None), Reason::Unknown),
    ] {
        assert_eq!(reason(store, again), why);
    }
    record(store, watch(1, None));

    record(
        store,
        Event::MatchFound(found(2, span(20, 29), 1, span(0, 9))),
    );
    let search = record(store, searched(1, 2, Some(1)));
    record(store, searched(1, 2, Some(1)));
    let kept = store.watches().unwrap().remove(0);
    let seen: Vec<_> = kept
        .found
        .iter()
        .map(|s| (s.found, s.origin.entry))
        .collect();
    assert_eq!(seen, [(MatchNo(1), search.seq)], "it was found once");
    assert_eq!(
        store.item(ItemNo(2)).unwrap().unwrap().searched,
        [WatchNo(1)]
    );

    record(store, ended(1));
    assert_eq!(reason(store, ended(1)), Reason::Conflict);
    assert!(store.watches().unwrap()[0].ended.is_some());
    let anew = record(store, watch(1, Some(span(0, 9))));
    assert_eq!(anew.number, Some(Number::Watch(WatchNo(3))));
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn items_with_new_fingerprints_are_to_be_searched_again(store: &dyn Store) {
    opened(store);
    record(store, watch(1, None));
    record(store, searched(1, 2, None));
    record(store, Event::ItemInspected(inspected(2)));
    let searched = |store: &dyn Store| store.item(ItemNo(2)).unwrap().unwrap().searched;
    assert_eq!(
        searched(store),
        [WatchNo(1)],
        "the fingerprints are the same"
    );
    let anew = Inspected {
        prints: id(200),
        ..inspected(2)
    };
    record(store, Event::ItemInspected(anew));
    assert_eq!(searched(store), []);
}

pub(crate) fn searches_are_of_what_is_there(store: &dyn Store) {
    opened(store);
    record(store, Event::ItemAcquired(acquired(3)));
    assert_eq!(reason(store, watch(3, None)), Reason::Conflict);
    record(store, watch(1, None));
    record(
        store,
        Event::MatchFound(found(2, span(20, 29), 1, span(0, 9))),
    );
    let nowhere = Event::WatchSearched(WatchSearched {
        watches: vec![WatchNo(1)],
        items: Vec::new(),
        tool: "reuse 1".into(),
        found: Vec::new(),
    });
    for (bad, why) in [
        (nowhere, Reason::Invalid),
        (searched(2, 2, None), Reason::Unknown),
        (searched(1, 2, Some(2)), Reason::Unknown),
        (searched(1, 3, None), Reason::Conflict),
        (searched(1, 9, None), Reason::Unknown),
        (ended(2), Reason::Unknown),
    ] {
        assert_eq!(reason(store, bad), why);
    }
    record(store, Event::ItemInspected(inspected(3)));
    assert_eq!(reason(store, searched(1, 3, Some(1))), Reason::Invalid);
    record(store, watch(3, None));
    assert_eq!(reason(store, searched(2, 2, Some(1))), Reason::Invalid);
}
