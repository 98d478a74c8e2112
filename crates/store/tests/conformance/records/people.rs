//! People who appear in items.

use store::event::Identity;
use store::vocabulary::{PersonRole, Protection};
use store::{Reason, Store};

use crate::sample::*;

pub(crate) fn people_are_protected_by_their_roles_and_by_the_last_word(store: &dyn Store) {
    use PersonRole::{Minor, Speaker, Victim, Witness};
    opened(store);
    let first = || store.people().unwrap().remove(0);
    let entered = record(store, person(&[Speaker, Minor])).seq;
    assert_eq!(first().protection(), [Protection::Minor]);
    let seen = record(store, appears(1, 2, &[Victim])).seq;
    assert_eq!(
        first().protection(),
        [Protection::Minor, Protection::Victim]
    );
    let word = record(store, protected(1, &[])).seq;
    assert_eq!(first().protection(), [], "somebody said otherwise");
    let later = record(store, appears(1, 1, &[Witness])).seq;
    assert_eq!(
        first().protection(),
        [Protection::Witness],
        "and this was said since"
    );
    record(store, undone(later));
    record(store, undone(word));
    record(store, undone(seen));
    assert_eq!(first().protection(), [Protection::Minor]);
    assert_eq!(first().identity(), &Identity::Unknown);
    record(store, identified(1, Identity::Withheld));
    let name = Identity::Named { name: "X".into() };
    let named = record(store, identified(1, name.clone())).seq;
    assert_eq!(first().identity(), &name);
    record(store, undone(named));
    assert_eq!(first().identity(), &Identity::Withheld);
    record(store, tag("P1", "red jacket"));
    for (wrong, why) in [
        (person(&[Minor, Minor]), Reason::Invalid),
        (appears(2, 1, &[]), Reason::Unknown),
        (appears(1, 9, &[]), Reason::Unknown),
        (
            protected(1, &[Protection::Other, Protection::Other]),
            Reason::Invalid,
        ),
        (
            identified(1, Identity::Named { name: " ".into() }),
            Reason::Invalid,
        ),
    ] {
        assert_eq!(reason(store, wrong), why);
    }
    record(store, undone(entered));
    assert_eq!(reason(store, protected(1, &[])), Reason::Conflict);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}
