//! Sources and series.

use store::event::*;
use store::number::SourceNo;
use store::vocabulary::{Reliability, SourceState};
use store::{Reason, Store};

use crate::sample::*;

fn state(proof: Vec<Proof>) -> Event {
    Event::SourceObserved(SourceObserved {
        source: SourceNo(1),
        state: SourceState::Renamed,
        observed: Some("2026-05-02".into()),
        note: None,
        name: Some("@other".into()),
        proof,
    })
}

pub(crate) fn a_state_is_shown_by_what_the_case_keeps(store: &dyn Store) {
    opened(store);
    record(store, source("@uploader", None));
    let blob = |name: &str| Proof::Blob {
        blob: id(77),
        name: name.into(),
    };
    let proof = vec![
        Proof::Item { item: id(2) },
        blob("profile.html"),
        Proof::Url {
            url: "https://archive.example/x".into(),
        },
    ];
    record(store, state(proof.clone()));
    let seen = store.sources().unwrap().remove(0).observations.remove(0);
    assert_eq!((seen.proof, seen.name), (proof, Some("@other".into())));
    assert_eq!(
        (seen.observed.as_deref(), seen.origin.at.as_str()),
        (Some("2026-05-02"), AT),
        "seen and recorded are two times"
    );
    for (wrong, why) in [
        (Proof::Item { item: id(9) }, Reason::Unknown),
        (blob(""), Reason::Invalid),
        (blob("in/page.html"), Reason::Invalid),
        (Proof::Url { url: " ".into() }, Reason::Invalid),
    ] {
        assert_eq!(reason(store, state(vec![wrong])), why);
    }
}

/// The grades that stand.
fn standing(store: &dyn Store) -> Vec<(String, Reliability)> {
    let source = store.sources().unwrap().remove(0);
    let grades = source.standing_grades().into_iter();
    grades.map(|(who, grade)| (who.to_owned(), grade)).collect()
}

pub(crate) fn a_persons_later_grade_supersedes_the_earlier_one(store: &dyn Store) {
    use Reliability::{FairlyReliable, Reliable, Unreliable};
    opened(store);
    record(store, source("@uploader", Some("C")));
    assert_eq!(standing(store), [("Ada".into(), FairlyReliable)]);
    record(store, grade_by("Ben", 1, Reliable));
    let revised = record(store, grade_by("Ben", 1, Unreliable)).seq;
    let both = [("Ada".into(), FairlyReliable), ("Ben".into(), Unreliable)];
    assert_eq!(standing(store), both, "dissent stands side by side");
    record(store, grade_by("Ada", 1, Unreliable));
    let both = [("Ada".into(), Unreliable), ("Ben".into(), Unreliable)];
    assert_eq!(standing(store), both);
    let kept = store.sources().unwrap().remove(0).grades;
    let later: Vec<_> = kept.iter().map(|it| it.superseded_by).collect();
    assert_eq!(later, [Some(revised), None, None]);
    record(store, undone(revised));
    let both = [("Ada".into(), Unreliable), ("Ben".into(), Reliable)];
    assert_eq!(standing(store), both, "what stood before it stands again");
    let mut silent = SourceGraded {
        source: SourceNo(1),
        grade: Reliable,
        assessor: "Ben".into(),
        reason: " ".into(),
    };
    assert_eq!(
        reason(store, Event::SourceGraded(silent.clone())),
        Reason::Invalid
    );
    silent.assessor.clear();
    silent.reason = "x".into();
    assert_eq!(reason(store, Event::SourceGraded(silent)), Reason::Invalid);
    assert_eq!(reason(store, grade_by("Ben", 2, Reliable)), Reason::Unknown);
}

pub(crate) fn names_and_ties_have_their_times(store: &dyn Store) {
    opened(store);
    let account = record(store, source("@uploader", None)).seq;
    let outlet = record(store, source("The Square", None)).seq;
    let named = record(store, alias(1, "@older")).seq;
    let tied = record(store, tie(1, 2)).seq;
    let kept = store.sources().unwrap().remove(0);
    assert_eq!(kept.aliases[0].aliased.until.as_deref(), Some("2026-04-30"));
    assert_eq!(kept.ties[0].related.to, SourceNo(2));
    for (from, until) in [
        ("2026", "2025-12"),
        ("2026-05-03", "2026-05-02"),
        ("x", "2026"),
    ] {
        let mut wrong = SourceAliased {
            source: SourceNo(1),
            name: "y".into(),
            url: None,
            from: Some(from.into()),
            until: Some(until.into()),
            note: None,
        };
        assert_eq!(
            reason(store, Event::SourceAliased(wrong.clone())),
            Reason::Invalid
        );
        wrong.from = None;
        wrong.until = None;
        wrong.name.clear();
        assert_eq!(reason(store, Event::SourceAliased(wrong)), Reason::Invalid);
    }
    assert_eq!(reason(store, tie(1, 1)), Reason::Invalid);
    assert_eq!(reason(store, tie(1, 3)), Reason::Unknown);
    let cited = refused(store, undone(outlet));
    assert!(cited.sentence.contains("S1 rests on it"), "{cited}");
    record(store, undone(tied));
    record(store, undone(named));
    record(store, undone(outlet));
    record(store, undone(account));
    assert_eq!(reason(store, alias(1, "@newer")), Reason::Conflict);
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn a_series_orders_items_and_shows_gaps(store: &dyn Store) {
    opened(store);
    let named = record(store, source("@uploader", None)).seq;
    let begun = record(store, series(Some(1))).seq;
    record(store, placed(1, 2, 4));
    let first = record(store, placed(1, 1, 2)).seq;
    let kept = store.series().unwrap().remove(0);
    let order: Vec<_> = kept.items.iter().map(|it| it.placed.item).collect();
    assert_eq!(order, [id(1), id(2)]);
    assert_eq!(kept.gaps(), [1, 3]);
    for (wrong, why) in [
        (placed(1, 1, 3), Reason::Conflict),
        (placed(2, 1, 1), Reason::Unknown),
        (placed(1, 9, 1), Reason::Unknown),
        (series(Some(7)), Reason::Unknown),
    ] {
        assert_eq!(reason(store, wrong), why);
    }
    record(store, undone(first));
    for position in [0, u32::MAX] {
        assert_eq!(reason(store, placed(1, 1, position)), Reason::Invalid);
    }
    record(store, placed(1, 1, 1));
    assert_eq!(store.series().unwrap()[0].gaps(), [2, 3]);
    assert_eq!(reason(store, undone(named)), Reason::Conflict);
    record(store, undone(begun));
    record(store, undone(named));
    assert_eq!(reason(store, placed(1, 2, 1)), Reason::Conflict);
}
