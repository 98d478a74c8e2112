//! Erasing the bytes of an item.

use journal::ContentId;
use store::event::*;
use store::number::{AssessmentNo, HypothesisNo, ItemNo};
use store::vocabulary::{Bearing, RemovalGround, Verdict};
use store::{Blobs, Reason, Store};

use crate::sample::*;

pub(crate) fn what_is_in_use_is_not_removed(store: &dyn Store) {
    opened(store);
    let made = record(store, Event::ClaimMade(claim("x"))).seq;
    let seen = record(store, observation("x")).seq;
    record(store, hypothesis("staged"));
    let rated = Event::EvidenceLinked {
        hypothesis: HypothesisNo(1),
        evidence: "F:#1:2".into(),
        bearing: Bearing::Inconsistent,
        reason: "it bears".into(),
    };
    let rated = record(store, rated).seq;
    let judged = AssessmentMade {
        evidence: vec!["#1".into()],
        ..assessment("Ada", 1, None)
    };
    record(store, Event::AssessmentMade(judged));
    record(
        store,
        Event::MatchFound(found(1, span(0, 9), 2, span(0, 9))),
    );
    record(store, watch(1, None));
    let cited = || -> Vec<String> {
        let citing = store.citing(ItemNo(1)).unwrap();
        citing.into_iter().map(|it| it.number).collect()
    };
    assert_eq!(cited(), ["C1", "O1", "H1", "A1", "M1", "W1"]);
    let refusal = refused(store, removed(1));
    assert_eq!(refusal.reason, Reason::Conflict);
    assert!(refusal.sentence.contains("C1, O1, H1, A1, M1, W1"));
    assert!(refusal.hint.contains(&format!("`undo {made} ")));
    assert!(refusal.hint.contains("`review reject M1`"));
    for entry in [made, seen, rated] {
        record(store, undone(entry));
    }
    record(
        store,
        Event::AssessmentMade(AssessmentMade {
            supersedes: Some(AssessmentNo(1)),
            ..assessment("Ada", 1, Some(1))
        }),
    );
    record(store, reviewed(1, Verdict::Rejected, None));
    assert_eq!(cited(), ["W1"]);
    record(store, ended(1));
    record(store, removed(1));
    assert_eq!(store.hypotheses().unwrap()[0].withdrawn, None);
}

pub(crate) fn of_what_is_removed_nothing_is_recorded(store: &dyn Store) {
    opened(store);
    record(
        store,
        Event::MatchFound(found(1, span(0, 9), 2, span(0, 9))),
    );
    record(store, reviewed(1, Verdict::Rejected, None));
    let entry = record(store, removed(1)).seq;
    let item = store.item(ItemNo(1)).unwrap().unwrap();
    let told = item.removed.unwrap();
    assert_eq!(
        (told.origin.entry, told.ground),
        (entry, RemovalGround::Law)
    );
    let tombstone = store.removal(&id(1)).unwrap().unwrap();
    assert_eq!(store.removals().unwrap(), std::slice::from_ref(&tombstone));
    assert_eq!(tombstone.removed.blake3, "ab".repeat(32));
    for event in [
        removed(1),
        observation("x"),
        Event::ClaimMade(claim("x")),
        Event::ItemInspected(inspected(1)),
        watch(1, None),
        hypothesis("staged"),
        Event::MatchFound(found(2, span(0, 9), 1, span(0, 9))),
        reviewed(1, Verdict::Confirmed, None),
    ] {
        let refusal = refused(store, &event);
        assert_eq!(refusal.reason, Reason::Unknown, "{event:?}");
        assert!(refusal.sentence.contains("#1 was removed by Ada"));
    }
    assert_eq!(
        reason(store, Event::ItemAcquired(acquired(1))),
        Reason::Conflict,
        "the same bytes are not taken again"
    );
    assert_eq!(reason(store, undone(entry)), Reason::Conflict);
    assert_eq!(
        reason(store, reported(1, false)),
        Reason::Conflict,
        "such a report shows what is gone"
    );
    record(store, reported(1, true));
    record(store, reported(2, false));
}

pub(crate) fn a_tombstone_says_what_was_there(store: &dyn Store) {
    opened(store);
    for wrong in [
        ItemRemoved {
            size: 1,
            ..removal(1)
        },
        ItemRemoved {
            blake3: "cd".repeat(32),
            ..removal(1)
        },
        ItemRemoved {
            reason: " ".into(),
            ..removal(1)
        },
        ItemRemoved {
            item: id(9),
            ..removal(1)
        },
    ] {
        refused(store, Event::ItemRemoved(wrong));
    }
    assert!(store.removals().unwrap().is_empty());
}

/// An item of these bytes, and the facts that an inspection of it left.
fn kept(store: &dyn Store, blobs: &dyn Blobs, bytes: &[u8], facts: &[u8]) -> ContentId {
    let item = blobs.put_bytes(bytes).unwrap();
    let of_item = Acquired {
        item: item.id,
        size: item.size,
        blake3: item.blake3,
        ..acquired(1)
    };
    record(store, Event::ItemAcquired(of_item));
    let put = |bytes: &[u8]| blobs.put_bytes(bytes).unwrap().id;
    let seen = Inspected {
        item: item.id,
        facts: put(facts),
        frames: put(b"no frames"),
        prints: put(b"no prints"),
        thumbnails: put(b"no thumbnails"),
        sound: None,
        ..inspected(1)
    };
    record(store, Event::ItemInspected(seen));
    item.id
}

fn gone(item: ContentId, bytes: &[u8]) -> Event {
    Event::ItemRemoved(ItemRemoved {
        item,
        size: bytes.len() as u64,
        blake3: blake3::hash(bytes).to_hex().to_string(),
        ..removal(1)
    })
}

pub(crate) fn bytes_go_after_their_tombstone_and_none_of_others(
    store: &dyn Store,
    blobs: &dyn Blobs,
) {
    let name = "Market square".to_owned();
    record(store, Event::CaseOpened { name });
    let (first, second) = (
        kept(store, blobs, b"first", b"facts of the first"),
        kept(store, blobs, b"second", b"facts of the second"),
    );
    let (all, stray) = (blobs.ids().unwrap(), blobs.put_bytes(b"stray").unwrap().id);
    assert_eq!(store.erase(blobs).unwrap(), [], "nothing has a tombstone");
    record(store, gone(first, b"first"));
    assert!(blobs.contains(&first).unwrap(), "an entry erases nothing");
    let mut expected = vec![first, ContentId::of(b"facts of the first")];
    expected.sort_unstable();
    let mut erased = store.erase(blobs).unwrap();
    erased.sort_unstable();
    assert_eq!(erased, expected, "what the second names too stays");
    assert_eq!(store.erase(blobs).unwrap(), [], "once is enough");
    // What comes back is erased again.
    blobs.put_bytes(b"first").unwrap();
    assert_eq!(store.erase(blobs).unwrap(), [first]);
    record(store, gone(second, b"second"));
    let erased = store.erase(blobs).unwrap();
    assert_eq!(erased.last(), Some(&second), "the original goes last");
    assert_eq!(erased.len(), all.len() - 2);
    assert_eq!(blobs.ids().unwrap(), [stray], "what nobody names stays");
    assert_eq!(store.check().unwrap().problems, []);
}
