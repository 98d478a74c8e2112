//! Searches, and those kept under a name.

use store::Store;
use store::event::*;
use store::number::{ItemNo, Number, SavedViewNo, SourceNo};
use store::search::{Page, Query};
use store::vocabulary::{ClaimStatus, Order, RecordKind, SourceState, Verdict};
use store::{Reason, number::ClaimNo};

use crate::sample::*;

/// What is found, by number, in order.
fn found(store: &dyn Store, query: &Query) -> Vec<String> {
    let page = Page {
        after: None,
        limit: 100,
    };
    let found = store.search(query, page).unwrap();
    assert_eq!(found.total, found.hits.len());
    assert_eq!(store.count(query, 1000).unwrap(), found.hits.len());
    found.hits.into_iter().map(|hit| hit.called).collect()
}

/// What words find.
fn said(store: &dyn Store, words: &str) -> Vec<String> {
    let words = words.to_owned();
    found(
        store,
        &Query {
            words,
            ..Query::default()
        },
    )
}

fn none() -> Vec<String> {
    Vec::new()
}

#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
pub(crate) fn every_field_of_every_record_is_searched(store: &dyn Store) {
    opened(store);
    record(store, source("@eyewitness_77", Some("B")));
    record(
        store,
        Event::SourceObserved(SourceObserved {
            source: SourceNo(1),
            state: SourceState::Deleted,
            observed: None,
            note: Some("answers Gone".into()),
            name: None,
            proof: Vec::new(),
        }),
    );
    record(
        store,
        Event::ClaimMade(claim("Filmed this morning in Žilina")),
    );
    record(
        store,
        Event::ClaimStatusChanged(ClaimStatusChanged {
            claim: ClaimNo(1),
            status: ClaimStatus::Contradicted,
            reason: "shadows fall eastwards".into(),
            evidence: vec!["#2".into()],
        }),
    );
    record(store, observation("no impact is seen"));
    record(store, hypothesis("The scene was staged"));
    record(store, Event::AssessmentMade(assessment("Dr Weiß", 1, None)));
    record(store, Event::MatchFound(found_in_both()));
    record(
        store,
        reviewed(1, Verdict::Confirmed, Some("the same crane")),
    );
    for (words, expected) in [
        ("zilina", vec!["C1"]),
        ("EYEWITNESS_77", vec!["S1"]),
        ("gone", vec!["S1"]),
        ("eastwards", vec!["C1"]),
        ("\"no impact\"", vec!["A1", "O1"]),
        ("impact -weiss", vec!["O1"]),
        ("stag*", vec!["H1"]),
        ("crane", vec!["M1"]),
        ("newspaper morning", vec!["C1"]),
        ("\"morning newspaper\"", vec![]),
        ("clip mp4", vec!["#2", "#1"]),
        ("C1", vec!["C1"]),
        ("market", vec!["case 1"]),
        ("nowhere", vec![]),
    ] {
        assert_eq!(said(store, words), expected, "{words}");
    }
    let page = Page {
        after: None,
        limit: 10,
    };
    let words = Query {
        words: "zilina".into(),
        ..Query::default()
    };
    let hit = store.search(&words, page).unwrap().hits.remove(0);
    assert_eq!(
        (hit.kind, hit.record["text"].as_str()),
        (RecordKind::Claim, Some("Filmed this morning in Žilina"))
    );
    assert_eq!(hit.passages[0].parts.last().unwrap().text, "Žilina");
    assert_eq!(store.rebuild().unwrap().differences, []);
}

fn found_in_both() -> MatchFound {
    crate::sample::found(2, span(20, 29), 1, span(0, 9))
}

pub(crate) fn every_script_is_found_as_it_is_typed(store: &dyn Store) {
    opened(store);
    for text in [
        "東京都で爆発の映像",
        "ระเบิดที่ตลาดสด",
        "قُتِلَ أحمد في المدرسة",
        "שָׁלוֹם מירושלים",
        "Обстрел жилого дома, Ёлкин",
        "한국어 자막",
        "Cafe\u{301} Niño",
        "ﬁnal ＶＩＤＥＯ",
    ] {
        record(store, observation(text));
    }
    for (words, number) in [
        ("爆発", 1),
        ("東京", 1),
        ("都", 1),
        ("映像", 1),
        ("ตลาด", 2),
        ("قتل احمد", 3),
        ("المدرسه", 3),
        ("שלום", 4),
        ("ОБСТРЕЛ елкин", 5),
        ("자막", 6),
        ("\u{110c}\u{1161}\u{1106}\u{1161}\u{11a8}", 6),
        ("café nino", 7),
        ("final video", 8),
    ] {
        assert_eq!(said(store, words), [format!("O{number}")], "{words}");
    }
    assert_eq!(said(store, "京爆"), none());
    assert_eq!(store.check().unwrap().problems, []);
}

#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
pub(crate) fn searches_are_narrowed(store: &dyn Store) {
    opened(store);
    record(store, source("desk", Some("B")));
    let of_source = ClaimMade {
        source: Some(SourceNo(1)),
        asserted: Some("2026-05-02".into()),
        ..claim("one")
    };
    record(store, Event::ClaimMade(of_source));
    let on_other = ClaimMade {
        pin: pin(2),
        ..claim("two")
    };
    record(store, Event::ClaimMade(on_other));
    let two = record(store, observation("seen"));
    record(store, Event::MatchFound(found_in_both()));
    let all = |query: Query| found(store, &query);
    let with = |what: &str| {
        all(Query {
            kinds: vec![RecordKind::Item],
            with: vec![what.into()],
            ..Query::default()
        })
    };
    let kind = |kind| Query::of(kind);

    assert_eq!(all(kind(RecordKind::Claim)), ["C1", "C2"]);
    assert_eq!(
        all(Query {
            order: Order::Newest,
            ..kind(RecordKind::Claim)
        }),
        ["C2", "C1"]
    );
    assert_eq!(
        all(Query {
            cites: vec!["S1".into()],
            ..Query::default()
        }),
        ["C1", "S1"]
    );
    let of_item = |n| Query {
        items: vec![ItemNo(n)],
        ..Query::default()
    };
    assert_eq!(all(of_item(1)), ["M1", "O1", "C1", "#1"]);
    assert_eq!(
        all(Query {
            kinds: vec![RecordKind::Claim],
            ..of_item(2)
        }),
        ["C2"]
    );
    assert_eq!(
        all(Query {
            status: vec!["unverified".into()],
            ..Query::default()
        }),
        ["C2", "C1"]
    );
    assert_eq!(
        all(Query {
            by: vec!["ada".into()],
            ..kind(RecordKind::Claim)
        }),
        ["C1", "C2"]
    );
    assert_eq!(
        all(Query {
            by: vec!["Ben".into()],
            ..kind(RecordKind::Claim)
        }),
        none()
    );
    let days = |text: &str| Some(text.parse().unwrap());
    assert_eq!(
        all(Query {
            asserted: days("2026-05-02"),
            ..Query::default()
        }),
        ["C2", "C1"]
    );
    assert_eq!(
        all(Query {
            asserted: days("2026-05-03.."),
            ..Query::default()
        }),
        ["C2"]
    );
    assert_eq!(
        all(Query {
            uploaded: days("..2026-04-10"),
            ..Query::default()
        }),
        ["#2"]
    );
    assert_eq!(
        all(Query {
            recorded: days("2026-05-03"),
            ..kind(RecordKind::Observation)
        }),
        ["O1"]
    );
    assert_eq!(
        all(Query {
            recorded: days("2026-05-04.."),
            ..Query::default()
        }),
        none()
    );

    assert_eq!(with("claim"), ["#2", "#1"]);
    assert_eq!(with("observation"), ["#1"]);
    assert_eq!(with("inspection"), ["#2", "#1"]);
    assert_eq!(with("cut"), ["#2", "#1"]);
    assert_eq!(with("finding"), ["#2", "#1"]);
    assert_eq!(with("black"), none());
    let about = |kind| store.about(kind, &[id(1)]).unwrap().len();
    assert_eq!(
        (about(RecordKind::Claim), about(RecordKind::Observation)),
        (1, 1)
    );
    assert_eq!(store.last(RecordKind::Claim).unwrap(), 2);
    assert_eq!(
        store.record(RecordKind::Claim, 2).unwrap().unwrap()["text"],
        "two"
    );
    assert_eq!(store.record(RecordKind::Claim, 3).unwrap(), None);
    assert_eq!(with("match"), ["#2", "#1"]);
    record(store, reviewed(1, Verdict::Rejected, None));
    assert_eq!(with("match"), none());
    record(store, reviewed(1, Verdict::Confirmed, None));
    assert_eq!(with("match"), ["#2", "#1"]);
    assert_eq!(
        all(Query {
            without: vec!["review".into()],
            ..kind(RecordKind::Match)
        }),
        none()
    );
    record(store, undone(two.seq));
    assert_eq!(with("observation"), none());
    assert_eq!(
        all(Query {
            with: vec!["withdrawn".into()],
            ..Query::default()
        }),
        ["O1"]
    );
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn items_are_found_by_tags_and_by_what_they_show(store: &dyn Store) {
    use store::vocabulary::ContentFlag::{Death, Graphic};
    opened(store);
    let tagged = |tag: &str| Query {
        tags: vec![tag.into()],
        kinds: vec![RecordKind::Item],
        ..Query::default()
    };
    let with = |what: &str| Query {
        with: vec![what.into()],
        ..Query::default()
    };
    let first = record(store, tag("#2", "to be asked again")).seq;
    record(store, tag("#2", "dawn"));
    record(store, tag("#1", "dusk"));
    record(store, observation("a shadow"));
    assert_eq!(found(store, &tagged("To be asked again")), ["#2"]);
    assert_eq!(found(store, &tagged("dawn")), ["#2"]);
    assert_eq!(found(store, &with("observation")), ["#1"]);
    record(store, undone(first));
    assert_eq!(found(store, &tagged("to be asked again")), none());
    assert_eq!(found(store, &tagged("dawn")), ["#2"], "the other stands");

    record(store, content(1, &[Graphic, Death]));
    assert_eq!(found(store, &with("graphic")), ["#1"]);
    assert_eq!(found(store, &tagged("dusk")), ["#1"], "its tag stays");
    record(store, content(1, &[Death]));
    assert_eq!(found(store, &with("graphic")), none());
    assert_eq!(found(store, &with("death")), ["#1"]);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn what_is_found_is_read_in_pages(store: &dyn Store) {
    opened(store);
    for n in 0..7 {
        record(store, observation(&format!("sight {n}")));
    }
    for order in [Order::Newest, Order::Oldest] {
        let query = Query {
            words: "sight".into(),
            order,
            ..Query::default()
        };
        let whole = found(store, &query);
        let (mut read, mut after) = (Vec::new(), None);
        loop {
            let page = store.search(&query, Page { after, limit: 3 }).unwrap();
            assert_eq!(page.total, 7);
            // What comes meanwhile moves nothing that was not read yet.
            record(store, observation(&format!("later {}", read.len())));
            read.extend(page.hits.into_iter().map(|hit| hit.called));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(read, whole);
    }
    let odd = |query: Query| match store.search(
        &query,
        Page {
            after: None,
            limit: 1,
        },
    ) {
        Err(store::Error::Refused(refusal)) => refusal.reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        odd(Query {
            words: "…".into(),
            ..Query::default()
        }),
        Reason::Invalid
    );
    assert_eq!(
        odd(Query {
            items: vec![ItemNo(9)],
            ..Query::default()
        }),
        Reason::Unknown
    );
}

#[allow(clippy::too_many_lines, reason = "a story is told in one piece")]
pub(crate) fn a_view_is_saved_renamed_and_removed(store: &dyn Store) {
    opened(store);
    let query = Query {
        words: "market*".into(),
        with: vec!["match".into()],
        ..Query::default()
    };
    let save = |name: &str, query: &Query| {
        Event::ViewSaved(ViewSaved {
            name: name.into(),
            query: query.clone(),
        })
    };
    let rename = |view, name: &str| {
        Event::ViewRenamed(ViewRenamed {
            view: SavedViewNo(view),
            name: name.into(),
        })
    };
    let remove = |view| {
        Event::ViewRemoved(ViewRemoved {
            view: SavedViewNo(view),
            note: None,
        })
    };
    let saved = record(store, save("to do", &query));
    assert_eq!(saved.number, Some(Number::View(SavedViewNo(1))));
    for (bad, why) in [
        (save("to do", &query), Reason::Conflict),
        (save(" ", &query), Reason::Invalid),
        (
            save(
                "odd",
                &Query {
                    words: "?!".into(),
                    ..Query::default()
                },
            ),
            Reason::Invalid,
        ),
        (rename(2, "other"), Reason::Unknown),
        (rename(1, "to do"), Reason::Conflict),
        (remove(2), Reason::Unknown),
    ] {
        assert_eq!(reason(store, bad), why);
    }
    record(store, rename(1, "done"));
    record(store, save("to do", &Query::default()));
    record(store, remove(1));
    assert_eq!(reason(store, remove(1)), Reason::Conflict);
    record(store, save("done", &query));
    let views = store.views().unwrap();
    let names: Vec<_> = views
        .iter()
        .map(|view| (view.name.as_str(), view.removed.is_some()))
        .collect();
    assert_eq!(names, [("done", true), ("to do", false), ("done", false)]);
    assert_eq!(views[0].former[0].name, "to do");
    assert_eq!(views[2].query, query);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn items_are_found_by_what_was_found_in_them(store: &dyn Store) {
    opened(store);
    let with = |what: &str| Query {
        with: vec![what.into()],
        ..Query::of(RecordKind::Item)
    };
    assert_eq!(said(store, "dusk"), ["#2", "#1"]);
    assert_eq!(said(store, "fade out"), ["#2", "#1"]);
    for kind in ["cut", "fade_out", "fade-out"] {
        assert_eq!(found(store, &with(kind)), ["#1", "#2"], "{kind}");
    }
    // The newest inspection counts.
    let anew = Inspected {
        found: vec![told("traces", 3, &["Written by Lavf 59."])],
        ..inspected(1)
    };
    record(store, Event::ItemInspected(anew.clone()));
    assert_eq!(said(store, "dusk"), ["#2"]);
    assert_eq!(found(store, &with("cut")), ["#2"]);
    assert_eq!(said(store, "lavf"), ["#1"]);
    // Entries from before it was kept tell nothing, and no entry tells of more than there is.
    let untold = Inspected {
        found: Vec::new(),
        ..inspected(2)
    };
    record(store, Event::ItemInspected(untold));
    assert_eq!(found(store, &with("cut")), none());
    for wrong in [
        vec![told("cut", 2, &[])],
        vec![told("cut", 4, &[])],
        vec![told(" ", 3, &[])],
    ] {
        let found = wrong;
        let wrong = Inspected {
            found,
            ..inspected(2)
        };
        assert_eq!(reason(store, Event::ItemInspected(wrong)), Reason::Invalid);
    }
    assert_eq!(store.rebuild().unwrap().differences, []);
    // What was read in bytes that were erased is found no more.
    record(store, removed(1));
    assert_eq!(said(store, "lavf"), none());
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}
