//! Items, matches, sources, claims, observations.

use store::event::*;
use store::number::{ClaimNo, ItemNo, MatchNo, Number, SourceNo};
use store::vocabulary::{ClaimStatus, SourceState, Verdict};
use store::{Reason, Store};

use crate::sample::*;

pub(crate) fn the_same_bytes_are_one_item(store: &dyn Store) {
    record(store, Event::CaseOpened { name: "x".into() });
    let first = record(store, Event::ItemAcquired(acquired(1)));
    let other = record(store, Event::ItemAcquired(acquired(2)));
    let again = Acquired {
        name: "renamed.mp4".into(),
        ..acquired(1)
    };
    let second = record(store, Event::ItemAcquired(again.clone()));
    assert_eq!(first.number, Some(Number::Item(ItemNo(1))));
    assert_eq!(other.number, Some(Number::Item(ItemNo(2))));
    assert_eq!(second.number, Some(Number::Item(ItemNo(1))));
    let item = store.item(ItemNo(1)).unwrap().unwrap();
    assert_eq!(item.name, "clip-1.mp4");
    let entries: Vec<u64> = item.acquisitions.iter().map(|a| a.origin.entry).collect();
    assert_eq!(entries, [first.seq, second.seq]);
    assert_eq!(item.acquisitions[1].acquired, again);
    assert_eq!(store.item_by_id(&id(1)).unwrap(), Some(item));
    assert_eq!(store.item_by_id(&id(9)).unwrap(), None);
    assert_eq!(store.items().unwrap().len(), 2);
    let longer = Acquired {
        size: 1,
        ..acquired(1)
    };
    assert_eq!(reason(store, Event::ItemAcquired(longer)), Reason::Conflict);
    let folder = Acquired {
        name: "in/clip.mp4".into(),
        ..acquired(3)
    };
    assert_eq!(reason(store, Event::ItemAcquired(folder)), Reason::Invalid);
}

pub(crate) fn the_newest_inspection_counts(store: &dyn Store) {
    record(store, Event::CaseOpened { name: "x".into() });
    assert_eq!(
        reason(store, Event::ItemInspected(inspected(1))),
        Reason::Unknown
    );
    record(store, Event::ItemAcquired(acquired(1)));
    assert_eq!(store.item(ItemNo(1)).unwrap().unwrap().inspection, None);
    record(store, Event::ItemInspected(inspected(1)));
    let newer = Inspected {
        frame_count: 101,
        ..inspected(1)
    };
    let appended = record(store, Event::ItemInspected(newer.clone()));
    let inspection = store.item(ItemNo(1)).unwrap().unwrap().inspection.unwrap();
    assert_eq!(inspection.inspected, newer);
    assert_eq!(inspection.origin.entry, appended.seq);
}

pub(crate) fn sources_are_graded_and_observed(store: &dyn Store) {
    opened(store);
    record(store, source("@uploader", Some("F")));
    for grade in ["G", "a", "AB", ""] {
        assert_eq!(
            reason(store, source("x", Some(grade))),
            Reason::Invalid,
            "{grade}"
        );
    }
    let seen = |n| SourceObserved {
        source: SourceNo(n),
        state: SourceState::Suspended,
        observed: Some("2026-05-02".into()),
        note: None,
        name: None,
        proof: Vec::new(),
    };
    record(store, Event::SourceObserved(seen(1)));
    assert_eq!(
        reason(store, Event::SourceObserved(seen(2))),
        Reason::Unknown
    );
    let sources = store.sources().unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].observations[0].state, SourceState::Suspended);
    let claim = ClaimMade {
        source: Some(SourceNo(2)),
        ..claim("x")
    };
    assert_eq!(reason(store, Event::ClaimMade(claim)), Reason::Unknown);
}

pub(crate) fn claims_stand_where_their_history_says(store: &dyn Store) {
    opened(store);
    record(store, observation("no impact"));
    record(store, Event::ClaimMade(claim("it is staged")));
    assert_eq!(store.claims().unwrap()[0].status, ClaimStatus::Unverified);
    let change = |claim, status, reason: &str, evidence: &[&str]| {
        Event::ClaimStatusChanged(ClaimStatusChanged {
            claim: ClaimNo(claim),
            status,
            reason: reason.into(),
            evidence: evidence.iter().map(ToString::to_string).collect(),
        })
    };
    record(store, change(1, ClaimStatus::Corroborated, "", &["O1"]));
    record(
        store,
        change(
            1,
            ClaimStatus::Contradicted,
            "blood in the last frames",
            &[],
        ),
    );
    let claim = store.claims().unwrap().remove(0);
    assert_eq!(claim.status, ClaimStatus::Contradicted);
    let history: Vec<ClaimStatus> = claim.history.iter().map(|h| h.status).collect();
    assert_eq!(
        history,
        [ClaimStatus::Corroborated, ClaimStatus::Contradicted]
    );
    assert_eq!(claim.history[0].evidence, ["O1"]);
    assert_eq!(
        reason(store, change(1, ClaimStatus::Verified, " ", &[])),
        Reason::Invalid
    );
    assert_eq!(
        reason(store, change(1, ClaimStatus::Verified, "", &["C1"])),
        Reason::Invalid
    );
    assert_eq!(
        reason(store, change(2, ClaimStatus::Verified, "x", &[])),
        Reason::Unknown
    );
}

/// A claim at a place in item 1.
fn claim_at(span: Option<Span>, region: Option<Region>) -> Event {
    let pin = Pin {
        span,
        region,
        ..pin(1)
    };
    Event::ClaimMade(ClaimMade { pin, ..claim("x") })
}

pub(crate) fn spans_are_in_order_and_within_their_item(store: &dyn Store) {
    opened(store);
    record(store, claim_at(Some(span(0, 99)), None));
    let backwards = Span {
        first: span(5, 5).first,
        last: span(4, 4).last,
        ..span(4, 5)
    };
    let mut unhashed = span(3, 4);
    unhashed.last.hash = "none".into();
    for (bad, why) in [
        (span(99, 100), Reason::Unknown),
        (
            Span {
                start: 50,
                ..span(3, 4)
            },
            Reason::Invalid,
        ),
        (
            Span {
                time_base: [0, 1],
                ..span(3, 4)
            },
            Reason::Invalid,
        ),
        (backwards, Reason::Invalid),
        (unhashed, Reason::Invalid),
    ] {
        assert_eq!(reason(store, claim_at(Some(bad), None)), why);
    }
}

pub(crate) fn pins_are_on_items_that_are_there(store: &dyn Store) {
    opened(store);
    let region = Region {
        x: 0,
        y: 0,
        width: 0,
        height: 1,
    };
    assert_eq!(reason(store, claim_at(None, Some(region))), Reason::Invalid);
    let elsewhere = ClaimMade {
        pin: pin(9),
        ..claim("x")
    };
    assert_eq!(reason(store, Event::ClaimMade(elsewhere)), Reason::Unknown);
    record(store, Event::ItemAcquired(acquired(3)));
    let pin = Pin {
        span: Some(span(0, 1)),
        ..pin(3)
    };
    let unseen = ClaimMade { pin, ..claim("x") };
    assert_eq!(reason(store, Event::ClaimMade(unseen)), Reason::Conflict);
}

pub(crate) fn matches_are_known_from_either_side(store: &dyn Store) {
    opened(store);
    let there = found(1, span(0, 9), 2, span(20, 29));
    let back = found(2, span(20, 29), 1, span(0, 9));
    assert_eq!(store.known_match(&there).unwrap(), None);
    let first = record(store, Event::MatchFound(there.clone()));
    assert_eq!(first.number, Some(Number::Match(MatchNo(1))));
    assert_eq!(store.known_match(&there).unwrap(), Some(MatchNo(1)));
    assert_eq!(store.known_match(&back).unwrap(), Some(MatchNo(1)));
    assert_eq!(
        store
            .known_match(&found(1, span(0, 8), 2, span(20, 29)))
            .unwrap(),
        None
    );
    let rescored = MatchFound {
        score_permille: 1,
        ..there
    };
    record(store, Event::MatchFound(rescored.clone()));
    assert_eq!(store.known_match(&rescored).unwrap(), Some(MatchNo(1)));
    assert_eq!(store.matches().unwrap()[1].found, rescored);
    for (bad, why) in [
        (found(1, span(0, 9), 1, span(20, 29)), Reason::Invalid),
        (found(1, span(0, 9), 3, span(20, 29)), Reason::Unknown),
        (found(1, span(0, 9), 2, span(20, 100)), Reason::Unknown),
        (
            MatchFound {
                score_permille: 1001,
                ..back.clone()
            },
            Reason::Invalid,
        ),
        (
            MatchFound {
                speed_permille: 0,
                ..back
            },
            Reason::Invalid,
        ),
    ] {
        assert_eq!(reason(store, Event::MatchFound(bad)), why);
    }
}

pub(crate) fn the_last_word_on_a_match_stands(store: &dyn Store) {
    opened(store);
    let there = found(1, span(0, 9), 2, span(20, 29));
    record(store, Event::MatchFound(there));
    let verdict = |store: &dyn Store| store.matches().unwrap()[0].verdict();
    assert_eq!(verdict(store), Verdict::Unreviewed);
    assert_eq!(
        reason(store, reviewed(1, Verdict::Unreviewed, None)),
        Reason::Conflict
    );
    let first = record(store, reviewed(1, Verdict::Confirmed, Some("same crack")));
    assert_eq!(first.number, Some(Number::Match(MatchNo(1))));
    assert_eq!(verdict(store), Verdict::Confirmed);
    let (ben, no) = (ben(), reviewed(1, Verdict::Rejected, None));
    let second = store.append(&ben, AT, &no).unwrap();
    assert_eq!(verdict(store), Verdict::Rejected);
    record(store, reviewed(1, Verdict::Unreviewed, Some("unsure")));
    assert_eq!(verdict(store), Verdict::Unreviewed);
    let reviews = store.matches().unwrap().remove(0).reviews;
    let told: Vec<_> = reviews
        .iter()
        .map(|r| (r.origin.actor.as_str(), r.verdict, r.note.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("Ada", Verdict::Confirmed, Some("same crack")),
            ("Ben", Verdict::Rejected, None),
            ("Ada", Verdict::Unreviewed, Some("unsure")),
        ]
    );
    assert_eq!(reviews[1].origin.entry, second.seq);
    for (bad, why) in [
        (reviewed(2, Verdict::Confirmed, None), Reason::Unknown),
        (reviewed(1, Verdict::Confirmed, Some(" ")), Reason::Invalid),
    ] {
        assert_eq!(reason(store, bad), why);
    }
}

pub(crate) fn empty_words_and_odd_times_are_refused(store: &dyn Store) {
    opened(store);
    for event in [
        Event::ClaimMade(claim(" \n")),
        Event::ClaimMade(ClaimMade {
            url: Some(String::new()),
            ..claim("x")
        }),
        Event::ClaimMade(ClaimMade {
            asserted: Some("in May".into()),
            ..claim("x")
        }),
        Event::ItemAcquired(Acquired {
            blake3: "AB".repeat(32),
            ..acquired(3)
        }),
        Event::ItemAcquired(Acquired {
            uploaded: Some("last spring".into()),
            ..acquired(3)
        }),
        observation(""),
        source("", None),
        hypothesis(""),
    ] {
        assert_eq!(reason(store, event), Reason::Invalid);
    }
}
