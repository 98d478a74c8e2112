//! When and where the invented item came about.

use store::event::{Ground, ItemDated, ItemPlaced, Pin, Position};
use store::number::{DateNo, PlaceNo};
use store::record::{ItemDate, ItemPlace};
use store::vocabulary::{DatePrecision, Footing, GroundKind, PlacePrecision};

use super::{Words, id, origin, span};

fn grounds(words: &Words, kind: GroundKind) -> Vec<Ground> {
    let cited = Ground {
        kind: GroundKind::Observation,
        cites: words.maybe("O1"),
    };
    vec![cited, Ground { kind, cites: None }]
}

pub(super) fn date(words: &Words) -> ItemDate {
    ItemDate {
        number: DateNo(1),
        origin: origin(24, words),
        dated: ItemDated {
            pin: Pin {
                item: id(),
                span: None,
                region: None,
            },
            footing: Footing::Established,
            from: words.say("2026-05-01"),
            until: words.maybe("2026-05-02"),
            precision: DatePrecision::Range,
            grounds: grounds(words, GroundKind::Shadows),
            assessor: words.say("Dr Okoye"),
            reason: words.say("The shadow points to the crane at that hour."),
            supersedes: None,
        },
        superseded_by: None,
        withdrawn: None,
    }
}

pub(super) fn place(words: &Words) -> ItemPlace {
    ItemPlace {
        number: PlaceNo(1),
        origin: origin(25, words),
        placed: ItemPlaced {
            pin: Pin {
                item: id(),
                span: Some(span(2, 2)),
                region: None,
            },
            footing: Footing::Claimed,
            name: words.say("Old harbour"),
            position: Some(Position {
                latitude_e7: 535_461_000,
                longitude_e7: -99_661_000,
                radius_m: Some(1200),
            }),
            precision: PlacePrecision::Street,
            grounds: grounds(words, GroundKind::Landmarks),
            assessor: words.say("B. Lindqvist"),
            reason: words.say("The crane and the quay."),
            supersedes: None,
        },
        superseded_by: None,
        withdrawn: None,
    }
}
