//! Tags, notes, and what to know before an item is opened.

use store::vocabulary::ContentFlag;
use store::{Reason, Store};

use crate::sample::*;

/// Tags that stand.
fn standing(store: &dyn Store) -> Vec<(String, String)> {
    let tags = store.tags().unwrap().into_iter();
    tags.filter(|it| it.withdrawn.is_none())
        .map(|it| (it.added.on, it.added.tag))
        .collect()
}

pub(crate) fn tags_are_added_once_and_removed(store: &dyn Store) {
    opened(store);
    record(store, source("@uploader", None));
    let first = record(store, tag("#1", "to be asked again")).seq;
    record(store, tag("S1", "to be asked again"));
    record(store, tag("F:#1:3", "ж"));
    assert_eq!(
        reason(store, tag("#1", "to be asked again")),
        Reason::Conflict
    );
    record(store, undone(first));
    assert_eq!(standing(store).len(), 2);
    assert_eq!(reason(store, undone(first)), Reason::Conflict);
    record(store, tag("#1", "to be asked again"));
    assert_eq!(standing(store).len(), 3);
    assert_eq!(
        store.tags().unwrap().len(),
        4,
        "what was removed stays on record"
    );
    for (on, text, why) in [
        ("#9", "x", Reason::Unknown),
        ("C1", "x", Reason::Unknown),
        ("F:#1:4", "x", Reason::Unknown),
        ("G1", "x", Reason::Unknown),
        ("1", "x", Reason::Invalid),
        ("T1", "x", Reason::Invalid),
        ("#1", "", Reason::Invalid),
        ("#1", " x", Reason::Invalid),
        ("#1", "a\nb", Reason::Invalid),
        ("#1", &"x".repeat(101), Reason::Invalid),
    ] {
        assert_eq!(reason(store, tag(on, text)), why, "{on} {text}");
    }
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn notes_are_on_what_is_there(store: &dyn Store) {
    opened(store);
    let seen = record(store, observation("no impact")).seq;
    let written = record(store, note("O1", "look again")).seq;
    record(store, note("#2", "look again"));
    assert_eq!(reason(store, note("O2", "x")), Reason::Unknown);
    assert_eq!(reason(store, note("O1", " ")), Reason::Invalid);
    record(store, undone(written));
    assert!(store.notes().unwrap()[0].withdrawn.is_some());
    record(store, undone(seen));
    assert_eq!(
        reason(store, note("O1", "x")),
        Reason::Unknown,
        "it was withdrawn"
    );
}

pub(crate) fn the_last_word_on_what_an_item_shows_stands(store: &dyn Store) {
    use ContentFlag::{Death, Graphic};
    opened(store);
    let flags = |store: &dyn Store| {
        let item = store.items().unwrap().remove(0);
        item.content_note().map(|it| it.flags.clone())
    };
    assert_eq!(flags(store), None);
    record(store, content(1, &[Graphic]));
    let later = record(store, content(1, &[])).seq;
    assert_eq!(flags(store), Some(Vec::new()), "somebody looked");
    record(store, content(1, &[Death, Graphic]));
    assert_eq!(flags(store), Some(vec![Graphic, Death]));
    record(store, undone(later + 1));
    record(store, undone(later));
    assert_eq!(flags(store), Some(vec![Graphic]));
    assert_eq!(
        reason(store, content(1, &[Graphic, Graphic])),
        Reason::Invalid
    );
    assert_eq!(reason(store, content(9, &[])), Reason::Unknown);
}
