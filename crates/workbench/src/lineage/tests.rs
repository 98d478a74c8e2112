//! Clusters of invented items.

use journal::ContentId;
use store::event::{FrameRef, MatchFound, Span};
use store::number::MatchNo;
use store::record::{Match, Origin};
use store::vocabulary::Verdict;

use super::times::Window;
use super::*;
use crate::view::{Basis, ItemTimes, KnownTime, RestsOn, TimeKind};

/// An item of 100 frames in four seconds, out at a time or not known to be.
fn member(number: u32, uploaded: Option<&str>) -> Member {
    let (kind, at) = match uploaded {
        Some(at) => (TimeKind::Uploaded, at),
        None => (TimeKind::Acquired, "2026-11-24T10:00:00Z"),
    };
    let best = Best {
        kind,
        known: KnownTime {
            at: at.to_owned(),
            rests_on: RestsOn::Person,
            says: "stated by Ada".to_owned(),
        },
        window: Window::of(at).expect("a time"),
    };
    Member {
        shown: ClusterItem {
            number: ItemNo(number),
            name: format!("{number}.mp4"),
            frames: 100,
            duration_s: 4.0,
            thumbnails: 0,
            times: ItemTimes {
                recorded: None,
                uploaded: None,
                acquired: None,
                asserted: None,
                used: Some(kind),
            },
        },
        best: Some(best),
    }
}

fn span([first, last]: [u32; 2]) -> (Span, [f64; 2]) {
    let frame = |no| FrameRef {
        no,
        pts: None,
        hash: String::new(),
    };
    let span = Span {
        time_base: [1, 25],
        start: i64::from(first),
        end: i64::from(last) + 1,
        first: frame(first),
        last: frame(last),
    };
    (span, [f64::from(first) / 25.0, f64::from(last + 1) / 25.0])
}

fn found(number: u32, query: (u32, [u32; 2]), reference: (u32, [u32; 2])) -> MatchView {
    let (query_span, query_seconds) = span(query.1);
    let (reference_span, reference_seconds) = span(reference.1);
    MatchView {
        record: Match {
            number: MatchNo(number),
            origin: Origin {
                entry: 0,
                at: String::new(),
                actor: String::new(),
            },
            found: MatchFound {
                query: ContentId([0; 32]),
                query_span,
                reference: ContentId([0; 32]),
                reference_span,
                score_permille: 900,
                mirrored: false,
                speed_permille: 1250,
                tool: String::new(),
                basis: None,
            },
            reviews: Vec::new(),
        },
        query_item: ItemNo(query.0),
        reference_item: ItemNo(reference.0),
        query_name: String::new(),
        reference_name: String::new(),
        query_seconds,
        reference_seconds,
        score: 0.9,
        speed: 1.25,
        verdict: Verdict::Unreviewed,
    }
}

fn numbers(items: &[ItemNo]) -> Vec<u32> {
    items.iter().map(|item| item.0).collect()
}

#[test]
fn items_hang_together_through_others() {
    let matches = vec![
        found(1, (2, [0, 9]), (1, [0, 9])),
        found(2, (5, [0, 9]), (4, [0, 9])),
        found(3, (3, [0, 9]), (2, [50, 59])),
    ];
    let groups: Vec<Vec<u32>> = grouped(matches)
        .iter()
        .map(|group| group.iter().map(|one| one.record.number.0).collect())
        .collect();
    assert_eq!(groups, [vec![1, 3], vec![2]]);
}

#[test]
fn each_piece_of_footage_has_an_earliest_of_its_own() {
    let members = [
        member(2, Some("2019-05")),
        member(3, Some("2021")),
        member(1, None),
    ];
    let matches = [
        // One piece is in all three, though nobody compared 3 with 2.
        found(1, (1, [0, 39]), (2, [50, 89])),
        found(2, (3, [10, 49]), (1, [2, 41])),
        // The other is in two, elsewhere in both.
        found(3, (3, [60, 79]), (1, [60, 79])),
    ];
    let footage = footage::footage(&members, &matches);
    let places = |at: usize| -> Vec<(u32, [u32; 2])> {
        let appearances = &footage[at].appearances;
        appearances
            .iter()
            .map(|place| (place.item.0, place.frames))
            .collect()
    };
    assert_eq!(places(0), [(2, [50, 89]), (3, [10, 49]), (1, [0, 41])]);
    assert_eq!(places(1), [(3, [60, 79]), (1, [60, 79])]);
    assert_eq!(numbers(&footage[0].earliest), [2]);
    assert_eq!(numbers(&footage[1].earliest), [3]);
    assert!(footage[1].why.contains("Of #1 nothing is known"));
    assert_eq!(footage[0].appearances[2].seconds, [0.0, 1.68]);
}

#[test]
fn where_times_overlap_nothing_is_the_earliest() {
    let members = [member(1, Some("2026-05")), member(2, Some("2026-05-03"))];
    let matches = [found(1, (1, [0, 99]), (2, [0, 99]))];
    let piece = footage::footage(&members, &matches).remove(0);
    assert_eq!(numbers(&piece.earliest), [1, 2]);
    assert_eq!(piece.why, "Times do not decide between #1 and #2.");
    let link = link::links(&members, &matches).remove(0);
    assert_eq!(link.basis, Basis::Unknown);
    assert!(link.reasons[0].contains("overlap"), "{:?}", link.reasons);
}

#[test]
fn the_later_comes_from_the_earlier_and_the_spans_are_told_from_its_side() {
    let members = [member(2, Some("2019-05")), member(1, Some("2026-05-03"))];
    let mut matches = [found(7, (2, [0, 49]), (1, [50, 99]))];
    matches[0].record.found.mirrored = true;
    let link = link::links(&members, &matches).remove(0);
    assert_eq!((link.from.0, link.to.0, link.basis), (1, 2, Basis::Time));
    let span = &link.spans[0];
    assert_eq!(
        (span.from_frames, span.to_frames),
        ([50, 99], [0, 49]),
        "the query was the earlier one"
    );
    assert!((span.speed - 0.8).abs() < 1e-9);
    assert!(link.reasons.iter().any(|why| why.contains("mirrored")));
}

#[test]
fn without_times_the_one_that_lies_in_the_other_comes_from_it() {
    let members = [member(1, None), member(2, None)];
    let parts = [
        found(1, (2, [0, 49]), (1, [0, 29])),
        found(2, (2, [50, 95]), (1, [30, 59])),
    ];
    let link = link::links(&members, &parts).remove(0);
    assert_eq!((link.from.0, link.to.0, link.basis), (2, 1, Basis::Extent));
    let both = [found(1, (2, [0, 99]), (1, [0, 99]))];
    let link = link::links(&members, &both).remove(0);
    assert_eq!(link.basis, Basis::Unknown);
}

#[test]
fn what_speaks_against_a_time_is_said() {
    let members = [member(1, Some("2010")), member(2, Some("2026"))];
    let matches = [found(1, (1, [0, 99]), (2, [20, 59]))];
    let link = link::links(&members, &matches).remove(0);
    assert_eq!((link.from.0, link.to.0, link.basis), (2, 1, Basis::Time));
    let against = "#1 alone cannot be all that #2 was made from";
    assert!(link.reasons.iter().any(|why| why.contains(against)));
}
