//! Events that refer to what may or may not be there by then.

use proptest::prelude::*;
use store::event::*;
use store::number::{AssessmentNo, ClaimNo, HypothesisNo, SavedViewNo, SourceNo};
use store::search::Query;
use store::vocabulary::{
    Bearing, ClaimStatus, ContentFlag, Credibility, PersonRole, Protection, Reliability,
    SourceState, Verdict,
};

use crate::sample::*;

/// An event that refers to what may or may not be there by then.
pub(crate) fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![any_material(), any_claim(), any_judgement()]
}

fn any_number() -> impl Strategy<Value = u32> {
    1..4_u32
}

fn any_item() -> impl Strategy<Value = u8> {
    1..4_u8
}

/// Sometimes empty, which is refused.
fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![9 => "[a-z“é👁]{1,6}", 1 => Just(String::new())]
}

fn any_evidence() -> impl Strategy<Value = String> {
    prop_oneof![
        "[COMHADLSGPNW#][1-3]",
        "#[1-3]#frame=[1-9][0-9]?[0-9]?",
        "E[1-9][0-9]?",
        (any_number(), 0..5_u32).prop_map(|(item, finding)| format!("F:#{item}:{finding}")),
    ]
}

fn any_material() -> impl Strategy<Value = Event> {
    prop_oneof![
        any_item().prop_map(|n| Event::ItemAcquired(acquired(n))),
        any_item().prop_map(|n| Event::ItemInspected(inspected(n))),
        any_words().prop_map(|name| source(&name, Some("B"))),
        any_number().prop_map(|n| Event::SourceObserved(SourceObserved {
            source: SourceNo(n),
            state: SourceState::Live,
            observed: None,
            note: None,
            name: None,
            proof: Vec::new(),
        })),
        any_sourcing(),
        (any_item(), any_item(), 0..99_u32).prop_map(|(query, reference, to)| {
            Event::MatchFound(found(query, span(0, to), reference, span(0, 99)))
        }),
        (any_number(), prop::sample::select(Verdict::ALL))
            .prop_map(|(n, verdict)| reviewed(n, verdict, None)),
        any_item().prop_map(|n| watch(n, None)),
        any_item().prop_map(removed),
        (any_item(), any::<bool>()).prop_map(|(n, gone)| reported(n, gone)),
        any_number().prop_map(ended),
        (any_number(), any_item(), prop::option::of(any_number()))
            .prop_map(|(watch, n, found)| searched(watch, n, found)),
    ]
}

fn any_sourcing() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any_number(), any_words()).prop_map(|(n, name)| alias(n, &name)),
        (any_number(), any_number()).prop_map(|(n, to)| tie(n, to)),
        (any_number(), "[ab]", prop::sample::select(Reliability::ALL))
            .prop_map(|(n, who, grade)| grade_by(&who, n, grade)),
        prop::option::of(any_number()).prop_map(series),
        (any_number(), any_item(), 0..4_u32).prop_map(|(n, item, at)| placed(n, item, at)),
    ]
}

fn any_claim() -> impl Strategy<Value = Event> {
    let frames = prop::option::of((0..60_u32, 0..60_u32));
    let evidence = prop::collection::vec(any_evidence(), 0..3);
    prop_oneof![
        (any_item(), any_words(), frames).prop_map(|(n, text, at)| {
            let span = at.map(|(first, more)| span(first, first + more));
            let pin = Pin { span, ..pin(n) };
            Event::ClaimMade(ClaimMade {
                pin,
                ..claim(&text)
            })
        }),
        (any_number(), any_words(), evidence).prop_map(|(n, reason, evidence)| {
            let (claim, status) = (ClaimNo(n), ClaimStatus::Corroborated);
            Event::ClaimStatusChanged(ClaimStatusChanged {
                claim,
                status,
                reason,
                evidence,
            })
        }),
        (
            any_number(),
            "[ab]",
            any_evidence(),
            prop::sample::select(Credibility::ALL)
        )
            .prop_map(|(n, who, cited, worth)| rated(&who, n, worth, &[&cited])),
        (any_evidence(), any_words()).prop_map(|(on, text)| tag(&on, &text)),
        (any_evidence(), any_words()).prop_map(|(on, text)| note(&on, &text)),
        any_item().prop_map(|n| content(n, &[ContentFlag::Graphic])),
        prop::sample::subsequence(PersonRole::ALL, 0..3).prop_map(|roles| person(&roles)),
        (any_number(), any_item()).prop_map(|(n, item)| appears(n, item, &[PersonRole::Minor])),
        any_number().prop_map(|n| protected(n, &[Protection::Other])),
        any_number().prop_map(|n| identified(n, Identity::Withheld)),
        any_words().prop_map(|text| observation(&text)),
        (any_words(), prop::collection::vec(any_evidence(), 0..3))
            .prop_map(|(text, cites)| seen_beside(&text, &cites)),
        any_view(),
        ("[ab]", 1..4_u32, prop::option::of(any_number())).prop_map(|(who, day, old)| {
            Event::ItemDated(dated(&who, &format!("2026-05-0{day}"), old))
        }),
        ("[ab]", any_evidence(), prop::option::of(any_number()))
            .prop_map(|(who, cited, old)| Event::ItemPlaced(somewhere(&who, &cited, old))),
        (0..60_u64).prop_map(undone),
    ]
}

fn any_view() -> impl Strategy<Value = Event> {
    prop_oneof![
        any_words().prop_map(|name| Event::ViewSaved(ViewSaved {
            query: Query {
                words: name.clone(),
                ..Query::default()
            },
            name,
        })),
        (any_number(), any_words()).prop_map(|(view, name)| Event::ViewRenamed(ViewRenamed {
            view: SavedViewNo(view),
            name,
        })),
        any_number().prop_map(|view| Event::ViewRemoved(ViewRemoved {
            view: SavedViewNo(view),
            note: None,
        })),
    ]
}

fn any_judgement() -> impl Strategy<Value = Event> {
    let old = prop::option::of(any_number());
    prop_oneof![
        (any_words(), prop::option::of(any_item())).prop_map(|(text, item)| {
            Event::HypothesisStated {
                text,
                item: item.map(id),
            }
        }),
        (any_number(), any_evidence()).prop_map(|(n, evidence)| Event::EvidenceLinked {
            hypothesis: HypothesisNo(n),
            evidence,
            bearing: Bearing::Inconsistent,
            reason: "it bears".into(),
        }),
        ("[ab]", any_number(), old).prop_map(|(assessor, on, old)| {
            let supersedes = old.map(AssessmentNo);
            Event::AssessmentMade(AssessmentMade {
                supersedes,
                ..assessment(&assessor, on, None)
            })
        }),
    ]
}
