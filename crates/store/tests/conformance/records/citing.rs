//! What may be cited, by whom, and that it stays.

use store::event::*;
use store::number::{AssessmentNo, HypothesisNo, ItemNo};
use store::search::{Page, Query};
use store::vocabulary::{Bearing, ClaimStatus, Credibility, PersonRole};
use store::{Reason, Store};

use crate::sample::*;

/// One thing of every kind that has an address, with the entry that made it; the items' is none of theirs.
fn everything(store: &dyn Store) -> Vec<(String, u64)> {
    opened(store);
    let judged = Event::AssessmentMade(assessment("Ada", 1, None));
    let made = [
        ("C1", Event::ClaimMade(claim("x"))),
        ("O1", observation("x")),
        ("H1", hypothesis("staged")),
        ("A1", judged),
        ("M1", Event::MatchFound(found(1, span(0, 9), 2, span(0, 9)))),
        ("S1", source("@uploader", None)),
        ("G1", series(None)),
        ("P1", person(&[PersonRole::Minor])),
        ("W1", watch(1, None)),
        ("N1", note("#1", "look again")),
        ("D1", Event::ItemDated(dated("Ada", "2026-05-01", None))),
        ("L1", Event::ItemPlaced(somewhere("Ada", "C1", None))),
    ];
    let mut all: Vec<(String, u64)> = Vec::new();
    for (address, event) in made {
        all.push((address.into(), record(store, event).seq));
    }
    let last = all[all.len() - 1].1;
    let places = ["#1", "#2", "F:#1:3", "#1#frame=0", "#2#frame=37-99"];
    all.extend(places.map(|address| (address.to_owned(), 0)));
    all.push((format!("E{last}"), last));
    all
}

fn beside(cites: &[&str]) -> Event {
    let cites: Vec<String> = cites.iter().map(ToString::to_string).collect();
    seen_beside("as there", &cites)
}

/// Every event that cites `address`.
fn citing_events(address: &str) -> [Event; 5] {
    let evidence = vec![address.to_owned()];
    [
        beside(&[address]),
        Event::ClaimStatusChanged(ClaimStatusChanged {
            claim: store::number::ClaimNo(2),
            status: ClaimStatus::Corroborated,
            reason: String::new(),
            evidence: evidence.clone(),
        }),
        rated("Ada", 2, Credibility::Improbable, &[address]),
        Event::EvidenceLinked {
            hypothesis: HypothesisNo(2),
            evidence: address.into(),
            bearing: Bearing::Consistent,
            reason: "it bears".into(),
        },
        Event::AssessmentMade(AssessmentMade {
            evidence,
            ..assessment(&format!("on {address}"), 2, None)
        }),
    ]
}

pub(crate) fn everything_that_has_an_address_can_be_cited(store: &dyn Store) {
    let all = everything(store);
    record(store, Event::ClaimMade(claim("y")));
    record(store, hypothesis("real"));
    for (address, _) in &all {
        for event in citing_events(address) {
            record(store, event);
        }
        let query = Query {
            cites: vec![address.clone()],
            ..Query::default()
        };
        let page = Page {
            after: None,
            limit: 100,
        };
        let found = store.search(&query, page).unwrap().hits;
        let called: Vec<&str> = found.iter().map(|it| it.called.as_str()).collect();
        assert!(
            called.contains(&"C2") && called.contains(&"H2"),
            "{address}: {called:?}"
        );
    }
    let next = store.head().unwrap().size;
    for missing in [
        "S9",
        "P2",
        "N2",
        "G2",
        "W2",
        "K1",
        "#1#frame=100",
        "#2#frame=3-100",
        "#3#frame=0",
    ] {
        for event in citing_events(missing) {
            assert_eq!(reason(store, event), Reason::Unknown, "{missing}");
        }
    }
    assert_eq!(
        reason(store, beside(&[&format!("E{next}")])),
        Reason::Unknown
    );
    for malformed in ["T1", "#1#frame=9-3", "E01", "here", "#1#t=3"] {
        for event in citing_events(malformed) {
            assert_eq!(reason(store, event), Reason::Invalid, "{malformed}");
        }
    }
    assert_eq!(reason(store, beside(&["C1", "C1"])), Reason::Invalid);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}

pub(crate) fn what_is_cited_is_not_withdrawn(store: &dyn Store) {
    let all = everything(store);
    let may_be_undone = |it: &&(String, u64)| {
        matches!(
            &it.0[..1],
            "C" | "O" | "H" | "S" | "G" | "P" | "N" | "D" | "L"
        )
    };
    // What a place rests on goes after it.
    for (address, made) in all.iter().filter(may_be_undone).rev() {
        let citing = record(store, beside(&[address])).seq;
        let refusal = refused(store, undone(*made));
        assert_eq!(refusal.reason, Reason::Conflict, "{address}");
        assert!(
            refusal.sentence.contains(&format!("{address} cannot")),
            "{refusal}"
        );
        record(store, undone(citing));
        if address == "H1" {
            continue; // A1 judges it.
        }
        record(store, undone(*made));
        assert_eq!(reason(store, beside(&[address])), Reason::Unknown);
    }
    // Nor is what an entry recorded, where the entry itself is cited.
    let made = record(store, source("@other", None)).seq;
    let cited = format!("E{made}");
    let judged = AssessmentMade {
        evidence: vec![cited],
        ..assessment("Ada", 1, Some(1))
    };
    record(store, Event::AssessmentMade(judged));
    assert!(
        refused(store, undone(made))
            .sentence
            .contains("A2 rests on it")
    );
    let revised = assessment("Ada", 1, Some(2));
    record(store, Event::AssessmentMade(revised));
    record(store, undone(made));
    assert_eq!(
        store.assessments().unwrap()[1].superseded_by,
        Some(AssessmentNo(3))
    );
}

pub(crate) fn frames_that_are_cited_keep_their_item(store: &dyn Store) {
    opened(store);
    for address in ["#2#frame=37-52", "F:#2:1", "#2"] {
        let citing = record(store, beside(&[address])).seq;
        let citing_items = store.citing(ItemNo(2)).unwrap();
        assert_eq!(citing_items.len(), 1, "{address}");
        assert_eq!(reason(store, removed(2)), Reason::Conflict, "{address}");
        record(store, undone(citing));
    }
    record(store, removed(2));
    assert_eq!(reason(store, beside(&["#2#frame=37"])), Reason::Unknown);
}

pub(crate) fn notes_are_not_on_frames_and_entries(store: &dyn Store) {
    opened(store);
    record(store, note("#1", "look again"));
    for nowhere in ["#1#frame=3", "E2", "N1", "K1"] {
        let refusal = refused(store, note(nowhere, "x"));
        assert_eq!(refusal.reason, Reason::Invalid, "{nowhere}");
    }
}
