//! Whatever is recorded, in whatever order, the records are what the journal says.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "servers/postgres.rs"]
mod servers;

use std::sync::Arc;

use journal::HeldKey;
use proptest::prelude::*;
use sample::*;
use store::event::*;
use store::number::{AssessmentNo, ClaimNo, HypothesisNo, ItemNo, SavedViewNo, SourceNo};
use store::search::{Found, Page, Query};
use store::vocabulary::{
    Bearing, ClaimStatus, ContentFlag, Credibility, Order, PersonRole, Protection, RecordKind,
    Reliability, SourceState, Verdict,
};
use store::{Error, Past, PgStore, SqliteStore, Store};

/// An event that refers to what may or may not be there by then.
fn any_event() -> impl Strategy<Value = Event> {
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

/// Searches of words and marks that histories hold, a page each.
fn searches(store: &dyn Store) -> Vec<Found> {
    let words = [
        "",
        "e*",
        "clip",
        "\"clip 1\"",
        "-é*",
        "bears -a*",
        "\"it bears\" -\"clip 1\"",
    ];
    let mut queries: Vec<Query> = words
        .map(|words| Query {
            words: words.into(),
            ..Query::default()
        })
        .into();
    let with = |what: &str| Query {
        with: vec![what.into()],
        order: Order::Oldest,
        ..Query::default()
    };
    queries.extend(["claim", "observation", "match", "withdrawn", "hypothesis"].map(with));
    queries.push(Query {
        without: vec!["review".into()],
        ..Query::of(RecordKind::Match)
    });
    let page = Page {
        after: Some(20 << 12),
        limit: 5,
    };
    let ask = |query: &Query| store.search(query, page).unwrap();
    queries.iter().map(ask).collect()
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

type History = Vec<(Event, u8)>;

fn any_history() -> impl Strategy<Value = History> {
    prop::collection::vec((any_event(), 0..3_u8), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_are_a_fold_of_the_journal(history in any_history()) {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let store = SqliteStore::create(&folder.path().join("case.db")).unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        live_through(&store, history)?;
    }

    #[test]
    fn records_are_a_fold_of_the_journal_on_a_server(history in any_history()) {
        match servers::cluster() {
            Ok(cluster) => {
                let store: Arc<dyn Store> = Arc::new(PgStore::create(&cluster.case()).unwrap());
                live_through(&store, history)?;
            }
            Err(why) => println!("skipped: {why}"),
        }
    }
}

/// Everything that the reads of a store answer.
fn answers(store: &dyn Store) -> String {
    format!(
        "{:?}",
        (
            (store.head().unwrap(), store.case().unwrap()),
            (store.actors().unwrap(), store.items().unwrap()),
            (store.sources().unwrap(), store.claims().unwrap()),
            (store.series().unwrap(), store.people().unwrap()),
            (
                (store.dates().unwrap(), store.places().unwrap()),
                (store.tags().unwrap(), store.notes().unwrap()),
            ),
            (store.observations().unwrap(), store.hypotheses().unwrap()),
            (store.assessments().unwrap(), store.matches().unwrap()),
            (
                store.watches().unwrap(),
                store.entries(0, 1000).unwrap().len()
            ),
            (store.checkpoints().unwrap(), store.cosigned().unwrap()),
            (store.views().unwrap(), searches(store)),
            store.item_by_id(&id(1)).unwrap(),
            (
                store.removals().unwrap(),
                store.removal(&id(1)).unwrap(),
                store.citing(ItemNo(1)).unwrap()
            ),
        )
    )
}

fn live_through(store: &Arc<dyn Store>, history: History) -> Result<(), TestCaseError> {
    opened(&**store);
    let start = store.head().unwrap().size;
    let mut recorded = Vec::new();
    let mut stood = vec![(start, answers(&**store))];
    for (event, who) in history {
        let author = [
            ada(),
            HeldKey::from_seed("Ben", &[2; 32]),
            HeldKey::from_seed("Cem", &[3; 32]),
        ];
        let before = store.head().unwrap();
        match store.append(&author[usize::from(who)], AT, &event) {
            Ok(appended) => {
                prop_assert_eq!(appended.seq + 1, store.head().unwrap().size);
                recorded.push(event);
                stood.push((appended.seq + 1, answers(&**store)));
            }
            Err(Error::Refused(_)) => prop_assert_eq!(store.head().unwrap(), before),
            Err(other) => panic!("{event:?}: {other}"),
        }
    }
    prop_assert_eq!(store.check().unwrap().problems, []);
    prop_assert_eq!(store.rebuild().unwrap().differences, []);
    for (size, then) in stood {
        let past = Past::of(Arc::clone(store), size).unwrap();
        prop_assert_eq!(answers(&past), then, "as of {} entries", size);
        prop_assert!(past.append(&ada(), AT, &source("later", None)).is_err());
    }
    let entries = store.entries(start, 1000).unwrap();
    let kept = entries.iter().map(|r| r.event().unwrap());
    let kept: Vec<Event> = kept
        .filter(|e| !matches!(e, Event::ActorRegistered { .. }))
        .collect();
    prop_assert_eq!(kept, recorded);
    Ok(())
}
