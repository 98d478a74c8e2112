//! Taking back what an entry recorded.

use store::event::*;
use store::number::{ClaimNo, HypothesisNo};
use store::vocabulary::{Bearing, ClaimStatus};
use store::{Reason, Store};

use crate::sample::*;

fn status(status: ClaimStatus, evidence: &[&str]) -> Event {
    Event::ClaimStatusChanged(ClaimStatusChanged {
        claim: ClaimNo(1),
        status,
        reason: "so".into(),
        evidence: evidence.iter().map(ToString::to_string).collect(),
    })
}

fn rating(bearing: Bearing) -> Event {
    Event::EvidenceLinked {
        hypothesis: HypothesisNo(1),
        evidence: "O1".into(),
        bearing,
        reason: "it bears".into(),
    }
}

pub(crate) fn what_stood_before_a_change_stands_again(store: &dyn Store) {
    opened(store);
    record(store, Event::ClaimMade(claim("x")));
    record(store, status(ClaimStatus::Corroborated, &[]));
    let change = record(store, status(ClaimStatus::Refuted, &[])).seq;
    let undoing = record(store, undone(change)).seq;
    let kept = store.claims().unwrap().remove(0);
    assert_eq!(kept.status, ClaimStatus::Corroborated);
    assert_eq!(kept.history.len(), 2, "it stays in the history");
    let withdrawn = kept.history[1].withdrawn.as_ref().unwrap();
    assert_eq!(
        (withdrawn.origin.entry, withdrawn.reason.as_str()),
        (undoing, "a slip")
    );
    assert_eq!(reason(store, undone(change)), Reason::Conflict);
    record(store, undone(change - 1));
    assert_eq!(store.claims().unwrap()[0].status, ClaimStatus::Unverified);
}

pub(crate) fn what_something_rests_on_is_not_withdrawn(store: &dyn Store) {
    opened(store);
    let seen = record(store, observation("x")).seq;
    record(store, hypothesis("staged"));
    let link = record(store, rating(Bearing::Inconsistent)).seq;
    let cited = refused(store, undone(seen));
    assert_eq!(cited.reason, Reason::Conflict);
    assert!(cited.sentence.contains("H1 rests on it"), "{cited}");
    record(store, undone(link));
    record(store, undone(seen));
    assert!(store.observations().unwrap()[0].withdrawn.is_some());
    assert_eq!(reason(store, rating(Bearing::Neutral)), Reason::Unknown);
    // An assessment keeps what it judges, even where it was revised, and what it cites while it stands.
    let seen = record(store, observation("y")).seq;
    let stated = seen - 4;
    let made = AssessmentMade {
        evidence: vec!["O2".into()],
        ..assessment("Ada", 1, None)
    };
    record(store, Event::AssessmentMade(made));
    assert_eq!(reason(store, undone(seen)), Reason::Conflict);
    record(store, Event::AssessmentMade(assessment("Ada", 1, Some(1))));
    record(store, undone(seen));
    assert_eq!(reason(store, undone(stated)), Reason::Conflict);
    // So does a claim its source.
    let named = record(store, source("@uploader", None)).seq;
    let made = ClaimMade {
        source: Some(store::number::SourceNo(1)),
        ..claim("x")
    };
    let claim = record(store, Event::ClaimMade(made)).seq;
    assert_eq!(reason(store, undone(named)), Reason::Conflict);
    record(store, undone(claim));
    record(store, undone(named));
    // Nothing is added to what was withdrawn.
    assert_eq!(
        reason(store, status(ClaimStatus::Verified, &[])),
        Reason::Conflict
    );
    let made = ClaimMade {
        source: Some(store::number::SourceNo(1)),
        ..crate::sample::claim("z")
    };
    assert_eq!(reason(store, Event::ClaimMade(made)), Reason::Conflict);
    assert_eq!(store.check().unwrap().problems, []);
}

pub(crate) fn what_cannot_be_undone_says_why(store: &dyn Store) {
    opened(store);
    record(store, hypothesis("staged"));
    record(store, Event::AssessmentMade(assessment("Ada", 1, None)));
    let found = found(1, span(0, 9), 2, span(20, 29));
    record(store, Event::MatchFound(found));
    let last = store.head().unwrap().size;
    for (entry, says) in [
        (0, "signs"),
        (1, "opens the case"),
        (2, "preserved"),
        (last - 1, "reject"),
        (last - 2, "revise"),
    ] {
        let refusal = refused(store, undone(entry));
        assert_eq!(refusal.reason, Reason::Conflict);
        assert!(refusal.hint.contains(says), "{entry}: {}", refusal.hint);
    }
    assert_eq!(reason(store, undone(last)), Reason::Unknown);
    let silent = Event::EntryUndone(EntryUndone {
        entry: last - 3,
        reason: " ".into(),
    });
    assert_eq!(reason(store, silent), Reason::Invalid);
}
