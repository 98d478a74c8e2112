//! When and where what items show came about.

use store::event::*;
use store::vocabulary::{Bearing, DatePrecision, GroundKind, PlacePrecision};
use store::{Reason, Store};

use crate::sample::*;

pub(crate) fn dates_are_as_precise_as_they_are_written(store: &dyn Store) {
    use DatePrecision::{Day, Exact, Month, Range, Year};
    opened(store);
    let date = |from: &str, until: Option<&str>, precision| {
        Event::ItemDated(ItemDated {
            until: until.map(Into::into),
            precision,
            ..dated("Ada", from, None)
        })
    };
    for (from, until, precision) in [
        ("2026", None, Year),
        ("2026-05", None, Month),
        ("2026-05-03", None, Day),
        ("2026-05-03T18:20Z", None, Exact),
        ("2026-05-03T18:20:07+03:00", None, Exact),
        ("2026-04", Some("2026-05-03"), Range),
    ] {
        record(store, date(from, until, precision));
    }
    assert_eq!(store.dates().unwrap().len(), 6);
    for (from, until, precision) in [
        ("2026", None, Day),
        ("2026-05-03", None, Exact),
        ("2026-05-03", None, Range),
        ("2026-05-03", Some("2026-05-04"), Day),
        ("2026-05-04", Some("2026-05-03"), Range),
        ("in May", None, Exact),
        ("", None, Year),
    ] {
        let refusal = refused(store, date(from, until, precision));
        assert_eq!(refusal.reason, Reason::Invalid, "{from} {precision}");
    }
    let baseless = ItemDated {
        grounds: Vec::new(),
        ..dated("Ada", "2026-05-03", None)
    };
    assert_eq!(reason(store, Event::ItemDated(baseless)), Reason::Invalid);
    let silent = ItemDated {
        reason: " ".into(),
        ..dated("Ada", "2026-05-03", None)
    };
    assert_eq!(reason(store, Event::ItemDated(silent)), Reason::Invalid);
    let elsewhere = ItemDated {
        pin: pin(9),
        ..dated("Ada", "2026-05-03", None)
    };
    assert_eq!(reason(store, Event::ItemDated(elsewhere)), Reason::Unknown);
}

pub(crate) fn places_are_on_earth(store: &dyn Store) {
    opened(store);
    record(store, Event::ClaimMade(claim("at the market")));
    let place = |latitude_e7, longitude_e7, radius_m| {
        Event::ItemPlaced(ItemPlaced {
            position: Some(Position {
                latitude_e7,
                longitude_e7,
                radius_m,
            }),
            ..somewhere("Ada", "C1", None)
        })
    };
    record(store, place(-900_000_000, 1_800_000_000, None));
    record(store, place(0, -1_800_000_000, Some(1)));
    for (latitude, longitude, radius) in [
        (900_000_001, 0, None),
        (i64::MIN, 0, None),
        (0, -1_800_000_001, None),
        (0, 0, Some(0)),
        (0, 0, Some(u32::MAX)),
    ] {
        let wrong = place(latitude, longitude, radius);
        assert_eq!(
            reason(store, wrong),
            Reason::Invalid,
            "{latitude} {longitude}"
        );
    }
    let nowhere = |precision| {
        Event::ItemPlaced(ItemPlaced {
            position: None,
            precision,
            ..somewhere("Ada", "C1", None)
        })
    };
    for fine in [PlacePrecision::Point, PlacePrecision::Street] {
        assert_eq!(reason(store, nowhere(fine)), Reason::Invalid);
    }
    record(store, nowhere(PlacePrecision::Country));
    // What it rests on is there, and is what it is said to be.
    let on = |kind, cites: Option<&str>| {
        Event::ItemPlaced(ItemPlaced {
            grounds: vec![Ground {
                kind,
                cites: cites.map(Into::into),
            }],
            ..somewhere("Ada", "C1", None)
        })
    };
    for (kind, cites, why) in [
        (GroundKind::Claim, None, Reason::Invalid),
        (GroundKind::Claim, Some("C2"), Reason::Unknown),
        (GroundKind::Observation, Some("C1"), Reason::Invalid),
        (GroundKind::Metadata, Some("F:#1:4"), Reason::Unknown),
        (GroundKind::Landmarks, Some("L4"), Reason::Invalid),
    ] {
        assert_eq!(reason(store, on(kind, cites)), why, "{kind} {cites:?}");
    }
    record(store, on(GroundKind::Finding, Some("F:#1:3")));
}

pub(crate) fn a_judgement_of_when_or_where_is_revised_by_its_maker(store: &dyn Store) {
    opened(store);
    let said = record(store, Event::ClaimMade(claim("at the market"))).seq;
    record(store, Event::ItemDated(dated("Ada", "2026-05-03", None)));
    record(store, Event::ItemDated(dated("Ben", "2026-05-04", None)));
    let revised = record(store, Event::ItemDated(dated("Ada", "2026-05-02", Some(1)))).seq;
    let by = |store: &dyn Store| -> Vec<Option<u32>> {
        let dates = store.dates().unwrap().into_iter();
        dates.map(|it| it.superseded_by.map(|no| no.0)).collect()
    };
    assert_eq!(by(store), [Some(3), None, None]);
    let of_item_2 = ItemDated {
        pin: pin(2),
        ..dated("Ada", "2026-05-02", Some(3))
    };
    for (wrong, why) in [
        (dated("Ada", "2026-05-01", Some(1)), Reason::Conflict),
        (dated("Ada", "2026-05-01", Some(2)), Reason::Conflict),
        (dated("Ada", "2026-05-01", Some(7)), Reason::Unknown),
        (of_item_2, Reason::Conflict),
    ] {
        assert_eq!(reason(store, Event::ItemDated(wrong)), why);
    }
    // What is revised by what stands stays; what stood before stands again.
    assert_eq!(reason(store, undone(revised - 2)), Reason::Conflict);
    record(store, undone(revised));
    assert_eq!(by(store), [None, None, None]);
    let first = record(store, Event::ItemPlaced(somewhere("Ada", "C1", None))).seq;
    let cited = refused(store, undone(said));
    assert!(cited.sentence.contains("L1 rests on it"), "{cited}");
    record(store, Event::ItemPlaced(somewhere("Ada", "C1", Some(1))));
    assert_eq!(store.places().unwrap()[0].superseded_by.unwrap().0, 2);
    assert_eq!(reason(store, undone(first)), Reason::Conflict);
    // They are evidence themselves.
    record(store, hypothesis("staged"));
    let link = |evidence: &str| Event::EvidenceLinked {
        hypothesis: store::number::HypothesisNo(1),
        evidence: evidence.into(),
        bearing: Bearing::Consistent,
        reason: "fits".into(),
    };
    record(store, link("L2"));
    record(store, link("D2"));
    assert_eq!(reason(store, link("D3")), Reason::Unknown);
    assert_eq!(reason(store, undone(first + 1)), Reason::Conflict);
    assert_eq!(store.check().unwrap().problems, []);
    assert_eq!(store.rebuild().unwrap().differences, []);
}
