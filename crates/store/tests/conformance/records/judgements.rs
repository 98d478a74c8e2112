//! Evidence, hypotheses, assessments.

use store::event::*;
use store::number::{AssessmentNo, HypothesisNo};
use store::vocabulary::{Bearing, Likelihood};
use store::{Reason, Store};

use crate::sample::*;

fn link(evidence: &str, bearing: Bearing) -> Event {
    Event::EvidenceLinked {
        hypothesis: HypothesisNo(1),
        evidence: evidence.into(),
        bearing,
        reason: "it bears".into(),
    }
}

pub(crate) fn evidence_must_exist(store: &dyn Store) {
    opened(store);
    for event in [
        Event::ClaimMade(claim("x")),
        observation("x"),
        hypothesis("staged"),
        hypothesis("real"),
        Event::AssessmentMade(assessment("Ada", 2, None)),
        Event::MatchFound(found(1, span(0, 9), 2, span(20, 29))),
    ] {
        record(store, event);
    }
    let there = ["#1", "#2", "C1", "O1", "H2", "A1", "M1", "F:#1:1", "F:#1:3"];
    for evidence in there {
        record(store, link(evidence, Bearing::Consistent));
    }
    let kept = store.hypotheses().unwrap().remove(0).evidence;
    assert_eq!(
        kept.iter().map(|l| l.evidence.as_str()).collect::<Vec<_>>(),
        there
    );
    for missing in [
        "#3", "C2", "O2", "H3", "A2", "M2", "F:#1:0", "F:#1:4", "F:#3:1",
    ] {
        assert_eq!(
            reason(store, link(missing, Bearing::Neutral)),
            Reason::Unknown,
            "{missing}"
        );
    }
    for malformed in ["", "T1", "c1", "C01", "1", "F:1:0", "H1"] {
        assert_eq!(
            reason(store, link(malformed, Bearing::Neutral)),
            Reason::Invalid,
            "{malformed}"
        );
    }
}

pub(crate) fn hypotheses_gather_evidence(store: &dyn Store) {
    opened(store);
    assert_eq!(reason(store, link("#1", Bearing::Neutral)), Reason::Unknown);
    record(store, hypothesis("staged"));
    record(
        store,
        Event::HypothesisStated {
            text: "real".into(),
            item: None,
        },
    );
    record(store, link("#1", Bearing::Inconsistent));
    record(store, link("#1", Bearing::StronglyConsistent));
    let hypotheses = store.hypotheses().unwrap();
    let bearings: Vec<Bearing> = hypotheses[0].evidence.iter().map(|l| l.bearing).collect();
    assert_eq!(
        bearings,
        [Bearing::Inconsistent, Bearing::StronglyConsistent]
    );
    assert_eq!(hypotheses[1].item, None);
    let elsewhere = Event::HypothesisStated {
        text: "x".into(),
        item: Some(id(9)),
    };
    assert_eq!(reason(store, elsewhere), Reason::Unknown);
}

pub(crate) fn assessments_supersede_their_own(store: &dyn Store) {
    opened(store);
    record(store, hypothesis("staged"));
    record(store, hypothesis("real"));
    let made = |a| Event::AssessmentMade(a);
    record(store, made(assessment("Ada", 1, None)));
    record(store, made(assessment("Ben", 1, None)));
    record(store, made(assessment("Ada", 2, None)));
    let revised = AssessmentMade {
        likelihood: Likelihood::Unlikely,
        ..assessment("Ada", 1, Some(1))
    };
    record(store, made(revised.clone()));
    let all = store.assessments().unwrap();
    let superseded: Vec<_> = all.iter().map(|a| a.superseded_by).collect();
    assert_eq!(superseded, [Some(AssessmentNo(4)), None, None, None]);
    assert_eq!(all[0].made, assessment("Ada", 1, None));
    assert_eq!(all[3].made, revised);
    for (bad, why) in [
        (assessment("Ada", 1, Some(1)), Reason::Conflict),
        (assessment("Ada", 1, Some(2)), Reason::Conflict),
        (assessment("Ada", 1, Some(3)), Reason::Conflict),
        (assessment("Ada", 1, Some(9)), Reason::Unknown),
        (assessment("Ada", 1, None), Reason::Conflict),
        (assessment("Ada", 3, None), Reason::Unknown),
        (assessment(" ", 1, None), Reason::Invalid),
        (
            AssessmentMade {
                reasons: String::new(),
                ..assessment("Cem", 1, None)
            },
            Reason::Invalid,
        ),
        (
            AssessmentMade {
                evidence: vec!["O1".into()],
                ..assessment("Cem", 1, None)
            },
            Reason::Unknown,
        ),
    ] {
        assert_eq!(reason(store, made(bad)), why);
    }
    record(store, made(assessment("Ada", 1, Some(4))));
}
